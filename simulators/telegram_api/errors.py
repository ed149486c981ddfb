"""Refusals in the words of the Bot API."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTHING: Mapping[str, int] = {}


class Refusal(Exception):
    """An answer with `ok: false`; `description` is worded as Telegram does.

    `parameters` is what a bot can heal the error by: when to come again, where a group went.
    """

    def __init__(
        self, status: int, description: str, parameters: Mapping[str, int] = NOTHING
    ) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


def bad_request(reason: str) -> Refusal:
    return Refusal(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> Refusal:
    return Refusal(403, f"Forbidden: {reason}")


def too_many_requests(seconds: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def moved(to: int) -> Refusal:
    description = "Bad Request: group chat was upgraded to a supergroup chat"
    return Refusal(400, description, {"migrate_to_chat_id": to})


def conflict(reason: str) -> Refusal:
    return Refusal(409, f"Conflict: {reason}")


class NotPossibleOnPhone(Exception):
    """A person tried what the app does not offer, such as a button that is not there."""
