"""What Viber takes of an agent's words: within a day of its person's last words, then for money.

Its library is not needed to know that.
"""

from datetime import timedelta

from bots.cutting import split_text
from bots.viber.card import draw
from intake.speech import Text
from intake.terms import Length, Terms, Unit

SESSION = timedelta(hours=24)  # after somebody's last words, in which answers are free
MOST_PARTS = 4  # beyond, a text goes as a file
# One request may have 30 KB, its keyboard included.
LENGTH = Length(longest=7000, unit=Unit.CHARACTERS, most_bytes=20_000, most_parts=MOST_PARTS)


def terms(*, sends_paid: bool) -> Terms:
    return Terms(length=LENGTH, messages=_messages, takes_within=SESSION, sends_paid=sends_paid)


def parts_of(text: str) -> list[str]:
    parts = split_text(text, LENGTH.longest, LENGTH.of)
    return [part for part in parts if part.strip()]


def _messages(text: Text) -> int:
    parts = parts_of(draw(text).text)
    return len(parts) if len(parts) <= MOST_PARTS else 0
