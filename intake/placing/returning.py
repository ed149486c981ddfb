"""Which of the solved tickets a trouble that is back is about.

Pure. Whether a message opens a ticket again at all is decided in `dialogue`; what is about none of
them opens its own.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from intake.matching import PRESUMED, Certainty, Placement, open_here, telling, told_by
from intake.messages import Message
from intake.opening import Opening
from intake.signs.solving import REOPENS_WITHIN, goes_on, just_solved
from intake.signs.things import named
from intake.situations import Situation
from intake.tickets import Ticket
from intake.understanding import Understanding
from intake.understanding.reading import Reading
from intake.utterances import Utterance

ALIKE_WITHIN = timedelta(days=1)  # solved this close to each other, either may be meant
OF_CATEGORY = 2  # what the same category weighs; a telling word weighs 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Returning:
    """Weighs them by what is said, in doubt the one solved last."""

    opening: Opening

    def back_to(self, placement: Placement, said: Utterance) -> Placement:
        """“No, it is broken again” opens the ticket that it speaks of, soon after it was solved.

        Beside open ones only what plainly speaks of a solved one and of none of them.
        """
        situation, message, understood = said.situation, said.message, said.understood
        solved = solved_of_late(situation, message)
        is_told = placement.certainty is Certainty.OVER
        if is_told or not solved or understood.intent == "request":
            return placement
        reading = self.opening.reader.read(
            message.words, language=understood.language, now=message.sent_at
        )
        if not goes_on(reading):
            return self._to_last(placement, said)
        choice = [
            ticket
            for ticket in solved
            if not self.opening.is_of_another(ticket, message, understood)
        ]
        weights = _weights(choice, message, reading, understood)
        best = [one for one in choice if weights[one.id] == max(weights.values())]
        if placement.ticket is not None:
            is_plain = len(best) == 1 and weights[best[0].id] >= OF_CATEGORY
            is_theirs = not is_plain or _is_of_open(placement, situation, message, best[0])
            return placement if is_theirs else _one_of(best)
        return _one_of(best) if best else placement

    def _to_last(self, placement: Placement, said: Utterance) -> Placement:
        """Words that don't say that something goes on are of the one before them, if any."""
        last = just_solved(said.situation, said.message)
        if placement.ticket is not None or last is None:
            return placement
        is_other = self.opening.is_of_another(last, said.message, said.understood)
        return placement if is_other else Placement(ticket=last, certainty=Certainty.ONLY)


def solved_of_late(situation: Situation, message: Message) -> Sequence[Ticket]:
    """The one that the conversation stopped at, then the others, the newest first."""
    last = just_solved(situation, message)
    first = [last] if last is not None else []
    others = [
        ticket
        for ticket in situation.solved_tickets
        if ticket not in first and message.sent_at - ticket.updated_at < REOPENS_WITHIN
    ]
    return [*first, *others]


def _weights(
    choice: Sequence[Ticket], message: Message, reading: Reading, understood: Understanding
) -> Counter[int]:
    things, said = named(reading, understood) | {understood.category}, telling(message.words)
    return Counter({
        ticket.id: len(said & telling(told_by(ticket))) + OF_CATEGORY * (ticket.category in things)
        for ticket in choice
    })  # fmt: skip


def _is_of_open(
    placement: Placement, situation: Situation, message: Message, solved: Ticket
) -> bool:
    """Whether it may be said of what is open: that waits for words, or is about the same."""
    here = open_here(situation, message)
    is_awaited = placement.certainty not in PRESUMED or any(ticket.asked for ticket in here)
    return is_awaited or any(ticket.category in (None, solved.category) for ticket in here)


def _one_of(best: Sequence[Ticket]) -> Placement:
    """The one solved last; in doubt where another was about as late."""
    likeliest = best[0]
    others = tuple(one for one in best[1:] if likeliest.updated_at - one.updated_at < ALIKE_WITHIN)
    certainty = Certainty.GUESSED if others else Certainty.ONLY
    return Placement(ticket=likeliest, certainty=certainty, others=others)
