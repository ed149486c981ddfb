"""Draws cards and texts for Messenger and Instagram: plain words, and quick replies below them.

Pure. Quick replies are few and short, vanish with the next message, and some devices show none:
what can't be a button, and on Instagram every choice, stands among the words.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bots.cutting import apart
from bots.meta.events import INSTAGRAM
from bots.meta.parts import TAP_MARK
from intake.speech import Card, Choice, Question, Speech, Text

MOST_REPLIES = 13
LONGEST_TITLE = 20  # characters
Reply = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The words, and the quick replies that go with the last of them."""

    text: str
    replies: tuple[Reply, ...] = ()


def draw(body: Speech, channel: str) -> Drawing:
    text, replies = _card(body, channel) if isinstance(body, Card) else _text(body)
    signed = f"— {body.signature}" if body.signature else ""
    return Drawing(text=apart([text, signed]), replies=tuple(replies[:MOST_REPLIES]))


def _text(body: Text) -> tuple[str, list[Reply]]:
    choices = [choice for row in body.choices for choice in row]
    long = [f"• {choice.label}" for choice in choices if len(choice.label) > LONGEST_TITLE]
    return apart([body.text, "\n".join(long)]), [_reply(choice) for choice in choices]


def _card(card: Card, channel: str) -> tuple[str, list[Reply]]:
    """Buttons of the first questions that have room beside those of the card itself."""
    replies: list[Reply] = []
    room = MOST_REPLIES - len(card.actions)
    lines = []
    labels = Counter(choice.label for one in card.questions for choice in one.choices)
    asked = [question for question in card.questions if question.choices]
    for question in card.questions:
        prefixes = _prefixes(question, labels, is_alone=len(asked) == 1)
        buttons = _replies(question, prefixes, channel)
        has_room = bool(buttons) and len(replies) + len(buttons) <= room
        replies += buttons if has_room else []
        lines.append(_line(question, lists=not has_room or channel == INSTAGRAM))
    known = "\n".join(f"✓ {chip.label}: {chip.value}" for chip in card.known)
    form = f"{card.form.label}: {card.form.url}" if card.form is not None else ""
    words = [card.heading, card.intro, known, card.ask, "\n".join(lines), card.closing, form]
    return apart(words), replies + [_reply(choice) for choice in card.actions]


def _prefixes(question: Question, labels: Counter[str], *, is_alone: bool) -> list[str]:
    """Before labels stands their question's number; else nothing, where none is another's too."""
    numbered = [] if is_alone else [f"{question.number} · "]
    is_plain = all(labels[choice.label] == 1 for choice in question.choices)
    return [*numbered, ""] if is_plain or is_alone else numbered


def _replies(question: Question, prefixes: Sequence[str], channel: str) -> list[Reply]:
    """None where a label would be cut: it is better read whole than tapped half."""
    longest = max((len(choice.label) for choice in question.choices), default=0)
    fitting = [prefix for prefix in prefixes if len(prefix) + longest <= LONGEST_TITLE]
    if not fitting:
        return []
    replies = [_reply(choice, fitting[0]) for choice in question.choices]
    if question.is_phone and channel != INSTAGRAM:
        replies.append({"content_type": "user_phone_number"})
    return replies


def _line(question: Question, *, lists: bool) -> str:
    label = f"{question.number}. {question.label}"
    choices = " / ".join(choice.label for choice in question.choices) if lists else ""
    hint = "; ".join(filter(None, [question.hint, choices]))
    return f"{label} ({hint})" if hint else label


def _reply(choice: Choice, prefix: str = "") -> Reply:
    label = (prefix + choice.label).strip() or "…"
    title = label if len(label) <= LONGEST_TITLE else label[: LONGEST_TITLE - 1] + "…"
    return {"content_type": "text", "title": title, "payload": TAP_MARK + choice.data}
