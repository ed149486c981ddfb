"""What is over before it comes: taken back by its person, or said anew.

Where platforms promise no order, an envelope's message names the keys of those that would end it.
The journal remembers them as long as it exists, so that nothing else has to be kept.
"""

from collections.abc import Collection, Sequence
from typing import Protocol

from intake.messages import Envelope, Message, MessageKind


class OvertakingWork(Protocol):
    """The side of a unit of work that looks back into the journal."""

    async def overtaken(self, messages: Sequence[Message]) -> Collection[int]:
        """The places of those that something received already has ended."""

    async def empty_envelope(self, envelope: Envelope) -> None:
        """Nobody can read any more what it held."""


async def still_said(
    work: OvertakingWork, waiting: Sequence[tuple[Envelope, Message]]
) -> list[tuple[Envelope, Message]]:
    """Of what is over nothing stays but that its person was heard."""
    messages = [message for _, message in waiting]
    if not any(message.ended_by for message in messages):
        return list(waiting)
    over = await work.overtaken(messages)
    for place in over:
        await work.empty_envelope(waiting[place][0])
    return [
        (envelope, _heard_of(message) if place in over else message)
        for place, (envelope, message) in enumerate(waiting)
    ]


def _heard_of(message: Message) -> Message:
    return Message(
        kind=MessageKind.IRRELEVANT,
        address=message.address,
        sender=message.sender,
        sent_at=message.sent_at,
        opens_window=message.opens_window,
    )
