"""What the administrator does beside serving: migrate, back up, restore, add and remove agents."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from desk.places import blamed, damage_told, open_database
from desk.runtime import SystemClock
from desk.settings import Settings, load, whole_key
from desk.wiring import load_catalogue
from inbox.passwords import Passwords
from intake.errors import Invalid, NotFound
from intake.predictions import predict
from intake.understanding import Reader
from intake.wording import Wording
from store import backup as copies
from store.agents import Agents
from store.migrating import migrate as bring_up_to_date
from store.occupancy import vacant
from store.private import keep_private, make_private_folder

SHORTEST_PASSWORD = 10
# Letters of any script: it is typed at the door and seen in a shell, so no blanks and no marks.
LOGIN = re.compile(r"\w[\w.@+-]{0,63}")
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAgent:
    login: str
    name: str
    language: str | None  # None: the desk's


async def migrate() -> None:
    settings = load()
    load_catalogue(settings)  # a desk that could not start with it is told so now
    database = await open_database(settings)
    try:
        applied = await bring_up_to_date(database)
    finally:
        await database.close()
    _say(settings, "migrated", {"names": applied})


async def back_up(target: Path) -> None:
    """Raises Conflict when `target` is not empty."""
    settings = load()
    with damage_told(settings):
        await copies.backup(settings.database_url, settings.blobs, target)
    settings.secret()  # made now, if no mail has been signed yet
    _copy_key(settings.key, target / settings.key.name)
    _say(settings, "backed_up", {"target": str(target)})


async def restore(source: Path, *, overwrite: bool) -> None:
    """Raises Conflict when a desk runs, or holds something and `overwrite` is not set.

    Invalid for a copy that is damaged, NotFound for one of which a part is missing.
    """
    settings = load()
    if not (source / settings.key.name).is_file():
        raise NotFound("no_backup", path=str(source / settings.key.name))
    whole_key(source / settings.key.name)
    async with AsyncExitStack() as stack:
        with blamed(settings):
            await stack.enter_async_context(vacant(settings.database_url))
        with damage_told(settings):
            lost = await copies.restore(
                settings.database_url, settings.blobs, source, overwrites=overwrite
            )
        _copy_key(source / settings.key.name, settings.key)
    counts = {"files": len(lost.files), "mails": len(lost.mails)}
    _say(settings, "restored", {"source": str(source), **counts})


def new_agent(login: str, name: str, language: str | None) -> NewAgent:
    """Raises Invalid for a login or a name that can't be one."""
    login, name = login.strip(), " ".join(name.split())
    if not LOGIN.fullmatch(login):
        raise Invalid("wrong_login", login=login)
    if not name or not name.isprintable() or len(name) > LONGEST_NAME:
        raise Invalid("wrong_name", count=str(LONGEST_NAME))
    return NewAgent(login=login, name=name, language=language)


async def add_agent(agent: NewAgent, password: str) -> None:
    """Raises Invalid for a short password, Conflict for a known login."""
    settings = load()
    language = agent.language or settings.desk.language
    async with _agents(settings) as agents:
        await agents.add(agent.login, agent.name, _hash(password), language)
    _say(settings, "agent_added", {"login": agent.login})


async def set_password(login: str, password: str) -> None:
    settings = load()
    async with _agents(settings) as agents:
        if await agents.by_login(login) is None:  # said before a word about the password
            raise NotFound("no_agent", login=login)
        await agents.set_password(login, _hash(password))
    _say(settings, "password_set", {"login": login})


async def remove_agent(login: str) -> None:
    """Raises NotFound for a login that nobody has."""
    settings = load()
    async with _agents(settings) as agents:
        count = await agents.remove(login, settings.desk.name, SystemClock().now())
    _say(settings, "agent_removed", {"login": login, "count": count})


def understand(items: Path) -> Iterator[str]:
    """One prediction a line, in the shape of the corpus's scorer."""
    settings = load()
    reader = Reader(load_catalogue(settings), country=settings.desk.home)
    # what is not of this encoding is found line by line
    with items.open(encoding="utf-8-sig", errors="surrogateescape") as lines:
        yield from predict(lines, reader)


@asynccontextmanager
async def _agents(settings: Settings) -> AsyncIterator[Agents]:
    """In the tables of this version; the database is closed at the end, however it comes."""
    database = await open_database(settings)
    try:
        await bring_up_to_date(database)
        yield Agents(database)
    finally:
        await database.close()


def _hash(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid("short_password", count=str(SHORTEST_PASSWORD))
    passwords = Passwords()
    try:
        return passwords.hash(password)
    finally:
        passwords.close()


def _copy_key(source: Path, target: Path) -> None:
    """Without its key a restored desk would not know its own mails again."""
    make_private_folder(target.parent)
    keep_private(target)
    target.write_bytes(source.read_bytes())


def _say(settings: Settings, code: str, values: dict[str, object]) -> None:
    wording = Wording(settings.desk.hours.zone)
    click.echo(wording.report("done", settings.desk.language, {"code": code, **values}))
