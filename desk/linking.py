"""The parts of linking that need little more than settings, put together."""

import hmac

from desk.proving import Secrets
from desk.settings import Settings
from intake.approving import Approving
from intake.forms import Forms
from intake.linking.joining import Joining
from intake.linking.mailboxes import Mailboxes
from intake.linking.words import Telling
from intake.ports import Clock
from intake.wording import Wording

PATH = "/form/link"  # of the portal's page that undoes a link


def approving(settings: Settings, forms: Forms, clock: Clock) -> Approving:
    desk = settings.desk
    return Approving(forms=forms, patience=desk.patience, clock=clock, bot_name=desk.name)


def joining(
    settings: Settings, mail_account: str, wording: Wording, approved: Approving
) -> Joining:
    address = settings.web.public_url.rstrip("/")
    telling = Telling(
        wording=wording,
        mail_account=mail_account,
        page=f"{address}{PATH}" if address else "",
    )
    name = settings.desk.name
    secrets = secrets_of(settings)
    return Joining(
        secrets=secrets,
        telling=telling,
        mailboxes=Mailboxes(secrets=secrets, telling=telling),
        approving=approved,
        bot_name=name,
    )


def secrets_of(settings: Settings) -> Secrets:
    return Secrets(own_key=hmac.digest(settings.secret(), b"links", "sha256"))
