"""Small talk by mail: what is in a mail that needs no ticket, and who hears what to it.

Pure. In a thread of ours it is said of that thread's ticket alone. A mail by itself proves nothing
of its sender: it closes nothing, and what it hears goes to the mailbox that it names. A machine's
mails are no talk, and whoever answers them gets little of us (ARCHITECTURE.md).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from intake.decisions import TOLD, Decision, turns
from intake.matching import Certainty, Placement
from intake.messages import AutomaticKind, Message
from intake.opening import Opening, speaking, words_of
from intake.people import Person
from intake.situations import Situation
from intake.smalltalk.chats import Talking
from intake.smalltalk.responses import reply_to, welcome_to
from intake.smalltalk.sayings import BOT, TO_A_PERSON, asks_for_news_alone
from intake.smalltalk.statuses import of_one, where_it_stands
from intake.speech import Say
from intake.tickets import Status, Ticket
from intake.utterances import Utterance
from intake.withdrawing import WITHDRAWN

ANSWERED = ("status", "greeting", BOT, "solved", WITHDRAWN, *TO_A_PERSON)
OF_ITSELF = ("status", "greeting", "thanks", "nod", "ending", "solved", BOT, *TO_A_PERSON)
AGAIN_WITHIN = timedelta(minutes=10)  # whoever answers each of our mails is a machine
NO_CONTENT = "a mail with nothing to do: a greeting, thanks or a question about what is open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    opening: Opening
    talking: Talking

    def hear(
        self, placement: Placement, situation: Situation, message: Message, now: datetime
    ) -> Utterance:
        """What it says; where that is small talk, of as much as such a mail may touch."""
        ticket = _pointed(placement, situation)
        seen = of_one(situation, ticket) if ticket else _of_mailbox(situation, message)
        own = replace(message, subject="") if placement.ticket is not None else message
        understood = self.opening.understand(situation, own)
        is_mans = message.automatic is AutomaticKind.NO and not message.is_requeued
        is_theirs = placement.certainty in (Certainty.NAMED, Certainty.NEW)
        content = Utterance(
            situation=situation, message=message, understood=understood, talk="", now=now
        )
        if not (is_mans and is_theirs) or message.read_as or message.files:
            return content
        said = replace(message, text=message.text if ticket else words_of(message), subject="")
        is_closed = ticket is not None and placement.ticket is None  # a new one has a subject
        heard = self.opening.understand(situation, said) if is_closed else understood
        talk = self.talking.of(seen, said, heard)
        is_known = talk in OF_ITSELF or (ticket is not None and talk == WITHDRAWN)
        if talk == "status" and ticket is None:
            is_known = asks_for_news_alone(self.opening.reader, said, heard)
        return (
            replace(content, situation=seen, understood=heard, talk=talk) if is_known else content
        )

    def answer(self, said: Utterance) -> Decision:
        """To a mail by itself, where it opens no ticket: kept with one that is there, or filed."""
        situation, message, talk = said.situation, said.message, said.talk
        ticket = _newest(situation)
        person = speaking(situation, message, said.understood)
        is_flood = self.opening.is_flood(situation, message, said.now)
        says = () if is_flood else _answers(talk, situation, person)
        if ticket is None:
            return Decision(says=says, needless=NO_CONTENT, person=person)
        is_news = ticket.status.is_live and talk in ("status", "solved")
        waits = ticket.waits_for_agent or is_news
        return Decision(
            ticket=replace(ticket, updated_at=said.now, waits_for_agent=waits),
            keeps_message=True,
            says=says,
            claimed="" if message.sender.is_proven else "yes",
            person=person,
        )


def _answers(talk: str, situation: Situation, person: Person) -> tuple[Say, ...]:
    """What is open, or was last; a prompt to a greeting; thanks need no mail."""
    last = situation.last_ticket
    is_over = last is not None and last.status is Status.SOLVED
    match talk:
        case "status" if last is not None and is_over:
            return (where_it_stands((last,)),)
        case "status" | "bot":
            return reply_to(talk, situation)
        case "greeting":
            return (welcome_to(person),)
        case _:
            return ()


def spared(decision: Decision, talk: str, situation: Situation, message: Message) -> Decision:
    """Thanks need no mail, and whoever was answered a moment ago needs no second one."""
    last, ticket = situation.last_entry, decision.ticket
    before = last.facts.get(TOLD, "") if last and ticket and last.ticket_id == ticket.id else ""
    is_again = bool(before) and message.sent_at - datetime.fromisoformat(before) < AGAIN_WITHIN
    is_settled = ticket is not None and not ticket.status.is_live and talk == "solved"
    if not _turns(decision) and (talk not in ANSWERED or is_again or is_settled):
        return replace(decision, says=(), asks="", told=before)
    return replace(decision, told=message.sent_at.isoformat() if decision.says else before)


def _turns(decision: Decision) -> bool:
    """Whether a ticket is over by it, open again, or stays so against what was asked."""
    is_kept_open = any(say.template == "stays_open" for say in decision.says)
    return is_kept_open or turns(decision.changes)


def _pointed(placement: Placement, situation: Situation) -> Ticket | None:
    """The ticket of its thread or token, closed ones too, as long as it is their own."""
    own = situation.person.id
    known = (placement.ticket, situation.proven_ticket, situation.named_ticket)
    return next((ticket for ticket in known if ticket and ticket.person_id == own), None)


def _of_mailbox(situation: Situation, message: Message) -> Situation:
    """Without what was said elsewhere, unless it is proven who writes."""
    if message.sender.is_proven:
        return situation
    here = message.address
    last = situation.last_ticket
    return replace(
        situation,
        live_tickets=tuple(one for one in situation.live_tickets if one.address == here),
        solved_tickets=tuple(one for one in situation.solved_tickets if one.address == here),
        last_ticket=last if last is not None and last.address == here else None,
    )


def _newest(situation: Situation) -> Ticket | None:
    """Of what is open the one last written to from there, else the newest; else the last one."""
    last = situation.last_entry
    live = situation.live_tickets
    spoken_to = next((one for one in live if last and one.id == last.ticket_id), None)
    return spoken_to or next(iter(live), None) or situation.last_ticket
