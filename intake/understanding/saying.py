"""What a piece of a reply says by itself: a place, an attempt, a name, or something beside them.

Where a text is asked for, any words could be the answer: "my boss is angry" is none. A model of
its own, which first messages don't need, weighs what it learned of values and of talk beside them.
"""

from collections.abc import Iterator, Mapping

from intake.understanding.evidence import Evidence, Features
from intake.understanding.fields import (
    ACCOUNT,
    APPLICATION,
    APPROVER,
    ERROR,
    ITEM,
    LOCATION,
    SYMPTOM,
    SYSTEM,
    TRIED,
)
from intake.understanding.shapes import outline

QUESTION = "saying"
BESIDE = "O"  # neither a value nor that there is none
NONE = "none"
THING, PERSON = "thing", "person"
KINDS: Mapping[str, str] = {  # by field; what differs in the question alone is of one kind
    LOCATION: LOCATION, TRIED: TRIED, ERROR: ERROR, SYMPTOM: SYMPTOM,
    APPLICATION: THING, SYSTEM: THING, ITEM: THING, ACCOUNT: PERSON, APPROVER: PERSON,
}  # fmt: skip
# How likely a value must be beside talk. Most true answers lie far above it, most talk far below.
ENOUGH = {LOCATION: 0.05, TRIED: 0.2, ERROR: 0.2, THING: 0.05, PERSON: 0.1, SYMPTOM: 0.05}
ENOUGH_NONE = 0.5
PLAIN = 0.6  # how likely a place must be beside all else: "typical" is anything
SURE_OF_TROUBLE = 0.9  # what a screen shows is often told as what happens
MANY = 8  # words, or words of no list
TALK = ("speech", "intent", "urgency", "moment", "decline", "tried")


def features(evidence: Evidence) -> Features:
    """Of all its words, their endings and how they are written."""
    size = len(evidence)
    plain = [lists for lists in evidence.lists if any(each.startswith(TALK) for each in lists)]
    strange = size - len(plain)
    found = [*evidence.of_message, *_of_words(evidence), f"size={min(MANY, size)}"]
    found += [f"strange={min(MANY // 2, strange)}", f"all_strange={strange == size}"]
    return list(dict.fromkeys(found))


def _of_words(evidence: Evidence) -> Iterator[str]:
    language, reading = evidence.language, evidence.reading
    for at, word in enumerate(evidence.words):
        yield f"e3={language}{word[-3:]}"
        yield f"e2={language}{word[-2:]}"
        yield f"h={outline(reading.says(at, at + 1))}"
        if evidence.is_act(at):
            yield "act"
    if evidence.words:
        yield f"h0={outline(reading.says(0, 1))}"
        yield f"last={language}{evidence.words[-1][-3:]}"


def answers(shares: Mapping[str, float], field: str, *, is_sure: bool = False) -> bool:
    """Whether a piece of these likelihoods may be a value of the field.

    Surely so it is where a value is likelier than talk.
    """
    kind = KINDS.get(field)
    if kind is None:
        return True
    likely = shares[kind] + shares[NONE]
    if kind == ERROR and shares[SYMPTOM] >= SURE_OF_TROUBLE:
        likely += shares[SYMPTOM]
    others = {*KINDS.values()} - {LOCATION}
    if kind == LOCATION and likely < PLAIN * max(shares[own] for own in others):
        return False
    return likely >= (1 if is_sure else ENOUGH[kind]) * shares[BESIDE]


def tells_none(shares: Mapping[str, float]) -> bool:
    return shares[NONE] >= ENOUGH_NONE * shares[BESIDE]
