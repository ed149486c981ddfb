"""`firstline doctor`: checks the set-up from the outside in and says how to mend what is wrong.

Each check ends in one finding; its words are in templates/desk/doctor.txt.
"""

import asyncio
import imaplib
import shutil
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from importlib.metadata import packages_distributions
from pathlib import Path

import aiohttp
import aiosmtplib
import click

from desk.runtime import SystemClock
from desk.settings import Settings, load
from intake.errors import FirstlineError
from intake.wording import Wording
from store.database import Database
from store.migrating import is_migrated

TIMEOUT = 10.0  # seconds that any check may take
LEAST_FREE = 1_000_000_000  # bytes of disk below which mail with files soon fails
CLOCK_TOLERANCE = 120.0  # seconds; signatures and promised times suffer beyond
OUR_NAMES = ("desk", "bots", "intake", "store", "inbox", "simulators")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How one check ended. `code` names the sentence in the template."""

    code: str
    is_fine: bool
    values: Mapping[str, str] = field(default_factory=dict)


Check = Callable[[Settings], Awaitable[list[Finding]]]


async def run() -> int:
    """Print every finding; returns the exit code, 1 when something is wrong."""
    settings = load()
    wording = Wording(settings.desk.hours.zone)
    findings = await examine(settings)
    for finding in findings:
        values = {"code": finding.code, "is_fine": finding.is_fine, **finding.values}
        click.echo(wording.report("doctor", settings.desk.language, {"values": values}))
    return 0 if all(finding.is_fine for finding in findings) else 1


async def examine(settings: Settings) -> list[Finding]:
    """All checks, side by side; a check that fails unexpectedly is a finding too."""
    found = await asyncio.gather(*(_safely(check, settings) for check in CHECKS))
    return [finding for findings in found for finding in findings]


async def _safely(check: Check, settings: Settings) -> list[Finding]:
    name = check.__name__.removeprefix("check_")
    try:
        async with asyncio.timeout(TIMEOUT * 2):
            return await check(settings)
    except (OSError, TimeoutError, FirstlineError, aiohttp.ClientError) as error:
        reason = str(error) or type(error).__name__
        return [Finding(code=f"{name}_failed", is_fine=False, values={"reason": reason})]


async def check_database(settings: Settings) -> list[Finding]:
    database = await Database.open(settings.database_url)
    try:
        fine = await is_migrated(database)
    finally:
        await database.close()
    return [Finding(code="database" if fine else "database_old", is_fine=fine)]


async def check_disk(settings: Settings) -> list[Finding]:
    folder = settings.folder if settings.folder.exists() else Path()
    free = shutil.disk_usage(folder).free
    fine = free >= LEAST_FREE
    values = {"free_gb": f"{free / 1e9:.1f}", "folder": str(folder.resolve())}
    return [Finding(code="disk" if fine else "disk_full", is_fine=fine, values=values)]


async def check_names(_settings: Settings) -> list[Finding]:
    """Another distribution in this environment may install a package of one of our names."""
    owners = packages_distributions()
    foreign = {
        name: owner
        for name in OUR_NAMES
        for owner in owners.get(name, [])
        if owner.lower() != "firstline"
    }
    if not foreign:
        return []
    values = {"names": ", ".join(f"{name} ({owner})" for name, owner in foreign.items())}
    return [Finding(code="names", is_fine=False, values=values)]


async def check_telegram(settings: Settings) -> list[Finding]:
    """The token, and by the server's answer the clock."""
    if not settings.telegram.is_on:
        return [Finding(code="telegram_off", is_fine=True)]
    token = settings.telegram.token.get_secret_value()
    timeout = aiohttp.ClientTimeout(total=TIMEOUT)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(f"{settings.telegram.api_url}/bot{token}/getMe") as answer,
        ):
            found = await answer.json(content_type=None)
    except aiohttp.ClientError as error:
        # The error's own text holds the URL, and with it the token.
        reason = type(error).__name__
        return [Finding(code="telegram_failed", is_fine=False, values={"reason": reason})]
    clock = _clock(answer.headers.get("Date", ""))
    if not found.get("ok"):
        reason = str(found.get("description", answer.status))
        refused = Finding(code="telegram_refused", is_fine=False, values={"reason": reason})
        return [refused, *clock]
    name = str(found["result"].get("username", ""))
    return [Finding(code="telegram", is_fine=True, values={"name": name}), *clock]


def _clock(date: str) -> list[Finding]:
    if not date:
        return []
    off = abs((parsedate_to_datetime(date) - SystemClock().now()).total_seconds())
    fine = off <= CLOCK_TOLERANCE
    return [
        Finding(code="clock" if fine else "clock_off", is_fine=fine, values={"off": f"{off:.0f}"})
    ]


async def check_mailbox(settings: Settings) -> list[Finding]:
    if not settings.email.is_on:
        return [Finding(code="mailbox_off", is_fine=True)]
    try:
        count = await asyncio.to_thread(_look_into_mailbox, settings)
    except imaplib.IMAP4.error as error:
        values = {"reason": str(error)}
        return [Finding(code="mailbox_refused", is_fine=False, values=values)]
    values = {"folder": settings.email.folder, "count": str(count)}
    return [Finding(code="mailbox", is_fine=True, values=values)]


def _look_into_mailbox(settings: Settings) -> int:
    from imapclient import IMAPClient  # noqa: PLC0415 - only who has a mailbox pays for it

    mail = settings.email
    with IMAPClient(mail.imap_host, mail.imap_port, ssl=mail.imap_tls, timeout=TIMEOUT) as client:
        client.login(mail.login, mail.password.get_secret_value())
        return int(client.select_folder(mail.folder, readonly=True)[b"EXISTS"])


async def check_smtp(settings: Settings) -> list[Finding]:
    mail = settings.email
    if not mail.is_on:
        return []
    client = aiosmtplib.SMTP(
        hostname=mail.smtp_host,
        port=mail.smtp_port,
        use_tls=mail.smtp_tls == "tls",
        start_tls=mail.smtp_tls == "starttls",
        timeout=TIMEOUT,
    )
    try:
        async with client:
            if mail.password.get_secret_value():
                await client.login(mail.login, mail.password.get_secret_value())
    except (aiosmtplib.SMTPConnectError, aiosmtplib.SMTPTimeoutError, ssl.SSLError) as error:
        return [Finding(code="smtp_failed", is_fine=False, values={"reason": str(error)})]
    except aiosmtplib.SMTPException as error:
        return [Finding(code="smtp_refused", is_fine=False, values={"reason": str(error)})]
    return [Finding(code="smtp", is_fine=True, values={"host": mail.smtp_host})]


async def check_address(settings: Settings) -> list[Finding]:
    address = settings.web.public_url
    if not address:
        return [Finding(code="address_off", is_fine=True)]
    timeout = aiohttp.ClientTimeout(total=TIMEOUT)
    async with (
        aiohttp.ClientSession(timeout=timeout) as session,
        session.get(f"{address.rstrip('/')}/healthz") as answer,
    ):
        fine = answer.ok
    values = {"address": address, "status": str(answer.status)}
    return [Finding(code="address" if fine else "address_wrong", is_fine=fine, values=values)]


CHECKS: tuple[Check, ...] = (
    check_database,
    check_disk,
    check_names,
    check_telegram,
    check_mailbox,
    check_smtp,
    check_address,
)
