"""Which ticket a message belongs to. What then happens to the ticket is left to `dialogue`.

A guess is never silent: the placement says how sure it is, and `dialogue` offers to move the
message where it was a guess. Among several open tickets, words decide only where they tell one
ticket from the others.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from intake.messages import Message
from intake.ports import Situation
from intake.tickets import Status, Ticket
from intake.understanding.folding import plain

# Whoever wrote to a ticket this short a time ago is taken to go on with it.
CONTINUES_WITHIN = timedelta(minutes=10)
IN_ONE_BREATH = timedelta(minutes=1)  # the same, with several tickets open
WORD = re.compile(r"\w{4,}")
STEM = 5  # letters that inflection leaves alone
OF_CATEGORY = 2  # what the same category weighs; a telling word weighs 1
BY_NUMBER = 4  # what the ticket's own number weighs
OVER_A_CARD = 3  # takes a message from the one ticket that waits for an answer


class Certainty(StrEnum):
    """How a ticket was found."""

    NAMED = "named"  # by quote, button, mail thread or album
    PROVEN = "proven"  # by our own token, from somebody who is not the requester
    CARD = "card"  # its card waits for an answer
    ASKED = "asked"  # an agent waits for an answer
    CONTINUED = "continued"  # the person was just writing to it
    TOPIC = "topic"  # its words speak of this one
    ONLY = "only"  # there is no other
    GUESSED = "guessed"  # one of several
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    ticket: Ticket | None
    certainty: Certainty


def place(
    situation: Situation, message: Message, *, is_threaded: bool, category: str | None = None
) -> Placement:
    """Find the ticket; `is_threaded` channels (mail) name it by thread or mean a new one.

    `category` is what the message by itself would be about.
    """
    named = _named(situation)
    if named is not None:
        return named
    live = situation.live_tickets
    if is_threaded or not live:
        return Placement(ticket=None, certainty=Certainty.NEW)
    here = [ticket for ticket in live if ticket.address == message.address] or list(live)
    likeliest = _likeliest(here, situation, message)
    if len(here) == 1:
        return likeliest
    return _by_topic(here, likeliest, message, category)


def _named(situation: Situation) -> Placement | None:
    """Our own token before the thread, as long as it is their own ticket."""
    named, proven = situation.named_ticket, situation.proven_ticket
    if proven is not None and proven.status is Status.CLOSED:
        proven = None
    if proven is not None and proven.person_id == situation.person.id:
        return Placement(ticket=proven, certainty=Certainty.NAMED)
    if named is not None and named.status is not Status.CLOSED:
        return Placement(ticket=named, certainty=Certainty.NAMED)
    return Placement(ticket=proven, certainty=Certainty.PROVEN) if proven else None


def _by_topic(
    here: Sequence[Ticket], likeliest: Placement, message: Message, category: str | None
) -> Placement:
    """What the words say of several tickets confirms or overrules the order of events."""
    weights = _weights(here, message.text, category)
    best, second = sorted(here, key=lambda ticket: -weights[ticket.id])[:2]
    lead = weights[best.id] - weights[second.id]
    before = likeliest.ticket
    is_new_matter = category is not None and category not in [ticket.category for ticket in here]
    if lead > 0 and best == before and not is_new_matter:
        return Placement(ticket=best, certainty=Certainty.TOPIC)
    if _is_awaited(here, likeliest) and lead < OVER_A_CARD:
        return likeliest
    if lead >= OF_CATEGORY and not is_new_matter and likeliest.certainty is Certainty.GUESSED:
        return Placement(ticket=best, certainty=Certainty.TOPIC)
    if lead > 0:
        return Placement(ticket=best, certainty=Certainty.GUESSED)
    is_unsure = likeliest.certainty in (Certainty.CARD, Certainty.ASKED)
    return Placement(ticket=before, certainty=Certainty.GUESSED) if is_unsure else likeliest


def _is_awaited(here: Sequence[Ticket], likeliest: Placement) -> bool:
    """Whether one ticket alone waits for the person's words."""
    awaiting = [ticket for ticket in here if ticket.asked or ticket.status is Status.PENDING]
    return len(awaiting) == 1 and likeliest.ticket == awaiting[0]


def _weights(here: Sequence[Ticket], text: str, category: str | None) -> Counter[int]:
    """How much of the message tells each ticket from the others."""
    stems = {ticket.id: _stems(_told(ticket)) for ticket in here}
    seen = Counter(stem for own in stems.values() for stem in own)
    words = set(WORD.findall(text))
    said = {stem for stem in _stems(text) if seen[stem] == 1}
    weights = Counter({number: len(said & own) for number, own in stems.items()})
    for ticket in here:
        weights[ticket.id] += BY_NUMBER * (str(ticket.id) in words)
    alike = [ticket.id for ticket in here if category and ticket.category == category]
    if len(alike) == 1:
        weights[alike[0]] += OF_CATEGORY
    return weights


def _told(ticket: Ticket) -> str:
    return " ".join((ticket.subject, *ticket.answers.values()))


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in WORD.findall(plain(text))}


def _likeliest(live: list[Ticket], situation: Situation, message: Message) -> Placement:
    for ticket in live:
        if ticket.asked:
            return Placement(ticket=ticket, certainty=Certainty.CARD)
    for ticket in live:
        if ticket.status is Status.PENDING:
            return Placement(ticket=ticket, certainty=Certainty.ASKED)
    last = situation.last_entry
    within = CONTINUES_WITHIN if len(live) == 1 else IN_ONE_BREATH
    for ticket in live:
        if last and last.ticket_id == ticket.id and message.sent_at - last.at < within:
            return Placement(ticket=ticket, certainty=Certainty.CONTINUED)
    certainty = Certainty.ONLY if len(live) == 1 else Certainty.GUESSED
    return Placement(ticket=live[0], certainty=certainty)
