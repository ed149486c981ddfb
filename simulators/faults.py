"""Faults that a simulated HTTP API commits on request: refusals, broken answers, silence.

A rule says which calls (by method name), how many of them, and what goes wrong. How an API words
its own errors is left to that API: it passes a function that turns a `Fault` into its answer.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

BAD_GATEWAY_PAGE = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n</html>\r\n"
FORBIDDEN_PAGE = "<html>\r\n<head><title>Not allowed here</title></head>\r\n</html>\r\n"
WELCOME_PAGE = "<html>\r\n<head><title>Welcome</title></head>\r\n</html>\r\n"


class Mishap(Enum):
    """What goes wrong. BAD_GATEWAY and what follows do the work that was asked for."""

    REFUSE = "answer with an error of the API"
    BAR = "do nothing and answer a status with a page of HTML, as a company's proxy may"
    HANG_UP = "close the connection before reading the request"
    BAD_GATEWAY = "do the work and answer 502 with a page of HTML, as an impatient proxy may"
    PAGE = "do the work and answer 200 with a page of HTML, as a proxy in between may"
    TRUNCATE = "do the work, send half of the answer, close the connection"
    SILENCE = "do the work and never answer"
    DELAY = "wait, then do the work and answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    mishap: Mishap
    status: int = 0
    description: str = ""
    retry_after: int | None = None
    seconds: float = 0.0


def refuse(status: int, description: str) -> Fault:
    return Fault(mishap=Mishap.REFUSE, status=status, description=description)


def too_many_requests(retry_after: int) -> Fault:
    description = f"Too Many Requests: retry after {retry_after}"
    return Fault(
        mishap=Mishap.REFUSE, status=429, description=description, retry_after=retry_after
    )


def forbidden(description: str = "Forbidden: bot was blocked by the user") -> Fault:
    return refuse(403, description)


def barred(status: int = 403) -> Fault:
    return Fault(mishap=Mishap.BAR, status=status)


def server_error() -> Fault:
    return refuse(500, "Internal Server Error")


def bad_gateway() -> Fault:
    return Fault(mishap=Mishap.BAD_GATEWAY)


def page() -> Fault:
    return Fault(mishap=Mishap.PAGE)


def hang_up() -> Fault:
    return Fault(mishap=Mishap.HANG_UP)


def truncate() -> Fault:
    return Fault(mishap=Mishap.TRUNCATE)


def silence() -> Fault:
    return Fault(mishap=Mishap.SILENCE)


def delay(seconds: float) -> Fault:
    return Fault(mishap=Mishap.DELAY, seconds=seconds)


@dataclass(slots=True, kw_only=True)
class Rule:
    """`skip` calls that match pass unharmed, the next `times` meet the fault."""

    fault: Fault
    matches: Callable[[str], bool]
    times: int = 1
    skip: int = 0

    def claims(self, method: str) -> bool:
        if not self.times or not self.matches(method):
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.times -= 1
        return True


class Faults:
    """The rules in force; the first that claims a call decides what happens to it."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self.committed: list[tuple[str, Fault]] = []

    def inject(
        self, fault: Fault, *, on: str | Callable[[str], bool], times: int = 1, skip: int = 0
    ) -> Rule:
        """Let `fault` happen to the next calls of a method, or to those a predicate accepts."""
        matches = on if callable(on) else on.__eq__
        rule = Rule(fault=fault, matches=matches, times=times, skip=skip)
        self.rules.append(rule)
        return rule

    def clear(self) -> None:
        self.rules.clear()

    def pick(self, method: str) -> Fault | None:
        for rule in self.rules:
            if rule.claims(method):
                self.committed.append((method, rule.fault))
                if not rule.times:
                    self.rules.remove(rule)
                return rule.fault
        return None

    async def answer(
        self,
        method: str,
        request: web.Request,
        work: Callable[[], Awaitable[web.Response]],
        word: Callable[[Fault], web.Response],
    ) -> web.StreamResponse:
        """Do the work that a call asks for and answer it, or what goes wrong instead."""
        fault = self.pick(method)
        if fault is None:
            return await work()
        if fault.mishap is not Mishap.HANG_UP:
            await request.read()
        return await commit(fault, request, work, word)


async def commit(
    fault: Fault,
    request: web.Request,
    work: Callable[[], Awaitable[web.Response]],
    word: Callable[[Fault], web.Response],
) -> web.StreamResponse:
    """Answer `request` as the fault has it; `word` gives the API's own form of an error.

    The caller has read the request, unless the fault is HANG_UP.
    """
    if fault.mishap is Mishap.REFUSE:
        return word(fault)
    if fault.mishap is Mishap.BAR:
        return web.Response(status=fault.status, text=FORBIDDEN_PAGE, content_type="text/html")
    if fault.mishap is Mishap.HANG_UP:
        return _hang_up(request)
    await asyncio.sleep(fault.seconds)
    return await _spoil(fault, request, await work())


async def _spoil(fault: Fault, request: web.Request, answer: web.Response) -> web.StreamResponse:
    """The work is done; what the caller gets to see of it."""
    if fault.mishap is Mishap.BAD_GATEWAY:
        return web.Response(status=502, text=BAD_GATEWAY_PAGE, content_type="text/html")
    if fault.mishap is Mishap.PAGE:
        return web.Response(text=WELCOME_PAGE, content_type="text/html")
    if fault.mishap is Mishap.TRUNCATE:
        return await _send_half(request, answer)
    if fault.mishap is Mishap.SILENCE:
        await asyncio.Event().wait()  # ends when the caller goes away or the server stops
    return answer


def _hang_up(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)  # nobody is there to read it


async def _send_half(request: web.Request, answer: web.Response) -> web.StreamResponse:
    body = answer.body if isinstance(answer.body, bytes) else b""
    half = web.StreamResponse(headers={"Content-Length": str(len(body))})
    half.content_type = answer.content_type
    await half.prepare(request)
    await half.write(body[: len(body) // 2])
    if request.transport is not None:
        request.transport.close()
    return half
