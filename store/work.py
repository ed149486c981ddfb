"""The unit of work: one transaction, with everything that the core may do in it.

Its sides are in `envelopes`, `situations`, `directory`, `links`, `memories`, `ticketing`,
`entries`, `files`, `posting`, `receipts`, `timers`, and for the agents' bot in `agent_chats`,
`agent_groups`, `relays` and `showings`.
"""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from intake.ports import Clock
from store.agent_chats import AgentChatWork
from store.agent_groups import AgentGroupWork
from store.database import Database
from store.directory import DirectoryWork
from store.entries import EntryWork
from store.envelopes import EnvelopeWork, Round
from store.files import FileWork
from store.links import LinkWork
from store.memories import MemoryWork
from store.posting import DeliveryWork
from store.receipts import ReceiptWork
from store.relays import RelayWork
from store.session import Session
from store.showings import ShowingWork
from store.situations import SituationWork
from store.ticketing import TicketWork
from store.timers import TimerWork

MARK_DIRTY = """
    UPDATE ticket SET is_dirty = true, is_told = false
    WHERE {among} AND (NOT is_dirty OR is_told)
"""


class Work(
    EnvelopeWork,
    SituationWork,
    DirectoryWork,
    MemoryWork,
    DeliveryWork,
    ReceiptWork,
    TicketWork,
    EntryWork,
    FileWork,
    LinkWork,
    TimerWork,
    AgentChatWork,
    AgentGroupWork,
    RelayWork,
    ShowingWork,
):
    """What one transaction may do. Leaving its block commits; an exception rolls back."""

    def __init__(self, session: Session, clock: Clock, turn: Round) -> None:
        super().__init__(session, clock)
        self.round = turn

    def savepoint(self) -> AbstractAsyncContextManager[None]:
        """Rolls back to its start when an exception leaves it."""
        return self._session.savepoint()

    async def complete(self) -> None:
        """The last words before the commit: what waits, and tickets touched but not saved."""
        await self._session.flush()
        left = sorted(self._dirty - self._clean)
        if left:
            dialect = self._session.dialect
            sql = MARK_DIRTY.format(among=dialect.among("id", 1))
            await self._session.execute(sql, dialect.listed(left))


class Store:
    """Hands out units of work."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._round = Round()

    @asynccontextmanager
    async def work(self) -> AsyncIterator[Work]:
        """One transaction. Raises Unavailable when the database is away."""
        async with self._database.transaction() as session:
            work = Work(session, self._clock, self._round)
            yield work
            await work.complete()
