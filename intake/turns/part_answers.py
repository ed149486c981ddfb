"""What is said to whoever has answered a part: what was taken, and what would still help.

Pure. In a chat the card shows both, as long as it is in sight. A mail can't be changed, so whoever
answers by mail would never know. Each such word needs a new answer, and a burst of them gets one.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from intake.decisions import Decision
from intake.forms import CATEGORY, Forms
from intake.messages import AutomaticKind, Message
from intake.situations import Situation
from intake.speech import Say
from intake.tickets import ANSWER, Change, Ticket

BURST = timedelta(minutes=2)  # messages in a row that share one word
SCROLLED_WITHIN = timedelta(hours=1)  # after which a card is far above, a reminder below it


def with_rest(
    forms: Forms, decision: Decision, situation: Situation, message: Message
) -> Decision:
    """Silent where all is told otherwise, where nothing is new, and to machines."""
    ticket = decision.ticket
    if ticket is None or decision.says or message.automatic is not AutomaticKind.NO:
        return decision
    is_asking = bool(ticket.asked) and ticket.asked != (CATEGORY,) and ticket.status.is_live
    news = [one for one in decision.changes if one.kind in (ANSWER, "declined")]
    if not (is_asking and news) or _is_told(ticket, situation, message):
        return decision
    values = {
        "number": ticket.id,
        "lines": _taken(forms, ticket, news),
        "questions": forms.card(ticket, message.sent_at).questions,
    }
    return replace(decision, says=(Say(template="part", values=values),), told_at=message.sent_at)


def is_out_of_sight(situation: Situation, ticket: Ticket | None, message: Message) -> bool:
    """Whether the card stands far above in its chat: a newer one below it, or time gone by."""
    if ticket is None or ticket.card_id is None:
        return False
    here = [one for one in situation.live_tickets if one.address == ticket.address]
    is_below = any((one.card_id or 0) > ticket.card_id for one in here if one.id != ticket.id)
    last = situation.last_entry
    return is_below or (last is not None and message.sent_at - last.at > SCROLLED_WITHIN)


def _is_told(ticket: Ticket, situation: Situation, message: Message) -> bool:
    before = situation.told_at(ticket)
    return before is not None and message.sent_at - before < BURST


def _taken(forms: Forms, ticket: Ticket, news: Sequence[Change]) -> tuple[dict[str, str], ...]:
    language, show = ticket.language, forms.catalogue.show
    names = [one.field for one in news if one.after]
    return tuple(
        {
            "label": forms.catalogue.label(name, language, ticket.category),
            "value": show(name, ticket.answers[name], language),
        }
        for name in dict.fromkeys(names)
        if name in ticket.answers
    )
