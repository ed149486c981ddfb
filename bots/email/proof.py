"""Whether our own mail server vouches for a mail's sender: RFC 8601, Authentication-Results.

Anybody can write such a field into a mail. Only the topmost that bears our server's name counts:
servers write theirs above what came, and take away what claims their name.
"""

import re
from collections.abc import Iterator

from bots.email.headers import Headers

FIELD = "authentication-results"
LONGEST = 4_000  # characters of one field that are read
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"?|[^\s;()"]+|[;()]')
_PROPERTY = re.compile(r"(?:header\.(?:from|d|i)|smtp\.auth)")


def is_vouched_for(headers: Headers, address: str, server: str) -> bool:
    """`server` is the name that ours signs with (its authserv-id); "" vouches for nobody."""
    domain = address.rpartition("@")[2].casefold()
    if not server or not domain or len(headers.all("from")) != 1:
        return False
    for value in headers.all(FIELD):
        results = _results(value.decode("ascii", "replace")[:LONGEST])
        named = next(results, [])
        if named[:1] and named[0].casefold() == server.casefold():
            return any(_vouches(result, address.casefold(), domain) for result in results)
    return False


def _vouches(result: list[str], address: str, domain: str) -> bool:
    """One method's result: DMARC or an aligned DKIM signature, or a login under this address."""
    method, _, outcome = (result[0] if result else "").casefold().partition("=")
    if outcome != "pass":
        return False
    told = dict(_properties(result[1:]))
    match method.partition("/")[0]:
        case "dmarc":
            return told.get("header.from") == domain
        case "dkim":
            return told.get("header.d", told.get("header.i", "").rpartition("@")[2]) == domain
        case "auth":
            return told.get("smtp.auth") == address
        case _:
            return False


def _properties(words: list[str]) -> Iterator[tuple[str, str]]:
    for word in words:
        name, is_told, value = word.casefold().partition("=")
        if is_told and _PROPERTY.fullmatch(name):
            yield name, value.strip('"')


def _results(text: str) -> Iterator[list[str]]:
    """Words of each part between semicolons, the first being the server's name. No comments."""
    words: list[str] = []
    depth = 0
    for piece in _PIECE.findall(text):
        if piece == "(":
            depth += 1
        elif piece == ")":
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif piece == ";":
            yield _joined(words)
            words = []
        else:
            words.append(piece)
    yield _joined(words)


def _joined(words: list[str]) -> list[str]:
    """`dkim = pass`, which the grammar allows, is one word."""
    return re.sub(r"\s*=\s*", "=", " ".join(words)).split()
