"""Two hundred employees describe their trouble, read the card and answer it once.

They see only what is drawn on their phones or stands in their mailboxes, and answer in own words,
each in a manner of their own. No two begin alike: first messages are those of the corpus and of
our own, answers stand in `conversations/`.
"""

import json
import re
import sys
import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles

from simulators.mail_server import MailServer
from tests.desk.phone import Exchange, Screens
from tests.desk.post import MailDesk, a_served_mailbox

ANSWERS = Path(__file__).parent / "conversations"
CORPUS = Path(__file__).parents[1] / "intake" / "corpus"
LANGUAGES = ("uk", "en", "sk", "el", "it")
A_LANGUAGE = 40
COPIED = ("code", "text")  # what the ticket has of these stands in the words as it is
PATIENCE = 4  # answers, after which anybody gives up
QUESTION = re.compile(r"^(\d)\. (.+)$", re.MULTILINE)
STYLES = ("numbered", "lines", "sentence", "taps", "partly", "mailed")
# What the phrases of `conversations/` mean, in their order.
CHOSEN = {
    "os": ("windows-11", "windows-10", "windows-10"),
    "urgency": ("blocked", "degraded", "minor"),
    "phone_service": ("landline", "mobile", "softphone"),
    "connection": ("wifi", "cable", "vpn"),
    "scope": ("me", "team", "site"),
}
DAYS_AGO = (0, 1, None)  # since this morning, since yesterday, since Monday
MONDAY = 0


@dataclass
class Phone:
    """One person's chat."""

    person: int
    language: str
    exchange: Exchange

    def screen(self):
        return list(self.exchange.phone.chats.get(self.person, {}).values())

    async def write(self, text):
        await self.exchange.write(text, person=self.person, language=self.language)

    async def tap(self, data):
        await self.exchange.tap(data, person=self.person)


@dataclass
class Letters:
    """One person's mails: answers stand above the mail that they answer."""

    address: str
    server: MailServer
    desk: MailDesk

    def screen(self):
        """The newest mail: a card is never sent again where nothing is asked any more."""
        return [(mail.text, {}) for mail in self.server.mails(self.address)[-1:]]

    async def write(self, text):
        received = self.server.mails(self.address)
        if received:
            self.server.reply(self.address, received[-1], text)
        else:
            self.server.write(self.address, " ".join(text.split()[:6]), text)
        await self.desk.work()


@dataclass
class Employee:
    """Reads the card and answers what it asks."""

    nth: int
    language: str
    style: str
    category: str
    door: Phone | Letters
    catalogue: object
    labels: dict
    words: dict
    told: dict = field(default_factory=dict)  # field: which of the phrases was given for it

    def questions(self):
        """Number and field of each question that stands on the newest card."""
        cards = [text for text, _ in self.door.screen() if text.startswith("#")]
        found = QUESTION.findall(cards[-1]) if cards else []
        return [(number, self._field_of(label)) for number, label in found]

    def _field_of(self, label):
        """A mail has the hint on the same line."""
        shown = label if label in self.labels else label.partition(" (")[0]
        return self.labels.get(shown, "category")

    def answer_to(self, name):
        if name == "category":
            return self.catalogue.category_label(self.category, self.language)
        at = self.nth + len(name)
        self.told[name] = None if at % 7 == 0 else at % len(self.words[name])
        return self.words["unknown"] if at % 7 == 0 else self.words[name][self.told[name]]

    async def answer(self):
        if self.style == "taps":
            await self.tap_what_has_buttons()
        questions = self.questions()
        if self.style == "partly" and len(questions) > 2:
            questions = questions[: len(questions) // 2]
        said = [self.answer_to(name) for _, name in questions]
        if self.style in ("lines", "sentence"):
            await self.door.write({"lines": "\n", "sentence": ", "}[self.style].join(said))
        elif said:
            numbered = zip(questions, said, strict=True)
            await self.door.write(
                "\n".join(f"{number}. {words}" for (number, _), words in numbered)
            )

    async def tap_what_has_buttons(self):
        tapped = set()
        for _, buttons in self.door.screen():
            for tap in buttons.values():
                verb, _, name = [*tap.split("|"), "", ""][:3]
                if verb == "set" and name not in tapped:
                    tapped.add(name)
                    await self.door.tap(tap)


def first_messages(language):
    """Those of the corpus and then our own, none twice."""
    files = [CORPUS / "dev.jsonl", CORPUS / "own.jsonl"]
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    return [
        row
        for row in rows
        if (row["kind"], row["lang"]) == ("first", language)
        and row["intent"] in ("report", "request", "question")
    ]


async def converse(employee, text):
    """How many times the bot had to ask, and whether all it needs is known or declined."""
    await employee.door.write(text)
    turns = 0
    while employee.questions() and turns < PATIENCE:
        turns += 1
        await employee.answer()
    return turns


async def conversations(desk, door_of):
    """Each employee, and how many times the bot had to ask."""
    catalogue, turns = desk.catalogue, []
    for language in LANGUAGES:
        words = tomllib.loads((ANSWERS / f"{language}.toml").read_text("utf-8"))
        labels = {
            catalogue.label(name, language, category): name
            for name in catalogue.fields
            for category in catalogue.categories
        }
        firsts = first_messages(language)[:A_LANGUAGE]
        for first, style in zip(firsts, cycle(STYLES), strict=False):
            nth, category = len(turns) + 1, first["category"]
            door = door_of(nth, language, style)
            employee = Employee(nth, language, style, category, door, catalogue, labels, words)
            turns.append((employee, await converse(employee, first["text"])))
    return turns


def is_taken(ticket, employee, name):
    """Whether what was said under a question is what the ticket has.

    Who doesn't know declines, and so does who says that there is none: “no error shown”.
    """
    at, kept = employee.told[name], ticket.answers.get(name, "")
    if at is None or (name == "error" and at == len(employee.words["error"]) - 1):
        return name in ticket.declined
    if name in CHOSEN:
        return kept == CHOSEN[name][at]
    if name == "started":
        return is_since(datetime.fromisoformat(kept).date(), DAYS_AGO[at]) if kept else False
    said = employee.words[name][at].casefold()
    is_copied = employee.catalogue.fields[name].type in COPIED
    return bool(kept) and (not is_copied or kept.casefold() in said or said in kept.casefold())


def is_since(day, days_ago):
    """The run may go past midnight."""
    today = datetime.now(UTC).date()
    if days_ago is None:
        return day.weekday() == MONDAY and day > today - timedelta(days=8)
    return today - day in (timedelta(days=days_ago), timedelta(days=days_ago + 1))


async def test_one_question_is_enough_for_two_hundred_conversations(sqlite_url, tmp_path):
    async with a_served_mailbox(tmp_path / "var", sqlite_url) as (mails, server):
        desk = mails.desk
        exchange = Exchange(desk, Screens())

        def door_of(nth, language, style):
            if style == "mailed":
                return Letters(f"employee{nth}@firma.example", server, mails)
            return Phone(nth, language, exchange)

        talks = await conversations(desk, door_of)
        tickets = [await desk.listing.ticket(1001 + at) for at in range(len(talks))]
    turns = [count for _, count in talks]
    share = sum(ticket.is_complete for ticket in tickets) / len(tickets)
    taken = [
        is_taken(ticket, employee, name)
        for ticket, (employee, _) in zip(tickets, talks, strict=True)
        for name in employee.told
    ]
    middle, late, right = median(turns), quantiles(turns, n=20)[-1], sum(taken) / len(taken)
    figures = f"median {middle}, p95 {late}, complete {share:.1%}, answers taken {right:.1%}"
    sys.stdout.write(f"{len(talks)} conversations: {figures}\n")
    assert len({ticket.person_id for ticket in tickets}) == len(LANGUAGES) * A_LANGUAGE
    assert middle == 1
    assert late <= 2
    assert share >= 0.95
    assert right >= 0.95
