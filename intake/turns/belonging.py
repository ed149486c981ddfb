"""Which ticket a message belongs to, all told: an open one, one that is over, or one of its own.

Pure. `matching` goes by the order of events and by words, `addressing` by what cards ask,
`troubles` by what is wrong, `returning` by what was solved. What the ticket makes of the message
is left to `adding` and `opening`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from intake.forms import Forms
from intake.matching import PRESUMED, Certainty, Placement, open_here, place
from intake.messages import Message
from intake.placing.addressing import Addressing
from intake.placing.comparisons import Another
from intake.placing.followers import asked_once, follow
from intake.placing.returning import Returning
from intake.placing.troubles import Troubles
from intake.replies.foreign_clauses import tells_of_writer
from intake.replies.repetitions import restated
from intake.signs.second_troubles import SURE
from intake.signs.solving import SAYS_SO
from intake.signs.things import named, tells
from intake.smalltalk.sayings import AT_REST
from intake.speech import Traits
from intake.tickets import Ticket
from intake.understanding import Reader
from intake.understanding.fields import SYMPTOM
from intake.utterances import Talk, Utterance


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    forms: Forms
    reader: Reader
    traits: Mapping[str, Traits]
    addressing: Addressing
    troubles: Troubles
    returning: Returning

    def of(self, said: Utterance) -> Placement:
        """By order of events and words, then by what it tells."""
        understood, talk = said.understood, said.talk
        is_threaded = self.traits[said.message.address.channel].is_threaded
        category = understood.category if understood.category_confidence >= SURE else None
        placement = place(said.situation, said.message, is_threaded=is_threaded, category=category)
        if is_threaded:
            return placement
        right_after = follow(placement, said.situation, said.message)
        if right_after is not None:
            return right_after
        if talk in (*AT_REST, *SAYS_SO):
            return self.addressing.place_talk(placement, said)
        asked_back = None if talk else self.addressing.asked_back(placement, said.message)
        if asked_back is not None:
            return asked_back
        if talk in (None, Talk.NOD):
            placement = self._told_apart(placement, said)
        if not talk:
            placement = self.addressing.not_over(placement, said)
        if talk in (None, Talk.ABUSE):
            placement = self.returning.back_to(placement, said)
        return asked_once(placement, said.situation, said.message)

    def _told_apart(self, placement: Placement, said: Utterance) -> Placement:
        """Another trouble than those that are open has a ticket of its own."""
        ticket, message = placement.ticket, said.message
        if ticket is None or placement.certainty not in PRESUMED:
            return placement
        if self.forms.action_typed(ticket, message.text) or self._is_about_talk(ticket, message):
            return placement
        here = open_here(said.situation, message)
        match self.troubles.tell(here, message, said.understood):
            case Another.SURELY:
                others = (ticket, *placement.others)
                return Placement(ticket=None, certainty=Certainty.NEW, others=others)
            case Another.PERHAPS:
                return replace(placement, certainty=Certainty.GUESSED, is_perhaps_another=True)
            case Another.NO:
                is_its = self._goes_on_with(ticket, here, said)
                at_its = replace(placement, certainty=Certainty.TOPIC)
                addressed = self.addressing.address(placement, said.situation, message)
                return at_its if is_its else addressed

    def _goes_on_with(self, ticket: Ticket, here: Sequence[Ticket], said: Utterance) -> bool:
        """“The laptop is off now” is of the one that is about it, whichever waits."""
        understood, message = said.understood, said.message
        is_its = understood.category == ticket.category is not None
        others = {one.category for one in here if one != ticket}
        if not (is_its and others) or ticket.category in others:
            return False
        if understood.category_confidence < SURE or SYMPTOM not in understood.answers:
            return False
        reading = self.reader.hear_in(understood.language, message)
        things = named(reading, understood)
        return tells(reading) and ticket.category in things and not things & others

    def _is_about_talk(self, ticket: Ticket, message: Message) -> bool:
        """“Call me at ...”, “no time now”, “that's not what I said”: no trouble of its own."""
        reading = self.reader.hear(message, ticket.language)
        return tells_of_writer(reading) or bool(restated(reading.text))
