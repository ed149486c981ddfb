"""The way in for agents: each update is read, its writer is looked up, what is wanted is done.

What an agent does goes through `intake.service` in commits of its own, with a one-time key made of
the update, so that an update which is received again adds nothing; what is said back is posted in
the commit that ends the update. Which of them a process may have died of is left to `suspicion`;
after three failures, or eight ends of a process, one is quarantined. Strangers are told once whom
the bot is for.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import takewhile

import structlog

from intake.companion.accounts import hash_of
from intake.companion.acting import NOTE_MARK, STALE, Acting
from intake.companion.groups import is_of_group, receive_of_group
from intake.companion.ports import CompanionStore, CompanionWork
from intake.companion.said import Said, SaidKind
from intake.companion.showings import AgentChat
from intake.companion.speaker import Speaker
from intake.errors import Conflict, NotYet, Unavailable, Unreadable
from intake.flow.setbacks import put_aside
from intake.flow.suspicion import BROKEN_OFF, Suspicion, count_tries, doubted, is_spent
from intake.messages import Envelope
from intake.ports import Clock
from intake.speech import NewDelivery, Operation

TOGETHER = 16
LONGEST_ALBUM = 10
ALBUM_PAUSE = timedelta(seconds=0.8)  # after which nothing more of it comes

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """Receives what the journal holds of one bot. One at a time (a lease, in `desk.runtime`)."""

    store: CompanionStore
    translate: Callable[[Envelope], Said]
    acting: Acting
    speaker: Speaker
    clock: Clock
    account: str
    bot_name: str
    suspicion: Suspicion = field(default_factory=Suspicion)

    async def step(self) -> int:
        """The oldest update of some conversations; returns how many there were."""
        has_been_interrupted = await self.suspicion.forget_interrupted(self.store)
        now = self.clock.now()
        async with self.store.work() as work:
            most = 1 if has_been_interrupted else TOGETHER
            taken = await work.take_agents_envelopes(now, most)
            suspects = doubted(taken, now)
            begun = [one for one in suspects if not is_spent(one)]
            for envelope in suspects:
                if is_spent(envelope):
                    await work.quarantine_envelope(envelope, BROKEN_OFF)
            await count_tries(work, begun, now)
        with self.suspicion.trying(begun):
            for envelope in begun if suspects else taken:
                await self._hear(envelope)
        return len(taken)

    async def _hear(self, envelope: Envelope) -> None:
        try:
            said = self.translate(envelope)
            album = await self._album(envelope, said) if _album_in(said) else ()
            if album and self.clock.now() < album[-1].received_at + ALBUM_PAUSE:
                await self._wait_for_album(envelope, album[-1].received_at + ALBUM_PAUSE)
                return
            said = self._whole(said, album) if album else said
            said = self._for_us(said)
            chat = None if _links(said) or is_of_group(said) else await self._known(said)
            answers = [] if chat is None else await self.acting.act(said, chat)
            async with self.store.work() as work:
                if is_of_group(said):
                    await receive_of_group(work, self.speaker, said)
                elif chat is None:
                    answers = await self._receive_stranger(work, said)
                for answer in answers:
                    await _post(work, answer)
                for each in album or [envelope]:
                    await work.finish_envelope(each)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 - one bad update must not stop the others
            waits = NotYet(str(error)) if _is_overtaken(error) else error
            async with self.store.work() as work:
                await put_aside(work, envelope, waits, self.clock.now())

    async def _album(self, envelope: Envelope, said: Said) -> Sequence[Envelope]:
        """What came together, and is one message: its first item with those behind it."""
        async with self.store.work() as work:
            beside = await work.envelopes_beside(envelope, LONGEST_ALBUM)
        same = takewhile(lambda one: self._album_of(one) == said.album, beside)
        return [envelope, *same]

    def _album_of(self, envelope: Envelope) -> str:
        try:
            return _album_in(self.translate(envelope))
        except Unreadable:
            return ""

    def _whole(self, said: Said, album: Sequence[Envelope]) -> Said:
        """Each item may bear words; where any of them is a note, nothing of it goes out."""
        items = [self.translate(one) for one in album]
        texts = sorted(filter(None, (one.text for one in items)), key=_is_no_note)
        files = tuple(file for one in items for file in one.files)
        return replace(said, text="\n".join(texts), files=files)

    async def _wait_for_album(self, envelope: Envelope, until: datetime) -> None:
        """No try of it: the rest is still to come."""
        async with self.store.work() as work:
            await work.hold_envelope(envelope, "", until)

    def _for_us(self, said: Said) -> Said:
        """Other bots in a group have commands of the same names."""
        is_ours = said.bot in ("", self.bot_name.lower())
        return said if is_ours else replace(said, kind=SaidKind.NOTHING)

    async def _known(self, said: Said) -> AgentChat | None:
        """Asked anew for each update: whoever was removed a moment ago is nobody."""
        async with self.store.work() as work:
            return await work.agent_chat(self.account, said.user_id)

    async def _receive_stranger(self, work: CompanionWork, said: Said) -> list[NewDelivery]:
        language = said.language or self.speaker.language
        match said.kind:
            case SaidKind.COMMAND if _links(said):
                return await self._link(work, said, language)
            case SaidKind.NAMELESS:
                return await self._receive_nameless(work, said)
            case SaidKind.TAP:
                words = self.speaker.words("stranger", language)
                return [self.speaker.tap_ended(said, language, words)]
            case SaidKind.TEXT | SaidKind.COMMAND:
                if await work.greet_stranger(self.account, said.user_id):
                    return [self.speaker.say_to_anybody(said, language, "stranger")]
            case _:
                pass
        return []

    async def _receive_nameless(self, work: CompanionWork, said: Said) -> list[NewDelivery]:
        """Where it looks as if it went to a requester, that it did not is told each time."""
        if await work.showing_at(self.account, said.chat, said.topic) is None:
            return []
        return [self.speaker.say_to_anybody(said, self.speaker.language, "nameless")]

    async def _link(self, work: CompanionWork, said: Said, language: str) -> list[NewDelivery]:
        now = self.clock.now()
        agent = await work.link_agent(self.account, said.user_id, hash_of(said.text), now)
        if agent is None:
            return [self.speaker.say_to_anybody(said, language, "link_over")]
        log.info("agent linked", agent=agent.login)
        return [self.speaker.say(said, agent, "linked", name=agent.name)]


async def _post(work: CompanionWork, answer: NewDelivery) -> None:
    if answer.operation is Operation.EDIT:
        await work.replace_waiting_edits([answer])
    else:
        await work.post(answer)


def _is_no_note(text: str) -> bool:
    return not text.startswith(NOTE_MARK)


def _album_in(said: Said) -> str:
    """Of a message; who corrects one of an album corrects that alone."""
    return said.album if said.kind is SaidKind.TEXT else ""


def _links(said: Said) -> bool:
    """Whether somebody came by a link; an agent's account may become another's by one."""
    is_start = said.kind is SaidKind.COMMAND and said.command == "start"
    return is_start and said.text != "" and said.is_private


def _is_overtaken(error: Exception) -> bool:
    """Whether somebody else was saving the ticket: that is no fault of what was said."""
    return isinstance(error, Conflict) and error.code == STALE
