"""A message beside the tickets that are open where it came: what it tells of things of its own.

Pure. What of it answers their cards, and what becomes of it, is left to `troubles`.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property

from intake.matching import telling, told_by
from intake.messages import Message
from intake.placing.apartness import stands_plainly_apart
from intake.replies.questions_back import without_questions
from intake.signs.second_troubles import SURE, TROUBLES, says_another
from intake.signs.things import NAMES, named, names_other, says_too, tells, troubles_other
from intake.signs.withdrawing import calls_off
from intake.tickets import Status, Ticket
from intake.understanding import Understanding
from intake.understanding.chasing import TOPICS
from intake.understanding.fields import ITEM, SYMPTOM, SYSTEM
from intake.understanding.intents import QUESTION
from intake.understanding.reading import Reading

TELLING = frozenset({SYMPTOM, ITEM, SYSTEM})  # a bare label or "no" tells of no trouble
MOST_BESIDE = 2  # words beside a question of its own
SURE_ALL_THE_SAME = 0.8  # of what it is about, where it also names what a ticket is about
LONGEST_FRAGMENT = 5  # words that may be the rest of a sentence: "for video calls"
LEADING = ("speech.article", "speech.answer_lead")
LEADS = ("place.before", "cue.application", "speech.purpose")
SHOWN = "concept.message_shown"  # "it says": what a display says of another thing


class Another(Enum):
    """Whether a message tells of another trouble."""

    NO = "no"
    PERHAPS = "perhaps"
    SURELY = "surely"


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The message, and the tickets that it may be about."""

    here: Sequence[Ticket]
    message: Message
    reading: Reading
    understood: Understanding

    @cached_property
    def alike(self) -> Sequence[Ticket]:
        """Those about the same."""
        return [ticket for ticket in self.here if ticket.category == self.understood.category]

    @cached_property
    def ours(self) -> Set[str | None]:
        """What the tickets are about."""
        return {ticket.category for ticket in self.here}

    @cached_property
    def tells(self) -> bool:
        """Whether it says what is wrong with a thing, or wanted of it."""
        return tells(self.reading) or calls_off(self.reading)

    @property
    def is_trouble(self) -> bool:
        """Whether it may be one of its own: a trouble, a wish, or a question beside all."""
        is_wish = self.understood.intent in TROUBLES or calls_off(self.reading)
        return (is_wish or self._asks()) and self.understood.category is not None

    @property
    def is_told(self) -> bool:
        """Whether a trouble is; what its words alone don't say takes longer to find."""
        is_said = self.tells or says_too(self.reading)
        return is_said or bool(TELLING & self.understood.answers.keys())

    def _asks(self) -> bool:
        """A question of its own, which next to nothing stands beside: "by the way, how do I …?".

        "Which sticker?" and "did you get my message?" are of the ticket.
        """
        if self.understood.intent != QUESTION:
            return False
        beside = without_questions(self.message.text, self.understood.language)
        is_named = any(name in self.understood.answers for name in NAMES)
        is_whole = is_named or len(self.reading.tokens) > LONGEST_FRAGMENT
        return is_whole and len(beside.split()) <= MOST_BESIDE

    @property
    def is_called_another(self) -> bool:
        """Whether it says so in so many words, and then which trouble that is."""
        is_said = self.understood.category_confidence >= SURE and says_another(self.message.text)
        return is_said and bool(named(self.reading, self.understood))

    @property
    def is_bare_name_of_other(self) -> bool:
        """“Wifi”, and no more, where no card waits for words and no ticket is about that."""
        if any(ticket.asked or ticket.status is Status.PENDING for ticket in self.here):
            return False
        names = [label for label in self.reading.hits if label.startswith(TOPICS)]
        is_bare = self.reading.says_only(self.reading.covered(names), LEADING)
        return is_bare and names_other(self.reading, self.understood, self.ours)

    @property
    def is_of_ours(self) -> bool:
        """Whether it names what a ticket is about, or only what a display says."""
        is_named = bool(named(self.reading, self.understood) & self.ours)
        return is_named or SHOWN in self.reading.hits

    @property
    def is_aside(self) -> bool:
        """Whether no ticket is about the same, and no thing of another kind is in trouble."""
        return not self.alike and not troubles_other(self.reading, self.understood, self.ours)

    @property
    def is_plain(self) -> bool:
        """Whether there is no doubt what it is about."""
        return self.understood.category_confidence >= SURE_ALL_THE_SAME

    @property
    def stands_plainly_apart(self) -> bool:
        """Whether it is about the same as some, and says another machine or floor than each."""
        return bool(self.alike) and all(
            stands_plainly_apart(ticket, self.message, self.understood.answers)
            for ticket in self.alike
        )

    def of_another(self) -> Another:
        """Of tickets about something else: whoever names no other thing goes on about theirs.

        A thing that none of them is about, with its trouble, need not surely be of its category.
        """
        is_question = self.understood.intent == QUESTION
        if is_question and any(map(self._names_same, self.here)):
            return Another.NO
        is_said = is_question or self.tells or len(self.reading.tokens) > LONGEST_FRAGMENT
        is_perhaps = is_said or says_too(self.reading) or self._sounds_broken()
        if not (is_perhaps and names_other(self.reading, self.understood, self.ours)):
            return Another.NO
        if not is_said:  # “monitor black”, “Outlook too”
            return Another.PERHAPS
        names_ours = bool(named(self.reading, self.understood) & self.ours)
        bar = SURE_ALL_THE_SAME if names_ours else 0.0 if self.tells else SURE
        return Another.SURELY if self.understood.category_confidence >= bar else Another.PERHAPS

    def _names_same(self, ticket: Ticket) -> bool:
        """Whether it speaks of the program that the ticket is about."""
        told = telling(told_by(ticket))
        answers = self.understood.answers
        return any(telling(answers[name]) & told for name in NAMES if name in answers)

    def _sounds_broken(self) -> bool:
        """“Monitor black”; “for video calls” and “via wifi” go on with what was said before."""
        small = self.reading.covered(("speech.filler", "speech.article"))
        leads = self.reading.covered(LEADS) - small
        return SYMPTOM in self.understood.answers and 0 not in leads

    def first_of_another(self) -> int:
        """Where the clause stands that first tells a trouble of a thing that is not ours."""
        for clause in self.reading.clauses:
            own = self.reading.within(clause)
            is_told = tells(own) and SHOWN not in own.hits
            if is_told and names_other(own, replace(self.understood, spans={}), self.ours):
                return clause.start
        return len(self.reading.text)
