"""What a tapped button does. Its data is `verb|ticket|...`, as `forms` made it.

Buttons outlive their moment: each tap is checked against the ticket as it is now. Whether it was
shown to the person who taps is left to the store.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from intake.decisions import CardStep, Decision, back_to_work, thanks
from intake.forms import CATEGORY, Forms
from intake.memory import confirm
from intake.messages import Message
from intake.situations import Situation
from intake.speech import Say
from intake.tickets import Change, Status, Ticket

NOTED = Say(template="noted")
DONE_ALREADY = Say(template="done_already")
NOT_YOURS = Say(template="not_yours")


def decide_tap(forms: Forms, situation: Situation, message: Message, now: datetime) -> Decision:
    """A tap always ends with a word at the button: noted, done already, or not yours.

    Where a message belongs is left to `moving`.
    """
    ticket = _meant(situation, message.tap)
    if ticket is None:
        return Decision(tap_answer=NOT_YOURS)
    return tap_on(forms, ticket, message, now)


def _meant(situation: Situation, tap: str) -> Ticket | None:
    """The ticket that the button was shown for, or another of theirs that it names."""
    verb, *numbers = tap.split("|")
    if verb != "solve" or not numbers[1:]:
        return situation.named_ticket
    own = (*situation.live_tickets, *situation.solved_tickets)
    is_shown = situation.named_ticket is not None
    return next((one for one in own if is_shown and str(one.id) == numbers[1]), None)


def tap_on(forms: Forms, ticket: Ticket, message: Message, now: datetime) -> Decision:
    """The same on a ticket of theirs."""
    verb, *words = message.tap.split("|")
    if verb not in VERBS:
        return Decision(tap_answer=NOT_YOURS)
    if not ticket.status.is_live:
        return Decision(tap_answer=DONE_ALREADY)
    return VERBS[verb](forms, replace(ticket, updated_at=now), words[1:])


def _set(forms: Forms, ticket: Ticket, words: list[str]) -> Decision:
    name, value = [*words, "", ""][:2]
    field = forms.catalogue.fields.get(name)
    if field is None or value not in field.values:
        return Decision(tap_answer=NOT_YOURS)
    before = ticket.answers.get(name, "")
    if before == value and name not in ticket.asked:
        return Decision(tap_answer=DONE_ALREADY)
    known, declined = {**ticket.answers, name: value}, ticket.declined - {name}
    said = replace(ticket, answers=known, declined=declined, assumed=ticket.assumed - {name})
    answered = forms.with_asked(said, {name})
    if not ticket.asked:  # sent as it is: a button from before takes the answer, and asks no more
        answered = replace(answered, asked=())
    answered, changes = back_to_work(ticket, answered)
    if before != value:
        changes = (Change.of_answer(name, before=before, after=value), *changes)
    return Decision(
        ticket=answered,
        changes=changes,
        card=CardStep.REFRESH,
        says=thanks(ticket, answered),
        tap_answer=NOTED,
    )


def _keep(_forms: Forms, ticket: Ticket, _words: list[str]) -> Decision:
    """What stands from an earlier ticket is still so."""
    sure, changes = confirm(ticket, ticket.assumed)
    if not changes:
        return Decision(tap_answer=DONE_ALREADY)
    return Decision(ticket=sure, changes=changes, card=CardStep.REFRESH, tap_answer=NOTED)


def _doubt(forms: Forms, ticket: Ticket, words: list[str]) -> Decision:
    """It is not: asked again, unless the ticket goes on without answers anyway."""
    name = words[0] if words else ""
    if name not in ticket.assumed:
        return Decision(tap_answer=DONE_ALREADY)
    known = {field: value for field, value in ticket.answers.items() if field != name}
    told = replace(ticket, answers=known, assumed=ticket.assumed - {name})
    asking = forms.with_asked(told)
    if not (ticket.asked or ticket.is_complete):
        asking = replace(asking, asked=())
    change = Change(what=f"doubted:{name}", before=ticket.answers[name])
    return Decision(ticket=asking, changes=(change,), card=CardStep.REFRESH, tap_answer=NOTED)


def _categorise(forms: Forms, ticket: Ticket, words: list[str]) -> Decision:
    category = words[0] if words else ""
    if category not in forms.catalogue.categories:
        return Decision(tap_answer=NOT_YOURS)
    if category == ticket.category and ticket.asked != (CATEGORY,):
        return Decision(tap_answer=DONE_ALREADY)
    moved, changes = forms.categorised(ticket, category, {})
    if category == ticket.category:  # asked, and confirmed
        moved, changes = forms.confirmed(ticket), ()
    if ticket.first_response_at is not None:  # an agent is at it, and asks for what is needed
        moved = replace(moved, asked=())
    return Decision(ticket=moved, changes=changes, card=CardStep.REFRESH, tap_answer=NOTED)


def _ask_category(_forms: Forms, ticket: Ticket, _words: list[str]) -> Decision:
    asking = replace(ticket, asked=(CATEGORY,))
    return Decision(ticket=asking, card=CardStep.REFRESH, tap_answer=NOTED)


def _send_as_is(_forms: Forms, ticket: Ticket, _words: list[str]) -> Decision:
    if not ticket.asked:
        return Decision(tap_answer=DONE_ALREADY)
    settled, changes = back_to_work(ticket, replace(ticket, asked=(), ask=None))
    if not ticket.is_complete:
        changes = (Change(what="sent_as_is", before=",".join(ticket.asked)), *changes)
    return Decision(ticket=settled, changes=changes, card=CardStep.REFRESH, tap_answer=NOTED)


def _correct(_forms: Forms, ticket: Ticket, _words: list[str]) -> Decision:
    """Without a form page it is done in words: in the next ones, however plain they are."""
    waiting = replace(ticket, correcting_since=ticket.updated_at)
    return Decision(ticket=waiting, says=(Say(template="correct"),), tap_answer=NOTED)


def _solve(_forms: Forms, ticket: Ticket, _words: list[str]) -> Decision:
    change = Change.of_status(ticket.status, Status.SOLVED)
    solved = replace(ticket, status=Status.SOLVED, waits_for_agent=False)
    return Decision(
        ticket=solved, changes=(change,), says=(Say(template="glad"),), tap_answer=NOTED
    )


def _withdraw(_forms: Forms, ticket: Ticket, _words: list[str]) -> Decision:
    """Its person wants no more of it; whoever needs it after all opens another."""
    over = Change.of_status(ticket.status, Status.CLOSED)
    closed = replace(ticket, status=Status.CLOSED, waits_for_agent=False, asked=(), ask=None)
    return Decision(
        ticket=closed,
        changes=(Change(what="withdrawn"), over),
        says=(Say(template="withdrawn"),),
        tap_answer=NOTED,
    )


VERBS: dict[str, Callable[[Forms, Ticket, list[str]], Decision]] = {
    "set": _set,
    "cat": _categorise,
    "correct": _correct,
    "recat": _ask_category,
    "send": _send_as_is,
    "solve": _solve,
    "withdraw": _withdraw,
    "keep": _keep,
    "doubt": _doubt,
}
