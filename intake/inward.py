"""The way in: envelopes become messages, messages become effects, one commit for all of it.

A step takes the oldest waiting envelope of some conversations; a poison envelope is tried three
times and then quarantined, so that the next one goes on. Loops are left to `desk.runtime`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, timedelta, tzinfo

import structlog

from intake.dialogue import Dialogue
from intake.effects import Cause, Effects
from intake.errors import NotFound, Unavailable, Unreadable
from intake.messages import Envelope, Message, MessageKind
from intake.ports import Clock, Situation, Store, Translate, Work

TRIES = 3
PAUSE_AFTER_FAILURE = timedelta(seconds=2)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Inward:
    """Receives what the journal holds. Many may work side by side on one PostgreSQL."""

    store: Store
    translators: Mapping[str, Translate]  # by channel
    dialogue: Dialogue
    effects: Effects
    clock: Clock
    zone: tzinfo = UTC  # where "at nine" is said

    async def step(self, limit: int = 16) -> int:
        """Receive up to `limit` envelopes; returns how many were taken, 0 when none waits.

        A crash at any point leaves them as they were. Raises Unavailable.
        """
        async with self.store.work() as work:
            envelopes = await work.take_envelopes(self.clock.now(), limit)
            for envelope in envelopes:
                await self._receive_safely(work, envelope)
        return len(envelopes)

    async def _receive_safely(self, work: Work, envelope: Envelope) -> None:
        try:
            async with work.savepoint():
                await self._receive(work, envelope)
                await work.finish_envelope(envelope)
        except Unavailable:
            raise
        except Unreadable as error:
            await self._quarantine(work, envelope, error)
        except Exception as error:  # noqa: BLE001 - one bad envelope must not stop the others
            if envelope.attempts + 1 >= TRIES:
                await self._quarantine(work, envelope, error)
            else:
                log.warning("envelope postponed", id=envelope.id, error=type(error).__name__)
                pause = PAUSE_AFTER_FAILURE * 2**envelope.attempts
                next_try_at = self.clock.now() + pause
                await work.postpone_envelope(envelope, _reason(error), next_try_at)

    async def _quarantine(self, work: Work, envelope: Envelope, error: Exception) -> None:
        log.error(
            "envelope quarantined",
            id=envelope.id,
            channel=envelope.channel,
            error=type(error).__name__,
            exc_info=not isinstance(error, Unreadable),
        )
        await work.quarantine_envelope(envelope, _reason(error))

    async def _receive(self, work: Work, envelope: Envelope) -> None:
        translate = self.translators.get(envelope.channel)
        if translate is None:
            raise Unreadable(f"nobody here reads the channel {envelope.channel}")
        for message in _translated(translate, envelope):
            if message.kind is not MessageKind.IRRELEVANT:
                await self._take(work, envelope, message)

    async def _take(self, work: Work, envelope: Envelope, message: Message) -> None:
        now = self.clock.now()
        message = replace(message, sent_at=message.sent_at.astimezone(self.zone))
        situation = await _completed(work, await work.situation(message), message)
        decision = self.dialogue.decide(situation, message, now)
        cause = Cause(message=message, situation=situation, envelope_id=envelope.id, now=now)
        await self.effects.carry_out(work, cause, decision)


def _translated(translate: Translate, envelope: Envelope) -> Sequence[Message]:
    """A file that can't be read is this envelope's trouble, not an outage for all."""
    try:
        return translate(envelope)
    except Unavailable as error:
        raise OSError(str(error)) from error


async def _completed(work: Work, situation: Situation, message: Message) -> Situation:
    """Add what few messages need: a tap's entry, an edited message's ticket, the last one."""
    if message.kind is MessageKind.TAP and message.tap.startswith("move|"):
        entry_id = message.tap.split("|")[2:3]
        if entry_id and entry_id[0].isdecimal():
            try:
                return replace(situation, known_entry=await work.entry(int(entry_id[0])))
            except NotFound:
                return situation
    if message.kind is MessageKind.EDIT and situation.known_entry is not None:
        ticket = await work.ticket(situation.known_entry.ticket_id)
        if ticket.person_id == situation.person.id:
            return replace(situation, named_ticket=ticket)
    if not situation.live_tickets and situation.last_entry is not None:
        return replace(situation, last_ticket=await work.ticket(situation.last_entry.ticket_id))
    return situation


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]
