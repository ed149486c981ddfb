"""What to do about one message: the heart of the exchange, without clock, database or words.

`belonging` says which ticket, `adding` and `opening` what it makes of the message, `forms` what is
still asked; `effects` carries the decision out.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Self

from intake.decisions import CardStep, Decision
from intake.forms import Forms
from intake.linking.wishes import Linking
from intake.matching import (
    Placement,
    open_here,
    place,
)
from intake.messages import Message, MessageKind
from intake.opening import Opening, speaking
from intake.people import LANGUAGES
from intake.placing.addressing import Addressing
from intake.placing.answer_tails import Tails, with_tail
from intake.placing.offers import beside
from intake.placing.returning import Returning
from intake.placing.troubles import Troubles
from intake.replies.copied_cards import as_heard, shown_as
from intake.replies.shared_cards import without_digits
from intake.signs.danger import warned
from intake.situations import Situation
from intake.smalltalk.chats import Talking
from intake.smalltalk.mails import Mailing, spared
from intake.smalltalk.reactions import calmed, reaction
from intake.smalltalk.responses import answer_small_talk, reply_to, welcome_to
from intake.smalltalk.sayings import (
    TO_A_PERSON,
    asks_for_news_alone,
    calls_for_help,
    said_of_solved,
)
from intake.smalltalk.statuses import of_one
from intake.speech import Say, Traits
from intake.turns.adding import Adding
from intake.turns.belonging import Belonging
from intake.turns.bystanders import reached, told_by_calendar, unanswered
from intake.turns.edited_messages import Editing
from intake.turns.form_pages import take_page
from intake.turns.moving import MOVES, Moving
from intake.turns.part_answers import is_out_of_sight, with_rest
from intake.turns.platform_news import heard_of
from intake.turns.strangers import Strangers, held_back
from intake.turns.taps import decide_tap
from intake.understanding import Reader
from intake.utterances import Talk, Utterance


class Dialogue:
    """Decides; pure, so that the same situation and message always end in the same decision."""

    def __init__(
        self,
        forms: Forms,
        reader: Reader,
        traits: Mapping[str, Traits],
        linking: Linking | None = None,
        strangers: Strangers = Strangers.OPEN,
    ) -> None:
        self._parts = (forms, reader, traits, linking, strangers)
        self._strangers = strangers
        self._forms = forms
        self._reader = reader
        self._traits = traits
        self._linking = linking
        addressing = Addressing(forms=forms, reader=reader)
        troubles = Troubles(forms=forms, reader=reader)
        self._opening = Opening(forms=forms, reader=reader, traits=traits)
        self._talking = Talking(forms=forms, reader=reader, addressing=addressing)
        self._tails = Tails(troubles=troubles, reader=reader)
        self._moving = Moving(opening=self._opening)
        self._mailing = Mailing(opening=self._opening, talking=self._talking)
        self._editing = Editing(forms=forms, reader=reader, opening=self._opening)
        self._belonging = Belonging(
            forms=forms,
            reader=reader,
            traits=traits,
            addressing=addressing,
            troubles=troubles,
            returning=Returning(opening=self._opening),
        )
        self._adding = Adding(
            forms=forms,
            reader=reader,
            traits=traits,
            addressing=addressing,
            talking=self._talking,
            troubles=troubles,
            opening=self._opening,
        )

    def __reduce__(self) -> tuple[type[Self], tuple[object, ...]]:
        """Handed to another process, it is put together there."""
        return type(self), self._parts

    def decide(self, situation: Situation, message: Message, now: datetime) -> Decision:
        """What is about linking is no ticket's matter."""
        if self._linking is None:
            return self._serve(situation, message, now)
        traits = self._traits.get(message.address.channel)
        wished = self._linking.decide(situation, message, now) if _is_chat(traits) else None
        if wished is not None:
            return wished
        return self._linking.beside(self._serve(situation, message, now), situation, message)

    def _serve(self, situation: Situation, message: Message, now: datetime) -> Decision:
        decision = self._decide(situation, message, now)
        return held_back(decision, situation, message, self._strangers)

    def _decide(  # noqa: PLR0911 - one line for each kind
        self, situation: Situation, message: Message, now: datetime
    ) -> Decision:
        match message.kind:
            case MessageKind.FORM:
                return self._take_form(situation, message, now)
            case MessageKind.TEXT | MessageKind.UNSUPPORTED:
                heard = as_heard(self._forms, situation, without_digits(message))
                decision = warned(self._reader, self._receive(situation, heard, now), heard)
                decision = reached(unanswered(decision, message), situation, message)
                return shown_as(decision, heard, message)
            case MessageKind.TAP:
                return self._tap(situation, message, now)
            case MessageKind.EDIT:
                return self._edit(situation, message, now)
            case MessageKind.START | MessageKind.COMMAND:
                return self._command(situation, message)
            case _:
                return heard_of(self._forms.catalogue, situation, message, now)

    def _tap(self, situation: Situation, message: Message, now: datetime) -> Decision:
        """Where a chat writes taps as words, words that no button of theirs has are words."""
        ticket = situation.named_ticket
        if ticket is None and message.text:
            words = replace(message, kind=MessageKind.TEXT, tap="", tap_id="")
            return self._decide(situation, words, now)
        if ticket is not None and message.tap.startswith(MOVES):
            return self._moving.decide(situation, ticket, message, now)
        return decide_tap(self._forms, situation, message, now)

    def _receive(self, situation: Situation, message: Message, now: datetime) -> Decision:
        is_threaded = self._traits[message.address.channel].is_threaded
        pointed = (situation.named_ticket, situation.proven_ticket)
        here = [one for one in pointed if one] if is_threaded else open_here(situation, message)
        tail = None if message.read_as else self._tails.find(here, message)
        if tail is None:
            return self._hear(situation, message, now)
        return with_tail(self._hear(situation, tail.answer, now), message, tail)

    def _hear(self, situation: Situation, message: Message, now: datetime) -> Decision:
        if message.album and situation.known_entry is not None and not message.text:
            return Decision(extends_entry=situation.known_entry.id)
        if self._traits[message.address.channel].is_threaded:
            return self._read_mail(situation, message, now)
        understood = self._opening.understand(situation, message)
        talk = self._talking.of(situation, message, understood)
        said = Utterance(
            situation=situation, message=message, understood=understood, talk=talk, now=now
        )
        decision = self._answer(said)
        if decision.ticket is not None and decision.ticket.status.is_live:
            decision = reaction(self._reader, decision, said)
        edits = self._traits[message.address.channel].edits_cards
        if edits and not talk and is_out_of_sight(situation, decision.ticket, message):
            decision = with_rest(self._forms, decision, situation, message)
        return calmed(self._reader, decision, said)

    def _read_mail(self, situation: Situation, message: Message, now: datetime) -> Decision:
        over = self._mailing.chosen(situation, message)
        if over is not None:
            return self._adding.typed(over, replace(message, tap=f"solve|{over.id}"), now)
        placement = place(situation, message, is_threaded=True)
        of_meeting = told_by_calendar(placement, situation, message, now)
        if of_meeting is not None:
            return of_meeting
        said = self._mailing.hear(placement, situation, message, now)
        if not said.talk:
            return with_rest(self._forms, self._answer(said), situation, message)
        if said.situation.named_ticket is None and said.talk not in TO_A_PERSON:  # by itself
            return spared(self._mailing.answer(said), said.talk, said.situation, message)
        return spared(self._answer(said), said.talk, situation, message)

    def _answer(self, said: Utterance) -> Decision:
        """As words for an open ticket, for none, or for one of its own."""
        placement = self._belonging.of(said)
        decision = self._adding.confirm(placement, said) if said.talk else None
        over = said_of_solved(self._reader, placement, said)
        if over is not None:
            said = replace(said, situation=of_one(said.situation, over))
        elif decision is None and placement.ticket is not None:
            decision = self._adding.add(placement.ticket, placement, said)
        return decision if decision is not None else self._take_up(placement, said)

    def _take_up(self, placement: Placement, said: Utterance) -> Decision:
        """Small talk is answered, all else opens a ticket."""
        situation, message, understood = said.situation, said.message, said.understood
        talk = said.talk
        if talk and talk not in TO_A_PERSON and self._is_mere(said):
            person = speaking(situation, message, understood)
            is_call = calls_for_help(self._reader, said)
            return answer_small_talk(
                Talk.STATUS if is_call else talk, situation, person, said.now, is_call=is_call
            )
        opening = self._opening.open(situation, message, understood, said.now)
        if talk and talk in TO_A_PERSON:
            return self._pass_on(talk, opening)
        return beside(opening, placement)

    def _is_mere(self, said: Utterance) -> bool:
        """Whether its small talk tells of no trouble that somebody should hear of."""
        if said.talk is not Talk.STATUS:
            return True
        return asks_for_news_alone(self._reader, said.message, said.understood)

    def _pass_on(self, talk: Talk, opening: Decision) -> Decision:
        """To a person at once, and without questions; marked for the agent, never argued with."""
        said = Say(template="calm" if talk is Talk.ABUSE else "human")
        says = () if opening.card is CardStep.NONE else (said,)  # a machine may be answering
        new = opening.opens
        if talk is Talk.ABUSE and new is not None and new.category is None and not new.answers:
            new = replace(new, subject=self._forms.word_for_complaint(new.language))
        return replace(
            opening, opens=new, asks_nothing=True, flag=talk, card=CardStep.NONE, says=says
        )

    def _take_form(self, situation: Situation, message: Message, now: datetime) -> Decision:
        """The page itself has thanked: a chat shows it as well, a mailbox is spared the mail."""
        ticket = situation.proven_ticket
        if ticket is None:
            return Decision()
        decision = take_page(self._forms, self._reader, ticket, message, now)
        is_threaded = self._traits[ticket.address.channel].is_threaded
        return replace(decision, says=()) if is_threaded else decision

    def _edit(self, situation: Situation, message: Message, now: datetime) -> Decision:
        """A message whose first version never came (it was sent before we were) comes now."""
        decision = self._editing.decide(situation, message, now)
        if decision is not None:
            return decision
        return self._receive(situation, replace(message, kind=MessageKind.TEXT), now)

    def _command(self, situation: Situation, message: Message) -> Decision:
        if message.payload == "status" and not message.is_welcomed:
            return Decision(says=reply_to(Talk.STATUS, situation))
        welcome = welcome_to(situation.person)
        language = message.sender.language
        person = None
        if situation.is_first_contact and language in LANGUAGES:
            person = replace(situation.person, language=language)
        if message.is_welcomed:  # and has not said yet that more is wanted
            return Decision(person=person)
        return Decision(says=(welcome,), person=person, is_reachable=True)


def _is_chat(traits: Traits | None) -> bool:
    """A mail's sender is easily forged; a form page has its own proof."""
    return traits is not None and not traits.is_threaded
