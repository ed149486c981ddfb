"""Files as pages show them: name and size, whether they are here, and which are pictures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal

from inbox.drawing import Voice
from intake.posted_forms import file_name
from intake.tickets import FileState, StoredFile

THUMBNAIL_LIMIT = 5_000_000
THUMBNAIL_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
KILO = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    id: int
    name: str
    size: str
    state: str
    state_word: str  # "" where the file is here
    is_picture: bool
    may_retry: bool
    ticket: int | None


class Attachments:
    """Turns files into what is drawn of them, in one agent's language."""

    def __init__(self, voice: Voice, is_served: Callable[[tuple[str, str]], bool]) -> None:
        self._voice = voice
        self._is_served = is_served

    def draw(self, files: Sequence[StoredFile]) -> tuple[Attachment, ...]:
        return tuple(map(self._attachment, files))

    def _attachment(self, file: StoredFile) -> Attachment:
        is_here = file.state is FileState.STORED
        is_small = file.size is not None and file.size <= THUMBNAIL_LIMIT
        return Attachment(
            id=file.id,
            name=file_name(file.name),
            size=self._size(file.size),
            state=file.state,
            state_word="" if is_here else self._voice.word("file", self._state(file)),
            is_picture=is_here and is_small and file.media_type in THUMBNAIL_TYPES,
            may_retry=file.state is FileState.FAILED,
            ticket=file.ticket_id,
        )

    def _state(self, file: StoredFile) -> str:
        is_stranded = file.state is FileState.WAITING and not self._is_served(file.account)
        return "stranded" if is_stranded else file.state

    def _size(self, size: int | None) -> str:
        if size is None:
            return ""
        for unit, span in (("MB", KILO * KILO), ("KB", KILO)):
            if size >= span:
                number = format_decimal(round(size / span, 1), locale=self._voice.language)
                return f"{number} {unit}"
        return f"{size} B"
