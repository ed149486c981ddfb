"""What comes right after a message goes where that goes: its question is theirs, too.

Pure. Photos and files do so always, since some chats send an album as so many messages; words
do where they tell no ticket either. What a tap then moves is left to `moving`.
"""

from dataclasses import replace

from intake.matching import IN_ONE_BREATH, PRESUMED, Certainty, Placement
from intake.messages import Message
from intake.situations import Situation
from intake.tickets import Entry

GOES_WITH = "goes_with"  # under which an entry keeps the one that it follows


def follow(placement: Placement, situation: Situation, message: Message) -> Placement | None:
    """With the ticket of the message before it, as sure as that was; None where it has words."""
    last = situation.last_entry
    if last is None or message.words or not message.files or placement.certainty not in PRESUMED:
        return None
    if not last.at <= message.sent_at < last.at + IN_ONE_BREATH:
        return None
    ticket = next((one for one in situation.live_tickets if one.id == last.ticket_id), None)
    if ticket is None:
        return None
    certainty = Certainty.GUESSED if last.facts.get("unsure") else Certainty.CONTINUED
    return Placement(ticket=ticket, certainty=certainty, goes_with=leader_of(last) or last.id)


def asked_once(placement: Placement, situation: Situation, message: Message) -> Placement:
    """Words that tell no ticket either, right after others that were asked about: with those."""
    last = situation.last_entry
    is_guess = placement.certainty is Certainty.GUESSED and not placement.is_perhaps_another
    if last is None or not (is_guess and last.facts.get("unsure")):
        return placement
    if not last.at <= message.sent_at < last.at + IN_ONE_BREATH:
        return placement
    ticket = next((one for one in situation.live_tickets if one.id == last.ticket_id), None)
    if ticket is None:
        return placement
    return replace(placement, ticket=ticket, goes_with=leader_of(last) or last.id)


def leader_of(entry: Entry) -> int | None:
    """The message that it follows, if any."""
    told = entry.facts.get(GOES_WITH)
    return int(told) if told else None
