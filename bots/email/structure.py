"""The parts of a mail: where each begins and ends, what it says it is, its bytes decoded.

Reads boundaries straight from the raw bytes and keeps offsets, so that the cost is linear and the
memory one mail, whatever was nested in whatever. Which part is shown is decided in bodies.
"""

import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from bots.email import charsets, headers
from bots.email.headers import Headers

PART_LIMIT = 500
DEPTH_LIMIT = 20
PARAMETER_LIMIT = 100
BEGUN_LIMIT = 10_000  # lines that begin like a boundary; after them there is none

TEXTS_LIMIT = 500_000  # base64 texts in a row, each with its padding; more are none
UU_LINES_LIMIT = 600_000  # of 45 bytes: what attachments may hold in all
FOREIGN_SHARE = 10  # base64 with a tenth of other characters, spaces too, is none

_TYPE = re.compile(r"[\w!#$&^.+-]{1,80}/[\w!#$&^.+*-]{1,120}")
_WORD_END = re.compile(rb"[;\s]")
_ESCAPED = re.compile(rb"\\(.)")
_PARAMETER = re.compile(rb';\s*([^\s=;"]{1,200})[ \t]*=[ \t]*("(?:[^"\\]|\\.)*"|[^;]*)', re.DOTALL)
_SECTION = re.compile(r"^(.+?)\*(?:(\d{1,4})\*?)?$")
_NOT_BASE64 = bytes(
    set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
)
_AFTER_BOUNDARY = re.compile(rb"(--)?[ \t]*(?:\r?\n|$)")
_GROUP = re.compile(rb"[^=]+")


@dataclass(frozen=True, slots=True)
class Part:
    headers: Headers
    media_type: str
    parameters: Mapping[str, str]
    disposition: str
    filename: str
    start: int  # of the body, in the raw mail
    end: int
    children: tuple["Part", ...] = ()

    @property
    def content_id(self) -> str:
        return self.headers.first("content-id").decode("ascii", "replace").strip(" <>\t")

    @property
    def charset(self) -> str | None:
        return self.parameters.get("charset")

    def walk(self) -> Iterator["Part"]:
        """This part and all below it, in the order of the mail."""
        waiting = [self]
        while waiting:
            part = waiting.pop()
            yield part
            waiting.extend(reversed(part.children))


@dataclass(slots=True)
class Reader:
    """Reads one mail; `notices` says what was cut off."""

    raw: bytes
    parts: int = 0
    notices: set[str] = field(default_factory=set)

    def read(self) -> Part:
        return self._part(0, len(self.raw), 0, "text/plain")

    def _part(self, start: int, end: int, depth: int, usual: str) -> Part:
        self.parts += 1
        block = headers.read_block(self.raw, start, end, is_top=depth == 0)
        if block.is_cut:
            self.notices.add("headers_cut")
        media_type, parameters = _content_type(block.headers, usual)
        disposition, more = _fields(block.headers.first("content-disposition"))
        children: tuple[Part, ...] = ()
        if media_type.startswith("multipart/"):
            boundary = parameters.get("boundary", "")
            children = tuple(self._children(boundary, block.body_start, end, depth, media_type))
            if not children:
                media_type = "text/plain"  # a multipart without boundaries: show what it holds
        return Part(
            headers=block.headers,
            media_type=media_type,
            parameters=parameters,
            disposition=disposition.lower(),
            filename=more.get("filename") or parameters.get("name") or "",
            start=block.body_start,
            end=end,
            children=children,
        )

    def _children(
        self, boundary: str, start: int, end: int, depth: int, media_type: str
    ) -> Iterator[Part]:
        if depth >= DEPTH_LIMIT:
            self.notices.add("nesting_cut")
            return
        usual = "message/rfc822" if media_type == "multipart/digest" else "text/plain"
        for first, last in _spans(self.raw, boundary, start, end):
            if self.parts >= PART_LIMIT:
                self.notices.add("parts_cut")
                return
            yield self._part(first, last, depth + 1, usual)


def _spans(raw: bytes, boundary: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """From after one boundary line to before the next; the last may have no end."""
    opened: int | None = None
    for found, after, is_last in _boundary_lines(raw, boundary, start, end):
        if opened is not None:
            yield opened, _before_newline(raw, opened, found)
        opened = after
        if is_last:
            return
    if opened is not None and opened < end:
        yield opened, end


def _boundary_lines(
    raw: bytes, boundary: str, start: int, end: int
) -> Iterator[tuple[int, int, bool]]:
    """Where each line begins, where the next begins, and whether it is the closing one."""
    if not boundary.strip():
        return
    mark = b"--" + boundary.strip().encode("utf-8", "surrogateescape")
    found = start if raw.startswith(mark, start, end) else _next_line(raw, mark, start, end)
    for _ in range(BEGUN_LIMIT):
        if found < 0:
            return
        after = found + len(mark)
        rest = _AFTER_BOUNDARY.match(raw, after, end)
        if rest:
            after = rest.end()
            yield found, after, bool(rest[1])
        found = _next_line(raw, mark, after - 1, end)


def _next_line(raw: bytes, mark: bytes, start: int, end: int) -> int:
    """Where the next line begins that begins with `mark`; -1 where none does."""
    found = raw.find(b"\n" + mark, start, end)
    return found + 1 if found >= 0 else -1


def _before_newline(raw: bytes, start: int, end: int) -> int:
    if end > start and raw[end - 1] == ord("\n"):
        end -= 1
        if end > start and raw[end - 1] == ord("\r"):
            end -= 1
    return end


def _content_type(found: Headers, usual: str) -> tuple[str, dict[str, str]]:
    value, parameters = _fields(found.first("content-type"))
    media_type = value.lower()
    if not media_type:
        return usual, parameters
    if _TYPE.fullmatch(media_type):
        return media_type, parameters
    named = {"text": "text/plain", "plain": "text/plain", "html": "text/html"}
    unknown = "application/octet-stream" if parameters.get("name") else "text/plain"
    return named.get(media_type, unknown), parameters


def _fields(value: bytes) -> tuple[str, dict[str, str]]:
    """`text/plain; charset="x"; name*0*=…`: the first word and the parameters."""
    word = _WORD_END.split(value.strip(), maxsplit=1)[0].decode("ascii", "replace")
    plain: dict[str, bytes] = {}
    sections: dict[str, dict[int, bytes]] = {}
    for count, found in enumerate(_PARAMETER.finditer(value)):
        if count >= PARAMETER_LIMIT:
            break
        name = found[1].decode("ascii", "replace").lower()
        text = found[2].strip()
        if text.startswith(b'"'):
            text = _ESCAPED.sub(rb"\1", text.strip(b'"'))
        if section := _SECTION.match(name):
            extended = name.endswith("*")
            chunk = text if extended else text.replace(b"%", b"%25")
            sections.setdefault(section[1], {}).setdefault(int(section[2] or 0), chunk)
        else:
            plain.setdefault(name, text)
    result = {name: headers.decode(text) for name, text in plain.items()}
    result |= {name: _from_sections(chunks) for name, chunks in sections.items()}
    return word, result


def _from_sections(chunks: dict[int, bytes]) -> str:
    """RFC 2231: `utf-8''%D0%9F`, in numbered pieces."""
    whole = b"".join(chunks[number] for number in sorted(chunks))
    charset, quote, rest = whole.partition(b"'")
    if quote and b"'" in rest:
        whole = rest.partition(b"'")[2]
        return headers.clean(charsets.decode(unquote_to_bytes(whole), charset.decode("latin-1")))
    return headers.clean(charsets.decode(unquote_to_bytes(whole)))


def payload(raw: bytes, part: Part) -> bytes:
    """The body without its transfer encoding; a body that lies about it is taken as it is."""
    body = raw[part.start : part.end]
    encoding = part.headers.plain("content-transfer-encoding").strip("\"' ;")
    if encoding == "base64":
        return _from_base64(body)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(body)
    if encoding in {"x-uuencode", "uuencode", "x-uue", "uue"}:
        return from_uu(body.split(b"\n", UU_LINES_LIMIT)[:UU_LINES_LIMIT]) or body
    return body


def _from_base64(body: bytes) -> bytes:
    letters = body.translate(None, _NOT_BASE64)
    foreign = len(body.translate(None, b"\r\n")) - len(letters)
    if foreign * FOREIGN_SHARE > len(letters) or letters.count(b"=") > TEXTS_LIMIT:
        return body
    out = []
    for found in _GROUP.finditer(letters):  # several base64 texts in a row, each with its padding
        group = found[0]
        if len(group) % 4 == 1:
            group = group[:-1]
        out.append(binascii.a2b_base64(group + b"=" * (-len(group) % 4)))
    return b"".join(out)


def from_uu(lines: list[bytes]) -> bytes:
    """The bytes between `begin 644 name` and `end`; lines that are no uuencode are passed over."""
    out = []
    for line in lines:
        if line.startswith(b"begin ") or line.strip() in {b"end", b"`", b""}:
            continue
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            size = (((line[0] - 32) & 63) * 4 + 5) // 3  # trailing characters of broken encoders
            try:
                out.append(binascii.a2b_uu(line[:size]))
            except binascii.Error:
                continue
    return b"".join(out)
