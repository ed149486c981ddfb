"""Draws what agents are shown: a card as compact as a phone wants it, and words with their writer.

Pure. Cutting is left to `bots.bot_split`.
"""

from dataclasses import dataclass

from bots.bot_markup import Run, Runs, apart
from intake.speech import Card, Choice, Link, Speech, Text

BESIDE = 2  # buttons of a row

Button = tuple[str, str] | Link  # label and what a tap brings back, or a page to open
Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    runs: Runs
    rows: Rows = ()


def draw(body: Speech) -> Drawing:
    return _draw_card(body) if isinstance(body, Card) else _draw_text(body)


def _draw_text(body: Text) -> Drawing:
    """Who said it stands above, so that a glance tells."""
    head = [Run(body.signature, "b"), Run("\n" if body.text else "")] if body.signature else []
    rows = tuple(tuple(map(_button, row)) for row in body.choices if row)
    return Drawing(runs=(*head, Run(body.text)), rows=rows)


def _draw_card(card: Card) -> Drawing:
    known = [
        run for chip in card.known for run in (Run(f"{chip.label}: "), Run(f"{chip.value}\n"))
    ]
    blocks = [
        [Run(card.heading, "b")],
        [Run(card.intro)],
        [*known[:-1], Run(known[-1].text.rstrip("\n"))] if known else [],
        [Run(card.ask, "i")],
        [Run(card.closing)],
    ]
    return Drawing(runs=apart(blocks), rows=_rows(card))


def _rows(card: Card) -> Rows:
    buttons = [_button(choice) for choice in card.actions]
    rows: list[tuple[Button, ...]] = [
        tuple(buttons[at : at + BESIDE]) for at in range(0, len(buttons), BESIDE)
    ]
    return tuple([*rows, (card.form,)] if card.form is not None else rows)


def _button(choice: Choice) -> tuple[str, str]:
    return choice.label.strip() or "…", choice.data


def without_links(rows: Rows) -> Rows:
    kept = (tuple(one for one in row if not isinstance(one, Link)) for row in rows)
    return tuple(row for row in kept if row)
