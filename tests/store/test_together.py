"""Many envelopes in one commit: as if they had come one after the other, with few statements."""

import asyncio
from dataclasses import replace

import orjson
import pytest

from intake.dialogue import Dialogue
from intake.errors import Conflict, Unreadable
from intake.flow.deciding import Deciding, PartnerLost
from intake.flow.effects import Effects
from intake.flow.inward import Inward
from intake.messages import Address, MessageKind
from intake.wording import Wording
from tests.intake.cast import FORMS, KYIV, PATIENCE, READER, TRAITS
from tests.store.cast import NOW, envelope, message, new_delivery, new_entry, opened, states

DOUBT = "doubt|"
POISON = "what nobody can bear"
REFUSED = "what the database refuses"


class Brittle(Dialogue):
    """The real one, but for some words."""

    def decide(self, situation, heard, now):
        if heard.text == POISON:
            raise ZeroDivisionError
        return super().decide(situation, heard, now)


class Clumsy(Effects):
    """Saves some tickets as if nothing had become of them since they were opened."""

    async def _keep(self, work, decided, ticket, known):
        kept = await super()._keep(work, decided, ticket, known)
        if kept.cause.message.text == REFUSED:
            await work.save_ticket(ticket)
        return kept


def translated(sent):
    texts = orjson.loads(sent.payload)
    if not texts:
        raise Unreadable("nothing")
    address = Address(channel="telegram", account="7", external_id=sent.conversation)
    return [
        tapped(text, address)
        if text.startswith(DOUBT)
        else message(text, address, external_id=f"{sent.key}.{place}")
        for place, text in enumerate(texts)
    ]


def tapped(data, address):
    return message("", address, kind=MessageKind.TAP, tap=data, tap_id="cb", external_id="")


def said(key, conversation, *texts):
    return envelope(key, conversation, payload=orjson.dumps(texts))


class Passing:
    """A partner that takes all but one, and is lost over it."""

    def __init__(self):
        self.has_been_dismissed = False

    async def takes(self, causes):
        return len(causes) - 1

    def hand(self, _causes):
        lost = asyncio.get_running_loop().create_future()
        lost.set_exception(PartnerLost())
        return lost

    def dismiss(self):
        self.has_been_dismissed = True


@pytest.fixture
def deciding():
    return Deciding(dialogue=Brittle(FORMS, READER, TRAITS))


@pytest.fixture
def inward(store, clock, deciding):
    wording = Wording(KYIV)
    return Inward(
        store=store,
        translators={"telegram": translated},
        deciding=deciding,
        effects=Clumsy(FORMS, wording, TRAITS, PATIENCE, "Firstline"),
        clock=clock,
    )


async def words(database):
    """What people have said, as it stands on timelines."""
    rows = await database.fetch(
        "SELECT address, text, ticket_id FROM entry WHERE author = 'requester'"
        " AND kind = 'message' ORDER BY id"
    )
    return [(row["address"], row["text"], row["ticket_id"]) for row in rows]


async def test_a_whole_round_becomes_tickets_with_their_cards(database, journal, inward):
    people = [str(number) for number in range(20)]
    await journal.accept([said(one, one, "the printer does not print") for one in people])
    assert await inward.step() == 20
    assert [address for address, _, _ in await words(database)] == people
    cards = await database.fetch(
        "SELECT ticket.id AS number, delivery.address, entry.author, ticket.version"
        " FROM ticket JOIN delivery ON delivery.id = ticket.card_id"
        " JOIN entry ON entry.id = delivery.entry_id AND entry.ticket_id = ticket.id"
        " ORDER BY ticket.id"
    )
    names = ("number", "address", "author", "version")
    assert [tuple(row[name] for name in names) for row in cards] == [
        (1001 + place, one, "bot", 2) for place, one in enumerate(people)
    ]


async def test_what_a_lost_partner_had_is_received_all_the_same(
    database, journal, inward, deciding
):
    partner = Passing()
    inward = replace(inward, deciding=replace(deciding, partner=partner))
    people = [str(number) for number in range(5)]
    await journal.accept([said(one, one, "the printer does not print") for one in people])
    assert await inward.step() == 5
    assert [address for address, _, _ in await words(database)] == people
    assert set((await states(database)).values()) == {("done", 0)}
    assert partner.has_been_dismissed


@pytest.mark.parametrize(
    ("bad", "ends"),
    [
        (POISON, ("waiting", 1)),
        (REFUSED, ("waiting", 1)),
        (None, ("quarantined", 1)),
    ],
)
async def test_a_bad_envelope_ends_by_itself_and_sinks_no_other(
    database, journal, inward, bad, ends
):
    sent = [said(one, one, "no network on floor 3") for one in "abcdef"]
    sent[3] = said("d", "d", *([bad] if bad else []))
    await journal.accept(sent)
    assert await inward.step() == 6
    assert await states(database) == {one: ends if one == "d" else ("done", 0) for one in "abcdef"}
    assert [address for address, _, _ in await words(database)] == ["a", "b", "c", "e", "f"]
    [left] = await database.fetch("SELECT count(*) AS n FROM handle WHERE address = 'd'")
    assert left["n"] == 0


async def test_messages_of_one_person_see_what_became_of_the_one_before(database, journal, inward):
    texts = ("the printer does not print", "INV-20418", "since this morning")
    await journal.accept([said("a", "a", *texts), said("b", "b", "the scanner is broken")])
    await inward.step()
    found = await words(database)
    assert [text for address, text, _ in found if address == "a"] == list(texts)
    assert len({number for address, _, number in found if address == "a"}) == 1
    [ticket] = await database.fetch("SELECT answers FROM ticket WHERE address = 'a'")
    assert orjson.loads(ticket["answers"])["asset"] == "INV-20418"


async def test_thirty_envelopes_cost_as_many_round_trips_as_three(
    database, journal, store, inward, queries
):
    counts = []
    for size in (3, 30):
        people = [f"{size}.{number}" for number in range(size)]
        for text in ("the printer does not print", "it is on the second floor"):
            await journal.accept([said(f"{one} {text}", one, text) for one in people])
            before = queries.count
            async with store.work() as work:
                queries.watch(work._session)
                heard = [inward._read(one) for one in await work.take_envelopes(NOW, 32)]
                await inward._receive_safely(work, heard)
            counts.append(queries.count - before)
    assert counts[:2] == counts[2:]


@pytest.fixture
def cost(journal, store, inward, queries):
    """The round trips of one round, in which each of these people says something."""

    async def counted(said_by):
        for person, words in said_by.items():
            await journal.accept([said(f"{person} {words}", person, words)])
        before = queries.count
        async with store.work() as work:
            queries.watch(work._session)
            heard = [inward._read(one) for one in await work.take_envelopes(NOW, 32)]
            await inward._receive_safely(work, heard)
        return queries.count - before

    return counted


async def test_what_thirty_people_are_known_for_costs_as_many_round_trips_as_of_three(
    database, cost
):
    counts = []
    for size in (3, 30):
        people = [f"{size}.{number}" for number in range(size)]
        await cost(dict.fromkeys(people, "my laptop is slow"))
        await cost(dict.fromkeys(people, "1. NB-0442 2. Windows 11"))
        async with database.transaction() as session:
            await session.execute("UPDATE ticket SET status = 'closed'")
        recalling = await cost(dict.fromkeys(people, "my laptop does not start"))
        rows = await database.fetch("SELECT id, address, assumed FROM ticket WHERE status = 'new'")
        assert ["asset" in row["assumed"] for row in rows] == [True] * size
        doubts = {row["address"]: f"{DOUBT}{row['id']}|asset" for row in rows}
        counts.append((recalling, await cost(doubts)))
        [left] = await database.fetch("SELECT count(*) AS n FROM remembered WHERE field = 'asset'")
        assert left["n"] == 0
    assert counts[0] == counts[1]


async def test_what_is_written_later_is_there_before_anything_is_read(store):
    ticket = await opened(store)
    async with store.work() as work:
        entry_id = await work.add_entry(new_entry(ticket.id, "noted"))
        saved = await work.save_ticket(ticket)
        assert (await work.entry(entry_id)).text == "noted"
        assert (await work.ticket(ticket.id)).version == saved.version == 2


async def test_what_waits_in_a_savepoint_goes_with_it(database, store):
    ticket = await opened(store)

    async def fail(work):
        async with work.savepoint():
            await work.add_entry(new_entry(ticket.id, "gone"))
            await work.post(new_delivery(text="gone too"))
            raise ZeroDivisionError

    async def clash(work):
        async with work.savepoint():
            await work.save_ticket(ticket)
            await work.save_ticket(ticket)

    async with store.work() as work:
        with pytest.raises(ZeroDivisionError):
            await fail(work)
        with pytest.raises(Conflict):
            await clash(work)
        await work.add_entry(new_entry(ticket.id, "kept"))
    [row] = await database.fetch(
        "SELECT (SELECT version FROM ticket) AS version,"
        " (SELECT count(*) FROM delivery) AS deliveries,"
        " (SELECT count(*) FROM entry WHERE text = 'kept') AS kept,"
        " (SELECT count(*) FROM entry WHERE text = 'gone') AS gone"
    )
    assert (row["version"], row["deliveries"], row["kept"], row["gone"]) == (1, 0, 1, 0)


async def test_ids_grow_with_the_timeline_whoever_writes(store, database):
    """Ids taken ahead are not kept for later: what is written later stands below."""
    ticket = await opened(store)
    for text in ("one", "two", "three"):
        async with store.work() as work:
            await work.take_envelopes(NOW, 16)
            await work.add_entry(new_entry(ticket.id, text))
    rows = await database.fetch(
        "SELECT text FROM entry WHERE ticket_id = $1 ORDER BY id", ticket.id
    )
    assert [row["text"] for row in rows][1:] == ["one", "two", "three"]
