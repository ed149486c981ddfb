"""More words for a ticket that is there: what they fill, change and end, and what is said to them.

Pure. Which ticket it is was told by `belonging`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from intake.decisions import CardStep, Decision, reopened, thanks
from intake.filling import fill
from intake.forms import Forms
from intake.headlines import NAMELESS, is_wordless, preview_of, subject_of
from intake.help import ask_which, explained_by, help_with
from intake.matching import Certainty, Placement, telling, told_by
from intake.mentions import without_number
from intake.messages import Message
from intake.opening import Opening, apology
from intake.pictures import shown_by, told_after
from intake.placing.addressing import Addressing
from intake.placing.comparisons import Another
from intake.placing.offers import offered
from intake.placing.troubles import Troubles
from intake.signs.solving import SAYS_SO, agrees, asked_of
from intake.signs.things import named, tells
from intake.smalltalk.chats import Talking
from intake.smalltalk.responses import asked_after, gladly
from intake.speech import Say, Traits
from intake.tickets import ANSWER, Change, Status, Ticket
from intake.turns.bystanders import heard_from_another
from intake.turns.taps import tap_on
from intake.understanding import Reader
from intake.understanding.chasing import is_marked
from intake.utterances import Talk, Utterance


@dataclass(frozen=True, slots=True, kw_only=True)
class Adding:
    forms: Forms
    reader: Reader
    traits: Mapping[str, Traits]
    addressing: Addressing
    talking: Talking
    troubles: Troubles
    opening: Opening

    def confirm(self, placement: Placement, said: Utterance) -> Decision | None:
        """A typed yes to “is it solved?” is as good as its tap; a no leaves the ticket open.

        None where nothing was asked, or it is no answer to that.
        """
        situation, message, talk, now = said.situation, said.message, said.talk, said.now
        ticket = asked_of(situation, message)
        if ticket is None or self._is_said_of_another(ticket, placement, said):
            return None
        asked = situation.last_entry.facts.get("asks", "") if situation.last_entry else ""
        is_so = talk in (Talk.SOLVED, asked) or agrees(self.reader, ticket, message, talk)
        if is_so is None:
            return None
        heard = self._heard_now(ticket, said)
        if is_so and ticket.status.is_live:
            verb = SAYS_SO[Talk.SOLVED if talk is Talk.SOLVED else asked]
            return self.typed(heard, replace(message, tap=f"{verb}|{ticket.id}"), now)
        if is_so:
            return gladly(situation, ticket, now)
        heard, changes = reopened(heard)
        says = (Say(template="stays_open"),)
        return Decision(ticket=heard, changes=changes, keeps_message=True, says=says)

    def _is_said_of_another(self, ticket: Ticket, placement: Placement, said: Utterance) -> bool:
        """Whatever was asked about: “the monitor works” is no yes about the printer."""
        is_named = placement.certainty is Certainty.NAMED and placement.ticket != ticket
        if is_named or said.situation.named_ticket not in (None, ticket):
            return True
        reading = self.reader.hear_in(said.understood.language, said.message)
        things = named(reading, said.understood) if said.talk is Talk.SOLVED else ()
        is_theirs = bool(telling(said.message.text) & telling(told_by(ticket)))
        return bool(things) and ticket.category not in things and not is_theirs

    def add(self, ticket: Ticket, placement: Placement, said: Utterance) -> Decision:
        """What the message does to the ticket that it was placed with."""
        situation, message, talk = said.situation, said.message, said.talk
        others = heard_from_another(placement, situation, message, said.now)
        if others is not None:
            return others
        heard = self._heard_now(ticket, said)
        tap = self.forms.action_typed(heard, message.words)
        if tap:
            return self.typed(heard, replace(message, tap=tap), said.now)
        is_guess = talk is Talk.WITHDRAWN and placement.certainty is Certainty.GUESSED
        is_back = talk is Talk.STATUS and ticket.status is Status.SOLVED
        if talk and not (is_guess or (is_back and self._is_back(said))):
            filled = self._fill(placement, heard, said)
            return self.talking.amid(talk, asked_after(situation, placement), heard, filled)
        return self._tell(ticket, placement, said, heard)

    def _is_back(self, said: Utterance) -> bool:
        """“My ticket 1010 is still broken”; “how is ticket 1010?” only asks."""
        language, message = said.understood.language, said.message
        reading = self.reader.hear_in(language, message)
        return tells(reading) and not is_marked(reading)

    def _tell(
        self, ticket: Ticket, placement: Placement, said: Utterance, heard: Ticket
    ) -> Decision:
        """Content; `ticket` is as it was before the message, `heard` as the message finds it."""
        situation, message = said.situation, said.message
        denied = self.addressing.denied(situation, message, heard.language)
        is_denied = denied is not None and denied.id == ticket.id
        is_answered = is_denied or self._is_threaded(heard)
        tells_more = not is_answered and self.troubles.tells_more(heard, message)
        filled = self._fill(placement, heard, said)
        if self._is_threaded(heard) and self._tells_another(filled, said, heard):
            filled = replace(filled, besides=message.words)  # named to the agent; a thread is one
        filled = told_after(self.forms, self.reader, filled, situation.last_entry, message)
        decision = offered(filled, placement, before=ticket, tells_more=tells_more)
        if is_denied and not decision.says:
            return replace(decision, says=(Say(template="stays_open"),))
        return decision

    def _tells_another(self, filled: Decision, said: Utterance, heard: Ticket) -> bool:
        """Words that answer nothing and tell of another trouble than their thread's."""
        answered = any(change.kind == ANSWER for change in filled.changes)
        if answered or said.message.read_as or not heard.status.is_live:
            return False
        tells = self.troubles.tell((heard,), said.message, said.understood)
        return tells is Another.SURELY

    def typed(self, ticket: Ticket, message: Message, now: datetime) -> Decision:
        """The words of a button are as good as a tap, and stay on the timeline."""
        decision = tap_on(self.forms, ticket, message, now)
        kept = decision.ticket or ticket
        return replace(decision, ticket=kept, keeps_message=True, tap_answer=None)

    def _fill(self, placement: Placement, ticket: Ticket, said: Utterance) -> Decision:
        """What the words say of the ticket; nothing yet where it is a guess."""
        message = said.message
        heard, changes = reopened(ticket)
        if placement.certainty is Certainty.GUESSED:
            besides = message.text if placement.is_perhaps_another else ""
            return Decision(
                ticket=heard, changes=changes, keeps_message=True, is_unsure=True, besides=besides
            )
        opened = None if self._is_threaded(heard) else self.opening.at_last(heard, message)
        if opened is not None:
            return replace(opened, changes=(*changes, *opened.changes))
        message = replace(message, text=without_number(heard, message.words))
        explained = said.situation.explained(ticket)
        filled, news = fill(self.forms, self.reader, heard, message, explained)
        is_news = bool(news) or filled.asked != heard.asked
        since = filled.correcting_since if news else None  # as long as they go on correcting
        says = (
            (*self._says_corrected(filled, news), *thanks(heard, filled))
            or help_with(self.reader, filled, message)
            or (() if is_news else ask_which(self.reader, filled, message))
            or apology(message)
        )
        return Decision(
            ticket=replace(filled, correcting_since=since),
            changes=(*changes, *news),
            keeps_message=True,
            shows=shown_by(self.reader, filled, message, news),
            card=CardStep.REFRESH if is_news else CardStep.NONE,
            says=says,
            explains=explained_by(says),
        )

    def _heard_now(self, ticket: Ticket, said: Utterance) -> Ticket:
        """The ticket with the message as its newest word, which waits for an agent."""
        message, is_mute = said.message, is_wordless(said.message)
        may_be_nameless = is_mute or ticket.category is None
        nameless = self.forms.word_for_unreadable(ticket.language) if may_be_nameless else ""
        is_nameless = ticket.subject in (NAMELESS, nameless)
        return replace(
            ticket,
            updated_at=said.now,
            subject=subject_of(message) if is_nameless and not is_mute else ticket.subject,
            preview=nameless if is_mute else preview_of(message),
            waits_for_agent=True,
        )

    def _says_corrected(self, ticket: Ticket, news: tuple[Change, ...]) -> tuple[Say, ...]:
        """The card is far above by now; a mailbox is spared the mail."""
        lines = self.forms.told_corrected(ticket, news)
        if not lines or self._is_threaded(ticket):
            return ()
        return (Say(template="corrected", values={"lines": lines}),)

    def _is_threaded(self, ticket: Ticket) -> bool:
        return self.traits[ticket.address.channel].is_threaded
