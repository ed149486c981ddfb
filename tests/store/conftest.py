import pytest

from store.journal import Journal
from store.listing import Listing
from store.outbox import Outbox
from store.work import Store


@pytest.fixture
def journal(database):
    return Journal(database)


@pytest.fixture
def store(database, clock):
    return Store(database, clock)


@pytest.fixture
def outbox(database, clock):
    return Outbox(database, clock, "Firstline")


@pytest.fixture
def listing(database):
    return Listing(database)


class Queries:
    """Counts the round trips of a session."""

    def __init__(self):
        self.count = 0

    def watch(self, session):
        for name in ("_fetch", "_fetch_each", "_execute", "_execute_many"):
            setattr(session, name, self._counted(getattr(session, name)))

    def _counted(self, statement):
        async def counted(*given):
            self.count += 1
            return await statement(*given)

        return counted


@pytest.fixture
def queries():
    return Queries()
