"""Brings the files that people send. Meta's addresses of them are good for a while."""

from typing import TYPE_CHECKING

from intake.errors import Gone

if TYPE_CHECKING:
    from bots.meta.client import Graph

LARGEST = 25 << 20  # bytes


class MetaFetcher:
    """Meets `ports.Fetcher`. `source` is the file's address, which bears its own proof."""

    def __init__(self, graph: "Graph") -> None:
        self._graph = graph

    async def fetch(self, source: str) -> bytes:
        """Raises TooBig, Gone, or CallFailed (worth another try)."""
        if not source.startswith(("https://", "http://")):
            raise Gone("no address of a file")
        return await self._graph.download(source, LARGEST)
