"""A tap says where a message belongs: it goes there with all that it gave, or stays and gives it.

Pure. Which taps are offered is left to `offers`, what a message gives to `filling` and `opening`.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce

from intake.decisions import CardStep, Decision, Leaving, reopened, thanks
from intake.filling import fill
from intake.headlines import preview_of
from intake.mentions import without_number
from intake.messages import Message, MessageKind
from intake.opening import Opening
from intake.pictures import files_of, shown_by
from intake.shares import FACT, Share
from intake.signs.withdrawing import withdrawn
from intake.situations import Situation
from intake.smalltalk.responses import IS_IT_WITHDRAWN
from intake.speech import Option, Say
from intake.splitting import PARTED
from intake.tickets import Change, Entry, Status, Ticket
from intake.turns.taps import DONE_ALREADY, NOTED
from intake.utterances import Talk

MOVES = "move|"  # what such a tap begins with
NOWHERE_YET = "new"  # the target that is no ticket yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """Buttons outlive their moment: each tap is checked against what is so now."""

    opening: Opening

    def decide(
        self, situation: Situation, ticket: Ticket, tap: Message, now: datetime
    ) -> Decision:
        """`tap` is move|ticket|entry|target; `ticket` is the one that the message is with."""
        entry, target = situation.known_entry, [*tap.tap.split("|"), "", "", ""][3]
        if entry is None or entry.ticket_id != ticket.id or entry.facts.get(PARTED):
            return Decision(tap_answer=DONE_ALREADY)
        said, home = _said_together(situation, entry, tap), situation.destination
        others = (*situation.live_tickets, *situation.solved_tickets)
        other = next((one for one in others if str(one.id) == target), None)
        if target == NOWHERE_YET:
            decision = self._open(situation, ticket, said, now)
        elif other is not None:
            decision = self._bring(situation, (ticket, other), said, now)
        elif home is not None and entry.facts.get("home") == str(home.id):
            decision = self._take_home(situation, (ticket, home), said, now)
        else:
            decision = Decision(tap_answer=DONE_ALREADY)
        return _with_way_back(decision, ticket, _share(situation))

    def _open(
        self, situation: Situation, ticket: Ticket, said: Message, now: datetime
    ) -> Decision:
        entry = situation.known_entry
        if entry is None or situation.is_all_that_was_said:  # it has a ticket of its own
            return Decision(tap_answer=DONE_ALREADY)
        understood = self.opening.understand(situation, said)
        opened = self.opening.open(situation, said, understood, now)
        return replace(
            opened,
            keeps_message=False,
            moves_entry=entry.id,
            gave=Share.of_opening(opened.opens).written() if opened.opens else "",
            leaves=self._leaving(situation, ticket, said, now),
            tap_answer=NOTED,
        )

    def _bring(
        self, situation: Situation, tickets: tuple[Ticket, Ticket], said: Message, now: datetime
    ) -> Decision:
        (ticket, other), entry = tickets, situation.known_entry
        is_here = ticket.id == other.id
        if entry is None or (is_here and not entry.facts.get("unsure")):
            return Decision(tap_answer=DONE_ALREADY)
        forms, reader = self.opening.forms, self.opening.reader
        heard = replace(other, updated_at=now, preview=preview_of(said), waits_for_agent=True)
        heard, changes = reopened(heard)
        leaves = None if is_here else self._leaving(situation, ticket, said, now)
        if withdrawn(reader, [other], said, other.language) is Talk.WITHDRAWN:
            return Decision(
                ticket=heard,
                changes=changes,
                moves_entry=entry.id,
                leaves=leaves,
                says=(IS_IT_WITHDRAWN,),
                asks=Talk.WITHDRAWN,
                tap_answer=NOTED,
            )
        own = replace(said, text=without_number(heard, said.text))
        filled, news = fill(forms, reader, heard, own)
        is_news = bool(news) or filled.asked != other.asked
        given = (_share(situation) if is_here else None) or Share()
        return Decision(
            ticket=filled,
            changes=(*changes, *news),
            moves_entry=entry.id,
            shows=shown_by(reader, filled, said, news),
            besides="" if entry.facts.get("unsure") else entry.facts.get("besides", ""),
            gave=given.and_then(Share.of(other, filled)).written(),
            card=CardStep.REFRESH if is_news else CardStep.NONE,
            leaves=leaves,
            says=thanks(other, filled),
            tap_answer=NOTED,
        )

    def _take_home(
        self, situation: Situation, tickets: tuple[Ticket, Ticket], said: Message, now: datetime
    ) -> Decision:
        """What was closed when the message went is as it was, by what was noted then."""
        (ticket, home), entry = tickets, situation.known_entry
        if entry is None or home.status is not Status.CLOSED:
            return Decision(tap_answer=DONE_ALREADY)
        had = Share.read({FACT: entry.facts.get("had", "")}) or Share()
        is_untouched = home.assignee_id is None and home.first_response_at is None
        status = Status.NEW if is_untouched else Status.OPEN
        opened = replace(
            home,
            status=status,
            answers={**had.answers, **home.answers},
            declined=home.declined | set(had.declined),
            updated_at=now,
            preview=preview_of(said),
            waits_for_agent=True,
        )
        asking = self.opening.forms.with_asked(opened)
        over = Change.of_status(home.status, status)
        back = [
            Change.of_answer(name, after=value)
            for name, value in had.answers.items()
            if name not in home.answers
        ]
        return Decision(
            ticket=asking if home.card_id is not None else replace(asking, asked=()),
            changes=(over, *back),
            moves_entry=entry.id,
            shows=entry.facts.get("shows", ""),
            gave=had.written(),
            card=CardStep.REFRESH,
            leaves=self._leaving(situation, ticket, said, now),
            tap_answer=NOTED,
        )

    def _leaving(
        self, situation: Situation, ticket: Ticket, said: Message, now: datetime
    ) -> Leaving:
        """Without the message, and without what it gave."""
        share = _share(situation) or Share()
        last = _said(situation.followers[-1], said) if situation.followers else said
        left, turned = share.turned_back(replace(ticket, updated_at=now), preview_of(last))
        left, lost = share.taken_from(self.opening.forms, left)
        if not situation.is_all_that_was_said:
            return Leaving(
                ticket=left,
                changes=(*turned, *lost),
                lost=share.answers,
                is_card_stale=_on_card(left) != _on_card(ticket),
            )
        closed = replace(
            left,
            category=ticket.category,
            kind=ticket.kind,
            status=Status.CLOSED,
            asked=(),
            ask=None,
            waits_for_agent=False,
        )
        over = Change.of_status(ticket.status, Status.CLOSED)
        changes = (over,) if ticket.status is not Status.CLOSED else ()
        told = tuple(change for change in lost if change.what != "category")  # which it keeps
        return Leaving(
            ticket=closed, changes=(*changes, *told), lost=share.answers, is_emptied=True
        )


def _with_way_back(decision: Decision, ticket: Ticket, share: Share | None) -> Decision:
    """What was tapped says where the message is now, and its one button takes that back."""
    if decision.leaves is None:
        return decision
    back = Option(
        template="button_back",
        data=f"move|{{ticket}}|{{entry}}|{ticket.id}",
        values={"number": ticket.id},
    )
    is_emptied = decision.leaves.is_emptied
    return replace(
        decision,
        becomes=Say(template="moved", options=(back,)),
        home=str(ticket.id) if is_emptied else "",
        had=share.written() if share and is_emptied else "",
    )


def _share(situation: Situation) -> Share | None:
    """What the message gave, and those that go with it."""
    entry = situation.known_entry
    together = (entry, *situation.followers) if entry is not None else ()
    shares = [share for one in together if (share := Share.read(one.facts))]
    return reduce(Share.and_then, shares) if shares else None


def _said_together(situation: Situation, entry: Entry, tap: Message) -> Message:
    """The message as it came, with the files that came right after it."""
    files = (file for one in (entry, *situation.followers) for file in files_of(one))
    return replace(_said(entry, tap), files=tuple(files))


def _said(entry: Entry, tap: Message) -> Message:
    """The message as it came, with the words that stand there now."""
    return replace(
        tap,
        kind=MessageKind.TEXT,
        sent_at=entry.at.astimezone(tap.sent_at.tzinfo),
        text=entry.text,
        files=files_of(entry),
        external_id=entry.external_id,
        platform_kind=entry.facts.get("unsupported", ""),
        tap="",
        tap_id="",
    )


def _on_card(ticket: Ticket) -> tuple[object, ...]:
    return (ticket.category, dict(ticket.answers), ticket.assumed, ticket.asked)
