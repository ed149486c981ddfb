"""What a ticket still needs to be known, and the card that shows it and asks for it.

How an answer is read is left to `answers`, how a card is drawn to each channel.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from intake.catalogue import Catalogue
from intake.category_names import category_said
from intake.identity import Ways
from intake.memory import without_assumed
from intake.people import LANGUAGES, first_name
from intake.ports import FormLinks
from intake.sla import WorkingHours, due_at
from intake.speech import Card, Chip, Choice, Link, Question
from intake.tickets import ANSWER, Change, Kind, Status, Ticket
from intake.understanding.folding import plain
from intake.understanding.phrases import phrases, table
from intake.wording import Wording

MAX_QUESTIONS = 6
MAX_BUTTONS = 10  # of one question; longer lists are typed
CATEGORY = "category"  # asked like a field while it is unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """By when the first line answers."""

    within: timedelta
    hours: WorkingHours

    def due_at(self, ticket: Ticket) -> datetime:
        return due_at(ticket.created_at, self.within, self.hours)


# Buttons that say the same on every card; those of choices are read as answers.
WITH_WAYS = ("email",)  # channels whose cards show ways to others
TYPED = {
    "button_send": "send",
    "button_category": "recat",
    "button_correct": "correct",
    "button_keep": "keep",
    "button_solved": "solve",
    "button_withdrawn": "withdraw",
}


class Forms:
    """Cards of tickets, by the catalogue, in the ticket's language.

    `links` lead to form pages; a desk without a public address has none. `ways` lead to chats
    where the person may go on.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        wording: Wording,
        promise: Promise,
        links: FormLinks | None = None,
        ways: Ways | None = None,
    ) -> None:
        self.catalogue = catalogue
        self._wording = wording
        self._promise = promise
        self._links = links
        self._ways = ways

    def asked(
        self, category: str | None, answers: Mapping[str, str], declined: frozenset[str]
    ) -> tuple[str, ...]:
        """What is still missing, in the order it is asked, at most six."""
        if category is None:
            return (CATEGORY,)
        return self.catalogue.missing(category, answers, declined)[:MAX_QUESTIONS]

    def with_asked(self, ticket: Ticket, settled: Collection[str] = ()) -> Ticket:
        """The ticket with what is left to ask; complete when nothing is missing.

        An agent's card asks for its own fields alone, until each of them is `settled`.
        """
        missing = self.asked(ticket.category, ticket.answers, ticket.declined)
        asked, ask = missing, ticket.ask
        if ask is not None:
            asked = tuple(name for name in ticket.asked if name not in settled)
            ask = ask if asked else None
        numbered = _numbered(ticket.numbered, asked)
        return replace(ticket, asked=asked, ask=ask, is_complete=not missing, numbered=numbered)

    def categorised(
        self, ticket: Ticket, category: str, answers: Mapping[str, str]
    ) -> tuple[Ticket, tuple[Change, ...]]:
        """The ticket under another category, keeping every answer it has."""
        change = Change(what="category", before=ticket.category or "", after=category)
        kind = Kind(self.catalogue.categories[category].kind)
        told = without_assumed(ticket)
        kept = {**answers, **told.answers}
        moved = replace(
            told, category=category, kind=kind, answers=kept, ask=None, asked=(), numbered=()
        )
        return self.with_asked(moved), (change,)

    def confirmed(self, ticket: Ticket) -> Ticket:
        """The ticket that is asked what it is about, and is about what it was."""
        if ticket.ask is None:
            return self.with_asked(ticket)
        settled = {*ticket.answers, *ticket.declined}
        left = tuple(name for name in ticket.numbered if name not in settled)
        return replace(ticket, asked=left, ask=ticket.ask if left else None)

    def due(self, ticket: Ticket, now: datetime) -> str:
        """The promised moment in the requester's words."""
        return self._wording.moment(self._promise.due_at(ticket), ticket.language, now)

    def told_corrected(
        self, ticket: Ticket, changes: Iterable[Change]
    ) -> tuple[dict[str, str], ...]:
        """Of what took another value's place: label, old and new, in the requester's words."""
        language, show = ticket.language, self.catalogue.show
        return tuple(
            {
                "label": self.catalogue.label(change.field, language, ticket.category),
                "before": show(change.field, change.before, language),
                "after": show(change.field, change.after, language),
            }
            for change in changes
            if change.kind == ANSWER and change.field in ticket.answers
            if change.before and change.after
        )

    def word_for_file(self, language: str, *, is_photo: bool) -> str:
        """What stands as the answer where a file is the answer."""
        return self._wording.say("file_word", language, {"is_photo": is_photo})

    def word_for_unreadable(self, language: str) -> str:
        """What a ticket is called that begins with what no channel can show."""
        return self._wording.say("unreadable", language, {})

    def word_for_complaint(self, language: str) -> str:
        """What a ticket is called that begins with an insult: no list repeats that."""
        return self._wording.say("complaint", language, {})

    def card(self, ticket: Ticket, now: datetime) -> Card:
        """The card as the ticket stands: questions while `asked`, else the summary.

        Of what is over it is told that it is: nothing is asked, and no button stands in vain.
        """
        if not ticket.status.is_live:
            return self._ended(ticket)
        is_about_category = ticket.asked == (CATEGORY,)
        questions = self._questions(ticket)
        words = self._wording.parts(
            "card",
            ticket.language,
            {
                "number": ticket.id,
                "name": first_name(ticket.requester),
                "category": self._category(ticket),
                "due": self.due(ticket, now),
                "is_promised": self._is_promised(ticket, now),
                "is_summary": not questions,
                "subject": ticket.subject,
                "asks": ticket.ask,
                "assumes": bool(ticket.assumed) and ticket.ask is None,
                "asks_category": is_about_category,
                "questions": len(questions),
            },
        )
        return Card(
            heading=words["heading"],
            intro=words["intro"],
            known=() if ticket.ask else self._known(ticket),
            ask="" if is_about_category else words["ask"],
            questions=questions,
            closing=words["closing"],
            actions=self._actions(ticket),
            form=self._form(ticket, now),
            ways=self.ways(ticket, now) if ticket.address.channel in WITH_WAYS else (),
            signature=ticket.ask.agent if ticket.ask else "",
        )

    def _ended(self, ticket: Ticket) -> Card:
        template = "solved" if ticket.status is Status.SOLVED else "is_closed"
        values = {"number": ticket.id, "subject": ticket.subject}
        return Card(
            heading=f"#{ticket.id}",
            intro=self._wording.say(template, ticket.language, values),
            known=self._known(ticket),
        )

    def summary(self, ticket: Ticket, now: datetime) -> Card:
        """The card that asks for nothing any more."""
        return self.card(replace(ticket, asked=(), ask=None), now)

    def set_aside(self, ticket: Ticket, now: datetime) -> Card:
        """The card that another takes the place of: what it knew, and nothing to tap there."""
        summary = self.summary(ticket, now)
        return replace(summary, closing="", actions=(), form=None, ways=())

    def action_typed(self, ticket: Ticket, text: str) -> str:
        """The data of the tap whose words, in any language, were typed instead; "" if none."""
        verb = self._typed.get(_as_typed(text), "")
        category = "" if verb or ticket.asked == (CATEGORY,) else category_said(text)
        if category in self.catalogue.categories and category != ticket.category:
            return f"cat|{ticket.id}|{category}"
        return f"{verb}|{ticket.id}" if verb else ""

    @cached_property
    def _typed(self) -> Mapping[str, str]:
        labels = {
            _as_typed(self._wording.say(template, language, {})): verb
            for template, verb in TYPED.items()
            for language in LANGUAGES
        }
        return {**_typed_instead(), **labels}

    def farewell(self, ticket: Ticket, other: int) -> Card:
        """The card of a ticket whose one message belongs to another."""
        values = {"number": ticket.id, "other": other}
        return Card(
            heading=f"#{ticket.id}", intro=self._wording.say("farewell", ticket.language, values)
        )

    def promised(self, ticket: Ticket, language: str, now: datetime) -> str:
        """By when the first answer comes; "" once it has come, or is late."""
        if not self._is_promised(ticket, now):
            return ""
        return self._wording.moment(self._promise.due_at(ticket), language, now)

    def _is_promised(self, ticket: Ticket, now: datetime) -> bool:
        """Whether the first answer is still to come, and not late."""
        return ticket.first_response_at is None and now <= self._promise.due_at(ticket)

    def ways(self, ticket: Ticket, now: datetime) -> tuple[Link, ...]:
        """To other channels, each good for one linking."""
        return self._ways.ways(ticket, now) if self._ways is not None else ()

    def _form(self, ticket: Ticket, now: datetime) -> Link | None:
        if self._links is None:
            return None
        template = "button_form" if ticket.asked else "button_correct"
        label = self._wording.say(template, ticket.language, {})
        return self._links.link(ticket.id, label, now)

    def _category(self, ticket: Ticket) -> str:
        if ticket.category is None:
            return ""
        return self.catalogue.category_label(ticket.category, ticket.language)

    def _known(self, ticket: Ticket) -> tuple[Chip, ...]:
        language = ticket.language
        return tuple(
            Chip(
                label=self.catalogue.label(name, language, ticket.category),
                value=self._shown(ticket, name),
            )
            for name in ticket.answers
        )

    def _shown(self, ticket: Ticket, name: str) -> str:
        """What stands from an earlier ticket is a question: “still NB-0442?”."""
        value = self.catalogue.show(name, ticket.answers[name], ticket.language)
        if name not in ticket.assumed:
            return value
        return self._wording.say("still", ticket.language, {"value": value})

    def _questions(self, ticket: Ticket) -> tuple[Question, ...]:
        if ticket.asked == (CATEGORY,):
            return (self._category_question(ticket),)
        numbered = numbers(ticket)
        return tuple(
            Question(
                number=number,
                label=self.catalogue.label(name, ticket.language, ticket.category),
                hint=self.catalogue.hint(name, ticket.language, ticket.category),
                choices=self._choices(ticket, name),
                is_phone=self.catalogue.fields[name].type == "phone",
            )
            for number, name in enumerate(numbered, start=1)
            if name in ticket.asked
        )

    def _category_question(self, ticket: Ticket) -> Question:
        choices = tuple(
            Choice(
                label=self.catalogue.category_label(name, ticket.language),
                data=f"cat|{ticket.id}|{name}",
            )
            for name in self.catalogue.categories
        )
        label = self._wording.say("about", ticket.language, {})
        return Question(number=1, label=label, choices=choices)

    def _choices(self, ticket: Ticket, name: str) -> tuple[Choice, ...]:
        values = self.catalogue.fields[name].values
        return tuple(
            Choice(
                label=self.catalogue.says(name, value, ticket.language),
                data=f"set|{ticket.id}|{name}|{value}",
            )
            for value in values[:MAX_BUTTONS]
        )

    def _actions(self, ticket: Ticket) -> tuple[Choice, ...]:
        verbs = self._about_assumed(ticket) if ticket.ask is None else []
        if ticket.asked:
            verbs.append(("button_send", f"send|{ticket.id}", {}))
        elif self._links is None and ticket.answers:
            verbs.append(("button_correct", f"correct|{ticket.id}", {}))
        if ticket.asked != (CATEGORY,) and ticket.ask is None:
            verbs.append(("button_category", f"recat|{ticket.id}", {}))
        return tuple(
            Choice(label=self._wording.say(template, ticket.language, values), data=tap)
            for template, tap, values in verbs
        )

    def _about_assumed(self, ticket: Ticket) -> list[tuple[str, str, Mapping[str, str]]]:
        """One tap says that all of it is so, one each that something is not."""
        names = [name for name in ticket.answers if name in ticket.assumed]
        doubts = [
            (
                "button_doubt",
                f"doubt|{ticket.id}|{name}",
                {"field": self.catalogue.label(name, ticket.language, ticket.category)},
            )
            for name in names
        ]
        return [("button_keep", f"keep|{ticket.id}", {}), *doubts] if names else []


def askable(catalogue: Catalogue, ticket: Ticket) -> tuple[str, ...]:
    """What an agent may ask for: the fields of its category, or which one that is."""
    return catalogue.fields_of(ticket.category) or (CATEGORY,)


def _as_typed(label: str) -> str:
    return " ".join(re.findall(r"\w+", plain(label)))


def _typed_instead() -> dict[str, str]:
    """By the words the verb of the tap that they stand for."""
    return {
        _as_typed(phrase): verb for verb in table("typed") for phrase in phrases("typed", verb)
    }


def numbers(ticket: Ticket) -> tuple[str, ...]:
    """The fields in the order of their numbers, so that each keeps its own while others go.

    People look at the list that came first, whatever has been answered since.
    """
    return _numbered(ticket.numbered, ticket.asked)


def _numbered(before: tuple[str, ...], asked: tuple[str, ...]) -> tuple[str, ...]:
    is_same_card = any(name in before for name in asked) or not asked
    kept = before if is_same_card else ()
    return (*kept, *(name for name in asked if name not in kept))


def as_text(card: Card) -> str:
    """The card's words for the timeline, as an agent reads them."""
    known = [f"{chip.label}: {chip.value}" for chip in card.known]
    questions = [f"{question.number}. {question.label}" for question in card.questions]
    return "\n".join(line for line in [card.intro, *known, card.ask, *questions] if line)
