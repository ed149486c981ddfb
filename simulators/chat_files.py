"""The files of a platform's chats, kept in memory, each with an address of its own."""

from __future__ import annotations

from dataclasses import dataclass, field

from aiohttp import web


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatFile:
    """A file in a chat; `content` is what its reader would get."""

    kind: str  # as the platform calls it
    file_id: str
    name: str
    mime_type: str
    content: bytes = field(repr=False)


class ChatFiles:
    def __init__(self) -> None:
        self._kept: dict[str, ChatFile] = {}

    def keep(self, kind: str, name: str, mime_type: str, content: bytes) -> ChatFile:
        file_id = f"{len(self._kept):08x}"
        kept = ChatFile(
            kind=kind, file_id=file_id, name=name, mime_type=mime_type, content=content
        )
        self._kept[file_id] = kept
        return kept

    def get(self, file_id: str) -> ChatFile | None:
        return self._kept.get(file_id)

    async def answer(self, file_id: str) -> web.Response:
        """Whoever asks by its address."""
        kept = self.get(file_id)
        if kept is None:
            return web.Response(status=404)
        return web.Response(body=kept.content, content_type="application/octet-stream")
