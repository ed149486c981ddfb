"""The mailbox's parts put together. Only who serves mail imports this and its libraries."""

from concurrent.futures import Executor

from bots.email.card import MailDrawing
from bots.email.fetch import MailFetcher
from bots.email.mailbox import Mailbox
from bots.email.receive import MailPoller
from bots.email.send import MailSender
from desk.mail import mailbox_access, signer, smtp_access
from desk.wiring import Desk
from intake.wording import templates_folder


def poller(desk: Desk, executor: Executor) -> MailPoller:
    """`executor` is of one thread, the mailbox's own: its library blocks."""
    return MailPoller(
        account=desk.mail_account,
        mailbox=Mailbox(mailbox_access(desk.settings)),
        executor=executor,
        journal=desk.journal,
        blobs=desk.blobs,
        clock=desk.clock,
    )


def sender(desk: Desk) -> MailSender:
    mail = desk.settings.email
    return MailSender(
        address=mail.address,
        desk_name=desk.settings.desk.name,
        access=smtp_access(desk.settings),
        signer=signer(desk.settings, desk.mail_account),
        drawing=MailDrawing(templates_folder()),
        read_blob=desk.blobs.read,
        clock=desk.clock,
        has_plus_addresses=mail.plus_addresses,
    )


def fetcher(desk: Desk) -> MailFetcher:
    return MailFetcher(read_blob=desk.blobs.read)
