"""`firstline demo`: the real program, its adapters and its pages, in a simulated outside world.

Starts simulators of the Bot API and of a mail provider, points the settings at them, serves all
roles in this process and plays a morning of sample tickets. Each start begins afresh.
"""

import asyncio
import secrets
import shutil
import signal
import socket
from dataclasses import dataclass
from pathlib import Path

import click
from aiohttp import web
from pydantic import SecretStr

from desk import meta, roles, viber
from desk.channels import (
    AgentsBotSettings,
    EmailSettings,
    MetaSettings,
    TelegramSettings,
    ViberSettings,
)
from desk.crew import accounts_of
from desk.demo.page import demo_app
from desk.demo.story import STORY, tell
from desk.demo.world import World
from desk.owners import own_name
from desk.role_names import ROLES
from desk.runtime import Runtime
from desk.settings import DeskSettings, Settings, WebSettings, wrong_settings_told
from desk.wiring import Desk, build_desk
from inbox.passwords import Passwords
from intake.agent_words import Reply
from intake.errors import Invalid
from intake.people import Agent
from intake.tickets import Status
from simulators.graph_api import (
    APP_ID,
    APP_SECRET,
    INSTAGRAM_ID,
    INSTAGRAM_TOKEN,
    PAGE_ID,
    PAGE_TOKEN,
    VERIFY_TOKEN,
    VERSION,
    GraphApi,
)
from simulators.mail_server import MailServer
from simulators.people import AGENTS, Person
from simulators.telegram_api import AGENTS_TOKEN, TOKEN, SimulatedBot, TelegramApi
from simulators.viber_api import TOKEN as VIBER_TOKEN
from simulators.viber_api import ViberApi
from store.occupancy import occupied

FOLDER = Path("var/demo")
SUPPORT = "support@firma.example"
COLLEAGUES = (("marek", "Marek Novák"), ("sofia", "Sofia Papadaki"))
PASSWORD_BYTES = 9
AGENTS_BOT = ("firstline_desk_bot", "Firstline")
GROUPS = {  # of agents, each with the categories whose tickets come there
    "First line": ("*",),
    "Printers": ("printer",),
    "Workplaces": ("computer", "software", "request"),
}


async def run(port: int, folder: Path = FOLDER) -> None:
    """Serve until SIGINT or SIGTERM, at whatever moment. Raises Invalid when the port is taken."""
    port = _free(port)
    ending = _Ending(asyncio.current_task())
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ending.ask)
    try:
        await _run(port, folder / str(port))  # of its own: a second demo must not wipe the first's
    except asyncio.CancelledError:
        if not ending.is_asked:
            raise


@dataclass(slots=True)
class _Ending:
    """Breaks off whatever is being awaited, once: what follows is closing, which is let finish."""

    task: asyncio.Task[None] | None
    is_asked: bool = False

    def ask(self) -> None:
        if self.task is not None and not self.is_asked:
            self.is_asked = True
            self.task.cancel()


async def _run(port: int, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    mail = MailServer(support=SUPPORT)
    async with TelegramApi() as telegram, ViberApi() as viber, GraphApi() as graph:
        world = World(
            telegram=telegram, agents=_agents_bot(telegram), viber=viber, graph=graph, mail=mail
        )
        try:
            await mail.start()
            with wrong_settings_told():
                settings = _settings(port, folder, world)
            with occupied(settings.database_url):
                await _serve(settings, world)
        finally:
            await mail.stop()


def _agents_bot(telegram: TelegramApi) -> SimulatedBot:
    username, name = AGENTS_BOT
    bot = telegram.add_bot(token=AGENTS_TOKEN, username=username, name=name)
    for title in GROUPS:
        bot.make_group(title, *AGENTS)
    return bot


def _free(port: int) -> int:
    """The port itself, or for 0 any that is free: addresses of forms and files name it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Invalid(
                f"port {port} is in use; try: firstline demo --port {port + 1}"
            ) from error
        return int(probe.getsockname()[1])


def _settings(port: int, folder: Path, world: World) -> Settings:
    mail = world.mail
    return Settings(
        folder=folder,
        database="",
        desk=DeskSettings(name="Firstline"),
        web=WebSettings(port=port, public_url=f"http://127.0.0.1:{port}"),
        telegram=TelegramSettings(token=SecretStr(TOKEN), api_url=world.telegram.url),
        agents_bot=_agents_settings(world),
        viber=ViberSettings(
            token=SecretStr(VIBER_TOKEN), uri="servicedesk", api_url=world.viber.url
        ),
        meta=_meta(world.graph),
        email=EmailSettings(
            address=SUPPORT,
            imap_host="127.0.0.1",
            imap_port=mail.imap_port,
            imap_tls=False,
            smtp_host="127.0.0.1",
            smtp_port=mail.smtp_port,
            smtp_tls="none",
            password=SecretStr(mail.password),
        ),
    )


def _agents_settings(world: World) -> AgentsBotSettings:
    groups = [
        f"{queue}={group.id}"
        for group in world.agents.world.groups()
        for queue in GROUPS[group.title]
    ]
    return AgentsBotSettings(
        token=SecretStr(AGENTS_TOKEN),
        name=AGENTS_BOT[0],
        api_url=world.telegram.url,
        groups=" ".join(groups),
    )


def _meta(graph: GraphApi) -> MetaSettings:
    return MetaSettings(
        app_id=APP_ID,
        app_secret=SecretStr(APP_SECRET),
        verify_token=SecretStr(VERIFY_TOKEN),
        page_id=PAGE_ID,
        page_token=SecretStr(PAGE_TOKEN),
        instagram_id=INSTAGRAM_ID,
        instagram_token=SecretStr(INSTAGRAM_TOKEN),
        graph_version=VERSION,
        api_url=graph.url,
        instagram_api_url=graph.url,
        human_agent=True,
    )


async def _serve(settings: Settings, world: World) -> None:
    desk = await build_desk(settings)
    try:
        await _play(desk, world)
    finally:
        await desk.close()


async def _play(desk: Desk, world: World) -> None:
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    agents = await _hire(desk, password)
    runtime = Runtime(desk.database.bell, desk.leases, own_name())

    def mount(app: web.Application) -> None:
        app.add_subapp("/demo", demo_app(world, agents=tuple(agents)))

    served = roles.Served()
    try:
        served = await roles.start(desk, runtime, frozenset(ROLES), mount)
        world.viber.callbacks.open(viber.address_of(desk.settings))
        await world.graph.webhook.subscribe(meta.address_of(desk.settings), VERIFY_TOKEN)
        await _link(desk, world, agents)
        # The morning is over before a visitor comes: its tickets must not mix with theirs.
        await tell(STORY, telegram=world.telegram, mail=world.mail, answer=Office(desk, agents))
        _say_hello(desk, served.port, password)
        await asyncio.Event().wait()  # for the end
    finally:
        await runtime.stop()
        await served.cleanup()


async def _hire(desk: Desk, password: str) -> dict[str, Agent]:
    passwords = Passwords()
    try:
        hashed = await passwords.hash_aside(password)
    finally:
        passwords.close()
    return {
        login: await desk.agents.add(login, name, hashed, desk.settings.desk.language)
        for login, name in COLLEAGUES
    }


async def _link(desk: Desk, world: World, agents: dict[str, Agent]) -> None:
    """As each of them would: by the link that the inbox shows, opened on their own phone."""
    accounts = accounts_of(desk)
    for person, agent in zip(AGENTS, agents.values(), strict=True):
        link = await accounts.offer(agent)
        world.agents.press_start(person, link.rpartition("=")[2])


def _say_hello(desk: Desk, port: int, password: str) -> None:
    values = {
        "address": f"http://127.0.0.1:{port}",
        "logins": [login for login, _ in COLLEAGUES],
        "password": password,
    }
    click.echo(desk.wording.report("demo", desk.settings.desk.language, values))


@dataclass(frozen=True, slots=True)
class Office:
    """The story's agents at work through the real service."""

    desk: Desk
    agents: dict[str, Agent]

    async def ticket_of(self, person: Person, channel: str) -> int | None:
        page = await self.desk.listing.tickets("all", 0)
        return next(
            (
                line.id
                for line in page.lines
                if line.channel == channel and line.requester == person.full_name
            ),
            None,
        )

    async def take(self, login: str, number: int) -> None:
        await self.desk.service.take(self.agents[login], number)

    async def note(self, login: str, number: int, text: str) -> None:
        once = secrets.token_hex(8)
        await self.desk.service.note(self.agents[login], number, text, once=once)

    async def reply(self, login: str, number: int, text: str) -> None:
        reply = Reply(text=text, once=secrets.token_hex(8))
        await self.desk.service.reply(self.agents[login], number, reply)

    async def set_status(self, login: str, number: int, status: str) -> None:
        await self.desk.service.set_status(self.agents[login], number, Status(status))
