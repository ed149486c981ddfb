"""Bytes to text when the charset is declared, wrongly declared or not declared at all.

The order: what is declared, strict UTF-8, what is declared with a few faults, the charset of
another part, a guess, windows-1252. Never raises and never asks the network or a file. A guess
takes a millisecond, so a mail has but some.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import repeat

MOST_REPLACED = 0.02  # share of characters that may be lost before a charset counts as wrong
GUESSES = 30  # of a mail
GUESSED_FROM = 65_536  # bytes given to the detector
SURE_OF_UTF8 = 4  # that many valid multi-byte characters are no accident
FIRST_NON_ASCII = 0x80

Hint = Callable[[], str | None]  # gives the charset of another part of the same mail

_left: ContextVar[Iterator[object] | None] = ContextVar("guesses left", default=None)

_SPENT = object()

_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "iso-gb2312": "gb18030",
    "x-gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "big5": "big5hkscs",
    "koi8-r": "koi8-u",  # differs in frames only, where mails have і, ї, є, ґ
    "koi8-ru": "koi8-u",
    "unicode-1-1-utf-7": "utf-7",
    "x-unicode-2-0-utf-7": "utf-7",
    "iso-2022-jp": "iso2022_jp_ext",
    "x-mac-cyrillic": "mac-cyrillic",
    "utf8mb4": "utf-8",
    "cp-1251": "cp1251",
    "cp-1253": "cp1253",
    "ansi_x3.4-1968": "ascii",
}
_NONE = frozenset({"", "8bit", "7bit", "unknown", "unknown-8bit", "x-unknown", "default", "none"})
# Text codecs of Python that are no charsets of mails, some of them slow on purpose-made input.
_REFUSED = frozenset(
    {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs", "oem"}
)
_SINGLE_BYTE = re.compile(r"cp125\d|iso8859-\d+|koi8-[ru]|mac-|cp8\d\d|latin|ascii")
_MULTI_BYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")


@contextmanager
def of_one_mail() -> Iterator[None]:
    """Whatever is decoded within shares the guesses of one mail."""
    before = _left.set(repeat(None, GUESSES))
    try:
        yield
    finally:
        _left.reset(before)


def known(name: str | None) -> str | None:
    """The codec for a declared charset, or None where the declaration says nothing."""
    label = (name or "").strip().strip("\"'").lower().partition("*")[0]
    if label in _NONE:
        return None
    label = _ALIASES.get(label, label)
    try:
        codec = codecs.lookup(label)
    except (LookupError, ValueError, UnicodeError):
        return None
    name = codec.name
    is_text = getattr(codec, "_is_text_encoding", True)
    return name if is_text and name.replace("_", "-") not in _REFUSED else None


def unknown() -> str | None:
    """The hint where there is no other part."""
    return None


def decode(raw: bytes, declared: str | None = None, *, hint: Hint = unknown) -> str:
    """`hint` is only asked where nothing else reads it."""
    codec = known(declared)
    for attempt in (_marked, _escaped, _contradicted, _strict):
        text = attempt(raw, codec)
        if text is not None:
            return text
    candidates: tuple[Callable[[], str | None], ...] = (
        lambda: codec,
        lambda: known(hint()),
        lambda: _guess(raw),
    )
    for candidate in candidates:
        text = _nearly(raw, candidate())
        if text is not None:
            return text
    return raw.decode("cp1252", "replace")


def _marked(raw: bytes, codec: str | None) -> str | None:
    """By the byte order mark."""
    if raw.startswith(codecs.BOM_UTF8):
        return raw[3:].decode("utf-8", "replace")
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if wide and (codec is None or codec.startswith("utf-16")):
        return raw.decode("utf-16", "replace")
    return None


def _escaped(raw: bytes, codec: str | None) -> str | None:
    """By the escape sequences of ISO-2022-JP, which nothing else has."""
    is_japanese = b"\x1b$" in raw or b"\x1b(J" in raw or b"\x1b(I" in raw
    if not is_japanese or (codec and not codec.startswith(("iso2022", "ascii"))):
        return None
    try:
        return raw.decode("iso2022_jp_ext")
    except UnicodeDecodeError:
        return _from_jis(raw).decode("cp932", "replace")


def _from_jis(raw: bytes) -> bytes:
    """ISO-2022-JP with the vendors' additions (circled digits, half-width kana) as cp932."""
    pieces = re.split(rb"\x1b(\$[@B]|\$\([D@B]|\([BJI])", raw)
    out = [pieces[0]]
    for escape, chunk in zip(pieces[1::2], pieces[2::2], strict=True):
        if escape.startswith(b"$"):
            pairs = zip(chunk[::2], chunk[1::2], strict=False)
            out.append(b"".join(_shifted(first, second) for first, second in pairs))
        elif escape == b"(I":
            out.append(bytes(byte | FIRST_NON_ASCII for byte in chunk))
        else:
            out.append(chunk)
    return b"".join(out)


def _shifted(row: int, cell: int) -> bytes:
    """JIS X 0208 row and cell to the two bytes of Shift_JIS, after JIS X 0208:1997 annex 1."""
    if not (0x21 <= row <= 0x7E and 0x21 <= cell <= 0x7E):  # noqa: PLR2004 - the code's own table
        return b"?"
    high = (row - 0x21) // 2 + 0x81
    if high > 0x9F:  # noqa: PLR2004
        high += 0x40
    low = cell + (0x7E if row % 2 == 0 else 0x1F + (cell >= 0x60))  # noqa: PLR2004
    return bytes((high, low))


def _contradicted(raw: bytes, codec: str | None) -> str | None:
    """UTF-8 under the label of a single-byte charset, which would take any bytes."""
    if codec is None or not _SINGLE_BYTE.match(codec):
        return None
    if len(_MULTI_BYTE.findall(raw[:GUESSED_FROM])) < SURE_OF_UTF8:
        return None
    return _strict(raw, "utf-8")


def _strict(raw: bytes, codec: str | None) -> str | None:
    for candidate in (codec, "utf-8"):
        if candidate:
            try:
                return raw.decode(candidate)
            except (UnicodeError, ValueError):
                continue
    return None


def _nearly(raw: bytes, codec: str | None) -> str | None:
    """With replacement characters, if they are few."""
    if codec is None:
        return None
    try:
        text = raw.decode(codec, "replace")
    except (UnicodeError, ValueError):
        return None
    lost = text.count("�")
    if codec == "utf-8" and len(_MULTI_BYTE.findall(raw)) > 2 * lost:
        return text  # cut in the middle of a letter, but nothing else looks like this
    foreign = sum(1 for byte in raw if byte >= FIRST_NON_ASCII) if lost else 0
    # A short cyrillic text under a latin label is mostly ASCII: measure against its own letters.
    return text if lost <= MOST_REPLACED * max(1, min(len(text), foreign * 2)) else None


def _guess(raw: bytes) -> str | None:
    left = _left.get()
    if left is not None and next(left, _SPENT) is _SPENT:
        return None
    import chardet

    found = chardet.detect(raw[:GUESSED_FROM]).get("encoding")
    return known(str(found)) if found else None
