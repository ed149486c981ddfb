"""Viber's parts put together. Only who serves Viber imports this, and with it its library."""

from bots.viber.client import Viber
from bots.viber.fetch import ViberFetcher
from bots.viber.receive import ViberWebhook
from bots.viber.send import ViberSender
from bots.viber.welcome import welcome
from desk.sent import links
from desk.settings import Settings
from desk.wiring import Desk
from store.hearing import Hearing


def client(settings: Settings) -> Viber:
    chosen = settings.viber
    return Viber(
        chosen.token.get_secret_value(),
        account=chosen.uri,
        sender_name=settings.desk.name,
        server=chosen.api_url,
    )


def address_of(settings: Settings) -> str:
    """Where Viber is to bring events."""
    return f"{settings.web.public_url.rstrip('/')}/viber/{settings.viber.uri}"


def webhook(desk: Desk) -> ViberWebhook:
    """Where Viber brings events."""
    settings = desk.settings
    viber, usual = client(settings), settings.desk.language
    return ViberWebhook(
        account=settings.viber.uri,
        token=settings.viber.token.get_secret_value(),
        accept=desk.service.accept,
        clock=desk.clock,
        welcome=lambda hint: viber.said_in_answer(welcome(desk.wording, hint or usual)),
    )


def sender(desk: Desk, viber: Viber) -> ViberSender:
    return ViberSender(
        viber=viber,
        links=links(desk.settings, desk.clock),
        hearing=Hearing(desk.database),
        write_blob=desk.blobs.write,
        clock=desk.clock,
        sends_paid=desk.settings.viber.sends_paid,
    )


def fetcher(viber: Viber) -> ViberFetcher:
    return ViberFetcher(viber)
