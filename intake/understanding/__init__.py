"""Understands what people write to a help desk, in five languages, offline and in milliseconds.

Words are kept in words/*.toml, apart from the code: a new product name or another way to say
something is a line there. `Reader` reads a message; what looks further at it works on a `Reading`.
"""

from intake.understanding.reader import Gist, Reader, Sign
from intake.understanding.understood import Understanding

__all__ = ["Gist", "Reader", "Sign", "Understanding"]
