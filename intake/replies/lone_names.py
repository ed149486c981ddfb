"""The name of a program or system that no list knows: “they call it ParcelPoint”.

Pure. Only where one is asked for and nothing has answered it.
"""

from collections.abc import Collection, Iterator, Mapping

from intake.understanding.asked import Asked
from intake.understanding.phrases import hits_of
from intake.understanding.reading import Clause, Reading

TABLE = "called"
NAMED = ("application", "system")
PRODUCT = "application"  # the list of names that are known
SMALL = (
    "speech.function", "speech.article", "speech.filler", "speech.answer_lead", "speech.greeting",
    "speech.please", "speech.filler_after",
)  # fmt: skip
OTHERS = (
    "field.account",
    "cue.account",
    "field.asset",
    "cue.asset",
    "field.approver",
    "cue.approver",
)
LONGEST = 3  # words of a name
SHORT, SHORTEST = 2, 3  # clauses and words of one, letters of the word
UNTELLING = ("speech.latin",)


def name_alone(
    whole: Reading, asked: Asked, filled: Mapping[str, str], declined: Collection[str]
) -> dict[str, str]:
    """What it is called, or the one known name, or the one word that nothing knows."""
    names = [name for name in NAMED if name in asked.fields and name not in {*filled, *declined}]
    if len(names) != 1 or asked.is_explicit:
        return {}
    for told in (_called(whole), _known(whole), _unknown(whole, asked, names[0])):
        own = {*told}
        if own:
            return {names[0]: own.pop()} if len(own) == 1 else {}
    return {}


def _called(whole: Reading) -> Iterator[str]:
    hits = hits_of(whole, TABLE)
    for hit in hits["called"]:
        clause = whole.clause_at(hit.first)
        words = range(hit.after, min(clause.after, hit.after + LONGEST))
        is_none = any(clause.first <= own.first < hit.first for own in hits["nameless"])
        is_none |= any(whole.found(label, clause.first, hit.first) for label in OTHERS)
        is_none |= bool(whole.below("device", clause.first, hit.first))
        if words and clause.after - hit.after <= LONGEST and not is_none:
            yield _trimmed(
                whole,
                Clause(hit.after, clause.after, whole.tokens[hit.after].start, clause.end, 0),
            )


def _known(whole: Reading) -> Iterator[str]:
    for hit in whole.hits.get(PRODUCT, ()):
        clause = whole.clause_at(hit.first)
        small = whole.covered(SMALL)
        if all(at in small or hit.first <= at < hit.after for at in clause.words):
            yield whole.says(hit.first, hit.after)


def _unknown(whole: Reading, asked: Asked, name: str) -> Iterator[str]:
    """The one word before all others, where the name is the first that is asked."""
    if asked.fields[0] != name or len(whole.clauses) < SHORT:
        return
    clause, small = whole.clauses[0], whole.covered(SMALL)
    own = [at for at in clause.words if at not in small]
    if len(own) != 1 or clause.after - clause.first > SHORT:
        return
    word = whole.tokens[own[0]].word
    is_known = any(
        hit.first <= own[0] < hit.after
        for label, hits in whole.hits.items()
        if label not in UNTELLING
        for hit in hits
    )
    if word.isalpha() and len(word) >= SHORTEST and not is_known:
        yield whole.says(own[0], own[0] + 1)


def _trimmed(whole: Reading, clause: Clause) -> str:
    small = whole.covered(("speech.article", "speech.function"))
    first = clause.first
    while first + 1 < clause.after and first in small:
        first += 1
    return whole.text[whole.tokens[first].start : clause.end]
