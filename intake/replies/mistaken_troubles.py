"""What happens, told anew: “it doesn't jam, it just won't turn on”.

Pure. Only who denies what was said, and says what happens instead, corrects it.
"""

from collections.abc import Sequence
from itertools import pairwise

from intake.understanding.denied import denying
from intake.understanding.folding import plain
from intake.understanding.reading import Clause, Reading
from intake.understanding.wordlists import BROKEN, DENYING

TROUBLES = (*DENYING, *BROKEN, "trouble.shown")
SMALL = (
    "speech.function", "speech.filler", "speech.split", "speech.soft_split", "reply.instead",
    "speech.correction", "speech.answer_lead",
)  # fmt: skip
PREFIXING, PREFIX = "sk", "ne"
STEM = 4  # letters in which two forms of a verb are the same
SHORTEST = 3  # letters of a word that tells


def trouble_instead(known: str, whole: Reading) -> str:
    """What the clause behind a denial of the known trouble says, or ""."""
    for denial, instead in pairwise(whole.clauses):
        if _denies(whole, denial, plain(known)) and _tells(whole, instead):
            first = _first_telling(whole, instead)
            return whole.says(first, instead.after) if first < instead.after else ""
    return ""


def _denies(whole: Reading, clause: Clause, known: str) -> bool:
    """“Doesn't jam” where it was said to jam, but not where it was said not to print."""
    ends = {after for first, after in denying(whole) if clause.first <= first}
    ends |= {hit.after for label in DENYING for hit in whole.hits.get(label, ())}
    said = known.split()
    for at in (at for at in ends if clause.first < at < clause.after):
        word = plain(whole.says(at, at + 1))
        alike = [n for n, one in enumerate(said) if _is_same(one, word)]
        before = plain(whole.says(at - 1, at))
        if alike and not any(n and said[n - 1].startswith(before[:2]) for n in alike):
            return True
    return whole.language == PREFIXING and _denies_by_prefix(whole, clause, said)


def _denies_by_prefix(whole: Reading, clause: Clause, said: Sequence[str]) -> bool:
    """In Slovak the “not” is a part of the word: “nekrčí”."""
    words = [plain(whole.says(at, at + 1)) for at in clause.words]
    denied = [word for word in words if word.startswith(PREFIX) and word not in said]
    return any(_is_same(one, word.removeprefix(PREFIX)) for word in denied for one in said)


def _is_same(one: str, other: str) -> bool:
    shared = min(STEM, len(one), len(other))
    return shared >= SHORTEST and one[:shared] == other[:shared]


def _tells(whole: Reading, clause: Clause) -> bool:
    is_else = whole.has("decline.unknown", clause) or whole.below(
        "urgency", clause.first, clause.after
    )
    return not is_else and whole.has_any(TROUBLES, clause)


def _first_telling(whole: Reading, clause: Clause) -> int:
    """Behind “he simply”, “it just”: up to the “not” or the word that tells."""
    small = whole.covered(SMALL) - whole.covered(DENYING)
    first = clause.first
    while first < clause.after and first in small:
        first += 1
    return first
