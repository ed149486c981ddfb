"""One mail over SMTP, and exactly one of the five ends (RFC 5321).

Until the server has been given the mail's text nothing can have been delivered, so every failure
before is "try later" or "never"; a connection lost after that is unknown. Rule S12.60.
"""

from dataclasses import dataclass
from typing import Literal

import aiosmtplib
from aiosmtplib.errors import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from intake.speech import Accepted, Permanent, RetryAfter, SendResult, Unknown, UserGone

TIMEOUT = 30.0  # seconds for each answer of the server
# Permanent answers at RCPT TO that mean the mailbox itself, not our mail (RFC 3463: x.1.1, x.2.1).
NO_SUCH_USER = (550, 551, 553)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpAccess:
    """Where mail goes out and how to get in."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    login: str
    password: str


async def hand_over(
    access: SmtpAccess, envelope_from: str, recipient: str, raw: bytes
) -> SendResult:
    """Give `raw` to the server for `recipient`; never raises for what a server may do."""
    client = aiosmtplib.SMTP(
        hostname=access.host,
        port=access.port,
        use_tls=access.security == "tls",
        start_tls=access.security == "starttls",
        timeout=TIMEOUT,
    )
    try:
        refused = await _introduce(client, access, envelope_from, recipient)
        return refused or await _give(client, raw)
    finally:
        client.close()


async def _introduce(
    client: aiosmtplib.SMTP, access: SmtpAccess, envelope_from: str, recipient: str
) -> SendResult | None:
    """Everything before the text: None when the server is ready for it."""
    try:
        await client.connect()
        if access.password:
            await client.login(access.login, access.password)
        await client.mail(envelope_from)
    except SMTPAuthenticationError as error:
        return Permanent(reason=f"login refused: {error.code}", pauses_account=True)
    except SMTPResponseException as error:
        return _refusal(error)
    except (SMTPException, SMTPConnectError, OSError) as error:
        return RetryAfter(seconds=0, reason=type(error).__name__)
    return await _address(client, recipient)


async def _address(client: aiosmtplib.SMTP, recipient: str) -> SendResult | None:
    try:
        await client.rcpt(recipient)
    except SMTPResponseException as error:
        if error.code in NO_SUCH_USER:
            return UserGone(reason=_said(error))
        return _refusal(error)
    except (SMTPException, OSError) as error:
        return RetryAfter(seconds=0, reason=type(error).__name__)
    return None


async def _give(client: aiosmtplib.SMTP, raw: bytes) -> SendResult:
    try:
        await client.data(raw)
    except SMTPResponseException as error:
        return _refusal(error)
    except (SMTPServerDisconnected, SMTPTimeoutError, OSError) as error:
        return Unknown(reason=type(error).__name__)
    return Accepted()


def _refusal(error: SMTPResponseException) -> SendResult:
    if 400 <= error.code < 500:  # noqa: PLR2004 - RFC 5321: a temporary failure
        return RetryAfter(seconds=0, reason=_said(error))
    return Permanent(reason=_said(error))


def _said(error: SMTPResponseException) -> str:
    return f"{error.code} {error.message}"[:200]
