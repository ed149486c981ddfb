"""The name of a program or system that no list knows: “they call it ParcelPoint”.

Pure. Only where one is asked for and nothing has answered it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby

from intake.replies.purposes import purpose_of
from intake.understanding.asked import Asked
from intake.understanding.fields import APPLICATION, SYMPTOM, SYSTEM
from intake.understanding.naming import names_account, names_system
from intake.understanding.phrases import hits_of, said_of
from intake.understanding.reading import Clause, Reading, Run

TABLE = "called"
NAMED = (APPLICATION, SYSTEM)
KEPT = ("concept.shared_drive", "concept.folder", "concept.database", "concept.mailbox")
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
MOST = 2  # words of a name that no word for names stands before
SHORT, SHORTEST = 2, 3  # clauses and words of one, letters of the word
UNTELLING = ("speech.latin",)


def name_alone(
    whole: Reading, asked: Asked, filled: Mapping[str, str], declined: Collection[str]
) -> dict[str, str]:
    """What it is called, or the one known name, or the one word that nothing knows.

    Also where the model took for a name what it is wanted for.
    """
    names = [name for name in NAMED if name in asked.fields and name not in declined]
    names = [name for name in names if name not in filled or _is_purpose(whole, filled, name)]
    if len(names) != 1 or asked.is_explicit:
        return {}
    unknown = _unknown(whole, asked, names[0])
    for told in (_called(whole), _known(whole), unknown, _told(whole), _thing(whole, names[0])):
        own = {*told}
        if own:
            return {names[0]: own.pop()} if len(own) == 1 else {}
    return {}


def _is_purpose(whole: Reading, filled: Mapping[str, str], name: str) -> bool:
    """Whether it says what it is wanted for, so that it names nothing: “enter invoices”."""
    own = filled[name]
    told = (filled.get(SYMPTOM, ""), purpose_of(whole))
    return any(own in said for said in told) and not names_system(whole.piece(own))


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


def _told(whole: Reading) -> Iterator[str]:
    """What has a capital letter and is in no list: alone, or behind words that lead to a name."""
    said, leads = said_of(whole, TABLE), {hit.after for hit in hits_of(whole, TABLE)["led"]}
    beside = whole.covered(SMALL) | said["beside"] | said["led"]
    unknown = {*range(len(whole.tokens))} - beside - _listed(whole)
    for first, after in _runs(sorted(unknown)):
        clause = whole.clause_at(first)
        is_alone = {*clause.words} <= beside | {*range(first, after)}
        is_led = first in leads and after in {clause.after, *said["goes_on"]}
        if (is_alone or is_led) and _is_name(whole, first, after, clause):
            yield whole.says(first, after)


def _listed(whole: Reading) -> set[int]:
    """The words that stand in a list of more than a language's letters."""
    return whole.covered(label for label in whole.hits if label not in UNTELLING)


def _runs(words: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Of words next to one another, from the first to behind the last."""
    for _, own in groupby(enumerate(words), lambda numbered: numbered[1] - numbered[0]):
        run = [at for _, at in own]
        yield run[0], run[-1] + 1


def _is_name(whole: Reading, first: int, after: int, clause: Clause) -> bool:
    """Not where the clause is about something else; two words with capitals are a person."""
    said = whole.says(first, after)
    is_short = after <= clause.after and after - first <= MOST and len(said) >= SHORTEST
    others: list[Run] = [*hits_of(whole, TABLE)["nameless"], *whole.moments]
    is_of_another = whole.has_any(OTHERS, clause) or any(map(clause.holds, others))
    is_named = is_short and said[0].isupper() and not is_of_another
    return is_named and not names_account(whole.piece(said))


def _thing(whole: Reading, name: str) -> Iterator[str]:
    """What access is to, with its name: “the shared folder Sales”."""
    beside = whole.covered(SMALL) | said_of(whole, TABLE)["led"]
    for clause in whole.clauses if name == SYSTEM else ():
        first = next((at for at in clause.words if at not in beside), clause.after)
        things = [own for label in KEPT for own in whole.found(label, first, clause.after)]
        is_named = clause.after - first <= LONGEST and any(
            own.after < clause.after for own in things
        )
        if is_named and not whole.has_any(OTHERS, clause):
            yield whole.says(first, clause.after)


def _trimmed(whole: Reading, clause: Clause) -> str:
    small = whole.covered(("speech.article", "speech.function"))
    first = clause.first
    while first + 1 < clause.after and first in small:
        first += 1
    return whole.text[whole.tokens[first].start : clause.end]
