"""The way in: envelopes become messages, messages become effects, one commit for all of it.

A step takes the oldest waiting envelope of some conversations and receives them together; when
that fails, each by itself, so that none sinks the others. A poison envelope is tried three times
and then quarantined, so that the next one goes on; a fault of the surroundings, or a send that has
not ended, is waited out and counts no try. Loops are left to `desk.runtime`.

What kills a process, or hangs it until somebody kills it, can note nothing afterwards. So a try of
an envelope that may have been in dead hands, because it waits longer than any envelope waits in
quiet times, is counted and committed before it is made; and from the second such try on it is
made alone, so that only the culprit is suspected any further.

What takes long is read outside of any transaction: a server ends one in which nothing happens, and
what that undoes would be begun again and again. What was undone all the same goes on one by one.
Deciding takes place within one, so of long messages few are received by one commit, and others
have their turn on the event loop between them.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

import structlog

from intake.decisions import Decision
from intake.dialogue import Dialogue
from intake.effects import Effects
from intake.errors import Needless, NotYet, Unavailable, Unreadable, is_of_surroundings
from intake.linking.joining import Joining
from intake.messages import Envelope, Message, MessageKind
from intake.overtaking import still_said
from intake.ports import Clock, Store, Translate, Work
from intake.recording import Cause

if TYPE_CHECKING:
    from intake.recalling import Decided

TRIES = 3
DEATHS = 8  # of processes that read one: a machine that goes down again and again is no proof
TOGETHER = 32  # conversations in one commit
MOST_LETTERS = 12_000  # of messages in one commit: a second or two of deciding
LONGEST_READ = 4_000  # letters of one message; the rest of it costs nothing
DEAR, BREATH = 0.1, 0.05  # seconds that deciding took, and that others then have for themselves
UNDOUBTED_WITHIN = timedelta(seconds=2)  # until then nobody can have died of it and come back
BEGUN_WITHIN = timedelta(seconds=5)  # then what was begun and not taken is anybody's
PAUSE_AFTER_FAILURE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=1)  # while the disk is away
UNLIMITED = nullcontext()

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
    dialogue: Dialogue
    effects: Effects
    clock: Clock
    joining: Joining | None = None
    zone: tzinfo = UTC  # where "at nine" is said
    reading_limit: AbstractContextManager[object] = UNLIMITED  # breaks off what takes too long
    deciding_limit: AbstractContextManager[object] = UNLIMITED
    rest: Callable[[float], Awaitable[None]] = asyncio.sleep
    _interrupted: list[Envelope] = field(default_factory=list)  # not by what they hold

    async def step(self, limit: int = TOGETHER) -> int:
        """Receive up to `limit` envelopes; returns how many were taken, 0 when none waits.

        A crash at any point leaves them to be received again. Raises Unavailable.
        """
        has_been_interrupted = await self._forget_interrupted()
        async with self.store.work() as work:
            most = 1 if has_been_interrupted else limit
            taken = await work.take_envelopes(self.clock.now(), most)
            doubted = _doubted(taken, self.clock.now())
            begun = await self._begin(work, doubted)
            if not doubted:
                await self._receive_all(work, await self._read_all(taken))
        if begun:
            await self._receive_begun(begun)
        return len(taken)

    async def _begin(self, work: Work, doubted: Sequence[Envelope]) -> Sequence[Envelope]:
        """Returns those that may be tried: the others had their tries."""
        begun = []
        for envelope in doubted:
            if envelope.attempts < DEATHS:
                begun.append(envelope)
            else:
                await self._put_aside(work, envelope, Unreadable("each reading was broken off"))
        if begun:
            await work.begin_envelopes(begun, self.clock.now() + BEGUN_WITHIN)
        return begun

    async def _receive_begun(self, begun: Sequence[Envelope]) -> None:
        read = await self._read_all(begun)
        try:
            async with self.store.work() as work:
                if len(read) < len(begun):
                    await work.forget_tries(begun[len(read) :])
                still = {envelope.id: envelope for envelope in await work.take_begun(begun)}
                ours = [one for one in read if one.envelope.id in still]
                await self._receive_all(
                    work, [replace(one, envelope=still[one.envelope.id]) for one in ours]
                )
        except Exception:
            self._interrupted.extend(begun)
            raise

    async def _forget_interrupted(self) -> bool:
        """Whoever can tell of an interruption has not died of what was being read."""
        interrupted = self._interrupted.copy()
        if not interrupted:
            return False
        self._interrupted.clear()  # before anybody waits: two steps may run side by side
        try:
            async with self.store.work() as work:
                await work.forget_tries(interrupted)
        except Exception:
            self._interrupted.extend(interrupted)
            raise
        return True

    async def _receive_all(self, work: Work, read: Sequence[Heard | Unheard]) -> None:
        for one in read:
            if isinstance(one, Unheard):
                await self._put_aside(work, one.envelope, one.error)
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
                await self._put_aside(work, heard[0].envelope, error)
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
        decided: dict[int, Decided] = {}  # by person
        left = []
        for (envelope, message), situation in zip(waiting, situations, strict=True):
            if situation.person.id in decided:
                left.append((envelope, message))
                continue
            now = self.clock.now()
            cause = Cause(message=message, situation=situation, envelope_id=envelope.id, now=now)
            decision = await self._decide(cause)
            decided[situation.person.id] = (cause, decision)
            if decision.needless:
                needless[envelope.id] = decision.needless
        await self.effects.carry_out(work, list(decided.values()))
        for cause, decision in decided.values():
            if decision.wish is not None and self.joining is not None:
                await self.joining.carry_out(work, cause, decision.wish)
        return left

    async def _decide(self, cause: Cause) -> Decision:
        """Pages and arrivals have their turn too, and a breath where that took long."""
        begun_at = time.perf_counter()
        with self.deciding_limit:
            decision = self.dialogue.decide(cause.situation, cause.message, cause.now)
        await self.rest(BREATH if time.perf_counter() - begun_at > DEAR else 0)
        return decision

    async def _put_aside(self, work: Work, envelope: Envelope, error: Exception) -> None:
        """Quarantine what can't be read or has failed often enough; try the rest again."""
        now = self.clock.now()
        if isinstance(error, Needless):
            log.info("envelope filed", id=envelope.id, channel=envelope.channel, reason=str(error))
            await work.file_envelope(envelope, str(error), now)
            return
        if is_of_surroundings(error) or isinstance(error, NotYet):
            log.warning("envelope waits", id=envelope.id, reason=_reason(error))
            await work.hold_envelope(envelope, _reason(error), _as_long_again(envelope, now))
            return
        if isinstance(error, Unreadable) or envelope.attempts + 1 >= TRIES:
            log.error(
                "envelope quarantined",
                id=envelope.id,
                channel=envelope.channel,
                error=type(error).__name__,
                exc_info=None if isinstance(error, Unreadable) else error,
            )
            await work.quarantine_envelope(envelope, _reason(error))
            return
        log.warning("envelope postponed", id=envelope.id, error=type(error).__name__)
        next_try_at = now + PAUSE_AFTER_FAILURE * 2**envelope.attempts
        await work.postpone_envelope(envelope, _reason(error), next_try_at)


def _doubted(taken: Sequence[Envelope], now: datetime) -> Sequence[Envelope]:
    """Which a process may have died of: one of those tried before, or all if any is late.

    The least tried comes first: else the same one would be in hand at each end of short lives.
    """
    tried = [envelope for envelope in taken if envelope.attempts]
    if tried:
        return [min(tried, key=lambda envelope: envelope.attempts)]
    is_late = any(now - envelope.received_at > UNDOUBTED_WITHIN for envelope in taken)
    return taken if is_late else ()


def _letters(one: Heard | Unheard) -> int:
    messages = one.messages if isinstance(one, Heard) else ()
    return sum(min(len(message.words), LONGEST_READ) for message in messages)


def _as_long_again(envelope: Envelope, now: datetime) -> datetime:
    """When it has waited twice as long as until now, within bounds."""
    waited = now - envelope.received_at
    return now + min(max(waited, PAUSE_AFTER_FAILURE), LONGEST_PAUSE)


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]
