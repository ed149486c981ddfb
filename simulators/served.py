"""A simulated API on a port of its own: use as an async context manager, or start and stop.

What it answers is left to the simulators.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from aiohttp import ClientSession, ClientTimeout, web

if TYPE_CHECKING:
    from types import TracebackType

CALL_WITHIN = 10.0  # seconds, of what it fetches itself


class Served:
    url: str
    _runner: web.AppRunner | None = None
    _session: ClientSession | None = None

    async def start(self, *, host: str = "127.0.0.1", port: int = 0) -> str:
        """Listen, on any free port unless one is named; gives the base URL for the program."""
        # A caller that goes away must not keep its long poll or its silence.
        self._runner = web.AppRunner(
            self.application(), access_log=None, handler_cancellation=True, shutdown_timeout=0.1
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self.url = f"http://{host}:{self._runner.addresses[0][1]}"
        self._session = ClientSession(timeout=ClientTimeout(total=CALL_WITHIN))
        return self.url

    def application(self) -> web.Application:
        raise NotImplementedError

    async def stop(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()
