"""Refusals in the words of the Bot API."""

from __future__ import annotations


class Refusal(Exception):
    """An answer with `ok: false`; `description` is worded as Telegram does."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.description = description


def bad_request(reason: str) -> Refusal:
    return Refusal(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> Refusal:
    return Refusal(403, f"Forbidden: {reason}")


def conflict(reason: str) -> Refusal:
    return Refusal(409, f"Conflict: {reason}")


class NotPossibleOnPhone(Exception):
    """A person tried what the app does not offer, such as a button that is not there."""
