"""On what mail is read, or what has no network: “Outlook on my phone”, “only my tablet”.

Pure. A thing that stands there by name is found by the model; what one carries is told beside
what is asked, and is no thing by which somebody only gets by.
"""

from collections.abc import Collection, Mapping

from intake.replies.impact import gets_by, is_of_others
from intake.understanding.asked import Asked
from intake.understanding.denied import listed
from intake.understanding.fields import ACCOUNT, APPLICATION, CONNECTION, DEVICE, URGENCY
from intake.understanding.phrases import hits_of
from intake.understanding.reading import Clause, Reading

TABLE, PHONE = "implied", "phone"
MAIL, NETWORK = frozenset({ACCOUNT, APPLICATION}), frozenset({CONNECTION})
CARRIED = {MAIL: ("phone", "tablet", "laptop"), NETWORK: ("tablet", "laptop")}


def carried(
    whole: Reading, asked: Asked, fields: Collection[str], filled: Mapping[str, str]
) -> dict[str, str]:
    """The one that is named and not taken back, where the category has a place for it."""
    kinds = [own for needed, own in CARRIED.items() if needed.issubset(fields)]
    if not kinds or DEVICE in filled or DEVICE not in fields:
        return {}
    named = listed(whole, DEVICE)
    value = named or PHONE
    hits = whole.hits.get(f"{DEVICE}.{value}") if named else hits_of(whole, TABLE)["handset"]
    if value not in kinds[0] or not hits or is_of_others(whole, value):
        return {}
    clauses = map(whole.clause_at, (hit.first for hit in hits))
    return {} if any(_is_other(whole, asked, clause) for clause in clauses) else {DEVICE: value}


def _is_other(whole: Reading, asked: Asked, clause: Clause) -> bool:
    """Whether it is what one gets by with, or writes this on, or stands under another question."""
    writes = hits_of(whole, TABLE, is_mixed=True)["writing"]
    if gets_by(whole, clause) or any(hit.first in clause.words for hit in writes):
        return True
    return asked.is_explicit and any(
        part.start <= clause.start < part.start + len(part.text)
        for at, part in enumerate(asked.parts)
        if URGENCY in asked.fields_of(at)
    )
