"""Which ticket a message belongs to. What then happens to the ticket is left to `dialogue`.

A guess is never silent: the placement says how sure it is, and `offers` asks where it was a guess.
Among several open tickets, words decide only where they tell one ticket from the others. Whether
they tell of another trouble than all of them is left to `troubles`.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from functools import cache

from intake.mentions import mentioned
from intake.messages import Message
from intake.situations import Situation
from intake.tickets import Status, Ticket
from intake.understanding.folding import plain
from intake.understanding.phrases import phrases

# Whoever wrote to a ticket this short a time ago is taken to go on with it.
CONTINUES_WITHIN = timedelta(minutes=10)
IN_ONE_BREATH = timedelta(minutes=1)  # the same, with several tickets open
WORD = re.compile(r"\w{4,}")
# A number tells something beside its word: "2nd floor", "room 12". Those of a list tell nothing.
NUMBERED = re.compile(r"(?<!\d)(\d+)\w{0,3}[.°]?\s+([^\W\d_]{4,})|\b([^\W\d_]{4,})\s+(\d+)")
STEM = 5  # letters that inflection leaves alone
OF_CATEGORY = 2  # what the same category weighs; a telling word weighs 1
BY_NUMBER = 4  # what the ticket's own number weighs
OVER_A_CARD = 3  # takes a message from the one ticket that waits for an answer


class Certainty(StrEnum):
    """How a ticket was found."""

    NAMED = "named"  # by quote, button, mail thread, album or its number
    PROVEN = "proven"  # by our own token, from somebody who is not the requester
    CLAIMED = "claimed"  # by a number in the subject alone: who writes may be anybody
    CARD = "card"  # its card waits for an answer
    ASKED = "asked"  # an agent waits for an answer
    CONTINUED = "continued"  # the person was just writing to it
    TOPIC = "topic"  # its words speak of this one
    ANSWERED = "answered"  # of several cards that wait it answers the last one
    ONLY = "only"  # there is no other
    GUESSED = "guessed"  # one of several, or perhaps none of them
    OVER = "over"  # what is named is closed: words for it open one that follows it
    NEW = "new"


PRESUMED = {
    Certainty.CARD,
    Certainty.ASKED,
    Certainty.CONTINUED,
    Certainty.TOPIC,
    Certainty.ONLY,
    Certainty.GUESSED,
}  # by what we take the person to mean, not by what the person pointed at


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    ticket: Ticket | None
    certainty: Certainty
    others: tuple[Ticket, ...] = ()  # what else it may belong to, the likeliest first
    is_perhaps_another: bool = False  # trouble than all of them
    goes_with: int | None = None  # the message before it, whose question is its own


def place(
    situation: Situation, message: Message, *, is_threaded: bool, category: str | None = None
) -> Placement:
    """Find the ticket; `is_threaded` channels (mail) name it by thread or mean a new one.

    `category` is what the message by itself would be about.
    """
    named = _named(situation, message)
    if named is not None:
        return named
    here = open_here(situation, message)
    if is_threaded:
        return Placement(ticket=None, certainty=Certainty.NEW)
    told = _pointed_at(situation, here, message)
    if told is not None:
        return told
    if not here:
        return Placement(ticket=None, certainty=Certainty.NEW)
    likeliest = _likeliest(here, situation, message)
    is_told = len(here) == 1 or any(one.is_corrected_at(message.sent_at) for one in here)
    return likeliest if is_told else _by_topic(here, likeliest, message, category)


def open_here(situation: Situation, message: Message) -> Sequence[Ticket]:
    """The open tickets of this chat; where it has none, the person's from elsewhere."""
    live = situation.live_tickets
    return [ticket for ticket in live if ticket.address == message.address] or live


def _named(situation: Situation, message: Message) -> Placement | None:
    """Our own token before the thread, as long as it is their own ticket; a claim comes last.

    Words for a closed one open another; what a machine says by itself stays with it.
    """
    pointed = (situation.named_ticket, situation.proven_ticket, situation.claimed_ticket)
    named, proven, claimed = (
        ticket if ticket and _takes(ticket, message) else None for ticket in pointed
    )
    if proven is not None and proven.person_id == situation.person.id:
        return Placement(ticket=proven, certainty=Certainty.NAMED)
    if named is not None:
        return Placement(ticket=named, certainty=Certainty.NAMED)
    if proven is not None:
        return Placement(ticket=proven, certainty=Certainty.PROVEN)
    return Placement(ticket=claimed, certainty=Certainty.CLAIMED) if claimed else None


def _pointed_at(
    situation: Situation, here: Sequence[Ticket], message: Message
) -> Placement | None:
    """By a quote of a closed one, or by its number: of those here, else of any of their own."""
    quoted = situation.named_ticket
    ticket = (
        mentioned(here, message.text) or quoted or mentioned(situation.told_tickets, message.text)
    )
    if ticket is None:
        return None
    if _takes(ticket, message):
        return Placement(ticket=ticket, certainty=Certainty.NAMED)
    return Placement(ticket=None, certainty=Certainty.OVER, others=tuple(here))


def _takes(ticket: Ticket, message: Message) -> bool:
    return ticket.status is not Status.CLOSED or message.automatic.is_machines_own


def _by_topic(
    here: Sequence[Ticket], likeliest: Placement, message: Message, category: str | None
) -> Placement:
    """What the words say of several tickets confirms or overrules the order of events."""
    weights = _weights(here, message.text, category)
    ranked = sorted(here, key=lambda ticket: -weights[ticket.id])
    lead = weights[ranked[0].id] - weights[ranked[1].id]
    is_new_matter = category is not None and category not in [ticket.category for ticket in here]
    found = _weighed(here, likeliest, ranked[0], 0 if is_new_matter else lead)
    return replace(found, others=tuple(other for other in ranked if other != found.ticket))


def spoken_of(live: Sequence[Ticket], text: str, category: str | None) -> Ticket | None:
    """The one of which a text says more than of any other, whatever waits for an answer."""
    weights = _weights(live, text, category)
    best = sorted(live, key=lambda ticket: -weights[ticket.id])[:2]
    is_told = len(best) == 1 or (best and weights[best[0].id] > weights[best[1].id])
    return best[0] if is_told and weights[best[0].id] else None


def _weighed(here: Sequence[Ticket], likeliest: Placement, best: Ticket, lead: int) -> Placement:
    if lead > 0 and best == likeliest.ticket:
        return Placement(ticket=best, certainty=Certainty.TOPIC)
    is_awaited = _is_awaited(here, likeliest)
    if is_awaited and lead < OVER_A_CARD:
        return likeliest
    is_amid = is_awaited or likeliest.certainty is Certainty.CONTINUED
    if lead >= OF_CATEGORY and not is_amid:
        return Placement(ticket=best, certainty=Certainty.TOPIC)
    if lead > 0:
        return Placement(ticket=best, certainty=Certainty.GUESSED)
    is_sure = likeliest.certainty is Certainty.CONTINUED
    return likeliest if is_sure else replace(likeliest, certainty=Certainty.GUESSED)


def _is_awaited(here: Sequence[Ticket], likeliest: Placement) -> bool:
    """Whether one ticket alone waits for the person's words."""
    awaiting = [ticket for ticket in here if ticket.asked or ticket.status is Status.PENDING]
    return len(awaiting) == 1 and likeliest.ticket == awaiting[0]


def _weights(here: Sequence[Ticket], text: str, category: str | None) -> Counter[int]:
    """How much of the message tells each ticket from the others."""
    stems = {ticket.id: telling(told_by(ticket)) for ticket in here}
    seen = Counter(stem for own in stems.values() for stem in own)
    words = set(WORD.findall(text))
    said = {stem for stem in telling(text) - _of_any() if seen[stem] == 1}
    weights = Counter({number: len(said & own) for number, own in stems.items()})
    for ticket in here:  # a number that may be another thing's too
        weights[ticket.id] += BY_NUMBER * (str(ticket.id) in words)
    alike = [ticket.id for ticket in here if category and ticket.category == category]
    if len(alike) == 1:
        weights[alike[0]] += OF_CATEGORY
    return weights


@cache
def _of_any() -> frozenset[str]:
    """The beginnings of words that tell when: each ticket began at some time."""
    return frozenset(plain(word)[:STEM] for word in phrases("timing", "of_any"))


def told_by(ticket: Ticket) -> str:
    """All words that stand on it."""
    return " ".join((ticket.subject, *ticket.answers.values()))


def telling(text: str) -> set[str]:
    """What tells a text from others: the beginnings of its longer words, and its numbers."""
    words = {word[:STEM] for word in WORD.findall(plain(text))}
    return words | {f"{number} {word}" for word, number in numbered(text)}


def numbered(text: str) -> set[tuple[str, str]]:
    """Words with the number that stands beside each: floors, rooms."""
    found = NUMBERED.findall(plain(text))
    return {((word or noun)[:STEM], number or count) for number, word, noun, count in found}


def _likeliest(live: Sequence[Ticket], situation: Situation, message: Message) -> Placement:
    """By the order of events: what waits for words, then what was written to last."""
    last = situation.last_entry
    within = CONTINUES_WITHIN if len(live) == 1 else IN_ONE_BREATH
    spoken_to = last.ticket_id if last and message.sent_at - last.at < within else None
    signs: tuple[tuple[Certainty, Callable[[Ticket], bool]], ...] = (
        (Certainty.CARD, lambda ticket: ticket.is_corrected_at(message.sent_at)),
        (Certainty.CARD, lambda ticket: bool(ticket.asked)),
        (Certainty.ASKED, lambda ticket: ticket.status is Status.PENDING),
        (Certainty.CONTINUED, lambda ticket: ticket.id == spoken_to),
    )
    for certainty, is_so in signs:
        for ticket in filter(is_so, live):
            return Placement(ticket=ticket, certainty=certainty)
    certainty = Certainty.ONLY if len(live) == 1 else Certainty.GUESSED
    return Placement(ticket=live[0], certainty=certainty)
