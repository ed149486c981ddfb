"""Marked text as runs, so that it can be cut anywhere and is escaped in one place.

Telegram counts UTF-16 units after its tags are read (Bot API, "Formatting options").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

Tag = Literal["", "b", "i"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look."""

    text: str
    tag: Tag = ""


Runs = tuple[Run, ...]


def to_html(runs: Sequence[Run]) -> str:
    """Telegram's HTML; whatever people wrote stays plain text."""
    return "".join(_marked(run) for run in runs if run.text)


def _marked(run: Run) -> str:
    text = escape(run.text, quote=False)
    return f"<{run.tag}>{text}</{run.tag}>" if run.tag else text


def plain(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def units(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def apart(blocks: Sequence[Sequence[Run]]) -> Runs:
    """Blocks with an empty line between; empty ones leave no gap."""
    runs: list[Run] = []
    for block in blocks:
        if any(run.text.strip() for run in block):
            runs += [Run("\n\n"), *block] if runs else block
    return tuple(runs)
