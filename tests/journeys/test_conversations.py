"""Two hundred employees describe their trouble, read the card and answer it once.

They see only what is drawn on their phones, and answer in own words, each in a manner of their
own. No two begin alike: first messages are those of the corpus and of our own, answers stand in
`conversations/`.
"""

import json
import re
import sys
import tomllib
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles

from desk.settings import Settings
from desk.wiring import build_desk
from tests.desk.phone import Exchange, Screens

ANSWERS = Path(__file__).parent / "conversations"
CORPUS = Path(__file__).parents[1] / "intake" / "corpus"
LANGUAGES = ("uk", "en", "sk", "el", "it")
A_LANGUAGE = 40
COPIED = ("code", "text")  # what the ticket has of these stands in the words as it is
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
    told: dict = field(default_factory=dict)  # field: the words given for it

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
        self.told |= {name: words for (_, name), words in zip(questions, said, strict=True)}
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
    await employee.write(text)
    turns = 0
    while employee.questions() and turns < PATIENCE:
        turns += 1
        await employee.answer()
    return turns


async def conversations(exchange):
    """Each employee, and how many times the bot had to ask."""
    catalogue, turns = exchange.desk.catalogue, []
    for language in LANGUAGES:
        words = tomllib.loads((ANSWERS / f"{language}.toml").read_text("utf-8"))
        labels = {
            catalogue.label(name, language, category): name
            for name in catalogue.fields
            for category in catalogue.categories
        }
        firsts = first_messages(language)[:A_LANGUAGE]
        for first, style in zip(firsts, cycle(STYLES), strict=False):
            person = len(turns) + 1
            employee = Employee(person, language, style, first["category"], exchange)
            employee.labels, employee.words = labels, words
            turns.append((employee, await converse(employee, first["text"])))
    return turns


def is_taken(ticket, employee, name):
    """Whether what was said under a question is what the ticket has.

    Who doesn't know declines, and so does who says that there is none: “no error shown”.
    """
    said, kept = employee.told[name].casefold(), ticket.answers.get(name, "").casefold()
    if said in (employee.words["unknown"], employee.words["error"][-1]):
        return name in ticket.declined
    is_copied = employee.exchange.desk.catalogue.fields[name].type in COPIED
    return kept in said or said in kept if kept and is_copied else bool(kept)


async def test_one_question_is_enough_for_two_hundred_conversations(sqlite_url, tmp_path):
    desk = await build_desk(Settings(folder=tmp_path / "var", database=sqlite_url))
    try:
        exchange = Exchange(desk, Screens())
        talks = await conversations(exchange)
        tickets = [await desk.listing.ticket(1001 + at) for at in range(len(talks))]
    finally:
        await desk.close()
    turns = [count for _, count in talks]
    share = sum(ticket.is_complete for ticket in tickets) / len(tickets)
    taken = [
        is_taken(ticket, employee, name)
        for ticket, (employee, _) in zip(tickets, talks, strict=True)
        for name in employee.told
        if name != "category"
    ]
    middle, late, right = median(turns), quantiles(turns, n=20)[-1], sum(taken) / len(taken)
    figures = f"median {middle}, p95 {late}, complete {share:.1%}, answers taken {right:.1%}"
    sys.stdout.write(f"{len(talks)} conversations: {figures}\n")
    assert len({ticket.person_id for ticket in tickets}) == len(LANGUAGES) * A_LANGUAGE
    assert middle == 1
    assert late <= 2
    assert share >= 0.95
    assert right >= 0.95
