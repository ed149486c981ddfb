"""What an agent says: a reply, or a card's questions, checked, and known when it comes twice.

What becomes of it is left to `service`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256

from intake.errors import Invalid
from intake.origins import Origin
from intake.tickets import NewEntry

TEXT_LIMIT = 20_000  # characters of one reply or note
MARK_LENGTH = 32  # characters; short enough beside the longest key of a form


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A stored file that goes with a reply; a file that is sent again has another id."""

    id: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What an agent answers. `once` is the form's one-time key.

    `handle_id` is one of the requester's handles; None for where the ticket was last spoken.
    """

    text: str
    once: str
    origin: Origin | None = None
    handle_id: int | None = None
    files: tuple[Attached, ...] = ()
    solves: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Which fields an agent wants to know, with words of its own. The rest as in Reply.

    What an earlier card of an agent asks in vain stays asked, but for those `given_up`.
    """

    fields: Collection[str]
    once: str
    given_up: Collection[str] = ()
    words: str = ""
    handle_id: int | None = None


def once_of(key: str, entry: NewEntry, *said: str) -> str:
    """The same words of one form are one message; its other words, or as a note, another."""
    mark = sha256(repr((entry.ticket_id, entry.kind.value, said)).encode()).hexdigest()
    return f"{key}:{mark[:MARK_LENGTH]}"


def checked(text: str, *, may_be_empty: bool) -> str:
    words = text.replace("\x00", "").strip()
    if not words and not may_be_empty:
        raise Invalid("empty_text")
    if len(words) > TEXT_LIMIT:
        raise Invalid("text_too_long", limit=str(TEXT_LIMIT))
    return words
