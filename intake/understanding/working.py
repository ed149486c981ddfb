"""Whether somebody says no more than that they can work, or that the work goes slowly.

What the button says is what the same words mean: “Can work”. Whoever is slowed down tells it
beside that, in the same clause or with a word of its own, and this is no longer all.
"""

from collections.abc import Sequence

from intake.understanding.lexicon import Hit
from intake.understanding.phrases import hits_of
from intake.understanding.reading import Reading, covered_by
from intake.understanding.wordlists import DENYING

TABLE = "working"
SLOWED, STOPPED = "urgency.degraded", "urgency.blocked"
TURNS = ("speech.split", "speech.soft_split")  # “but”, “although”
AROUND = (
    "speech.yes", "speech.filler", "speech.filler_after", "speech.function", "speech.greeting",
    "speech.closing", "speech.please", "concept.ok_yes", "speech.answer_lead",
)  # fmt: skip


def is_merely_able(reading: Reading) -> bool:
    """Whether a clause says so alone, and no word beside it says anything else of the work."""
    able = hits_of(reading, TABLE, is_mixed=True)["able"]
    if not able:
        return False
    said = covered_by(able)
    said.update(range(_begin_anew(reading, able)))
    others = [hit for label in (SLOWED, STOPPED) for hit in reading.hits.get(label, ())]
    others += hits_of(reading, "told", is_mixed=True)["goes_slowly"]
    of_one = (hit for hit in others if not _answers_before(reading, hit))
    if any(not said.issuperset(range(hit.first, hit.after)) for hit in of_one):
        return False
    return any(_fills(reading, hit) for hit in able)


def _answers_before(reading: Reading, hit: Hit) -> bool:
    """“No, I can work”, in which only the stop keeps "no" from being "not"."""
    clause = reading.clause_at(hit.first)
    no = reading.covered(("speech.no", "speech.negation"))
    return clause.after < hit.after and no.issuperset(clause.words)


def is_slowed(reading: Reading, first: int, after: int) -> bool:
    """Whether these words say that it goes slowly, and nothing else."""
    slowly = hits_of(reading, TABLE, is_mixed=True)["slowly"]
    said = covered_by(slowly)
    own = set(range(first, after))
    return bool(own & said) and own <= said | reading.covered(AROUND)


def _begin_anew(reading: Reading, able: Sequence[Hit]) -> int:
    """Up to which word all is over: “work stopped, but now | I can work”; else 0."""
    anew = hits_of(reading, TABLE, is_mixed=True)["again"]
    last = max(able, key=lambda hit: hit.first)
    clause = reading.clause_at(last.first)
    is_now = any(clause.first <= hit.first < last.after for hit in anew)
    turned = any(
        hit.first in (clause.first - 1, clause.first)
        for label in TURNS
        for hit in reading.hits.get(label, ())
    )
    return last.first if is_now and turned else 0


def _fills(reading: Reading, hit: Hit) -> bool:
    """Whether nothing else stands in its clause, no “not”, and no “but” follows.

    An “and” of its own may part it.
    """
    touched = [own for own in reading.clauses if own.first < hit.after and hit.first < own.after]
    first, after = touched[0].first, touched[-1].after
    around = reading.covered(AROUND) - reading.covered(DENYING)
    around.update(range(hit.first, hit.after))
    turns = {one.first for label in TURNS for one in reading.hits.get(label, ())}
    return around.issuperset(range(first, after)) and turns.isdisjoint(range(hit.after, after + 1))
