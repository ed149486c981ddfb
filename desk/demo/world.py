"""What is simulated around the demo's desk."""

from dataclasses import dataclass

from simulators.graph_api import GraphApi
from simulators.mail_server import MailServer
from simulators.telegram_api import SimulatedBot, TelegramApi
from simulators.viber_api import ViberApi


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Each is started and stopped by whoever makes it."""

    telegram: TelegramApi
    agents: SimulatedBot  # the agents' own bot, served by `telegram`
    viber: ViberApi
    graph: GraphApi
    mail: MailServer
