"""Logs: one event a line with its facts, never bodies, tokens or whole addresses."""

import logging
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from io import TextIOBase
from typing import Any, TextIO, cast

import structlog

QUIET = (
    "httpx",
    "httpcore",
    "telegram",
    "aiogram",
    "imapclient",
    "aiosqlite",
    "tortoise",
    "asyncio",
    "viberbot",
)

MUTE = (
    "asyncpg.pool",  # tells each outage with a traceback; we tell it in one line
    "mail.log",  # aiosmtpd, the demo's mail server, warns of its own deprecations at each mail
)


def set_up(*, is_verbose: bool = False) -> None:
    """Configure once, at the start of a process."""
    level = logging.DEBUG if is_verbose else logging.INFO
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _line,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=cast("TextIO", Forgiving(sys.stderr))),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(name)s %(message)s")
    for name in MUTE:
        logging.getLogger(name).setLevel(logging.ERROR)
    logging.getLogger("aiohttp.server").addFilter(in_one_line)
    for name in QUIET:
        # Libraries put request URLs, and with them tokens, into their INFO lines.
        logging.getLogger(name).setLevel(logging.WARNING)


def in_one_line(record: logging.LogRecord) -> bool:
    """Anybody may send what is no request: no trace of it, nor its words, which are theirs."""
    error = record.exc_info[1] if record.exc_info else None
    if type(error).__module__ == "aiohttp.http_exceptions":
        record.msg, record.args = "request refused: %s", (type(error).__name__,)
        record.exc_info = None
    return True


class Forgiving(TextIOBase):
    """A stream whose full disk costs lines, never work: a loop outlives its own log."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()


def _line(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> str:
    """`2026-11-23T09:10:00Z info envelope quarantined id=7 channel=email`."""
    at, level, name = event.pop("timestamp"), event.pop("level"), event.pop("event")
    trace = event.pop("exception", "")
    facts = " ".join(f"{key}={value}" for key, value in event.items())
    return "\n".join(filter(None, [f"{at} {level} {name} {facts}".rstrip(), trace]))
