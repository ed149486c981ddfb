"""What small talk is answered by, in kind: a welcome, where things stand, "is it solved?".

Pure. Whatever is said is kept on a timeline where there is one. What somebody says is told by
`sayings`.
"""

from dataclasses import replace
from datetime import datetime

from intake.decisions import Decision, reopened
from intake.matching import Certainty, Placement
from intake.people import Person, first_name
from intake.placing.ticket_choices import which_solved
from intake.situations import Situation
from intake.smalltalk.sayings import is_just_closed
from intake.smalltalk.statuses import where_it_stands
from intake.speech import Option, Say
from intake.tickets import Change, Status, Ticket
from intake.utterances import Talk

ASKS = {
    Talk.THANKS: Talk.SOLVED,
    Talk.ENDING: Talk.SOLVED,
    Talk.SOLVED: Talk.SOLVED,
    Talk.WITHDRAWN: Talk.WITHDRAWN,
}  # what is asked then
IS_IT_SOLVED = Say(
    template="is_it_solved", options=(Option(template="button_solved", data="solve|{ticket}"),)
)
IS_IT_WITHDRAWN = Say(
    template="is_it_withdrawn",
    options=(Option(template="button_withdrawn", data="withdraw|{ticket}"),),
)
REPLIES = {
    Talk.THANKS: IS_IT_SOLVED,
    Talk.ENDING: IS_IT_SOLVED,
    Talk.SOLVED: IS_IT_SOLVED,
    Talk.WITHDRAWN: IS_IT_WITHDRAWN,
    Talk.HUMAN: Say(template="human"),
    Talk.ABUSE: Say(template="annoyed"),  # what is wrong is known
    Talk.QUESTION: Say(template="asked_on"),
    Talk.BOT: Say(template="bot"),
}


def answer_small_talk(
    talk: Talk, situation: Situation, person: Person, now: datetime, *, is_call: bool = False
) -> Decision:
    """No ticket is live: answer in kind, keep the words with the last ticket if there is one.

    Who asks where a solved one stands hears it; who calls for more about it has it open again.
    """
    ticket, is_of_tickets = situation.last_ticket, talk in (Talk.STATUS, Talk.WITHDRAWN)
    if ticket is not None and talk in (Talk.THANKS, Talk.SOLVED, Talk.ENDING):
        return replace(gladly(situation, ticket, now), person=person)
    says = reply_to(Talk.STATUS, situation) if is_of_tickets else (welcome_to(person),)
    if talk is Talk.BOT:
        says = reply_to(talk, situation)
    if ticket is None:
        return Decision(says=says, person=person)
    kept, changes = replace(ticket, updated_at=now), tuple[Change, ...]()
    if is_call and ticket.status is Status.SOLVED:
        kept, changes = reopened(replace(kept, waits_for_agent=True))
        says = (Say(template="stays_open"),)
    elif talk is Talk.STATUS and ticket.status is Status.SOLVED:
        says = (where_it_stands((ticket,)),)
    elif is_of_tickets and is_just_closed(ticket, now):
        says = (Say(template="is_closed"),)
    return Decision(ticket=kept, changes=changes, keeps_message=True, says=says, person=person)


def gladly(situation: Situation, ticket: Ticket, now: datetime) -> Decision:
    """A kind word that it is over, and silence where that was the last thing said."""
    before = situation.told_at(ticket)
    is_said = before is not None and before >= ticket.updated_at
    return Decision(
        ticket=replace(ticket, updated_at=now),
        keeps_message=True,
        says=() if is_said else (Say(template="glad"),),
        told_at=now,
    )


def asked_after(situation: Situation, placement: Placement) -> Situation:
    """Of several tickets the one that is named: “any news on the printer?”."""
    ticket = placement.ticket
    if placement.certainty is not Certainty.NAMED or ticket is None or not ticket.status.is_live:
        return situation
    return replace(situation, live_tickets=(ticket,))


def reply_to(talk: Talk, situation: Situation, ticket: Ticket | None = None) -> tuple[Say, ...]:
    """What is said amid a ticket: where it stands, or one tap to thanks for an answer."""
    match talk:
        case Talk.STATUS | Talk.GREETING:
            return (where_it_stands(situation.live_tickets),)
        case Talk.THANKS | Talk.ENDING if not _is_answered(ticket):
            return ()
        case Talk.SOLVED if ticket is not None and len(situation.live_tickets) > 1:
            return (which_solved(ticket, situation.live_tickets),)
        case Talk.NOD | Talk.ASIDE:
            return ()
        case _:
            return (REPLIES[talk],)


def _is_answered(ticket: Ticket | None) -> bool:
    return ticket is not None and ticket.first_response_at is not None


def welcome_to(person: Person) -> Say:
    return Say(template="welcome", values={"name": first_name(person.name)})
