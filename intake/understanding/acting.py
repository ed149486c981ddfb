"""Where a place ends: before the verb that tells what the machine does there.

“The warehouse hums” is a warehouse and a trouble. The verbs are few and kept in acting.toml.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files

from intake.understanding.folding import plain


def before_verb(place: str) -> str:
    """The place without the verb and what follows it; as it is where one opens it."""
    verb = _verbs().search(plain(place).replace("’", "'"))
    kept = place[: verb.start()].rstrip(" ,;:–—-") if verb else ""
    return kept or place


@cache
def _verbs() -> re.Pattern[str]:
    file = files("intake.understanding") / "acting.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))["acts"]
    verbs = sorted({plain(verb) for own in table.values() for verb in own}, key=len, reverse=True)
    return re.compile(rf"(?<=\s)(?:{'|'.join(map(re.escape, verbs))})(?![\w'])")
