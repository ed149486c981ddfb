"""The way out to agents: what has moved on since it was last shown, into the outbox.

A step looks at tickets that have moved on and marks where they are shown; then at showings that
are behind, the urgent first, as long as their chat takes more. What waits is not queued but read
anew when its turn comes: so a hundred changes become one edit, and several messages one.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from intake.companion.cards import Cards, is_other_state, mark_of, tapped
from intake.companion.placing import Groups, missing_places, next_summary, urgency_of
from intake.companion.ports import CompanionStore, CompanionWork
from intake.companion.retelling import Retelling
from intake.companion.retelling import mark_of as mark_of_told
from intake.companion.showings import (
    ASKED,
    CHANNEL,
    MAKING,
    QUIET_PAUSE,
    URGENT,
    WITHOUT,
    AgentChat,
    Showing,
)
from intake.companion.speaker import Speaker
from intake.companion.telling import Telling, numbered
from intake.messages import Address
from intake.people import Handle
from intake.ports import Clock
from intake.sla import WorkingHours, due_at
from intake.speech import Choice, DeliveryState, NewDelivery, Operation, Speech, Text
from intake.tickets import Entry, Ticket
from intake.undelivered import FILE

AT_ONCE: Final = 50  # tickets, or showings, of one step
MOST_AHEAD: Final = 3  # messages that wait in a chat: what is urgent must not wait behind many
MOST_ENTRIES: Final = 30
CARD_WITHIN: Final = timedelta(seconds=3)  # a card changes so often, on average
DONE: Final = "✓"
MORNING: Final = timedelta(hours=3)  # after which no summary is told any more
FILE_PAUSE: Final = timedelta(seconds=1)
LOST: Final[dict[str, str]] = {
    DeliveryState.UNKNOWN: "perhaps_lost",
    DeliveryState.GONE: "lost_blocked",
}


@dataclass(slots=True, kw_only=True)
class _Round:
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
class _Known:
    """What is read once for all showings that are looked at together."""

    chats: Mapping[str, AgentChat]
    lost: Mapping[tuple[str, int], Collection[int]]
    newest: Mapping[int, int]  # entries, by ticket
    reduced: Collection[int]  # tickets of which something was taken back


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaying:
    """One at a time per bot (a lease, in `desk.runtime`)."""

    store: CompanionStore
    cards: Cards
    telling: Telling
    retelling: Retelling
    speaker: Speaker
    groups: Groups
    hours: WorkingHours
    clock: Clock
    account: str

    async def step(self) -> int:
        """Returns how much was looked at; what waits for its chat or its time is not counted."""
        now = self.clock.now()
        return await self._mark() + await self._show(now) + await self._summarise(now)

    async def _mark(self) -> int:
        async with self.store.work() as work:
            tickets = await work.untold(AT_ONCE)
            if not tickets:
                return 0
            numbers = [ticket.id for ticket in tickets]
            chats = await work.agent_chats(self.account)
            groups = replace(
                self.groups,
                moved=await work.moved_chats(self.account),
                closed=await work.closed_groups(self.account),
            )
            there: dict[int, list[Showing]] = {number: [] for number in numbers}
            for showing in await work.showings_of(self.account, numbers):
                there[showing.ticket_id].append(showing)
            await work.add_showings(
                [
                    Showing(
                        id=0,
                        ticket_id=ticket.id,
                        account=self.account,
                        chat=chat,
                        agent_id=agent_id,
                        urgency=urgency_of(ticket),
                    )
                    for ticket in tickets
                    for chat, agent_id in missing_places(ticket, there[ticket.id], chats, groups)
                ]
            )
            urgent = [ticket.id for ticket in tickets if urgency_of(ticket) == URGENT]
            await work.mark_behind(numbers, urgent)
        return len(tickets)

    async def _show(self, now: datetime) -> int:
        async with self.store.work() as work:
            waiting = dict(await work.waiting_in(self.account))
            full = [chat for chat, count in waiting.items() if count >= MOST_AHEAD]
            resting = [*full, *await work.closed_groups(self.account)]
            found = await work.behind(self.account, now, resting, AT_ONCE)
            if not found:
                return 0
            tickets = await work.shown_tickets([showing.ticket_id for showing in found])
            known = await self._known(work, list(tickets))
            turns = []
            for showing in found:
                if waiting.get(showing.chat, 0) >= MOST_AHEAD:
                    continue
                turn = self._round(showing, tickets[showing.ticket_id], known)
                if showing.is_group or showing.chat in known.chats:  # else it is nobody's any more
                    await self._catch_up(work, turn, known)
                waiting[showing.chat] = waiting.get(showing.chat, 0) + turn.posted
                turns.append(turn)
            await work.save_showings([(turn.showing, turn.look_at) for turn in turns])
        return len(turns)

    async def _known(self, work: CompanionWork, numbers: Sequence[int]) -> _Known:
        return _Known(
            chats={one.chat: one for one in await work.agent_chats(self.account)},
            lost=await work.lost(self.account, numbers),
            newest=await work.newest_entries(numbers),
            reduced=await work.reduced(numbers),
        )

    async def _catch_up(self, work: CompanionWork, turn: _Round, known: _Known) -> None:
        if turn.ticket.id in known.reduced:
            await self._retell(work, turn)
        if _is_wanted(turn):
            await self._show_topic(work, turn)
            await self._show_card(work, turn)
            await self._tell(work, turn)
            await self._tell_lost(work, turn)

    def _round(self, showing: Showing, ticket: Ticket, known: _Known) -> _Round:
        now, chat = self.clock.now(), known.chats.get(showing.chat)
        lost = known.lost.get((showing.chat, ticket.id), ())
        has_news = known.newest.get(ticket.id, 0) > showing.entry_id
        if chat is None or showing.is_group:
            return _Round(
                showing=showing,
                ticket=ticket,
                language=self.speaker.language,
                now=now,
                lost=lost,
                has_news=has_news,
            )
        is_theirs = ticket.assignee_id == showing.agent_id
        is_asked = showing.urgency == ASKED
        return _Round(
            showing=showing,
            ticket=ticket,
            language=chat.agent.language,
            now=now,
            is_quiet=chat.is_quiet(now, self.hours.zone) and not is_asked,
            is_told=is_theirs or showing.is_followed,
            lost=lost,
            has_news=has_news,
        )

    async def _show_topic(self, work: CompanionWork, turn: _Round) -> None:
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

    async def _change_topic(self, work: CompanionWork, turn: _Round, name: str, what: str) -> None:
        change = self._delivery(turn, Text(text=name))
        await work.post(replace(change, operation=Operation.TOPIC, subject=what))
        turn.posted += 1

    async def _show_card(self, work: CompanionWork, turn: _Round) -> None:
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

    async def _tell(self, work: CompanionWork, turn: _Round) -> None:
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

    async def _retell(self, work: CompanionWork, turn: _Round) -> None:
        asked = (turn.language, turn.now)
        posted, waits = await self.retelling.retell(work, turn.showing, turn.ticket, asked)
        turn.posted += posted
        if waits:
            turn.again(turn.now + FILE_PAUSE)

    async def _tell_lost(self, work: CompanionWork, turn: _Round) -> None:
        """Each of the agents' words that did not arrive, with what may be done about it."""
        ticket, showing = turn.ticket, turn.showing
        if ticket.undelivered in ("", FILE) or not turn.is_told or turn.is_quiet:
            return
        told_id = int(showing.told_lost.partition(":")[0] or 0)
        found = await work.lost_since(ticket.id, told_id, MOST_AHEAD)
        marks = [f"{entry.delivery_id}:{attempts}" for entry, attempts in found]
        if not found or marks[-1] == showing.told_lost:
            return
        handles = await work.handles(ticket.person_id)
        for mark, (entry, _) in zip(marks, found, strict=True):
            if mark != showing.told_lost:
                await work.post(self._lost(turn, entry, handles))
                turn.posted += 1
        turn.showing = replace(turn.showing, told_lost=marks[-1])
        if len(found) == MOST_AHEAD:
            turn.again(turn.now)

    def _lost(self, turn: _Round, entry: Entry, handles: Sequence[Handle]) -> NewDelivery:
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
        self, turn: _Round, entry: Entry, handles: Sequence[Handle]
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

    def _delivery(self, turn: _Round, body: Speech) -> NewDelivery:
        return NewDelivery(
            address=turn.showing.address,
            body=body,
            ticket_id=turn.ticket.id,
            language=turn.language,
        )

    # the morning

    async def _summarise(self, now: datetime) -> int:
        """What waits for each agent, when their working day begins."""
        told = 0
        async with self.store.work() as work:
            for chat in await work.agent_chats(self.account):
                if chat.summary_at is not None and chat.summary_at > now:
                    continue
                if chat.summary_at is not None and now - chat.summary_at < MORNING:
                    if chat.is_quiet(now, self.hours.zone):
                        continue
                    await self._say_summary(work, chat, now)
                    told += 1
                following = next_summary(now, self.hours, chat)
                await work.set_summary(self.account, chat.user_id, following)
        return told

    async def _say_summary(self, work: CompanionWork, chat: AgentChat, now: datetime) -> None:
        moments = await work.open_moments(chat.agent.id)
        within = self.cards.promise.within
        mine = sum(is_mine for is_mine, _, _ in moments)
        free = sum(is_free for _, is_free, _ in moments)
        overdue = sum(
            since is not None and due_at(since, within, self.hours) < now
            for is_mine, is_free, since in moments
            if is_mine or is_free
        )
        if not (mine or free):
            return
        words = self.speaker.words(
            "summary",
            chat.agent.language,
            name=chat.agent.name,
            mine=mine,
            free=free,
            overdue=overdue,
        )
        address = Address(channel=CHANNEL, account=self.account, external_id=chat.chat)
        body = Text(text=words)
        await work.post(NewDelivery(address=address, body=body, language=chat.agent.language))


def _is_wanted(turn: _Round) -> bool:
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
