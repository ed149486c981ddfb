"""What a reply says of the work, and of whom it concerns, without the words for it.

“I write it down on paper meanwhile” is slowed down, “can't book anyone in” stopped, “my
colleague's works fine” the writer alone. Pure. What says it by name is found by the model and
the lists; this is asked where nothing has answered, or what was guessed has no word.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from intake.understanding.asked import Asked
from intake.understanding.choices import is_named
from intake.understanding.denied import doubted, is_meant_otherwise
from intake.understanding.fields import SCOPE, SYMPTOM, URGENCY
from intake.understanding.lexicon import Hit
from intake.understanding.phrases import hits_of
from intake.understanding.reading import Clause, Reading, covered_by
from intake.understanding.wordlists import DENYING, UNKNOWN
from intake.understanding.working import is_merely_able

TABLE = "impact"
MINOR, SLOWED, STOPPED = "minor", "degraded", "blocked"
ALONE, SEVERAL, HOUSE, FIRM = "me", "team", "site", "company"
SMALL = ("speech.function", "speech.article", "speech.filler")
COUNTED = ("place.ordinal", "reply.nth", "place.before")  # beside a floor
Lists = Mapping[str, Sequence[Hit]]


def impact(
    whole: Reading, asked: Asked, filled: Mapping[str, str], declined: Collection[str]
) -> dict[str, str]:
    """How the work goes and whom it concerns, of what is asked and nobody said by name."""
    told = {}
    for name, read in READ.items():
        is_unsaid = name in declined and not (name == SCOPE and _tells_whom(whole))
        if name in asked.fields and not is_unsaid and _is_open(whole, name, filled):
            value = read(_own(whole, asked, name), asked, filled)
            if value and (value == SLOWED or not _can_work(whole, name, filled)):
                told[name] = value
    return told


def _is_open(whole: Reading, name: str, filled: Mapping[str, str]) -> bool:
    """Whether there is no value yet, or one that no word says, or that may be a part of more."""
    value = filled.get(name, "")
    if not value or _can_work(whole, name, filled):
        return True
    if name == SCOPE and value == SEVERAL and hits_of(whole, TABLE)["everyone"]:
        return True
    return (name == SCOPE and value == HOUSE) or not is_named(whole, name, value)


def _can_work(whole: Reading, name: str, filled: Mapping[str, str]) -> bool:
    """Whether it says no more than that, beside which may stand that it goes slowly."""
    return name == URGENCY and filled.get(name) == MINOR and is_merely_able(whole)


def _own(whole: Reading, asked: Asked, name: str) -> Reading:
    """The part that stands under the field's number or label, if any does."""
    if not asked.is_explicit:
        return whole
    own = (part for at, part in enumerate(asked.parts) if name in asked.fields_of(at))
    part = next(own, None)
    return whole.piece(part.text) if part else whole


def _state(reading: Reading, asked: Asked, filled: Mapping[str, str]) -> str:
    said = hits_of(reading, TABLE)
    if any(not (_is_denied(reading, hit) or _is_of_else(reading, hit)) for hit in said["patient"]):
        return MINOR
    foreign = covered_by(said["perceiving"]) | _happening(reading, asked, filled)
    halted = (hit for hit in said["halted"] if not _is_of_else(reading, hit))
    if any(foreign.isdisjoint(range(hit.first, hit.after)) for hit in halted):
        return STOPPED
    if any(_lacks(reading, hit) for hit in said["lacking"]):
        return STOPPED
    is_slowed = bool(said["slowed"]) or any(gets_by(reading, own) for own in reading.clauses)
    return SLOWED if is_slowed else ""


def _is_denied(reading: Reading, hit: Hit) -> bool:
    """Whether “not” stands right before “can wait”."""
    return any(reading.found(label, max(0, hit.first - 1), hit.first) for label in DENYING)


def _is_of_else(reading: Reading, hit: Hit) -> bool:
    """Whether it is the courier who can wait, a desk that stands by the window."""
    return is_meant_otherwise(reading, URGENCY, hit.first, hit.after)


def _happening(reading: Reading, asked: Asked, filled: Mapping[str, str]) -> set[int]:
    """The words of what happens, which answer another question."""
    said = filled.get(SYMPTOM, "") if SYMPTOM in asked.fields else ""
    start = reading.text.find(said) if said else -1
    if start < 0:
        return set()
    return set(range(reading.token_at(start), reading.token_at(start + len(said) - 1) + 1))


def gets_by(reading: Reading, clause: Clause) -> bool:
    """Whether one does it by other means, or for now: “I write on paper meanwhile”."""
    said, clause = hits_of(reading, TABLE), _joined(reading, clause)
    does, works = _within(said["doing"], clause), _within(said["working"], clause)
    otherwise = _within(said["means"], clause) and (does or works)
    is_so = otherwise or (does and _within(said["meanwhile"], clause))
    if not is_so or _within(said["writing"], clause):
        return False
    return not reading.has_any(DENYING, clause)


def _lacks(reading: Reading, hit: Hit) -> bool:
    """Whether a “can't” stands beside “without it”, in which is a “not” of its own."""
    own = reading.clause_at(hit.first)
    denied = reading.covered(DENYING)
    return bool(denied.intersection(own.words) - covered_by([hit]))


def _joined(reading: Reading, clause: Clause) -> Clause:
    """With the one before, where no comma parts them: “I call | while it lasts from my own”."""
    at = reading.clauses.index(clause)
    before = reading.clauses[at - 1] if at else clause
    is_one = bool(at) and not reading.text[before.end : clause.start].strip(" ")
    return replace(clause, first=before.first, start=before.start) if is_one else clause


def is_of_others(reading: Reading, value: str) -> bool:
    """Whether it is only named as somebody else's, which works: “my wife's laptop is fine”."""
    said = hits_of(reading, TABLE)
    own = [reading.clause_at(hit.first) for hit in reading.hits.get(f"device.{value}", ())]
    return bool(own) and all(
        _within(said["others"], clause) and _within(said["well"], clause) for clause in own
    )


def _whom(reading: Reading, _asked: Asked, filled: Mapping[str, str]) -> str:
    said = hits_of(reading, TABLE)
    for name, value in (("everywhere", FIRM), ("section", SEVERAL)):
        if any(not _is_beside(reading, hit, said["asking"]) for hit in said[name]):
            return value
    if filled.get(SCOPE) == HOUSE or said["whole"] or _is_everyone_there(reading, said):
        return HOUSE
    if _is_lone(reading):
        return ALONE
    together = any(not _is_beside(reading, hit, said["houses"]) for hit in said["together"])
    if together or _is_with_one(reading, said):
        return SEVERAL
    compared = (_compared(reading, said, clause) for clause in reading.clauses)
    return next(filter(None, compared), "")


def _is_everyone_there(reading: Reading, said: Lists) -> bool:
    """“Everyone, 3rd floor”: all, beside a floor or house in one clause or two, and no more."""
    everyone, houses = covered_by(said["everyone"]), covered_by(said["houses"])
    small = reading.covered((*SMALL, *COUNTED)) | everyone | houses
    small |= {at for at, one in enumerate(reading.tokens) if one.word.isdecimal()}
    whole = [set(own.words) for own in reading.clauses if small.issuperset(own.words)]
    pairs = [
        *whole,
        *(one | other for one, other in pairwise(whole) if max(one) + 1 == min(other)),
    ]
    return any(own & everyone and own & houses for own in pairs)


def _tells_whom(reading: Reading) -> bool:
    """Whether it does though something is unknown: “no idea what it is, me and Sue have it”."""
    if _is_lone(reading):
        return True
    said = hits_of(reading, TABLE)
    unknown = [own for own in reading.clauses if reading.has(UNKNOWN, own)]
    doubtful = {own.sentence for own in unknown}
    sure = (own for own in reading.clauses if own.sentence not in doubtful)
    if any(_compared(reading, said, own) == ALONE for own in sure):
        return True
    counted = (own for own in said["together"] if not _is_beside(reading, own, said["houses"]))
    told = [*counted, *_beside_names(reading, said)]
    return any(not any(clause.holds(hit) for clause in unknown) for hit in told)


def _is_with_one(reading: Reading, said: Lists) -> bool:
    """Whether a name stands beside the writer: “me and Sue”, “Tom and I”."""
    return any(True for _ in _beside_names(reading, said))


def _beside_names(reading: Reading, said: Lists) -> Iterator[Hit]:
    yield from (hit for hit in said["beside_me"] if _is_name(reading, hit.after))
    yield from (hit for hit in said["and_me"] if _is_name(reading, hit.first - 1))


def _is_name(reading: Reading, at: int) -> bool:
    """Whether a word is written like a name, and is no small one."""
    if not 0 <= at < len(reading.tokens):
        return False
    word = reading.says(at, at + 1)
    return word.istitle() and not reading.covered(SMALL) & {at}


def _is_lone(reading: Reading) -> bool:
    """Whether it is “nobody but me”, in which is a “nobody” that elsewhere tells nothing."""
    return bool(hits_of(reading, TABLE)["nobody_but"])


def _is_beside(reading: Reading, hit: Hit, others: Sequence[Hit]) -> bool:
    """Whether one of these stands in its clause: “all three | floors”, “I asked | them all”."""
    clause = reading.clause_at(hit.first)
    return bool(_within(others, clause))


def _compared(reading: Reading, said: Lists, clause: Clause) -> str:
    """What a clause says of others: whether theirs works, or fails too."""
    others = _within(said["others"], clause)
    unsaid = _within(said["houses"], clause) or _within(said["asking"], clause)
    if not others or unsaid or reading.has(UNKNOWN, clause) or _is_doubted(reading, others[0]):
        return ""
    if _within(said["too"], clause):
        return SEVERAL
    well = _within(said["well"], clause)
    denied = reading.covered(DENYING)
    own = set(clause.words)
    return ALONE if well and not own & denied - covered_by(well) else ""


def _is_doubted(reading: Reading, hit: Hit) -> bool:
    start, _ = reading.letters(hit)
    return any(start in range(*span) for span in doubted(reading))


def _within(hits: Sequence[Hit], clause: Clause) -> list[Hit]:
    return [hit for hit in hits if clause.holds(hit)]


READ = {URGENCY: _state, SCOPE: _whom}
