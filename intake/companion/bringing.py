"""Files that an agent sends: brought from Telegram and kept before they go on."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from intake.agent_words import Attached
from intake.media_types import media_type
from intake.messages import IncomingFile
from intake.ports import Blobs, Fetcher, Files


@dataclass(frozen=True, slots=True, kw_only=True)
class Bringing:
    fetcher: Fetcher
    files: Files
    blobs: Blobs

    async def bring(self, files: Sequence[IncomingFile]) -> tuple[Attached, ...]:
        """Raises TooBig, Gone, or Away: then the update waits and is received again."""
        return tuple([await self._bring(file) for file in files])

    async def _bring(self, file: IncomingFile) -> Attached:
        content = await self.fetcher.fetch(file.source)
        sha256 = await asyncio.to_thread(self.blobs.write, content)
        kind = media_type(content, said=file.media_type)
        upload_id = await self.files.add_upload(file.name, kind, len(content), sha256)
        return Attached(id=upload_id, sha256=sha256)
