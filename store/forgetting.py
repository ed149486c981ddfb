"""A message that its person has taken back: its words go, wherever they have been repeated.

They may be the name of a ticket, have been split off to another, or stand in what the bot has
said. Which answers of its ticket go with it is decided in the core; those that a part of it has
given to a ticket of its own, and those that have changed since, are found here.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

import orjson

from intake.errors import NotFound
from intake.headlines import NAMELESS, PREVIEW_LENGTH, SUBJECT_LENGTH, cut
from store import mapping
from store.moments import to_micros
from store.session import Row, Session

SAID = """
    SELECT entry.text, entry.ticket_id, entry.external_id, entry.envelope_id, entry.facts,
        ticket.person_id
    FROM entry JOIN ticket ON ticket.id = entry.ticket_id WHERE entry.id = $1
"""
THEIRS = "ticket_id IN (SELECT id FROM ticket WHERE person_id = $1)"
ERASE = "UPDATE entry SET text = '', full_text = '', edited_at = $2 WHERE id = $1"
EDITS = f"""
    SELECT id, change_before, envelope_id FROM entry
    WHERE {THEIRS} AND kind = 'change' AND change_what = 'edited' AND external_id = $2
"""  # noqa: S608 - made of constants
ERASE_EDITS = "UPDATE entry SET change_before = '', change_after = '' WHERE {among}"
EMPTY_ENVELOPES = "UPDATE envelope SET payload = $2 WHERE {among} AND state = 'done'"
LET_GO = """
    UPDATE file SET entry_id = NULL, source = '', name = '', state = 'erased' WHERE entry_id = $1
"""
# What was split off is an entry of its own, which no platform has a number for.
FORGET_PART = f"""
    UPDATE entry SET text = '' WHERE {THEIRS} AND text = $2
        AND kind = 'message' AND author = 'requester' AND external_id = ''
    RETURNING ticket_id
"""  # noqa: S608 - made of constants
ANSWERS = "SELECT id, answers FROM ticket WHERE {among} "
KEEP_ANSWERS = """
    UPDATE ticket SET answers = $2, version = version + 1, is_dirty = true WHERE id = $1
"""
ANSWERED = f"""
    SELECT change_before, change_after FROM entry
    WHERE {THEIRS} AND kind = 'change' AND substr(change_what, 1, 7) = 'answer:'
"""  # noqa: S608 - made of constants
FORGET_NAME = """
    UPDATE ticket SET version = version + 1, is_dirty = true,
        subject = CASE WHEN subject = $2 THEN $4 ELSE subject END,
        preview = CASE WHEN preview = $3 THEN '' ELSE preview END
    WHERE person_id = $1 AND id <> $5 AND (subject = $2 OR preview = $3) RETURNING id
"""
# What the bot has repeated of them, and what stands among the changes.
FORGET = f"""
    UPDATE entry SET text = replace(text, $2, $3),
        change_before = replace(change_before, $2, $3),
        change_after = replace(change_after, $2, $3)
    WHERE {THEIRS} AND (author = 'bot' OR kind = 'change')
        AND ({{in_text}} OR {{in_before}} OR {{in_after}})
"""  # noqa: S608 - made of constants
FORGET_SENT = f"""
    UPDATE delivery SET body = replace(body, $2, $4), subject = replace(subject, $3, $4)
    WHERE {THEIRS} AND ({{in_body}} OR {{in_subject}})
"""  # noqa: S608 - made of constants
LEAST_FORGOTTEN = 8  # letters: fewer are anybody's words
GONE = "…"


async def erase(
    session: Session, entry_id: int, at: datetime, words: Sequence[str]
) -> Collection[int]:
    """Returns the tickets that look otherwise now. Bytes go with `sweeping`. Raises NotFound."""
    entry = await session.fetch_one(SAID, entry_id)
    if entry is None:
        raise NotFound("no_entry")
    edits = await session.fetch(EDITS, entry["person_id"], entry["external_id"])
    dialect = session.dialect
    await session.execute(ERASE, entry_id, to_micros(at))
    sql = ERASE_EDITS.format(among=dialect.among("id", 1))
    await session.execute(sql, dialect.listed(one["id"] for one in edits))
    came = {one["envelope_id"] for one in (entry, *edits)} - {None}
    sql = EMPTY_ENVELOPES.format(among=dialect.among("id", 1))
    await session.execute(sql, dialect.listed(came), b"")
    await session.execute(LET_GO, entry_id)
    return {entry["ticket_id"], *await _forget(session, entry, edits, words)}


async def _forget(
    session: Session, entry: Row, edits: Sequence[Row], words: Sequence[str]
) -> Collection[int]:
    """Wherever else this person's tickets have them; returns those of another name now."""
    person, part = entry["person_id"], orjson.loads(entry["facts"]).get("besides", "")
    said = {entry["text"], part, *(one["change_before"] or "" for one in edits)} - {""}
    answered = await _answered(session, person, said)
    split_off, own = await _forget_part(session, person, part) if part else ((), ())
    names = [
        (person, cut(one, SUBJECT_LENGTH), cut(one, PREVIEW_LENGTH), NAMELESS, entry["ticket_id"])
        for one in said
    ]
    renamed = [row["id"] for row in await session.fetch_each(FORGET_NAME, names)]
    told = {*words, *said, *answered, *own}
    long = sorted({one for one in _written(told) if len(one) >= LEAST_FORGOTTEN})
    contains = session.dialect.contains
    forget = FORGET.format(
        in_text=contains("text", 2),
        in_before=contains("change_before", 2),
        in_after=contains("change_after", 2),
    )
    sent = FORGET_SENT.format(in_body=contains("body", 2), in_subject=contains("subject", 3))
    for one in sorted(long, key=len, reverse=True):  # others may stand within it
        await session.execute(forget, person, one, GONE)
        await session.execute(sent, person, orjson.dumps(one).decode()[1:-1], one, GONE)
    return {*renamed, *split_off}


async def _answered(session: Session, person: int, said: Collection[str]) -> Collection[str]:
    """Words of it that were answers before they changed."""
    rows = await session.fetch(ANSWERED, person)
    values = {row[side] or "" for row in rows for side in ("change_before", "change_after")}
    return {value for value in values if _says(said, value)}


async def _forget_part(
    session: Session, person: int, part: str
) -> tuple[Collection[int], Collection[str]]:
    """What was split off: its tickets, and what it had answered there."""
    tickets = {row["ticket_id"] for row in await session.fetch(FORGET_PART, person, part)}
    dialect = session.dialect
    sql = ANSWERS.format(among=dialect.among("id", 1)) + dialect.locked()
    own, kept = set[str](), []
    for row in await session.fetch(sql, dialect.listed(tickets)):
        answers = orjson.loads(row["answers"])
        given = {name for name, value in answers.items() if _says({part}, value)}
        own |= {answers[name] for name in given}
        left = {name: value for name, value in answers.items() if name not in given}
        kept.append((row["id"], mapping.to_json(left)))
    await session.execute_many(KEEP_ANSWERS, kept)
    return tickets, own


def _says(said: Collection[str], value: str) -> bool:
    """Whether it is somebody's own words and stands there; codes and moments are no words."""
    is_words = len(value) >= LEAST_FORGOTTEN and len(value.split()) > 1
    return is_words and any(_plain(value) in _plain(one) for one in said)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _written(said: Collection[str]) -> Iterator[str]:
    """Whole, on one line, and as long as headlines are."""
    for one in said:
        yield one
        yield " ".join(one.split())
        yield cut(one, SUBJECT_LENGTH).rstrip("…")
        yield cut(one, PREVIEW_LENGTH).rstrip("…")
