"""Whether a message tells of another trouble than the tickets that are open.

Surely: then it becomes a ticket of its own. Perhaps: then the person is asked. How often either is
wrong is measured over the corpus (docs/understanding.md). Which of the open tickets a message
belongs to is left to `matching`.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from intake.filling import fill_reply, late, settled
from intake.forms import CATEGORY, Forms, numbers
from intake.matching import telling, told_by
from intake.messages import Message
from intake.placing.apartness import IDENTIFIERS, stands_apart, stands_plainly_apart
from intake.placing.other_machines import is_of_another, leading, may_be_led_away
from intake.replies.corrections import BY_TYPE, correct
from intake.replies.questions_back import without_questions
from intake.signs.second_troubles import SAYING, SURE, TROUBLES, opens_besides, says_another
from intake.signs.things import (
    NAMES,
    is_other_machine,
    machines,
    named,
    names_other,
    names_thing,
    says_too,
    takes_one_for_another,
    telling_words,
    tells,
    troubles_other,
    words_of,
)
from intake.signs.withdrawing import calls_off
from intake.tickets import Status, Ticket
from intake.understanding import Reader, Understanding
from intake.understanding.chasing import TOPICS
from intake.understanding.intents import QUESTION
from intake.understanding.reading import Reading

TELLING = frozenset({"symptom", "item", "system"})  # a bare label or "no" tells of no trouble
MOST_BESIDE = 2  # words beside a question of its own
NO_TROUBLE = ("location", "account", "approver")  # names, not sentences
SURELY = (*IDENTIFIERS, "tried")  # what says one of these anew is no trouble
SURE_ALL_THE_SAME = 0.8  # of what it is about, where it also names what a ticket is about
LONGEST_FRAGMENT = 5  # words that may be the rest of a sentence: "for video calls"
FEW_VALUES = 2  # said before a trouble, they answer a card
LEADING = ("speech.article", "speech.answer_lead")
LONG = 30  # words, as people dictate a reply
LEADS = ("place.before", "cue.application", "speech.purpose")
SHOWN = "concept.message_shown"  # "it says": what a display says of another thing


class Another(Enum):
    NO = "no"
    PERHAPS = "perhaps"
    SURELY = "surely"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The trouble of a message, and the words of it that are an answer to nothing."""

    symptom: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Troubles:
    """Compares what a message says with the tickets of its chat."""

    forms: Forms
    reader: Reader

    def tell(self, here: Sequence[Ticket], message: Message, understood: Understanding) -> Another:
        """What speaks for a trouble of its own: it is told, about something else, no answer."""
        reading = self.reader.hear_in(understood.language, message)
        is_wish = understood.intent in TROUBLES or calls_off(reading)
        is_apart = is_wish or _asks(message, reading, understood)
        is_trouble = is_apart and understood.category is not None
        if any(_asks_category(ticket) for ticket in here) or not (
            is_trouble and _is_told(reading, understood)
        ):
            is_bare = _is_bare_name_of_other(here, reading, understood)
            is_bare = is_bare and not _is_told(reading, understood)
            return Another.PERHAPS if is_bare else Another.NO
        if takes_one_for_another(reading):
            return Another.NO
        if _is_called_another(message, reading, understood):
            return Another.SURELY
        return self._compare(here, message, reading, understood)

    def _compare(
        self,
        here: Sequence[Ticket],
        message: Message,
        reading: Reading,
        understood: Understanding,
    ) -> Another:
        alike = [ticket for ticket in here if ticket.category == understood.category]
        is_led = self._leads_with_another(alike, message, reading, understood)
        likely = self._of_a_kind(alike, message, reading, understood) or _of_another(
            here, reading, understood
        )
        likely = Another.PERHAPS if is_led else likely
        if likely is Another.NO or self._is_of_theirs(here, message, reading):
            return Another.NO
        if self._begins_with_answers(here, message, reading, understood):
            return Another.NO
        asking = list(self._asking(alike or here))
        plainly = (stands_plainly_apart(ticket, message, understood.answers) for ticket in alike)
        if is_led or (alike and all(plainly)):
            return Another.PERHAPS  # whatever it answers, it says of another machine or floor
        ours = {one.category for one in here}
        is_aside = not alike and not troubles_other(reading, understood, ours)
        is_theirs = bool(named(reading, understood) & ours) or SHOWN in reading.hits
        trouble = Told(
            symptom=understood.answers.get("symptom", ""),
            words=frozenset() if is_theirs else telling_words(reading, understood),
        )
        answered = [
            (self._answered(ticket, message, trouble), set(ticket.asked)) for ticket in asking
        ]
        told = set(TELLING.intersection(understood.answers))
        if (is_aside or not told) and any(own for own, _ in answered):
            return Another.NO
        is_plain = understood.category_confidence >= SURE_ALL_THE_SAME
        is_asked = any(_may_answer(told, own, asked, is_plain=is_plain) for own, asked in answered)
        return _weighed(answered, is_sure=likely is Another.SURELY and not is_asked)

    def _of_a_kind(
        self,
        alike: Sequence[Ticket],
        message: Message,
        reading: Reading,
        understood: Understanding,
    ) -> Another | None:
        """Of the tickets about the same: another only where each names something else."""
        if not alike:
            return None
        named_ones = machines(reading) if _tells(reading) else frozenset[str]()
        is_apart = all(
            stands_apart(ticket, message, understood.answers)
            or (named_ones and is_other_machine(named_ones, self._machines(ticket, message)))
            for ticket in alike
        )
        return Another.PERHAPS if is_apart else Another.NO

    def _machines(self, ticket: Ticket, message: Message) -> frozenset[str]:
        return machines(self._known(ticket, message))

    def _leads_with_another(
        self,
        alike: Sequence[Ticket],
        message: Message,
        reading: Reading,
        understood: Understanding,
    ) -> bool:
        """“The label printer prints blanks”, where a scanner jams."""
        if not alike or not all(map(may_be_led_away, alike)):
            return False
        theirs = leading(reading, understood)
        return bool(theirs) and all(
            is_of_another(theirs, self._known(ticket, message), reading, understood)
            for ticket in alike
        )

    def _known(self, ticket: Ticket, message: Message) -> Reading:
        words, now = told_by(ticket), message.sent_at
        return self.reader.read(words, language=ticket.language, now=now)

    def tells_more(self, ticket: Ticket, message: Message) -> bool:
        """Whether somebody should hear of it: a thing with its trouble, or one more besides."""
        reading = self.reader.hear(message, ticket.language)
        is_told = tells(reading) or opens_besides(message.text)
        return is_told and names_thing(reading)

    def _answered(self, ticket: Ticket, message: Message, told: Told) -> set[str]:
        """What of the asked it settles.

        Who tells a trouble has named no place by it, and has answered no text by it alone.
        """
        own = {
            name: value
            for name, value in settled(self.forms, self.reader, ticket, message).items()
            if name not in NO_TROUBLE or not _is_most_of(value, told.symptom)
        }
        is_trouble_alone = all(
            self._takes_any_words(name) and told.words & words_of(value)
            for name, value in own.items()
        )
        return set() if is_trouble_alone else set(own)

    def _takes_any_words(self, name: str) -> bool:
        return self.reader.catalogue.fields[name].type == "text" and name not in SAYING

    def _is_of_theirs(self, here: Sequence[Ticket], message: Message, reading: Reading) -> bool:
        takes_back = bool(reading.hits.get("speech.correction"))
        is_set_apart = (self._is_set_apart(one, message, reading) for one in self._asking(here))
        return takes_back or any(is_set_apart) or self._corrects(here, message)

    def _is_set_apart(self, ticket: Ticket, message: Message, reading: Reading) -> bool:
        """Whether it answers by the numbers or labels of a card: troubles are listed too."""
        asked = self.reader.asked(reading, ticket.asked, ticket.category, numbers(ticket))
        if not asked.is_explicit:
            return False
        own = settled(self.forms, self.reader, ticket, message)
        parts = range(len(asked.parts))
        return any(name in own for at in parts for name in asked.fields_of(at))

    def _begins_with_answers(
        self,
        here: Sequence[Ticket],
        message: Message,
        reading: Reading,
        understood: Understanding,
    ) -> bool:
        """Whether a card is answered before any trouble of another thing is told.

        Who dictates a long reply names this and that: the printer driver, a colleague's mail.
        """
        if len(reading.tokens) < LONG:
            return False
        ours = {ticket.category for ticket in here}
        begin = _first_of_another(reading, understood, ours)
        head = replace(message, text=message.text[:begin])
        return any(self._values(ticket, head) >= FEW_VALUES for ticket in self._asking(here))

    def _values(self, ticket: Ticket, message: Message) -> int:
        """How much it tells, asked or not; words alone would do for anything."""
        _, changes = fill_reply(self.forms, self.reader, ticket, message)
        names = [change.what.partition(":")[2] for change in changes if change.after]
        fields = self.reader.catalogue.fields
        return sum(fields[name].type != "text" for name in names if name in fields)

    def _corrects(self, here: Sequence[Ticket], message: Message) -> bool:
        """Whether it says a number, login or moment of theirs anew: words may be anybody's."""
        fields = self.reader.catalogue.fields
        changes = [c for one in here for c in correct(self.reader, one, message).changes]
        names = {change.what.partition(":")[2] for change in changes}
        return any(name in SURELY or fields[name].type in BY_TYPE for name in names)

    def _asking(self, here: Sequence[Ticket]) -> Iterator[Ticket]:
        """Each that takes answers, with those that it would take."""
        for ticket in here:
            asking = ticket if ticket.asked else late(self.forms, ticket)
            if asking is not None and asking.asked:
                yield asking


def _is_told(reading: Reading, understood: Understanding) -> bool:
    """Whether a trouble is; what its words alone don't say takes longer to find."""
    return _tells(reading) or says_too(reading) or bool(TELLING & understood.answers.keys())


def _asks(message: Message, reading: Reading, understood: Understanding) -> bool:
    """A question of its own, which next to nothing stands beside: "by the way, how do I …?".

    "Which sticker?" and "did you get my message?" are of the ticket.
    """
    if understood.intent != QUESTION:
        return False
    beside = without_questions(message.text, understood.language)
    is_named = any(name in understood.answers for name in NAMES)
    is_whole = is_named or len(reading.tokens) > LONGEST_FRAGMENT
    return is_whole and len(beside.split()) <= MOST_BESIDE


def _is_called_another(message: Message, reading: Reading, understood: Understanding) -> bool:
    """Whether it says so in so many words, and then which trouble that is."""
    is_said = understood.category_confidence >= SURE and says_another(message.text)
    return is_said and bool(named(reading, understood))


def _of_another(here: Sequence[Ticket], reading: Reading, understood: Understanding) -> Another:
    """Of tickets about something else: whoever names no other thing goes on about theirs.

    A thing that none of them is about, with its trouble, needs no certainty about the category.
    """
    ours = {ticket.category for ticket in here}
    is_question = understood.intent == QUESTION
    if is_question and any(_names_same(ticket, understood) for ticket in here):
        return Another.NO
    is_said = is_question or _tells(reading) or len(reading.tokens) > LONGEST_FRAGMENT
    is_perhaps = says_too(reading) or _sounds_broken(reading, understood)
    if not (is_said or is_perhaps) or not names_other(reading, understood, ours):
        return Another.NO
    if not is_said:  # “monitor black”, “Outlook too”
        return Another.PERHAPS
    names_ours = bool(named(reading, understood) & ours)
    bar = SURE_ALL_THE_SAME if names_ours else 0.0 if _tells(reading) else SURE
    return Another.SURELY if understood.category_confidence >= bar else Another.PERHAPS


def _is_bare_name_of_other(
    here: Sequence[Ticket], reading: Reading, understood: Understanding
) -> bool:
    """“Wifi”, and no more, where no card waits for words and no ticket is about that."""
    if any(ticket.asked or ticket.status is Status.PENDING for ticket in here):
        return False
    names = [label for label in reading.hits if label.startswith(TOPICS)]
    is_bare = reading.says_only(reading.covered(names), LEADING)
    return is_bare and names_other(reading, understood, {one.category for one in here})


def _first_of_another(
    reading: Reading, understood: Understanding, ours: Collection[str | None]
) -> int:
    """Where the clause stands that first tells a trouble of a thing that is not ours."""
    for clause in reading.clauses:
        own = reading.within(clause)
        is_told = tells(own) and SHOWN not in own.hits
        if is_told and names_other(own, replace(understood, spans={}), ours):
            return clause.start
    return len(reading.text)


def _tells(reading: Reading) -> bool:
    """Whether it says what is wrong with a thing, or wanted of it."""
    return tells(reading) or calls_off(reading)


def _sounds_broken(reading: Reading, understood: Understanding) -> bool:
    """“Monitor black”; “for video calls” and “via wifi” go on with what was said before."""
    leads = reading.covered(LEADS) - reading.covered(("speech.filler", "speech.article"))
    return "symptom" in understood.answers and 0 not in leads


def _names_same(ticket: Ticket, understood: Understanding) -> bool:
    """Whether it speaks of the program that the ticket is about."""
    told = telling(told_by(ticket))
    names = [understood.answers[name] for name in NAMES if name in understood.answers]
    return any(telling(name) & told for name in names)


def _may_answer(told: set[str], own: set[str], asked: set[str], *, is_plain: bool) -> bool:
    """Whether the trouble or thing that it tells is what the card asks for.

    A plain trouble of another thing alone is not; a wished thing may be of any kind.
    """
    return told <= asked and (not is_plain or "item" in asked or len(own) > 1)


def _weighed(answered: Sequence[tuple[set[str], set[str]]], *, is_sure: bool) -> Another:
    """Whoever settles all that a card asks answers it; in doubt two things are enough."""
    if any(own == asked for own, asked in answered):
        return Another.NO
    if is_sure:
        return Another.SURELY
    return Another.NO if any(len(own) > 1 for own, _ in answered) else Another.PERHAPS


def _is_most_of(value: str, symptom: str) -> bool:
    return value in symptom and 2 * len(value) >= len(symptom)


def _asks_category(ticket: Ticket) -> bool:
    return ticket.category is None or ticket.asked == (CATEGORY,)
