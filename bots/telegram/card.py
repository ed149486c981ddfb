"""Draws cards and texts for a phone: short paragraphs with air between, buttons below.

Pure. Sending is left to `send`, cutting to `split`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bots.bot_markup import Run, Runs, apart, to_html
from intake.speech import Card, Choice, Link, Question, Speech, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A button of the keyboard that hands over its person's own number."""

    label: str


# label and what a tap brings back, or a page to open
Button = tuple[str, str] | Link | Phone
Rows = tuple[tuple[Button, ...], ...]

# How many buttons stand beside each other, by the longest label: what fits a small phone.
_BESIDE = ((8, 3), (17, 2))
_ACTIONS_BESIDE = 34  # letters of all actions together that still fit one row


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    runs: Runs
    rows: Rows = ()

    @property
    def html(self) -> str:
        return to_html(self.runs)


def draw(body: Speech) -> Drawing:
    return _draw_card(body) if isinstance(body, Card) else _draw_text(body)


def _draw_text(body: Text) -> Drawing:
    blocks = [[Run(body.text)], _signed(body)]
    return Drawing(runs=apart(blocks), rows=_rows_of_text(body))


def _rows_of_text(body: Text) -> Rows:
    """Telegram hands over a number from the keyboard alone, where no other buttons stand."""
    if body.phone:
        return ((Phone(label=body.phone),),)
    return tuple(tuple(map(_button, row)) for row in body.choices if row)


def _signed(body: Speech) -> list[Run]:
    return [Run(f"— {body.signature}", "i")] if body.signature else []


def _draw_card(card: Card) -> Drawing:
    known = "\n".join(f"✓ {chip.label}: {chip.value}" for chip in card.known)
    blocks = [
        [Run(card.heading, "b")],
        [Run(card.intro)],
        [Run(known)],
        [Run(card.ask)],
        *_questions(card.questions),
        [Run(card.closing)],
        _signed(card),
    ]
    return Drawing(runs=apart(blocks), rows=_rows(card))


def _questions(questions: Sequence[Question]) -> list[list[Run]]:
    """One block each where there are hints, else one compact list."""
    lines = [[Run(f"{question.number}. {question.label}", "b")] for question in questions]
    if not any(question.hint for question in questions):
        return [[run for line in _lines(lines) for run in line]]
    for line, question in zip(lines, questions, strict=True):
        if question.hint:
            line += [Run("\n"), Run(question.hint, "i")]
    return lines


def _lines(lines: Sequence[list[Run]]) -> list[list[Run]]:
    return [[Run("\n"), *line] if number else line for number, line in enumerate(lines)]


def _rows(card: Card) -> Rows:
    asked = [question for question in card.questions if question.choices]
    rows: list[tuple[Button, ...]] = []
    for question in asked:
        prefix = f"{question.number} · " if len(asked) > 1 else ""
        buttons = [_button(choice, prefix) for choice in question.choices]
        rows += _beside(buttons)
    if card.form is not None:
        rows.append((card.form,))
    actions = [_button(choice) for choice in card.actions]
    if sum(len(label) for label, _ in actions) <= _ACTIONS_BESIDE:
        rows += [tuple(actions)] if actions else []
    else:
        rows += [(action,) for action in actions]
    return tuple(rows)


def _beside(buttons: Sequence[tuple[str, str]]) -> list[tuple[tuple[str, str], ...]]:
    """Rows of equal length where it comes out even: four stand two and two, not three and one.

    A long label has a row of its own and leaves the others beside each other.
    """
    most = max(_fitting([button]) for button in buttons)
    row_count = -(-len(buttons) // most)
    size = -(-len(buttons) // row_count)
    rows: list[list[tuple[str, str]]] = []
    for button in buttons:
        row = [*rows[-1], button] if rows else [button]
        if rows and len(row) <= min(size, _fitting(row)):
            rows[-1] = row
        else:
            rows.append([button])
    return [tuple(row) for row in rows]


def _fitting(row: Sequence[tuple[str, str]]) -> int:
    """How many buttons stand beside each other with these among them."""
    longest = max(len(label) for label, _ in row)
    return next((count for length, count in _BESIDE if longest <= length), 1)


def _button(choice: Choice, prefix: str = "") -> tuple[str, str]:
    return prefix + (choice.label.strip() or "…"), choice.data
