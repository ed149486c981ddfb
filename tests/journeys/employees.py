"""An employee with a trouble: reads what the desk asks, and answers in a manner of their own.

They see only what is drawn on their phones or stands in their mailboxes. What they say is kept,
so that the ticket can be compared with it. Of the product they know the catalogue's file, as an
administrator would read it.
"""

import json
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from tests.journeys.doors import DOORS, fill_form

ROOT = Path(__file__).parents[2]
WORDS = Path(__file__).parent / "conversations"
CORPUS = ROOT / "tests" / "intake" / "corpus"
CATALOGUE = tomllib.loads((ROOT / "intake" / "catalogue.toml").read_text("utf-8"))
LANGUAGES = ("uk", "en", "sk", "el", "it")
STYLES = ("numbered", "lines", "form", "sentence", "taps", "photo", "partly")
OPENS_WITH = ("report", "request", "question")
COPIED = ("code", "text")  # what the ticket has of these stands in the words as it is
CARD = re.compile(r"#(\d+)")
QUESTION = re.compile(r"^(\d)\. (.+)$", re.MULTILINE)
# What the phrases of `conversations/` mean, in their order.
CHOSEN = {
    "os": ("windows-11", "windows-10", "windows-10"),
    "urgency": ("blocked", "degraded", "minor"),
    "phone_service": ("landline", "mobile", "softphone"),
    "connection": ("wifi", "cable", "vpn"),
    "scope": ("me", "team", "site"),
}
DECLINES = 7  # every seventh answer is that nobody knows


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: its words (None: not known), what they mean where it is a choice."""

    words: str | None
    at: int = -1  # the place among the phrases of conversations/


@dataclass
class Employee:
    nth: int
    language: str
    style: str
    first: dict  # of the corpus
    door: object
    phrases: dict
    answers: dict = field(default_factory=dict)  # field: what was said of it last
    pictures: int = 0
    forms: int = 0
    acts: int = 0  # times that the desk asked and the person did something
    number: str = ""  # of the ticket, as the first card has it

    @property
    def kinds(self):
        """By which conversations are counted."""
        return (self.language, self.door.channel, self.style)

    def begin(self):
        self.door.write(self.first["text"])

    @property
    def questions(self):
        """Number and field of each question on the screen."""
        found = QUESTION.findall(self.door.words)
        return [(number, self._field_of(label)) for number, label in found]

    def _field_of(self, label):
        """Where there is little room the hint stands on the same line."""
        labels = LABELS[self.language]
        shown = label if label in labels else label.partition(" (")[0]
        return labels.get(shown, "category")

    @property
    def is_asked(self):
        self.number = self.number or CARD.match(self.door.words).group(1)
        return bool(self.questions or self._way_back)

    @property
    def _way_back(self):
        """The tap for an answer that was taken for another trouble."""
        return next((tap for tap in self.door.moves if tap.endswith(f"|{self.number}")), "")

    async def act(self):
        """What is done until the desk speaks again."""
        self.acts += 1
        if self._way_back:
            self.door.tap(self._way_back)
            return
        names = [name for _, name in self.questions]
        is_open = names and names != ["category"]
        if self.style == "form" and is_open and self.door.link:
            await self._fill_form(names)
        elif self.style != "taps" or not self._tap():
            self._write()

    async def _fill_form(self, names):
        shows = "error" in names and self.nth % 2 == 0
        answers = {name: self._typed(name) for name in names if not (shows and name == "error")}
        if shows:
            self.answers["error"] = SHOWN
        link, self.forms = self.door.link, self.forms + 1
        self.door.turn_away()
        await fill_form(link, answers, shows=shows)

    def _typed(self, name):
        """In a form a choice is picked, all else is typed."""
        if CATALOGUE["field"][name]["type"] != "choice":
            return self._say(name).words
        said = self._say(name, only_ours=True)
        return None if said.words is None else CHOSEN[name][said.at]

    def _tap(self):
        """Where a card changes in place all its choices, else one: then the desk speaks."""
        offered = {}
        for tap in self.door.taps:
            verb, _, name = [*tap.split("|"), "", ""][:3]
            if verb == "set":
                offered.setdefault(name, []).append(tap)
        asked = [name for _, name in self.questions if name in offered]
        for name in asked if self.door.taps_at_once else asked[:1]:
            tap = offered[name][self.nth % len(offered[name])]
            self.answers[name] = tap.split("|")[3]
            self.door.tap(tap)
        rest = [one for one in self.questions if one[1] not in offered]
        if self.door.taps_at_once and asked and rest:
            self._number(rest)
        return bool(asked)

    def _write(self):
        questions = self.questions
        if self.style == "partly" and self.acts == 1 and len(questions) > 2:
            questions = questions[: len(questions) // 2]
        if self.style == "photo" and not self.pictures:
            self._show(questions)
        elif self.style in ("lines", "sentence"):
            said = [self._words(name) for _, name in questions]
            self.door.write({"lines": "\n", "sentence": ", "}[self.style].join(said))
        else:
            self._number(questions)

    def _show(self, questions):
        """A photo of the error instead of its words, or of whatever it is about."""
        self.pictures += 1
        if "error" in [name for _, name in questions]:
            self.answers["error"] = SHOWN
        self.door.show(self._numbered([one for one in questions if one[1] != "error"]))

    def _number(self, questions):
        self.door.write(self._numbered(questions))

    def _numbered(self, questions):
        return "\n".join(f"{number}. {self._words(name)}" for number, name in questions)

    def _words(self, name):
        words = self._say(name).words
        return self.phrases["unknown"] if words is None else words

    def _say(self, name, *, only_ours=False):
        if name == "category":
            label = CATALOGUE["category"][self.first["category"]]["label"][self.language]
            return Said(label)
        at = self.nth + len(name)
        pool = self.phrases[name][: len(CHOSEN[name])] if only_ours else self.phrases[name]
        said = Said(None) if at % DECLINES == 0 else Said(pool[at % len(pool)], at % len(pool))
        self.answers[name] = said
        return said


SHOWN = "a picture"


def _labels(language):
    """Every label that a question may have, and its field."""
    found = {}
    for name, about in CATALOGUE["field"].items():
        found[about["label"][language]] = name
        for category in CATALOGUE["category"].values():
            called = category.get("calls", {}).get(name, {})
            found |= {
                words: name for words in [called.get("label", called).get(language)] if words
            }
    return found


LABELS = {language: _labels(language) for language in LANGUAGES}


def read_jsonl(name):
    return map(json.loads, (CORPUS / f"{name}.jsonl").read_text("utf-8").splitlines())


def first_messages(language, count):
    """In turn one that words and rules were tuned for and one that nobody has read."""
    of_both = [
        [
            row
            for row in read_jsonl(name)
            if (row["kind"], row["lang"]) == ("first", language) and row["intent"] in OPENS_WITH
        ]
        for name in ("dev", "exam")
    ]
    return [row for pair in zip(*of_both, strict=False) for row in pair][:count]


def phrases(language):
    """Ours, and behind them true answers that no model was trained on."""
    words = tomllib.loads((WORDS / f"{language}.toml").read_text("utf-8"))
    for row in read_jsonl("pieces"):
        if row["lang"] == language and row["field"] in words and not row["is_lesson"]:
            words[row["field"]] = [*words[row["field"]], row["text"]]
    return words


def employees(worlds, people, count):
    """`count` in each language; doors and manners come in turn, so that all of them meet."""
    found, channels = [], list(DOORS)
    for language in LANGUAGES:
        words = phrases(language)
        for at, first in enumerate(first_messages(language, count)):
            nth = len(found)
            person, channel = people[nth], channels[at % len(channels)]
            is_shown = at % 2 and "error" in CATALOGUE["category"][first["category"]]["ask"]
            style = "photo" if is_shown else STYLES[at % len(STYLES)]
            door = DOORS[channel](worlds[(nth + 1) % len(worlds)], person)
            found.append(Employee(nth + 1, language, style, first, door, words))
    return found
