"""Whether a mail is a calendar's own word on a meeting: who comes, or that it is called off.

It is sent by itself at a tap (iTIP, RFC 5546). An invitation is none of these, and neither is what
somebody has written something to.
"""

import re

from bots.email import structure
from bots.email.structure import Part

ANSWERS = frozenset({"reply", "counter", "declinecounter", "refresh", "cancel"})
READ_LIMIT = 64 * 1024

_FOLD = re.compile(rb"\r?\n[ \t]")
# Exchange writes an empty one as "COMMENT;LANGUAGE=en-US:\n", with a backslash.
_COMMENT = re.compile(rb"^COMMENT(?:;[^:\r\n]*)?:(?:\\[nN]|[ \t])*+[^\r\n]", re.MULTILINE)
_RESPONSE = re.compile(rb'X-RESPONSE-COMMENT="?\w')


def is_mere_answer(raw: bytes, root: Part) -> bool:
    parts = [part for part in root.walk() if _is_shown_calendar(part)]
    methods = {part.parameters.get("method", "").lower() for part in parts}
    return bool(methods & ANSWERS) and not any(_has_comment(raw, part) for part in parts)


def _is_shown_calendar(part: Part) -> bool:
    """One that is attached may be what its sender writes about."""
    return part.media_type == "text/calendar" and part.disposition != "attachment"


def _has_comment(raw: bytes, part: Part) -> bool:
    lines = _FOLD.sub(b"", structure.payload(raw, part)[:READ_LIMIT])
    return bool(_COMMENT.search(lines) or _RESPONSE.search(lines))
