"""Files of mails: they came with the raw mail, so fetching is reading it again."""

from collections.abc import Callable
from dataclasses import dataclass

import orjson

from bots.email import mime
from intake.errors import Gone


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFetcher:
    """Meets `intake.ports.Fetcher`."""

    read_blob: Callable[[str], bytes]

    async def fetch(self, source: str) -> bytes:
        """The bytes of one attachment. Raises Gone when the mail is not what it was."""
        place = orjson.loads(source)
        attachments = mime.read(self.read_blob(place["sha256"])).attachments
        part = int(place["part"])
        if part >= len(attachments):
            raise Gone("the mail has no such part")
        return attachments[part].payload
