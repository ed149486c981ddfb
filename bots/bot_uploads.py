"""Files on their way out: what is shown or played, and what goes together as an album."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bots.bot_parts import file_name
from bots.bot_refusals import Refused
from intake.speech import Enclosure

LARGEST_UPLOAD = 50 << 20  # bytes
LARGEST_PHOTO = 10 << 20
LARGEST_ALBUM = 10
_BAD_REQUEST = 400
_NOT_SHOWN = ("photo", "image", "voice")  # in the words with which Telegram refuses one
_VOICE_NAMES = (".ogg", ".oga")
_PHOTO_TYPES = ("image/jpeg", "image/png", "image/webp")


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file with its content; a photo is shown, a voice played, all else offered for download."""

    name: str
    content: bytes
    is_photo: bool = False
    is_voice: bool = False  # in the one form that is played like a voice message


Group = tuple[Upload, ...]


def upload_of(file: Enclosure, content: bytes) -> Upload:
    is_photo = file.media_type in _PHOTO_TYPES and len(content) <= LARGEST_PHOTO
    name = file_name(file.name) or "file"
    is_voice = name.endswith(_VOICE_NAMES) and content.startswith(b"OggS")
    return Upload(name=name, content=content, is_photo=is_photo, is_voice=is_voice)


def text_upload(name: str, text: str) -> Upload:
    return Upload(name=f"{name}.txt", content=text.encode("utf-8", "replace"))


def grouped(uploads: Sequence[Upload]) -> list[Group]:
    """Neighbours of one kind together, since an album mixes none; at most ten in each.

    No album takes a voice.
    """
    groups: list[Group] = []
    for (_, is_voice), alike in groupby(uploads, key=lambda one: (one.is_photo, one.is_voice)):
        files, most = tuple(alike), 1 if is_voice else LARGEST_ALBUM
        groups += [files[at : at + most] for at in range(0, len(files), most)]
    return groups


def may_be_documents(group: Group, refusal: Refused) -> bool:
    """Whether Telegram will not show or play them, and may take them for download."""
    is_shown = group[0].is_photo or group[0].is_voice
    words = refusal.description.lower()
    return is_shown and refusal.status == _BAD_REQUEST and any(map(words.__contains__, _NOT_SHOWN))


def as_documents(group: Group) -> Group:
    return tuple(replace(upload, is_photo=False, is_voice=False) for upload in group)
