"""What Viber refuses in a message, with the statuses of its documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulators.viber_api.chats import Json

LONGEST_TEXT = 7000
LONGEST_SENDER = 28
LARGEST_REQUEST = 30_000
LARGEST_FILE = 50 << 20
LONGEST_NAME = 256
SHARES_FROM = 3  # min_api_version of the button that shares a number
COLUMNS = 6
_TYPES = ("text", "picture", "video", "file", "contact", "location", "url", "sticker")
_ACTIONS = ("reply", "open-url", "share-phone", "location-picker", "none")


class Refusal(Exception):
    """An answer with a status that is not 0."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words


def check_message(message: Json) -> None:
    """Raises Refusal."""
    if message.get("type") not in _TYPES:
        raise Refusal(3, "type is not supported")
    name = (message.get("sender") or {}).get("name", "")
    if not 0 < len(name) <= LONGEST_SENDER:
        raise Refusal(4, "sender.name is missing or too long")
    if message["type"] == "text" and not 0 < len(message.get("text") or "") <= LONGEST_TEXT:
        raise Refusal(3, "text is missing or too long")
    if message["type"] in ("picture", "video", "file"):
        _check_media(message)
    if "keyboard" in message:
        _check_keyboard(message["keyboard"], message.get("min_api_version", 1))


def _check_media(message: Json) -> None:
    if not str(message.get("media", "")).startswith(("http://", "https://")):
        raise Refusal(1, "media is no URL")
    if message["type"] == "file":
        size = message.get("size")
        if not isinstance(size, int) or size > LARGEST_FILE:
            raise Refusal(3, "size is missing or too large")
        if not 0 < len(message.get("file_name") or "") <= LONGEST_NAME:
            raise Refusal(3, "file_name is missing or too long")


def _check_keyboard(keyboard: Json, api_version: int) -> None:
    buttons = keyboard.get("Buttons")
    if keyboard.get("Type") != "keyboard" or not buttons:
        raise Refusal(3, "keyboard has no buttons")
    for button in buttons:
        if button.get("ActionType", "reply") not in _ACTIONS or not button.get("ActionBody"):
            raise Refusal(3, "button has no action")
        if not 1 <= button.get("Columns", COLUMNS) <= COLUMNS:
            raise Refusal(3, "Columns is out of the grid")
        if button.get("ActionType") == "share-phone" and api_version < SHARES_FROM:
            raise Refusal(13, "apiVersionNotSupported")
