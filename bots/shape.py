"""Reads plain JSON that may hold anything: each function gives the wanted shape or its empty form.

What the values mean is left to each channel.
"""

import json
from datetime import UTC, datetime
from typing import Any

import orjson

Json = dict[str, Any]


def read_json(raw: bytes) -> Any:
    """Parse JSON. Raises ValueError.

    What orjson refuses (half a surrogate pair) the slower parser of the standard library takes.
    """
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        try:
            return json.loads(raw)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error


def as_object(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def as_text(value: Any) -> str:
    """Text that a database takes: without NUL and without halves of surrogate pairs."""
    if not isinstance(value, str):
        return ""
    clean = value.replace("\0", "")
    if clean.isascii():
        return clean
    return clean.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def as_number(value: Any) -> int | None:
    """A whole number that a database takes."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and -(2**63) <= value < 2**63 else None


def as_moment(value: Any, *, per_second: int = 1) -> datetime | None:
    """When that was, told by a whole number of seconds (or of their parts) since 1970."""
    number = as_number(value)
    if not number or number < 0:
        return None
    try:
        return datetime.fromtimestamp(number / per_second, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def as_degrees(value: Any) -> str:
    """One of the two numbers of a place on earth, to a tenth of a metre."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= 180:  # noqa: PLR2004
        return ""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def first(*values: int | None) -> int | None:
    """The first that is there."""
    return next((value for value in values if value is not None), None)
