"""The parts of linking that need little more than settings, put together."""

import hmac

from desk.proving import Secrets
from desk.settings import Settings
from intake.joining import Joining
from intake.telling import Telling
from intake.wording import Wording

PATH = "/form/link"  # of the portal's page that undoes a link


def joining(settings: Settings, mail_account: str, wording: Wording) -> Joining:
    address = settings.web.public_url.rstrip("/")
    telling = Telling(
        wording=wording,
        mail_account=mail_account,
        page=f"{address}{PATH}" if address else "",
    )
    secrets = Secrets(own_key=hmac.digest(settings.secret(), b"links", "sha256"))
    return Joining(secrets=secrets, telling=telling, bot_name=settings.desk.name)
