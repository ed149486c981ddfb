"""Whether a message tells of another trouble than the tickets that are open.

Surely: then it becomes a ticket of its own. Perhaps: then the person is asked. How often either is
wrong is measured over the corpus (docs/understanding.md). What the message tells by itself is left
to `comparisons`, which of the open tickets it belongs to to `matching`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from intake.filling import fill_reply, late, settled
from intake.forms import CATEGORY, Forms, numbers
from intake.matching import told_by
from intake.messages import Message
from intake.placing.apartness import IDENTIFIERS, stands_apart
from intake.placing.comparisons import TELLING, Another, Comparison
from intake.placing.other_machines import is_of_another, leading, may_be_led_away
from intake.replies.corrections import BY_TYPE, correct
from intake.replies.missing_labels import lacks_label
from intake.signs.second_troubles import SAYING, opens_besides
from intake.signs.things import (
    is_other_machine,
    machines,
    names_thing,
    takes_one_for_another,
    telling_words,
    tells,
    words_of,
)
from intake.tickets import Ticket
from intake.understanding import Reader, Understanding
from intake.understanding.fields import ACCOUNT, APPROVER, ITEM, LOCATION, SYMPTOM, TRIED
from intake.understanding.reading import Reading

NO_TROUBLE = (LOCATION, ACCOUNT, APPROVER)  # names, not sentences
SURELY = (*IDENTIFIERS, TRIED)  # what says one of these anew is no trouble
FEW_VALUES = 2  # said before a trouble, they answer a card
LONG = 30  # words, as people dictate a reply


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
        own = Comparison(here=here, message=message, reading=reading, understood=understood)
        if any(_asks_category(ticket) for ticket in here) or not (own.is_trouble and own.is_told):
            is_bare = own.is_bare_name_of_other and not own.is_told
            return Another.PERHAPS if is_bare else Another.NO
        if takes_one_for_another(reading) or self._lacks_label(own):
            return Another.NO
        return Another.SURELY if own.is_called_another else self._compare(own)

    def _lacks_label(self, own: Comparison) -> bool:
        """“There is no label” where a card asks for it, and no printer of labels fails."""
        return any(lacks_label(own.reading, one.asked) for one in self._asking(own.here))

    def _compare(self, own: Comparison) -> Another:
        is_led = self._leads_with_another(own)
        likely = Another.PERHAPS if is_led else self._likely(own)
        is_theirs = likely is Another.NO or self._is_of_theirs(own)
        if is_theirs or self._begins_with_answers(own):
            return Another.NO
        if is_led or own.stands_plainly_apart:
            return Another.PERHAPS  # whatever it answers, it says of another machine or floor
        return self._beside_answers(own, likely)

    def _beside_answers(self, own: Comparison, likely: Another) -> Another:
        """How likely it is another one by what of their cards it settles."""
        trouble = Told(
            symptom=own.understood.answers.get(SYMPTOM, ""),
            words=frozenset() if own.is_of_ours else telling_words(own.reading, own.understood),
        )
        answered = [
            (self._answered(ticket, own.message, trouble), set(ticket.asked))
            for ticket in self._asking(own.alike or own.here)
        ]
        told = set(TELLING.intersection(own.understood.answers))
        if (own.is_aside or not told) and any(settles for settles, _ in answered):
            return Another.NO
        is_asked = any(_may_answer(told, *each, is_plain=own.is_plain) for each in answered)
        return _weighed(answered, is_sure=likely is Another.SURELY and not is_asked)

    def _likely(self, own: Comparison) -> Another:
        """Of tickets about the same it is another one only where each names something else."""
        if not own.alike:
            return own.of_another()
        named_ones = machines(own.reading) if own.tells else frozenset[str]()
        is_apart = all(
            stands_apart(ticket, own.message, own.understood.answers)
            or (named_ones and is_other_machine(named_ones, self._machines(ticket, own.message)))
            for ticket in own.alike
        )
        return Another.PERHAPS if is_apart else Another.NO

    def _machines(self, ticket: Ticket, message: Message) -> frozenset[str]:
        return machines(self._known(ticket, message))

    def _leads_with_another(self, own: Comparison) -> bool:
        """“The label printer prints blanks”, where a scanner jams."""
        if not own.alike or not all(map(may_be_led_away, own.alike)):
            return False
        theirs = leading(own.reading, own.understood)
        return bool(theirs) and all(
            is_of_another(theirs, self._known(one, own.message), own.reading, own.understood)
            for one in own.alike
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

    def _is_of_theirs(self, own: Comparison) -> bool:
        takes_back = bool(own.reading.hits.get("speech.correction"))
        is_set_apart = (self._is_set_apart(own, ticket) for ticket in self._asking(own.here))
        return takes_back or any(is_set_apart) or self._corrects(own.here, own.message)

    def _is_set_apart(self, own: Comparison, ticket: Ticket) -> bool:
        """Whether it answers by the numbers or labels of a card: troubles are listed too."""
        asked = self.reader.asked(own.reading, ticket.asked, ticket.category, numbers(ticket))
        if not asked.is_explicit:
            return False
        told = settled(self.forms, self.reader, ticket, own.message)
        parts = range(len(asked.parts))
        return any(name in told for at in parts for name in asked.fields_of(at))

    def _begins_with_answers(self, own: Comparison) -> bool:
        """Whether a card is answered before any trouble of another thing is told.

        Who dictates a long reply names this and that: the printer driver, a colleague's mail.
        """
        if len(own.reading.tokens) < LONG:
            return False
        head = replace(own.message, text=own.message.text[: own.first_of_another()])
        return any(self._values(ticket, head) >= FEW_VALUES for ticket in self._asking(own.here))

    def _values(self, ticket: Ticket, message: Message) -> int:
        """How much it tells, asked or not; words alone would do for anything."""
        _, changes = fill_reply(self.forms, self.reader, ticket, message)
        names = [change.field for change in changes if change.after]
        fields = self.reader.catalogue.fields
        return sum(fields[name].type != "text" for name in names if name in fields)

    def _corrects(self, here: Sequence[Ticket], message: Message) -> bool:
        """Whether it says a number, login or moment of theirs anew: words may be anybody's."""
        fields = self.reader.catalogue.fields
        changes = [c for one in here for c in correct(self.reader, one, message).changes]
        names = {change.field for change in changes}
        return any(name in SURELY or fields[name].type in BY_TYPE for name in names)

    def _asking(self, here: Sequence[Ticket]) -> Iterator[Ticket]:
        """Each that takes answers, with those that it would take."""
        for ticket in here:
            asking = ticket if ticket.asked else late(self.forms, ticket)
            if asking is not None and asking.asked:
                yield asking


def _may_answer(told: set[str], own: set[str], asked: set[str], *, is_plain: bool) -> bool:
    """Whether the trouble or thing that it tells is what the card asks for.

    A plain trouble of another thing alone is not; a wished thing may be of any kind.
    """
    return told <= asked and (not is_plain or ITEM in asked or len(own) > 1)


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
