"""How people are served whom the directory does not know, until an agent lets them in. Pure.

Their tickets are kept and seen like any other; only the card waits, and a word says why. Letting
in is left to `approving`.
"""

from dataclasses import replace
from enum import StrEnum

from intake.decisions import CardStep, Decision
from intake.messages import Message
from intake.situations import Situation
from intake.speech import Say

WARNINGS = ("danger",)  # words that are for anybody


class Strangers(StrEnum):
    """What a desk does with people whom its directory does not know."""

    OPEN = "open"  # as with anybody
    DIRECTORY_ONLY = "directory_only"
    WAIT_FOR_APPROVAL = "wait_for_approval"


def is_known(situation: Situation, message: Message) -> bool:
    """Whether this is surely somebody of the directory, or whom an agent has let in.

    Anybody can write another's address at the head of a mail: it counts where it is proven.
    """
    is_listed = situation.employee is not None and message.sender.is_proven
    return situation.person.is_approved or is_listed


def held_back(
    decision: Decision, situation: Situation, message: Message, rule: Strangers
) -> Decision:
    """The decision without what only people of the directory get."""
    if decision.opens is not None and rule is not Strangers.OPEN:
        return decision if is_known(situation, message) else _held(decision, situation, rule)
    if decision.ticket is not None and decision.ticket.is_held:
        ticket = replace(decision.ticket, asked=(), numbered=())
        return replace(decision, ticket=ticket, card=CardStep.NONE)
    return decision


def _held(decision: Decision, situation: Situation, rule: Strangers) -> Decision:
    """Told once: where one of theirs waits already, or machines may be answering, not again."""
    assert decision.opens is not None  # noqa: S101 - the caller asked
    is_told = any(ticket.is_held for ticket in situation.live_tickets)
    is_silent = is_told or (decision.card is CardStep.NONE and not decision.says)
    warnings = tuple(say for say in decision.says if say.template in WARNINGS)
    told = () if is_silent else (Say(template=f"stranger_{rule}"),)
    return replace(
        decision,
        opens=replace(decision.opens, is_held=True),
        asks_nothing=True,
        card=CardStep.NONE,
        says=(*warnings, *told),
    )
