"""Cuts what is drawn into messages as `bots.cutting` cuts texts, by Telegram's units."""

from collections.abc import Sequence

from bots.bot_markup import Run, Runs, plain, units
from bots.cutting import split_text

LONGEST_TEXT = 4096  # UTF-16 units in one message
LONGEST_CAPTION = 1024


def split_runs(runs: Sequence[Run], limit: int = LONGEST_TEXT) -> list[Runs]:
    """The same look, cut where `split_text` cuts the words."""
    parts: list[Runs] = []
    left = list(runs)
    for text in split_text(plain(runs), limit, units):
        part: list[Run] = []
        missing = len(text)
        while missing:
            run = left.pop(0)
            part.append(Run(run.text[:missing], run.tag))
            if len(run.text) > missing:
                left.insert(0, Run(run.text[missing:], run.tag))
            missing -= len(part[-1].text)
        parts.append(tuple(part))
    return parts
