"""What the core must know to decide about messages: who writes, and what they may touch.

A message may only touch tickets of its own person; a guessed number, a copied quote or a button
that was never shown there finds nothing. The exception is a token that only we can have made
(`proven_ticket`). Any number of messages costs the same few statements. Who writes is left to
`people`, what a message points at to `pointers`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from intake.directory import Employee
from intake.errors import NotFound
from intake.linking.wishes import may_prove
from intake.messages import Address, Message, MessageKind
from intake.people import Person
from intake.signs.solving import REOPENS_WITHIN
from intake.situations import Situation
from intake.tickets import Status, Ticket
from store import mapping
from store.clues import Clues
from store.entries import ENTRIES
from store.heirs import followed
from store.links import newest_proofs
from store.moments import from_micros, to_micros
from store.people import Columns, columns_of, said_at
from store.pointers import SAID_AT, PointerWork

MOST_LIVE = 20
OPENED_BY_EACH = frozenset({"email"})  # where any message may open a ticket, a machine's as well
MOST_COUNTED = 50  # messages that are looked through for tickets that they opened
ASKED_LATELY = timedelta(hours=1)  # a code that is over is still no trouble of its own

HOMES = "SELECT id, channel, account, address FROM ticket WHERE {among}"
# Beside those that are live what was solved of late, among the person's newest.
OWN_TICKETS = """
    SELECT id, person_id, status FROM (
        SELECT id, person_id, status FROM ticket
        WHERE person_id = $1 AND status NOT IN ('solved', 'closed')
        ORDER BY updated_at DESC, id DESC LIMIT $2
    ) live
    UNION ALL
    SELECT id, person_id, status FROM (
        SELECT id, person_id, status, updated_at FROM ticket WHERE person_id = $1
        ORDER BY id DESC LIMIT $2
    ) newest WHERE status = 'solved' AND updated_at > $3
"""
LAST_ENTRY = f"""{ENTRIES}
    WHERE {SAID_AT} AND entry.author = 'requester' AND entry.kind = 'message'
    ORDER BY entry.id DESC LIMIT 1
"""
# What the newest messages of an address opened, whatever became of it, as far as it got a card;
# and what was said there beside any ticket.
CARDED = """
    SELECT channel, account, address, created_at FROM ticket
    WHERE channel = $1 AND account = $2 AND address = $3 AND card_id IS NOT NULL AND id IN (
        SELECT newest.ticket_id FROM (
            SELECT ticket_id FROM entry WHERE channel = $1 AND account = $2 AND address = $3
                AND author = 'requester' AND kind = 'message' ORDER BY id DESC LIMIT $4
        ) newest
    )
    UNION ALL
    SELECT channel, account, address, posted_at FROM (
        SELECT channel, account, address, posted_at FROM delivery
        WHERE channel = $1 AND account = $2 AND address = $3 AND ticket_id IS NULL
        ORDER BY id DESC LIMIT $4
    ) told
"""
# All of them by one statement and in the order of their numbers: units of work that want the same
# tickets wait for one another in a row, never in a circle.
TICKETS = "SELECT * FROM ticket WHERE {among} ORDER BY id {locked}"


class SituationWork(PointerWork):
    async def situations(self, messages: Sequence[Message]) -> Sequence[Situation]:
        """Loads or makes the senders, and what each message may touch. Raises NotFound."""
        messages = await followed(self._session, messages)
        writers = await self._writers(await self._origins(messages))
        clues = [
            Clues(message=message, writer=writer)
            for message, writer in zip(messages, writers, strict=True)
        ]
        usual = [one for one in clues if not one.is_form]
        await self._find_pointed(usual)
        await self._find_last([one for one in usual if not one.writer.is_new])
        await self._find_carded(usual)
        await self._find_named([one for one in usual if not one.writer.is_new])
        await self._find_proofs([one for one in usual if may_prove(one.message)])
        tickets = await self._tickets({number for one in clues for number in one.numbers})
        employees = await self._employees_of((one.writer.person, one.message) for one in clues)
        return [_situation(one, tickets, employees) for one in clues]

    async def _origins(
        self, messages: Sequence[Message]
    ) -> Sequence[tuple[Address, Message | None]]:
        """Whose each is. A form's link named the ticket, and the ticket says whose it is."""
        numbers = {
            message.proven_ticket or 0 for message in messages if message.kind is MessageKind.FORM
        }
        homes = {row["id"]: mapping.address(row) for row in await self._among(HOMES, numbers)}
        missing = numbers - homes.keys()
        if missing:
            raise NotFound("no_ticket", number=str(min(missing)))
        return [
            (homes[message.proven_ticket or 0], None)
            if message.kind is MessageKind.FORM
            else (message.address, message)
            for message in messages
        ]

    async def _find_last(self, clues: Sequence[Clues]) -> None:
        """The newest message of the conversation, and what its person has open or just solved."""
        rows = await self._session.fetch_each(
            LAST_ENTRY, {columns_of(one.message.address) for one in clues}
        )
        bare = await self._with_files([row for row in rows if not row["text"]])  # a photo alone
        last = {said_at(row): bare.get(row["id"]) or mapping.entry(row) for row in rows}
        people = {one.writer.person.id for one in clues}
        own: defaultdict[tuple[int, bool], list[int]] = defaultdict(list)
        since = to_micros(self._clock.now() - REOPENS_WITHIN)
        for row in await self._session.fetch_each(
            OWN_TICKETS, [(one, MOST_LIVE, since) for one in people]
        ):
            own[row["person_id"], row["status"] == Status.SOLVED].append(row["id"])
        for one in clues:
            one.last = last.get(columns_of(one.message.address))
            one.live = own[one.writer.person.id, False]
            one.solved = own[one.writer.person.id, True]

    async def _find_carded(self, clues: Sequence[Clues]) -> None:
        """By mail, where machines may answer one another."""
        mails = [one for one in clues if one.message.address.channel in OPENED_BY_EACH]
        known = {columns_of(one.message.address) for one in mails if not one.writer.is_new}
        carded: defaultdict[Columns, list[datetime]] = defaultdict(list)
        asked = {(*columns, MOST_COUNTED) for columns in known}
        for row in await self._session.fetch_each(CARDED, asked):
            carded[said_at(row)].append(from_micros(row["created_at"]))
        for one in mails:
            one.carded_at = tuple(carded[columns_of(one.message.address)])
        anybody = [one for one in mails if not (one.carded_at or one.message.sender.is_proven)]
        count = await self.count_newcomers(self._clock.now()) if anybody else 0
        for one in anybody:
            one.newcomers = count

    async def _find_proofs(self, clues: Sequence[Clues]) -> None:
        """What each handle was asked for of late."""
        since = self._clock.now() - ASKED_LATELY
        asked = await newest_proofs(self._session, [one.writer.handle.id for one in clues], since)
        for one in clues:
            one.proof = asked.get(one.writer.handle.id)

    async def _tickets(self, numbers: Iterable[int]) -> Mapping[int, Ticket]:
        """Locked on PostgreSQL, since a message usually changes one of them."""
        rows = await self._among(TICKETS, numbers)
        return {row["id"]: mapping.ticket(row) for row in rows}


def _situation(
    clues: Clues, tickets: Mapping[int, Ticket], employees: Mapping[int, Employee]
) -> Situation:
    person = clues.writer.person
    live = [ticket for number in clues.live if (ticket := tickets[number]).status.is_live]
    live.sort(key=_newest, reverse=True)
    solved = [one for number in clues.solved if (one := tickets[number]).status is Status.SOLVED]
    solved.sort(key=_newest, reverse=True)
    numbered = (_theirs(tickets.get(number), person) for number in sorted(clues.told))
    told = [ticket for ticket in numbered if ticket is not None]
    named, claimed = (
        _theirs(tickets.get(number or 0), person)
        for number in (clues.named, clues.message.claimed_ticket)
    )
    return Situation(
        person=person,
        handle=clues.writer.handle,
        live_tickets=tuple(live),
        named_ticket=named,
        claimed_ticket=claimed,
        proven_ticket=tickets.get(clues.message.proven_ticket or 0),
        known_entry=clues.known,
        is_all_that_was_said=clues.is_alone,
        last_entry=clues.last,
        last_ticket=tickets.get(clues.before or 0),
        told_tickets=tuple(told),
        solved_tickets=tuple(solved),
        carded_at=clues.carded_at,
        newcomers=clues.newcomers,
        is_first_contact=clues.writer.is_new,
        employee=employees.get(person.id),
        is_own=clues.is_own,
        followers=tuple(clues.followers),
        shown=clues.shown,
        destination=_theirs(tickets.get(clues.destination or 0), person),
        doubtful=clues.doubtful,
        proof=clues.proof,
    )


def _theirs(ticket: Ticket | None, person: Person) -> Ticket | None:
    return ticket if ticket and ticket.person_id == person.id else None


def _newest(ticket: Ticket) -> tuple[datetime, int]:
    return (ticket.updated_at, ticket.id)
