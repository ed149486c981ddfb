"""Which of the fields that a reply seems to decline it does speak of.

Pure. Whether it declines anything is left to the model and to `answers`.
"""

from collections.abc import Iterator, Mapping

from intake.replies.plainness import words_of_value
from intake.understanding.asked import Asked
from intake.understanding.choices import is_within
from intake.understanding.denied import doubted, speaks_of_others, undecided
from intake.understanding.fields import SCOPE
from intake.understanding.phrases import hits_of, said_of
from intake.understanding.questions import CHOICES
from intake.understanding.reading import Clause, Reading, covered_by
from intake.understanding.wordlists import UNKNOWN

TABLE, UNTOLD = "unsure", "untold"
ABOUT_ONE = ("field.", "decline.asks_back", "decline.later")  # and so not about all that is asked
UNSAID = (UNKNOWN, "decline.rest", "decline.others", "concept.dont_know")
OTHERS = "decline.others"
DECLINING = ("decline.", "concept.dont_know", "concept.no_such_label", "concept.later_tell")


def told_apart(whole: Reading, declined: frozenset[str]) -> frozenset[str]:
    """Without those that stand beside: who "doesn't know about others" may well know the rest."""
    if _only_mentions_others(whole):
        return frozenset()
    if _only_doubts_which(whole):
        return frozenset(field for field, _, _ in undecided(whole))
    about = [_about(whole, start, end) for start, end in doubted(whole)]
    if not about or not all(about) or _doubts_more(whole):
        return declined
    return declined & frozenset().union(*about)


def only_hedges(whole: Reading, asked: Asked, filled: Mapping[str, str]) -> bool:
    """Whether "not sure" is said of what stands beside it: "a mac I think, not sure".

    Then it declines nothing, whether that is asked for or not. In a list of answers a value may
    stand beside any: there only a guess is hedged.
    """
    said = {name: covered_by(hits) for name, hits in hits_of(whole, TABLE, is_mixed=True).items()}
    hedges, told = said["hedges"], said["guesses"]
    if not asked.in_order:
        told |= set[int]().union(*(words_of_value(whole, *each) for each in filled.items()))
    open_ones = [f"field.{name}" for name in asked.fields if name not in filled]
    others = whole.covered(open_ones) - told
    if not hedges or (others | whole.covered(UNSAID)) - hedges:
        return False
    return all(told & _near(whole, at) for at in hedges)


def _near(whole: Reading, at: int) -> set[int]:
    """The words of its clause and of the one before."""
    own = next(n for n, clause in enumerate(whole.clauses) if at < clause.after)
    return set(range(whole.clauses[max(0, own - 1)].first, whole.clauses[own].after))


def _only_mentions_others(whole: Reading) -> bool:
    """Whether "all the others work" is all that sounds like it."""
    signs = {label for label in whole.hits if label.startswith(DECLINING)}
    return signs == {OTHERS}


def _only_doubts_which(whole: Reading) -> bool:
    """Whether "not sure" is said of nothing but "windows 10 or 11" beside it."""
    unsure = [at for at, clause in enumerate(whole.clauses) if whole.has(UNKNOWN, clause)]
    if not unsure:
        return False
    either = {at for at, clause in enumerate(whole.clauses) if _is_either(whole, clause)}
    return bool(either) and all(
        at in either or (_is_bare(whole, whole.clauses[at]) and either & {at - 1, at + 1})
        for at in unsure
    )


def _is_either(whole: Reading, clause: Clause) -> bool:
    places = ((start, end) for _, start, end in undecided(whole))
    return any(start < clause.end and clause.start < end for start, end in places)


def _is_bare(whole: Reading, clause: Clause) -> bool:
    """Whether it names nothing that is not known."""
    named = whole.below("field", clause.first, clause.after)
    unknown = whole.found(UNKNOWN, clause.first, clause.after)
    return all(is_within(hit, unknown) for hit in named)


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
        yield SCOPE
    for name in CHOICES:
        own = [*whole.below(name, first, after), *whole.found(f"field.{name}", first, after)]
        unknown = whole.found(UNKNOWN, first, after)
        if any(not is_within(hit, unknown) for hit in own):
            yield name


def knows_nothing(whole: Reading) -> bool:
    """A bare “I don't know” is about everything asked; one that names a field is about that."""
    listed = said_of(whole, UNTOLD)
    said = whole.covered((UNKNOWN,)) | listed["nothing"]
    if not said or is_said_otherwise(whole):
        return False
    more = [label for label in whole.hits if label.startswith(ABOUT_ONE)]
    if any(whole.covered((label,)) - said for label in more):
        return False
    return whole.says_only(said, ("speech.function", "speech.filler"), listed["sighing"])


def unknown_by_name(whole: Reading, asked: Asked) -> frozenset[str]:
    """What "don't know when" names, of which "don't know" is left without it.

    In Italian "non lo so" names no system.
    """
    nothing = said_of(whole, UNTOLD)["nothing"]
    return frozenset(
        name
        for name in asked.fields
        for hit in whole.hits.get(f"field.{name}", ())
        if not nothing.issuperset(range(hit.first, hit.after))
        and whole.without((hit,)).covered((UNKNOWN,))
    )


def asked_about(whole: Reading, asked: Asked) -> frozenset[str]:
    """What only "no idea what" itself names, where the number is what is not known."""
    unknown = whole.covered((UNKNOWN,))
    named = {name: whole.covered((f"field.{name}",)) for name in asked.fields}
    if not any(words - unknown for words in named.values()):
        return frozenset()
    return frozenset(name for name, words in named.items() if words and words <= unknown)


def is_said_otherwise(whole: Reading) -> bool:
    """Whether "don't know" is part of what does tell something: Slovak "neviem robiť"."""
    unknown = whole.hits.get(UNKNOWN, ())
    values = [hit for name in CHOICES for hit in whole.below(name)]
    return bool(unknown) and all(is_within(hit, values) for hit in unknown)


def said_by_it(whole: Reading, declined: frozenset[str]) -> frozenset[str]:
    """What is told by words that elsewhere tell nothing."""
    unknown = whole.hits.get(UNKNOWN, ())
    return frozenset(
        name
        for name in declined
        if unknown and all(is_within(hit, whole.below(name)) for hit in unknown)
    )


def only_declines(whole: Reading, said: str) -> bool:
    """Whether "I don't know the number" was taken for what happens."""
    reading = whole.piece(said)
    unknown = reading.covered((UNKNOWN,))
    if not unknown:
        return False
    fields = covered_by(reading.below("field"))
    is_named = bool(fields - unknown)
    return is_named and reading.says_only(unknown | fields, ("speech.function", "speech.filler"))
