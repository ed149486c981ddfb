"""The unit of work: tickets, entries, savepoints, and outages."""

import contextlib
from dataclasses import replace
from datetime import timedelta

import pytest

from intake.errors import Conflict, NotFound, Unavailable
from intake.messages import IncomingFile
from intake.tickets import Ask, Change, EntryKind, Status
from tests.store.cast import (
    NOW,
    OLENA,
    message,
    new_delivery,
    new_entry,
    new_ticket,
    opened,
    opening,
    situation_of,
)


async def test_a_savepoint_takes_back_only_its_own(database, store):
    ticket = await opened(store)
    async with store.work() as work:
        await work.add_entry(new_entry(ticket.id, "kept", external_id="1"))
        with contextlib.suppress(ZeroDivisionError):
            async with work.savepoint():
                await work.add_entry(new_entry(ticket.id, "gone", external_id="2"))
                raise ZeroDivisionError
        async with work.savepoint():
            await work.add_entry(new_entry(ticket.id, "kept too", external_id="3"))
    rows = await database.fetch("SELECT text FROM entry ORDER BY id")
    assert [row["text"] for row in rows][1:] == ["kept", "kept too"]


async def test_a_ticket_is_saved_whole_and_loaded_as_it_was(store):
    ticket = await opened(store)
    changed = replace(
        ticket,
        status=Status.PENDING,
        category=None,
        answers={"asset": "INV", "since": "зранку"},
        declined=frozenset({"scope"}),
        assumed=frozenset({"asset"}),
        asked=("location", "since"),
        card_id=5,
        ask=Ask(agent="Marek", words="Which floor?"),
        is_complete=True,
        assignee_id=3,
        assignee="Marek",
        first_response_at=NOW + timedelta(microseconds=1),
        preview="so",
        waits_for_agent=False,
        updated_at=NOW + timedelta(days=1),
    )
    async with store.work() as work:
        saved = await work.save_ticket(changed)
    async with store.work() as work:
        loaded = await work.ticket(ticket.id)
    assert loaded == saved == replace(changed, version=2)


async def test_a_stale_save_is_a_conflict(store):
    ticket = await opened(store)
    async with store.work() as work:
        await work.save_ticket(ticket)
    with pytest.raises(Conflict):
        async with store.work() as work:
            await work.save_ticket(ticket)


@pytest.mark.parametrize("number", [0, -5, 999, 10**30])
async def test_a_number_that_no_ticket_has_is_not_found(store, number):
    with pytest.raises(NotFound):
        async with store.work() as work:
            await work.ticket(number)


async def test_a_form_sent_twice_adds_once_and_the_transaction_goes_on(database, store):
    ticket = await opened(store)
    async with store.work() as work:
        await work.add_entry(new_entry(ticket.id, "a note", kind=EntryKind.NOTE, once="k1"))
        with pytest.raises(Conflict):
            await work.add_entry(new_entry(ticket.id, "a note", kind=EntryKind.NOTE, once="k1"))
        await work.add_entry(new_entry(ticket.id, "another", kind=EntryKind.NOTE, once="k2"))
    rows = await database.fetch("SELECT text FROM entry WHERE kind = 'note' ORDER BY id")
    assert [row["text"] for row in rows] == ["a note", "another"]


async def test_one_envelope_has_each_of_its_effects_once(store):
    ticket = await opened(store)
    async with store.work() as work:
        await work.add_entry(new_entry(ticket.id, "one", envelope_id=5))
        await work.add_entry(new_entry(ticket.id, "two", envelope_id=5))
    with pytest.raises(Conflict):
        async with store.work() as work:
            await work.add_entry(new_entry(ticket.id, "one again", envelope_id=5))


async def test_an_entry_keeps_its_files_its_change_and_its_facts(store):
    ticket = await opened(store)
    photo = IncomingFile(source="tg:1", name="photo.jpg", media_type="image/jpeg", size=9)
    change = Change(what="status", before="new", after="open")
    async with store.work() as work:
        entry_id = await work.add_entry(
            new_entry(ticket.id, files=(photo,), change=change, facts={"location": "50,30"})
        )
        await work.add_files(entry_id, [replace(photo, name="second.jpg", size=None)])
        entry = await work.entry(entry_id)
    assert [file.name for file in entry.files] == ["photo.jpg", "second.jpg"]
    assert {file.ticket_id for file in entry.files} == {ticket.id}
    assert (entry.change, entry.facts) == (change, {"location": "50,30"})


async def test_a_moved_entry_takes_its_files_along(store):
    ticket, other = await opened(store), await opened(store)
    photo = IncomingFile(source="tg:1", name="photo.jpg")
    async with store.work() as work:
        entry_id = await work.add_entry(new_entry(ticket.id, files=(photo,)))
        await work.move_entry(entry_id, other.id)
        moved = await work.entry(entry_id)
    assert (moved.ticket_id, moved.files[0].ticket_id) == (other.id, other.id)


async def test_an_answer_finds_the_newest_message_and_its_thread(store):
    ticket = await opened(store)
    async with store.work() as work:
        await work.add_entry(new_entry(ticket.id, external_id="12", thread=("<b@x>", "<a@x>")))
        await work.add_entry(new_entry(ticket.id, "note", kind=EntryKind.NOTE, address=None))
        last = await work.last_message_in(ticket.id, OLENA)
        assert last.external_id == "12"
        assert await work.thread_of(last.id) == ("<b@x>", "<a@x>")
        assert await work.last_message_in(9_999, OLENA) is None


async def test_words_that_no_database_can_hold_are_mended(store):
    odd = "nul\x00 and half \ud83d"
    async with store.work() as work:
        situation = await situation_of(work, message(odd))
        ticket = await opening(work, new_ticket(situation, subject=odd, answers={"asset": odd}))
        entry_id = await work.add_entry(new_entry(ticket.id, odd, facts={odd: odd}))
        await work.post(new_delivery(text=odd))
        entry = await work.entry(entry_id)
    assert entry.text == "nul and half ?"


async def test_an_outage_within_a_savepoint_is_unavailable(database, store):
    """`inward` lets Unavailable pass and quarantines nothing for it."""

    async def step():
        async with store.work() as work, work.savepoint():
            await cut(database, work)
            await situation_of(work, message())

    with pytest.raises(Unavailable):
        await step()


@pytest.mark.parametrize(
    "change",
    ["ALTER TABLE ticket RENAME COLUMN subject TO title", "ALTER TABLE ticket RENAME TO request"],
)
async def test_tables_that_a_later_version_has_changed_are_no_fault_of_a_message(database, change):
    async def step():
        async with database.transaction() as session:
            await session.execute(change)
            await session.fetch("SELECT subject FROM ticket")

    with pytest.raises(Unavailable):
        await step()


@pytest.mark.postgresql
@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
async def test_rights_that_were_taken_are_no_fault_of_a_message(database):
    async def step():
        async with database.transaction() as session:
            await session.execute("CREATE ROLE stranger")
            await session.execute("SET LOCAL ROLE stranger")
            await session.fetch("SELECT subject FROM ticket")

    with pytest.raises(Unavailable):
        await step()


async def cut(database, work):
    if database.dialect.is_postgresql:
        work._session._connection.terminate()
    else:
        raw = database.connection.raw
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count={pages}")
        await work._session.execute("INSERT INTO organization (name) VALUES ($1)", "x" * 100_000)
