"""What a clause says by name that it can't be told: “no idea about the date”.

Pure. What the model weighs of a whole reply is left to `answers`.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from itertools import pairwise

from intake.replies.foreign_clauses import SMALL
from intake.understanding.denied import listed
from intake.understanding.fields import ACCOUNT, APPLICATION, ERROR, LOCATION, STARTED
from intake.understanding.phrases import hits_of, said_of
from intake.understanding.questions import CHOICES
from intake.understanding.reading import Clause, Reading, covered_by
from intake.understanding.wordlists import DENYING, PASSWORD, UNKNOWN

TABLE, SAYING = "untold", "untold"
SAID = (UNKNOWN, "decline.absent")
OF_OTHERS = ("decline.rest", "decline.others", "concept.everything_nothing")
TELLING = {  # lists that say it of a field without its name
    ERROR: "unread",
    STARTED: "not_there",
    ACCOUNT: "by_card",
}
LONGEST = 6  # words of a clause that names what the next one speaks of: “and when? no idea”


def untold(reading: Reading, asked: Collection[str], filled: Mapping[str, str]) -> frozenset[str]:
    """The asked fields of which that is said, but for those that are told elsewhere."""
    said: dict[str, list[Clause]] = {}
    for name, clauses in _named(reading, asked):
        said.setdefault(name, []).extend(clauses)
    return frozenset(
        name
        for name, clauses in said.items()
        if name not in filled
        or (name in CHOICES and not listed(reading.without(clauses), name))
        or (name == STARTED and _is_of_return(reading, clauses))
        or (name == APPLICATION and _is_described(reading, filled[name]))
        or (name == ERROR and _is_unread(reading, filled[name]))
        or _says_only_so(reading, name, filled[name])
    )


def declines_rest(reading: Reading) -> bool:
    """Whether it says that nothing else can be told: “can't answer the others”."""
    return bool(hits_of(reading, TABLE)["rest"])


def tells_password(reading: Reading) -> bool:
    """Whether what is not known is a password, of which nobody asks: “kpike, password no idea”."""
    unknown = [own for own in reading.clauses if reading.has_any(SAID, own)]
    return bool(unknown) and all(reading.has(PASSWORD, own) for own in unknown)


def _says_only_so(reading: Reading, name: str, value: str) -> bool:
    """Whether no more was taken for the value than that: “forgot my login”."""
    start = reading.text.find(value)
    if start < 0:
        return False
    own = {*range(reading.token_at(start), reading.token_at(start + len(value) - 1) + 1)}
    named = own & (_words(reading, (name,)) | reading.covered((f"field.{name}",)))
    saying = own & (_words(reading, (SAYING,)) | reading.covered(SAID)) - named
    return bool(named and saying) and own <= named | saying | reading.covered(SMALL)


def _is_unread(reading: Reading, value: str) -> bool:
    """Whether it tells of the message only that it is gone: “closed it before reading it”."""
    start = reading.text.find(value)
    words = _words(reading, (TELLING[ERROR],))
    return any(start <= reading.tokens[at].start < start + len(value) for at in words)


def _is_of_return(reading: Reading, clauses: Sequence[Clause]) -> bool:
    """Whether the day is the one of coming back: “I've been ill and came back today”."""
    words = _words(reading, (TELLING[STARTED],))
    is_away = any(_has(clause, words) for clause in clauses)
    return is_away and not reading.without(clauses).moments


def only_named(
    reading: Reading, asked: Collection[str], declined: frozenset[str]
) -> frozenset[str]:
    """Of a reply that answers nothing what it speaks of: “a sticker, but I can't see it”."""
    unknown = reading.covered(SAID)
    said = [at for at in sorted(reading.covered(SAID[:1])) if at - 1 not in unknown]
    is_one = len(said) == 1 and len({own.sentence for own in reading.clauses}) == 1
    is_of_more = not is_one or reading.has_any(OF_OTHERS)
    if not declined or is_of_more:
        return declined
    named = frozenset(
        name
        for name in asked
        if (_words(reading, (name,)) | reading.covered((f"field.{name}",))) - unknown
    )
    return declined & named or named or declined


def only_where_named(
    reading: Reading, asked: Collection[str], declined: frozenset[str]
) -> frozenset[str]:
    """Of a reply that answers something: “don't remember when, maybe yesterday” is of no label.

    Where each clause that tells nothing names what it is of, nothing unnamed is declined by it.
    """
    unknown = [own for own in reading.clauses if reading.has(UNKNOWN, own)]
    if not declined or not unknown or reading.has_any(OF_OTHERS):
        return declined
    words = {
        name: _words(reading, (name,)) | reading.covered((f"field.{name}",)) for name in asked
    }
    if not all(any(_has(own, named) for named in words.values()) for own in unknown):
        return declined
    return frozenset(name for name in declined if words.get(name))


def _is_described(reading: Reading, value: str) -> bool:
    """Whether it is no name: “the program for the scales”, whose name nobody knows."""
    start = reading.text.find(value)
    things = hits_of(reading, TABLE)["thing"]
    return start >= 0 and reading.token_at(start) in {hit.first for hit in things}


def says_untold(reading: Reading) -> bool:
    """Whether that is all that it says, as under a number; “I noticed today” says since when."""
    said = _words(reading, (SAYING,))
    return reading.says_only(said, SMALL) and not reading.moments


def indifferent(reading: Reading, asked: Sequence[str]) -> frozenset[str]:
    """What is asked, where it makes no difference and nothing else is said: “no matter where”."""
    said = said_of(reading, "idioms", is_mixed=True)
    same, where = said["indifferent"], said["where"]
    around = reading.covered(SMALL) - reading.covered(DENYING)  # "все одно не друкує"
    if not reading.says_only(same, around=where | around):
        return frozenset()
    meant = (LOCATION,) if where else asked if len(asked) == 1 else ()
    return frozenset(name for name in meant if name in asked and name not in CHOICES)


def _named(reading: Reading, asked: Collection[str]) -> Iterator[tuple[str, Sequence[Clause]]]:
    said = said_of(reading, TABLE)
    names = {name: said[name] for name in asked if said.get(name)}
    saying = said[SAYING] | reading.covered(SAID)
    for clause in reading.clauses:
        for name, words in names.items():
            is_other = name == ACCOUNT and reading.has(PASSWORD, clause)
            if _has(clause, words) and _has(clause, saying - words) and not is_other:
                yield name, (clause,)
    for name, listed_in in TELLING.items():
        words = said[listed_in]
        clauses = reading.clauses if words and name in asked else ()
        yield from ((name, (clause,)) for clause in clauses if _has(clause, words))
    for before, after in pairwise(reading.clauses if names else ()):
        named = [name for name, words in names.items() if _has(before, words)]
        is_short = max(len(before.words), len(after.words)) <= LONGEST
        is_apart = not _has(before, saying) and not any(_has(after, own) for own in names.values())
        if len(named) == 1 and is_short and is_apart and _has(after, saying):
            yield named[0], (before, after)
        elif not named and is_short and before.sentence == after.sentence:
            goes_on = _has(before, saying)
            yield from (
                (name, (before, after))
                for name, own in names.items()
                if goes_on and _has(after, own) and own.issuperset(after.words)
            )


def _words(reading: Reading, lists: Collection[str]) -> set[int]:
    hits = hits_of(reading, TABLE)
    return covered_by(hit for name in lists for hit in hits.get(name, ()))


def _has(clause: Clause, words: Set[int]) -> bool:
    return not words.isdisjoint(clause.words)
