"""Addresses of our chats on other channels, each with a token that names the ticket it came with.

Whoever follows one is still asked for a code from where the ticket came: a mail may be handed on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desk.linking import secrets_of
from desk.settings import Settings
from intake.links import Secrets
from intake.speech import Link
from intake.tickets import Ticket

NAMES = {
    "telegram": "Telegram",
    "viber": "Viber",
    "messenger": "Messenger",
    "instagram": "Instagram",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Meets `intake.identity.Ways`. `addresses` by channel, up to where the token follows."""

    secrets: Secrets
    addresses: Mapping[str, str]

    def ways(self, ticket: Ticket, now: datetime) -> tuple[Link, ...]:
        token = self.secrets.token(ticket.id, now)
        return tuple(
            Link(label=NAMES[channel], url=address + token)
            for channel, address in self.addresses.items()
            if channel != ticket.address.channel
        )


def ways_of(settings: Settings) -> Ways:
    return Ways(secrets=secrets_of(settings), addresses=_addresses(settings))


def _addresses(settings: Settings) -> dict[str, str]:
    """As each platform writes them."""
    telegram, viber, meta = settings.telegram, settings.viber, settings.meta
    found = {}
    if telegram.is_on and telegram.name:
        found["telegram"] = f"https://t.me/{telegram.name}?start="
    if viber.is_on:
        found["viber"] = f"viber://pa?chatURI={viber.uri}&context="
    if meta.is_on and meta.page_id:
        found["messenger"] = f"https://m.me/{meta.page_id}?ref="
    if meta.is_on and meta.instagram_id and meta.instagram_name:
        found["instagram"] = f"https://ig.me/m/{meta.instagram_name}?ref="
    return found
