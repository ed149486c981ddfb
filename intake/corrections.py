"""What somebody has said before and takes back: a value may be corrected, and the change is kept.

Only on a plain word: a message that says it corrects, that names the field of a code or phone,
or that is an edited version of the one where the value stood. Else a known value stays.
"""

from collections.abc import Mapping
from dataclasses import replace

from intake.messages import Message
from intake.tickets import Change, Ticket
from intake.understanding import Reader
from intake.understanding.moments import resolve
from intake.understanding.reading import Reading
from intake.understanding.values import MOMENTS

BY_LABEL = ("code", "phone")  # types that are nobody's by chance
PAIR = 2  # moments: what is denied, and what stands instead
LONGEST_NAMING = 8  # words: "the inventory number is INV-20419" and little more


def correct(
    reader: Reader, ticket: Ticket, message: Message, was: str = ""
) -> tuple[Ticket, tuple[Change, ...]]:
    """The ticket with corrected values, a change for each; `was` are the words before an edit."""
    if ticket.category is None or not message.text:
        return ticket, ()
    reading = _read(reader, ticket, message, message.text)
    denied = _denied(reader, reading, ticket)
    before = _said_before(reader, ticket, message, was)
    meant = {
        name: value
        for name, value in ticket.answers.items()
        if (before.get(name) == value if was else name in denied)
        or (not was and _is_meant(reader, reading, name))
    }
    if not meant:
        return ticket, ()
    said = reader.said(_without(reader, reading, denied), ticket.category) | _instead(
        reading, denied
    )
    news = {name: said[name] for name, value in meant.items() if said.get(name, value) != value}
    changes = tuple(
        Change(what=f"answer:{name}", before=ticket.answers[name], after=value)
        for name, value in news.items()
    )
    return replace(ticket, answers={**ticket.answers, **news}), changes


def _read(reader: Reader, ticket: Ticket, message: Message, text: str) -> Reading:
    language = reader.language_of(text, ticket.language)
    return reader.read(text, language=language, now=message.sent_at)


def _said_before(reader: Reader, ticket: Ticket, message: Message, was: str) -> Mapping[str, str]:
    if not was or ticket.category is None:
        return {}
    return reader.said(_read(reader, ticket, message, was), ticket.category)


def _denied(reader: Reader, reading: Reading, ticket: Ticket) -> Mapping[str, str]:
    """The known codes, phones and moments that "not" stands right in front of."""
    refused = {hit.after for hit in reading.hits.get("speech.not", ())}
    begins = [token.start for at, token in enumerate(reading.tokens) if at in refused]
    return {
        name: value
        for name, value in ticket.answers.items()
        if name in reader.catalogue.fields
        and (
            any(reading.text.startswith(value, begin) for begin in begins)
            if reader.catalogue.fields[name].type in BY_LABEL
            else any(value == of_not for of_not, _ in _moments(reading, name))
        )
    }


def _moments(reading: Reading, name: str) -> list[tuple[str, str]]:
    """The moment that is denied and the one that stands instead: "not Monday but Tuesday"."""
    if name not in MOMENTS or len(reading.moments) != PAIR:
        return []
    refused = {hit.after for hit in reading.hits.get("speech.not", ())}
    first, second = reading.moments
    told = [resolve(when, reading.now, is_ahead=MOMENTS[name]) for when in (first, second)]
    if first.first in refused:
        return [(told[0], told[1])]
    return [(told[1], told[0])] if second.first in refused else []


def _instead(reading: Reading, denied: Mapping[str, str]) -> dict[str, str]:
    return {name: said for name in denied for _, said in _moments(reading, name)}


def _without(reader: Reader, reading: Reading, denied: Mapping[str, str]) -> Reading:
    """The words with what is denied left out: "not NB-0442 but NB-0443" says NB-0443."""
    if not denied:
        return reading
    text = reading.text
    for value in denied.values():
        text = text.replace(value, " ")
    return reader.read(text, language=reading.language, now=reading.now)


def _is_meant(reader: Reader, reading: Reading, name: str) -> bool:
    if name not in reader.catalogue.fields:  # the catalogue has lost it since
        return False
    taken_back = reading.hits.get("speech.correction", ())
    is_brief = len(reading.tokens) <= LONGEST_NAMING
    # "INV" in front of its digits is the number itself and names no field.
    is_named = any(
        not any(map(str.isdigit, reading.says(hit.first, hit.after + 1)))
        for hit in reading.found(f"field.{name}", after=len(reading.tokens) - 1)
    )
    kind = reader.catalogue.fields[name].type
    if kind == "text":
        is_all = is_brief and any(hit.first == 0 for hit in taken_back)
        return bool(taken_back) and (is_named or is_all) and name != "symptom"
    return bool(taken_back) or (kind in BY_LABEL and is_named and is_brief)
