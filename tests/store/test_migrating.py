"""The tables come to be by migrations, once, also when many start together."""

import ast
import asyncio
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from intake.errors import Conflict, Invalid, Unavailable
from intake.tickets import Author, Change, EntryKind
from store import migrations
from store.database import Database
from store.listing import Listing
from store.migrating import RECORDED, is_migrated, migrate
from store.outbox import Outbox
from store.schema import draft
from tests.store.cast import IVAN, LATER, NOW, new_delivery, new_entry, opened

MIGRATE = """
import asyncio, sys
from store.database import Database
from store.migrating import migrate

async def main():
    database = await Database.open(sys.argv[1])
    await migrate(database)
    await database.close()

asyncio.run(main())
"""
# On SQLite the ORM rebuilds the table for these, and the rebuild deletes what hangs on it.
HARMLESS = {("0019_remembered.py", "DeleteModel")}  # nothing hangs on that table
REBUILDING = {"RemoveField", "AlterField", "AddConstraint", "RemoveConstraint", "DeleteModel"}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty_url(request, tmp_path):
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.db"
        return
    server = request.getfixturevalue("postgresql")
    yield server.create("empty")
    server.drop("empty")


async def test_models_and_migrations_match(database):
    assert await draft(database.url) == []


async def test_migrating_twice_changes_nothing(database):
    assert await is_migrated(database)
    assert await migrate(database) == []


async def test_tables_of_a_later_version_are_refused(database):
    async with database.transaction() as session:
        await session.execute(LATER)
    with pytest.raises(Conflict, match="database_newer") as refused:
        await migrate(database)
    assert refused.value.values == {"name": "0999_of_next_year"}


async def test_processes_that_start_together_migrate_once(empty_url):
    running = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", MIGRATE, empty_url)
        for _ in range(4)
    ]
    async with asyncio.timeout(60):
        assert [await process.wait() for process in running] == [0] * 4
    database = await Database.open(empty_url)
    names = [row["name"] for row in await database.fetch(RECORDED)]
    assert await is_migrated(database)
    await database.close()
    assert names == sorted(set(names))


async def test_opening_waits_for_a_process_that_just_writes_the_new_file(tmp_path):
    with closing(sqlite3.connect(tmp_path / "new.db", check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        ending = threading.Timer(0.1, other.commit)
        ending.start()
        database = await Database.open(f"sqlite:///{tmp_path}/new.db")
        ending.join()
    [row] = await database.fetch("PRAGMA journal_mode")
    await database.close()
    assert row["journal_mode"] == "wal"


async def test_a_failed_migration_leaves_nothing_behind(empty_url, monkeypatch):
    module = __import__("store.migrations.0002_indexes_and_search", fromlist=["INDEXES"])
    database = await Database.open(empty_url)
    monkeypatch.setattr(module, "INDEXES", ["CREATE INDEX broken ON nowhere (id)"])
    with pytest.raises(Exception, match="nowhere"):
        await migrate(database)
    assert not await is_migrated(database)
    monkeypatch.undo()
    assert "0002_indexes_and_search" in await migrate(database)
    await database.close()


AS_BEFORE = (
    "ALTER TABLE delivery RENAME COLUMN begun_at TO claimed_at",
    "UPDATE delivery SET claimed_at = 1 WHERE state = 'sending'",
    "ALTER TABLE ticket DROP COLUMN flag",
    "ALTER TABLE ticket DROP COLUMN numbered",
    "ALTER TABLE ticket DROP COLUMN correcting_since",
    "ALTER TABLE ticket DROP COLUMN undelivered",
    "DROP INDEX delivery_undelivered",
    "DROP INDEX envelope_dismissed",
    "ALTER TABLE envelope DROP COLUMN dismissed_at",
    "ALTER TABLE envelope DROP COLUMN dismissed_by",
    "ALTER TABLE envelope DROP COLUMN requeued_by",
    "ALTER TABLE handle DROP COLUMN link",
    "DROP INDEX delivery_parts",
    "DROP INDEX delivery_sent",
    "DROP INDEX delivery_told",
    "ALTER TABLE delivery DROP COLUMN parts",
    "ALTER TABLE handle DROP COLUMN heard_at",
    "DROP TABLE link",
    "DROP TABLE proof",
    "DROP INDEX person_employee",
    "ALTER TABLE person DROP COLUMN employee_id",
    "DROP TABLE employee_contact",
    "DROP TABLE employee",
    "DROP INDEX organization_name",
    "DROP INDEX ticket_held",
    "ALTER TABLE ticket DROP COLUMN is_held",
    "ALTER TABLE person DROP COLUMN approved_at",
    "ALTER TABLE person DROP COLUMN approved_by",
    "DROP INDEX ticket_of_person",
    "DROP TABLE remembered",
    """CREATE TABLE memory (id BIGINT, organization_id BIGINT, person_id BIGINT, name VARCHAR(500),
        category VARCHAR(500), field VARCHAR(500), answer TEXT, said_at BIGINT)""",
    """INSERT INTO memory SELECT 1, 1, MIN(id), 'olena', 'computer', 'asset', 'NB-0442', 5
        FROM person""",
    "DROP TABLE showing",
    "DROP TABLE agent_chat",
    "DROP INDEX ticket_untold",
    "DROP INDEX agent_link",
    "ALTER TABLE ticket DROP COLUMN is_told",
    "ALTER TABLE agent DROP COLUMN link_hash",
    "ALTER TABLE agent DROP COLUMN link_until",
    "DROP TABLE refusal",
    "DELETE FROM tortoise_migrations WHERE name >= '0007_begun_and_flag'",
)

SETTLED = "0023_settled_tickets"
SOLVED_BEFORE = "UPDATE ticket SET status = 'solved' WHERE id IN ($1, $2) AND waits_for_agent"


async def test_what_the_version_before_was_sending_and_knew_is_there_after_its_migrations(
    database, store, clock
):
    outbox, listing = Outbox(database, clock, "Firstline"), Listing(database)
    harsh, kind = await opened(store), await opened(store, address=IVAN)
    async with store.work() as work:
        await work.add_entry(new_entry(harsh.id, "!", facts={"flag": "abuse"}))
        await work.post(new_delivery())
    await outbox.claim(("telegram", "7"), NOW, 1)
    async with database.transaction() as session:
        for statement in AS_BEFORE:
            await session.execute(statement)
    assert await migrate(database) == [
        "0007_begun_and_flag",
        "0008_numbers",
        "0009_corrections",
        "0010_undelivered",
        "0011_addresses_found",
        "0012_dismissed",
        "0013_requeued_and_links",
        "0014_told_of_chats",
        "0015_directory",
        "0016_tickets_of_people",
        "0017_links",
        "0018_approval",
        "0019_remembered",
        "0020_agents_bot",
        "0021_told_beside_tickets",
        "0022_refusals",
        SETTLED,
    ]
    [known] = await database.fetch("SELECT handle_id, name, answer, said_at FROM remembered")
    assert (known["name"], known["answer"], known["said_at"]) == ("olena", "NB-0442", 5)
    [home] = await database.fetch("SELECT person_id FROM handle WHERE id = $1", known["handle_id"])
    assert home["person_id"] == harsh.person_id
    await outbox.release_stale("telegram", "7", NOW)
    [row] = await database.fetch("SELECT state FROM delivery")
    assert row["state"] == "unknown"
    page = await listing.tickets("all", 1)
    assert {line.id: line.flag for line in page.lines} == {harsh.id: "abuse", kind.id: ""}


async def test_a_ticket_that_was_settled_unanswered_waits_no_more_unless_somebody_spoke_since(
    database, store
):
    settled, spoken, live = [await opened(store) for _ in range(3)]
    solving = {
        "kind": EntryKind.CHANGE,
        "author": Author.AGENT,
        "change": Change(what="status", before="open", after="solved"),
    }
    async with store.work() as work:
        for ticket in (settled, spoken):
            await work.add_entry(new_entry(ticket.id, "", external_id="", **solving))
            await work.add_entry(new_entry(ticket.id, "It is solved.", author=Author.BOT))
        await work.add_entry(new_entry(spoken.id, "Thanks, but the tray is still stuck"))
    async with database.transaction() as session:
        await session.execute(SOLVED_BEFORE, settled.id, spoken.id)
        await session.execute("DELETE FROM tortoise_migrations WHERE name = $1", SETTLED)
    assert await migrate(database) == [SETTLED]
    page = await Listing(database).tickets("all", 1)
    waiting = {line.id: line.waits_for_agent for line in page.lines}
    assert waiting == {settled.id: False, spoken.id: True, live.id: True}


def test_no_migration_rebuilds_a_table_by_the_orms_own_means():
    found = [
        f"{path.name}:{node.lineno} {node.attr}"
        for path in Path(migrations.__path__[0]).glob("[0-9]*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in REBUILDING
        and (path.name, node.attr) not in HARMLESS
    ]
    assert not found


@pytest.mark.parametrize("url", ["", "desk.db", "mysql://x/y", "sqlite3:///x"])
async def test_an_address_that_is_none_is_told(url):
    with pytest.raises(Invalid):
        await Database.open(url)


async def test_a_database_that_cannot_be_opened_is_unavailable(tmp_path):
    (tmp_path / "folder").write_text("no folder")
    with pytest.raises(Unavailable):
        await Database.open(f"sqlite:///{tmp_path}/folder/desk.db")
    with pytest.raises(Unavailable):
        await Database.open(f"postgres://nobody@/desk?host={tmp_path}")


def test_two_processes_write_one_file_without_refusals(sqlite_template, tmp_path):
    """A command beside a running desk waits its turn."""
    path = tmp_path / "desk.db"
    path.write_bytes(sqlite_template.read_bytes())
    code = """
import asyncio, os, sys
from store.database import Database

async def main():
    database = await Database.open(sys.argv[1])
    for number in range(150):
        async with database.transaction() as session:
            await session.fetch("SELECT count(*) FROM organization")
            name = f"{os.getpid()} {number}"
            await session.execute("INSERT INTO organization (name) VALUES ($1)", name)
    await database.close()

asyncio.run(main())
"""
    running = [
        subprocess.Popen([sys.executable, "-c", code, f"sqlite:///{path}"]) for _ in range(3)
    ]
    assert [process.wait(60) for process in running] == [0] * 3
