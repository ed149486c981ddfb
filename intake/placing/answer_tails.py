"""An answer with another trouble behind it: "NB-7, since today. Also the printer is jammed".

Pure. Which words begin a second matter is left to `second_troubles`, whether it is another
trouble to `troubles`; making a ticket of it is an agent's word (`splitting`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from intake.decisions import Decision
from intake.filling import settled
from intake.headlines import preview_of
from intake.messages import Message
from intake.placing.comparisons import Another
from intake.placing.troubles import Troubles
from intake.signs.second_troubles import spoken_parts
from intake.signs.things import named, tells
from intake.tickets import Ticket
from intake.understanding import Reader, Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail:
    """The message without it, and its words."""

    answer: Message
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tails:
    """Finds what belongs to no card that waits."""

    troubles: Troubles
    reader: Reader

    def find(self, here: Sequence[Ticket], message: Message) -> Tail | None:
        """None where what stands before answers no card, or in doubt."""
        waiting = [ticket for ticket in here if ticket.asked]
        if not waiting:
            return None
        for mark, start, end in spoken_parts(message.text):
            words = message.text[start:end].strip()
            answer = replace(message, text=message.text[:mark] + message.text[end:])
            if self._is_another(here, replace(message, text=words)) and any(
                settled(self.troubles.forms, self.reader, ticket, answer) for ticket in waiting
            ):
                return Tail(answer=answer, words=words)
        return None

    def _is_another(self, here: Sequence[Ticket], message: Message) -> bool:
        understood = self.reader.understand(
            message.text, hint_language=here[0].language, now=message.sent_at
        )
        if not self._begins_with_it(message, understood):
            return False
        return self.troubles.tell(here, message, understood) is not Another.NO

    def _begins_with_it(self, message: Message, understood: Understanding) -> bool:
        """A second trouble is told first of all; “also unplugged the charger” answers on."""
        language = understood.language
        reading = self.reader.hear_in(language, message)
        first = reading.clauses[0] if reading.clauses else None
        own = reading.piece(message.text[: first.end] if first else "")
        return tells(own) and bool(named(own, replace(understood, spans={})))


def with_tail(decision: Decision, message: Message, tail: Tail) -> Decision:
    """The whole of the message is seen on the ticket that its answer went to."""
    ticket = decision.ticket and replace(decision.ticket, preview=preview_of(message))
    return replace(decision, ticket=ticket, besides=tail.words)
