"""Rows of ticket lists as the template shows them: words chosen, nothing left to compute."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from inbox.drawing import Voice
from inbox.moments import When
from inbox.ports import Labels
from intake.ports import TicketLine
from intake.tickets import Status


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
    when: When


def rows_of(lines: Sequence[TicketLine], voice: Voice, labels: Labels, now: datetime) -> list[Row]:
    return [_row(line, voice, labels, now) for line in lines]


def _row(line: TicketLine, voice: Voice, labels: Labels, now: datetime) -> Row:
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
        when=voice.moments.when(line.updated_at, now),
    )


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
