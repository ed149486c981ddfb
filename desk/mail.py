"""The parts of mail that need little more than settings, put together.

Their libraries are imported by who serves mail, or reads it.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from bots.email.account import account_of
from desk.settings import Settings
from store.database import Database
from store.journal import Journal

if TYPE_CHECKING:
    from bots.email.mailbox import MailboxAccess
    from bots.email.smtp import SmtpAccess
    from bots.email.threads import Signer
    from bots.email.translate import MailTranslator


async def mail_account(settings: Settings, database: Database) -> str:
    """Empty without a mailbox."""
    if not settings.email.is_on:
        return ""
    return account_of(settings.email.address, await Journal(database).cursors("email"))


def mailbox_access(settings: Settings) -> "MailboxAccess":
    from bots.email.mailbox import MailboxAccess

    mail = settings.email
    return MailboxAccess(
        host=mail.imap_host,
        port=mail.imap_port,
        has_tls=mail.imap_tls,
        login=mail.login,
        password=mail.password.get_secret_value(),
        folder=mail.folder,
        imports_within=timedelta(days=mail.imports_days),
        largest=mail.largest_mail_mb * 1_000_000,
    )


def smtp_access(settings: Settings) -> "SmtpAccess":
    from bots.email.smtp import SmtpAccess

    mail = settings.email
    return SmtpAccess(
        host=mail.smtp_host,
        port=mail.smtp_port,
        security=mail.smtp_tls,
        login=mail.login,
        password=mail.password.get_secret_value(),
    )


def signer(settings: Settings, account: str) -> "Signer":
    """What proves our own mails, those too that were sent under the first address."""
    from bots.email.threads import Signer

    return Signer(
        keys={"a": settings.secret()},
        current="a",
        mailbox=settings.email.address,
        earlier=(account,),
    )


def translator(
    settings: Settings, account: str, read_blob: Callable[[str], bytes]
) -> "MailTranslator":
    from bots.email.translate import MailTranslator

    mail = settings.email
    return MailTranslator(
        account=account,
        own_addresses=frozenset({mail.address.lower(), account.lower()}),
        signer=signer(settings, account),
        read_blob=read_blob,
        web_forms=frozenset(mail.web_forms.lower().split()),
        server=mail.vouching_server,
    )
