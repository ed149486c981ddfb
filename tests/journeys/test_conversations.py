"""Two hundred employees describe their trouble, read what the desk asks and answer it.

The whole program serves them at once, in five channels and by the form page, half of them on each
engine. They see only their phones, mailboxes and browsers; no two begin alike, and every other
first message is one that nobody has read who wrote rules or lists.
"""

import asyncio
import json
import secrets
import sys
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median, quantiles
from zoneinfo import ZoneInfo

import asyncpg
import pytest

from simulators.people import crowd
from tests.journeys.doors import DOORS
from tests.journeys.employees import (
    CATALOGUE,
    CHOSEN,
    COPIED,
    LANGUAGES,
    SHOWN,
    STYLES,
    Employee,
    employees,
)
from tests.journeys.everywhere import World
from tests.journeys.ledger import REST, read_sqlite
from tests.journeys.program import REST_WITHIN, Program, running, until

pytestmark = [pytest.mark.journey, pytest.mark.postgresql]

A_LANGUAGE = 40
PATIENCE = 5  # acts, after which anybody gives up
BEGIN_WITHIN = 60.0
DAYS_AGO = (0, 1, None)  # since this morning, since yesterday, since Monday
THERE = ZoneInfo("Europe/Kyiv")  # where a desk is that says nothing else
MONDAY = 0
PICTURES = "SELECT ticket_id FROM file JOIN entry ON entry.id = entry_id WHERE state = 'stored'"


class Town:
    """A program, and the people who write to it."""

    def __init__(self, world, rows):
        self.world, self.rows, self.folk = world, rows, []

    async def converse(self):
        for one in self.folk:
            one.begin()
        await self._rest()
        for _ in range(PATIENCE):
            for one in [one for one in self.folk if one.is_asked]:
                await one.act()
            await self._rest()

    async def _rest(self):
        """Until all that was said has been answered."""
        mails = sum(one.door.count for one in self.folk if one.door.channel == "email")

        async def is_at_rest():
            before = await self.rows(REST)
            [came] = await self.rows("SELECT count(*) AS n FROM envelope WHERE channel = 'email'")
            if not self.world.is_told or came["n"] < mails:
                return False
            return not before[0]["unrested"] and await self.rows(REST) == before

        await until(is_at_rest, REST_WITHIN)

    async def results(self):
        """Each employee, and what the database holds of them in the end."""
        tickets, pictures = {}, Counter(row["ticket_id"] for row in await self.rows(PICTURES))
        for row in await self.rows("SELECT * FROM ticket ORDER BY id"):
            tickets.setdefault((row["channel"], row["address"]), []).append(row)
        return [
            Result(one, own, sum(pictures[row["id"]] for row in own))
            for one in self.folk
            for own in [tickets[one.door.channel, one.door.address]]
        ]


@asynccontextmanager
async def a_town(folder, settings, rows):
    async with World() as world:
        program = Program(folder, world.settings | settings)
        async with running(program):
            town = Town(world, rows)
            await world.subscribe(program.url)
            await until(lambda: world.telegram.calls("getUpdates"), BEGIN_WITHIN)
            await until(lambda: rows("SELECT 1 FROM cursor WHERE name LIKE 'email:%'"))
            yield town


@pytest.fixture
async def on_sqlite(folder):
    async def rows(sql):
        return read_sqlite(folder / "firstline.db", sql)

    async with a_town(folder.parent, {}, rows) as town:
        yield town


@pytest.fixture
async def on_postgresql(tmp_path, postgresql, postgresql_template):
    name, folder = f"desk_{secrets.token_hex(4)}", tmp_path / "postgresql"
    url = postgresql.create(name, postgresql_template)
    folder.mkdir()
    pool = await asyncpg.create_pool(
        host=str(postgresql.folder), user="firstline", database=name, min_size=1
    )
    async with pool, a_town(folder, {"FIRSTLINE_DATABASE": url}, pool.fetch) as town:
        yield town
    postgresql.drop(name)


@dataclass(frozen=True, slots=True)
class Result:
    """What one conversation came to."""

    employee: Employee
    tickets: list  # rows of this person
    pictures: int  # that stand on them

    @property
    def channel(self):
        return self.employee.door.channel

    @property
    def open(self):
        """Of an answer that was taken for another trouble and put right nothing is left open."""
        return [row for row in self.tickets if row["status"] != "closed"]

    @property
    def is_complete(self):
        """Whether all that the category requires is known or declined."""
        ticket = self.open[0]
        needed = CATALOGUE["category"].get(ticket["category"], {}).get("ask", ["category"])
        known = {*json.loads(ticket["answers"]), *json.loads(ticket["declined"])}
        return len(self.open) == 1 and known.issuperset(needed)

    @property
    def taken(self):
        """For each answer whether the ticket has it."""
        return [self._has(name, said) for name, said in self.employee.answers.items()]

    def _has(self, name, said):
        ticket = self.open[0]
        kept = json.loads(ticket["answers"]).get(name, "")
        if said == SHOWN:
            return bool(kept and self.pictures)
        if isinstance(said, str):
            return kept == said
        if said.words is None or (name == "error" and not kept):
            return name in json.loads(ticket["declined"])
        return is_kept(name, said, kept)


def is_kept(name, said, kept):
    """Choices and moments as the phrase means them, the rest in its own words."""
    if name in CHOSEN:
        return kept == CHOSEN[name][said.at]
    if name == "started":
        return bool(kept) and is_since(datetime.fromisoformat(kept).date(), DAYS_AGO[said.at])
    if CATALOGUE["field"][name]["type"] not in COPIED:
        return bool(kept)
    words, value = said.words.casefold(), kept.casefold()
    return bool(kept) and (value in words or words in value)


def is_since(day, days_ago):
    """The run may go past midnight."""
    today = datetime.now(THERE).date()
    if days_ago is None:
        return day.weekday() == MONDAY and day > today - timedelta(days=8)
    return today - day in (timedelta(days=days_ago), timedelta(days=days_ago + 1))


@dataclass(frozen=True, slots=True)
class Figures:
    """Of some conversations."""

    count: int
    middle: float  # of the times that the desk asked
    late: float  # the 95th in a hundred
    complete: float
    taken: float

    @classmethod
    def of(cls, results):
        acts = [one.employee.acts for one in results]
        taken = [is_taken for one in results for is_taken in one.taken]
        return cls(
            count=len(results),
            middle=median(acts),
            late=quantiles(acts, n=20)[-1],
            complete=sum(one.is_complete for one in results) / len(results),
            taken=sum(taken) / len(taken),
        )

    def line(self, name):
        return (
            f"{name:<12}{self.count:>6}{self.middle:>8}{self.late:>6}"
            f"{self.complete:>10.1%}{self.taken:>8.1%}\n"
        )


def print_table(results):
    sys.stdout.write(f"{'':<12}{'talks':>6}{'median':>8}{'p95':>6}{'complete':>10}{'taken':>8}\n")
    for name in (*LANGUAGES, *DOORS, *STYLES):
        own = [one for one in results if name in one.employee.kinds]
        sys.stdout.write(Figures.of(own).line(name))
    sys.stdout.write(Figures.of(results).line("all"))


def by_language(person):
    return LANGUAGES.index(person.language_code)


async def test_one_question_is_enough_for_two_hundred_conversations(on_sqlite, on_postgresql):
    towns = (on_sqlite, on_postgresql)
    people = sorted(crowd(A_LANGUAGE * len(LANGUAGES)), key=by_language)
    for one in employees([town.world for town in towns], people, A_LANGUAGE):
        towns[one.nth % 2].folk.append(one)
    await asyncio.gather(*(town.converse() for town in towns))
    results = [result for town in towns for result in await town.results()]
    print_table(results)
    figures = Figures.of(results)
    assert figures.count == len(LANGUAGES) * A_LANGUAGE
    assert all(one.pictures == one.employee.pictures for one in results)
    for did in ("forms", "pictures"):
        assert {one.channel for one in results if getattr(one.employee, did)} == set(DOORS)
    assert figures.middle == 1
    assert figures.late <= 2
    assert figures.complete >= 0.95
    assert figures.taken >= 0.95
