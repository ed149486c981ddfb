"""The way in: envelopes become messages, messages become effects, one commit for all of it.

A step takes the oldest waiting envelope of some conversations and receives them together; when
that fails, each by itself, so that none sinks the others. What becomes of one that fails is left
to `setbacks`, which of them a process may have died of to `suspicion`, loops to `desk.runtime`.

What takes long is read outside of any transaction: a server ends one in which nothing happens, and
what that undoes would be begun again and again. What was undone all the same goes on one by one.
Deciding takes place within one, so of long messages few are received by one commit, and others
have their turn on the event loop between them.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING

import structlog

from intake.errors import Unavailable, Unreadable
from intake.flow.deciding import UNLIMITED, Deciding
from intake.flow.effects import Effects
from intake.flow.setbacks import put_aside
from intake.flow.suspicion import BROKEN_OFF, Suspicion, count_tries, doubted, is_spent
from intake.linking.joining import Joining
from intake.messages import Envelope, Message, MessageKind
from intake.overtaking import still_said
from intake.ports import Clock, Store, Translate, Work
from intake.recording import Cause

if TYPE_CHECKING:
    from intake.recalling import Decided

TOGETHER = 32  # conversations in one commit
MOST_LETTERS = 12_000  # of messages in one commit: a second or two of deciding
LONGEST_READ = 4_000  # letters of one message; the rest of it costs nothing

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """An envelope and what it says."""

    envelope: Envelope
    messages: Sequence[Message]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard:
    """An envelope, and why it says nothing."""

    envelope: Envelope
    error: Exception


@dataclass(frozen=True, slots=True, kw_only=True)
class Inward:
    """Receives what the journal holds. Many may work side by side on one PostgreSQL."""

    store: Store
    translators: Mapping[str, Translate]  # by channel
    deciding: Deciding
    effects: Effects
    clock: Clock
    joining: Joining | None = None
    zone: tzinfo = UTC  # where "at nine" is said
    reading_limit: AbstractContextManager[object] = UNLIMITED  # breaks off what takes too long
    suspicion: Suspicion = field(default_factory=Suspicion)

    async def step(self, limit: int = TOGETHER) -> int:
        """Receive up to `limit` envelopes; returns how many were taken, 0 when none waits.

        A crash at any point leaves them to be received again. Raises Unavailable.
        """
        has_been_interrupted = await self.suspicion.forget_interrupted(self.store)
        async with self.store.work() as work:
            most = 1 if has_been_interrupted else limit
            taken = await work.take_envelopes(self.clock.now(), most)
            suspects = doubted(taken, self.clock.now())
            begun = await self._suspect(work, suspects)
            if not suspects:
                await self._receive_all(work, await self._read_all(taken))
        if begun:
            await self._receive_begun(begun)
        return len(taken)

    async def _suspect(self, work: Work, suspects: Sequence[Envelope]) -> Sequence[Envelope]:
        """Returns those that may be tried once this is committed: the others had their tries."""
        now = self.clock.now()
        begun = [envelope for envelope in suspects if not is_spent(envelope)]
        for envelope in suspects:
            if is_spent(envelope):
                await put_aside(work, envelope, Unreadable(BROKEN_OFF), now)
        await count_tries(work, begun, now)
        return begun

    async def _receive_begun(self, begun: Sequence[Envelope]) -> None:
        read = await self._read_all(begun)
        with self.suspicion.trying(begun):
            async with self.store.work() as work:
                if len(read) < len(begun):
                    await work.forget_tries(begun[len(read) :])
                still = {envelope.id: envelope for envelope in await work.take_begun(begun)}
                ours = [one for one in read if one.envelope.id in still]
                await self._receive_all(
                    work, [replace(one, envelope=still[one.envelope.id]) for one in ours]
                )
        self.suspicion.spare([one.envelope for one in read if one.envelope.id not in still])

    async def _receive_all(self, work: Work, read: Sequence[Heard | Unheard]) -> None:
        for one in read:
            if isinstance(one, Unheard):
                await put_aside(work, one.envelope, one.error, self.clock.now())
        await self._receive_safely(work, [one for one in read if isinstance(one, Heard)])

    async def _read_all(self, envelopes: Sequence[Envelope]) -> Sequence[Heard | Unheard]:
        """As many of the first as one commit may take; the rest is taken next."""
        read: list[Heard | Unheard] = []
        for envelope in envelopes:
            if sum(map(_letters, read)) >= MOST_LETTERS:
                break
            await asyncio.sleep(0)  # pages and arrivals have their turn too
            try:
                read.append(self._read(envelope))
            except Exception as error:  # noqa: BLE001 - one bad envelope must not stop the others
                read.append(Unheard(envelope=envelope, error=error))
        return read

    def _read(self, envelope: Envelope) -> Heard:
        translate = self.translators.get(envelope.channel)
        if translate is None:
            raise Unreadable(f"nobody here reads the channel {envelope.channel}")
        with self.reading_limit:
            messages = [
                replace(
                    message,
                    sent_at=message.sent_at.astimezone(self.zone),
                    is_requeued=envelope.is_requeued,
                )
                for message in translate(envelope)
                if message.kind is not MessageKind.IRRELEVANT
            ]
        return Heard(envelope=envelope, messages=messages)

    async def _receive_safely(self, work: Work, heard: Sequence[Heard]) -> None:
        if not heard:
            return
        try:
            async with work.savepoint():
                await self._receive(work, heard)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 - one bad envelope must not stop the others
            if len(heard) == 1:
                await put_aside(work, heard[0].envelope, error, self.clock.now())
                return
            log.warning("received one by one", count=len(heard), error=type(error).__name__)
            for one in heard:
                await self._receive_safely(work, [one])

    async def _receive(self, work: Work, heard: Sequence[Heard]) -> None:
        came = [(one.envelope, message) for one in heard for message in one.messages]
        waiting = await still_said(work, came)
        needless: dict[int, str] = {}  # why, by envelope
        while waiting:
            waiting = await self._take_turn(work, waiting, needless)
        for one in heard:
            reason = needless.get(one.envelope.id)
            if reason:
                await work.file_envelope(one.envelope, reason, self.clock.now())
            else:
                await work.finish_envelope(one.envelope)

    async def _take_turn(
        self,
        work: Work,
        waiting: Sequence[tuple[Envelope, Message]],
        needless: dict[int, str],
    ) -> list[tuple[Envelope, Message]]:
        """One message of each person. Returns the others: they must see what became of these."""
        situations = await work.situations([message for _, message in waiting])
        now = self.clock.now()
        causes: dict[int, Cause] = {}  # by person
        left = []
        for (envelope, message), situation in zip(waiting, situations, strict=True):
            if situation.person.id in causes:
                left.append((envelope, message))
                continue
            cause = Cause(message=message, situation=situation, envelope_id=envelope.id, now=now)
            causes[situation.person.id] = cause
        first = list(causes.values())
        decided: list[Decided] = list(zip(first, await self.deciding.decide(first), strict=True))
        needless.update((one.envelope_id, way.needless) for one, way in decided if way.needless)
        await self.effects.carry_out(work, decided)
        for cause, decision in decided:
            if decision.wish is not None and self.joining is not None:
                await self.joining.carry_out(work, cause, decision.wish)
        return left


def _letters(one: Heard | Unheard) -> int:
    messages = one.messages if isinstance(one, Heard) else ()
    return sum(min(len(message.words), LONGEST_READ) for message in messages)
