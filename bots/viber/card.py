"""Draws cards and texts for Viber: words without markup, and a keyboard under the chat.

Pure. A keyboard stays until another one comes, so that each message brings the one it means.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bots.cutting import apart
from intake.speech import Card, Choice, Link, Question, Speech, Text

TAP_MARK = "tap:"  # before the data of a button, which comes back as words
MIN_API_VERSION = 7  # below 3 a device would not show the button that shares a number
COLUMNS = 6  # of Viber's grid
MOST_BUTTONS = 24
# How many buttons stand beside each other, by the longest label: what fits a small phone.
_BESIDE = ((8, 3), (17, 2))
Button = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The words, and the keyboard that goes with them (None: no buttons)."""

    text: str
    keyboard: dict[str, Any] | None = None


def draw(body: Speech) -> Drawing:
    buttons = _buttons_of_card(body) if isinstance(body, Card) else _buttons_of_text(body)
    text = _words_of_card(body) if isinstance(body, Card) else body.text
    signed = f"— {body.signature}" if body.signature else ""
    return Drawing(text=apart([text, signed]), keyboard=_keyboard(buttons))


def _words_of_card(card: Card) -> str:
    known = "\n".join(f"✓ {chip.label}: {chip.value}" for chip in card.known)
    questions = "\n".join(_question(question) for question in card.questions)
    return apart([card.heading, card.intro, known, card.ask, questions, card.closing])


def _question(question: Question) -> str:
    label = f"{question.number}. {question.label}"
    return f"{label} ({question.hint})" if question.hint else label


def _buttons_of_text(text: Text) -> list[Button]:
    shared = [_phone(text.phone)] if text.phone else []
    return shared + [button for row in text.choices for button in _row(row)]


def _buttons_of_card(card: Card) -> list[Button]:
    asked = [question for question in card.questions if question.choices]
    buttons: list[Button] = []
    for question in asked:
        prefix = f"{question.number} · " if len(asked) > 1 else ""
        buttons += _row(question.choices, prefix)
    for question in card.questions:
        if question.is_phone:
            buttons.append(_phone(question.label))
    if card.form is not None:
        buttons.append(_link(card.form))
    return buttons + _row(card.actions)


def _row(choices: Sequence[Choice], prefix: str = "") -> list[Button]:
    """As many beside each other as fit; each row fills the grid, so that no gap is left."""
    rows: list[list[Choice]] = []
    for choice in choices:
        row = [*rows[-1], choice] if rows else [choice]
        if rows and len(row) <= min(_fitting(prefix + one.label) for one in row):
            rows[-1] = row
        else:
            rows.append([choice])
    return [
        {**_button(prefix + one.label, COLUMNS // len(row)), "ActionBody": TAP_MARK + one.data}
        for row in rows
        for one in row
    ]


def _fitting(label: str) -> int:
    """How many of its length stand beside each other."""
    return next((count for length, count in _BESIDE if len(label) <= length), 1)


def _button(label: str, width: int) -> Button:
    return {
        "Columns": width,
        "Rows": 1,
        "ActionType": "reply",
        "ActionBody": TAP_MARK,
        "Text": label.strip() or "…",
        "TextSize": "regular",
        "Silent": True,
    }


def _phone(label: str) -> Button:
    return {**_button(label, COLUMNS), "ActionType": "share-phone"}


def _link(link: Link) -> Button:
    button = _button(link.label, COLUMNS)
    return {**button, "ActionType": "open-url", "ActionBody": link.url}


def _keyboard(buttons: Sequence[Button]) -> dict[str, Any] | None:
    if not buttons:
        return None
    return {"Type": "keyboard", "DefaultHeight": False, "Buttons": list(buttons[:MOST_BUTTONS])}
