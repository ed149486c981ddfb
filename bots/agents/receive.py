"""The way in from the agents' bot: its updates are polled, and durable before they are confirmed.

What they mean is left to `translate`. python-telegram-bot's own updater would lose what it holds
in memory; none of it is needed for this.
"""

from datetime import datetime

from bots.agents.translate import place_of
from bots.bot_polling import BotPoller, envelope_in
from intake.companion.showings import CHANNEL
from intake.messages import Envelope


def envelope_of(account: str, payload: bytes, received_at: datetime) -> Envelope:
    return envelope_in(payload, received_at, channel=CHANNEL, account=account, place_of=place_of)


class Poller(BotPoller):
    """Fetches what agents write to their bot."""

    channel = CHANNEL

    def envelope(self, payload: bytes, received_at: datetime) -> Envelope:
        return envelope_of(self.telegram.account, payload, received_at)
