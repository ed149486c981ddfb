"""Opens a ticket with a first message, or with one that turns out to be none of the open ones'.

Pure. Whether a message opens one is decided in `dialogue` and `moving`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from intake.decisions import CardStep, Decision
from intake.forms import Forms
from intake.headlines import is_wordless, preview_of, subject_of
from intake.matching import telling
from intake.mentions import mentioned
from intake.messages import AutomaticKind, Message, MessageKind
from intake.people import LANGUAGES, Person
from intake.pictures import opened_with_picture, shown_by
from intake.signs.second_troubles import first_of
from intake.signs.solving import REOPENS_WITHIN, goes_on
from intake.signs.things import names_other
from intake.situations import Situation
from intake.speech import Say, Traits
from intake.tickets import Change, Kind, NewTicket, Status, Ticket
from intake.understanding import Reader, Understanding
from intake.understanding.fields import ASSET, SYMPTOM
from intake.understanding.folding import plain
from intake.understanding.reading import Reading
from intake.understanding.values import JOIN
from intake.understanding.wordlists import CALLS, HELP

TOPIC = ("symptom", "item", "system")  # asked once it is known what they are of
WISHES = ("request", "question")  # of something else, even in the same words
FEW_WORDS = 4
SOON = timedelta(days=1)  # after a ticket was closed
MOST_CARDS, CARDS_WITHIN = 10, timedelta(hours=1)  # by mail, to one person
MOST_IN_DOUBT = 4  # the same, through a mailing list, or where a machine may have written


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What is known from the start, and its card."""

    forms: Forms
    reader: Reader
    traits: Mapping[str, Traits]

    def understand(self, situation: Situation, message: Message) -> Understanding:
        return self.reader.understand(
            words_of(message), hint_language=_hint(situation, message), now=message.sent_at
        )

    def open(
        self, situation: Situation, message: Message, understood: Understanding, now: datetime
    ) -> Decision:
        """The new ticket, whose number its row will give, and its card unless that may be a loop.

        What follows a closed ticket takes along what that was about.
        """
        person = speaking(situation, message, understood)
        understood, besides = first_of(self.reader, words_of(message), understood, message.sent_at)
        followed = self._followed(situation, message, understood)
        if followed and self._carries_on(followed, situation, message, understood):
            understood = _going_on(followed, understood)
        is_nameless = is_wordless(message)
        nameless = self.forms.word_for_unreadable(person.language) if is_nameless else ""
        new = NewTicket(
            person_id=person.id,
            requester=person.name,
            address=message.address,
            language=person.language,
            subject=nameless or subject_of(message),
            kind=Kind.INCIDENT,
            category=None,
            answers={},
            preview=nameless or preview_of(message),
            opened_at=now,
        )
        understood = _said_once(understood, message)
        new = opened_with_picture(self.forms, self._about(new, understood), message)
        may_answer = message.automatic.may_be_answered
        is_silent = not may_answer or self.is_flood(situation, message, now)
        return Decision(
            opens=new,
            changes=(Change(what="follows", after=str(followed.id)),) if followed else (),
            keeps_message=True,
            besides=besides,
            shows=shown_by(self.reader, new, message),
            card=CardStep.NONE if is_silent else CardStep.SHOW,
            says=apology(message),
            person=person if person != situation.person else None,
        )

    def at_last(self, ticket: Ticket, message: Message) -> Decision | None:
        """What a ticket is about that a mere wish or insult has opened: now it gets its card."""
        if ticket.category or ticket.card_id or ticket.first_response_at:
            return None
        understood = self.reader.understand(
            words_of(message), hint_language=ticket.language, now=message.sent_at
        )
        if understood.category is None:
            return None
        answers = self.forms.catalogue.known(understood.category, understood.answers)
        told, changes = self.forms.categorised(ticket, understood.category, answers)
        return Decision(
            ticket=replace(told, subject=subject_of(message)),
            changes=changes,
            keeps_message=True,
            card=CardStep.SHOW,
        )

    def _about(self, new: NewTicket, understood: Understanding) -> NewTicket:
        """What is said holds, whatever it will turn out to be about."""
        category = understood.category
        if category is None:
            said = understood.answers.items()
            return replace(new, answers={name: value for name, value in said if name not in TOPIC})
        kind = Kind(self.forms.catalogue.categories[category].kind)
        answers = self.forms.catalogue.known(category, understood.answers)
        return replace(new, kind=kind, category=category, answers=answers)

    def _followed(
        self, situation: Situation, message: Message, understood: Understanding
    ) -> Ticket | None:
        """The closed ticket that this goes on about: what it answers, else the last one."""
        answered, last = _answered(situation, message), situation.last_ticket
        if answered or last is None or last.status is not Status.CLOSED:
            return answered
        reading = self._read(message, understood)
        if understood.category is None and self._is_said_of(last, reading):
            return last
        is_late = message.sent_at - last.updated_at > REOPENS_WITHIN
        if understood.intent in WISHES or is_late or self.is_of_another(last, message, understood):
            return None
        is_same = understood.category is not None or goes_on(reading)
        return last if is_same else None

    def _is_said_of(self, last: Ticket, reading: Reading) -> bool:
        """“Help”, “ok. INV-20418”, soon after it was closed: of what else is not said."""
        if reading.now - last.updated_at > SOON or len(reading.tokens) > FEW_WORDS:
            return False
        is_number = any(shape.name == "label" for shape in reading.shapes)
        fields = self.forms.catalogue.fields_of(last.category)
        others = (self.reader.reread(reading, language) for language in LANGUAGES)
        is_call = reading.has_any(CALLS) or any(other.has_any((HELP,)) for other in others)
        return is_call or (is_number and ASSET in fields)

    def _carries_on(
        self, followed: Ticket, situation: Situation, message: Message, understood: Understanding
    ) -> bool:
        """“It's still jamming”; what was said there is shown to whoever said it alone."""
        is_own = followed.person_id == situation.person.id
        return is_own and self._names_no_other(followed, message, understood)

    def is_of_another(self, last: Ticket, message: Message, understood: Understanding) -> bool:
        """Whether it is about something else; who goes on and names nothing is about the same."""
        if understood.category == last.category:
            return self._is_told_anew(last, message, understood)
        if understood.category is None:
            return False
        is_same = self._names_no_other(last, message, understood)
        return not (is_same and goes_on(self._read(message, understood)))

    def _is_told_anew(self, last: Ticket, message: Message, understood: Understanding) -> bool:
        """Whether it names the thing and another trouble of it: “my laptop is slow”."""
        reading = self._read(message, understood)
        machines = (reading.says(hit.first, hit.after) for hit in reading.below("device"))
        things = frozenset[str]().union(*map(telling, machines))
        is_same = telling(message.words) & telling(last.answers.get(SYMPTOM, "")) - things
        is_told = bool(things) and SYMPTOM in understood.answers
        return is_told and not is_same and not goes_on(reading)

    def _names_no_other(self, last: Ticket, message: Message, understood: Understanding) -> bool:
        return not names_other(self._read(message, understood), understood, {last.category})

    def _read(self, message: Message, understood: Understanding) -> Reading:
        return self.reader.read(message.words, language=understood.language, now=message.sent_at)

    def is_flood(self, situation: Situation, message: Message, now: datetime) -> bool:
        """Whether one address gets so much mail from us that another machine may be answering.

        Or so many have written for the first time that somebody may be forging senders: our cards
        would flood people who have never heard of us.
        """
        traits = self.traits[message.address.channel]
        if not traits.is_threaded:
            return False
        is_anybody = situation.employee is None and not message.sender.is_proven
        if is_anybody and not situation.carded_at and traits.most_first_cards is not None:
            return situation.newcomers > traits.most_first_cards
        most = MOST_CARDS if message.automatic is AutomaticKind.NO else MOST_IN_DOUBT
        return sum(at > now - CARDS_WITHIN for at in situation.carded_at) >= most


def _going_on(followed: Ticket, understood: Understanding) -> Understanding:
    """About the same: “#1001 is still broken” says no more of it."""
    known = {name: value for name, value in followed.answers.items() if name == SYMPTOM}
    told = understood.answers.items()
    own = {n: v for n, v in told if n != SYMPTOM or str(followed.id) not in v}
    return replace(understood, category=followed.category, answers={**known, **own})


def _answered(situation: Situation, message: Message) -> Ticket | None:
    """The closed ticket that is pointed at."""
    if situation.known_entry is not None:  # a tap takes along what was said: that says it
        return None
    told = mentioned(situation.told_tickets, message.text)
    pointed = (situation.proven_ticket, situation.named_ticket, situation.claimed_ticket, told)
    closed = (ticket for ticket in pointed if ticket and ticket.status is Status.CLOSED)
    return next(closed, None)


def speaking(situation: Situation, message: Message, understood: Understanding) -> Person:
    """The person with the language of this message, and with the first name that anybody told.

    The platform's hint only counts at first.
    """
    person, sender = situation.person, message.sender
    language = understood.language if understood.is_language_sure else _hint(situation, message)
    is_named = bool(person.name) and person.name != sender.known_as
    return replace(
        person, language=language, name=person.name if is_named else sender.name or person.name
    )


def _hint(situation: Situation, message: Message) -> str:
    if situation.is_first_contact and message.sender.language in LANGUAGES:
        return message.sender.language
    if situation.is_first_contact and situation.employee is not None:
        return situation.employee.language or situation.person.language
    return situation.person.language


def words_of(message: Message) -> str:
    """What there is to understand: a mail's subject says as much as its first line.

    Unless it is the first line, which mail programs propose and people take over.
    """
    subject, words = plain(message.subject).rstrip(" .…"), message.words
    return words if plain(words).startswith(subject) else f"{message.subject}\n{words}"


def _said_once(understood: Understanding, message: Message) -> Understanding:
    """What happens as the text tells it, where a subject, which is the title, tells it too."""
    first, joint, rest = understood.answers.get(SYMPTOM, "").partition(JOIN)
    if not joint or first not in message.subject:
        return understood
    return replace(understood, answers={**understood.answers, SYMPTOM: rest})


def apology(message: Message) -> tuple[Say, ...]:
    is_foreign = message.kind is MessageKind.UNSUPPORTED and message.platform_kind != "sticker"
    return (Say(template="unsupported"),) if is_foreign else ()
