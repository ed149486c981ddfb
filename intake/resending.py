"""What is asked of the outbox to send something once more: there, or elsewhere."""

from datetime import datetime
from typing import Protocol

from intake.messages import Address
from intake.speech import Answering


class AgainWork(Protocol):
    """The side of a unit of work that sends again. All raise NotFound."""

    async def retry_delivery(self, delivery_id: int, now: datetime) -> int | None:
        """Failed or unknown back to waiting; returns its ticket. Raises Conflict."""

    async def redirect_delivery(
        self, delivery_id: int, answering: Answering, now: datetime
    ) -> None:
        """What failed or found nobody waits again, to go there. Raises Conflict."""

    async def place_of_delivery(self, delivery_id: int) -> tuple[int, Address]:
        """Its ticket, and where it goes."""
