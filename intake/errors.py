"""The one family of exceptions, named by consequence.

`inbox/errors.py` turns them into pages, `flow/inward.py` into rows, the command line into a line;
the form page and the agents' bot say in their own words what was refused.
"""

import errno
from typing import Final

# What the operating system says of the machine: its disk, its folders' rights, its memory.
TROUBLES: Final = frozenset(
    {
        errno.EIO,
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EROFS,
        errno.EACCES,
        errno.EPERM,
        errno.ENODEV,
        errno.ENXIO,
        errno.ESTALE,
        errno.EMFILE,
        errno.ENFILE,
        errno.ENOMEM,
    }
)


class FirstlineError(Exception):
    """Something a person has to be told, or a log.

    `code` names the words: in templates/inbox for agents, in templates/desk for administrators.
    What only a log will tell has a sentence there instead.
    """

    def __init__(self, code: str = "", **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class NotAllowed(FirstlineError):
    """The agent may not do this: 403."""


class NotFound(FirstlineError):
    """There is no such ticket, file or envelope, or it is not theirs to see: 404."""


class Invalid(FirstlineError):
    """What was entered can't be taken as it is: the same page again, with the reason."""


class Conflict(FirstlineError):
    """Somebody else was faster: 409, and the state as it is now."""


class Unreadable(FirstlineError):
    """An envelope that no retry will make readable: quarantine, where a person sees it."""


class Needless(Unreadable):
    """An envelope that has nothing to say to anybody: kept among the dismissed, unseen."""


class Unavailable(FirstlineError):
    """The database or the disk is away: 503 with Retry-After; the sender keeps the message."""

    what = "database"  # that the log names as away


class DiskAway(Unavailable):
    """The disk takes nothing, or the folder on it does not let us."""

    what = "disk"


class Damaged(Unavailable):
    """The database's file can't be read as one: no waiting mends it."""


class NotYet(FirstlineError):
    """An envelope about something that has not ended: received as soon as it has."""


class OutOfReach(Unavailable):
    """The bytes of one file, while the disk serves others: its own fault, not the disk's."""

    what = "file"


class Away(FirstlineError):
    """A channel's server does not answer, or not as it should: tried again, ever more slowly."""


class TooBig(FirstlineError):
    """A file larger than its channel hands over, or than we take: it is never fetched."""


class Gone(FirstlineError):
    """A file that its channel no longer has."""


def is_of_surroundings(error: Exception) -> bool:
    """Whether the database or the machine is at fault, not what was being worked on."""
    if isinstance(error, OSError):
        return error.errno in TROUBLES
    return isinstance(error, Unavailable) and not isinstance(error, OutOfReach)
