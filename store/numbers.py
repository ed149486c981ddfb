"""Ids that are known before their rows are written, so that rows can refer to each other.

On PostgreSQL what a unit of work does not use is a gap. Nothing is kept from one unit of work to
the next: ids must grow with the order of a timeline.
"""

from collections import defaultdict, deque

from store.session import Session


class Numbers:
    """Ids of one transaction; `at_once` is how many a round trip brings."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._left: defaultdict[str, deque[int]] = defaultdict(deque)
        self.at_once = 1

    async def next(self, table: str) -> int:
        left = self._left[table]
        if not left:
            left.extend(await self._session.reserve(table, self.at_once))
        return left.popleft()
