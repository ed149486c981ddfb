"""Words of fire, smoke or current: whoever writes them is told at once to keep safe.

Pure. The agent sees the mark in the list. Whether the words are true is left to people.
"""

import re
from dataclasses import replace
from functools import cache

from intake.decisions import Decision
from intake.messages import AutomaticKind, Message
from intake.speech import Say
from intake.understanding import Reader
from intake.understanding.denied import is_denied
from intake.understanding.folding import plain
from intake.understanding.phrases import either, whole

DANGER = "danger"  # the flag, and the template
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
    return replace(decision, says=says, flag=DANGER)


def tells_danger(reader: Reader, message: Message) -> bool:
    even = plain(message.text)
    language = reader.language_of(message.text, message.sender.language)
    reading = reader.read(message.text, language=language, now=message.sent_at)
    found = (each for each in _pattern(DANGER).finditer(even) if each.start() < len(reading.text))
    if any(not is_denied(reading, *each.span()) for each in found if reading.tokens):
        return True
    return any(_pattern("alone").fullmatch(own.strip(" ,;:")) for own in SENTENCE.findall(even))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"{whole(TABLE, name)}(?!\W+{either(TABLE, 'harmless')})")
