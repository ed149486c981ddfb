"""Calls of platforms over HTTP by aiohttp: what all channels that make them have in common.

What is asked, and what an answer says, is left to each channel's `client`.
"""

from collections.abc import Awaitable, Callable

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    InvalidURL,
    NonHttpUrlClientError,
)

from bots.failures import CallFailed, NotSent, Unclear
from intake.errors import Gone, TooBig

CONNECT_WITHIN = 10.0  # seconds
BROKEN = (ClientError, TimeoutError, UnicodeError)  # what a call of aiohttp's may end in
# It can't have gone anywhere. A UnicodeError is told of a host that no name service could have.
_BEFORE = (
    ClientConnectorError,
    ConnectionTimeoutError,
    InvalidURL,
    NonHttpUrlClientError,
    UnicodeError,
)
_GONE = (404, 410)  # 403 may be a proxy's word

Judge = Callable[[ClientResponse], Awaitable[Exception | None]]  # None: it is the file


class Line:
    """The connections of one client. A call opens what it needs: that takes a running loop."""

    def __init__(self) -> None:
        self._session: ClientSession | None = None

    @property
    def session(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession()
        return self._session

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None


async def judge_file(answer: ClientResponse) -> Exception | None:
    """What an answer means that is no API's, but of whoever keeps the files."""
    if answer.ok:
        return None
    said = f"{answer.status} {answer.reason or ''}".strip()
    return Gone(said) if answer.status in _GONE else Unclear(f"HTTP {said}")


async def download(
    session: ClientSession, url: str, limit: int, seconds: float, judge: Judge = judge_file
) -> bytes:
    """Bring a file. Raises TooBig as soon as it is larger than `limit` bytes, CallFailed, Gone."""
    within = ClientTimeout(total=seconds, sock_connect=CONNECT_WITHIN)
    content = bytearray()
    try:
        async with session.get(url, timeout=within) as answer:
            if (refusal := await judge(answer)) is not None:
                raise refusal
            async for chunk in answer.content.iter_any():
                content += chunk
                if len(content) > limit:
                    raise TooBig(f"more than {limit} bytes")
    except BROKEN as error:
        raise failure_of(error) from None
    return bytes(content)


def failure_of(error: BaseException) -> CallFailed:
    """By when it broke. Only the kind is named: some of these texts hold the whole address."""
    name = type(error).__name__
    return NotSent(name) if isinstance(error, _BEFORE) else Unclear(name)
