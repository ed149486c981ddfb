"""What a platform tells of a chat beside its person's words. Pure.

Who may be written to, how our messages fare, what is said in our name but not by this desk, and
what people take back.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from intake.catalogue import Catalogue
from intake.decisions import Decision
from intake.headlines import NAMELESS, preview_of, subject_of
from intake.messages import Fate, Message, MessageKind, Receipt
from intake.situations import Situation
from intake.speech import Card, Speech
from intake.tickets import Author, Change, Ticket

LEAST_OF_A_PART = 100  # letters: fewer may be anybody's words, though ours hold them too


def heard_of(
    catalogue: Catalogue, situation: Situation, message: Message, now: datetime
) -> Decision:
    match message.kind:
        case MessageKind.RECEIPT:
            return Decision(receipt=message.receipt)
        case MessageKind.OUTSIDE:
            return _said_outside(situation, message, now)
        case MessageKind.DELETION:
            return _taken_back(catalogue, situation, message, now)
        case MessageKind.REACHABLE | MessageKind.UNREACHABLE:
            return Decision(is_reachable=message.kind is MessageKind.REACHABLE)
        case _:
            return Decision()


def _said_outside(situation: Situation, message: Message, now: datetime) -> Decision:
    """An answer like an agent's, on the ticket that the talk was about.

    What this desk has sent itself is told of as well: it is known by its id, or will be once its
    send is settled, which the receipt waits for. Where that ends in doubt, its words tell.
    """
    receipt = Receipt(provider_id=message.external_id, fate=Fate.SENT)
    ours = next((one for one in situation.doubtful if _is_part(message, one.body)), None)
    if ours is not None and not situation.is_own:
        named = replace(receipt, delivery_id=ours.delivery_id)
        return Decision(receipt=named if _is_whole(message, ours.body) else None)
    ticket = _talked_about(situation)
    if situation.is_own or ticket is None:
        return Decision(receipt=receipt)
    answered = replace(
        ticket,
        updated_at=now,
        waits_for_agent=False,
        first_response_at=ticket.first_response_at or message.sent_at,
        preview=preview_of(message),
    )
    return Decision(ticket=answered, keeps_message=True, author=Author.AGENT, receipt=receipt)


def _is_part(message: Message, body: Speech) -> bool:
    """Whether these are the words that we may have sent, or some of them."""
    said = _plain(message.text)
    if isinstance(body, Card):
        questions = (f"{one.number}. {one.label}" for one in body.questions)
        signs = (body.heading, body.ask, body.closing, *questions)
        return any(_plain(sign) in said for sign in signs if sign)
    words = _plain(body.text)
    return bool(words) and (words in said or (len(said) >= LEAST_OF_A_PART and said in words))


def _is_whole(message: Message, body: Speech) -> bool:
    """Of what goes as several messages nobody knows whether the last has arrived too."""
    if isinstance(body, Card) or body.files:
        return False
    return _plain(body.text) in _plain(message.text)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _taken_back(
    catalogue: Catalogue, situation: Situation, message: Message, now: datetime
) -> Decision:
    """Nothing stays but that something was said, and what it told without its words."""
    entry, ticket = situation.known_entry, situation.named_ticket
    if entry is None or ticket is None:
        return Decision()
    was = replace(message, text=entry.text)
    verbatim = _answers_in(catalogue, ticket, entry.text)
    left = replace(
        ticket,
        updated_at=now,
        subject=NAMELESS if ticket.subject == subject_of(was) else ticket.subject,
        preview="" if ticket.preview == preview_of(was) else ticket.preview,
        answers={name: value for name, value in ticket.answers.items() if name not in verbatim},
        assumed=ticket.assumed - verbatim.keys(),
    )
    return Decision(
        ticket=left,
        changes=(Change(what="deleted"),),
        erases_entry=entry.id,
        forgets=tuple(verbatim.values()),
    )


def _answers_in(catalogue: Catalogue, ticket: Ticket, text: str) -> Mapping[str, str]:
    """Those that are the person's own words, as they stand there."""
    said = _plain(text).casefold()
    return {
        name: value
        for name, value in ticket.answers.items()
        if name in catalogue.fields
        and catalogue.fields[name].type == "text"
        and _plain(value).casefold() in said
    }


def _talked_about(situation: Situation) -> Ticket | None:
    """The one that the person wrote about last, as long as it is open; else the newest."""
    last = situation.last_entry
    live = situation.live_tickets
    here = [ticket for ticket in live if last is not None and ticket.id == last.ticket_id]
    return next(iter((*here, *live)), situation.last_ticket)
