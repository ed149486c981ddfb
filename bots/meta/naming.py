"""What somebody is called: Meta's events hold a number only, their profile the name."""

from typing import TYPE_CHECKING

from bots.meta.refusals import Refused
from bots.meta.send import ACCOUNT_REFUSED, LATER
from intake.people import plain_name, with_plain_at

if TYPE_CHECKING:
    from bots.meta.client import Graph

LONGEST_NAME = 120


class MetaNamer:
    """Meets `ports.Namer`."""

    def __init__(self, graph: "Graph") -> None:
        self._graph = graph

    async def name_of(self, external_id: str) -> str:
        """Empty where Meta tells none of this person. Raises CallFailed (worth another try)."""
        if not external_id.isdecimal():
            return ""
        try:
            name = await self._graph.name_of(external_id)
        except Refused as refusal:
            is_about_all = refusal.number in (*ACCOUNT_REFUSED, *LATER)
            if is_about_all and not refusal.detail:
                raise
            return ""
        name = plain_name(name)[:LONGEST_NAME]
        return "" if "@" in with_plain_at(name) else name  # it would pass for somebody's address
