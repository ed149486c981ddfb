"""`firstline viber webhook`: tells the platform where the desk is reached.

Done once, by hand: Viber calls that address before it agrees, so the desk must already answer.
"""

from bots.viber.refusals import CallFailed
from desk.settings import load
from desk.viber import address_of, client
from intake.errors import Invalid, Unavailable
from intake.wording import Wording


async def set_viber() -> str:
    """What to tell the administrator. Raises Invalid or Unavailable that say what is wrong."""
    settings = load()
    if not settings.viber.is_on:
        raise Invalid("viber_off")
    url = address_of(settings)
    viber = client(settings)
    try:
        await viber.set_webhook(url)
    except CallFailed as failure:
        raise Unavailable("viber_webhook_refused", address=url, reason=str(failure)) from failure
    finally:
        await viber.close()
    wording = Wording(settings.desk.hours.zone)
    return wording.report("viber_webhook", settings.desk.language, {"values": {"address": url}})
