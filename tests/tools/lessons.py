"""Labelled messages as lessons: the right answer to each question that the model is asked.

A text in the label is found again in the message, so that its words can be tagged.
"""

import json
import re
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from intake.catalogue import Catalogue
from intake.understanding import moments, questions
from intake.understanding.asked import Asked
from intake.understanding.counting import uncounted
from intake.understanding.evidence import Evidence
from intake.understanding.model import OUTSIDE
from intake.understanding.phones import find_phones
from intake.understanding.questions import CHOICES, CLAUSES, NAMES
from intake.understanding.reader import Reader

JOINED, WHOM = " ; ", "scope"


@dataclass(frozen=True)
class Lesson:
    item: dict
    evidence: Evidence
    asked: Asked | None

    @property
    def gold(self):
        return self.item["gold"]

    @property
    def category(self):
        return self.item["category"]

    @property
    def is_first(self):
        return self.item["kind"] == "first"

    @property
    def is_whole(self):
        """Whether a hand wrote all of it: what is composed of few pieces tells less."""
        return not self.item.get("is_composed")

    @property
    def tells_fields(self):
        """Whether its fields are labelled too, and not only what it wants and is about."""
        return not self.item.get("is_gist")

    def words(self, question):
        named = questions.of_names(self.evidence, self.category, self.asked)
        return questions.of_clauses(self.evidence, named) if question == "clauses" else named

    def beside(self, features):
        """The features of the message, and what only one question asks."""
        return [*self.evidence.of_message, *features]

    def choice(self, field):
        return self.beside(questions.of_choice(self.evidence, field, self.category, self.asked))

    def as_if_filled(self):
        """The fields that have a value, less some: the model must not think that it sees all."""
        return [
            field for field in self.gold if zlib.crc32(f"{self.item['id']} {field}".encode()) % 4
        ]

    def tags(self, fields):
        tags = [OUTSIDE] * len(self.evidence)
        for field in fields:
            for words in self._spans(field):
                if words and all(tags[at] == OUTSIDE for at in words):
                    for at in words:
                        tags[at] = f"{'I' if at > words[0] else 'B'}-{field}"
        return tags

    def _spans(self, field):
        value = self.gold.get(field)
        if not value:
            return
        reading = self.evidence.reading
        if field in ("started", "deadline"):
            yield from self._moments(field, value)
        elif field == "phone":
            for phone in find_phones(reading.text, reading.language):
                if phone.number == value:
                    yield self.evidence.covered(phone.start, phone.end)
        else:
            for text in str(value).split(JOINED):
                place = _found(reading.text, text)
                if place:
                    yield self.evidence.covered(*place)

    def _moments(self, field, value):
        reading = self.evidence.reading
        for when in reading.moments:
            resolved = moments.resolve(when, reading.now, is_ahead=field == "deadline")
            if resolved[:10] == value[:10]:
                yield range(when.first, when.after)
                return


def _found(text, words):
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    match = re.search(pattern, text) or re.search(pattern, text, re.IGNORECASE)
    return match.span() if match else None


def read_items(paths):
    return [
        json.loads(line)
        for path in paths
        for line in Path(path).read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def lesson(reader: Reader, item) -> Lesson:
    now = datetime.fromisoformat(item["now"])
    language = reader.language_of(item["text"], item["lang"])
    whole = reader.read(item["text"], language=language, now=now)
    if item["kind"] == "answer":
        asked = reader.asked(whole, item["asked"], item["category"])
        return Lesson(item, asked.evidence, asked)
    return Lesson(item, Evidence(uncounted(whole)), None)


def allowed(catalogue: Catalogue, category):
    own = catalogue.categories[category]
    return (*own.ask, *own.welcome)


def examples(catalogue, lessons):
    """For each question its lists of items and of right answers.

    What is composed tells which words are what, and, where it answers a card, what is chosen,
    but not whom it concerns, which a few words never tell; nothing of the whole message. What
    is labelled with no fields tells of the whole message alone.
    """
    whole = [own for own in lessons if own.is_whole]
    firsts = [own for own in whole if own.is_first]
    yield "intent", [([own.evidence.of_message], [own.item["intent"]]) for own in firsts]
    yield (
        "category",
        [
            ([own.beside(questions.of_category(own.item["intent"]))], [own.category])
            for own in firsts
            if own.category and own.category != "question"
        ],
    )
    labelled = [own for own in lessons if own.tells_fields]
    for name, fields in (("clauses", CLAUSES), ("names", NAMES)):
        marked = (own for own in labelled if own.category and len(own.evidence))
        yield name, [(own.words(name), own.tags(fields)) for own in marked]
    telling = [own for own in whole if own.category and own.tells_fields and len(own.evidence)]
    answering = [own for own in lessons if not (own.is_whole or own.is_first)]
    for field in CHOICES:
        yield (
            field,
            [
                (
                    [own.choice(field)],
                    [own.gold.get(field, OUTSIDE)],
                )
                for own in (*telling, *(answering if field != WHOM else ()))
                if field in allowed(catalogue, own.category)
            ],
        )
    yield (
        "decline",
        [
            (
                [questions.of_decline(own.asked, field, own.as_if_filled())],
                ["D" if field in own.item["declined"] else OUTSIDE],
            )
            for own in telling
            if own.asked
            for field in own.asked.fields
        ],
    )
