"""Whether a desk can work: its tables are those of the models, and what it writes is kept.

Machines ask every few seconds, and so may anybody who reaches the page: a commit that went well
counts for a moment.
"""

from time import monotonic

from store.database import Database
from store.leases import Leases
from store.migrating import is_migrated

COUNTS_WITHIN = 2.0  # seconds
NOBODY = ("ready", "")  # a lease that is over as soon as it is taken: the smallest row to write


class Readiness:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._written_at: float | None = None

    async def look(self) -> bool:
        """False while migrations are pending. Raises Unavailable, also when the disk is full."""
        if not await is_migrated(self._database):
            return False
        if self._written_at is None or monotonic() - self._written_at > COUNTS_WITHIN:
            await Leases(self._database).take(*NOBODY, 0)
            self._written_at = monotonic()
        return True
