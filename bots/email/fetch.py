"""Files of mails: they came with the raw mail, so fetching is reading it again.

Once for all of them, as far as they are asked for one after the other, and beside the event loop.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import orjson

from bots.email import mime
from bots.email.attachments import Attachment
from intake.errors import Gone


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFetcher:
    """Meets `intake.ports.Fetcher`."""

    read_blob: Callable[[str], bytes]
    _last: dict[str, Sequence[Attachment]] = field(default_factory=dict)  # one mail at most

    async def fetch(self, source: str) -> bytes:
        """The bytes of one attachment. Raises Gone when the mail is not what it was."""
        place = orjson.loads(source)
        digest, part = place["sha256"], int(place["part"])
        if digest not in self._last:
            self._last.clear()
            self._last[digest] = await asyncio.to_thread(self._read, digest)
        attachments = self._last[digest]
        if part + 1 >= len(attachments):  # nobody asks for more of it
            self._last.clear()
        if part >= len(attachments):
            raise Gone("the mail has no such part")
        return attachments[part].payload

    def _read(self, digest: str) -> Sequence[Attachment]:
        return mime.read(self.read_blob(digest)).attachments
