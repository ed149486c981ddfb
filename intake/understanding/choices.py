"""Fields with a fixed list of values, and quantities: which one a message makes plain."""

import re
from collections.abc import Callable, Mapping, Sequence

from intake.understanding.lexicon import Hit
from intake.understanding.reading import Clause, Reading
from intake.understanding.stops import question_marks
from intake.understanding.working import is_merely_able

SPECIFIC_FIRST = (
    "windows-11",
    "windows-10",
    "windows-8",
    "windows-7",
    "chromeos",
    "ios",
    "macos",
    "android",
    "linux",
    "windows",
)
GIGABYTES = re.compile(
    r"(?<![\w.])(\d{1,3})\s?(?:gb|гб|гиг\w*|гіг\w*|gig\w*|giga\w*|γιγα\w*|g)\b", re.IGNORECASE
)
MEMORY_MOST = 1024
URGENCIES = ("minor", "degraded", "blocked")


def read_os(reading: Reading) -> str:
    """The most exact one named; two families side by side name none."""
    named = [value for value in SPECIFIC_FIRST if reading.hits.get(f"os.{value}")]
    families = {value.partition("-")[0] for value in named}
    return named[0] if named and len(families) == 1 else ""


def is_named(reading: Reading, field: str, value: str) -> bool:
    """Whether a word of the lists stands there that says this value."""
    return f"{field}.{value}" in reading.hits or f"alone.{value}" in reading.hits


def first_named(reading: Reading, field: str) -> str:
    """The value whose phrase comes first; of two at the same word, the longer phrase."""
    named = [
        (hit.first, hit.first - hit.after, hit.label.rpartition(".")[2])
        for hit in reading.below(field)
    ]
    return min(named)[2] if named else ""


def read_urgency(reading: Reading) -> str:
    """What is said plainest; "can't work" is no "can work", "no rush" outweighs both."""
    if is_merely_able(reading):
        return "minor"
    found = {value: reading.hits.get(f"urgency.{value}", []) for value in URGENCIES}
    for value, hits in found.items():
        others = [hit for other, own in found.items() if other != value for hit in own]
        if any(
            not is_within(hit, others) and not _is_negated(reading, hit, value) for hit in hits
        ):
            return value
    return "blocked" if _stands_alone(reading, "alone.blocked") else ""


def _stands_alone(reading: Reading, label: str) -> bool:
    """Whether such a phrase fills its clause.

    "Blocked" is the person, "the printer is blocked" the printer; "our office" is whom it
    concerns, "the wifi in our office" where it is.
    """
    filled = reading.covered((label,))

    def words(clause: Clause) -> set[int]:
        return {at for at in clause.words if not reading.tokens[at].word.isdecimal()}

    return bool(filled) and any(own and own <= filled for own in map(words, reading.clauses))


def is_within(hit: Hit, others: Sequence[Hit]) -> bool:
    """Whether it is a part of a longer phrase among these, which says something else."""
    length = hit.after - hit.first
    return any(
        other.first <= hit.first
        and hit.after <= other.after
        and other.after - other.first > length
        for other in others
    )


def _is_negated(reading: Reading, hit: Hit, value: str) -> bool:
    """Whether a "can work" stands within "nobody can work"."""
    return value == "degraded" and bool(
        reading.found("speech.negation", max(0, hit.first - 2), hit.first)
    )


def _is_denied(reading: Reading, hit: Hit) -> bool:
    """Whether "not" stands right before "only me"."""
    return bool(reading.found("speech.not", max(0, hit.first - 1), hit.first))


def read_scope(reading: Reading) -> str:
    """Whom it concerns; a question ("only me, or everybody?") leaves it open."""
    marks = question_marks(reading.language)
    for value in ("company", "site", "team", "me"):
        for hit in reading.hits.get(f"scope.{value}", ()):
            asked = reading.text.startswith(marks, reading.clause_at(hit.first).end)
            if not asked and not (value == "me" and _is_denied(reading, hit)):
                return value
    return "team" if _stands_alone(reading, "alone.team") else ""


def read_memory(reading: Reading) -> str:
    """Gigabytes beside a word for memory, or alone where no disk is spoken of."""
    found = GIGABYTES.search(reading.text)
    if found and int(found[1]) <= MEMORY_MOST and not reading.hits.get("cue.disk"):
        return found[1]
    for hit in reading.hits.get("cue.gigabytes", ()):
        for label in reading.hits:
            if not label.startswith("quantity."):
                continue
            if any(before.after == hit.first for before in reading.hits[label]):
                return label.removeprefix("quantity.")
    return ""


def read_agreement(reading: Reading) -> bool | None:
    """Whether it is a bare yes or no; None where it says anything else, or more."""
    for word in ("yes", "no"):
        if reading.says_only(reading.covered((f"speech.{word}",)), ("speech.closing",)):
            return word == "yes"
    return None


LISTED: Mapping[str, Callable[[Reading], str]] = {
    "os": read_os,
    "urgency": read_urgency,
    "scope": read_scope,
}


def listed(reading: Reading, field: str) -> str:
    """The value that the lists alone name, or ""."""
    read = LISTED.get(field)
    return read(reading) if read else first_named(reading, field)
