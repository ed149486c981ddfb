"""Which texts of a reply are talk beside the question, and no value: “my boss is angry”.

Pure. Only where nothing but their place in order says what they answer: under a number or a label
any words are meant. What a piece sounds like is left to `understanding.saying`.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from intake.understanding import Reader
from intake.understanding.asked import Asked
from intake.understanding.evidence import Evidence
from intake.understanding.reading import Reading
from intake.understanding.saying import answers, tells_none


def without_talk(
    reader: Reader,
    whole: Reading,
    asked: Asked,
    filled: Mapping[str, str],
    assumed: Collection[str],
) -> dict[str, str]:
    """Without values that talk was taken for.

    What is assumed gives way only to what surely sounds like its field.
    """
    if asked.is_explicit:
        return dict(filled)
    weighed = filled if is_bare(whole, asked) else assumed
    return {
        name: value
        for name, value in filled.items()
        if name not in weighed
        or _is_said(reader, whole, asked, (name, value), is_assumed=name in assumed)
    }


def _is_said(
    reader: Reader, whole: Reading, asked: Asked, told: tuple[str, str], *, is_assumed: bool
) -> bool:
    """Whether its clause sounds like the value, and surely so or all of a bare reply does too."""
    name, value = told
    said = reader.model.saying(Evidence(_around(whole, value)))
    if is_assumed or answers(said, name, is_sure=True):
        return answers(said, name, is_sure=True)
    is_all_weighed = is_bare(whole, asked) and is_talk(reader, whole, name)
    return answers(said, name) and not is_all_weighed


def is_bare(whole: Reading, asked: Asked) -> bool:
    """Whether it may be no more than one answer, and all of it must sound like that."""
    return not asked.is_explicit and (len(asked.fields) == 1 or len(whole.clauses) == 1)


def is_talk(reader: Reader, piece: Reading, name: str) -> bool:
    """Whether a piece in the place of a field says something else."""
    return not answers(reader.model.saying(Evidence(piece)), name)


def declines(reader: Reader, whole: Reading, asked: Asked) -> bool:
    """Whether what seems to decline something is no talk: “can't stand it any more”."""
    return not is_bare(whole, asked) or tells_none(reader.model.saying(Evidence(whole)))


def _around(whole: Reading, value: str) -> Reading:
    """All of the clauses in which a value stands."""
    start = whole.text.find(value)
    own = [each for each in whole.clauses if start < each.end and each.start < start + len(value)]
    if start < 0 or not own:
        return replace(whole, text=value)
    return replace(whole, text=whole.text[own[0].start : own[-1].end])
