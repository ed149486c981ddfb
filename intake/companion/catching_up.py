"""One chat's showing of a ticket, brought up to date: its topic, its card, and what is news.

Whose turn it is, and how much a chat takes, is left to `relaying`. Each step posts what it has to,
and notes at the turn what is shown now.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from intake.companion.cards import Cards, is_other_state, mark_of, tapped
from intake.companion.ports import CompanionWork
from intake.companion.retelling import Retelling
from intake.companion.retelling import mark_of as mark_of_told
from intake.companion.showings import (
    ASKED,
    CHANNEL,
    MAKING,
    QUIET_PAUSE,
    WITHOUT,
    AgentChat,
    Showing,
)
from intake.companion.speaker import Speaker
from intake.companion.telling import Telling, numbered
from intake.people import Handle
from intake.sla import WorkingHours
from intake.speech import Choice, DeliveryState, NewDelivery, Operation, Speech, Text
from intake.tickets import Entry, Ticket
from intake.undelivered import FILE

MOST_ENTRIES: Final = 30
MOST_LOST: Final = 3  # of an agent's words, told at once
CARD_WITHIN: Final = timedelta(seconds=3)  # a card changes so often, on average
DONE: Final = "✓"
FILE_PAUSE: Final = timedelta(seconds=1)
LOST: Final[dict[str, str]] = {
    DeliveryState.UNKNOWN: "perhaps_lost",
    DeliveryState.GONE: "lost_blocked",
}


@dataclass(slots=True, kw_only=True)
class Turn:
    """One showing that is looked at: what it becomes, and what was posted for it."""

    showing: Showing
    ticket: Ticket
    language: str
    now: datetime
    is_quiet: bool = False  # nothing new may come; what is there may change
    is_told: bool = True  # what is said on the ticket is said in this chat too
    lost: Collection[int] = ()  # messages that perhaps did not reach this chat
    has_news: bool = True  # entries that are not told yet
    posted: int = 0
    look_at: datetime | None = None

    def again(self, at: datetime) -> None:
        self.look_at = at if self.look_at is None else min(at, self.look_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is read once for all showings that are looked at together."""

    chats: Mapping[str, AgentChat]
    lost: Mapping[tuple[str, int], Collection[int]]
    newest: Mapping[int, int]  # entries, by ticket
    reduced: Collection[int]  # tickets of which something was taken back


@dataclass(frozen=True, slots=True, kw_only=True)
class CatchingUp:
    cards: Cards
    telling: Telling
    retelling: Retelling
    speaker: Speaker
    hours: WorkingHours

    async def catch_up(self, work: CompanionWork, turn: Turn, known: Known) -> None:
        if turn.ticket.id in known.reduced:
            await self._retell(work, turn)
        if _is_wanted(turn):
            await self._show_topic(work, turn)
            await self._show_card(work, turn)
            await self._tell(work, turn)
            await self._tell_lost(work, turn)

    def turn_of(self, showing: Showing, ticket: Ticket, known: Known, now: datetime) -> Turn:
        chat = known.chats.get(showing.chat)
        lost = known.lost.get((showing.chat, ticket.id), ())
        has_news = known.newest.get(ticket.id, 0) > showing.entry_id
        of_group = Turn(
            showing=showing,
            ticket=ticket,
            language=self.speaker.language,
            now=now,
            lost=lost,
            has_news=has_news,
        )
        if chat is None or showing.is_group:
            return of_group
        is_theirs, is_asked = ticket.assignee_id == showing.agent_id, showing.urgency == ASKED
        return replace(
            of_group,
            language=chat.agent.language,
            is_quiet=chat.is_quiet(now, self.hours.zone) and not is_asked,
            is_told=is_theirs or showing.is_followed,
        )

    async def _show_topic(self, work: CompanionWork, turn: Turn) -> None:
        """Its name and whether it is closed; that there is one at all is the sender's care."""
        showing, ticket = turn.showing, turn.ticket
        is_closed = not ticket.status.is_live
        name = self.cards.topic_name(ticket, turn.language)
        if is_closed and not showing.is_group:  # Telegram closes topics in groups alone
            name = f"{DONE} {name}"
        if showing.topic in ("", MAKING, WITHOUT):
            turn.showing = replace(showing, name=name)  # for whoever makes one
            return
        if name != showing.name:
            await self._change_topic(work, turn, name, "name")
            turn.showing = replace(turn.showing, name=name)
        if showing.is_group and is_closed != showing.is_closed:
            await self._change_topic(work, turn, name, "close" if is_closed else "open")
            turn.showing = replace(turn.showing, is_closed=is_closed)

    async def _change_topic(self, work: CompanionWork, turn: Turn, name: str, what: str) -> None:
        change = self._delivery(turn, Text(text=name))
        await work.post(replace(change, operation=Operation.TOPIC, subject=what))
        turn.posted += 1

    async def _show_card(self, work: CompanionWork, turn: Turn) -> None:
        """Who has it, and its status, are shown at once: for that the next edit's time is used."""
        showing, now, lost = turn.showing, turn.now, turn.lost
        if showing.card_id in lost:  # nothing can be changed there: once more, when there is news
            showing = replace(showing, card_id=None)
        card = self.cards.draw(turn.ticket, turn.language, now, len(lost))
        mark = mark_of(card, turn.ticket)
        if mark == showing.card_mark:
            return
        if showing.card_id is None and turn.is_quiet:
            turn.again(now + QUIET_PAUSE)
            return
        last = _changed_at(showing, now)
        is_early = showing.card_id is not None and now < last + CARD_WITHIN
        if is_early and not (now >= last and is_other_state(mark, showing.card_mark)):
            turn.again(last + CARD_WITHIN)
            return
        delivery = self._delivery(turn, card)
        card_id = showing.card_id
        if card_id is None:
            card_id = await work.post(delivery)
        else:
            edit = replace(delivery, operation=Operation.EDIT, target_id=card_id)
            await work.replace_waiting_edits([edit])
        turn.posted += 1
        at = last + CARD_WITHIN if is_early else now
        turn.showing = replace(showing, card_id=card_id, card_mark=mark, card_at=at)

    async def _tell(self, work: CompanionWork, turn: Turn) -> None:
        showing, now = turn.showing, turn.now
        if not (turn.is_told and turn.has_news) or showing.card_id is None:
            return
        entries = await work.entries_after(showing.ticket_id, showing.entry_id, MOST_ENTRIES)
        if not entries:
            return
        if turn.is_quiet:
            turn.again(now + QUIET_PAUSE)
            return
        if showing.entry_id == 0 and _is_on_card(entries[0][0], turn.ticket):
            entries = [(entries[0][0], showing.chat), *entries[1:]]
        told = self.telling.tell(entries, showing.chat, turn.language, now)
        if told.body is not None:
            news = self._delivery(turn, numbered(told.body, showing))
            await work.post(replace(news, subject=mark_of_told(told.entry_ids)))
            turn.posted += 1
        if told.entry_id:
            turn.showing = replace(turn.showing, entry_id=told.entry_id)
        if not told.is_all or len(entries) == MOST_ENTRIES:
            turn.again(now + FILE_PAUSE if told.body is None else now)

    async def _retell(self, work: CompanionWork, turn: Turn) -> None:
        asked = (turn.language, turn.now)
        posted, waits = await self.retelling.retell(work, turn.showing, turn.ticket, asked)
        turn.posted += posted
        if waits:
            turn.again(turn.now + FILE_PAUSE)

    async def _tell_lost(self, work: CompanionWork, turn: Turn) -> None:
        """Each of the agents' words that did not arrive, with what may be done about it."""
        ticket, showing = turn.ticket, turn.showing
        if ticket.undelivered in ("", FILE) or not turn.is_told or turn.is_quiet:
            return
        told_id = int(showing.told_lost.partition(":")[0] or 0)
        found = await work.lost_since(ticket.id, told_id, MOST_LOST)
        marks = [f"{entry.delivery_id}:{attempts}" for entry, attempts in found]
        if not found or marks[-1] == showing.told_lost:
            return
        handles = await work.handles(ticket.person_id)
        for mark, (entry, _) in zip(marks, found, strict=True):
            if mark != showing.told_lost:
                await work.post(self._lost(turn, entry, handles))
                turn.posted += 1
        turn.showing = replace(turn.showing, told_lost=marks[-1])
        if len(found) == MOST_LOST:
            turn.again(turn.now)

    def _lost(self, turn: Turn, entry: Entry, handles: Sequence[Handle]) -> NewDelivery:
        """Said below the words themselves, where they were written in a chat."""
        rows = self._ways_on(turn, entry, handles)
        code = LOST.get(entry.delivery_state, "lost")
        channel = self.speaker.wording.word("channel", entry.delivery_account[0], turn.language)
        words = self.speaker.words(
            code,
            turn.language,
            number=turn.ticket.id,
            name=turn.ticket.requester,
            channel=channel,
        )
        quoted = entry.external_id if entry.channel == CHANNEL else ""
        return replace(self._delivery(turn, Text(text=words, choices=rows)), quoted_id=quoted)

    def _ways_on(
        self, turn: Turn, entry: Entry, handles: Sequence[Handle]
    ) -> tuple[tuple[Choice, ...], ...]:
        """Again; or, where it surely has not arrived, by another handle of its person."""
        ticket, lost_id = turn.ticket, entry.delivery_id or 0
        words = self.speaker.wording
        again = self.cards.button("again", turn.language)
        rows = [(Choice(label=again, data=tapped("again", ticket.id, lost_id)),)]
        if entry.delivery_state == DeliveryState.UNKNOWN:
            return tuple(rows)
        for handle in handles:
            if handle.address != ticket.address:
                channel = words.word("channel", handle.address.channel, turn.language)
                label = self.cards.button("elsewhere", turn.language, channel)
                rows.append(
                    (Choice(label=label, data=tapped("else", ticket.id, lost_id, handle.id)),)
                )
        return tuple(rows)

    def _delivery(self, turn: Turn, body: Speech) -> NewDelivery:
        return NewDelivery(
            address=turn.showing.address,
            body=body,
            ticket_id=turn.ticket.id,
            language=turn.language,
        )


def _is_wanted(turn: Turn) -> bool:
    """Whether there is a card, or one is to come."""
    showing, ticket = turn.showing, turn.ticket
    if showing.card_id is not None or showing.urgency == ASKED:
        return True
    if not ticket.status.is_live:
        return False
    return showing.is_group or turn.is_told or ticket.assignee_id is None


def _changed_at(showing: Showing, now: datetime) -> datetime:
    """Ahead by one edit's time at most: else the clock was put back."""
    at = showing.card_at
    return now - CARD_WITHIN if at is None or at > now + CARD_WITHIN else at


def _is_on_card(entry: Entry, ticket: Ticket) -> bool:
    """Whether the first message says no more than the card does."""
    is_same = " ".join(entry.text.split()) == " ".join(ticket.subject.split())
    return is_same and not entry.files and entry.text != ""
