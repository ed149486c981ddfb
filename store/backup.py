"""A copy of everything, made while the desk runs, and the way back.

The target is a folder: `desk.db` (SQLite) or `desk.dump` (pg_dump's custom format), and `blobs/`.
Rows are copied first: a blob is written before the row that names it, so none is missed. Blobs are
compared with their names: a damaged one is told of, and a whole copy takes its place; told of is
also what rows name and no file holds (`missing`). The rows' copy is compared with its hash, which
stands beside it (`desk.dump.sha256`, as `sha256sum` reads).

Numbers go on far behind those of the copy. What was given since is in people's hands: in links to
forms, in mails that prove their ticket. Given once more, it would let them in to somebody else's.
What waited to be sent when the copy was made has gone out since, as a rule. So it comes back as
begun: whoever sends next shows it as perhaps delivered, and only an agent sends it again.
"""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog

from intake.errors import Conflict, Invalid, NotFound, Unavailable
from store.blobs import Blobs, is_whole
from store.database import Database, is_sqlite, postgresql_credentials, sqlite_path
from store.missing import Missing, missing
from store.outages import outages_told
from store.private import keep_private, make_private_folder
from store.provenance import check_database, check_statements

SQLITE_COPY = "desk.db"
POSTGRESQL_COPY = "desk.dump"
BLOBS_COPY = "blobs"
TOOL_WITHIN = 3600.0  # seconds
HAS_TABLES = {
    True: "SELECT count(*) AS n FROM pg_tables WHERE schemaname = current_schema()",
    False: "SELECT count(*) AS n FROM sqlite_master",
}

# Of extensions they can't be dropped, nor are they ours.
DROP_TABLES = """
    DO $$ DECLARE present text; BEGIN
        SELECT string_agg(oid::regclass::text, ', ') INTO present FROM pg_class
        WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace
            AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e');
        IF present IS NOT NULL THEN EXECUTE 'DROP TABLE ' || present || ' CASCADE'; END IF;
    END $$
"""
# Far more than anybody gives from one copy to the next: tickets, and what nobody sees.
SKIPPED = "CASE WHEN name IN ('ticket', 'ticket_id_seq') THEN 10000 ELSE 1000000 END"
COUNTED = """
    INSERT INTO sqlite_sequence (name, seq) SELECT name, 0 FROM sqlite_schema
    WHERE sql LIKE '%AUTOINCREMENT%' AND name NOT IN (SELECT name FROM sqlite_sequence)
"""
SKIP_SQLITE = f"UPDATE sqlite_sequence SET seq = seq + {SKIPPED}"  # noqa: S608 - ours
SKIP_POSTGRESQL = f"""
    RESET search_path;
    SELECT setval(format('%I', name)::regclass, nextval(format('%I', name)::regclass) + {SKIPPED})
    FROM (SELECT sequencename AS name FROM pg_sequences WHERE schemaname = current_schema()) AS own
"""  # noqa: S608 - ours
HASH_OF = ".sha256"
BEGUN = """
    UPDATE delivery SET state = 'sending', begun_at = posted_at
    WHERE state = 'waiting' AND operation = 'send'
"""
# Copies of earlier versions know no beginning.
HAS_BEGINNINGS = "SELECT 1 FROM pragma_table_info('delivery') WHERE name = 'begun_at'"
BEGUN_POSTGRESQL = f"""
    DO $$ BEGIN
        IF EXISTS (SELECT FROM pg_attribute
            WHERE attrelid = to_regclass('delivery') AND attname = 'begun_at')
        THEN {BEGUN}; END IF;
    END $$
"""
DAMAGES = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
NO_COPY = (*DAMAGES, sqlite3.SQLITE_ERROR)  # the last: a table is missing that each copy has

log = structlog.get_logger()


class ToolFailed(Unavailable):
    """One of PostgreSQL's tools ended with a complaint."""


async def backup(url: str, blobs: Path, target: Path) -> None:
    """Copy into the folder `target`. Raises Conflict when it holds something already."""
    await asyncio.to_thread(_make_room, target)
    if is_sqlite(url):
        await asyncio.to_thread(_copy_sqlite, sqlite_path(url), target / SQLITE_COPY)
    else:
        keep_private(target / POSTGRESQL_COPY)
        await _run(url, "pg_dump", "--format=custom", "--no-owner", "--file",
                   str(target / POSTGRESQL_COPY))  # fmt: skip
    await asyncio.to_thread(_note_hash, _copy_of(url, target))
    await asyncio.to_thread(_copy_blobs, blobs, target / BLOBS_COPY)
    log.info("backed up")


async def restore(url: str, blobs: Path, source: Path, *, overwrites: bool = False) -> Missing:
    """Bring back what `backup` copied; within `occupancy.vacant`: no desk may be running.

    Gives what the copy names and has lost.

    Raises Conflict when the database holds something and `overwrites` is not given, and for a copy
    of a later version's tables.
    """
    copy = _copy_of(url, source)
    if not copy.is_file():
        raise NotFound("no_backup", path=str(copy))
    if not (source / BLOBS_COPY).is_dir():
        raise NotFound("no_backup", path=str(source / BLOBS_COPY))
    if not overwrites and await holds_something(url):
        raise Conflict("database_not_empty")
    await asyncio.to_thread(_check_hash, copy)
    await asyncio.to_thread(_copy_blobs, source / BLOBS_COPY, blobs)
    if is_sqlite(url):
        await asyncio.to_thread(_replace_sqlite, copy, sqlite_path(url))
    else:
        await _replace_postgresql(url, copy, blobs)
    lost = await missing(url, Blobs(blobs))
    for place in lost.files:
        log.error("file missing", file=str(place))
    for place in lost.mails:
        log.error("raw mail missing", file=str(place))
    log.info("restored")
    return lost


def _copy_of(url: str, folder: Path) -> Path:
    return folder / (SQLITE_COPY if is_sqlite(url) else POSTGRESQL_COPY)


def _name(url: str) -> str:
    return str(postgresql_credentials(url)["database"] or "")


async def holds_something(url: str) -> bool:
    """Whether there are tables; looking makes no file."""
    if is_sqlite(url) and not sqlite_path(url).exists():
        return False
    database = await Database.open(url)
    try:
        row = await database.fetch_one(HAS_TABLES[database.dialect.is_postgresql])
    finally:
        await database.close()
    return row is not None and row["n"] > 0


def _make_room(target: Path) -> None:
    try:
        if target.exists() and any(target.iterdir()):
            raise Conflict("backup_not_empty", folder=str(target))
        make_private_folder(target)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Unavailable("backup_refused", folder=str(target), reason=reason) from error


def _copy_sqlite(path: Path, target: Path) -> None:
    """In one go: page by page, every write of the desk would start the copy anew."""
    if not path.exists():
        raise NotFound("no_database", path=str(path))
    with outages_told():
        keep_private(target)
        with closing(sqlite3.connect(path)) as live, closing(sqlite3.connect(target)) as copy:
            live.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode=DELETE")
        _sync(target)


def _note_hash(copy: Path) -> None:
    with outages_told():
        noted = copy.with_name(copy.name + HASH_OF)
        keep_private(noted)
        noted.write_text(f"{_hash_of(copy)}  {copy.name}\n", "ascii")
        _sync(noted)


def _check_hash(copy: Path) -> None:
    """Copies of earlier versions have none."""
    with outages_told():
        noted = copy.with_name(copy.name + HASH_OF)
        if noted.is_file() and noted.read_bytes()[:64] != _hash_of(copy).encode():
            raise Invalid("copy_damaged", path=str(copy), reason="sha256")


def _hash_of(copy: Path) -> str:
    with copy.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()


async def _replace_postgresql(url: str, copy: Path, blobs: Path) -> None:
    """In one transaction. The copy knows the tables of its time alone: what is there goes first.

    Its statements are whole before the first is run, or else half of them might be committed.
    """
    with outages_told(), TemporaryDirectory(prefix=".restoring-", dir=blobs) as aside:
        statements = Path(aside) / "statements.sql"
        try:
            await _run(url, "pg_restore", "--no-owner", "--clean", "--if-exists",
                       "--file", str(statements), str(copy))  # fmt: skip
        except ToolFailed as error:
            raise Invalid("copy_damaged", path=str(copy), reason=error.code) from error
        await asyncio.to_thread(check_statements, statements, copy)
        await _run(url, "psql", "--no-psqlrc", "--quiet", "--single-transaction",
                   "--set", "ON_ERROR_STOP=1", "--dbname", _name(url),
                   "--command", DROP_TABLES, "--file", str(statements),
                   "--command", SKIP_POSTGRESQL, "--command", BEGUN_POSTGRESQL)  # fmt: skip


def _replace_sqlite(copy: Path, path: Path) -> None:
    with outages_told():
        make_private_folder(path.parent)
        temporary = path.with_name(path.name + ".restored")
        keep_private(temporary)
        try:
            shutil.copyfile(copy, temporary)
            _bring_up_to_now(temporary, copy)
            _sync(temporary)
            if path.exists():
                _settle_log(path)
            for leftover in ("-wal", "-shm"):  # of a database that is damaged or gone
                path.with_name(path.name + leftover).unlink(missing_ok=True)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        _sync(path.parent)


def _bring_up_to_now(path: Path, source: Path) -> None:
    """Reads all of it first: pages in the midst may be damaged. Raises Invalid that names it."""
    try:
        with closing(sqlite3.connect(path)) as copy, copy:
            (found,) = copy.execute("PRAGMA quick_check(1)").fetchone()
            if found == "ok":
                copy.execute(COUNTED)
                copy.execute(SKIP_SQLITE)
                check_database(copy, source)
                if copy.execute(HAS_BEGINNINGS).fetchone() is not None:
                    copy.execute(BEGUN)
                return
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in NO_COPY:
            raise
        found = str(error)
    raise Invalid("copy_damaged", path=str(source), reason=found.splitlines()[0])


def _settle_log(path: Path) -> None:
    """What is in the log of the database goes into its file: nothing is lost until that is."""
    try:
        with closing(sqlite3.connect(path)) as old:
            (mode,) = old.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode not in DAMAGES:
            raise
        log.warning("the database that was here is damaged", reason=str(error))
    else:
        if mode != "delete":
            raise Unavailable("the database is in use")


def _copy_blobs(source: Path, target: Path) -> None:
    """Only what is not there whole: a name is the hash of its bytes."""
    with outages_told():
        make_private_folder(target)
        folders = set()
        for blob in source.glob("??/*"):
            copy = target / blob.parent.name / blob.name
            if blob.name.startswith(".") or is_whole(copy):
                continue
            if not is_whole(blob):
                log.error("file damaged", file=str(blob))
                if copy.exists():
                    continue
            _copy_blob(blob, copy)
            folders.add(copy.parent)
        for folder in folders:
            _sync(folder)


def _copy_blob(blob: Path, copy: Path) -> None:
    make_private_folder(copy.parent)
    temporary = copy.with_name(".new-" + copy.name)
    keep_private(temporary)
    shutil.copyfile(blob, temporary)
    kept = blob.stat()
    os.utime(temporary, ns=(kept.st_atime_ns, kept.st_mtime_ns))  # since when it is kept
    _sync(temporary)
    temporary.replace(copy)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


async def _run(url: str, program: str, *arguments: str) -> None:
    """One of PostgreSQL's tools. The password travels by the environment, not by the arguments."""
    if shutil.which(program) is None:
        raise Unavailable(f"{program} is not installed")
    process = await asyncio.create_subprocess_exec(
        program,
        *arguments,
        env={**os.environ, **_environment(url)},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        _, said = await asyncio.wait_for(process.communicate(), TOOL_WITHIN)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        lines = said.decode(errors="replace").strip().splitlines()
        reason = next((line for line in lines if "error" in line.lower()), "".join(lines[-1:]))
        reason = reason or f"it ended with {process.returncode}"
        raise ToolFailed(f"{program} failed: {reason}"[:300])


def _environment(url: str) -> Mapping[str, str]:
    credentials = postgresql_credentials(url)
    names = {
        "PGUSER": credentials["user"],
        "PGPASSWORD": credentials["password"],
        "PGHOST": credentials["host"],
        "PGPORT": credentials["port"],
        "PGDATABASE": credentials["database"],
        "PGSSLMODE": credentials.get("ssl"),
    }
    return {name: str(setting) for name, setting in names.items() if setting}
