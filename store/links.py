"""Links and proofs in work: who is behind a handle, and what was asked to show it.

A link moves the handle, and the tickets that came from it, to another person; undone, it moves
back whatever came from that handle, before the link or after. What counts as a proof is decided
in the core.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from intake.errors import NotFound
from intake.links import MOST_TRIES, Found, Link, NewProof, Proof, Way
from intake.people import Handle, Person
from store import mapping
from store.moments import from_micros, maybe_moment, to_micros
from store.part import WorkPart, checked_id
from store.parting import BY_DIRECTORY
from store.people import columns_of
from store.session import Row, Session

KEPT_WITHIN = timedelta(days=8)  # longer than any deep link is good for

REPLACE_PROOFS = "UPDATE proof SET is_spent = true WHERE handle_id = $1 AND NOT is_spent"
SWEEP_PROOFS = "DELETE FROM proof WHERE asked_at < $1"
ASK_PROOF = """
    INSERT INTO proof (handle_id, way, subject, token, code_hash, employee_id, known_id, asked_at,
        expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
COUNT_BY = """
    SELECT COUNT(*) AS count FROM proof
    WHERE handle_id = $1 AND code_hash <> '' AND asked_at > $2
"""
COUNT_FOLLOWS = "SELECT COUNT(*) AS count FROM proof WHERE token = $1 AND asked_at > $2"
COUNT_OF = """
    SELECT COUNT(*) AS count FROM proof
    JOIN handle ON handle.id = proof.handle_id JOIN handle asker ON asker.id = $3
    WHERE proof.subject = $1 AND proof.asked_at > $2
        AND proof.token = '' AND (handle.created_at <= $4 OR asker.created_at > $4)
"""
TRY_PROOF = """
    UPDATE proof SET tries = tries + 1 WHERE id = $1 AND tries < $2 AND NOT is_spent
    RETURNING tries
"""
USE_PROOF = "UPDATE proof SET is_spent = true, is_used = true WHERE id = $1"
IS_USED = "SELECT id FROM proof WHERE token = $1 AND is_used LIMIT 1"
NEWEST_PROOF = """
    SELECT * FROM proof WHERE handle_id = $1 AND asked_at > $2 ORDER BY id DESC LIMIT 1
"""

LINKS = """
    SELECT link.*, handle.person_id, handle.channel, handle.account, handle.address,
        handle.is_reachable, handle.heard_at, handle.link AS deep_link
    FROM link JOIN handle ON handle.id = link.handle_id
"""
LINK = f"{LINKS} WHERE link.id = $1"
LINKS_OF = f"""{LINKS}
    WHERE link.undone_at IS NULL AND (
        (link.to_person_id = $1 AND (link.linked_at IS NULL OR handle.person_id = $1))
        OR (link.from_person_id = $1 AND link.linked_at IS NULL))
    ORDER BY link.id DESC LIMIT 50
"""
FIND_PERSONS = """
    SELECT person.id, person.name, MIN(handle.address) AS address
    FROM person JOIN handle ON handle.person_id = person.id
    WHERE {name} OR {other_name} OR {address} GROUP BY person.id, person.name
    ORDER BY person.name, person.id LIMIT 20
"""
FIND_EMPLOYEES = """
    SELECT employee.id, employee.name, MIN(employee_contact.value) AS address
    FROM employee LEFT JOIN employee_contact ON employee_contact.employee_id = employee.id
        AND employee_contact.kind = 'mail'
    WHERE employee.is_active AND ({name} OR {other_name} OR {address})
        AND NOT EXISTS (SELECT 1 FROM person WHERE person.employee_id = employee.id)
    GROUP BY employee.id, employee.name ORDER BY employee.name, employee.id LIMIT 20
"""
PROPOSE = """
    INSERT INTO link (handle_id, from_person_id, to_person_id, way, proposed_by, key, asked_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id
"""
MADE = "UPDATE link SET linked_at = $2 WHERE id = $1"
UNDONE = "UPDATE link SET undone_at = $2, undone_by = $3 WHERE id = $1"
MOVE_HANDLE = "UPDATE handle SET person_id = $2 WHERE id = $1"
# Where a ticket came from, wherever it was spoken since.
ORIGIN = """
    FROM entry WHERE entry.ticket_id = ticket.id AND entry.kind = 'message'
        AND entry.author = 'requester' AND entry.channel IS NOT NULL
    ORDER BY entry.id LIMIT 1
"""
HERE = "ticket.channel = $1 AND ticket.account = $2 AND ticket.address = $3"
# Whoever has one of them at hand sees that it has changed, and looks again. Answers go where it
# came from: by another handle they would reach whom it is not about.
MOVE_TICKETS = f"""
    UPDATE ticket SET person_id = $5, requester = $6, version = version + 1, is_dirty = true,
        channel = $1, account = $2, address = $3, card_id = CASE WHEN {HERE} THEN card_id END
    WHERE person_id = $4 AND COALESCE(
        (SELECT entry.channel = $1 AND entry.account = $2 AND entry.address = $3 {ORIGIN}), {HERE})
    RETURNING id
"""  # noqa: S608 - made of constants
# Tickets of whoever it is taken from, that were spoken there.
BRING_HOME = f"""
    UPDATE ticket SET version = version + 1, is_dirty = true, card_id = NULL,
        (channel, account, address) = (SELECT entry.channel, entry.account, entry.address {ORIGIN})
    WHERE person_id = $4 AND {HERE} RETURNING id
"""  # noqa: S608 - made of constants
HAS_UNDONE = """
    SELECT id FROM link WHERE handle_id = $1 AND to_person_id = $2 AND undone_at IS NOT NULL
        AND undone_by <> $3 LIMIT 1
"""
DROP_WAITING = """
    UPDATE delivery SET state = 'failed', reason = 'that address is no longer theirs',
        settled_at = $4
    WHERE state = 'waiting' AND channel = $1 AND account = $2 AND address = $3 AND {among}
"""


async def newest_proofs(
    session: Session, handle_ids: Sequence[int], since: datetime
) -> Mapping[int, Proof]:
    """By handle what it was asked for last, unless that was before."""
    runs = {(handle_id, to_micros(since)) for handle_id in handle_ids}
    rows = await session.fetch_each(NEWEST_PROOF, runs)
    return {row["handle_id"]: mapping.proof(row) for row in rows}


class LinkWork(WorkPart):
    """Meets `intake.links.LinkWork` with `people.PersonWork`, which knows whose handles are."""

    # proofs

    async def ask_proof(self, new: NewProof) -> None:
        """In the place of what this handle was asked for before."""
        await self._session.execute(SWEEP_PROOFS, to_micros(new.asked_at - KEPT_WITHIN))
        await self._session.execute(REPLACE_PROOFS, new.handle_id)
        asked, over = to_micros(new.asked_at), to_micros(new.expires_at)
        told = (new.subject, new.token, new.code_hash, new.employee_id, new.known_id)
        row = (new.handle_id, new.way.value, *told, asked, over)
        await self._session.execute(ASK_PROOF, *row)

    async def count_proofs(self, handle_id: int, since: datetime) -> int:
        return await self._count(COUNT_BY, handle_id, to_micros(since))

    async def count_follows(self, token: str, since: datetime) -> int:
        """Of a deep link, in whatever chats."""
        return await self._count(COUNT_FOLLOWS, token, to_micros(since))

    async def count_proofs_of(
        self, subject: str, since: datetime, handle_id: int, settled: datetime
    ) -> int:
        asked = (subject, to_micros(since), handle_id, to_micros(settled))
        return await self._count(COUNT_OF, *asked)

    async def _count(self, sql: str, *values: object) -> int:
        row = await self._session.fetch_one(sql, *values)
        return int(row["count"]) if row is not None else 0

    async def try_proof(self, proof: Proof) -> int:
        """Counts a try before it is made; returns how many are left, -1 where it was none."""
        row = await self._session.fetch_one(TRY_PROOF, proof.id, MOST_TRIES)
        return -1 if row is None else MOST_TRIES - int(row["tries"])

    async def use_proof(self, proof: Proof) -> None:
        await self._session.execute(USE_PROOF, proof.id)

    async def is_used(self, token: str) -> bool:
        return await self._session.fetch_one(IS_USED, token) is not None

    # links

    async def propose_link(
        self, handle: Handle, to_person_id: int, way: Way, *, by: str, key: str
    ) -> Link:
        """On the record; nothing moves before `make_link`."""
        told = (handle.id, handle.person_id, to_person_id, way.value, by, key, self._now())
        row = await self._session.fetch_one(PROPOSE, *told)
        assert row is not None  # noqa: S101 - it was just written
        return await self.link(row["id"])

    async def has_undone(self, handle_id: int, to_person_id: int) -> bool:
        """Whether somebody has said that this handle is not that person's."""
        denied = (handle_id, to_person_id, BY_DIRECTORY)
        return await self._session.fetch_one(HAS_UNDONE, *denied) is not None

    async def link(self, link_id: int) -> Link:
        """For a change: its row is locked. Raises NotFound."""
        locked = self._session.dialect.locked()
        sql = f"{LINK} {locked} OF link" if locked else LINK
        row = await self._session.fetch_one(sql, checked_id(link_id, "no_link"))
        if row is None:
            raise NotFound("no_link")
        return _link(row)

    async def make_link(self, link: Link, to: Person) -> tuple[Link, Sequence[int]]:
        """The handle and its tickets are the person's now; returns these tickets' numbers too."""
        now = self._clock.now()
        await self._session.execute(MADE, link.id, to_micros(now))
        numbers = await self._move(link.handle, to)
        handle = replace(link.handle, person_id=to.id)
        return replace(link, linked_at=now, handle=handle), numbers

    async def undo_link(self, link: Link, back_to: Person, by: str) -> Sequence[int]:
        """All that came from the handle goes back with it; returns these tickets' numbers.

        A link that was only proposed is over.
        """
        await self._session.execute(UNDONE, link.id, self._now(), by)
        if link.linked_at is None:
            return ()
        return await self._move(link.handle, back_to)

    async def _move(self, handle: Handle, to: Person) -> Sequence[int]:
        """Tickets before the handle, as whoever answers locks them."""
        came_from, left = columns_of(handle.address), handle.person_id
        rows = await self._session.fetch(MOVE_TICKETS, *came_from, left, to.id, to.name)
        home = await self._session.fetch(BRING_HOME, *came_from, left)
        await self._session.execute(MOVE_HANDLE, handle.id, to.id)
        dialect = self._session.dialect
        drop = DROP_WAITING.format(among=dialect.among("ticket_id", 5))
        stay = dialect.listed(row["id"] for row in home)
        await self._session.execute(drop, *came_from, self._now(), stay)
        numbers = sorted(row["id"] for row in rows)
        for number in (*numbers, *(row["id"] for row in home)):
            self._touch(number)
        return numbers

    async def links_of(self, person_id: int) -> Sequence[Link]:
        """To or from this person, live or asked, newest first."""
        return [_link(row) for row in await self._session.fetch(LINKS_OF, person_id)]

    async def find_people(self, words: str) -> Sequence[Found]:
        """By a part of their name, in either case, or address; at most 20 of each kind."""
        told = (words, words.title(), words.lower())
        persons = await self._session.fetch(self._finding(FIND_PERSONS, "person"), *told)
        others = await self._session.fetch(self._finding(FIND_EMPLOYEES, "employee"), *told)
        return [
            *(
                Found(name=row["name"], person_id=row["id"], reached_by=row["address"])
                for row in persons
            ),
            *(
                Found(name=row["name"], employee_id=row["id"], reached_by=row["address"] or "")
                for row in others
            ),
        ]

    def _finding(self, sql: str, table: str) -> str:
        contains = self._session.dialect.contains
        address = "handle.address" if table == "person" else "employee_contact.value"
        return sql.format(
            name=contains(f"{table}.name", 1),
            other_name=contains(f"{table}.name", 2),
            address=contains(address, 3),
        )


def _link(row: Row) -> Link:
    handle = mapping.handle({**row, "id": row["handle_id"], "link": row["deep_link"]})
    return Link(
        id=row["id"],
        key=row["key"],
        handle=handle,
        from_person_id=row["from_person_id"],
        to_person_id=row["to_person_id"],
        way=Way(row["way"]),
        by=row["proposed_by"],
        asked_at=from_micros(row["asked_at"]),
        linked_at=maybe_moment(row["linked_at"]),
        undone_at=maybe_moment(row["undone_at"]),
        undone_by=row["undone_by"],
    )
