"""What the model is asked about a message, each question as the features it is weighed by.

The same questions are put when it is trained (with the answer known) and when it works.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cache

from intake.understanding import choices, saying
from intake.understanding.asked import Asked
from intake.understanding.evidence import Evidence, Features, Known

CLAUSES = ("symptom", "tried")  # long spans, which the others may lie within
NAMES = (
    "error", "location", "application", "system", "account", "item", "approver", "asset",
    "extension", "phone", "started", "deadline",
)  # fmt: skip
CHOICES = ("scope", "urgency", "device", "os", "connection", "phone_service")
DECLINES = frozenset({
    "decline.unknown", "decline.absent", "decline.rest", "decline.later", "decline.asks_back",
    "concept.dont_know", "concept.no_such_label", "concept.later_tell", "speech.negation",
})  # fmt: skip
NAMED_BY = {"started": ("moment.begin",), "deadline": ("moment.need",)}


def of_category(intent: str) -> Features:
    """What is it about? Features beside those of the message, which hold for every question."""
    return [f"I={intent}"]


def of_names(evidence: Evidence, category: str, asked: Asked | None) -> list[Known]:
    """Which field does each word name? One list of features a word."""
    shared = [f"c={category}".encode(), b"k=answer" if asked else b"k=first"]
    if asked is None:
        return [[*own, *shared] for own in evidence.of_words]
    shared += [f"A={field}".encode() for field in asked.fields]
    shared += [b"ex"] if asked.is_explicit else []
    return [
        [*own, *shared, *placed]
        for own, placed in zip(evidence.of_words, asked.of_words(), strict=True)
    ]


def of_clauses(evidence: Evidence, named: list[Known]) -> list[Known]:
    """Is each word part of a symptom, of an attempt? By its clause, beside what names go by."""
    return [[*own, *placed] for own, placed in zip(named, evidence.of_places, strict=True)]


def of_choice(evidence: Evidence, field: str, category: str, asked: Asked | None) -> Features:
    """Which value of the field is plain, if any? Features beside those of the message."""
    listed = choices.listed(evidence.reading, field)
    found = [f"c={category}", f"R={listed}"]
    if asked is None:
        return [*found, "k=first"]
    own = asked.words_of(field)
    found += ["k=answer", f"asked={field in asked.fields}", f"part={bool(own)}"]
    return [*found, *evidence.of_part(own)] if own else found


def of_decline(asked: Asked, field: str, filled: Collection[str]) -> Features:
    """Is this field said to be unknown? Features of the reply, without those of the message."""
    evidence, own = asked.evidence, asked.words_of(field)
    is_filled = field in filled
    open_fields = [name for name in asked.fields if name not in filled]
    found = {
        f"f={field}", f"filled={is_filled}", f"f={field},{is_filled}",
        f"open={min(3, len(open_fields))}",
    }  # fmt: skip
    if own:
        found |= {"part", *evidence.of_part(own)}
        lists = {label for at in own for label in evidence.lists[at]}
        for label in lists.intersection(DECLINES):
            found |= {f"P{label}", f"P{label},{field},{is_filled}"}
    else:
        found.add(f"nopart{asked.is_explicit}")
        found |= {f"m{label}" for label in evidence.reading.hits if label.startswith("decline")}
    for nth, label in _declining(evidence):
        found |= _of_declining(asked, field, nth, label, open_fields)
    return sorted(found)


def _declining(evidence: Evidence) -> Sequence[tuple[int, str]]:
    """The clauses that decline something, each with the list that says so: of no field yet."""
    known = evidence.reading.remembered
    if "declining" not in known:
        each = [DECLINES.intersection(lists) for lists in evidence.clause_lists]
        known["declining"] = [(nth, label) for nth, own in enumerate(each) for label in own]
    found: Sequence[tuple[int, str]] = known["declining"]
    return found


def _of_declining(
    asked: Asked, field: str, nth: int, label: str, open_fields: list[str]
) -> set[str]:
    """How a clause that declines something stands to this field."""
    evidence = asked.evidence
    lists = evidence.clause_lists[nth]
    before = evidence.clause_lists[nth - 1] if nth else []
    named = [name for name in asked.fields if _is_named(lists, name)]
    is_named, is_open = field in named, field in open_fields
    found = {
        f"D{label}", f"D{label},{is_named},{_is_named(before, field)},{is_open}",
        f"D{label},{any(name != field for name in named)},{is_named}",
        f"D{label},only={open_fields == [field]}", f"D{label},{field},{is_open}",
    }  # fmt: skip
    if is_named:
        clause = evidence.reading.clauses[nth]
        found |= {f"N{name}" for name in lists}
        found |= {
            f"Ns={evidence.language}{evidence.stems[at]}"
            for at in range(clause.first, clause.after)
        }
    return found


def _is_named(lists: Collection[str], field: str) -> bool:
    return not _names_of(field).isdisjoint(lists)


@cache  # fields are few
def _names_of(field: str) -> frozenset[str]:
    return frozenset((f"field.{field}", f"cue.{field}", *NAMED_BY.get(field, ())))


QUESTIONS: Mapping[str, str] = {
    "intent": "what is wanted",
    "category": "what it is about",
    "clauses": "which words are the symptom, which an attempt",
    "names": "which words name something",
    "decline": "what can't be told",
    saying.QUESTION: "what a piece of a reply says by itself",
} | {name: f"which {name}" for name in CHOICES}
