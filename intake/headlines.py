"""The first words of a message, for subjects and lists. Pure."""

import re

from intake.messages import Message

SUBJECT_LENGTH = 80
NAMELESS = "-"  # a ticket whose name was taken back
PREVIEW_LENGTH = 140
QUOTED = re.compile(r"^[ \t]*>.*$", re.MULTILINE)


def subject_of(message: Message) -> str:
    """What the ticket is called; a photo without words is called after its file."""
    text = message.subject or message.text or _names(message) or message.platform_kind
    return cut(text, SUBJECT_LENGTH) or NAMELESS


def is_wordless(message: Message) -> bool:
    """Whether there is nothing that a ticket could be called after: a story, a poll."""
    return not (message.subject or message.text or message.files)


def preview_of(message: Message) -> str:
    """Without the questions that answers stand under."""
    own = QUOTED.sub("", message.text)
    text = own if own.strip() else message.text
    return cut(text or _names(message) or message.platform_kind, PREVIEW_LENGTH)


def cut(text: str, length: int) -> str:
    """On one line, with a mark where something is left out."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def _names(message: Message) -> str:
    return ", ".join(file.name for file in message.files)
