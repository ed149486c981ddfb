"""What to do about one message: the heart of the exchange, without clock, database or words.

`matching` says which ticket, `forms` what is still asked, `effects` carries the decision out.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from intake.addressing import Addressing
from intake.answer_tails import Tails, with_tail
from intake.bystanders import heard_from_another, reached, unanswered
from intake.danger import warned
from intake.decisions import CardStep, Decision, reopened, thanks
from intake.edited_messages import Editing
from intake.filling import fill
from intake.form_pages import take_page
from intake.forms import Forms
from intake.headlines import preview_of
from intake.help import ask_which, help_with
from intake.linking.wishes import Linking
from intake.matching import (
    PRESUMED,
    Certainty,
    Placement,
    open_here,
    place,
)
from intake.mentions import without_number
from intake.messages import Message, MessageKind
from intake.moving import MOVES, Moving
from intake.offers import beside, offered
from intake.opening import Opening, apology, speaking
from intake.people import LANGUAGES
from intake.pictures import shown_by, told_after
from intake.platform_news import heard_of
from intake.ports import Situation
from intake.replies.copied_cards import as_heard, shown_as
from intake.replies.foreign_clauses import tells_of_writer
from intake.replies.repetitions import restated
from intake.returning import Returning
from intake.second_troubles import SURE
from intake.smalltalk.chats import Talking
from intake.smalltalk.mails import Mailing, spared
from intake.smalltalk.reactions import calmed, reaction
from intake.smalltalk.responses import answer_small_talk, asked_after, gladly, reply_to, welcome_to
from intake.smalltalk.sayings import (
    ABUSE,
    AT_REST,
    TO_A_PERSON,
    asks_for_news_alone,
    calls_for_help,
    said_of_solved,
)
from intake.smalltalk.statuses import of_one
from intake.solving import SAYS_SO, agrees, asked_of
from intake.speech import Say, Traits
from intake.strangers import Strangers, held_back
from intake.taps import decide_tap, tap_on
from intake.tickets import Change, Ticket
from intake.troubles import Another, Troubles
from intake.understanding import Reader, Understanding
from intake.withdrawing import WITHDRAWN


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
        self._strangers = strangers
        self._forms = forms
        self._reader = reader
        self._traits = traits
        self._linking = linking
        self._addressing = Addressing(forms=forms, reader=reader)
        self._talking = Talking(forms=forms, reader=reader, addressing=self._addressing)
        self._troubles = Troubles(forms=forms, reader=reader)
        self._tails = Tails(troubles=self._troubles, reader=reader)
        self._opening = Opening(forms=forms, reader=reader, traits=traits)
        self._moving = Moving(opening=self._opening)
        self._mailing = Mailing(opening=self._opening, talking=self._talking)
        self._returning = Returning(opening=self._opening)
        self._editing = Editing(forms=forms, reader=reader, opening=self._opening)

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
                heard = as_heard(self._forms, situation, message)
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
                return heard_of(situation, message, now)

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
        tail = None if is_threaded else self._tails.find(open_here(situation, message), message)
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
        decision = self._belonging(situation, message, (talk, understood), now)
        if decision.ticket is not None and decision.ticket.status.is_live:
            decision = reaction(self._reader, decision, situation, message, (talk, understood))
        return calmed(self._reader, decision, message, understood)

    def _read_mail(self, situation: Situation, message: Message, now: datetime) -> Decision:
        placement = place(situation, message, is_threaded=True)
        talk, understood, seen = self._mailing.hear(placement, situation, message)
        is_by_itself = seen.named_ticket is None and talk not in TO_A_PERSON
        if talk and is_by_itself:
            decision = self._mailing.answer(seen, message, (talk, understood), now)
            return spared(decision, talk, seen, message)
        decision = self._belonging(seen, message, (talk, understood), now)
        return spared(decision, talk, situation, message) if talk else decision

    def _belonging(
        self,
        situation: Situation,
        message: Message,
        heard: tuple[str, Understanding],
        now: datetime,
    ) -> Decision:
        """To an open ticket, to none, or to one of its own."""
        talk, understood = heard
        placement = self._placed(situation, message, understood, talk)
        decision = self._confirmed(placement, situation, message, (talk, now)) if talk else None
        over = said_of_solved(self._reader, placement, message, heard)
        if over is not None:
            situation = of_one(situation, over)
        elif decision is None and placement.ticket is not None:
            decision = self._add(placement, situation, message, (talk, now))
        if decision is not None:
            return decision
        if talk in TO_A_PERSON:
            opening = self._opening.open(situation, message, understood, now)
            return self._pass_on(talk, opening)
        if talk and (talk != "status" or asks_for_news_alone(self._reader, message, understood)):
            person = speaking(situation, message, understood)
            is_call = calls_for_help(self._reader, situation, message, understood, talk)
            return answer_small_talk(
                "status" if is_call else talk, situation, person, now, is_call=is_call
            )
        opening = self._opening.open(situation, message, understood, now)
        return beside(opening, placement)

    def _placed(
        self, situation: Situation, message: Message, understood: Understanding, talk: str
    ) -> Placement:
        """By order of events and words, then by what it tells."""
        is_threaded = self._traits[message.address.channel].is_threaded
        category = understood.category if understood.category_confidence >= SURE else None
        placement = place(situation, message, is_threaded=is_threaded, category=category)
        if is_threaded:
            return placement
        if talk in (*AT_REST, *SAYS_SO):
            heard = (talk, understood)
            return self._addressing.place_talk(placement, situation, message, heard)
        asked_back = None if talk else self._addressing.asked_back(placement, message)
        if asked_back is not None:
            return asked_back
        if talk in ("", "nod"):
            placement = self._told_apart(placement, situation, message, understood)
        if not talk:
            placement = self._addressing.not_over(placement, situation, message, understood)
        if talk in ("", ABUSE):
            return self._returning.back_to(placement, situation, message, understood)
        return placement

    def _confirmed(
        self,
        placement: Placement,
        situation: Situation,
        message: Message,
        heard_at: tuple[str, datetime],
    ) -> Decision | None:
        """A typed yes to “is it solved?” is as good as its tap; a no leaves the ticket open."""
        ticket, (talk, now) = asked_of(situation, message), heard_at
        # whatever was asked about, this may be said of another one
        is_of_another = placement.certainty is Certainty.NAMED and placement.ticket != ticket
        if ticket is None or is_of_another or situation.named_ticket not in (None, ticket):
            return None
        asked = situation.last_entry.facts.get("asks", "") if situation.last_entry else ""
        is_so = talk in ("solved", asked) or agrees(self._reader, ticket, message, talk)
        if is_so is None:
            return None
        heard = replace(ticket, updated_at=now, preview=preview_of(message), waits_for_agent=True)
        if is_so and ticket.status.is_live:
            verb = SAYS_SO["solved" if talk == "solved" else asked]
            return self._typed(heard, replace(message, tap=f"{verb}|{ticket.id}"), now)
        if is_so:
            return gladly(situation, ticket, now)
        heard, changes = reopened(heard)
        says = (Say(template="stays_open"),)
        return Decision(ticket=heard, changes=changes, keeps_message=True, says=says)

    def _told_apart(
        self,
        placement: Placement,
        situation: Situation,
        message: Message,
        understood: Understanding,
    ) -> Placement:
        """Another trouble than those that are open has a ticket of its own."""
        ticket = placement.ticket
        if ticket is None or placement.certainty not in PRESUMED:
            return placement
        if self._forms.action_typed(ticket, message.text) or self._is_about_talk(ticket, message):
            return placement
        here = open_here(situation, message)
        match self._troubles.tell(here, message, understood):
            case Another.SURELY:
                others = (ticket, *placement.others)
                return Placement(ticket=None, certainty=Certainty.NEW, others=others)
            case Another.PERHAPS:
                return replace(placement, certainty=Certainty.GUESSED, is_perhaps_another=True)
            case Another.NO:
                return self._addressing.address(placement, situation, message)

    def _is_about_talk(self, ticket: Ticket, message: Message) -> bool:
        """“Call me at ...”, “no time now”, “that's not what I said”: no trouble of its own."""
        language = self._reader.language_of(message.text, ticket.language)
        reading = self._reader.read(message.text, language=language, now=message.sent_at)
        return tells_of_writer(reading) or bool(restated(reading.text))

    def _pass_on(self, talk: str, opening: Decision) -> Decision:
        """To a person at once, and without questions; marked for the agent, never argued with."""
        said = Say(template="calm" if talk == ABUSE else "human")
        says = () if opening.card is CardStep.NONE else (said,)  # a machine may be answering
        return replace(opening, asks_nothing=True, flag=talk, card=CardStep.NONE, says=says)

    # more words for a ticket

    def _add(
        self,
        placement: Placement,
        situation: Situation,
        message: Message,
        heard_at: tuple[str, datetime],
    ) -> Decision:
        ticket, (talk, now) = placement.ticket, heard_at
        assert ticket is not None  # noqa: S101 - the caller asked
        others = heard_from_another(placement, situation, message, now)
        if others is not None:
            return others
        heard = replace(ticket, updated_at=now, preview=preview_of(message), waits_for_agent=True)
        tap = self._forms.action_typed(heard, message.words)
        if tap:
            decision = self._typed(heard, replace(message, tap=tap), now)
        elif talk and not (talk == WITHDRAWN and placement.certainty is Certainty.GUESSED):
            filled = self._fill(placement, heard, message)
            decision = self._talking.amid(talk, asked_after(situation, placement), heard, filled)
        else:
            denied = self._addressing.denied(situation, message, heard.language)
            is_denied = denied is not None and denied.id == ticket.id
            is_answered = is_denied or self._is_threaded(heard)
            tells_more = not is_answered and self._troubles.tells_more(heard, message)
            filled = self._fill(placement, heard, message)
            last = situation.last_entry
            filled = told_after(self._forms, self._reader, filled, last, message)
            decision = offered(filled, placement, before=ticket, tells_more=tells_more)
            if is_denied and not decision.says:
                decision = replace(decision, says=(Say(template="stays_open"),))
        return decision

    def _typed(self, ticket: Ticket, message: Message, now: datetime) -> Decision:
        """The words of a button are as good as a tap, and stay on the timeline."""
        decision = tap_on(self._forms, ticket, message, now)
        kept = decision.ticket or ticket
        return replace(decision, ticket=kept, keeps_message=True, tap_answer=None)

    def _fill(self, placement: Placement, ticket: Ticket, message: Message) -> Decision:
        """What the words say of the ticket; nothing yet where it is a guess."""
        heard, changes = reopened(ticket)
        if placement.certainty is Certainty.GUESSED:
            besides = message.text if placement.is_perhaps_another else ""
            return Decision(
                ticket=heard, changes=changes, keeps_message=True, unsure="yes", besides=besides
            )
        opened = None if self._is_threaded(heard) else self._opening.at_last(heard, message)
        if opened is not None:
            return replace(opened, changes=(*changes, *opened.changes))
        message = replace(message, text=without_number(heard, message.words))
        filled, news = fill(self._forms, self._reader, heard, message)
        is_news = bool(news) or filled.asked != heard.asked
        since = filled.correcting_since if news else None  # as long as they go on correcting
        return Decision(
            ticket=replace(filled, correcting_since=since),
            changes=(*changes, *news),
            keeps_message=True,
            shows=shown_by(self._reader, filled, message, news),
            card=CardStep.REFRESH if is_news else CardStep.NONE,
            says=(*self._says_corrected(filled, news), *thanks(heard, filled))
            or help_with(self._reader, filled, message)
            or (() if is_news else ask_which(self._reader, filled, message))
            or apology(message),
        )

    def _says_corrected(self, ticket: Ticket, news: tuple[Change, ...]) -> tuple[Say, ...]:
        """The card is far above by now; a mailbox is spared the mail."""
        lines = self._forms.told_corrected(ticket, news)
        if not lines or self._is_threaded(ticket):
            return ()
        return (Say(template="corrected", values={"lines": lines}),)

    def _is_threaded(self, ticket: Ticket) -> bool:
        return self._traits[ticket.address.channel].is_threaded

    def _take_form(self, situation: Situation, message: Message, now: datetime) -> Decision:
        """The page itself has thanked: a chat shows it as well, a mailbox is spared the mail."""
        ticket = situation.proven_ticket
        if ticket is None:
            return Decision()
        decision = take_page(self._forms, self._reader, ticket, message, now)
        return replace(decision, says=()) if self._is_threaded(ticket) else decision

    # the rest

    def _edit(self, situation: Situation, message: Message, now: datetime) -> Decision:
        """A message whose first version never came (it was sent before we were) comes now."""
        decision = self._editing.decide(situation, message, now)
        if decision is not None:
            return decision
        return self._receive(situation, replace(message, kind=MessageKind.TEXT), now)

    def _command(self, situation: Situation, message: Message) -> Decision:
        if message.payload == "status" and not message.is_welcomed:
            return Decision(says=reply_to("status", situation))
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
