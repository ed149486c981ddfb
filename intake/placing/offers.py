"""What is said of a placement: where a message went, with the taps that put it elsewhere.

Pure. How sure the placement is was decided by `matching`; what a tap does is left to `moving`.
"""

from dataclasses import replace

from intake.decisions import CardStep, Decision
from intake.matching import Certainty, Placement
from intake.placing.ticket_choices import MOST_OTHERS, on_button
from intake.shares import Share
from intake.speech import Option, Say
from intake.tickets import Ticket

MEANING_IT = (
    "corrected",
    "help",
    "why",
    "which_question",
    "still_asked",
    "nothing_more",
)  # who corrects or asks back means this one
NEW = Option(template="button_new", data="move|{ticket}|{entry}|new")
ADDED = Say(template="added", options=(NEW,))


def offered(
    decision: Decision, placement: Placement, before: Ticket, *, tells_more: bool
) -> Decision:
    """With a question where it is a guess, a way out where it is likely; `before` it came.

    So is whoever tells of a trouble that nothing else shows to have arrived. What goes with the
    message before it is asked about there.
    """
    if placement.goes_with is not None and decision.ticket is not None:
        gave = Share.of(before, decision.ticket).written()
        return replace(decision, gave=gave, goes_with=str(placement.goes_with))
    is_unseen = tells_more and not is_shown(decision)
    says = _offer(placement) or ((ADDED,) if is_unseen else ())
    is_meant = placement.certainty is Certainty.ONLY and any(
        say.template in MEANING_IT for say in decision.says
    )
    if not says or decision.ticket is None or is_meant:
        return decision
    gave = Share.of(before, decision.ticket).written()
    return replace(decision, says=(*decision.says, *says), gave=gave)


def beside(opening: Decision, placement: Placement) -> Decision:
    """A ticket that was opened amid others may turn out to be one of them."""
    options = tuple(map(_belongs, placement.others[:MOST_OTHERS]))
    if not options or opening.opens is None:
        return opening
    says = (*opening.says, Say(template="apart", options=options))
    return replace(opening, says=says, gave=Share.of_opening(opening.opens).written())


def _offer(placement: Placement) -> tuple[Say, ...]:
    ticket, others = placement.ticket, placement.others[:MOST_OTHERS]
    match placement.certainty:
        case Certainty.GUESSED if ticket is not None:
            choices = (ticket, *others)
            return (Say(template="unsure", options=(*map(_belongs, choices), NEW)),)
        case Certainty.ANSWERED:
            return (Say(template="which", options=(*map(_belongs, others), NEW)),)
        case Certainty.ONLY:
            return (ADDED,)
        case _:
            return ()


def is_shown(decision: Decision) -> bool:
    is_asking = decision.ticket is None or bool(decision.ticket.asked)
    return bool(decision.says) or (decision.card is not CardStep.NONE and is_asking)


def _belongs(ticket: Ticket) -> Option:
    return on_button(ticket, f"move|{{ticket}}|{{entry}}|{ticket.id}")
