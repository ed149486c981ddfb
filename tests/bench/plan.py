"""How much to measure, and where: the folder, the engines, the lengths of turns."""

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.tools.postgresql import Server

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Of one run."""

    rounds: int
    span: float  # seconds of one turn
    tickets: int  # of one turn, end to end
    backlog: int  # tickets of one drain
    mails: int
    replies: int
    lists: tuple[int, ...]  # tickets in the database, the first two compared
    outbox: tuple[int, int]


QUICK = Size(rounds=2, span=0.7, tickets=200, backlog=800, mails=250, replies=8,
             lists=(1_000, 20_000), outbox=(5_000, 50_000))  # fmt: skip
FULL = Size(rounds=3, span=2.0, tickets=600, backlog=2_000, mails=300, replies=40,
            lists=(1_000, 10_000, 100_000), outbox=(20_000, 500_000))  # fmt: skip
LARGE = Size(rounds=3, span=2.0, tickets=600, backlog=2_000, mails=300, replies=40,
             lists=(1_000, 10_000, 100_000, 1_000_000), outbox=(20_000, 500_000))  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Plan:
    size: Size
    engines: tuple[str, ...]
    folder: Path
    server: Server | None
    measured: dict[str, float] = field(default_factory=dict)  # limits that several areas use
    _count: int = 0

    def place(self):
        """A fresh folder."""
        self._count += 1
        folder = self.folder / str(self._count)
        folder.mkdir()
        return folder

    def database(self, engine, folder):
        """Settings that point the program at a fresh database, and its address."""
        if engine == SQLITE:
            return {}, f"sqlite:///{folder / 'var' / 'firstline.db'}"
        self._count += 1
        url = self.server.create(f"bench_{self._count}")
        return {"FIRSTLINE_DATABASE": url}, url


@contextmanager
def prepared(size, engines):
    server = Server(syncs=True) if POSTGRESQL in engines else None
    try:
        if server is not None:
            server.start()
        with tempfile.TemporaryDirectory(prefix="firstline-bench-") as folder:
            yield Plan(size=size, engines=engines, folder=Path(folder), server=server)
    finally:
        if server is not None:
            server.stop()
