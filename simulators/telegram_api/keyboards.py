"""Checks of reply_markup, in Telegram's words; the limits are those of its clients."""

from __future__ import annotations

from typing import Any

from simulators.telegram_api.errors import bad_request

CALLBACK_LIMIT = 64  # bytes
MOST_BUTTONS = 100
_ACTIONS = frozenset(
    [
        "callback_data",
        "url",
        "web_app",
        "login_url",
        "switch_inline_query",
        "copy_text",
        "pay",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "callback_game",
    ]
)


def check_markup(markup: Any) -> dict[str, Any] | None:
    """Give the markup when it is fit to be shown, None when there is none."""
    if markup is None or markup == "":
        return None
    if not isinstance(markup, dict):
        raise bad_request("can't parse reply keyboard markup JSON object")
    if "inline_keyboard" in markup:
        _check_inline(markup["inline_keyboard"])
    return markup


def inline_part(markup: dict[str, Any] | None) -> dict[str, Any] | None:
    """Give what stays at the message: inline keyboards do, reply keyboards do not."""
    if markup is None or not markup.get("inline_keyboard"):
        return None
    return {"inline_keyboard": markup["inline_keyboard"]}


def _check_inline(rows: Any) -> None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("can't parse inline keyboard: Expected an Array of Array")
    buttons = [button for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    for button in buttons:
        _check_button(button)


def _check_button(button: Any) -> None:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request(
            'can\'t parse inline keyboard button: Field "text" must be of type String'
        )
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if not _ACTIONS & button.keys():
        raise bad_request("Text buttons are unallowed in the inline keyboard")
    callback = button.get("callback_data")
    if callback is not None and not 1 <= len(str(callback).encode()) <= CALLBACK_LIMIT:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not str(url).startswith(("http://", "https://", "tg://", "mailto:")):
        raise bad_request("BUTTON_URL_INVALID")
