"""What a tapped button does. Its data is `verb|ticket|...`, as `forms` and `dialogue` made it.

Buttons outlive their moment: each tap is checked against the ticket as it is now and against the
person who taps, since a forwarded card carries its buttons along.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from intake.decisions import CardStep, Decision, back_to_work, thanks
from intake.forms import CATEGORY, Forms
from intake.memory import confirm
from intake.messages import Message
from intake.ports import Situation
from intake.speech import Say
from intake.tickets import Change, Kind, NewTicket, Status, Ticket

NOTED = Say(template="noted")
DONE_ALREADY = Say(template="done_already")
NOT_YOURS = Say(template="not_yours")


def decide_tap(forms: Forms, situation: Situation, message: Message, now: datetime) -> Decision:
    """A tap always ends with a word at the button: noted, done already, or not yours."""
    verb, *words = message.tap.split("|")
    ticket = situation.named_ticket
    if ticket is None or verb not in (*VERBS, "move"):
        return Decision(tap_answer=NOT_YOURS)
    if not ticket.status.is_live:
        return Decision(tap_answer=DONE_ALREADY)
    heard = replace(ticket, updated_at=now)
    if verb == "move":
        return _move(situation, heard, words[1:], now)
    return VERBS[verb](forms, heard, words[1:])


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
        changes = (Change(what=f"answer:{name}", before=before, after=value), *changes)
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
    return Decision(ticket=moved, changes=changes, card=CardStep.REFRESH, tap_answer=NOTED)


def _ask_category(_forms: Forms, ticket: Ticket, _words: list[str]) -> Decision:
    asking = replace(ticket, asked=(CATEGORY,))
    return Decision(ticket=asking, card=CardStep.REFRESH, tap_answer=NOTED)


def _send_as_is(_forms: Forms, ticket: Ticket, _words: list[str]) -> Decision:
    if not ticket.asked:
        return Decision(tap_answer=DONE_ALREADY)
    change = Change(what="sent_as_is", before=",".join(ticket.asked))
    settled, more = back_to_work(ticket, replace(ticket, asked=(), ask=None))
    changes = (change, *more)
    return Decision(ticket=settled, changes=changes, card=CardStep.REFRESH, tap_answer=NOTED)


def _move(situation: Situation, ticket: Ticket, words: list[str], now: datetime) -> Decision:
    """The person says where a message belongs; `words` are its entry and the target."""
    entry, target = situation.known_entry, words[1] if len(words) > 1 else ""
    if entry is None or entry.ticket_id != ticket.id:
        return Decision(tap_answer=DONE_ALREADY)
    if target == "new":
        new = NewTicket(
            person_id=situation.person.id,
            requester=situation.person.name,
            address=ticket.address,
            language=ticket.language,
            subject=entry.text[:80] or ticket.subject,
            kind=Kind.INCIDENT,
            category=None,
            answers={},
            preview=entry.text[:140],
            opened_at=now,
        )
        return Decision(opens=new, moves_entry=entry.id, card=CardStep.SHOW, tap_answer=NOTED)
    for other in situation.live_tickets:
        if str(other.id) == target and other.status is not Status.CLOSED:
            heard = replace(other, updated_at=now, preview=entry.text[:140])
            moved = Say(template="moved")
            return Decision(ticket=heard, moves_entry=entry.id, says=(moved,), tap_answer=NOTED)
    return Decision(tap_answer=DONE_ALREADY)


def _solve(_forms: Forms, ticket: Ticket, _words: list[str]) -> Decision:
    change = Change(what="status", before=ticket.status, after=Status.SOLVED)
    solved = replace(ticket, status=Status.SOLVED, waits_for_agent=False)
    return Decision(
        ticket=solved, changes=(change,), says=(Say(template="glad"),), tap_answer=NOTED
    )


VERBS: dict[str, Callable[[Forms, Ticket, list[str]], Decision]] = {
    "set": _set,
    "cat": _categorise,
    "recat": _ask_category,
    "send": _send_as_is,
    "solve": _solve,
    "keep": _keep,
    "doubt": _doubt,
}
