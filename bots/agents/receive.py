"""The way in from the agents' bot: its updates are polled, and durable before they are confirmed.

What they mean is left to `translate`. python-telegram-bot's own updater would lose what it holds
in memory; none of it is needed for this.
"""

from datetime import datetime

from bots.agents.translate import place_of
from bots.bot_polling import BotPoller, keyed_update
from intake.companion.showings import CHANNEL
from intake.messages import Envelope


def envelope_of(account: str, payload: bytes, received_at: datetime) -> Envelope:
    """Name and place an update, whatever is in it; what is no update is kept by its content."""
    key, update = keyed_update(payload)
    place = place_of(update) if update else "unparsed"
    return Envelope(
        channel=CHANNEL,
        account=account,
        key=key,
        conversation=f"{CHANNEL}:{account}:{place}",
        payload=payload,
        received_at=received_at,
    )


class Poller(BotPoller):
    """Fetches what agents write to their bot."""

    channel = CHANNEL

    def envelope(self, payload: bytes, received_at: datetime) -> Envelope:
        return envelope_of(self.telegram.account, payload, received_at)
