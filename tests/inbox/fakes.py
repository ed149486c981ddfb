"""The inbox's ports as plain dictionaries, and a desk in the middle of its day."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from argon2 import PasswordHasher

from inbox.passwords import Passwords
from inbox.ports import InboxServices, InboxSettings
from intake.errors import NotFound
from intake.lists import FilePage, HeldPage, TicketLine, TicketPage
from intake.people import Agent, Person
from intake.sessions import Session
from intake.terms import Length, Reaching, Terms, Unit

NOW = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
MAREK = Agent(id=1, login="marek", name="Marek Hnatiuk")
SOFIA = Agent(id=2, login="sofia", name="Sofia Ferraro")
PASSWORD = "correct horse"

TERMS = {
    "email": Terms(),
    "telegram": Terms(length=Length(longest=4096, unit=Unit.UTF16, most_parts=4)),
    "viber": Terms(
        length=Length(longest=7000, unit=Unit.CHARACTERS, most_bytes=20_000, most_parts=4),
        takes_within=timedelta(hours=24),
    ),
    "messenger": Terms(
        length=Length(longest=2000, unit=Unit.UTF16, most_parts=4),
        takes_within=timedelta(hours=24),
        sends_paid=True,
    ),
    "instagram": Terms(
        length=Length(longest=1000, unit=Unit.BYTES, most_parts=4),
        messages=lambda text: -(-len(text.text) // 1000),
        takes_within=timedelta(days=7),
    ),
}


class FixedClock:
    def __init__(self) -> None:
        self.moment = NOW

    def now(self) -> datetime:
        return self.moment


class FakeAgents:
    def __init__(self) -> None:
        self.rows = {1: MAREK, 2: SOFIA}
        self.hashes = {"marek": QUICK.hash(PASSWORD), "sofia": QUICK.hash(PASSWORD)}
        self.sessions: dict[str, Session] = {}
        self.failures: list[tuple[str, datetime]] = []
        self.trouble: Exception | None = None

    def _fail(self):
        if self.trouble is not None:
            raise self.trouble

    async def by_login(self, login):
        found = next((a for a in self.rows.values() if a.login == login), None)
        return (found, self.hashes[login]) if found else None

    async def renew_hash(self, login, known, anew):
        assert self.hashes[login] == known
        self.hashes[login] = anew

    async def active(self):
        return [agent for agent in self.rows.values() if agent.is_active]

    async def agent(self, agent_id):
        return self.rows[agent_id]

    async def set_language(self, agent_id, language):
        self.rows[agent_id] = replace(self.rows[agent_id], language=language)

    async def open_session(self, agent_id, token_hash, csrf, now, within):
        expires_at = now + timedelta(seconds=within)
        agent = self.rows[agent_id]
        self.sessions[token_hash] = Session(agent=agent, csrf=csrf, expires_at=expires_at)

    async def session(self, token_hash, now):
        self._fail()
        found = self.sessions.get(token_hash)
        if found is None or found.expires_at <= now:
            return None
        return replace(found, agent=self.rows[found.agent.id])

    async def close_session(self, token_hash):
        self.sessions.pop(token_hash, None)

    async def note_failed_login(self, subject, now):
        self.failures.append((subject, now))

    async def failed_logins(self, subject, since, now):
        self._fail()
        return sum(1 for name, at in self.failures if name == subject and since <= at <= now)


class FakeListing:
    def __init__(self) -> None:
        self.rows, self.entries, self.people, self.stored, self.held = {}, {}, {}, {}, []
        self.refusing = ()
        self.probable = {}  # by person
        self.searched = []
        self.counted = {"new": 2, "mine": 1, "open": 120, "quarantined": 0}
        self.older = ""

    async def tickets(self, view, agent_id, cursor="", limit=50):
        return TicketPage(lines=tuple(map(line_of, self.rows.values())), older=self.older)

    async def search(self, words, cursor="", limit=50):
        self.searched.append(words)
        found = [row for row in self.rows.values() if words.casefold() in row.subject.casefold()]
        return TicketPage(lines=tuple(map(line_of, found)), older="")

    async def counts(self, agent_id):
        return self.counted

    async def ticket(self, number):
        if number not in self.rows:
            raise NotFound("no_ticket")
        return self.rows[number]

    async def timeline(self, number):
        return self.entries.get(number, [])

    async def file(self, file_id):
        if file_id not in self.stored:
            raise NotFound("no_file")
        return self.stored[file_id]

    async def person(self, person_id):
        if person_id not in self.people:
            raise NotFound("no_person")
        names = {row.requester for row in self.rows.values() if row.person_id == person_id}
        return Person(id=person_id, name=min(names, default=""), language="uk")

    async def tickets_of(self, person_id, cursor="", limit=50):
        theirs = [row for row in self.rows.values() if row.person_id == person_id]
        return TicketPage(lines=tuple(map(line_of, theirs)), older=self.older)

    async def files_of(self, person_id, cursor="", limit=50):
        numbers = [row.id for row in self.rows.values() if row.person_id == person_id]
        files = [
            replace(file, ticket_id=number)
            for number in numbers
            for line in self.entries.get(number, [])
            for file in line.files
        ]
        return FilePage(files=tuple(files), older=self.older)

    async def probably(self, person_id):
        return self.probable.get(person_id)

    async def handles(self, person_id):
        return self.people.get(person_id, [])

    async def refused(self):
        return self.refusing

    async def quarantined(self, cursor="", limit=50):
        held = (one for one in self.held if one.dismissed_at is None)
        return HeldPage(envelopes=tuple(held), older=self.older)

    async def dismissed(self, cursor="", limit=50):
        held = (one for one in self.held if one.dismissed_at is not None)
        return HeldPage(envelopes=tuple(held), older=self.older)


def line_of(ticket):
    return TicketLine(
        id=ticket.id,
        subject=ticket.subject,
        requester=ticket.requester,
        channel=ticket.address.channel,
        status=ticket.status,
        priority=ticket.priority,
        category=ticket.category,
        assignee=ticket.assignee,
        preview=ticket.preview,
        is_complete=ticket.is_complete,
        awaits_answers=ticket.awaits_answers,
        waits_for_agent=ticket.waits_for_agent,
        flag=ticket.flag,
        undelivered=ticket.undelivered,
        is_held=ticket.is_held,
        updated_at=ticket.updated_at,
    )


class FakeLinks:
    """Remembers what was proposed and undone."""

    def __init__(self):
        self.rows, self.people, self.done = [], [], []

    async def of(self, person_id):
        return self.rows

    async def find(self, words):
        return [one for one in self.people if words in one.name]

    async def propose(self, agent, handle_id, whose):
        self.done.append((agent.login, handle_id, whose))

    async def undo(self, agent, link_id):
        self.done.append((agent.login, link_id))


class FakeService:
    """Remembers what it was asked; raises `trouble` instead where there is some."""

    def __init__(self) -> None:
        self.done, self.keys, self.trouble = [], set(), None
        self.ways = []  # handles that replies went by

    def _note(self, *what, once=None):
        if self.trouble is not None:
            raise self.trouble
        if once is None or once not in self.keys:
            self.keys.add(once)
            self.done.append(what)

    async def reply(self, agent, number, reply):
        what = (number, reply.text, tuple(file.id for file in reply.files), reply.solves)
        self._note("reply", agent.login, *what, once=reply.once)
        self.ways.append(reply.handle_id)

    async def ask(self, agent, number, asking):
        what = (number, tuple(asking.fields), asking.words)
        self._note("ask", agent.login, *what, once=asking.once)
        self.ways.append(asking.handle_id)
        self.given_up = asking.given_up

    async def note(self, agent, number, text, *, once):
        self._note("note", agent.login, number, text, once=once)

    async def take(self, agent, number):
        self._note("take", agent.login, number)

    async def assign(self, agent, number, assignee_id):
        self._note("assign", number, assignee_id)

    async def set_status(self, agent, number, status):
        self._note("status", number, status)

    async def set_priority(self, agent, number, priority):
        self._note("priority", number, priority)

    async def approve(self, agent, number):
        self._note("approve", agent.login, number)

    async def split(self, agent, number, entry_id):
        self._note("split", number, entry_id)
        return 1043

    async def retry_delivery(self, agent, delivery_id):
        self._note("retry", delivery_id)
        return 1042

    async def send_elsewhere(self, agent, delivery_id, handle_id):
        self._note("elsewhere", delivery_id, handle_id)
        return 1042

    async def retry_file(self, agent, file_id):
        self._note("fetch", file_id)
        return 1042

    async def requeue(self, agent, envelope_id):
        self._note("requeue", envelope_id)

    async def dismiss(self, agent, envelope_id):
        self._note("dismiss", agent.login, envelope_id)


class FakeFiles:
    def __init__(self) -> None:
        self.uploads = []

    async def add_upload(self, name, media_type, size, sha256):
        self.uploads.append((name, media_type, size, sha256))
        return len(self.uploads)


class FakeBlobs:
    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}

    def write(self, content: bytes) -> str:
        key = sha256(content).hexdigest()
        self.contents[key] = content
        return key

    def read(self, key: str) -> bytes:
        if key not in self.contents:
            raise NotFound("no_file")
        return self.contents[key]


class FakeBell:
    """Rings what the test rings; a waiting generator ends when it is cut off, as they do."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[str] = asyncio.Queue()
        self.listened: list[list[str]] = []

    def ring(self, topic: str) -> None:
        self.queue.put_nowait(topic)

    @asynccontextmanager
    async def listen(self, topics: Iterable[str]) -> AsyncIterator[AsyncIterator[str]]:
        self.listened.append(list(topics))

        async def rings():
            while True:
                yield await self.queue.get()

        yield rings()


class FakeLabels:
    """A catalogue of two categories."""

    def __init__(self) -> None:
        self.categories = {"printer": "Printer", "access": "Access"}
        self.fields = {
            "asset": "Inventory number",
            "location": "Location",
            "started": "Since when",
            "scope": "Who is affected",
            "phone": "Phone",
        }

    def category_label(self, category, language):
        return self.categories[category]

    def label(self, name, language, category):
        return self.fields[name]

    def show(self, name, value, language):
        return {"site": "the whole site"}.get(value, value)

    def fields_of(self, category):
        return tuple(self.fields) if category == "printer" else ()

    def missing(self, category, answers, declined):
        asked = ("asset", "location", "started", "scope")
        return tuple(name for name in asked if name not in answers and name not in declined)


@dataclass
class Desk:
    """All fakes of one desk."""

    settings: InboxSettings = field(default_factory=InboxSettings)
    agents: FakeAgents = field(default_factory=FakeAgents)
    listing: FakeListing = field(default_factory=FakeListing)
    service: FakeService = field(default_factory=FakeService)
    links: FakeLinks = field(default_factory=FakeLinks)
    files: FakeFiles = field(default_factory=FakeFiles)
    blobs: FakeBlobs = field(default_factory=FakeBlobs)
    bell: FakeBell = field(default_factory=FakeBell)
    clock: FixedClock = field(default_factory=FixedClock)
    ready: bool = True
    unserved: frozenset[tuple[str, str]] = frozenset()

    async def is_ready(self) -> bool:
        return self.ready

    def is_served(self, account: tuple[str, str]) -> bool:
        return account not in self.unserved

    def services(self) -> InboxServices:
        return InboxServices(
            service=self.service,
            links=self.links,
            listing=self.listing,
            agents=self.agents,
            files=self.files,
            blobs=self.blobs,
            bell=self.bell,
            clock=self.clock,
            labels=FakeLabels(),
            is_ready=self.is_ready,
            reaching=Reaching(terms=TERMS, is_served=self.is_served),
            settings=self.settings,
        )

    def passwords(self) -> Passwords:
        return Passwords(QUICK)
