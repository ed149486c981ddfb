"""What Messenger and Instagram take of an agent's words, and until when.

That is a day after its person's last words, or a week where the app has the feature for that.
"""

from datetime import timedelta
from functools import partial

from bots.cutting import split_text
from bots.meta.card import draw
from bots.meta.events import INSTAGRAM, MESSENGER
from intake.speech import Text
from intake.terms import Length, Terms, Unit

WINDOW = timedelta(hours=24)  # after somebody's last words, for anything
HUMAN_WINDOW = timedelta(days=7)  # the same for what a human wrote
MOST_PARTS = 4  # beyond, a text goes as a file
LENGTHS = {
    MESSENGER: Length(longest=2000, unit=Unit.UTF16, most_parts=MOST_PARTS),
    INSTAGRAM: Length(longest=1000, unit=Unit.BYTES, most_parts=MOST_PARTS),
}


def terms(channel: str, *, has_human_agent: bool) -> Terms:
    return Terms(
        length=LENGTHS[channel],
        messages=partial(_messages, channel),
        takes_within=HUMAN_WINDOW if has_human_agent else WINDOW,
    )


def parts_of(text: str, channel: str) -> list[str]:
    parts = split_text(text, LENGTHS[channel].longest, LENGTHS[channel].of)
    return [part for part in parts if part.strip()]


def _messages(channel: str, text: Text) -> int:
    parts = parts_of(draw(text, channel).text, channel)
    return len(parts) if len(parts) <= MOST_PARTS else 0
