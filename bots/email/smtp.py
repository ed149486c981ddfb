"""One mail over SMTP, and exactly one of the five ends (RFC 5321).

Until the server has been given the mail's text nothing can have been delivered, so every failure
before is "try later" or "never"; a connection lost after that is unknown. A login that is refused
is mended by an administrator, so the mail waits for that. What a refusal is about is left to
`refusals`. Rule S12.60.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

import aiosmtplib
from aiosmtplib.errors import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPHeloError,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

from bots.email import refusals
from bots.email.refusals import PERMANENT, TEMPORARY
from intake.ports import Begin
from intake.speech import Accepted, RetryAfter, SendResult, Unknown

TIMEOUT = 30.0  # seconds for each answer of the server
TAKING_WITHIN = 300.0  # for the text: a slow line, and servers look at mail before they take it
QUIT_WITHIN = 5.0
GO_AHEAD = 354


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpAccess:
    """Where mail goes out and how to get in."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    login: str
    password: str


async def hand_over(
    access: SmtpAccess, envelope_from: str, recipient: str, raw: bytes, begin: Begin
) -> SendResult:
    """Give `raw` (lines end in CRLF) to the server; never raises for what a server may do.

    `begin` is awaited once the server is ready for the text, before any of it is written.
    """
    client = aiosmtplib.SMTP(
        hostname=access.host,
        port=access.port,
        use_tls=access.security == "tls",
        start_tls=access.security == "starttls",
        timeout=TIMEOUT,
    )
    try:
        refused = await _enter(client, access)
        refused = refused or await _introduce(client, envelope_from, recipient)
        if refused is not None:
            return refused
        await begin()
        result = await _give(client, raw)
        with suppress(SMTPException, OSError):  # the mail's end is known: this is a courtesy
            await client.quit(timeout=QUIT_WITHIN)
        return result
    finally:
        client.close()


async def _enter(client: aiosmtplib.SMTP, access: SmtpAccess) -> SendResult | None:
    """None once we are in. A server that won't talk to us says nothing about the mail."""
    try:
        await client.connect()
        if access.password:
            await client.login(access.login, access.password)
    except SMTPAuthenticationError as error:
        if error.code in PERMANENT:
            reason = f"login refused: {error.code}"
            return RetryAfter(seconds=0, reason=reason, is_refused=True)
        return RetryAfter(seconds=0, reason=refusals.said(error), is_away=True)
    except SMTPResponseException as error:
        return RetryAfter(seconds=0, reason=refusals.said(error), is_away=True)
    except (SMTPException, OSError) as error:
        return RetryAfter(seconds=0, reason=type(error).__name__, is_away=True)
    return None


async def _introduce(
    client: aiosmtplib.SMTP, envelope_from: str, recipient: str
) -> SendResult | None:
    """Everything before the text: None when the server is ready for it."""
    try:
        await client.mail(envelope_from)
        await client.rcpt(recipient)
        await _ask_for_text(client)
    except (SMTPHeloError, SMTPSenderRefused) as error:
        return refusals.of_us(error)
    except SMTPRecipientRefused as error:
        return refusals.of_recipient(error)
    except SMTPResponseException as error:
        return refusals.of_mail(error)
    except (SMTPException, OSError) as error:
        return RetryAfter(seconds=0, reason=type(error).__name__)
    return None


async def _ask_for_text(client: aiosmtplib.SMTP) -> None:
    answer = await client.execute_command(b"DATA")
    if answer.code != GO_AHEAD:
        raise SMTPResponseException(answer.code, answer.message)


async def _give(client: aiosmtplib.SMTP, raw: bytes) -> SendResult:
    """The text. The library's own `data` could not tell a loss before it from one after it."""
    try:
        if client.protocol is None:
            raise SMTPServerDisconnected("Connection lost")
        client.protocol.write(re.sub(rb"(?m)^\.", b"..", raw) + b".\r\n")
        answer = await client.protocol.read_response(timeout=TAKING_WITHIN)
    except (SMTPException, OSError) as error:
        return Unknown(reason=type(error).__name__)
    if answer.code in TEMPORARY or answer.code in PERMANENT:
        return refusals.of_mail(SMTPResponseException(answer.code, answer.message))
    return Accepted()
