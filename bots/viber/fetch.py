"""Brings the files that people send. Viber hands out an address that is good for a while."""

from typing import TYPE_CHECKING

from bots.shape import as_number, as_object, as_text, read_json
from intake.errors import Gone, TooBig

if TYPE_CHECKING:
    from bots.viber.client import Viber

LARGEST = 50 << 20  # bytes


class ViberFetcher:
    """Meets `ports.Fetcher`. `source` is what `parts` wrote: the file's address and its size."""

    def __init__(self, viber: "Viber") -> None:
        self._viber = viber

    async def fetch(self, source: str) -> bytes:
        """Raises TooBig, Gone, or CallFailed (worth another try)."""
        try:
            described = as_object(read_json(source.encode("utf-8", "replace")))
        except ValueError:
            described = {}
        url, size = as_text(described.get("url")), as_number(described.get("size"))
        if not url:
            raise Gone("no address of a file")
        if size is not None and size > LARGEST:
            raise TooBig(f"{size} bytes")
        return await self._viber.download(url, LARGEST)
