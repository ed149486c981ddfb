"""A backup brings everything back, and a restore never overwrites unasked."""

import asyncio
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from intake.errors import Conflict, Invalid, NotFound, Unavailable
from store import missing
from store.backup import _replace_sqlite, backup, restore
from store.blobs import Blobs
from store.database import Database
from store.journal import Journal
from store.listing import Listing
from store.outbox import Outbox
from store.search import Search
from store.work import Store
from tests.store.cast import LATER, NOW, envelope, new_delivery, opened

A_FILE = """
    INSERT INTO file (source, name, media_type, size, state, sha256, next_try_at, error)
    VALUES ('', 'photo.jpg', 'image/jpeg', 7, 'stored', $1, 0, '')
"""

TABLES = """
    CREATE TABLE ticket (id INTEGER PRIMARY KEY AUTOINCREMENT, words TEXT);
    CREATE TABLE tortoise_migrations (app TEXT, name TEXT);
"""


@pytest.fixture
def elsewhere(database, tmp_path, request):
    """The address of an empty database of the same engine."""
    if not database.dialect.is_postgresql:
        yield f"sqlite:///{tmp_path}/elsewhere/desk.db"
        return
    server = request.getfixturevalue("postgresql")
    yield server.create("elsewhere")
    server.drop("elsewhere")


async def test_what_was_backed_up_while_working_comes_back(
    database, store, store_url, elsewhere, tmp_path
):
    ticket = await opened(store)
    await Search(database).reindex()
    digest = Blobs(tmp_path / "blobs").write(b"a photo")
    writing = asyncio.create_task(
        Journal(database).accept([envelope(number) for number in range(500)])
    )
    await backup(store_url, tmp_path / "blobs", tmp_path / "copy")
    await writing
    await restore(elsewhere, tmp_path / "more", tmp_path / "copy")
    restored = await Database.open(elsewhere)
    try:
        listing = Listing(restored)
        assert await listing.ticket(ticket.id) == ticket
        assert [line.id for line in (await listing.search("strike")).lines] == [ticket.id]
        assert Blobs(tmp_path / "more").read(digest) == b"a photo"
    finally:
        await restored.close()
    with pytest.raises(Conflict):
        await restore(elsewhere, tmp_path / "more", tmp_path / "copy")
    await restore(elsewhere, tmp_path / "more", tmp_path / "copy", overwrites=True)
    again = await Database.open(elsewhere)
    assert await Listing(again).ticket(ticket.id) == ticket
    await again.close()


async def test_after_a_restore_no_number_is_given_twice(
    database, store, store_url, tmp_path, clock
):
    known = await opened(store)
    await backup(store_url, tmp_path / "blobs", tmp_path / "copy")
    given = {known.id, (await opened(store)).id}
    async with database.transaction() as session:
        sent = await session.reserve("delivery", 100)
    await database.close()
    await restore(store_url, tmp_path / "blobs", tmp_path / "copy", overwrites=True)
    restored = await Database.open(store_url)
    new = await opened(Store(restored, clock))
    assert new.id > max(given)
    async with restored.transaction() as session:
        assert min(await session.reserve("delivery", 1)) > max(sent)
    await restored.close()


async def test_what_waited_when_the_copy_was_made_is_not_sent_twice(
    database, store, store_url, tmp_path, clock
):
    ticket = await opened(store)
    async with store.work() as work:
        await work.post(new_delivery(ticket_id=ticket.id))
    await backup(store_url, tmp_path / "blobs", tmp_path / "copy")
    await database.close()
    await restore(store_url, tmp_path / "blobs", tmp_path / "copy", overwrites=True)
    restored = await Database.open(store_url)
    outbox = Outbox(restored, clock, "Firstline")
    assert not await outbox.claim(("telegram", "7"), NOW, 24)
    assert await outbox.release_stale("telegram", "7", NOW) == 1
    [row] = await restored.fetch("SELECT state FROM delivery")
    assert row["state"] == "unknown"
    await restored.close()


async def test_a_backup_goes_nowhere_but_into_an_empty_folder(store_url, tmp_path):
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "yesterday").touch()
    with pytest.raises(Conflict):
        await backup(store_url, tmp_path / "blobs", tmp_path / "copy")
    with pytest.raises(NotFound):
        await restore(store_url, tmp_path / "blobs", tmp_path / "nothing")


async def test_a_backup_of_an_earlier_version_takes_the_place_of_newer_tables(
    database, store, store_url, tmp_path
):
    ticket = await opened(store)
    await backup(store_url, tmp_path / "blobs", tmp_path / "copy")
    async with database.transaction() as session:
        await session.execute("CREATE TABLE newer (ticket_id BIGINT REFERENCES ticket (id))")
        await session.execute('CREATE TABLE "lone One" (id BIGINT)')
    await database.close()
    await restore(store_url, tmp_path / "blobs", tmp_path / "copy", overwrites=True)
    restored = await Database.open(store_url)
    assert await Listing(restored).ticket(ticket.id) == ticket
    for table in ("newer", '"lone One"'):
        with pytest.raises(Exception, match=r"newer|lone One"):
            await restored.fetch(f"SELECT * FROM {table}")  # noqa: S608 - ours
    await restored.close()


async def test_a_copy_of_a_later_version_is_refused_and_nothing_gives_way(
    database, store, store_url, tmp_path
):
    ticket = await opened(store)
    async with database.transaction() as session:
        await session.execute(LATER)
    await backup(store_url, tmp_path / "blobs", tmp_path / "copy")
    async with database.transaction() as session:
        await session.execute("DELETE FROM tortoise_migrations WHERE name = '0999_of_next_year'")
    with pytest.raises(Conflict, match="copy_newer") as refused:
        await restore(store_url, tmp_path / "blobs", tmp_path / "copy", overwrites=True)
    assert refused.value.values["name"] == "0999_of_next_year"
    assert await Listing(database).ticket(ticket.id) == ticket


async def test_a_restore_that_fails_leaves_what_was_there(database, store, store_url, tmp_path):
    ticket = await opened(store)
    (tmp_path / "copy" / "blobs").mkdir(parents=True)
    name = "desk.dump" if database.dialect.is_postgresql else "desk.db"
    (tmp_path / "copy" / name).write_bytes(b"no copy of anything")
    if database.dialect.is_postgresql:
        with pytest.raises(Invalid, match="copy_damaged") as refused:
            await restore(store_url, tmp_path / "blobs", tmp_path / "copy", overwrites=True)
        assert refused.value.values["path"] == str(tmp_path / "copy" / name)
    assert await Listing(database).ticket(ticket.id) == ticket


async def test_a_damaged_file_is_named_by_the_backup_and_replaced_by_the_restore(
    store_url, tmp_path
):
    blobs, copy = tmp_path / "blobs", tmp_path / "copy"
    whole = Blobs(blobs).write(b"a photo")
    lost = Blobs(blobs).write(b"another photo")
    place = {digest: blobs / digest[:2] / digest[2:] for digest in (whole, lost)}
    place[lost].write_bytes(b"another ph")
    with capture_logs() as told:
        await backup(store_url, blobs, copy)
    assert [one["file"] for one in told if one["event"] == "file damaged"] == [str(place[lost])]
    place[whole].write_bytes(b"")
    place[lost].write_bytes(b"another photo")
    await restore(store_url, blobs, copy, overwrites=True)
    assert Blobs(blobs).read(whole) == b"a photo"
    assert Blobs(blobs).read(lost) == b"another photo"  # better than its copy


async def test_files_that_a_copy_has_lost_are_named_by_the_restore(
    database, store_url, elsewhere, tmp_path
):
    blobs, copy = tmp_path / "blobs", tmp_path / "copy"
    kept, lost = (Blobs(blobs).write(content) for content in (b"a photo", b"another photo"))
    async with database.transaction() as session:
        for digest in (kept, lost):
            await session.execute(A_FILE, digest)
    await backup(store_url, blobs, copy)
    (copy / "blobs" / lost[:2] / lost[2:]).unlink()
    with capture_logs() as told:
        await restore(elsewhere, tmp_path / "more", copy)
    missing = [one["file"] for one in told if one["event"] == "file missing"]
    assert missing == [str(tmp_path / "more" / lost[:2] / lost[2:])]
    shutil.rmtree(copy / "blobs")
    with pytest.raises(NotFound, match="no_backup"):
        await restore(elsewhere, tmp_path / "more", copy, overwrites=True)


async def test_mails_that_a_copy_has_lost_are_named_by_the_restore(
    database, store_url, elsewhere, tmp_path, monkeypatch
):
    monkeypatch.setattr(missing, "TOGETHER", 2)
    blobs, copy = tmp_path / "blobs", tmp_path / "copy"
    digests = [Blobs(blobs).write(b"Subject: %d" % number) for number in range(5)]
    async with database.transaction() as session:
        await session.execute(A_FILE, digests[3])
    await Journal(database).accept(
        envelope(digest, channel="email", payload=b'{"uid":1,"sha256":"%s"}' % digest.encode())
        for digest in digests
    )
    await backup(store_url, blobs, copy)
    for digest in digests[1:4]:
        (copy / "blobs" / digest[:2] / digest[2:]).unlink()
    with capture_logs() as told:
        lost = await restore(elsewhere, tmp_path / "more", copy)
    places = {digest: tmp_path / "more" / digest[:2] / digest[2:] for digest in digests}
    assert set(lost.mails) == {places[digests[1]], places[digests[2]]}
    assert lost.files == [places[digests[3]]]  # which a mail brought as well
    named = [one["file"] for one in told if one["event"] == "raw mail missing"]
    assert named == [str(place) for place in lost.mails]


def test_a_damaged_file_that_comes_again_is_written_anew(tmp_path):
    digest = Blobs(tmp_path).write(b"a photo")
    (tmp_path / digest[:2] / digest[2:]).write_bytes(b"")
    assert Blobs(tmp_path).write(b"a photo") == digest
    assert Blobs(tmp_path).read(digest) == b"a photo"


def test_a_file_that_is_there_is_not_taken_for_lasting_before_its_folder_is(tmp_path, monkeypatch):
    digest = Blobs(tmp_path).write(b"a photo")  # by one who may have died right before the end
    synced = []
    really = os.fsync

    def watched(descriptor):
        synced.append(Path(f"/proc/self/fd/{descriptor}").resolve())
        really(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    Blobs(tmp_path).write(b"a photo")
    assert {tmp_path, tmp_path / digest[:2]} <= set(synced)


class Killed(BaseException):
    pass


class Doomed(type(Path())):
    """Whoever moves a file there is killed before."""

    def replace(self, target):
        raise Killed


def test_a_restore_that_is_killed_keeps_what_was_committed_last(tmp_path):
    live, left = tmp_path / "live.db", tmp_path / "desk.db"
    with closing(sqlite3.connect(live, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("CREATE TABLE said (words TEXT)")
        writer.execute("INSERT INTO said VALUES ('the last words')")
        for ending in ("", "-wal"):  # as a killed desk leaves them
            shutil.copy(f"{live}{ending}", f"{left}{ending}")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        copy.executescript(TABLES)
    with pytest.raises(Killed):
        _replace_sqlite(tmp_path / "copy.db", Doomed(left))
    with closing(sqlite3.connect(left)) as found:
        assert found.execute("SELECT words FROM said").fetchall() == [("the last words",)]
    _replace_sqlite(tmp_path / "copy.db", left)
    with closing(sqlite3.connect(left)) as found:
        assert found.execute("SELECT words FROM ticket").fetchall() == []


def test_a_damaged_database_is_replaced(tmp_path):
    (tmp_path / "desk.db").write_bytes(b"no database at all" * 1000)
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        copy.executescript(TABLES)
    _replace_sqlite(tmp_path / "copy.db", tmp_path / "desk.db")
    with closing(sqlite3.connect(tmp_path / "desk.db")) as found:
        assert found.execute("SELECT words FROM ticket").fetchall() == []


@pytest.mark.parametrize("damage", ["no database at all", "cut short", "a page overwritten", ""])
def test_a_damaged_copy_is_named_and_replaces_nothing(tmp_path, damage):
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy, copy:
        copy.executescript(TABLES)
        copy.executemany("INSERT INTO ticket (words) VALUES (?)", [["words" * 200]] * 100)
    whole = (tmp_path / "copy.db").read_bytes()
    damaged = {
        "cut short": whole[: len(whole) // 2],
        "a page overwritten": whole[:8192] + b"\xff" * 4096 + whole[12288:],
    }
    (tmp_path / "copy.db").write_bytes(damaged.get(damage, damage.encode()))
    (tmp_path / "desk.db").write_bytes(whole)
    with pytest.raises(Invalid, match="copy_damaged") as refused:
        _replace_sqlite(tmp_path / "copy.db", tmp_path / "desk.db")
    assert refused.value.values["path"] == str(tmp_path / "copy.db")
    assert (tmp_path / "desk.db").read_bytes() == whole
    assert sorted(place.name for place in tmp_path.iterdir()) == ["copy.db", "desk.db"]


@pytest.mark.parametrize("place", ["/proc/nope", "/dev/null"])
async def test_a_backup_to_an_impossible_place_says_so(tmp_path, place):
    with pytest.raises(Unavailable, match="backup_refused") as refused:
        await backup(f"sqlite:///{tmp_path}/desk.db", tmp_path / "blobs", Path(place))
    assert refused.value.values["folder"] == place


async def test_a_copy_in_which_a_byte_has_changed_replaces_nothing(
    database, store, store_url, tmp_path
):
    ticket = await opened(store)
    await backup(store_url, tmp_path / "blobs", tmp_path / "copy")
    name = "desk.dump" if database.dialect.is_postgresql else "desk.db"
    copy = tmp_path / "copy" / name
    rotten = bytearray(copy.read_bytes())
    rotten[len(rotten) // 2] ^= 0xFF
    copy.write_bytes(rotten)
    with pytest.raises(Invalid, match="copy_damaged") as refused:
        await restore(store_url, tmp_path / "blobs", tmp_path / "copy", overwrites=True)
    assert refused.value.values["path"] == str(copy)
    assert await Listing(database).ticket(ticket.id) == ticket


async def test_a_copy_of_another_programs_database_replaces_nothing(
    database, store, store_url, tmp_path, request
):
    ticket = await opened(store)
    other, numbered = f"sqlite:///{tmp_path}/other.db", "integer PRIMARY KEY AUTOINCREMENT"
    if database.dialect.is_postgresql:
        other, numbered = request.getfixturevalue("postgresql").create("of_others"), "serial"
    foreign = await Database.open(other)
    async with foreign.transaction() as session:
        await session.execute(f"CREATE TABLE pupil (id {numbered})")
    await foreign.close()
    await backup(other, tmp_path / "blobs", tmp_path / "copy")
    with pytest.raises(Invalid, match="copy_foreign"):
        await restore(store_url, tmp_path / "blobs", tmp_path / "copy", overwrites=True)
    assert await Listing(database).ticket(ticket.id) == ticket
    if database.dialect.is_postgresql:
        request.getfixturevalue("postgresql").drop("of_others")
