"""What happens, or is wanted, in words that nothing knows: “goes to sleep, wifi, home”.

Pure. The card asks for it first and people answer it first: what opens the reply and says nothing
else that is asked is taken for it.
"""

from collections.abc import Mapping, Set
from itertools import pairwise

from intake.replies.asides import is_talk
from intake.replies.foreign_clauses import choice_of, puts_off
from intake.understanding import Reader
from intake.understanding.asked import Asked
from intake.understanding.fields import ITEM, SCOPE, SYMPTOM, URGENCY
from intake.understanding.phrases import said_of
from intake.understanding.questions import CHOICES
from intake.understanding.reading import Clause, Reading

TABLE, AILS, STOPPED = "told", "trouble.broken", "blocked"
SHORTEST = {SYMPTOM: 2, ITEM: 1}  # words
LONGEST_THING = 5
SMALL = ("speech.function", "speech.article", "speech.filler", "intent.want", "intent.demand")
TALK = ("speech.yes", "speech.no", "speech.filler", "intent.question")
COURTEOUS = (
    "speech.greeting",
    "speech.please",
    "speech.closing",
    "intent.thanks",
    "intent.asking",
)
DECLINING = ("decline.", "concept.dont_know", "reply.")
TOPICS = ("about.", "surely.")
OTHERWISE = (*DECLINING, "tried.")
ELSEWHERE = ("place.head", "place.beside", "place.home", "place.city", "reply.floor")


def happening(whole: Reading, asked: Asked, filled: Mapping[str, str]) -> dict[str, str]:
    """The first clause, where that is the first question and nothing has answered it."""
    first = next(iter(asked.fields), "")
    if asked.is_explicit or first not in SHORTEST or first in filled:
        return {}
    told = (own for own in whole.clauses if not whole.has_any(COURTEOUS, own))
    clause = next(told, None)
    if clause is None or len(clause.words) < SHORTEST[first]:
        return {}
    if not _is_else(whole, clause, filled, OTHERWISE):
        return {}
    said = whole.text[clause.start : clause.end]
    named = said if first == SYMPTOM else _thing(whole, clause)
    return {first: named} if named else {}


def shown_otherwise(whole: Reading, asked: Asked, filled: Mapping[str, str]) -> dict[str, str]:
    """What happens in place of a message, asked or not: “no error, it just closes”."""
    if asked.is_explicit or SYMPTOM in filled or SYMPTOM in asked.fields:
        return {}
    merely = said_of(whole, TABLE)["merely"]
    for before, clause in pairwise(whole.clauses):
        is_none = whole.has("field.error", before) and whole.has("decline.absent", before)
        is_told = whole.has("trouble.broken", clause) or not merely.isdisjoint(clause.words)
        is_told &= is_none and before.sentence == clause.sentence
        if is_told and len(clause.words) > 1 and _is_else(whole, clause, filled, DECLINING):
            return {SYMPTOM: whole.text[clause.start : clause.end]}
    return {}


def told_besides(
    reader: Reader, whole: Reading, asked: Asked, known: Mapping[str, str], declined: Set[str]
) -> dict[str, str]:
    """What happens, in a clause behind other answers: “laptop, since Monday, no sound”.

    It says what is broken; or it is about a thing and the one that is left, as the question is.
    """
    if asked.is_explicit or SYMPTOM not in asked.fields or SYMPTOM in {*known, *declined}:
        return {}
    told = [own for own in whole.clauses if not whole.has_any(COURTEOUS, own)]
    clause = next((own for own in told if _is_broken(whole, own, asked, known)), None)
    if clause is None and {*asked.fields} - {*known, *declined} == {SYMPTOM}:
        rest = [own for own in told if _is_else(whole, own, known, DECLINING)]
        clause = rest[0] if len(rest) == 1 and _is_about_thing(reader, whole, rest[0]) else None
    return {SYMPTOM: whole.text[clause.start : clause.end]} if clause else {}


def _is_broken(whole: Reading, clause: Clause, asked: Asked, known: Mapping[str, str]) -> bool:
    """Whether it tells a trouble, and nothing that answers another question."""
    said = whole.within(clause)
    ails = said.covered((AILS,))
    if not ails or any(value in said.text for value in known.values()) or puts_off(said):
        return False
    state = choice_of(said, URGENCY)
    is_state = bool(state) and (URGENCY in asked.fields or state == STOPPED)
    others = (hit for label in said.hits if _is_other(label) for hit in said.hits[label])
    is_other = any(not ails.issuperset(range(hit.first, hit.after)) for hit in others)
    return not (is_state or is_other or said.moments or choice_of(said, SCOPE))


def _is_about_thing(reader: Reader, whole: Reading, clause: Clause) -> bool:
    said = whole.within(clause)
    is_named = any(label.startswith(TOPICS) for label in said.hits)
    return is_named and len(clause.words) > 1 and not is_talk(reader, said, SYMPTOM)


def _is_other(label: str) -> bool:
    return label.startswith(DECLINING) or label in ELSEWHERE


def _thing(whole: Reading, clause: Clause) -> str:
    """What is wanted, without the words that lead to it; "" where it is none."""
    small, first = whole.covered(SMALL), clause.first
    while first < clause.after and first in small:
        first += 1
    is_talk = whole.has_any(TALK, clause)
    is_short = 0 < clause.after - first <= LONGEST_THING
    return whole.says(first, clause.after) if is_short and not is_talk else ""


def _is_else(
    whole: Reading, clause: Clause, filled: Mapping[str, str], others: tuple[str, ...]
) -> bool:
    """Whether it says nothing that answers another question."""
    said = whole.within(clause)
    is_named = any(value in said.text for value in filled.values())
    is_chosen = any(choice_of(said, name) for name in CHOICES)
    is_other = said.moments or any(
        label.startswith(others) or label in ELSEWHERE for label in said.hits
    )
    return not (is_named or is_chosen or is_other or puts_off(said))
