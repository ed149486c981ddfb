"""Where one sentence ends and another begins, as far as the letters alone tell it.

What a phrase with words left open never reaches over; clauses are left to `reading`.
"""

import re

SHORTENED = re.compile(
    r"\b(?:inv|інв|каб|вул|тел|моб|ext|no|nr|č|c|п|д|ул|пов|эт|int|tel|cell|dott|sig|dr|mr|mrs|ms|p|st|εσωτ|τηλ|κιν|αρ|κα|κ|ap|n|s|внутр|вн|ст|каб|кл|poz|posch|kanc|min|max|prof|ing|mgr|pan|p|miestn|mob|стор|тов|відд)\.$",
    re.IGNORECASE,
)
QUESTION_MARKS = {"el": ("?", ";", "\u037e")}  # of languages that have more than one
STOP = re.compile(r"[!?;…\n]|\.{2,}|\.(?=\s|$)")
LONGEST_SHORTENED = 8  # with its point and what stands before it


def question_marks(language: str) -> tuple[str, ...]:
    return QUESTION_MARKS.get(language, ("?",))


def ends_between(text: str, start: int, end: int) -> bool:
    """Whether a sentence ends between two words; not after a short form or a numeral."""
    for stop in STOP.finditer(text, start, end):
        if stop.group() != "." or not (is_shortened(text, stop.start()) or _counts(text, stop)):
            return True
    return False


def is_shortened(text: str, position: int) -> bool:
    """Whether the point there belongs to a short form: "tel. 412"."""
    return SHORTENED.search(text[: position + 1][-LONGEST_SHORTENED:]) is not None


def _counts(text: str, stop: re.Match[str]) -> bool:
    """Whether the point makes an ordinal: "3. poschodie"; a new sentence begins with a capital."""
    is_numeral = text[: stop.start()][-1:].isdigit()
    return is_numeral and text[stop.end() :].lstrip()[:1].islower()
