"""Fields with a fixed list of values, and quantities: which one the words of a message make plain."""

import re

from intake.understanding.reading import Reading

IMPLIED_DEVICE = re.compile(
    r"\b(?:iphone|айфон\w*|ipad|айпад\w*|macbook\w*|макбук\w*|chromebook\w*|хромбук\w*)", re.I
)
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


def read_os(reading: Reading) -> str:
    return next((value for value in SPECIFIC_FIRST if reading.hits.get(f"os.{value}")), "")


def first_named(reading: Reading, field: str) -> str:
    """The value whose phrase comes first; of two at the same word, the longer phrase."""
    named = [
        (hit.first, -(hit.after - hit.first), label.rpartition(".")[2])
        for label, hits in reading.hits.items()
        if label.startswith(f"{field}.")
        for hit in hits
    ]
    return min(named)[2] if named else ""


def read_urgency(reading: Reading) -> str:
    """The strongest that is said; "works but slowly" outweighs "can't open"."""
    for value in ("minor", "degraded", "blocked"):
        if reading.hits.get(f"urgency.{value}"):
            return value
    return ""


def read_scope(reading: Reading) -> str:
    for value in ("company", "site", "team", "me"):
        if reading.hits.get(f"scope.{value}"):
            return value
    return ""


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
