"""Who people are called, where their messages don't tell: asked of the platform, once for each.

No message waits for that. Whom the platform does not tell of stays without a name.
"""

from dataclasses import dataclass

import structlog

from intake.errors import Away
from intake.ports import Nameless, Namer

BATCH = 10

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """Names the people of one account. Only the holder of the account's lease may step."""

    nameless: Nameless
    namer: Namer
    channel: str
    account: str

    async def step(self) -> int:
        """Ask about whoever is new; returns how many were. Raises Unavailable."""
        found = await self.nameless.people(self.channel, self.account, BATCH)
        for handle in found:
            try:
                name = await self.namer.name_of(handle.address.external_id)
            except Away as error:  # asked again at the next step
                log.info("name not told", channel=self.channel, error=type(error).__name__)
                return 0
            await self.nameless.call(handle, name)
        return len(found)
