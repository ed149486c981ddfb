"""What a message names: the categories of the things and services that it speaks of.

Pure. "It is making noise now" names none at all. Which words mean a thing is left to the lists of
`understanding`.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from intake.understanding import Understanding
from intake.understanding.fields import APPLICATION, ERROR, ITEM, LOCATION, STARTED, SYSTEM, TRIED
from intake.understanding.folding import plain
from intake.understanding.lexicon import Hit
from intake.understanding.phrases import said_of
from intake.understanding.reading import Clause, Reading
from intake.understanding.wordlists import NO

NAMES = (ITEM, SYSTEM, APPLICATION)  # answers that are a thing's own name
BESIDES = (ERROR, LOCATION, TRIED)  # a display's words, the server room, a restarted PC
MACHINES = "device"  # the lists of what it happens on
PARTS = frozenset({
    "computer", "laptop", "desktop_pc", "tablet", "smartphone", "charger", "battery", "docking",
    "power_cable", "disk_storage", "memory_ram", "processor", "blue_screen", "no_sound",
})  # fmt: skip  # of one machine, as is its screen; a mouse and a keyboard are two things
SCREEN, COMPUTER = "monitor", "computer"
SINCE = ("moment.since", "moment.begin", "concept.after_event")
THINGS = ("about.", "device.", "application")
SMALL = (
    "speech.function", "speech.filler", "speech.article", "speech.yes", "speech.split",
    "speech.soft_split", "speech.answer_lead", "reply.corrects", "reply.instead",
    "speech.correction", "concept.sorry",
)  # fmt: skip
WORD = re.compile(r"\w+")
TELLS = ("trouble.broken", "trouble.weak", "intent.request", "intent.demand", "speech.negation")


def named(reading: Reading, understood: Understanding) -> frozenset[str]:
    """Their categories; an error message, a place and what was tried name nothing."""
    things = _things(reading, understood, _spans(understood, BESIDES))
    return frozenset[str]().union(*things)


def names_other(reading: Reading, understood: Understanding, ours: Collection[str | None]) -> bool:
    """Whether one of them is surely none of these: a missing sound may be of many things."""
    things = _things(reading, understood, _spans(understood, BESIDES))
    return any(one.isdisjoint(ours) for one in things)


def names_thing(reading: Reading) -> bool:
    return not _families().keys().isdisjoint(reading.hits)


def is_other_machine(theirs: frozenset[str], ours: frozenset[str]) -> bool:
    """Whether a mouse is named where a screen is known, and nothing that may be a part of it."""
    is_apart = bool(ours) and not (ours & theirs or theirs & PARTS)
    return is_apart and not (SCREEN in theirs and ours & PARTS)


def machines(reading: Reading) -> frozenset[str]:
    concepts = (label.removeprefix("concept.") for label in reading.hits)
    return frozenset(concepts) & frozenset(_table()[COMPUTER])


def troubles_other(
    reading: Reading, understood: Understanding, ours: Collection[str | None]
) -> bool:
    """The same of what something may be wrong with.

    "It hangs at the start, Windows 11, laptop NB-0087": the laptop is no more than told of beside.
    """
    beside = [
        reading.letters(hit)
        for clause in _quiet(reading)
        for hit in reading.below(MACHINES, clause.first, clause.after)
    ]
    things = _things(reading, understood, [*beside, *_spans(understood, BESIDES)])
    return any(one.isdisjoint(ours) for one in things)


def _quiet(reading: Reading) -> Sequence[Clause]:
    """The clauses behind the first that tells a trouble, if they tell none themselves."""
    tells = [reading.has_any(TELLS, clause) for clause in reading.clauses]
    return [
        clause for at, clause in enumerate(reading.clauses) if any(tells[:at]) and not tells[at]
    ]


def _spans(understood: Understanding, names: Sequence[str]) -> list[tuple[int, int]]:
    return [understood.spans[name] for name in names if name in understood.spans]


def _things(
    reading: Reading, understood: Understanding, besides: Sequence[tuple[int, int]]
) -> list[frozenset[str]]:
    """Of each thing the categories that it may belong to."""
    families, spans = _families(), [*besides, *_since(reading, understood)]

    def is_beside(hit: Hit) -> bool:
        return any(start <= reading.tokens[hit.first].start < end for start, end in spans)

    found = [
        families[label]
        for label in families.keys() & reading.hits.keys()
        if not all(map(is_beside, reading.hits[label]))
    ]
    if understood.category and any(name in understood.answers for name in NAMES):
        found.append(frozenset({understood.category}))
    return found


def _since(reading: Reading, understood: Understanding) -> Iterator[tuple[int, int]]:
    """“Since the update on 24/11” is a moment, and no update is in trouble."""
    since = [hit for label in SINCE for hit in reading.hits.get(label, ())]
    if not since or STARTED not in understood.spans:
        return
    begun, _ = understood.spans[STARTED]
    for hit in since:
        start = reading.tokens[hit.first].start
        if any(own.start <= start < begun <= own.end for own in reading.clauses):
            yield start, begun


def tells(reading: Reading) -> bool:
    """Whether it says that something is wrong with them, or is wanted."""
    ails = said_of(reading, "ailing")["ails"]
    return bool(ails) or reading.has_any(TELLS)


def says_too(reading: Reading) -> bool:
    """“The printer on floor 5 too”."""
    return bool(said_of(reading, "ailing")["too"])


def takes_one_for_another(reading: Reading) -> bool:
    """“It's not the computer, it's the program”: it denies a thing and names another, no more."""
    leads = said_of(reading, "ailing")["takes_back"]
    denied = reading.covered(NO)
    things = reading.covered(
        [one for one in reading.hits if one in _families() or one.startswith(THINGS)]
    )
    small = denied | things | leads | reading.covered(SMALL)
    if len(small) < len(reading.tokens):
        return False
    clauses = [set(clause.words) for clause in reading.clauses]
    named_in = [own for own in clauses if own & things] or [set[int]()]
    if len(named_in) == 1:  # "it's not teams it's zoom"
        named_in = _apart(reading, named_in[0], named_in[0] & things)
    return len(named_in) > 1 and bool(named_in[0] & denied) and not named_in[-1] & denied


def _apart(reading: Reading, clause: set[int], things: set[int]) -> list[set[int]]:
    """The words of a clause up to its first thing and behind it, where “it's” begins the other."""
    first, last = min(things, default=0), max(things, default=0)
    between = set(range(first + 1, last)) - things
    is_said = bool(between & reading.covered(("speech.equals",)))
    upto = {at for at in clause if at <= first}
    return [upto, clause - upto] if is_said else [upto]


def telling_words(reading: Reading, understood: Understanding) -> frozenset[str]:
    """With what words it tells what is wrong, and where."""
    told = {reading.says(at, at + 1) for at in reading.covered(TELLS)}
    return words_of(" ".join((*told, understood.answers.get(LOCATION, ""))))


def words_of(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(plain(text)))


@cache
def _families() -> Mapping[str, frozenset[str]]:
    """The categories of each list of words that names a thing."""
    families: dict[str, frozenset[str]] = {}
    for category, names in _table().items():
        for name in names:
            label = name if "." in name else f"concept.{name}"
            families[label] = families.get(label, frozenset()) | {category}
    return families


@cache
def _table() -> Mapping[str, Sequence[str]]:
    listed = files("intake.signs").joinpath("things.toml")
    return tomllib.loads(listed.read_text(encoding="utf-8"))
