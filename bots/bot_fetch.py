"""Brings the files that people send to either bot. Telegram hands over at most 20 MB to a bot."""

from typing import Protocol

from bots.bot_refusals import Refused
from bots.shape import as_number, as_object, as_text, read_json
from intake.errors import Gone, TooBig

LARGEST = 20 << 20  # bytes, Bot API: getFile
_BAD_REQUEST, _NOT_FOUND = 400, 404


class HandsOver(Protocol):
    async def file_path(self, file_id: str) -> str: ...
    async def download(self, path: str, limit: int) -> bytes: ...


class TelegramFetcher:
    """Meets `ports.Fetcher`. `source` is what `bot_parts` wrote: the file's id and its size."""

    def __init__(self, telegram: HandsOver) -> None:
        self._telegram = telegram

    async def fetch(self, source: str) -> bytes:
        """Raises TooBig, Gone, or CallFailed (worth another try)."""
        file_id, size = _read_source(source)
        if size is not None and size > LARGEST:
            raise TooBig(f"{size} bytes")
        path = await self._path(file_id)
        try:
            return await self._telegram.download(path, LARGEST)
        except Refused as refusal:
            if refusal.status == _NOT_FOUND:
                raise Gone(str(refusal)) from refusal
            raise

    async def _path(self, file_id: str) -> str:
        """Where it lies for the next hour; asked anew at every try."""
        try:
            path = await self._telegram.file_path(file_id)
        except Refused as refusal:
            words = refusal.description.lower()
            if refusal.status != _BAD_REQUEST or "temporarily unavailable" in words:
                raise
            if "too big" in words:
                raise TooBig(str(refusal)) from refusal
            raise Gone(str(refusal)) from refusal
        if not path:
            raise Gone("Telegram names no place for it")
        return path


def _read_source(source: str) -> tuple[str, int | None]:
    try:
        described = as_object(read_json(source.encode("utf-8", "replace")))
    except ValueError:
        described = {}
    file_id = as_text(described.get("file_id"))
    if not file_id:
        raise Gone("no reference to a file of Telegram's")
    return file_id, as_number(described.get("size"))
