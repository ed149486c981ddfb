"""What Meta refuses in a message, with the codes of its documentation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulators.graph_api.chats import Json

DAY = 86_400.0
MOST_REPLIES = 13
LONGEST_TITLE = 20
LONGEST_PAYLOAD = 1000
ATTACHMENTS = ("image", "audio", "video", "file")


class Refusal(Exception):
    """An answer that is an error of the Graph API."""

    def __init__(self, code: int, subcode: int, words: str) -> None:
        super().__init__(words)
        self.code = code
        self.subcode = subcode
        self.words = words


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """What sets Messenger and Instagram apart."""

    name: str
    object: str
    account: str
    token: str
    longest_text: int
    counts_bytes: bool
    tells_deliveries: bool
    tells_apps: bool  # in an echo: which app has sent it, and with what mark

    def length(self, text: str) -> int:
        return len(text.encode()) if self.counts_bytes else len(text)


def check_message(wish: Json, platform: Platform) -> None:
    """Raises Refusal."""
    message = wish.get("message") or {}
    has_file = "attachment" in message
    if has_file == ("text" in message):
        raise Refusal(100, 0, "a message is either text or an attachment")
    if not has_file and not 0 < platform.length(message["text"]) <= platform.longest_text:
        raise Refusal(100, 2018109, "the length of the text is not allowed")
    if has_file and message["attachment"].get("type") not in ATTACHMENTS:
        raise Refusal(100, 0, "this type of attachment is not supported")
    _check_replies(message.get("quick_replies", []), platform)


def check_window(wish: Json, silent_for: float) -> None:
    """`silent_for` are the seconds since the person last did something. Raises Refusal."""
    is_human = wish.get("messaging_type") == "MESSAGE_TAG" and wish.get("tag") == "HUMAN_AGENT"
    if wish.get("messaging_type") != "RESPONSE" and not is_human:
        raise Refusal(100, 0, "messaging_type is missing or unknown")
    if silent_for >= (7 * DAY if is_human else DAY):
        raise Refusal(10, 2018278, "sent outside of the allowed window")


def _check_replies(replies: list[Json], platform: Platform) -> None:
    if len(replies) > MOST_REPLIES:
        raise Refusal(100, 0, "too many quick replies")
    for reply in replies:
        if reply.get("content_type") == "user_phone_number" and platform.name == "messenger":
            continue
        title, payload = reply.get("title", ""), reply.get("payload", "")
        is_text = reply.get("content_type") == "text"
        if not is_text or not 0 < len(title) <= LONGEST_TITLE:
            raise Refusal(100, 0, "a quick reply has no title, or one that is too long")
        if not 0 < len(payload) <= LONGEST_PAYLOAD:
            raise Refusal(100, 0, "a quick reply has no payload, or one that is too long")
