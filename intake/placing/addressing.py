"""Which of several cards that wait a reply answers: the one whose questions it fits.

Pure. Whether a message is a reply to any of them is left to `matching` and `troubles`.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from intake.filling import fill_reply, settled
from intake.forms import CATEGORY, Forms, numbers
from intake.help import asked_about
from intake.matching import (
    CONTINUES_WITHIN,
    PRESUMED,
    Certainty,
    Placement,
    open_here,
    telling,
    told_by,
)
from intake.messages import Message
from intake.signs.solving import SAYS_SO, asked_of, is_refused
from intake.signs.things import named
from intake.situations import Situation
from intake.tickets import Ticket
from intake.understanding import Reader
from intake.understanding.chasing import asks_of_all
from intake.utterances import Talk, Utterance

TOLD = (Certainty.NAMED, Certainty.PROVEN, Certainty.TOPIC, Certainty.OVER, Certainty.NEW)
UNTOLD = (Certainty.CARD, Certainty.GUESSED)  # its words did not tell which ticket it is for


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressing:
    """Weighs the open cards of a chat against the words of a reply."""

    forms: Forms
    reader: Reader

    def is_numbered(self, here: Sequence[Ticket], message: Message) -> bool:
        """Whether the message has the numbers or labels of one of several cards that wait."""
        waiting = _waiting(here)
        return len(waiting) > 1 and any(self._fit(ticket, message) > 0 for ticket in waiting)

    def address(self, placement: Placement, situation: Situation, message: Message) -> Placement:
        """To the card that its numbers fit, or its values; else to the one last spoken to.

        Words that answer nothing of the one card that waits may belong to another ticket.
        """
        choice = [ticket for ticket in (placement.ticket, *placement.others) if ticket]
        last = _last_spoken_to(situation, message)
        waiting = _waiting(choice)
        best = self._fitting(waiting, last, message)
        if best is None and placement.certainty in UNTOLD:
            best = self._richest(waiting, message)
        if best is not None:
            return _to(best, choice)
        spoken_to = next((ticket for ticket in choice if ticket.id == last), None)
        match placement.certainty:
            case Certainty.GUESSED if spoken_to and self._is_answer(spoken_to, message):
                return _to(spoken_to, choice)
            case Certainty.CARD if choice[1:] and not self._is_answer(choice[0], message):
                return _to(choice[0], choice)
            case _:
                return placement

    def asked_back(self, placement: Placement, message: Message) -> Placement | None:
        """“Where is the sticker?” is asked of a card that speaks of it, whatever else is open."""
        if placement.certainty not in PRESUMED:
            return None
        choice = [ticket for ticket in (placement.ticket, *placement.others) if ticket]
        speaking = (one for one in choice if one.asked and asked_about(self.reader, one, message))
        ticket = next(speaking, None)
        return replace(_to(ticket, choice), certainty=Certainty.CARD) if ticket else None

    def over(self, placement: Placement, utterance: Utterance) -> Placement:
        """“The printer works now” is said of the printer's, “cancel it” of any of several."""
        message, here = utterance.message, open_here(utterance.situation, utterance.message)
        language = utterance.understood.language
        reading = self.reader.hear_in(language, message)
        things = named(reading, utterance.understood)
        said = telling(message.text)
        about = [ticket for ticket in here if ticket.category in things] or [
            ticket for ticket in here if said & telling(told_by(ticket))
        ]
        if placement.certainty not in PRESUMED or asks_of_all(reading):
            return placement
        if len(about) == 1:
            others = tuple(ticket for ticket in here if ticket not in about)
            return Placement(ticket=about[0], certainty=Certainty.NAMED, others=others)
        is_told = (
            utterance.talk is not Talk.WITHDRAWN
            or placement.certainty is Certainty.TOPIC
            or len(here) == 1
        )
        return placement if is_told else _one_of(here, placement)

    def place_talk(self, placement: Placement, said: Utterance) -> Placement:
        """What names none of them stays where the conversation was, and moves nothing."""
        if said.talk in SAYS_SO or said.talk in (Talk.STATUS, Talk.HUMAN):
            placement = self.over(placement, said)
        is_over = said.talk in SAYS_SO
        return placement if is_over else self._at_rest(placement, said.situation, said.message)

    def _at_rest(self, placement: Placement, situation: Situation, message: Message) -> Placement:
        here, last = open_here(situation, message), situation.last_entry
        spoken_to = next((one for one in here if last and one.id == last.ticket_id), None)
        is_told = placement.certainty not in PRESUMED or placement.certainty is Certainty.TOPIC
        if is_told or spoken_to is None:
            return placement
        others = tuple(one for one in here if one != spoken_to)
        return Placement(ticket=spoken_to, certainty=Certainty.CONTINUED, others=others)

    def not_over(self, placement: Placement, said: Utterance) -> Placement:
        """“No, it is not solved” is said of the ticket that was asked about."""
        situation, message = said.situation, said.message
        ticket = self.denied(situation, message, said.understood.language)
        if ticket is None or placement.certainty in TOLD:
            return placement
        others = tuple(one for one in open_here(situation, message) if one != ticket)
        return Placement(ticket=ticket, certainty=Certainty.CONTINUED, others=others)

    def denied(self, situation: Situation, message: Message, language: str) -> Ticket | None:
        """The ticket that was asked about, where the message says that it is not over."""
        ticket = asked_of(situation, message)
        if ticket is None or not ticket.status.is_live:
            return None
        reading = self.reader.hear_in(language, message)
        return ticket if is_refused(reading) else None

    def _fitting(self, waiting: Sequence[Ticket], last: int, message: Message) -> Ticket | None:
        """Of cards whose numbers fit alike, the last spoken to, else the newest."""
        fits = {ticket.id: self._fit(ticket, message) for ticket in waiting}
        fitting = [ticket for ticket in waiting if len(waiting) > 1 and fits[ticket.id] > 0]
        return max(
            fitting, key=lambda one: (fits[one.id], one.id == last, one.card_id or 0), default=None
        )

    def _richest(self, waiting: Sequence[Ticket], message: Message) -> Ticket | None:
        """The card of which more is settled by codes, moments and choices than of the others.

        Words alone would do for any. Of some alike it is the newest, unless all are.
        """
        if not waiting[1:]:
            return None
        counts = Counter({ticket.id: self._values(ticket, message) for ticket in waiting})
        most = max(counts.values())
        best = [one for one in waiting if counts[one.id] == most]
        is_told = most > 0 and len(best) < len(waiting)
        return max(best, key=lambda one: one.card_id or 0) if is_told else None

    def _values(self, ticket: Ticket, message: Message) -> int:
        fields = self.reader.catalogue.fields
        own = settled(self.forms, self.reader, ticket, message)
        return sum(bool(value) and fields[name].type != "text" for name, value in own.items())

    def _is_answer(self, ticket: Ticket, message: Message) -> bool:
        """Whether it says anything that is asked, or that waits to be confirmed."""
        return bool(ticket.asked and fill_reply(self.forms, self.reader, ticket, message)[1])

    def _fit(self, ticket: Ticket, message: Message) -> int:
        """How many more of its numbers or labels are answered than are not; 0 without any."""
        whole = self.reader.hear(message, ticket.language)
        asked = self.reader.asked(whole, ticket.asked, ticket.category, numbers(ticket))
        if not asked.is_explicit:
            return 0
        own = settled(self.forms, self.reader, ticket, message)
        parts = range(len(asked.parts))
        fitting = sum(any(name in own for name in asked.fields_of(at)) for at in parts)
        return fitting - (len(parts) - fitting)


def _one_of(here: Sequence[Ticket], placement: Placement) -> Placement:
    others = tuple(ticket for ticket in here if ticket != placement.ticket)
    return replace(placement, certainty=Certainty.GUESSED, others=others)


def _waiting(tickets: Sequence[Ticket]) -> list[Ticket]:
    return [ticket for ticket in tickets if ticket.asked and ticket.asked != (CATEGORY,)]


def _last_spoken_to(situation: Situation, message: Message) -> int:
    last = situation.last_entry
    if last is None or message.sent_at - last.at > CONTINUES_WITHIN:
        return 0
    return last.ticket_id


def _to(ticket: Ticket, choice: Sequence[Ticket]) -> Placement:
    others = tuple(other for other in choice if other != ticket)
    return Placement(ticket=ticket, certainty=Certainty.ANSWERED, others=others)
