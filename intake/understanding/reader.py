"""Reads a message: its language, what it wants, what it is about, and the answers it gives.

Pure once constructed. Below the bar of certainty a field stays empty and is asked for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, lru_cache, partial
from typing import NamedTuple

from intake.catalogue import Catalogue
from intake.people import LANGUAGES
from intake.understanding import choices, contrasts, denied, plainly, questions
from intake.understanding.amended import amended, left_over
from intake.understanding.apart import told_apart
from intake.understanding.approval import with_approver
from intake.understanding.asked import Asked
from intake.understanding.callback import (
    called_back_on,
    find_callback,
    is_foreign,
    lone_number,
    without_contact,
)
from intake.understanding.choices import read_memory
from intake.understanding.counting import uncounted
from intake.understanding.evidence import Evidence
from intake.understanding.fields import APPROVER, ERROR, EXTENSION, PHONE, SCOPE, SYMPTOM, TRIED
from intake.understanding.intents import (
    ABUSE,
    QUESTION,
    SUBSTANTIAL,
    TELLING,
    names_topic,
    topic_of,
    wanted,
)
from intake.understanding.labelling import labels_of
from intake.understanding.language import Languages
from intake.understanding.layout import bounded, lay_out
from intake.understanding.lexicon import Hits, lexicon
from intake.understanding.model import OUTSIDE, Model, Span, Weighed, shipped
from intake.understanding.parts import Listed
from intake.understanding.place_spans import where_asked
from intake.understanding.reading import Reading, Said
from intake.understanding.understood import Deferred, Understanding
from intake.understanding.values import (
    Found,
    failed_since,
    plain_question,
    plain_trouble,
    tells_none,
    value_of,
    whole_names,
    without_lead,
    without_moment,
)

SURE_OF_CHOICE, SURE_OF_CATEGORY = 0.5, 0.3
PLAINLY, SURE_WITHOUT_WORD = {*questions.CHOICES} - {SCOPE}, 0.85  # of the field's lists
SURE_OF_VOLUNTEERED = 0.7  # in a reply, away from its place: below it lie slips alone
SURE_WITHOUT_TOPIC = 0.8  # of the few lessons below it that name none, all were misjudged
SURE_OF_WORDS = {SYMPTOM: 0.0, TRIED: 0.2}
SURE_OF_NAME = 0.25
SAID_BY = {APPROVER: "cue.approver"}  # without such a word a name is of somebody else
SURE_OF_DECLINE = 0.65
REMEMBERED = 8  # readings


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """What a message wants and is about, before it is read for the answers it gives."""

    language: str
    is_language_sure: bool
    intent: str
    category: str | None
    category_confidence: float  # 0 to 1
    likeliest: str  # category, by which fields are read; "" where there is none
    evidence: Evidence
    weighed: Weighed
    contact: str  # number to call back on, told beside what it is about


class Asking(NamedTuple):
    """What the model is asked about fields with."""

    evidence: Evidence
    category: str
    asked: Asked | None
    weighed: Weighed


class Sign(NamedTuple):
    """A word of a list: letters from the start of the message, and what the list is of."""

    start: int
    name: str  # "printer" of about.printer and of surely.printer


class Reader:
    """All word lists and the model at hand; then a function of text, hint and moment."""

    def __init__(
        self, catalogue: Catalogue, model: Model | None = None, *, country: str = ""
    ) -> None:
        """`country` is where the desk is (ISO 3166), for numbers that don't say theirs."""
        self.catalogue = catalogue
        self.country = country
        self._given = model
        self._language = lru_cache(maxsize=REMEMBERED)(partial(_detected, Languages.load()))
        self._labels = {name: labels_of(catalogue, name) for name in catalogue.categories}

    def __reduce__(self) -> tuple[object, ...]:
        """Handed to another process, it reads its lists and the model there."""
        return partial(Reader, country=self.country), (self.catalogue, self._given)

    @cached_property
    def model(self) -> Model:
        """Read when it is first asked: a process that only sends never does."""
        return self._given or shipped()

    def warm_up(self) -> None:
        """For whoever is about to read: the first message need not wait for it."""
        self.model  # noqa: B018 - is read by that
        for language in LANGUAGES:
            lexicon(language)

    def understand(self, text: str, *, hint_language: str, now: datetime) -> Understanding:
        return self.details(self.gist(text, hint_language=hint_language, now=now))

    def gist(self, text: str, *, hint_language: str, now: datetime) -> Gist:
        """The lesser half of the work: enough to see whether the rest is worth it."""
        return self.gist_of_part(text, self._language(text, hint_language), now)

    def gist_of_part(self, text: str, language_of_all: tuple[str, bool], now: datetime) -> Gist:
        """The same of some words of a message whose language, and whether it is sure, is known."""
        language, is_sure = language_of_all
        whole = uncounted(self.read(text, language=language, now=now))
        reading, contact = without_contact(whole)
        evidence = Evidence(reading)
        weighed = self.model.weigh(evidence)
        intent = wanted(self.model, evidence, weighed)
        likeliest, sure_of_category = self._likeliest(intent, weighed)
        is_sure_of_it = self._is_category(evidence, intent, likeliest, sure_of_category)
        return Gist(
            language=language,
            is_language_sure=is_sure,
            intent=intent,
            category=likeliest if is_sure_of_it else None,
            category_confidence=sure_of_category,
            likeliest=likeliest,
            evidence=evidence,
            weighed=weighed,
            contact=contact,
        )

    def details(self, gist: Gist) -> Understanding:
        """With the answers it gives, which are looked for once they are asked for."""
        found = Deferred(lambda: self._found(gist))
        return Understanding(
            language=gist.language,
            is_language_sure=gist.is_language_sure,
            intent=gist.intent,
            category=gist.category,
            category_confidence=gist.category_confidence,
            answers=Deferred(lambda: {name: value.value for name, value in found.items()}),
            spans=Deferred(
                lambda: {name: (own.start, own.end) for name, own in found.items() if own.end}
            ),
            confidence=Deferred(lambda: {name: own.confidence for name, own in found.items()}),
        )

    def _found(self, gist: Gist) -> Mapping[str, Found]:
        likeliest, reading = gist.likeliest, gist.evidence.reading
        found = self._fields(gist.evidence, likeliest, None, gist.weighed) if likeliest else {}
        if gist.category is not None:  # else what any may have a place for is kept
            found = self.catalogue.known(gist.category, found)
        elif gist.intent == ABUSE and tells_none(reading, found):
            found = {}
        contact = gist.contact or (called_back_on(reading) if gist.intent == "human" else "")
        return _called(found, contact) if contact and likeliest else found

    def _likeliest(self, intent: str, weighed: Weighed) -> tuple[str, float]:
        """Of the catalogue's categories, and how sure that is; "" for mere small talk.

        By it fields are read, also where it is too doubtful to be taken.
        """
        if intent == QUESTION and QUESTION in self.catalogue.categories:
            return QUESTION, 1.0
        if intent not in TELLING:
            return "", 0.0
        chosen, sure = self.model.choose("category", weighed, questions.of_category(intent))
        chosen = topic_of(intent, chosen)
        return (chosen if chosen in self.catalogue.categories else ""), sure

    @staticmethod
    def _is_category(evidence: Evidence, intent: str, chosen: str, sure: float) -> bool:
        is_told = intent == QUESTION or names_topic(evidence.reading, chosen)
        bar = SURE_OF_CATEGORY if is_told else SURE_WITHOUT_TOPIC
        return bool(chosen) and intent in SUBSTANTIAL and sure >= bar

    def fields(
        self, evidence: Evidence, category: str, asked: Asked | None = None
    ) -> dict[str, Found]:
        """Values of the fields that the category has a place for."""
        weighed = self.model.weigh(evidence)
        return self.catalogue.known(category, self._fields(evidence, category, asked, weighed))

    def _fields(
        self, evidence: Evidence, category: str, asked: Asked | None, weighed: Weighed
    ) -> dict[str, Found]:
        found = plainly.unmarked_too(evidence, self._marked(evidence, category, asked))
        found = plainly.page(evidence.reading) | found
        found = with_approver(evidence, found) | plainly.labelled_login(evidence.reading)
        found |= amended(evidence, found)
        if EXTENSION in (asked.fields if asked else ()) and EXTENSION not in found:
            found |= left_over(evidence)
        if asked is not None:
            found = plainly.answers(evidence, asked) | found
            found |= plainly.cut_apart(evidence, found)
            found |= plainly.things_in_lines(evidence, asked)
            found = without_lead(evidence.reading, found)
        found |= self._chosen(Asking(evidence, category, asked, weighed), found)
        self._add_numbers(evidence, category, found)
        return found

    def _chosen(self, asking: Asking, found: Mapping[str, Found]) -> dict[str, Found]:
        """Values of fields with a list of them, of which the model takes one for plain."""
        evidence, category, asked, weighed = asking
        reading = evidence.reading
        chosen = {}
        for name in self._choices(category):
            features = questions.of_choice(evidence, name, category, asked)
            value, sure = self.model.choose(name, weighed, features)
            is_volunteered = asked is not None and not asked.words_of(name)
            bar = SURE_OF_VOLUNTEERED if is_volunteered else SURE_OF_CHOICE
            is_sure = value != OUTSIDE and sure >= bar
            if is_sure and name in PLAINLY and not choices.is_named(reading, name, value):
                is_sure = sure >= SURE_WITHOUT_WORD and plainly.says_more(reading, found)
            is_sure = is_sure and not contrasts.is_of_two(reading, name, value)
            settled = denied.settled(reading, name, value if is_sure else "")
            if settled:
                chosen[name] = Found(settled, confidence=sure)
        return chosen

    def _marked(self, evidence: Evidence, category: str, asked: Asked | None) -> dict[str, Found]:
        """Values of the words that the model marks."""
        named = questions.of_names(evidence, category, asked)
        marked = self.model.mark(questions.of_clauses(evidence, named))
        hits = evidence.reading.hits
        sure = [_within_part(span, asked) for span in marked if _is_sure(span, hits)]
        sure = where_asked(evidence.reading, sure, asked)
        spans = whole_names([own for span in sure for own in told_apart(evidence.reading, span)])
        found = {}
        for name in dict.fromkeys(span.field for span in spans):
            value = value_of(evidence, name, [span for span in spans if span.field == name])
            if value is not None:
                found[name] = value
        if SYMPTOM not in found and _tells_trouble(asked, found):
            ask = plain_question if category == QUESTION else plain_trouble
            found |= ask(evidence, spans)
        found |= failed_since(evidence, found)
        found |= contrasts.trouble(evidence.reading, found)
        return found | without_moment(evidence, found)

    def said(self, reading: Reading, category: str) -> dict[str, str]:
        """The values alone, as of a first message; “shows an error” before one is no trouble."""
        found = without_lead(reading, self.fields(Evidence(reading), category))
        return {name: value.value for name, value in found.items()}

    def _choices(self, category: str) -> Iterator[str]:
        own = self.catalogue.categories[category]
        return (name for name in questions.CHOICES if name in own.ask or name in own.welcome)

    def _add_numbers(self, evidence: Evidence, category: str, found: dict[str, Found]) -> None:
        reading = evidence.reading
        phone = found.get(PHONE)
        if phone and is_foreign(reading.text, phone.start, reading.language):
            del found[PHONE]
        callback = find_callback(reading)
        if not callback and EXTENSION not in self.catalogue.fields_of(category):
            callback = lone_number(reading)
        for name, value in ((PHONE, callback), ("memory", read_memory(reading))):
            if value:
                found.setdefault(name, Found(value))

    def reread(self, reading: Reading, language: str) -> Reading:
        """The same words read as another language."""
        return reading.in_language(language)

    def hear(self, said: Said, hint: str) -> Reading:
        """A message in the language that it is found to be in."""
        return self.hear_in(self.language_of(said.text, hint), said)

    def hear_in(self, language: str, said: Said) -> Reading:
        return self.read(said.text, language=language, now=said.sent_at)

    def read_alone(self, text: str, beside: Reading) -> Reading:
        """Words of the same message as if they were a message of their own."""
        return self.read(text, language=beside.language, now=beside.now)

    def language_of(self, text: str, hint: str) -> str:
        return self._language(text, hint)[0]

    def read(self, text: str, *, language: str, now: datetime) -> Reading:
        return reading_of(text, language, now, self.country)

    def signs(
        self, labels: tuple[str, ...], text: str, *, language: str, now: datetime
    ) -> list[Sign]:
        """Where words of these lists, or of those below them, stand."""
        said = self.read(text, language=language, now=now)
        return [
            Sign(reading.tokens[hit.first].start, label.rpartition(".")[2])
            for reading in (said, said.signed)
            for label, hits in reading.hits.items()
            if label.startswith(labels)
            for hit in hits
        ]

    def asked(
        self,
        whole: Reading,
        fields: Sequence[str],
        category: str | None,
        numbered: Sequence[str] | None = None,
    ) -> Asked:
        """The reply to a card that asks these fields, read word by word."""
        return as_asked(whole, self.listed(fields, category, numbered))

    def listed(
        self, fields: Sequence[str], category: str | None, numbered: Sequence[str] | None = None
    ) -> Listed:
        """What a card asks that has these fields open and gave them these numbers, or in order."""
        return Listed(
            fields=tuple(fields),
            numbered=tuple(fields if numbered is None else numbered),
            labels=self._labels.get(category or "", {}),
        )

    def declined(self, asked: Asked, filled: Sequence[str]) -> frozenset[str]:
        """The asked fields that the reply says can't be told."""
        if not len(asked.evidence):
            return frozenset()
        return frozenset(name for name in asked.fields if self._is_declined(asked, name, filled))

    def _is_declined(self, asked: Asked, name: str, filled: Sequence[str]) -> bool:
        features = questions.of_decline(asked, name, filled)
        chosen, sure = self.model.choose("decline", 0, features)
        return chosen != OUTSIDE and sure >= SURE_OF_DECLINE


def _detected(languages: Languages, text: str, hint: str) -> tuple[str, bool]:
    return languages.detect(bounded(text), hint)


@lru_cache(maxsize=REMEMBERED)
def as_asked(whole: Reading, listed: Listed) -> Asked:
    """Of one card too: whose answer is it, and what does it say."""
    return Asked.of(whole, listed)


@lru_cache(maxsize=REMEMBERED)
def reading_of(text: str, language: str, now: datetime, country: str) -> Reading:
    """Of one message several things are asked: its words are looked up once."""
    layout = lay_out(bounded(text), language)
    return Reading(text=layout.body, language=language, now=now, layout=layout, country=country)


def _tells_trouble(asked: Asked | None, found: Mapping[str, Found]) -> bool:
    """Whether a trouble that nothing marks is looked for: what a screen says is what happens."""
    if asked is None:
        return True
    return SYMPTOM in asked.fields and ERROR in found and not asked.is_explicit


def _called(found: Mapping[str, Found], number: str) -> dict[str, Found]:
    """With the number on which to call, which is no line in trouble."""
    line = "".join(filter(str.isdigit, found[EXTENSION].value)) if EXTENSION in found else ""
    is_same = bool(line) and number.endswith(line[1:])
    kept = {name: value for name, value in found.items() if not (is_same and name == EXTENSION)}
    return {PHONE: Found(number), **kept}


def _within_part(span: Span, asked: Asked | None) -> Span:
    """An answer never reaches into the next."""
    if asked is None:
        return span
    first, after = asked.within_part(span.field, span.first, span.after)
    is_whole = (first, after) == (span.first, span.after)
    return span if is_whole else replace(span, first=first, after=after)


def _is_sure(span: Span, hits: Hits) -> bool:
    is_said = span.field not in SAID_BY or SAID_BY[span.field] in hits
    return is_said and span.confidence >= SURE_OF_WORDS.get(span.field, SURE_OF_NAME)
