"""Small talk by mail: what is in a mail that needs no ticket, and who hears what to it.

Pure. In a thread of ours it is said of that thread's ticket alone. A mail by itself proves nothing
of its sender: it closes nothing, and what it hears goes to the mailbox that it names. A machine's
mails are no talk, and whoever answers them gets little of us (ARCHITECTURE.md).
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from intake.decisions import Decision, turns
from intake.matching import Certainty, Placement, place, spoken_of
from intake.mentions import mentioned
from intake.messages import AutomaticKind, Message
from intake.opening import Opening, speaking, words_of
from intake.people import Person
from intake.placing.ticket_choices import WHICH_SOLVED, which_solved
from intake.situations import Situation
from intake.smalltalk.chats import Talking
from intake.smalltalk.responses import reply_to, welcome_to
from intake.smalltalk.sayings import AT_REST, QUIET, asks_for_news_alone
from intake.smalltalk.statuses import of_one, where_it_stands
from intake.speech import Say
from intake.tickets import Status, Ticket
from intake.understanding import Understanding
from intake.understanding.folding import plain
from intake.utterances import Talk, Utterance

ANSWERED = (*AT_REST, Talk.SOLVED, Talk.WITHDRAWN, Talk.ABUSE)
OF_ITSELF = (*AT_REST, *QUIET, Talk.SOLVED, Talk.ABUSE)
# what mail programs set before the subject of an answer
PREFIXES = (
    "re", "aw", "sv", "vs", "r", "rif", "odp", "odpoved", "от", "отв", "відп", "vidp", "απ",
    "απαντηση", "σχετ",
)  # fmt: skip
ANSWERING = re.compile(rf"(?:(?:{'|'.join(PREFIXES)})(?:\[\d+\])?:\s*+)++")
FEW_WORDS = 8
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
            situation=situation, message=message, understood=understood, talk=None, now=now
        )
        if not (is_mans and is_theirs) or message.read_as or message.files:
            return content
        is_answering = ticket is None and ANSWERING.match(plain(message.subject)) is not None
        words = message.text if ticket or is_answering else words_of(message)
        said = replace(message, text=words, subject="")
        is_closed = ticket is not None and placement.ticket is None  # a new one has a subject
        is_anew = is_closed or is_answering  # of which the subject says nothing
        heard = self.opening.understand(situation, said) if is_anew else understood
        talk = self.talking.of(seen, said, heard)
        is_known = talk in OF_ITSELF or (ticket is not None and talk is Talk.WITHDRAWN)
        if talk is Talk.STATUS and ticket is None:
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
        if talk is Talk.SOLVED and not is_flood and situation.live_tickets:
            return replace(_which_is_over(said), person=person)
        says = () if is_flood else _answers(talk, situation, person)
        if ticket is None:
            return Decision(says=says, needless=NO_CONTENT, person=person)
        is_news = ticket.status.is_live and talk in (Talk.STATUS, Talk.SOLVED)
        waits = ticket.waits_for_agent or is_news
        return Decision(
            ticket=replace(ticket, updated_at=said.now, waits_for_agent=waits),
            keeps_message=True,
            says=says,
            is_claimed=not message.sender.is_proven,
            person=person,
        )

    def chosen(self, situation: Situation, message: Message) -> Ticket | None:
        """The one that somebody names in the thread in which it was asked which is over."""
        last = situation.last_entry
        is_asked = last is not None and last.facts.get("asks") == WHICH_SOLVED
        is_mans = message.automatic is AutomaticKind.NO and not message.files
        if not (is_asked and is_mans) or len(message.text.split()) > FEW_WORDS:
            return None
        if _pointed(place(situation, message, is_threaded=True), situation) is None:
            return None
        own, here = replace(message, subject=""), _of_mailbox(situation, message)
        return _meant(here, own, self.opening.understand(situation, own), is_sure=True)


def _which_is_over(said: Utterance) -> Decision:
    """A mail by itself closes nothing: it is asked, and the thread of the answer proves it."""
    situation, last = said.situation, said.situation.last_entry
    live, only = situation.live_tickets, _meant(situation, said.message, said.understood)
    ticket = only or _newest(situation) or live[0]
    asks = WHICH_SOLVED if only is None else Talk.SOLVED
    one = reply_to(Talk.SOLVED, of_one(situation, only), only) if only is not None else ()
    says = one or (which_solved(ticket, live),)
    is_pending = last is not None and bool(last.facts.get("asks"))
    is_asked = is_pending and last is not None and said.now - last.at < AGAIN_WITHIN
    return Decision(
        ticket=replace(ticket, updated_at=said.now, waits_for_agent=True),
        keeps_message=True,
        says=() if is_asked else says,
        asks=asks,
        is_claimed=not said.message.sender.is_proven,
    )


def _answers(talk: Talk | None, situation: Situation, person: Person) -> tuple[Say, ...]:
    """What is open, or was last; a prompt to a greeting; thanks need no mail."""
    last = situation.last_ticket
    is_over = last is not None and last.status is Status.SOLVED
    match talk:
        case Talk.STATUS if last is not None and is_over:
            return (where_it_stands((last,)),)
        case Talk.STATUS | Talk.BOT:
            return reply_to(talk, situation)
        case Talk.GREETING:
            return (welcome_to(person),)
        case _:
            return ()


def spared(decision: Decision, talk: Talk, situation: Situation, message: Message) -> Decision:
    """Thanks need no mail, and whoever was answered a moment ago needs no second one."""
    ticket = decision.ticket
    before = situation.told_at(ticket)
    is_again = before is not None and message.sent_at - before < AGAIN_WITHIN
    is_settled = ticket is not None and not ticket.status.is_live and talk is Talk.SOLVED
    if not _turns(decision) and (talk not in ANSWERED or is_again or is_settled):
        return replace(decision, says=(), asks="", told_at=before)
    return replace(decision, told_at=message.sent_at if decision.says else before)


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


def _meant(
    situation: Situation, message: Message, understood: Understanding, *, is_sure: bool = False
) -> Ticket | None:
    """The open ticket that a mail by itself speaks of, by its number, subject or words."""
    live = situation.live_tickets
    if len(live) == 1 and not is_sure:
        return live[0]
    subject = plain(ANSWERING.sub("", plain(message.subject))).strip()
    alike = [one for one in live if subject and plain(one.subject).strip() == subject]
    if len(alike) == 1:
        return alike[0]
    words = f"{message.subject}\n{message.text}".strip()
    return mentioned(live, words) or spoken_of(live, words, understood.category)


def _newest(situation: Situation) -> Ticket | None:
    """Of what is open the one last written to from there, else the newest; else the last one."""
    last = situation.last_entry
    live = situation.live_tickets
    spoken_to = next((one for one in live if last and one.id == last.ticket_id), None)
    return spoken_to or next(iter(live), None) or situation.last_ticket
