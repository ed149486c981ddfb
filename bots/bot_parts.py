"""What a Telegram message carries: words, files, places, or something nobody here can read.

Pure. Who wrote it, and to which chat, is left to `translate`. Names are those of the Bot API.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import orjson

from bots.shape import Json, as_degrees, as_list, as_number, as_object, as_text
from intake.messages import IncomingFile, MessageKind
from intake.people import plain_name

LONGEST_NAME = 120
LONGEST_FACT = 300
LONGEST_WORDS = 4096
_FORBIDDEN_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"|?*\u202a-\u202e\u2066-\u2069]')
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,63}/[a-z0-9][a-z0-9.+-]{0,127}", re.IGNORECASE)
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_START_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")
_COMMANDS = ("start", "help", "status")  # others may be words: "/etc is full"
_WORD = re.compile(r"\w\w")
_UNKNOWN_TYPE = "application/octet-stream"

# What a message says about itself beside its content.
_FRAME = """message_id message_thread_id direct_messages_topic from sender_chat sender_boost_count
    sender_business_bot sender_tag date business_connection_id chat forward_origin edit_date
    is_topic_message is_automatic_forward reply_to_message external_reply quote reply_to_story
    reply_to_checklist_task_id reply_to_poll_option_id via_bot has_protected_content
    is_from_offline is_paid_post media_group_id author_signature paid_star_count entities
    link_preview_options suggested_post_info effect_id caption caption_entities reply_markup
    show_caption_above_media has_media_spoiler ephemeral_message_id receiver_user guest_query_id
    guest_bot_caller_user guest_bot_caller_chat forward_from forward_from_chat forward_date
    forward_sender_name forward_signature forward_from_message_id"""
_HANDED_ON = """forward_origin forward_from forward_from_chat forward_date forward_sender_name
    via_bot sender_business_bot is_automatic_forward"""
# What Telegram itself reports in a private chat; nobody said it to us.
_SERVICE = """pinned_message new_chat_title new_chat_photo delete_chat_photo chat_background_set
    message_auto_delete_timer_changed connected_website write_access_allowed boost_added
    forum_topic_created forum_topic_edited forum_topic_closed forum_topic_reopened
    general_forum_topic_hidden general_forum_topic_unhidden proximity_alert_triggered
    successful_payment refunded_payment checklist_tasks_done checklist_tasks_added
    poll_option_added poll_option_deleted"""
_WORDS = frozenset(["text", "title", "question", "description", "address", "caption", "emoji"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The content of one message in the core's words."""

    kind: MessageKind
    text: str = ""
    files: tuple[IncomingFile, ...] = ()
    payload: str = ""
    platform_kind: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    is_own_contact: bool = False


def read_part(message: Json, sent_at: datetime) -> Part:
    """Find what the message carries; the order matters where the API repeats itself."""
    if "text" in message:
        return _read_text(as_text(message["text"]))
    for name, read in _READERS.items():
        if name in message:
            part = read(message, sent_at)
            return part or _unsupported(name, message)
    if any(name in message for name in _SERVICE.split()):
        return Part(kind=MessageKind.IRRELEVANT)
    unknown = next((as_text(name) for name in message if name not in _FRAME.split()), "")
    return _unsupported(unknown or "unknown", message)


def _read_text(text: str) -> Part:
    """A command, known or not, asks what the bot does; words behind one are a message."""
    command = _COMMAND.fullmatch(text.strip())
    if command is None:
        return Part(kind=MessageKind.TEXT, text=text)
    name, rest = command[1].lower(), (command[2] or "").strip()
    if name == "start" and _START_PAYLOAD.fullmatch(rest):
        return Part(kind=MessageKind.START, payload=rest)
    if not _WORD.search(rest):
        return Part(kind=MessageKind.COMMAND, payload=name)
    return Part(kind=MessageKind.TEXT, text=rest if name in _COMMANDS else text)


def _unsupported(name: str, message: Json) -> Part:
    """Kept with whatever words it has, so that a person can still see what it was about."""
    caption = as_text(message.get("caption"))
    words = "\n".join(filter(None, [caption, *_words_in(message.get(name), 4)]))
    return Part(kind=MessageKind.UNSUPPORTED, text=words[:LONGEST_WORDS], platform_kind=name)


def _words_in(value: Any, depth: int) -> Iterator[str]:
    if depth == 0:
        return
    if isinstance(value, list):
        for one in value[:100]:
            yield from _words_in(one, depth)
        return
    for name, one in as_object(value).items():
        if name in _WORDS and isinstance(one, str):
            yield as_text(one)
        else:
            yield from _words_in(one, depth - 1)


# files


def _read_photo(message: Json, sent_at: datetime) -> Part | None:
    """The largest of the sizes; a live photo is taken as the still that it shows."""
    live = as_object(message.get("live_photo"))
    sizes = as_list(message.get("photo")) or as_list(live.get("photo"))
    known = [size for size in map(as_object, sizes) if as_text(size.get("file_id"))]
    if not known:
        return None
    largest = max(known, key=_area)
    return _with_file(message, _file(largest, ("photo", ".jpg", "image/jpeg"), sent_at))


def _area(size: Json) -> int:
    return (as_number(size.get("width")) or 0) * (as_number(size.get("height")) or 0)


def _file_reader(
    name: str, suffix: str, media_type: str
) -> Callable[[Json, datetime], Part | None]:
    def read(message: Json, sent_at: datetime) -> Part | None:
        described = as_object(message.get(name))
        if not as_text(described.get("file_id")):
            return None
        label = name.replace("_", "-")
        return _with_file(message, _file(described, (label, suffix, media_type), sent_at))

    return read


def _with_file(message: Json, file: IncomingFile) -> Part:
    return Part(kind=MessageKind.TEXT, text=as_text(message.get("caption")), files=(file,))


def _file(described: Json, usual: tuple[str, str, str], sent_at: datetime) -> IncomingFile:
    """`usual` is what the kind is called, its suffix and its type, where the file says nothing."""
    label, suffix, usual_type = usual
    size = as_number(described.get("file_size"))
    size = size if size is not None and size >= 0 else None
    media_type = as_text(described.get("mime_type"))
    if not _MEDIA_TYPE.fullmatch(media_type):
        media_type = usual_type
    source = orjson.dumps({"file_id": as_text(described.get("file_id")), "size": size}).decode()
    name = file_name(as_text(described.get("file_name")))
    return IncomingFile(
        source=source,
        name=name or f"{label}-{sent_at:%Y-%m-%d-%H%M}{suffix}",
        media_type=media_type.lower(),
        size=size,
    )


def file_name(given: str) -> str:
    """A name without folders and marks; a long one keeps its end, where the suffix is."""
    bare = re.split(r"[/\\]", given)[-1]
    return _FORBIDDEN_IN_NAMES.sub("", bare).strip(" .")[-LONGEST_NAME:]


# other things


def _read_sticker(message: Json, _sent_at: datetime) -> Part:
    emoji = as_text(as_object(message.get("sticker")).get("emoji"))
    return Part(kind=MessageKind.UNSUPPORTED, text=emoji, platform_kind="sticker")


def _read_contact(message: Json, _sent_at: datetime) -> Part | None:
    contact = as_object(message.get("contact"))
    phone = as_text(contact.get("phone_number")).strip()[:LONGEST_FACT]
    if not phone:
        return None
    text = ", ".join(filter(None, [full_name(contact), phone]))
    is_own = _is_own(contact, message)
    return Part(kind=MessageKind.TEXT, text=text, facts={"contact": phone}, is_own_contact=is_own)


def _is_own(contact: Json, message: Json) -> bool:
    """Anybody can send any card: only the own one, handed on by nobody, tells who they are."""
    sender_id = as_number(as_object(message.get("from")).get("id"))
    is_first_hand = not any(name in message for name in _HANDED_ON.split())
    return (
        is_first_hand and sender_id is not None and as_number(contact.get("user_id")) == sender_id
    )


def _read_location(message: Json, _sent_at: datetime) -> Part | None:
    location = as_object(message.get("location"))
    place = [as_degrees(location.get(name)) for name in ("latitude", "longitude")]
    if not all(place):
        return None
    return Part(kind=MessageKind.TEXT, text=", ".join(place), facts={"location": ",".join(place)})


def _read_venue(message: Json, sent_at: datetime) -> Part | None:
    """A place with a name, before the bare location that comes along."""
    venue = as_object(message.get("venue"))
    place = _read_location(venue, sent_at)
    named = [as_text(venue.get(name)).strip() for name in ("title", "address")]
    return place and replace(place, text="\n".join(filter(None, named)) or place.text)


def full_name(person: Json) -> str:
    names = (as_text(person.get(name)) for name in ("first_name", "last_name"))
    return plain_name(" ".join(names))[:LONGEST_NAME]


_READERS: dict[str, Callable[[Json, datetime], Part | None]] = {
    "venue": _read_venue,
    "animation": _file_reader("animation", ".mp4", "video/mp4"),  # comes with a document
    "photo": _read_photo,
    "live_photo": _read_photo,
    "document": _file_reader("document", "", _UNKNOWN_TYPE),
    "voice": _file_reader("voice", ".ogg", "audio/ogg"),
    "video": _file_reader("video", ".mp4", "video/mp4"),
    "video_note": _file_reader("video_note", ".mp4", "video/mp4"),
    "audio": _file_reader("audio", ".mp3", "audio/mpeg"),
    "sticker": _read_sticker,
    "contact": _read_contact,
    "location": _read_location,
}
