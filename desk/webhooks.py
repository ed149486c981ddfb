"""`firstline viber webhook`, `firstline meta webhook`: tell a platform where the desk is reached.

Done once, by hand: it calls that address before it agrees, so the desk must already answer.
"""

from bots.failures import CallFailed
from bots.meta.client import Graph
from bots.meta.events import INSTAGRAM
from desk import meta
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


async def set_meta() -> str:
    """What to tell the administrator. Raises Invalid or Unavailable that say what is wrong."""
    settings = load()
    if not settings.meta.is_on:
        raise Invalid("meta_off")
    url, chosen = meta.address_of(settings), settings.meta
    wording = Wording(settings.desk.hours.zone)
    of_app = f"{chosen.app_id}|{chosen.app_secret.get_secret_value()}"
    for graph in meta.clients(settings):
        app = graph.with_token(of_app)
        try:
            await app.set_webhook(chosen.app_id, url, chosen.verify_token.get_secret_value())
            await graph.subscribe()
            if graph.channel == INSTAGRAM and chosen.instagram_name:
                await graph.break_ice(meta.questions(wording, settings.desk.language))
        except CallFailed as failure:
            told = {"channel": _title(graph), "address": url, "reason": str(failure)}
            raise Unavailable("meta_webhook_refused", **told) from failure
        finally:
            await app.close()
            await graph.close()
    return wording.report("meta_webhook", settings.desk.language, {"values": {"address": url}})


def _title(graph: Graph) -> str:
    return graph.channel.capitalize()
