"""How far a mailbox has been read: known also to whoever never opens one.

Reading on from there is left to `mailbox`, whose libraries only who serves mail imports.
"""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """How far a mailbox has been read; kept as text in our own database."""

    uidvalidity: int
    uid: int
    begins_at: datetime  # what arrived before is none of ours
    newest_at: datetime  # when the newest mail that we have arrived
    mailbox: str = ""  # its name; earlier versions have not noted it

    @classmethod
    def parse(cls, text: str) -> "Place | None":
        if not text:
            return None
        *numbers, mailbox = f"{text}:".split(":", 4)
        uidvalidity, uid, begins_at, newest_at = map(int, numbers)
        return cls(
            uidvalidity=uidvalidity,
            uid=uid,
            begins_at=datetime.fromtimestamp(begins_at, UTC),
            newest_at=datetime.fromtimestamp(newest_at, UTC),
            mailbox=mailbox.removesuffix(":"),
        )

    def __str__(self) -> str:
        moments = (int(self.begins_at.timestamp()), int(self.newest_at.timestamp()))
        return ":".join(map(str, (self.uidvalidity, self.uid, *moments, self.mailbox)))

    def is_of(self, mailbox: str) -> bool:
        return self.mailbox in ("", mailbox)
