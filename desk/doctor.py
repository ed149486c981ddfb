"""`firstline doctor`: checks the set-up from the outside in and says how to mend what is wrong.

Each check ends in findings, fine or wrong or a warning. Their words: templates/desk/doctor.txt.
"""

import asyncio
import imaplib
import os
import shutil
import ssl
from collections.abc import Awaitable, Callable, Sequence
from email.utils import parsedate_to_datetime
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import aiosmtplib
import click

from bots.email.places import Place
from bots.failures import CallFailed
from bots.shape import as_object, as_text, read_json
from desk.accounts import served_accounts
from desk.agent_groups import check_agents_groups
from desk.findings import Finding, Mark, fine, wrong
from desk.mail import mail_account, mailbox_access
from desk.runtime import SystemClock
from desk.settings import Settings, is_key_damaged, load
from intake.catalogue import Catalogue
from intake.errors import Damaged, FirstlineError, Invalid, Unavailable
from intake.wording import Wording
from store.backlog import Backlog, Waiting
from store.backup import holds_something
from store.database import Database, sqlite_path
from store.journal import Journal
from store.migrating import is_migrated, later_migrations

if TYPE_CHECKING:
    from bots.meta.client import Graph

TIMEOUT = 10.0  # seconds that any check may take
FOR_OTHERS = 0o077  # the part of a mode that lets anybody else in
LEAST_FREE = 1_000_000_000  # bytes of disk below which mail with files soon fails
CLOCK_TOLERANCE = 120.0  # seconds; signatures and promised times suffer beyond
OUR_NAMES = ("desk", "bots", "intake", "store", "inbox", "simulators")


Check = Callable[[Settings], Awaitable[list[Finding]]]


async def run() -> int:
    """Print every finding; returns the exit code, 1 when something is wrong (not for warnings)."""
    settings = load()
    wording = Wording(settings.desk.hours.zone)
    findings = await examine(settings)
    for finding in findings:
        values = {"code": finding.code, "mark": finding.mark, **finding.values}
        click.echo(wording.report("doctor", settings.desk.language, {"values": values}))
    return 1 if any(finding.mark is Mark.WRONG for finding in findings) else 0


async def examine(settings: Settings) -> list[Finding]:
    """All checks, side by side; a check that fails unexpectedly is a finding too."""
    found = await asyncio.gather(*(_safely(check, settings) for check in CHECKS))
    return [finding for findings in found for finding in findings]


async def _safely(check: Check, settings: Settings) -> list[Finding]:
    name = check.__name__.removeprefix("check_")
    try:
        async with asyncio.timeout(TIMEOUT * 2):
            return await check(settings)
    except (OSError, FirstlineError, aiohttp.ClientError) as error:  # OSError: also a time-out
        return [wrong(f"{name}_failed", reason=str(error) or type(error).__name__)]
    except (ValueError, LookupError) as error:  # nonsense; its text may hold secrets
        return [wrong(f"{name}_failed", reason=type(error).__name__)]


async def check_database(settings: Settings) -> list[Finding]:
    try:
        return await _look_into_database(settings)
    except Invalid as error:  # an address that is none
        return [wrong(error.code, **error.values)]
    except Damaged as error:
        path = str(sqlite_path(settings.database_url).resolve())
        return [wrong("database_damaged", path=path, reason=error.code)]
    except Unavailable as error:
        code = "database_failed" if settings.database else "database_file_failed"
        return [wrong(code, reason=error.code, folder=str(settings.folder.resolve()))]


async def _look_into_database(settings: Settings) -> list[Finding]:
    if not await holds_something(settings.database_url):
        return [fine("database_new")]
    database = await Database.open(settings.database_url)
    try:
        if not await is_migrated(database):
            return [wrong("database_old")]
        return [await _tables(database), *await _left(settings, database)]
    finally:
        await database.close()


async def _tables(database: Database) -> Finding:
    later = await later_migrations(database)
    return wrong("database_newer", name=later[-1]) if later else fine("database")


async def _left(settings: Settings, database: Database) -> list[Finding]:
    """What waits for an account that the settings have no more, and a mailbox begun anew."""
    account = await mail_account(settings, database)
    served = served_accounts(settings, account)
    waiting = await Backlog(database).by_account()
    place = Place.parse(await Journal(database).cursor(f"email:{account}"))
    unserved = [one for one in waiting if one.account not in served]
    return [*map(_unserved, unserved), *_begun_anew(settings, place)]


def _unserved(waiting: Waiting) -> Finding:
    name, sends, files = " ".join(waiting.account), str(waiting.sends), str(waiting.files)
    return wrong("unserved", account=name, sends=sends, files=files)


def _begun_anew(settings: Settings, place: Place | None) -> list[Finding]:
    name = mailbox_access(settings).name
    if place is None or place.is_of(name):
        return []
    values = {"before": place.mailbox, "now": name, "since": f"{place.newest_at:%Y-%m-%d %H:%M}"}
    return [Finding(code="mailbox_other", mark=Mark.WARNING, values=values)]


async def check_disk(settings: Settings) -> list[Finding]:
    folder = next(place for place in (settings.folder, *_above(settings.folder)) if place.exists())
    free = shutil.disk_usage(folder).free
    values = {"free_gb": f"{free / 1e9:.1f}", "folder": str(folder.resolve())}
    of_bytes = (settings.blobs, *settings.blobs.glob("??"))
    for place in (folder, *(place for place in of_bytes if place.exists())):
        if not _is_writable(place):
            return [wrong("folder_refused", **values | {"folder": str(place.resolve())})]
    found = [fine("disk", **values) if free >= LEAST_FREE else wrong("disk_full", **values)]
    if folder == settings.folder and folder.stat().st_mode & FOR_OTHERS:
        found.append(Finding(code="folder_open", mark=Mark.WARNING, values=values))
    if is_key_damaged(settings.key):
        found.append(wrong("key_damaged", path=str(settings.key.resolve())))
    return found


def _is_writable(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.R_OK | os.W_OK | os.X_OK)


def _above(folder: Path) -> Sequence[Path]:
    return folder.absolute().parents


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
        return [fine("names_own")]
    return [wrong("names", names=", ".join(f"{name} ({by})" for name, by in foreign.items()))]


async def check_catalogue(settings: Settings) -> list[Finding]:
    """No desk starts with one that is wrong."""
    try:
        own = settings.desk.catalogue
        count = len((Catalogue.load(own) if own else Catalogue.shipped()).categories)
    except Invalid as error:
        return [wrong("catalogue_wrong", **error.values)]
    return [fine("catalogue", count=str(count))]


async def check_telegram(settings: Settings) -> list[Finding]:
    """The token, and by the server's answer the clock."""
    chosen = settings.telegram
    if not chosen.is_on:
        return [fine("telegram_off"), Finding(code="clock_unknown", mark=Mark.WARNING)]
    return list(await _ask_bot("telegram", chosen.api_url, chosen.token.get_secret_value()))


async def check_agents_bot(settings: Settings) -> list[Finding]:
    """Its token, and whether it is the bot that links name."""
    chosen = settings.agents_bot
    if not chosen.is_on:
        return [fine("agents_bot_off")]
    bot, _ = await _ask_bot("agents_bot", chosen.api_url, chosen.token.get_secret_value())
    known = bot.values.get("name") or chosen.name
    if known.lower() != chosen.name.lower():
        return [wrong("agents_bot_other", name=known, told=chosen.name)]
    return [bot]


async def _ask_bot(code: str, server: str, token: str) -> tuple[Finding, Finding]:
    timeout = aiohttp.ClientTimeout(total=TIMEOUT)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(f"{server}/bot{token}/getMe") as answer,
        ):
            content = await answer.read()
    except (aiohttp.ClientError, OSError, ValueError) as error:
        # The error's own text holds the URL, and with it the token.
        return wrong(f"{code}_failed", reason=type(error).__name__), _clock("")
    told = _clock(answer.headers.get("Date", ""))
    return _bot(code, content, f"{answer.status}, {answer.content_type}"), told


def _bot(code: str, content: bytes, came: str) -> Finding:
    """Whose token it is, by what came back: not every server there is a Bot API."""
    try:
        found = read_json(content)
    except ValueError:
        found = None
    if not isinstance(found, dict) or "ok" not in found:
        return wrong(f"{code}_foreign", reason=came)
    if not found["ok"]:
        status = came.partition(",")[0]
        return wrong(f"{code}_refused", reason=as_text(found.get("description")) or status)
    return fine(code, name=as_text(as_object(found.get("result")).get("username")))


def _clock(date: str) -> Finding:
    try:
        told_at = parsedate_to_datetime(date)
        off = abs((told_at - SystemClock().now()).total_seconds())
    except (ValueError, TypeError):  # no date, or one without a zone
        return Finding(code="clock_unknown", mark=Mark.WARNING)
    values = {"off": f"{off:.0f}"}
    return fine("clock", **values) if off <= CLOCK_TOLERANCE else wrong("clock_off", **values)


async def check_viber(settings: Settings) -> list[Finding]:
    """The token, and whether events come to this desk."""
    if not settings.viber.is_on:
        return [fine("viber_off")]
    from bots.viber.refusals import Refused  # noqa: PLC0415 - only who has Viber
    from desk.viber import address_of, client  # noqa: PLC0415

    viber = client(settings)
    try:
        name, webhook = await viber.introduce()
    except Refused as refusal:
        return [wrong("viber_refused", reason=str(refusal))]
    except CallFailed as failure:
        return [wrong("viber_failed", reason=str(failure))]
    finally:
        await viber.close()
    found = [fine("viber", name=name)]
    if not webhook:
        found.append(wrong("viber_unset"))
    elif webhook != address_of(settings):
        found.append(wrong("viber_elsewhere", address=webhook))
    return found


async def check_meta(settings: Settings) -> list[Finding]:
    """Each token, and whether it is of the account that is set."""
    if not settings.meta.is_on:
        return [fine("meta_off")]
    from desk.meta import clients  # noqa: PLC0415 - only who has it

    graphs = clients(settings)
    try:
        return [await _introduced(graph) for graph in graphs]
    finally:
        for graph in graphs:
            await graph.close()


async def _introduced(graph: "Graph") -> Finding:
    from bots.meta.refusals import Refused  # noqa: PLC0415

    channel = graph.channel.capitalize()
    try:
        account, name = await graph.introduce()
    except Refused as refusal:
        return wrong("meta_refused", channel=channel, reason=str(refusal))
    except CallFailed as failure:
        return wrong("meta_failed", channel=channel, reason=str(failure))
    # A Page's token serves its account of Instagram too, and names the Page.
    if graph.channel == "messenger" and account != graph.account:
        return wrong("meta_other", channel=channel, name=name)
    return fine("meta", channel=channel, name=name)


async def check_mailbox(settings: Settings) -> list[Finding]:
    if not settings.email.is_on:
        return [fine("mailbox_off")]
    try:
        count = await asyncio.to_thread(_look_into_mailbox, settings)
    except imaplib.IMAP4.error as error:
        return [wrong("mailbox_refused", reason=str(error))]
    return [fine("mailbox", folder=settings.email.folder, count=str(count))]


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
            await client.mail(mail.address)
    except (aiosmtplib.SMTPConnectError, aiosmtplib.SMTPTimeoutError, ssl.SSLError) as error:
        return [wrong("smtp_failed", reason=str(error))]
    except aiosmtplib.SMTPException as error:
        return [wrong("smtp_refused", reason=str(error))]
    return [fine("smtp", host=mail.smtp_host)]


async def check_ldap(settings: Settings) -> list[Finding]:
    """Whether the server answers us, and finds anybody."""
    if not settings.ldap.is_on:
        return [fine("ldap_off")]
    from desk.people.ldap import count_people  # noqa: PLC0415 - only who has it

    try:
        count = await count_people(settings.ldap)
    except FirstlineError as error:
        return [wrong(error.code, **{"reason": "", **error.values})]
    return [fine("ldap", count=str(count)) if count else wrong("ldap_empty")]


async def check_address(settings: Settings) -> list[Finding]:
    address = settings.web.public_url
    if not address:
        return [fine("address_off")]
    timeout = aiohttp.ClientTimeout(total=TIMEOUT)
    async with (
        aiohttp.ClientSession(timeout=timeout) as session,
        session.get(f"{address.rstrip('/')}/healthz") as answer,
    ):
        is_ours = answer.ok and (await answer.read()).strip() == b"ok"
    if is_ours:
        return [fine("address", address=address)]
    return [
        wrong("address_wrong", address=address, status=f"{answer.status}, {answer.content_type}")
    ]


async def check_proxy(settings: Settings) -> list[Finding]:
    """TLS is never ours: where there is https, a proxy calls for everybody."""
    if not settings.web.is_secure or settings.web.trusts_proxy:
        return []
    return [Finding(code="proxy_unknown", mark=Mark.WARNING)]


CHECKS: tuple[Check, ...] = (
    check_database,
    check_disk,
    check_names,
    check_catalogue,
    check_telegram,
    check_agents_bot,
    check_agents_groups,
    check_viber,
    check_meta,
    check_mailbox,
    check_smtp,
    check_ldap,
    check_address,
    check_proxy,
)
