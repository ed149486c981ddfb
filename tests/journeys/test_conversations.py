"""Two hundred employees describe their trouble, read the card and answer it once.

They see only what is drawn on their phones, and answer in own words, each in a manner of their
own. First messages are those of the corpus, answers stand in `conversations/`.
"""

import json
import re
import sys
import tomllib
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles

from desk.settings import Settings
from desk.wiring import build_desk
from tests.desk.phone import Exchange, Screens

ANSWERS = Path(__file__).parent / "conversations"
CORPUS = Path(__file__).parents[1] / "intake" / "corpus" / "dev.jsonl"
LANGUAGES = ("uk", "en", "sk", "el", "it")
A_LANGUAGE = 40
PATIENCE = 4  # answers, after which anybody gives up
QUESTION = re.compile(r"^(\d)\. (.+)$", re.MULTILINE)
STYLES = ("numbered", "lines", "sentence", "taps", "partly")


@dataclass
class Employee:
    """Reads the card on the screen and answers what it asks."""

    person: int
    language: str
    style: str
    category: str
    exchange: Exchange
    labels: dict = field(default_factory=dict)
    words: dict = field(default_factory=dict)

    def questions(self):
        """Number and field of each question that stands on the newest card."""
        cards = [text for text, _ in self.screen() if text.startswith("#")]
        found = QUESTION.findall(cards[-1]) if cards else []
        return [(number, self.labels.get(label, "category")) for number, label in found]

    def screen(self):
        return list(self.exchange.phone.chats.get(self.person, {}).values())

    def answer_to(self, name):
        if name == "category":
            return self.exchange.desk.catalogue.category_label(self.category, self.language)
        phrases = self.words[name]
        at = self.person + len(name)
        return self.words["unknown"] if at % 7 == 0 else phrases[at % len(phrases)]

    async def write(self, text):
        await self.exchange.write(text, person=self.person, language=self.language)

    async def answer(self):
        if self.style == "taps":
            await self.tap_what_has_buttons()
        questions = self.questions()
        if self.style == "partly" and len(questions) > 2:
            questions = questions[: len(questions) // 2]
        said = [self.answer_to(name) for _, name in questions]
        if self.style in ("lines", "sentence"):
            await self.write({"lines": "\n", "sentence": ", "}[self.style].join(said))
        elif said:
            numbered = zip(questions, said, strict=True)
            await self.write("\n".join(f"{number}. {words}" for (number, _), words in numbered))

    async def tap_what_has_buttons(self):
        tapped = set()
        for _, buttons in self.screen():
            for tap in buttons.values():
                verb, _, name = [*tap.split("|"), "", ""][:3]
                if verb == "set" and name not in tapped:
                    tapped.add(name)
                    await self.exchange.tap(tap, person=self.person)


def first_messages(language):
    rows = [json.loads(line) for line in CORPUS.read_text("utf-8").splitlines()]
    return [
        row
        for row in rows
        if (row["kind"], row["lang"]) == ("first", language)
        and row["intent"] in ("report", "request", "question")
    ]


async def converse(employee, text):
    """How many times the bot had to ask, and whether all it needs is known or declined."""
    await employee.write(text)
    turns = 0
    while employee.questions() and turns < PATIENCE:
        turns += 1
        await employee.answer()
    return turns


async def conversations(exchange):
    catalogue, person, turns = exchange.desk.catalogue, 0, {}
    for language in LANGUAGES:
        words = tomllib.loads((ANSWERS / f"{language}.toml").read_text("utf-8"))
        labels = {
            catalogue.label(name, language, category): name
            for name in catalogue.fields
            for category in catalogue.categories
        }
        firsts = islice(cycle(first_messages(language)), A_LANGUAGE)
        for first, style in zip(firsts, cycle(STYLES), strict=False):
            person += 1
            employee = Employee(person, language, style, first["category"], exchange)
            employee.labels, employee.words = labels, words
            turns[person] = await converse(employee, first["text"])
    return turns


async def test_one_question_is_enough_for_two_hundred_conversations(sqlite_url, tmp_path):
    desk = await build_desk(Settings(folder=tmp_path / "var", database=sqlite_url))
    try:
        exchange = Exchange(desk, Screens())
        turns = await conversations(exchange)
        tickets = [await desk.listing.ticket(1001 + at) for at in range(len(turns))]
    finally:
        await desk.close()
    share = sum(ticket.is_complete for ticket in tickets) / len(tickets)
    middle, late = median(turns.values()), quantiles(turns.values(), n=20)[-1]
    figures = f"median {middle}, p95 {late}, complete {share:.1%}"
    sys.stdout.write(f"{len(turns)} conversations: {figures}\n")
    assert len({ticket.person_id for ticket in tickets}) == len(LANGUAGES) * A_LANGUAGE
    assert middle == 1
    assert late <= 2
    assert share >= 0.95
