"""What an agent wants to know about a ticket at a glance: who, from where, answers, times."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from babel import Locale

from inbox.drawing import Voice
from inbox.moments import When
from inbox.ports import Labels
from inbox.rows import category_label
from intake.tickets import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One field. `state` is filled, assumed (from an earlier ticket), declined or missing."""

    name: str
    label: str
    value: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    number: int
    person_id: int
    subject: str
    requester: str
    language: str
    status: str
    status_word: str
    priority: str
    priority_word: str
    kind_word: str
    category: str
    channel: str
    channel_word: str
    assignee: str
    assignee_id: int | None
    is_live: bool
    tells_danger: bool
    is_held: bool
    is_complete: bool
    awaits_answers: bool
    missing: int
    answers: tuple[Answer, ...]
    opened: When
    answered: When | None


def facts_of(ticket: Ticket, voice: Voice, labels: Labels, now: datetime) -> Facts:
    answers = _answers(ticket, voice, labels)
    first = ticket.first_response_at
    return Facts(
        number=ticket.id,
        person_id=ticket.person_id,
        subject=ticket.subject or voice.words["no_subject"],
        requester=ticket.requester or voice.words["no_name"],
        language=language_name(ticket.language, voice.language),
        status=ticket.status,
        status_word=voice.word("status", ticket.status),
        priority=ticket.priority,
        priority_word=voice.word("priority", ticket.priority),
        kind_word=voice.word("kind", ticket.kind),
        category=category_label(labels, ticket.category, voice.language),
        channel=ticket.address.channel,
        channel_word=voice.word("channel", ticket.address.channel),
        assignee=ticket.assignee,
        assignee_id=ticket.assignee_id,
        is_live=ticket.status.is_live,
        tells_danger=ticket.flag == "danger" and ticket.status.is_live,
        is_held=ticket.is_held and ticket.status.is_live,
        is_complete=ticket.is_complete,
        awaits_answers=ticket.awaits_answers,
        missing=sum(answer.state == "missing" for answer in answers),
        answers=answers,
        opened=voice.moments.when(ticket.created_at, now),
        answered=voice.moments.when(first, now) if first else None,
    )


def _answers(ticket: Ticket, voice: Voice, labels: Labels) -> tuple[Answer, ...]:
    missing: tuple[str, ...] = ()
    if ticket.category in labels.categories:
        missing = labels.missing(ticket.category or "", ticket.answers, ticket.declined)

    def answer(name: str, state: str) -> Answer:
        is_known = name in labels.fields
        value = ticket.answers.get(name, "") if state in ("filled", "assumed") else ""
        return Answer(
            name=name,
            label=labels.label(name, voice.language, ticket.category) if is_known else name,
            value=labels.show(name, value, voice.language) if is_known and value else value,
            state=state,
        )

    filled = [
        answer(name, "assumed" if name in ticket.assumed else "filled") for name in ticket.answers
    ]
    declined = [answer(name, "declined") for name in sorted(ticket.declined)]
    return (*filled, *declined, *(answer(name, "missing") for name in missing))


@lru_cache(64)
def language_name(language: str, reader: str) -> str:
    name = Locale.parse(language).get_language_name(reader) if language else None
    return name or language
