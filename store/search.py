"""Words of tickets, found newest first. The index follows in the background (`reindex`).

Words are normalised here, the same for both engines: folded case, no accents. So "ПРИНТЕР",
"Drucker" and "εκτυπωτής" are found however they are typed.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence

import orjson

from store.database import Database
from store.part import LARGEST_ID
from store.session import Row, Session

LONGEST_WORD = 64
MOST_WORDS = 5_000  # of one ticket
INDEXED_TOGETHER = 50  # tickets in one commit
MOST_ASKED = 12  # words of one question
SHORTEST_PREFIX = 2
# What is common is met among the newest: as many are looked through before all hits are gathered.
NEAR = 500
RARE = 2_000  # as many hits as PostgreSQL gathers and sorts; a commoner word is met walking back
LONGEST_INDEXED = 6  # letters of a beginning that FTS5 keeps; of a longer one it gathers every hit

MATCH = """
    SELECT rowid AS id FROM ticket_words WHERE ticket_words MATCH $1 AND rowid < $2
    ORDER BY rowid DESC LIMIT $3
"""
MATCH_NEAR = """
    SELECT id FROM (
        SELECT rowid AS id, words FROM ticket_words WHERE ticket_words MATCH $1 AND rowid < $2
        ORDER BY rowid DESC LIMIT $4) AS near
    WHERE instr(' ' || words, ' ' || $5) > 0 ORDER BY id DESC LIMIT $3
"""
WALK_NEAR = """
    SELECT id FROM (
        SELECT ticket_id AS id, words FROM ticket_words WHERE ticket_id < $2
        ORDER BY ticket_id DESC LIMIT $4) AS near
    WHERE words @@ $1::tsquery ORDER BY id DESC LIMIT $3
"""
GATHER = """
    SELECT ticket_id AS id FROM ticket_words WHERE words @@ $1::tsquery AND ticket_id < $2
    LIMIT $3
"""
WALK = """
    SELECT ticket_id AS id FROM ticket_words WHERE words @@ $1::tsquery AND ticket_id < $2
    ORDER BY ticket_id DESC LIMIT $3
"""
DIRTY = """
    SELECT id, subject, requester, answers FROM ticket WHERE is_dirty ORDER BY id LIMIT $1
"""
# Every way to reach the person of a ticket: an address is as good as a name.
ADDRESSES = """
    SELECT ticket.id AS ticket_id, handle.address AS text
    FROM ticket JOIN handle ON handle.person_id = ticket.person_id WHERE {among}
"""
TEXTS = "SELECT ticket_id, text FROM entry WHERE {among} AND kind <> 'change'"
FORGET = "DELETE FROM ticket_words WHERE {among}"
INDEX_SQLITE = "INSERT INTO ticket_words (rowid, words) VALUES ($1, $2)"
INDEX_POSTGRESQL = """
    INSERT INTO ticket_words (ticket_id, words) VALUES ($1, array_to_tsvector($2::text[]))
"""
CLEAN = "UPDATE ticket SET is_dirty = false WHERE {among}"


class _Letters(dict[int, str]):
    """For `str.translate`: letters and digits stay, all else parts words."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kind = unicodedata.category(character)
        kept = "" if kind == "Mn" else character if kind[0] in "LN" else " "
        self[code] = kept
        return kept


_LETTERS = _Letters()


def words_in(text: str) -> list[str]:
    """The normalised words of a text, in its order."""
    folded = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS).casefold()
    return [word[:LONGEST_WORD] for word in folded.split()]


class Search:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, question: str, cursor: str, limit: int) -> list[int]:
        """Numbers of tickets with all the words, the last of which may be a beginning.

        A ticket's number, with or without "#", comes first. `cursor` is the last number of the
        page before.
        """
        before = _number(cursor) or LARGEST_ID
        words = words_in(question)[:MOST_ASKED]
        direct = _number(question.strip().removeprefix("#"))
        found = [direct] if direct is not None and not cursor else []
        if words:
            found += [number for number in await self._hits(words, before, limit)
                      if number != direct]  # fmt: skip
        return found[:limit]

    async def reindex(self, limit: int = INDEXED_TOGETHER) -> int:
        """Index the words of tickets that have changed; returns how many there were."""
        async with self._database.transaction() as session:
            sql = DIRTY + session.dialect.locked(skips=True)
            tickets = await session.fetch(sql, limit)
            if tickets:
                await _index(session, tickets)
        return len(tickets)

    async def _hits(self, words: Sequence[str], before: int, limit: int) -> list[int]:
        """Newest first: where the near ones fill the page, those far back cost nothing."""
        if self._database.dialect.is_postgresql:
            near, everywhere = self._walked_near, self._gathered
        else:
            near, everywhere = self._matched_near, self._matched
        found = await near(words, before, limit)
        return found if len(found) == limit else await everywhere(words, before, limit)

    async def _matched_near(self, words: Sequence[str], before: int, limit: int) -> list[int]:
        """The last word's indexed beginning comes lazily; the rest of it is compared."""
        *others, last = words
        if len(last) <= LONGEST_INDEXED:
            return []
        asked = _fts5([*others, last[:LONGEST_INDEXED]])
        return await self._ids(MATCH_NEAR, asked, before, limit, NEAR, last)

    async def _matched(self, words: Sequence[str], before: int, limit: int) -> list[int]:
        return await self._ids(MATCH, _fts5(words), before, limit)

    async def _walked_near(self, words: Sequence[str], before: int, limit: int) -> list[int]:
        return await self._ids(WALK_NEAR, _tsquery(words), before, limit, NEAR)

    async def _gathered(self, words: Sequence[str], before: int, limit: int) -> list[int]:
        asked = _tsquery(words)
        found = await self._ids(GATHER, asked, before, RARE)
        if len(found) == RARE:
            found = await self._ids(WALK, asked, before, limit)
        return sorted(found, reverse=True)[:limit]

    async def _ids(self, sql: str, *values: object) -> list[int]:
        return [row["id"] for row in await self._database.fetch_aside(sql, *values)]


async def _index(session: Session, tickets: Sequence[Row]) -> None:
    dialect = session.dialect
    ids = dialect.listed([ticket["id"] for ticket in tickets])
    texts: dict[int, list[str]] = defaultdict(list)
    for sql, key in ((ADDRESSES, "ticket.id"), (TEXTS, "ticket_id")):
        for row in await session.fetch(sql.format(among=dialect.among(key, 1)), ids):
            texts[row["ticket_id"]].append(row["text"])
    key = "ticket_id" if dialect.is_postgresql else "rowid"
    await session.execute(FORGET.format(among=dialect.among(key, 1)), ids)
    rows: list[tuple[int, object]] = []
    for ticket in tickets:
        words = _distinct(
            [ticket["subject"], ticket["requester"], *_answers(ticket), *texts[ticket["id"]]]
        )
        rows.append((ticket["id"], words if dialect.is_postgresql else " ".join(words)))
    sql = INDEX_POSTGRESQL if dialect.is_postgresql else INDEX_SQLITE
    await session.execute_many(sql, rows)
    await session.execute(CLEAN.format(among=dialect.among("id", 1)), ids)


def _answers(ticket: Row) -> list[str]:
    return [str(value) for value in orjson.loads(ticket["answers"]).values()]


def _distinct(texts: Iterable[str]) -> list[str]:
    words = dict.fromkeys(word for text in texts for word in words_in(text))
    return list(words)[:MOST_WORDS]


def _number(text: str) -> int | None:
    if text.isdecimal() and len(text) < len(str(LARGEST_ID)):
        return int(text)
    return None


def _fts5(words: Sequence[str]) -> str:
    """Quoted, so that no word is taken for an operator."""
    quoted = [f'"{word}"' for word in words]
    return " ".join(quoted) + ("*" if len(words[-1]) >= SHORTEST_PREFIX else "")


def _tsquery(words: Sequence[str]) -> str:
    """Cast to tsquery as it is: no parser of PostgreSQL's takes the words apart."""
    quoted = [f"'{word}'" for word in words]
    return " & ".join(quoted) + (":*" if len(words[-1]) >= SHORTEST_PREFIX else "")
