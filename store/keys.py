"""Foreign identifiers as they stand in an index: never too long, never unstorable.

A Message-ID or a mail address comes from outside and may have any length; PostgreSQL refuses to
index more than 2,704 bytes.
"""

from hashlib import sha256

LONGEST = 500  # bytes
KEPT = 200  # characters of what is longer, before its hash


def keyed(text: str) -> str:
    """The same text always gives the same key; what is short enough stays as it is."""
    clean = text.replace("\x00", "")
    if clean.isascii() and len(clean) <= LONGEST:
        return clean
    encoded = clean.encode("utf-8", "replace")
    if len(encoded) <= LONGEST:
        return encoded.decode()
    return f"{encoded.decode()[:KEPT]}~{sha256(encoded).hexdigest()}"
