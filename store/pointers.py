"""What a message points at: a button, an edit, an album, a quote, a report, our own words.

A guessed number, a copied quote or a button that was never shown there finds nothing. Which of it
a message may touch, and what else is known of its person, is left to `situations`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from intake.messages import Message, MessageKind
from intake.placing.followers import leader_of
from intake.speech import Doubtful
from intake.tickets import Entry, StoredFile
from store import mapping
from store.clues import MOVES, Clues, taken_by, tapped
from store.entries import ENTRIES, FILES, UNIQUE_IDS
from store.keys import keyed
from store.mapping import button_in_json
from store.moments import to_micros
from store.part import LARGEST_ID
from store.people import PersonWork, columns_of, said_at
from store.session import Row

MOST_QUOTED = 50  # external ids of one thread that are looked up
CHANGES = (MessageKind.EDIT, MessageKind.DELETION)  # of a message that was there before
ABOUT_THEN = timedelta(minutes=2)  # a send may last that long, and clocks differ
SAID_AT = "entry.channel = $1 AND entry.account = $2 AND entry.address = $3"
EDITED = f"""{ENTRIES}
    WHERE {SAID_AT} AND entry.external_id <> '' AND entry.external_id = $4
    ORDER BY entry.id LIMIT 1
"""
IN_ALBUM = f"""{ENTRIES}
    WHERE {SAID_AT} AND entry.album <> '' AND entry.album = $4 ORDER BY entry.id LIMIT 1
"""
SENT = "SELECT channel, account, address, provider_id, parts FROM delivery"
OWN = f"""{SENT}
    WHERE channel = $1 AND account = $2 AND provider_id = $4 AND provider_id <> '' AND address = $3
    LIMIT 1
"""
OWN_PARTS = f"""{SENT}
    WHERE channel = $1 AND account = $2 AND address = $3 AND parts <> '' ORDER BY id DESC LIMIT 20
"""
# A note, an agent's and the bot's own words stand there as well: none of them is its person's.
SAID = f"""{ENTRIES}
    WHERE {SAID_AT} AND entry.author = 'requester' AND entry.kind = 'message' AND entry.id = $4
"""
# The states are named twice: the first list is that of the index which serves it.
DOUBTFUL = """
    SELECT CAST($6 AS INTEGER) AS place, id, body FROM delivery
    WHERE channel = $1 AND account = $2 AND address = $3 AND begun_at BETWEEN $4 AND $5
        AND state IN ('sent', 'delivered', 'unknown') AND state = 'unknown'
    ORDER BY id LIMIT 20
"""
BY_ID = f"{ENTRIES} WHERE {{among}}"
# What came after it to its ticket, from the same conversation.
AFTER = f"""{ENTRIES}
    WHERE entry.ticket_id = $4 AND entry.id > $5 AND {SAID_AT}
        AND entry.author = 'requester' AND entry.kind = 'message'
    ORDER BY entry.id LIMIT 50
"""
ACCOMPANIED = """
    SELECT entry.id, COUNT(*) AS others FROM entry
    JOIN entry other ON other.ticket_id = entry.ticket_id AND other.id <> entry.id
        AND other.kind <> 'change' AND other.author <> 'bot'
    WHERE {among} GROUP BY entry.id
"""
FILES_OF = f"{FILES} WHERE {{among}} ORDER BY file.id"
SHOWN = """
    SELECT CAST($6 AS INTEGER) AS place, ticket_id, COALESCE(target_id, id) AS shown FROM delivery
    WHERE ticket_id = $4 AND channel = $1 AND account = $2 AND address = $3 AND {has_button}
    ORDER BY id DESC LIMIT 1
"""
QUOTED = """
    SELECT CAST($7 AS INTEGER) AS place, entry.external_id AS external_id, ticket.id AS number
    FROM entry JOIN ticket ON ticket.id = entry.ticket_id
    WHERE entry.channel = $1 AND entry.account = $2 AND entry.external_id <> '' AND {entries}
        AND (entry.address = $3 OR $5) AND ticket.person_id = $6
    UNION ALL
    SELECT CAST($7 AS INTEGER), delivery.provider_id, ticket.id
    FROM delivery JOIN ticket ON ticket.id = delivery.ticket_id
    WHERE delivery.channel = $1 AND delivery.account = $2 AND delivery.provider_id <> ''
        AND {deliveries} AND (delivery.address = $3 OR $5) AND ticket.person_id = $6
"""


class PointerWork(PersonWork):
    async def _find_pointed(self, clues: Sequence[Clues]) -> None:
        """Notes it at the clues of each message."""
        await self._find_tapped([one for one in clues if one.message.tap])
        await self._find_known(clues)
        await self._find_lost(clues)
        await self._find_own([one for one in clues if one.message.kind is MessageKind.OUTSIDE])

    async def _find_tapped(self, clues: Sequence[Clues]) -> None:
        """Where its button was shown in the same conversation: data may be typed or forged."""
        sql = SHOWN.format(has_button=self._session.dialect.contains("body", 5))
        runs = [
            (*columns_of(one.message.address), number, button_in_json(one.message.tap), place)
            for place, one in enumerate(clues)
            if (number := tapped(one.message.tap)) is not None
        ]
        for row in await self._session.fetch_each(sql, runs):
            clues[row["place"]].tapped = row["ticket_id"]
            clues[row["place"]].shown = row["shown"]

    async def _find_known(self, clues: Sequence[Clues]) -> None:
        """The message that an edit rewrites, the first of an album, or what a tap moves."""
        edits = [one for one in clues if one.message.kind in CHANGES]
        albums = [one for one in clues if one.message.album and one not in edits]
        moves = [one for one in clues if one.tapped and one.message.tap.startswith(MOVES)]
        edited = await self._session.fetch_each(
            EDITED, {_key(one, one.message.external_id) for one in edits}
        )
        begun = await self._session.fetch_each(
            IN_ALBUM, {_key(one, one.message.album) for one in albums}
        )
        moved = await self._session.fetch_each(
            SAID, {(*columns_of(one.message.address), taken_by(one.message.tap)) for one in moves}
        )
        entries = await self._with_files([*edited, *begun, *moved])
        by_id = {(*said_at(row), row["external_id"]): entries[row["id"]] for row in edited}
        by_album = {(*said_at(row), row["album"]): entries[row["id"]] for row in begun}
        for one in edits:
            one.known = by_id.get(_key(one, one.message.external_id))
        for one in albums:
            one.known = by_album.get(_key(one, one.message.album))
        for one in moves:
            one.known = entries.get(taken_by(one.message.tap))
        await self._find_followers([one for one in moves if one.known is not None])

    async def _find_followers(self, moves: Sequence[Clues]) -> None:
        """What goes along with what a tap moves, and whether anything else is on its ticket."""
        known = [(columns_of(one.message.address), one.known) for one in moves if one.known]
        rows = await self._session.fetch_each(
            AFTER, {(*place, entry.ticket_id, entry.id) for place, entry in known}
        )
        after = await self._with_files(rows)
        others = {
            row["id"]: row["others"]
            for row in await self._among(ACCOMPANIED, {entry.id for _, entry in known}, "entry.id")
        }
        for one in moves:
            number, home = (one.known.id, one.known.ticket_id) if one.known else (0, 0)
            one.followers = [
                entry
                for entry in after.values()
                if leader_of(entry) == number and entry.ticket_id == home
            ]
            one.is_alone = others.get(number, 0) <= len(one.followers)

    async def _find_lost(self, clues: Sequence[Clues]) -> None:
        """What was said with a delivery that is reported not to have arrived."""
        reports = {
            failure.delivery_id: one
            for one in clues
            if (failure := one.message.failure) and failure.delivery_id <= LARGEST_ID
        }
        for row in await self._among(BY_ID, reports, "delivery.id"):
            reports[row["delivery_id"]].known = mapping.entry(row)

    async def _find_own(self, clues: Sequence[Clues]) -> None:
        """What was said in our name may be what we have sent ourselves."""
        by_id = {_key(one, one.message.external_id) for one in clues}
        whole = await self._session.fetch_each(OWN, by_id)
        parted = await self._session.fetch_each(OWN_PARTS, {key[:3] for key in by_id})
        own = {
            (*said_at(row), part)
            for row in (*whole, *parted)
            for part in (row["provider_id"], *mapping.words_of(row["parts"] or "[]"))
        }
        for one in clues:
            one.is_own = _key(one, one.message.external_id) in own
        wanted = [(*_sent_about(one.message), place) for place, one in enumerate(clues)]
        for row in await self._session.fetch_each(DOUBTFUL, wanted):
            body = mapping.speech_from_json(row["body"])
            clues[row["place"]].doubtful += (Doubtful(delivery_id=row["id"], body=body),)

    async def _find_named(self, clues: Sequence[Clues]) -> None:
        """By tap, edit, quote and thread, and album, if it is theirs."""
        quotes = await self._quoted(clues)
        for place, one in enumerate(clues):
            is_edit = one.message.kind in CHANGES
            of_known = one.known.ticket_id if one.known is not None else None
            choices = (of_known if is_edit else None, quotes.get(place), of_known)
            pointed = (one.tapped,) if one.message.tap else choices
            one.named = next((number for number in pointed if number is not None), None)

    async def _quoted(self, clues: Sequence[Clues]) -> dict[int, int]:
        """By the place of a message, the ticket of the nearest one that it answers."""
        dialect = self._session.dialect
        sql = QUOTED.format(
            entries=dialect.among("entry.external_id", 4, "text"),
            deliveries=dialect.among("delivery.provider_id", 4, "text"),
        )
        wanted = {place: _quotes(one.message) for place, one in enumerate(clues)}
        rows = await self._session.fetch_each(
            sql,
            [
                (
                    *columns_of(clues[place].message.address),
                    dialect.listed(ids),
                    clues[place].message.address.channel in UNIQUE_IDS,
                    clues[place].writer.person.id,
                    place,
                )
                for place, ids in wanted.items()
                if ids
            ],
        )
        numbers = {(row["place"], row["external_id"]): row["number"] for row in rows}
        found = {
            place: [numbers[place, key] for key in ids if (place, key) in numbers]
            for place, ids in wanted.items()
        }
        return {place: nearest[0] for place, nearest in found.items() if nearest}

    async def _with_files(self, rows: Sequence[Row]) -> Mapping[int, Entry]:
        files: defaultdict[int, list[StoredFile]] = defaultdict(list)
        for file in await self._among(FILES_OF, {row["id"] for row in rows}, "file.entry_id"):
            files[file["entry_id"]].append(mapping.stored_file(file))
        return {row["id"]: mapping.entry(row, files[row["id"]]) for row in rows}

    async def _among(self, sql: str, numbers: Iterable[int], column: str = "id") -> Sequence[Row]:
        listed = sorted(numbers)
        if not listed:
            return ()
        dialect = self._session.dialect
        statement = sql.format(among=dialect.among(column, 1), locked=dialect.locked())
        return await self._session.fetch(statement, dialect.listed(listed))


def _key(clues: Clues, of_message: str) -> tuple[str, str, str, str]:
    return (*columns_of(clues.message.address), keyed(of_message))


def _sent_about(message: Message) -> tuple[str, str, str, int, int]:
    around = (message.sent_at - ABOUT_THEN, message.sent_at + ABOUT_THEN)
    return (*columns_of(message.address), to_micros(around[0]), to_micros(around[1]))


def _quotes(message: Message) -> Sequence[str]:
    if message.tap:  # its card is quoted, and names nothing that its button does not
        return ()
    ids = [keyed(text) for text in (message.quoted_id, *message.thread) if text]
    return list(dict.fromkeys(ids))[:MOST_QUOTED]
