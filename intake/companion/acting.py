"""What an agent wants by an update, and what is said back: words, taps, commands.

Whatever the core refuses is told in its own words, and ends the update.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from intake.agent_words import Reply
from intake.companion.bringing import Bringing
from intake.companion.commanding import Commanding
from intake.companion.ports import CompanionStore, CompanionWork
from intake.companion.said import Said, SaidKind
from intake.companion.showings import AgentChat, Spoken
from intake.companion.speaker import Speaker
from intake.companion.tapping import Tapping
from intake.errors import Conflict, Invalid, NotAllowed, NotFound, TooBig
from intake.lists import Listing
from intake.origins import Origin
from intake.service import Service
from intake.speech import NewDelivery
from intake.tickets import EntryKind

NOTE_MARK = "//"
STALE = "stale_ticket"  # somebody saved in between: the update is received again
_Act = Callable[[Said, AgentChat], Awaitable[list[NewDelivery]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    store: CompanionStore
    service: Service
    listing: Listing
    speaker: Speaker
    tapping: Tapping
    commanding: Commanding
    bringing: Bringing

    async def act(self, said: Said, chat: AgentChat) -> list[NewDelivery]:
        acts: dict[SaidKind, _Act] = {
            SaidKind.TEXT: self._hear_words,
            SaidKind.EDIT: self._hear_edit,
            SaidKind.TAP: self.tapping.act,
            SaidKind.COMMAND: self.commanding.act,
            SaidKind.GONE: self._note_gone,
        }
        act = acts.get(said.kind)
        if act is None:
            return []
        try:
            return await act(said, chat)
        except TooBig:
            return [self.speaker.say(said, chat.agent, "too_big")]
        except (Conflict, Invalid, NotAllowed, NotFound) as problem:
            if problem.code == STALE:
                raise
            return [self.speaker.problem(said, chat.agent, problem.code, problem.values)]

    # words

    async def _hear_words(self, said: Said, chat: AgentChat) -> list[NewDelivery]:
        target = await self._target(said)
        if target is None:
            # Colleagues may talk in a group about whatever they like.
            return [self.speaker.say(said, chat.agent, "for_whom")] if said.is_private else []
        if not said.text and not said.files:
            return [self.speaker.say(said, chat.agent, "not_kept")]
        is_note = said.text.startswith(NOTE_MARK) or target.purpose == "note"
        await self._follow(said, chat, target.ticket_id)
        if is_note:
            return await self._note(said, chat, target.ticket_id)
        reply = Reply(
            text=said.text,
            once=key_of(self.speaker.account, said),
            origin=self._origin(said),
            files=await self.bringing.bring(said.files),
        )
        await self.service.reply(chat.agent, target.ticket_id, reply)
        return []

    async def _note(self, said: Said, chat: AgentChat, number: int) -> list[NewDelivery]:
        if said.files:
            return [self.speaker.say(said, chat.agent, "note_with_files")]
        words = said.text.removeprefix(NOTE_MARK)
        once, origin = key_of(self.speaker.account, said), self._origin(said)
        await self.service.note(chat.agent, number, words, once=once, origin=origin)
        return []

    async def _hear_edit(self, said: Said, chat: AgentChat) -> list[NewDelivery]:
        """Nothing that has gone out is taken back: the new words follow as a correction.

        Telegram tells of changes in which no word changes, too. What is marked as a note now
        is one, however it was sent before.
        """
        async with self.store.work() as work:
            own = await work.said_in(self.speaker.account, said.chat, said.message_id)
        if own is None:  # of an album the first is known alone
            is_lost = said.album and await self._target(said) is not None
            return [self.speaker.say(said, chat.agent, "not_corrected")] if is_lost else []
        number, is_sent = own.ticket_id, own.kind is EntryKind.MESSAGE
        kind = EntryKind.NOTE if said.text.startswith(NOTE_MARK) else own.kind
        is_note = kind is EntryKind.NOTE
        ticket = await self.listing.ticket(number)
        language = chat.agent.language if is_note else ticket.language
        words = said.text.removeprefix(NOTE_MARK).strip()
        text = self.speaker.wording.say("correction", language, {"text": words})
        if own.newest.get(kind) in (words, text):
            return []
        once, origin = key_of(self.speaker.account, said), self._origin(said)
        if is_note:
            await self.service.note(chat.agent, number, text, once=once, origin=origin)
            return [self.speaker.say(said, chat.agent, "kept_as_note")] if is_sent else []
        reply = Reply(text=text, once=once, origin=origin)
        await self.service.reply(chat.agent, number, reply)
        return []

    async def _target(self, said: Said) -> Spoken | None:
        """By what is answered; else by the topic in which it is said."""
        async with self.store.work() as work:
            quoted = await self._quoted(work, said) if said.quoted_id else None
            if quoted is not None or not said.topic:
                return quoted
            showing = await work.showing_at(self.speaker.account, said.chat, said.topic)
        if showing is None:
            return None
        return Spoken(delivery_id=0, ticket_id=showing.ticket_id, purpose="")

    async def _quoted(self, work: CompanionWork, said: Said) -> Spoken | None:
        place = (self.speaker.account, said.chat, said.quoted_id)
        spoken = await work.spoken(*place)
        if spoken is not None:
            return spoken
        own = await work.said_in(*place)
        if own is None:
            return None
        return Spoken(delivery_id=0, ticket_id=own.ticket_id, purpose="")

    async def _follow(self, said: Said, chat: AgentChat, number: int) -> None:
        """Whoever speaks about a ticket in the own chat sees how it goes on."""
        if said.is_private:
            async with self.store.work() as work:
                await work.follow(self.speaker.account, said.chat, number, chat.agent.id)

    def _origin(self, said: Said) -> Origin:
        return Origin(address=self.speaker.address(said.chat), external_id=said.message_id)

    # what happens to chats

    async def _note_gone(self, said: Said, _chat: AgentChat) -> list[NewDelivery]:
        async with self.store.work() as work:
            await work.set_duty(self.speaker.account, said.user_id, is_on=False)
        return []


def key_of(account: str, said: Said) -> str:
    """The one-time key of what an update does."""
    edited = f":{said.edited_at.timestamp():.0f}" if said.edited_at else ""
    return f"agents:{account}:{said.chat}:{said.message_id}{edited}"
