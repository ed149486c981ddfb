"""What becomes of an envelope that was not received: filed, held, quarantined or tried again.

A poison envelope is tried three times and then quarantined, so that the next one goes on; a fault
of the surroundings, or a send that has not ended, is waited out and counts no try.
"""

from datetime import datetime, timedelta

import structlog

from intake.errors import Needless, NotYet, Unreadable, is_of_surroundings
from intake.messages import Envelope
from intake.ports import Work

TRIES = 3
PAUSE_AFTER_FAILURE = timedelta(seconds=2)  # twice as long after each further one
LONGEST_PAUSE = timedelta(minutes=1)  # of any envelope, whatever it waits for

log = structlog.get_logger()


async def put_aside(work: Work, envelope: Envelope, error: Exception, now: datetime) -> None:
    """Quarantine what can't be read or has failed often enough; try the rest again."""
    if isinstance(error, Needless):
        log.info("envelope filed", id=envelope.id, channel=envelope.channel, reason=str(error))
        await work.file_envelope(envelope, str(error), now)
        return
    if is_of_surroundings(error) or isinstance(error, NotYet):
        log.warning("envelope waits", id=envelope.id, reason=reason_of(error))
        await work.hold_envelope(envelope, reason_of(error), _as_long_again(envelope, now))
        return
    if isinstance(error, Unreadable) or is_last_try(envelope):
        log.error(
            "envelope quarantined",
            id=envelope.id,
            channel=envelope.channel,
            error=type(error).__name__,
            exc_info=None if isinstance(error, Unreadable) else error,
        )
        await work.quarantine_envelope(envelope, reason_of(error))
        return
    log.warning("envelope postponed", id=envelope.id, error=type(error).__name__)
    await work.postpone_envelope(envelope, reason_of(error), next_try_at(envelope, now))


def is_last_try(envelope: Envelope) -> bool:
    """Whether the try that has just failed was its last."""
    return envelope.attempts + 1 >= TRIES


def next_try_at(envelope: Envelope, now: datetime) -> datetime:
    pause: timedelta = PAUSE_AFTER_FAILURE * 2**envelope.attempts
    return now + pause


def reason_of(error: Exception) -> str:
    """What agents read of it in quarantine; the platform's words may be long."""
    return f"{type(error).__name__}: {error}"[:500]


def _as_long_again(envelope: Envelope, now: datetime) -> datetime:
    """When it has waited twice as long as until now, within bounds."""
    waited = now - envelope.received_at
    return now + min(max(waited, PAUSE_AFTER_FAILURE), LONGEST_PAUSE)
