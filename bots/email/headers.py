"""The header block of a mail or a part: finding it, its fields, and what they say as text.

Works on bytes, so that broken 8-bit headers, encoded words cut in two and lines that are no
headers at all keep what they hold. Addresses are read in addresses, parameters in structure.
"""

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bots.email import charsets
from bots.email.charsets import Hint

BLOCK_LIMIT = 512 * 1024
FIELD_LIMIT = 64 * 1024
LINES, LINES_OF_PART = 10_000, 500  # that are looked at; parts may be many
TEXT_LIMIT = 2000  # characters of one decoded header

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_KNOWN_FIELD = re.compile(
    rb"(?im)^(?:from|to|cc|subject|date|message-id|mime-version|content-[a-z-]{2,30}|received|"
    rb"return-path|reply-to|in-reply-to|references)[ \t]*:"
)
_NEWLINES = b"\r\n"
_BLOCK_END = re.compile(rb"\n[ \t]*\r?\n")
_ENCODED = b"=?"
_WORD_START = re.compile(rb"=\?([^?\s]{1,60})\?([bBqQ])\?")
_CONTENT_END = re.compile(rb"\?=|" + _WORD_START.pattern)
_BASE64_NEXT = re.compile(rb"[ \t]*=\?[^?\s]{1,60}\?[bB]\?")
_Q_BYTE = re.compile(rb"=([0-9A-Fa-f]{2})")
_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
# Controls, marks that turn the writing direction, zero-width characters, the tags block, and
# halves of letters, which UTF-7 can write and nothing can keep.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
_BODY_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Headers:
    """Fields by their names in lower case: the bytes that came, in their order."""

    fields: Mapping[str, Sequence[bytes]] = field(default_factory=dict)

    def first(self, name: str) -> bytes:
        return self.fields[name][0] if name in self.fields else b""

    def all(self, name: str) -> Sequence[bytes]:
        return self.fields.get(name, ())

    def has(self, name: str) -> bool:
        return name in self.fields

    def plain(self, name: str) -> str:
        """A machine's field: ASCII, lower case, white space trimmed."""
        return self.first(name).decode("ascii", "replace").strip().lower()

    def text(self, name: str, hint: Hint = charsets.unknown) -> str:
        return decode(self.first(name), hint)


@dataclass(frozen=True, slots=True)
class Block:
    headers: Headers
    body_start: int
    is_cut: bool = False


def read_block(raw: bytes, start: int, end: int, *, is_top: bool = False) -> Block:
    """The block from `start`; a part may have none, then its body starts at once."""
    position = _skip_envelope(raw, start, end) if is_top else start
    first = raw[position : min(end, position + FIELD_LIMIT)].partition(b"\n")[0].strip()
    if not first:
        return Block(Headers(), min(end, raw.find(b"\n", position, end) + 1 or end))
    if not is_top and not _FIELD.match(first):
        return Block(Headers(), position)
    found = _BLOCK_END.search(raw, position, end)
    block_end, body_start = (found.start() + 1, found.end()) if found else (end, end)
    block = raw[position : min(block_end, position + BLOCK_LIMIT)]
    fields, body_offset, is_cut = _fields(block, LINES if is_top else LINES_OF_PART)
    if not fields:
        return Block(Headers(), position)
    if body_offset is not None:
        body_start = position + body_offset
    is_cut = is_cut or block_end - position > BLOCK_LIMIT
    return Block(Headers(fields), body_start, is_cut)


def _skip_envelope(raw: bytes, start: int, end: int) -> int:
    """Blank lines and an mbox `From ` line before the first header."""
    position = start
    while position < end and raw[position : position + 1].isspace():
        position += 1
    if raw.startswith((b"From ", b">From "), position, end):
        position = raw.find(b"\n", position, end) + 1 or end
    return position


def _fields(
    block: bytes, most_lines: int
) -> tuple[Mapping[str, Sequence[bytes]], int | None, bool]:
    """The fields; where the body starts if a line ends the headers early; whether cut."""
    fields: list[tuple[str, list[bytes]]] = []
    last_known: int | None = None
    position, lines = 0, block.splitlines(keepends=True)
    for line in lines[:most_lines]:
        if found := _FIELD.match(line):
            fields.append((found[1].decode("ascii").lower(), [line[found.end() :]]))
        elif line.startswith((b" ", b"\t")) or not line.strip():
            if fields:
                fields[-1][1].append(line)
        else:
            last_known = _last_known(block) if last_known is None else last_known
            if position > last_known and fields:
                return _joined(fields), position, False
            # It is no header, but headers follow it: pass over it.
        position += len(line)
    is_cut = len(block) > FIELD_LIMIT and any(
        sum(map(len, of_one)) > FIELD_LIMIT for _, of_one in fields
    )
    return _joined(fields), None, is_cut or len(lines) > most_lines


def _last_known(block: bytes) -> int:
    """Where the last line begins that is surely a header; -1 where none is."""
    return max((found.start() for found in _KNOWN_FIELD.finditer(block)), default=-1)


def _joined(fields: Sequence[tuple[str, list[bytes]]]) -> Mapping[str, Sequence[bytes]]:
    by_name: dict[str, list[bytes]] = {}
    for name, lines in fields:
        value = b"".join(lines)[:FIELD_LIMIT].strip()
        by_name.setdefault(name, []).append(value.translate(None, _NEWLINES))
    return by_name


def decode(value: bytes, hint: Hint = charsets.unknown) -> str:
    """Encoded words and raw 8-bit letters as one clean line of text."""
    if _ENCODED not in value:
        return clean(charsets.decode(value, None, hint=hint))[:TEXT_LIMIT]
    out: list[str] = []
    for charset, chunk in _runs(value):
        if charset is None:
            out.append(charsets.decode(chunk, None, hint=hint))
        else:
            out.append(charsets.decode(chunk, charset, hint=hint))
    return clean("".join(out))[:TEXT_LIMIT]


def clean(text: str) -> str:
    """One line, composed, without characters that hide or turn others."""
    seen = _HIDDEN.sub("", text.replace("\t", " ").replace("\n", " "))
    return unicodedata.normalize("NFC", " ".join(seen.split()))


def clean_body(text: str) -> str:
    """Lines end in LF; NUL and the other controls are gone."""
    return _BODY_HIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _runs(value: bytes) -> Iterator[tuple[str | None, bytes]]:
    """Plain bytes (None) and the bytes of encoded words, neighbours of one charset joined.

    A letter of several bytes may be split between two encoded words.
    """
    charset: str | None = None
    joined = b""
    for name, chunk in _words(value):
        if name is None and charset is not None and not chunk.strip():
            continue  # white space between encoded words is no text
        if name != charset and joined:
            yield charset, joined
            joined = b""
        charset, joined = name, joined + chunk
    if joined:
        yield charset, joined


def _words(value: bytes) -> Iterator[tuple[str | None, bytes]]:
    position, carried = 0, b""  # base64 cut in the middle of a group goes on in the next word
    while found := _WORD_START.search(value, position):
        if value[position : found.start()].strip():
            carried = b""
        if found.start() > position:
            yield None, value[position : found.start()]
        content, position = _content(value, found.end())
        if found[2] in b"bB":
            goes_on = _BASE64_NEXT.match(value, position) is not None
            payload, carried = _from_base64(carried + content, goes_on=goes_on)
        else:
            payload, carried = _from_q(content), b""
        yield found[1].decode("ascii", "replace").lower().partition("*")[0], payload
    if position < len(value):
        yield None, value[position:]


def _content(value: bytes, start: int) -> tuple[bytes, int]:
    """Up to `?=`, to the next encoded word, or to the end: whichever is first."""
    found = _CONTENT_END.search(value, start)
    if found is None:
        return value[start:].rstrip(b"?="), len(value)
    if found[0] == b"?=":
        return value[start : found.start()], found.end()
    return value[start : found.start()].rstrip(b"? \t"), found.start()


def _from_q(content: bytes) -> bytes:
    spaced = content.replace(b"_", b" ")
    return _Q_BYTE.sub(lambda found: bytes((int(found[1], 16),)), spaced)


def _from_base64(content: bytes, *, goes_on: bool) -> tuple[bytes, bytes]:
    """The bytes, and the letters of a last group that is not whole."""
    letters = _BASE64.sub(b"", content)
    over = len(letters) % 4
    if goes_on and over and b"=" not in content and not _is_whole(letters):
        whole = len(letters) - over
        return base64.b64decode(letters[:whole]), letters[whole:]
    letters = letters[:-1] if over == 1 else letters
    return base64.b64decode(letters + b"=" * (-len(letters) % 4)), b""


def _is_whole(letters: bytes) -> bool:
    """Whether only the padding was left out."""
    try:
        base64.b64decode(letters + b"=" * (-len(letters) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return False
    return True
