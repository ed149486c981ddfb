"""Which of the fields that a reply seems to decline it does speak of.

Pure. Whether it declines anything is left to the model and to `answers`.
"""

from collections.abc import Iterator

from intake.understanding.choices import is_within
from intake.understanding.denied import doubted, speaks_of_others
from intake.understanding.questions import CHOICES
from intake.understanding.reading import Reading

UNKNOWN = "decline.unknown"
OTHERS, WHOM = "decline.others", "scope"
DECLINING = ("decline.", "concept.dont_know", "concept.no_such_label", "concept.later_tell")


def told_apart(whole: Reading, declined: frozenset[str]) -> frozenset[str]:
    """Without those that stand beside: who "doesn't know about others" may well know the rest."""
    if _only_mentions_others(whole):
        return frozenset()
    about = [_about(whole, start, end) for start, end in doubted(whole)]
    if not about or not all(about) or _doubts_more(whole):
        return declined
    return declined & frozenset().union(*about)


def _only_mentions_others(whole: Reading) -> bool:
    """Whether "all the others work" is all that sounds like it."""
    signs = {label for label in whole.hits if label.startswith(DECLINING)}
    return signs == {OTHERS}


def _doubts_more(whole: Reading) -> bool:
    """Whether something is unknown besides what is told apart, or all the rest is."""
    spans = doubted(whole)
    unknown = list(whole.hits.get(UNKNOWN, ()))
    outer = [hit for hit in unknown if not is_within(hit, unknown)]
    starts = (whole.tokens[hit.first].start for hit in outer)
    is_outside = any(not any(start in range(*span) for span in spans) for start in starts)
    return is_outside or bool(whole.hits.get("decline.rest"))


def _about(whole: Reading, start: int, end: int) -> frozenset[str]:
    """The fields of a list that these words name."""
    return frozenset(_named(whole, start, end))


def _named(whole: Reading, start: int, end: int) -> Iterator[str]:
    first, after = whole.token_at(start), whole.token_at(end)
    if speaks_of_others(whole.text[start:end]):
        yield WHOM
    for name in CHOICES:
        own = [*whole.below(name, first, after), *whole.found(f"field.{name}", first, after)]
        unknown = whole.found(UNKNOWN, first, after)
        if any(not is_within(hit, unknown) for hit in own):
            yield name
