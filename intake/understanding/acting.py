"""Where a place ends: before the verb that tells what the machine does there.

“The warehouse hums” is a warehouse and a trouble. The verbs are few and kept in acting.toml.
"""

import re
from functools import cache

from intake.understanding.folding import plain
from intake.understanding.phrases import whole


def before_verb(place: str) -> str:
    """The place without the verb and what follows it; as it is where one opens it."""
    verb = _verbs().search(plain(place))
    kept = place[: verb.start()].rstrip(" ,;:–—-") if verb else ""
    return kept or place


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(rf"(?<=\s){whole('acting', 'acts')}")
