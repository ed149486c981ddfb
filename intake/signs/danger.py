"""Words of fire, smoke, current, a swollen battery: whoever writes them is told to keep safe.

Pure. The agent sees the mark in the list, and the ticket comes first. Whether the words are true
is left to people.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from intake.decisions import Decision
from intake.messages import AutomaticKind, Message
from intake.speech import Say
from intake.tickets import Change, Priority
from intake.understanding import Reader
from intake.understanding.denied import is_denied
from intake.understanding.folding import plain
from intake.understanding.phrases import either, whole

DANGER = "danger"  # the flag, and the template
FIRST = Priority.CRITICAL
TABLE = "danger"
MUTED = "added"  # said of any words
SENTENCE = re.compile(r"[^.!?\n]+")


def warned(reader: Reader, decision: Decision, message: Message) -> Decision:
    """With the warning said first, where the message tells of danger and is kept."""
    is_told = decision.opens is not None or (
        decision.ticket is not None and decision.keeps_message
    )
    is_written = message.automatic is AutomaticKind.NO and bool(message.text)
    if not (is_told and is_written and tells_danger(reader, message)):
        return decision
    says = (Say(template=DANGER), *(say for say in decision.says if say.template != MUTED))
    return _put_first(replace(decision, says=says, flag=DANGER))


def _put_first(decision: Decision) -> Decision:
    """Before all others, once: an agent who has lowered it since knows better."""
    new, ticket = decision.opens, decision.ticket
    known = new or ticket
    if known is None or known.priority is FIRST or (ticket is not None and ticket.flag == DANGER):
        return decision
    change = Change(what="priority", before=known.priority, after=FIRST)
    return replace(
        decision,
        opens=new and replace(new, priority=FIRST),
        ticket=ticket and replace(ticket, priority=FIRST),
        changes=(*decision.changes, change),
    )


def tells_danger(reader: Reader, message: Message) -> bool:
    even = plain(message.text)
    found = [each.span() for each in _pattern(DANGER).finditer(even)] + list(_swelling(even))
    if found and _is_meant(reader, message, found):
        return True
    return any(_pattern("alone").fullmatch(own.strip(" ,;:")) for own in SENTENCE.findall(even))


def _swelling(even: str) -> Iterator[tuple[int, int]]:
    """“The battery of my laptop is swollen”: what else swells is no danger."""
    for sentence in SENTENCE.finditer(even):
        if _pattern("battery").search(sentence.group()):
            swells = _pattern("swells").finditer(even, *sentence.span())
            yield from (each.span() for each in swells)


def _is_meant(reader: Reader, message: Message, found: Sequence[tuple[int, int]]) -> bool:
    """Whether one of these words is said, and not denied."""
    reading = reader.hear(message, message.sender.language)
    said = [span for span in found if span[0] < len(reading.text)]
    return bool(reading.tokens) and any(not is_denied(reading, *span) for span in said)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"{whole(TABLE, name)}(?!\W+{either(TABLE, 'harmless')})")
