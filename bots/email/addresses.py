"""Names and addresses out of From, To, Cc and their kin, however they are written.

The undecoded header is split first and decoded after, so that an encoded comma or `<` makes no
new address. Whether an address may be trusted is left to threads and to the desk.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bots.email import charsets, headers
from bots.email.charsets import Hint

COUNT_LIMIT = 200
NAME_LIMIT = 100

_TOKEN = re.compile(
    rb"=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?="
    rb'|"(?:[^"\\]|\\.)*"'
    rb"|<[^<>]*>"
    rb"|[(),;:]"
    rb"|\\."
    rb'|[^(),;:<"=\\]+'
    rb"|.",
    re.DOTALL,
)
_ESCAPED = re.compile(rb"\\(.)")
_ADDRESS = re.compile(r"""[^\s<>@,;:"()\[\]\\]{1,128}@[^\s<>@,;:"()\\]{1,255}""")
_SPACED_AT = re.compile(r"[ \t]{1,9}@[ \t]{0,9}|@[ \t]{1,9}")


@dataclass(frozen=True, slots=True)
class Address:
    name: str
    address: str  # "" where nothing usable was written


@dataclass(slots=True)
class _Piece:
    """What stands between two commas."""

    words: list[bytes] = field(default_factory=list)
    angle: bytes = b""
    comment: list[bytes] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.angle or self.comment)


def read(value: bytes, hint: Hint = charsets.unknown) -> tuple[tuple[Address, ...], bool]:
    """The addresses of one header, and whether there were too many to take them all."""
    found: list[Address] = []
    waiting: list[bytes] = []  # `Kovalenko, Olena <o@firm.test>`: a name with a bare comma
    for piece in _pieces(value):
        if piece.is_empty:
            continue
        if len(found) >= COUNT_LIMIT:
            return tuple(found), True
        address = _address(piece, waiting, hint)
        if address is None:
            waiting = [*waiting, *piece.words, b","][:20]
        else:
            waiting = []
            found.append(address)
    if not found and waiting:
        found.append(Address(_name(waiting[:-1], hint), ""))
    return tuple(found), False


def first(value: bytes, hint: Hint = charsets.unknown) -> Address:
    found, _ = read(value, hint)
    return next((one for one in found if one.address), found[0] if found else Address("", ""))


def _pieces(value: bytes) -> Iterator[_Piece]:
    piece, depth = _Piece(), 0
    for found in _TOKEN.finditer(value):
        token = found[0]
        if token in {b"(", b")"}:
            depth = depth + 1 if token == b"(" else max(0, depth - 1)
        elif depth:
            piece.comment.append(token)
        elif token in {b",", b";"}:
            yield piece
            piece = _Piece()
        else:
            _take(piece, token)
    yield piece


def _take(piece: _Piece, token: bytes) -> None:
    if token == b":" and not piece.angle:
        piece.words.clear()  # the name of a group, or `mailto:`
    elif token.startswith(b"<") and token.endswith(b">"):
        piece.angle = token if b"@" in token else piece.angle or token
    elif token.strip(b"<> \t"):
        piece.words.append(token)


def _address(piece: _Piece, waiting: list[bytes], hint: Hint) -> Address | None:
    """None where the piece is but part of a name."""
    if piece.angle:
        inside = _found_in(piece.angle)
        return Address(_name([*waiting, *piece.words], hint), inside) if inside else None
    bare = b"".join(word for word in piece.words if not word.startswith(b"=?"))
    inside = _found_in(bare)
    if not inside:
        return None
    left = bare.decode("utf-8", "replace").partition(inside.partition("@")[0])[0]
    named = piece.comment or ([left.encode()] if left.strip(" \"<'") else [])
    return Address(_name(named, hint), inside)


def _found_in(value: bytes) -> str:
    text = value.decode("utf-8", "replace").strip(" <>\"'")
    found = _ADDRESS.search(_SPACED_AT.sub("@", text))
    return tidy(found[0]) if found else ""


def tidy(address: str) -> str:
    """The domain in lower case; marks and dots at the ends are gone."""
    local, _, domain = headers.clean(address).strip(".'").rpartition("@")
    return f"{local}@{domain.lower().strip('.')}" if local and domain else ""


def _name(words: list[bytes], hint: Hint) -> str:
    plain = [
        _ESCAPED.sub(rb"\1", word[1:-1]) if word.startswith(b'"') and len(word) > 1 else word
        for word in words
    ]
    text = headers.decode(b" ".join(word.strip() for word in plain if word.strip()), hint)
    return text.replace(" ,", ",").strip(" ,'\"")[:NAME_LIMIT]


def are_of_one_domain(one: str, other: str) -> bool:
    """Whether both belong to one domain, or one to a subdomain of the other's."""
    first, second = (f".{address.rpartition('@')[2].lower()}" for address in (one, other))
    return first.endswith(second) or second.endswith(first)
