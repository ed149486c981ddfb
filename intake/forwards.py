"""How programs mark the subject of a mail that is handed on: its text is what its sender shows."""

import re

_MARK = re.compile(
    r"^\s*(?:re:\s*)?(?:fwd?|wg|i|tr|пер|пересл|переслано|prsl|πρθ|προώθ|doorst|enc)\s*:",
    re.IGNORECASE,
)


def is_forward(subject: str) -> bool:
    return _MARK.match(subject) is not None
