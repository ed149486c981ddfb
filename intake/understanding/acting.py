"""Where a place ends: before the verb that tells what the machine does there.

“The warehouse hums” is a warehouse and a trouble. The verbs are few and kept in acting.toml.
"""

import re
from functools import cache

from intake.understanding.folding import plain
from intake.understanding.phrases import whole
from intake.understanding.reading import Reading, covered_by
from intake.understanding.wordlists import LINK

TABLE = "acting"
HEAD, SMALL = "place.head", "speech.function"


def before_verb(place: str) -> str:
    """The place without the verb and what follows it; as it is where one opens it."""
    verb = _verbs("acts", "does").search(plain(place))
    kept = place[: verb.start()].rstrip(" ,;:–—-") if verb else ""
    return kept or place


def acts_somewhere(reading: Reading) -> bool:
    """Whether a word for inside and a name lead to the verb: “in accounting smears”.

    What stands before the verb is no name where it is a small word or of a moment.
    """
    verb = _verbs("acts").search(plain(reading.text))
    if verb is None or 0 not in reading.covered((LINK,)):
        return False
    moments = covered_by(reading.below("moment"))
    nameless = (moments | reading.covered((SMALL,))) - reading.covered((HEAD,))
    return reading.token_at(verb.start()) - 1 not in nameless


@cache
def _verbs(*kinds: str) -> re.Pattern[str]:
    either = "|".join(whole(TABLE, kind) for kind in kinds)
    return re.compile(rf"(?<=\s)(?:{either})")
