"""Telegram's parts put together. Its library is imported with the client alone."""

import hashlib
from typing import TYPE_CHECKING

from bots.bot_fetch import TelegramFetcher
from bots.telegram.receive import Poller, TelegramWebhook
from bots.telegram.send import TelegramSender
from desk.settings import Settings
from desk.wiring import Desk

if TYPE_CHECKING:
    from bots.telegram.client import Telegram


def client(settings: Settings) -> "Telegram":
    """Importing its library costs seconds and much memory: whoever takes webhooks needs none."""
    from bots.telegram.client import Telegram

    chosen = settings.telegram
    return Telegram(chosen.token.get_secret_value(), chosen.api_url)


def webhook_secret(settings: Settings) -> str:
    """What Telegram shows with each update; made of our key, so that every process knows it."""
    return hashlib.sha256(b"telegram webhook " + settings.secret()).hexdigest()


def webhook(desk: Desk) -> TelegramWebhook:
    """Where Telegram brings updates, if it is told to."""
    return TelegramWebhook(
        account=desk.settings.telegram.account,
        secret=webhook_secret(desk.settings),
        accept=desk.service.accept,
        clock=desk.clock,
    )


def poller(desk: Desk, telegram: "Telegram") -> Poller:
    return Poller(
        telegram=telegram, journal=desk.journal, clock=desk.clock, commands=desk.commands()
    )


def sender(desk: Desk, telegram: "Telegram") -> TelegramSender:
    return TelegramSender(telegram=telegram, read_blob=desk.blobs.read)


def fetcher(telegram: "Telegram") -> TelegramFetcher:
    return TelegramFetcher(telegram)
