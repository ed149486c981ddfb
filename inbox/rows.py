"""Rows of ticket lists as the template shows them: words chosen, nothing left to compute."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from aiohttp import web
from jinja2 import Environment
from markupsafe import Markup

from inbox.drawing import VOICES, Voice
from inbox.moments import When
from inbox.ports import Labels
from intake.lists import TicketLine
from intake.speech import DeliveryState
from intake.tickets import Status
from intake.undelivered import FILE

KEPT: Final = 500  # drawn rows a language, about a kilobyte each


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    number: int
    subject: str
    preview: str
    requester: str
    channel: str
    channel_word: str
    category: str
    status: str
    status_word: str
    priority: str  # only where it is above the usual
    priority_word: str
    assignee: str
    completeness: str  # "complete", "lacking", "without", or "" where it matters no more
    waits_for_agent: bool
    danger: str  # the word for it, before all else
    mark: str  # what else to be prepared for, while somebody still has to answer
    undelivered: str  # the words for what did not, or perhaps not, arrive
    when: When


class Rows:
    """Draws the rows of lists in one language.

    Agents look at the same tickets again and again, and drawing a row takes ten times as long as
    finding it drawn: rows are kept by all that stands in them.
    """

    def __init__(self, voice: Voice, environment: Environment, labels: Labels) -> None:
        self._voice = voice
        self._environment = environment
        self._labels = labels
        self._drawn = lru_cache(KEPT)(self._draw_one)

    def draw(self, lines: Sequence[TicketLine], now: datetime) -> Markup:
        ago = self._voice.moments.ago
        return Markup().join([self._drawn(line, ago(line.updated_at, now)) for line in lines])

    def _draw_one(self, line: TicketLine, ago: str) -> Markup:
        template = self._environment.get_template("inbox/ticket_row.html")
        row = _row(line, self._voice, self._labels, ago)
        drawn: Markup = template.module.ticket_row(row)  # type: ignore[attr-defined]
        return drawn


ROWS: Final = web.AppKey("rows", Mapping[str, Rows])  # by language


def install_rows(app: web.Application, labels: Labels) -> None:
    app[ROWS] = {
        language: Rows(voice, app[voice.environment], labels)
        for language, voice in app[VOICES].items()
    }


def _row(line: TicketLine, voice: Voice, labels: Labels, ago: str) -> Row:
    priority = line.priority if line.priority in ("critical", "high") else ""
    return Row(
        number=line.id,
        subject=line.subject or voice.words["no_subject"],
        preview=line.preview if line.preview != line.subject else "",
        requester=line.requester or voice.words["no_name"],
        channel=line.channel,
        channel_word=voice.word("channel", line.channel),
        category=category_label(labels, line.category, voice.language),
        status=line.status,
        status_word=voice.word("status", line.status),
        priority=priority,
        priority_word=voice.word("priority", priority) if priority else "",
        assignee=line.assignee,
        completeness=_completeness(line),
        waits_for_agent=line.waits_for_agent,
        danger=_danger(line, voice),
        mark=_mark(line, voice),
        undelivered=_undelivered(line, voice),
        when=voice.moments.said(line.updated_at, ago),
    )


def _danger(line: TicketLine, voice: Voice) -> str:
    is_told = line.flag == "danger" and Status(line.status).is_live
    return voice.word("mark", "danger") if is_told else ""


def _mark(line: TicketLine, voice: Voice) -> str:
    if line.is_held and Status(line.status).is_live:
        return voice.words["mark_held"]
    is_over = line.flag in ("", "danger") or not Status(line.status).is_live
    is_heard = line.flag == "human" and not line.waits_for_agent
    return "" if is_over or is_heard else voice.word("mark", line.flag)


def _undelivered(line: TicketLine, voice: Voice) -> str:
    if not line.undelivered or not Status(line.status).is_live:
        return ""
    if line.undelivered == FILE:
        return voice.words["mark_file"]
    is_doubtful = line.undelivered == DeliveryState.UNKNOWN
    return voice.word("delivery", "unknown" if is_doubtful else "failed")


def _completeness(line: TicketLine) -> str:
    if not Status(line.status).is_live:
        return ""
    if line.is_complete:
        return "complete"
    return "lacking" if line.awaits_answers else "without"


def category_label(labels: Labels, category: str | None, language: str) -> str:
    """A category that the catalogue has lost since is shown by its name."""
    if not category:
        return ""
    return labels.category_label(category, language) if category in labels.categories else category
