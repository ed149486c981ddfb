"""The page `/demo`: phones and mailboxes of simulated people, next to a link into the inbox.

`demo_app` is a sub-application without login; it serves the page, its style and scripts, and the
JSON doors of the simulators. Starting simulators and desk is left to `running`.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from aiohttp import web
from aiohttp.typedefs import Handler
from babel import Locale, negotiate_locale
from jinja2 import Environment

from desk.demo.morning import COMMANDS, SAYINGS, STARTERS
from desk.demo.world import World
from intake.people import LANGUAGES
from intake.wording import environment
from simulators import mail_api
from simulators.graph_api import NAME as META_NAME
from simulators.graph_phone_api import graph_phone_app
from simulators.people import AGENTS, CAST, Person
from simulators.phone_api import phone_app
from simulators.viber_api import NAME as VIBER_BOT
from simulators.viber_phone_api import viber_phone_app

STATIC: Final = Path(__file__).resolve().parent / "static"
POLICY: Final = "; ".join(
    [
        "default-src 'none'",
        "img-src 'self' blob: data:",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-cache",  # asked for again each time: a demo may be newer tomorrow
}
OWN_SITE: Final = frozenset({"", "same-origin", "none"})
INBOX: Final = "/"
UPLOAD_LIMIT: Final = 48 << 20  # a mail of 25 MB with its files in base64, with room to spare


def demo_app(
    world: World, *, people: Sequence[Person] = CAST, agents: Sequence[str] = ()
) -> web.Application:
    """Give the result to `add_subapp`; `agents` are logins that the page tells the visitor."""
    stage = _Stage(world, people, agents)
    app = web.Application(middlewares=[_guard])
    app.router.add_get("", _to_folder)
    app.router.add_get("/", stage.show)
    app.router.add_static("/static", STATIC)
    app.add_subapp("/phones", phone_app(world.telegram, people))
    app.add_subapp("/agents", phone_app(world.agents, AGENTS))
    app.add_subapp("/viber", viber_phone_app(world.viber, people))
    for phones in (world.graph.messenger, world.graph.instagram):
        door = graph_phone_app(world.graph, phones, people)
        app.add_subapp(f"/{phones.platform.name}", door)
    app.add_subapp("/mail", mail_api.application(world.mail))
    app.on_shutdown.append(stage.end_waiting)
    return app


@web.middleware
async def _guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Only the demo's own page may act; whoever serves it, files of some size may come in."""
    foreign = request.headers.get("Sec-Fetch-Site", "") not in OWN_SITE
    if foreign and request.method != "GET":
        raise web.HTTPForbidden
    response = await handler(request.clone(client_max_size=UPLOAD_LIMIT))
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


async def _to_folder(request: web.Request) -> web.Response:
    """Send `/demo` on to `/demo/`, which the page's relative addresses need."""
    query = f"?{request.query_string}" if request.query_string else ""
    raise web.HTTPFound(f"{request.path}/{query}")


class _Stage:
    def __init__(self, world: World, people: Sequence[Person], agents: Sequence[str]) -> None:
        self._world = world
        self._people = people
        self._agents = agents

    async def show(self, request: web.Request) -> web.Response:
        language = language_of(request)
        page = _environment(language).get_template("demo/page.html")
        text = page.render(
            language=language,
            languages=[(one, _own_name(one), f"?{urlencode({'lang': one})}") for one in LANGUAGES],
            people=[_shown(person) for person in self._people],
            bots=self._bots(),
            support=self._world.mail.support,
            agents=self._agents,
            desk=self._desk(),
            inbox=INBOX,
            files="static/",
        )
        headers = {"Content-Language": language, "Vary": "Accept-Language"}
        return web.Response(text=text, content_type="text/html", headers=headers)

    def _bots(self) -> dict[str, str]:
        """What the help desk is called in each app."""
        telegram = self._world.telegram.world.bot["first_name"]
        by_meta = dict.fromkeys(("messenger", "instagram"), META_NAME)
        return {"telegram": telegram, "viber": VIBER_BOT, **by_meta}

    def _desk(self) -> dict[str, Any]:
        """Who sits at the agents' Telegram, and what may be said there at once."""
        return {
            "people": [
                {"id": person.id, "first": person.first_name, "name": person.full_name}
                for person in AGENTS
            ],
            "bot": self._world.agents.world.bot["first_name"],
            "commands": COMMANDS,
            "words": SAYINGS,
        }

    async def end_waiting(self, _app: web.Application) -> None:
        """Answer the pages that wait for news, so that the server need not wait for them."""
        agents = self._world.agents.world
        for chat in (*map(agents.chat_of, AGENTS), *agents.groups()):
            agents.touch(chat)
        for person in self._people:
            telegram = self._world.telegram.world
            telegram.touch(telegram.chat_of(person))
            self._world.viber.touch(self._world.viber.chat_of(person))
            for phones in (self._world.graph.messenger, self._world.graph.instagram):
                phones.touch(phones.chat_of(person))


def language_of(request: web.Request) -> str:
    """`?lang=` when it is one of ours, else the first that the browser wants and we have."""
    asked = request.query.get("lang", "")
    if asked in LANGUAGES:
        return asked
    wanted = [
        part.partition(";")[0].strip().replace("-", "_")
        for part in request.headers.get("Accept-Language", "").split(",")
    ]
    return negotiate_locale(wanted, LANGUAGES) or "en"


def _shown(person: Person) -> dict[str, Any]:
    starters = STARTERS.get(person.id)
    return {
        "id": person.id,
        "name": person.full_name,
        "first": person.first_name,
        "last": person.last_name,
        "initials": person.first_name[:1] + person.last_name[:1],
        "language": person.language_code,
        "speaks": _own_name(person.language_code),
        "email": person.email,
        "openers": starters.openers if starters else (),
        "answers": starters.answers if starters else (),
        "mail": {"subject": starters.subject, "text": starters.letter} if starters else None,
    }


def _own_name(language: str) -> str:
    """Give `Українська` for uk: a language is named in itself."""
    name = Locale.parse(language).get_display_name(language) or language
    return name[:1].upper() + name[1:]


@cache
def _environment(language: str) -> Environment:
    return environment(language, is_html=True)
