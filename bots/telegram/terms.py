"""What Telegram takes of an agent's words: any time, unless its person has blocked the bot."""

from bots.bot_markup import plain
from bots.bot_split import LONGEST_TEXT
from bots.cutting import split_text
from bots.telegram.card import draw
from intake.speech import Text
from intake.terms import Length, Terms, Unit

MOST_PARTS = 4  # beyond, a text goes as a file
LENGTH = Length(longest=LONGEST_TEXT, unit=Unit.UTF16, most_parts=MOST_PARTS)


def terms() -> Terms:
    return Terms(length=LENGTH, messages=_messages)


def _messages(text: Text) -> int:
    parts = split_text(plain(draw(text).runs), LENGTH.longest, LENGTH.of)
    return len(parts) if len(parts) <= MOST_PARTS else 0
