"""The unit of work: envelopes in order, situations, tickets, entries."""

import asyncio
import contextlib
from dataclasses import replace
from datetime import timedelta

import pytest

from intake.errors import Conflict, NotFound, Unavailable
from intake.flow.setbacks import LONGEST_PAUSE
from intake.messages import Address, IncomingFile, MessageKind
from intake.tickets import Ask, Change, EntryKind, Status
from store.database import Database
from store.envelopes import heads_sql
from store.journal import Journal
from store.work import Store
from tests.store.cast import (
    IVAN,
    NOW,
    OLENA,
    envelope,
    message,
    new_delivery,
    new_entry,
    new_ticket,
    opened,
    opening,
    situation_of,
)


async def take(store, limit=16, now=NOW):
    async with store.work() as work:
        return [one.key for one in await work.take_envelopes(now, limit)]


async def finish(store, limit=16, now=NOW):
    async with store.work() as work:
        taken = await work.take_envelopes(now, limit)
        for one in taken:
            await work.finish_envelope(one)
    return [one.key for one in taken]


# envelopes


async def test_only_the_head_of_each_conversation_is_taken(journal, store):
    await journal.accept([envelope("a1", "a"), envelope("a2", "a"), envelope("b1", "b")])
    assert await finish(store) == ["a1", "b1"]
    assert await finish(store) == ["a2"]
    assert await finish(store) == []


async def test_an_envelope_comes_back_as_it_was_accepted(journal, store):
    sent = envelope(
        "a1", "a", payload=bytes(range(256)), received_at=NOW + timedelta(microseconds=7)
    )
    await journal.accept([sent])
    async with store.work() as work:
        [taken] = await work.take_envelopes(NOW, 1)
    assert taken._replace(id=0) == sent


async def test_a_failed_step_leaves_its_envelopes_waiting(journal, store):
    await journal.accept([envelope("a1", "a")])

    async def fail():
        async with store.work() as work:
            [taken] = await work.take_envelopes(NOW, 1)
            await work.finish_envelope(taken)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await take(store) == ["a1"]


async def test_a_postponed_envelope_holds_back_its_conversation_only(journal, store):
    await journal.accept([envelope("a1", "a"), envelope("a2", "a"), envelope("b1", "b")])
    async with store.work() as work:
        first, _ = await work.take_envelopes(NOW, 16)
        await work.postpone_envelope(first, "not yet", NOW + timedelta(seconds=5))
    assert await finish(store) == ["b1"]
    assert await finish(store) == []
    async with store.work() as work:
        [again] = await work.take_envelopes(NOW + timedelta(seconds=5), 16)
    assert (again.key, again.attempts) == ("a1", 1)


@pytest.mark.parametrize("channel", ["telegram", "agents"])
async def test_an_envelope_waits_no_longer_where_the_clock_is_put_back(journal, store, channel):
    def take(work, now):
        is_agents = channel == "agents"
        return (work.take_agents_envelopes if is_agents else work.take_envelopes)(now, 16)

    await journal.accept([envelope("a1", channel=channel)])
    async with store.work() as work:
        [first] = await take(work, NOW)
        await work.hold_envelope(first, "the disk is away", NOW + LONGEST_PAUSE)
    async with store.work() as work:
        assert not await take(work, NOW)
        [again] = await take(work, NOW - timedelta(hours=1))
    assert again.key == "a1"


async def test_a_link_is_kept_with_the_conversation_it_opened(store):
    async with store.work() as work:
        assert (await situation_of(work, message())).handle.link == ""
        await work.set_link(OLENA, "poster_3")
    async with store.work() as work:
        assert (await situation_of(work, message())).handle.link == "poster_3"
        assert (await situation_of(work, message(address=IVAN))).handle.link == ""


async def test_an_envelope_that_was_held_waits_and_has_not_been_tried(journal, store):
    await journal.accept([envelope("a1", conversation="a")])
    later = NOW + timedelta(seconds=5)
    async with store.work() as work:
        [held] = await work.take_envelopes(NOW, 10)
        await work.hold_envelope(held, "the disk is away", later)
    async with store.work() as work:
        assert not await work.take_envelopes(NOW, 10)
        [again] = await work.take_envelopes(later, 10)
    assert again.attempts == 0


async def test_quarantine_lets_the_next_one_pass_and_gives_back_what_is_requeued(journal, store):
    await journal.accept([envelope("a1", "a"), envelope("a2", "a")])
    async with store.work() as work:
        [poison] = await work.take_envelopes(NOW, 16)
        await work.quarantine_envelope(poison, "Unreadable: what is this")
    assert await finish(store) == ["a2"]
    async with store.work() as work:
        await work.requeue_envelope(poison.id, "Marek")
    async with store.work() as work:
        [again] = await work.take_envelopes(NOW, 16)
        assert (again.is_requeued, poison.is_requeued) == (True, False)
    assert await finish(store) == ["a1"]
    with pytest.raises(NotFound):
        async with store.work() as work:
            await work.requeue_envelope(poison.id, "Marek")


async def test_what_was_dismissed_is_given_back_too_and_only_what_is_held_can_be_dismissed(
    journal, store
):
    await journal.accept([envelope("a", "a"), envelope("b", "b")])
    async with store.work() as work:
        poison, report = await work.take_envelopes(NOW, 16)
        await work.quarantine_envelope(poison, "Unreadable: what is this")
        await work.file_envelope(report, "a report", NOW)
    async with store.work() as work:
        await work.dismiss_envelope(poison.id, "Marek", NOW)
    assert await finish(store) == []
    with pytest.raises(NotFound):
        async with store.work() as work:
            await work.dismiss_envelope(poison.id, "Sofia", NOW)
    async with store.work() as work:
        for one in (poison, report):
            await work.requeue_envelope(one.id, "Marek")
    assert await finish(store) == ["a", "b"]


async def test_a_flood_in_some_conversations_leaves_none_without_a_turn(journal, store):
    flood = [envelope(f"{name}{number}", name) for number in range(20) for name in "abcdef"]
    await journal.accept([*flood, envelope("z1", "z")])
    seen = [await finish(store, limit=2) for _ in range(4)]
    assert seen == [["a0", "b0"], ["c0", "d0"], ["e0", "f0"], ["z1"]]


async def test_every_channel_and_account_has_its_turn(journal, store):
    sent = [
        envelope(f"{channel}{account}{name}", name, channel=channel, account=account)
        for channel in ("email", "telegram")
        for account in ("1", "2")
        for name in "xyz"
    ]
    await journal.accept(sent)
    assert await finish(store) == [one.key for one in sent]


async def test_taking_reads_only_waiting_heads_however_long_the_history(database, journal, store):
    done = [envelope(f"d{number}", f"d{number % 50}") for number in range(3_000)]
    await journal.accept(done)
    async with database.transaction() as session:
        await session.execute("UPDATE envelope SET state = 'done'")
    backlog = [envelope(f"w{number}", f"w{number % 3}") for number in range(3_000)]
    await journal.accept(backlog)
    sql = heads_sql(database.dialect)
    given = ("", "", "", 10**18, 16, 2 * 10**18)
    if database.dialect.is_postgresql:
        async with database.transaction() as session:
            await session.execute("ANALYZE envelope")
        rows = await database.fetch("EXPLAIN (ANALYZE, FORMAT TEXT) " + sql, *given)
        plan = "\n".join(row[0] for row in rows)
        assert "Seq Scan on envelope" not in plan
        assert "Index Cond: (ROW(channel, account, conversation) > ROW(head.channel" in plan
    else:
        rows = await database.fetch("EXPLAIN QUERY PLAN " + sql, *given)
        plan = "\n".join(row["detail"] for row in rows)
        assert "SCAN envelope" not in plan
        assert "TEMP B-TREE" not in plan
        assert "envelope_waiting (channel=? AND account=? AND conversation>?)" in plan
    assert await finish(store) == ["w0", "w1", "w2"]


@pytest.mark.postgresql
async def test_two_workers_never_get_the_same_conversation(postgresql, postgresql_template, clock):
    url = postgresql.create("two_workers", postgresql_template)
    one, other = await Database.open(url), await Database.open(url)
    try:
        await Journal(one).accept([envelope(f"{n}{c}", c) for n in (1, 2) for c in "abcd"])
        first, second = Store(one, clock), Store(other, clock)
        async with first.work() as here, second.work() as there:
            mine = await here.take_envelopes(NOW, 2)
            theirs = await there.take_envelopes(NOW, 16)
            assert [e.key for e in mine] == ["1a", "1b"]
            assert [e.key for e in theirs] == ["1c", "1d"]
            for taken in mine:
                await here.finish_envelope(taken)
        async with second.work() as there:
            heads = await there.take_envelopes(NOW, 16)
        assert {e.key for e in heads} == {"2a", "2b", "1c", "1d"}
    finally:
        await one.close()
        await other.close()
        postgresql.drop("two_workers")


@pytest.mark.postgresql
async def test_an_envelope_committed_late_waits_for_its_conversation(
    postgresql, postgresql_template, clock
):
    """Ids are given before commits: a smaller id may appear while a larger one is in work."""
    url = postgresql.create("late", postgresql_template)
    database = await Database.open(url)
    store = Store(database, clock)
    insert = (
        "INSERT INTO envelope (channel, account, key, conversation, payload, received_at)"
        " VALUES ('telegram', '7', $1, 'a', '', 0)"
    )
    try:
        async with database.transaction() as slow:
            await slow.execute(insert, "early")
            async with database.transaction() as quick:
                await quick.execute(insert, "late")
            work = store.work()
            here = await work.__aenter__()
            [taken] = await here.take_envelopes(NOW, 16)
            assert taken.key == "late"
        assert await take(Store(database, clock)) == []
        await here.finish_envelope(taken)
        await work.__aexit__(None, None, None)
        assert await take(store) == ["early"]
    finally:
        await database.close()
        postgresql.drop("late")


@pytest.mark.postgresql
async def test_workers_side_by_side_receive_everything_once_and_in_order(
    postgresql, postgresql_template, clock
):
    url = postgresql.create("side_by_side", postgresql_template)
    database = await Database.open(url)
    await Journal(database).accept([envelope(f"{c}{n:02}", c) for n in range(15) for c in "abcde"])
    seen = []
    ours, another = Store(database, clock), Store(database, clock)

    async def work(store):
        while True:
            async with store.work() as unit:
                taken = await unit.take_envelopes(NOW, 2)
                for one in taken:
                    seen.append(one.key)
                    await asyncio.sleep(0)
                    await unit.finish_envelope(one)
            if not taken and len(seen) >= 75:
                return

    try:
        await asyncio.wait_for(asyncio.gather(work(ours), work(ours), work(another)), 30)
    finally:
        await database.close()
        postgresql.drop("side_by_side")
    assert len(seen) == 75
    for conversation in "abcde":
        mine = [key for key in seen if key.startswith(conversation)]
        assert mine == sorted(mine)


# savepoints


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


async def test_cancelled_units_of_work_leave_the_database_usable(database, clock, journal, store):
    await journal.accept([envelope(number, str(number)) for number in range(50)])

    async def step():
        async with store.work() as work:
            taken = await work.take_envelopes(NOW, 2)
            await asyncio.sleep(0)
            for one in taken:
                await work.postpone_envelope(one, "", NOW)

    for round_ in range(120):
        tasks = [asyncio.create_task(step()) for _ in range(3)]
        for _ in range(round_ % 13):
            await asyncio.sleep(0)
        for task in tasks[: 1 + round_ % 3]:
            task.cancel()
        await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 10)
    assert len(await asyncio.wait_for(take(Store(database, clock), limit=100), 10)) == 50


# situations


async def test_the_first_message_makes_a_person_and_a_handle(store):
    async with store.work() as work:
        first = await situation_of(work, message())
    async with store.work() as work:
        again = await situation_of(work, message())
    assert first.is_first_contact
    assert not again.is_first_contact
    assert (first.person.name, first.person.language) == ("Olena", "uk")
    assert again.person == first.person
    assert again.handle == first.handle
    assert (again.live_tickets, again.last_entry, again.named_ticket) == ((), None, None)


@pytest.mark.postgresql
async def test_two_transactions_meeting_the_same_person_make_one(
    postgresql, postgresql_template, clock
):
    url = postgresql.create("meeting", postgresql_template)
    database = await Database.open(url)
    store = Store(database, clock)

    async def meet():
        async with store.work() as work:
            return await situation_of(work, message())

    try:
        async with store.work() as work:
            first = await situation_of(work, message())
            other = asyncio.create_task(meet())
            for _ in range(20):
                await asyncio.sleep(0)
        second = await asyncio.wait_for(other, 10)
        people = await database.fetch("SELECT id FROM person")
    finally:
        await database.close()
        postgresql.drop("meeting")
    assert second.person == first.person
    assert (first.is_first_contact, second.is_first_contact) == (True, False)
    assert len(people) == 1


async def test_tickets_are_numbered_from_1001(store):
    assert (await opened(store)).id == 1001
    assert (await opened(store)).id == 1002


async def test_live_tickets_come_newest_activity_first_without_the_settled(store):
    first, second, third = [await opened(store) for _ in range(3)]
    async with store.work() as work:
        await work.save_ticket(replace(first, updated_at=NOW + timedelta(hours=1)))
        await work.save_ticket(replace(second, status=Status.SOLVED))
    async with store.work() as work:
        situation = await situation_of(work, message())
    assert [ticket.id for ticket in situation.live_tickets] == [first.id, third.id]
    assert situation.last_entry.ticket_id == third.id


async def test_a_quote_names_the_ticket_of_the_quoted_message(store):
    first = await opened(store, external_id="11")
    await opened(store, external_id="12")
    async with store.work() as work:
        quoting = await situation_of(work, message(external_id="13", quoted_id="11"))
    assert quoting.named_ticket.id == first.id


async def test_a_quote_of_our_own_message_names_its_ticket(database, store):
    ticket = await opened(store)
    async with store.work() as work:
        delivery_id = await work.post(new_delivery(ticket_id=ticket.id))
    async with database.transaction() as session:
        await session.execute(
            "UPDATE delivery SET provider_id = '77', state = 'accepted' WHERE id = $1", delivery_id
        )
    async with store.work() as work:
        quoting = await situation_of(work, message(quoted_id="77"))
        his = await situation_of(work, message(address=IVAN, quoted_id="77"))
    assert quoting.named_ticket.id == ticket.id
    assert his.named_ticket is None


async def test_a_message_id_of_another_chat_names_nothing(store):
    """Telegram counts messages per chat: "11" is somebody else's in another one."""
    group = replace(OLENA, external_id="-900")
    await opened(store, address=group, external_id="11")
    async with store.work() as work:
        situation = await situation_of(work, message(quoted_id="11"))
    assert situation.named_ticket is None


async def test_a_mail_thread_finds_its_ticket_by_the_nearest_known_mail(store):
    mail = Address(channel="email", account="it@desk.example", external_id="olena@firm.example")
    first = await opened(store, address=mail, external_id="<1@firm>")
    second = await opened(store, address=mail, external_id="<2@firm>")
    async with store.work() as work:
        nearest = await situation_of(
            work, message(address=mail, quoted_id="<0@x>", thread=("<2@firm>", "<1@firm>"))
        )
        farther = await situation_of(work, message(address=mail, thread=("<9@firm>", "<1@firm>")))
    assert (nearest.named_ticket.id, farther.named_ticket.id) == (second.id, first.id)


async def test_an_album_goes_on_with_its_first_message(store):
    ticket = await opened(store, album="4711", external_id="11")
    async with store.work() as work:
        second = await situation_of(work, message(album="4711", external_id="12"))
        his = await situation_of(work, message(address=IVAN, album="4711", external_id="12"))
    assert second.named_ticket.id == ticket.id
    assert second.known_entry.external_id == "11"
    assert (his.named_ticket, his.known_entry) == (None, None)


async def test_an_edit_knows_the_message_it_rewrites(store):
    ticket = await opened(store, external_id="11")
    async with store.work() as work:
        edit = await situation_of(work, message(kind=MessageKind.EDIT, external_id="11"))
        await work.edit_entry(edit.known_entry.id, "the scanner too", NOW)
        entry = await work.entry(edit.known_entry.id)
    assert (entry.text, entry.edited_at, entry.ticket_id) == ("the scanner too", NOW, ticket.id)


async def test_a_proven_ticket_is_found_whoever_brings_it(store):
    ticket = await opened(store)
    async with store.work() as work:
        his = await situation_of(work, message(address=IVAN, proven_ticket=ticket.id))
        nobody = await situation_of(work, message(address=IVAN, proven_ticket=10**30))
    assert his.proven_ticket.id == ticket.id
    assert his.named_ticket is None
    assert nobody.proven_ticket is None


async def test_a_number_in_the_subject_claims_the_senders_own_ticket_only(store):
    ticket = await opened(store)
    await opened(store, address=IVAN)
    async with store.work() as work:
        hers = message(claimed_ticket=ticket.id)
        found = await situation_of(work, hers)
        assert (found.claimed_ticket.id, found.named_ticket) == (ticket.id, None)
        his = message(address=IVAN, claimed_ticket=ticket.id)
        assert (await situation_of(work, his)).claimed_ticket is None
        wild = message(claimed_ticket=10**30)
        assert (await situation_of(work, wild)).claimed_ticket is None


async def test_a_usual_message_costs_three_queries(database, store, queries):
    await opened(store)
    async with store.work() as work:
        queries.watch(work._session)
        await situation_of(work, message())
    assert queries.count <= 4


# tickets and entries


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
