"""What to do about one message: the heart of the exchange, without clock, database or words.

`matching` says which ticket, `forms` what is still asked, `effects` carries the decision out.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from intake.besides import TROUBLES, find_besides
from intake.corrections import correct
from intake.decisions import CardStep, Decision, thanks
from intake.filling import fill_form, fill_late, fill_reply
from intake.forms import Forms
from intake.headlines import preview_of, subject_of
from intake.help import help_with
from intake.matching import Certainty, Placement, place
from intake.messages import AutomaticKind, Message, MessageKind
from intake.people import LANGUAGES, Person
from intake.pictures import opened_with_picture, show_error, shown_by
from intake.ports import Situation
from intake.smalltalk import (
    ALWAYS_ANSWERED,
    TO_A_PERSON,
    answer_small_talk,
    reply_to,
    small_talk,
    welcome_to,
)
from intake.speech import Option, Say, Traits
from intake.taps import decide_tap
from intake.tickets import Author, Change, Kind, NewTicket, Status, Ticket
from intake.understanding import Reader, Understanding

MOST_CARDS, CARDS_WITHIN = 10, timedelta(hours=1)  # by mail, to one person
TELLING = {"symptom", "item", "system"}  # a bare label or "no" tells of no other trouble
REOPENS_WITHIN = timedelta(days=7)  # after it was solved


class Dialogue:
    """Decides; pure, so that the same situation and message always end in the same decision."""

    def __init__(self, forms: Forms, reader: Reader, traits: Mapping[str, Traits]) -> None:
        self._forms = forms
        self._reader = reader
        self._traits = traits

    def decide(  # noqa: PLR0911 - one line for each kind
        self, situation: Situation, message: Message, now: datetime
    ) -> Decision:
        match message.kind:
            case MessageKind.FORM:
                return self._take_form(situation, message, now)
            case MessageKind.TEXT | MessageKind.UNSUPPORTED:
                decision = self._receive(situation, message, now)
                return _reached(decision, situation, message)
            case MessageKind.TAP:
                decision = decide_tap(self._forms, situation, message, now)
                return self._understood(decision, situation)
            case MessageKind.EDIT:
                return self._edit(situation, message, now)
            case MessageKind.START | MessageKind.COMMAND:
                return self._command(situation, message)
            case MessageKind.REACHABLE | MessageKind.UNREACHABLE | MessageKind.IRRELEVANT:
                return _reachability(message)

    def _receive(self, situation: Situation, message: Message, now: datetime) -> Decision:
        if message.album and situation.known_entry is not None and not message.text:
            return Decision(extends_entry=situation.known_entry.id)
        understood = self._reader.understand(
            _words(message), hint_language=_hint(situation, message), now=message.sent_at
        )
        traits = self._traits[message.address.channel]
        placement = place(
            situation, message, is_threaded=traits.is_threaded, category=understood.category
        )
        placement = self._doubted(placement, message, understood)
        talk = "" if traits.is_threaded else small_talk(self._reader, message, understood)
        if placement.ticket is None and not (talk or traits.is_threaded):
            placement = _back_to_solved(placement, situation, message, understood)
        if placement.ticket is not None:
            return self._add(placement, situation, message, (talk, now))
        if talk in TO_A_PERSON:
            return self._pass_on(talk, self._open(situation, message, understood, now))
        if talk and talk != "status":  # whoever has no open ticket wants more than its state
            person = _speaking(situation, message, understood)
            return answer_small_talk(talk, situation, person, now)
        return self._open(situation, message, understood, now)

    # a new ticket

    def _open(
        self, situation: Situation, message: Message, understood: Understanding, now: datetime
    ) -> Decision:
        person = _speaking(situation, message, understood)
        understood, besides = self._besides(message, understood)
        new = NewTicket(
            person_id=person.id,
            requester=person.name,
            address=message.address,
            language=person.language,
            subject=subject_of(message),
            kind=Kind.INCIDENT,
            category=None,
            answers={},
            preview=preview_of(message),
            opened_at=now,
        )
        new = opened_with_picture(self._forms, self._about(new, understood), message)
        is_silent = message.automatic is not AutomaticKind.NO or self._is_flood(
            situation, message, now
        )
        return Decision(
            opens=new,
            keeps_message=True,
            besides=besides,
            shows=shown_by(self._reader, new, message),
            card=CardStep.NONE if is_silent else CardStep.SHOW,
            says=_apology(message),
            person=person if person != situation.person else None,
        )

    def _besides(self, message: Message, understood: Understanding) -> tuple[Understanding, str]:
        """Of two troubles the ticket is about the first; the words of the second are marked.

        Where the whole is about something else than either, the whole knows more.
        """
        if understood.intent not in TROUBLES:
            return understood, ""
        found = find_besides(
            self._reader,
            _words(message),
            hint_language=understood.language,
            now=message.sent_at,
        )
        if found is None:
            return understood, ""
        parts = (found.first.category, found.second.category)
        return (found.first if understood.category in parts else understood), found.words

    def _about(self, new: NewTicket, understood: Understanding) -> NewTicket:
        category = understood.category
        if category is None:
            return new
        kind = Kind(self._forms.catalogue.categories[category].kind)
        answers = self._forms.catalogue.known(category, understood.answers)
        return replace(new, kind=kind, category=category, answers=answers)

    def _understood(self, decision: Decision, situation: Situation) -> Decision:
        """A message that a tap makes a ticket of its own says what it is about."""
        entry = situation.known_entry
        if decision.opens is None or entry is None:
            return decision
        understood = self._reader.understand(
            entry.text, hint_language=decision.opens.language, now=entry.at
        )
        return replace(decision, opens=self._about(decision.opens, understood))

    def _is_flood(self, situation: Situation, message: Message, now: datetime) -> bool:
        """Whether one address gets so much mail from us that another machine may be answering."""
        if not self._traits[message.address.channel].is_threaded:
            return False
        opened_at = [ticket.created_at for ticket in situation.live_tickets if ticket.card_id]
        return sum(at > now - CARDS_WITHIN for at in opened_at) >= MOST_CARDS

    def _pass_on(self, talk: str, opening: Decision) -> Decision:
        """To a person at once: no questions, and an insult is flagged, never argued with."""
        is_abuse = talk == "abuse"
        return replace(
            opening,
            asks_nothing=True,
            flag="abuse" if is_abuse else "",
            card=CardStep.NONE,
            says=(Say(template="calm" if is_abuse else "human"),),
        )

    # more words for a ticket

    def _doubted(
        self, placement: Placement, message: Message, understood: Understanding
    ) -> Placement:
        """Another trouble told while a card waits is hardly its answer: offer a new ticket."""
        ticket, category = placement.ticket, understood.category
        is_presumed = placement.certainty in (Certainty.CARD, Certainty.CONTINUED)
        if ticket is None or not is_presumed:
            return placement
        is_other = category is not None and ticket.category not in (None, category)
        is_told = not TELLING.isdisjoint(understood.answers)
        if not (is_other and is_told) or understood.intent not in ("report", "request"):
            return placement
        answered, _ = self._fill(ticket, message)
        if len(ticket.asked) - len(answered.asked) > 1:
            return placement
        return replace(placement, certainty=Certainty.GUESSED)

    def _add(
        self,
        placement: Placement,
        situation: Situation,
        message: Message,
        heard_at: tuple[str, datetime],
    ) -> Decision:
        ticket, (talk, now) = placement.ticket, heard_at
        assert ticket is not None  # noqa: S101 - the caller asked
        if message.automatic is not AutomaticKind.NO:
            author = Author.OTHER if placement.certainty is Certainty.PROVEN else Author.REQUESTER
            told = replace(ticket, updated_at=now)
            return Decision(ticket=told, keeps_message=True, author=author)
        heard = replace(ticket, updated_at=now, preview=preview_of(message), waits_for_agent=True)
        if placement.certainty is Certainty.PROVEN:
            return Decision(ticket=heard, keeps_message=True, author=Author.OTHER)
        if talk in ALWAYS_ANSWERED or (talk and not heard.asked):
            says = reply_to(talk, situation, heard)
            flag = talk if talk == "abuse" else ""
            return Decision(ticket=heard, keeps_message=True, says=says, flag=flag)
        heard, changes = self._reopened(heard)
        if not heard.asked:
            filled, news = self._and_more(
                fill_late(self._forms, self._reader, heard, message), message
            )
            return Decision(
                ticket=filled,
                changes=(*changes, *news),
                keeps_message=True,
                shows=shown_by(self._reader, filled, message, news),
                card=CardStep.REFRESH if news else CardStep.NONE,
                says=self._placing(placement, situation) or _apology(message),
            )
        answered = self._answer(heard, message, changes)
        return replace(answered, says=(*answered.says, *self._placing(placement, situation)))

    def _reopened(self, ticket: Ticket) -> tuple[Ticket, tuple[Change, ...]]:
        if ticket.status not in (Status.PENDING, Status.SOLVED):
            return ticket, ()
        change = Change(what="status", before=ticket.status, after=Status.OPEN)
        return replace(ticket, status=Status.OPEN), (change,)

    def _answer(self, ticket: Ticket, message: Message, changes: tuple[Change, ...]) -> Decision:
        answered, news = self._fill(ticket, message)
        is_news = bool(news) or answered.asked != ticket.asked
        return Decision(
            ticket=answered,
            changes=(*changes, *news),
            keeps_message=True,
            shows=shown_by(self._reader, answered, message, news),
            card=CardStep.REFRESH if is_news else CardStep.NONE,
            says=thanks(ticket, answered)
            or help_with(self._reader, answered, message)
            or _apology(message),
        )

    def _thanks_for_form(self, before: Ticket, after: Ticket) -> tuple[Say, ...]:
        """The page itself has thanked: a chat shows it as well, a mailbox is spared the mail."""
        is_threaded = self._traits[before.address.channel].is_threaded
        return () if is_threaded else thanks(before, after)

    def _take_form(self, situation: Situation, message: Message, now: datetime) -> Decision:
        """The page was open to whoever held its link, so it answers for its ticket alone."""
        ticket = situation.proven_ticket
        if ticket is None:
            return Decision()
        words = preview_of(message) or ticket.preview
        heard = replace(ticket, updated_at=now, preview=words, waits_for_agent=True)
        if ticket.status is Status.CLOSED:  # since the page was opened: keep what was said
            return Decision(ticket=heard, keeps_message=True)
        heard, changes = self._reopened(heard)
        filled, news = fill_form(self._forms, self._reader, heard, message)
        filled, shown = show_error(self._forms, self._reader, filled, message)
        news = (*news, *shown)
        return Decision(
            ticket=filled,
            changes=(*changes, *news),
            keeps_message=True,
            shows=shown_by(self._reader, filled, message, news),
            card=CardStep.REFRESH if news or filled.asked != ticket.asked else CardStep.NONE,
            says=self._thanks_for_form(ticket, filled),
        )

    def _fill(self, ticket: Ticket, message: Message) -> tuple[Ticket, tuple[Change, ...]]:
        return self._and_more(fill_reply(self._forms, self._reader, ticket, message), message)

    def _and_more(
        self, filled: tuple[Ticket, tuple[Change, ...]], message: Message
    ) -> tuple[Ticket, tuple[Change, ...]]:
        """Beside the answers: a picture of the error, and what is taken back."""
        ticket, changes = filled
        ticket, shown = show_error(self._forms, self._reader, ticket, message)
        ticket, corrected = correct(self._reader, ticket, message)
        return ticket, (*changes, *shown, *corrected)

    def _placing(self, placement: Placement, situation: Situation) -> tuple[Say, ...]:
        """Where it was a guess: say so, with one tap to put it elsewhere."""
        ticket = placement.ticket
        if ticket is None or placement.certainty not in (Certainty.ONLY, Certainty.GUESSED):
            return ()
        others = [other for other in situation.live_tickets if other.id != ticket.id][:3]
        options = [
            Option(
                template="button_ticket",
                data=f"move|{{ticket}}|{{entry}}|{other.id}",
                values={"number": other.id, "subject": other.subject[:24]},
            )
            for other in others
        ]
        options.append(Option(template="button_new", data="move|{ticket}|{entry}|new"))
        template = "which" if others else "added"
        return (Say(template=template, options=tuple(options)),)

    # the rest

    def _edit(self, situation: Situation, message: Message, now: datetime) -> Decision:
        entry, ticket = situation.known_entry, situation.named_ticket
        if entry is None or ticket is None:
            # The first version never came (it was sent before we were): take this as the message.
            return self._receive(situation, replace(message, kind=MessageKind.TEXT), now)
        changes = (Change(what="edited", before=entry.text, after=message.text),)
        heard = replace(ticket, updated_at=now)
        if not ticket.status.is_live:
            return Decision(ticket=heard, changes=changes, rewrites_entry=entry.id)
        heard, corrected = correct(self._reader, heard, message, was=entry.text)
        answered, news = self._fill(heard, message) if heard.asked else (heard, ())
        news = (*corrected, *news)
        return Decision(
            ticket=answered,
            changes=(*changes, *news),
            rewrites_entry=entry.id,
            card=CardStep.REFRESH if news else CardStep.NONE,
        )

    def _command(self, situation: Situation, message: Message) -> Decision:
        if message.payload == "status":
            return Decision(says=reply_to("status", situation))
        welcome = welcome_to(situation.person)
        language = message.sender.language
        person = None
        if situation.is_first_contact and language in LANGUAGES:
            person = replace(situation.person, language=language)
        return Decision(says=(welcome,), person=person, is_reachable=True)


def _back_to_solved(
    placement: Placement, situation: Situation, message: Message, understood: Understanding
) -> Placement:
    """“No, it is broken again” soon after the ticket was solved opens that one, not another."""
    last = situation.last_ticket
    if last is None or last.status is not Status.SOLVED:
        return placement
    is_recent = message.sent_at - last.updated_at < REOPENS_WITHIN
    is_other = understood.category not in (None, last.category)
    if not is_recent or is_other or understood.intent == "request":
        return placement
    return Placement(ticket=last, certainty=Certainty.ONLY)


def _reachability(message: Message) -> Decision:
    if message.kind is MessageKind.IRRELEVANT:
        return Decision()
    return Decision(is_reachable=message.kind is MessageKind.REACHABLE)


def _reached(decision: Decision, situation: Situation, message: Message) -> Decision:
    """Whoever writes from an address can be reached there again, whatever came back before."""
    is_proof = message.automatic in (AutomaticKind.NO, AutomaticKind.REPLY)
    if situation.handle.is_reachable or not is_proof:
        return decision
    return replace(decision, is_reachable=True)


def _hint(situation: Situation, message: Message) -> str:
    if situation.is_first_contact and message.sender.language in LANGUAGES:
        return message.sender.language
    return situation.person.language


def _speaking(situation: Situation, message: Message, understood: Understanding) -> Person:
    """The person with the language of this message; the platform's hint only counts at first."""
    language = understood.language if understood.is_language_sure else _hint(situation, message)
    return replace(situation.person, language=language)


def _words(message: Message) -> str:
    """What there is to understand: a mail's subject says as much as its first line."""
    return f"{message.subject}\n{message.text}" if message.subject else message.text


def _apology(message: Message) -> tuple[Say, ...]:
    is_foreign = message.kind is MessageKind.UNSUPPORTED and message.platform_kind != "sticker"
    return (Say(template="unsupported"),) if is_foreign else ()
