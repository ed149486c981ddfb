"""What an update of the agents' bot says, in plain words of ours."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from intake.messages import IncomingFile


class SaidKind(StrEnum):
    TEXT = "text"  # words, files or both
    EDIT = "edit"  # new words for an earlier message
    TAP = "tap"
    COMMAND = "command"  # its name in `command`, what follows in `text`
    MOVED = "moved"  # a group became a supergroup, `moved_to` is its new number
    GONE = "gone"  # who blocked the bot
    PUT_OUT = "put_out"  # of a group, whose title is in `text`
    LET_IN = "let_in"  # to a group, perhaps with other rights than before
    TOPIC_MADE = "topic_made"  # by the bot itself; its name is in `text`
    NAMELESS = "nameless"  # somebody wrote in the name of the chat itself, or of a channel
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    kind: SaidKind
    chat: str = ""
    is_private: bool = True
    topic: str = ""
    user_id: int = 0
    language: str = ""
    message_id: str = ""
    quoted_id: str = ""
    text: str = ""
    command: str = ""
    bot: str = ""  # whose command it is, where that is said
    files: tuple[IncomingFile, ...] = ()
    album: str = ""
    tap: str = ""
    tap_id: str = ""
    moved_to: str = ""
    has_topics: bool = False  # the group, which lets us make them as far as is known
    edited_at: datetime | None = None

    @classmethod
    def to(cls, chat: str) -> "Said":
        """Nothing was said there: somebody is to be told something all the same."""
        return cls(kind=SaidKind.NOTHING, chat=chat)
