"""Which parts of a mail are its words and which its attachments.

Chooses between alternatives, joins what stands in a row, takes uuencoded files out of text and
names what has no name. The words stay as they are here: quoting and html work on them after.
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from bots.email import charsets, cms, headers, html, structure
from bots.email.charsets import Hint
from bots.email.structure import Part

TEXT_LIMIT = 1024 * 1024  # characters
HTML_READ_LIMIT = 2 * 1024 * 1024  # what is read at all of an HTML body too big to be shown
FILE_LIMIT = 50
LOOKS = 50  # at alternatives, for the one that shows something
PAYLOAD_LIMIT = 25 * 1024 * 1024
NAME_LIMIT = 200

_UU_BEGIN = re.compile(r"^begin [0-7]{3,4} (\S.{0,200})$")
_PGP = "-----BEGIN PGP MESSAGE-----"
_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
_SIGNATURE, _SIGNATURE_ENDS = "-----BEGIN PGP SIGNATURE-----", "-----END PGP SIGNATURE-----"
_ESCAPED = re.compile(r"^- ", re.MULTILINE)
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\r\n\t]')
_NO_WORDS = frozenset(
    {"text/calendar", "text/csv", "text/vcard", "text/x-vcard", "text/directory", "text/xml"}
    | {"text/rfc822-headers", "text/css", "text/javascript"}
)
# The system's own table differs from machine to machine.
_ENDINGS = {
    "application/gzip": ".gz",
    "application/json": ".json",
    "application/msword": ".doc",
    "application/pdf": ".pdf",
    "application/pgp-signature": ".asc",
    "application/pkcs7-mime": ".p7m",
    "application/pkcs7-signature": ".p7s",
    "application/x-pkcs7-signature": ".p7s",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/zip": ".zip",
    "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg",
    "image/bmp": ".bmp",
    "image/gif": ".gif",
    "image/heic": ".heic",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/svg+xml": ".svg",
    "image/tiff": ".tiff",
    "image/webp": ".webp",
    "message/delivery-status": ".txt",
    "message/disposition-notification": ".txt",
    "message/feedback-report": ".txt",
    "message/rfc822": ".eml",
    "text/calendar": ".ics",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/plain": ".txt",
    "text/rfc822-headers": ".txt",
    "text/vcard": ".vcf",
    "video/mp4": ".mp4",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    name: str
    media_type: str  # as the mail says; nobody should believe it
    payload: bytes = field(repr=False)
    content_id: str = ""
    is_inline: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """One body in a row of bodies."""

    text: str
    is_html: bool
    is_tame: bool = True  # HTML that may be given to a library


@dataclass(slots=True)
class Collector:
    raw: bytes
    hint: Hint
    words: list[Body] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    notices: set[str] = field(default_factory=set)
    is_outermost: bool = True  # not what stands within a signature
    _size: int = 0
    _read: int = 0  # characters of all bodies
    _looks: int = 0
    _names: Counter[str] = field(default_factory=Counter)

    def take(self, part: Part) -> None:
        kind = part.media_type
        if not part.children:
            self._take_leaf(part)
        elif kind == "multipart/alternative":
            self._take_alternative(part)
        elif kind in {"multipart/signed", "multipart/report"}:
            if kind == "multipart/signed":
                self.notices.add("signed_not_checked")
            self.take(part.children[0])
            self._attach_all(part.children[1:])
        elif kind == "multipart/encrypted":
            self.notices.add("encrypted")
            self._attach_all(part.children)
        else:
            for child in part.children:
                self.take(child)

    def _attach_all(self, parts: tuple[Part, ...]) -> None:
        for part in parts:
            for leaf in part.walk():
                if not leaf.children:
                    self._attach(leaf)

    def _take_leaf(self, part: Part) -> None:
        if not self._is_words(part):
            self._attach(part)
            return
        is_html = part.media_type == "text/html"
        left = (HTML_READ_LIMIT if is_html else TEXT_LIMIT) - self._read
        if left <= 0:
            self.notices.add("text_cut")
            self._attach(part)
            return
        body = structure.payload(self.raw, part)
        (self._take_html if is_html else self._take_plain)(body, part, left)
        self._read += len(self.words[-1].text)

    def _is_words(self, part: Part) -> bool:
        if not part.media_type.startswith("text/") or part.media_type in _NO_WORDS:
            return False
        if part.disposition == "attachment":
            return False
        return not part.filename or (not self.words and part.disposition != "inline")

    def _take_html(self, body: bytes, part: Part, left: int) -> None:
        text = charsets.decode(body[: left * 2], part.charset, hint=self.hint)
        text = headers.clean_body(text)[:left]
        is_tame = html.is_tame(text)
        if not is_tame:
            self.notices.add("html_not_shown")
            self._add("message.html", "text/html", body)
        self.words.append(Body(text, is_html=True, is_tame=is_tame))

    def _take_plain(self, body: bytes, part: Part, left: int) -> None:
        text = charsets.decode(body[: left * 4], part.charset, hint=self.hint)
        text = headers.clean_body(text)
        is_cut = len(text) > left or len(body) > left * 4
        text = text[:left]
        if part.parameters.get("format", "").lower() == "flowed":
            text = flowed(text, delsp=part.parameters.get("delsp", "").lower() == "yes")
        if "\nbegin " in text or text.startswith("begin "):
            text = self._without_uu(text)
        if is_cut:
            self.notices.add("text_cut")
            self._add("message.txt", "text/plain", body)
        if _PGP in text[:2000]:
            self.notices.add("encrypted")
        if text.lstrip().startswith(_SIGNED) and _SIGNATURE in text:
            self.notices.add("signed_not_checked")
            text = _without_armour(text)
        self.words.append(Body(text, is_html=False))

    def _take_alternative(self, part: Part) -> None:
        """HTML if it shows anything, else plain text; files of all alternatives are kept."""
        chosen = self._chosen(part)
        for child in part.children:
            if child is chosen:
                self.take(child)
                continue
            for leaf in child.walk():
                if not leaf.children and not self._is_alternative_text(leaf):
                    self._attach(leaf)

    def _is_alternative_text(self, leaf: Part) -> bool:
        is_text = leaf.media_type.startswith("text/") and leaf.media_type not in _NO_WORDS
        return is_text and leaf.disposition != "attachment"

    def _chosen(self, part: Part) -> Part | None:
        with_html = [child for child in part.children if self._shows(child, "text/html")]
        if with_html:
            return with_html[-1]
        plain = [child for child in part.children if self._shows(child, "text/plain")]
        if plain:
            return plain[-1]
        texts = [child for child in part.children if child.media_type.startswith("text/h")]
        return (texts or [*part.children])[-1]

    def _shows(self, child: Part, media_type: str) -> bool:
        for leaf in child.walk():
            if leaf.media_type == media_type and leaf.disposition != "attachment":
                self._looks += 1
                if self._looks > LOOKS:
                    return False
                body = structure.payload(self.raw, leaf)[:HTML_READ_LIMIT]
                text = charsets.decode(body, leaf.charset, hint=self.hint)
                if html.shows_words(text) if media_type == "text/html" else text.strip():
                    return True
        return False

    def _attach(self, part: Part) -> None:
        kind = part.media_type
        body = structure.payload(self.raw, part)
        if kind in {"application/pkcs7-mime", "application/x-pkcs7-mime"}:
            self._take_signed(body, part)
        if kind == "application/ms-tnef" or part.filename.lower() == "winmail.dat":
            self.notices.add("tnef")
        name = part.filename
        if kind == "message/rfc822" and not name:
            inner = headers.read_block(body, 0, len(body), is_top=True).headers
            name = (inner.text("subject", self.hint)[: NAME_LIMIT - 4] or "message") + ".eml"
        self._add(name, kind, body, part)

    def _take_signed(self, body: bytes, part: Part) -> None:
        """The mail within a signature, where it is one; what is encrypted nobody here can read."""
        within = cms.signed_content(body) if self.is_outermost else None
        if within is not None:
            outer, self.raw, self.is_outermost = self.raw, within, False
            self.take(structure.Reader(within, notices=self.notices).read())
            self.raw, self.is_outermost = outer, True
        is_signed = part.parameters.get("smime-type", "").lower() == "signed-data"
        self.notices.add("encrypted" if within is None and not is_signed else "signed_not_checked")

    def _add(self, name: str, kind: str, body: bytes, part: Part | None = None) -> None:
        if len(self.attachments) >= FILE_LIMIT or self._size + len(body) > PAYLOAD_LIMIT:
            self.notices.add("attachments_cut")
            return
        self._size += len(body)
        one = Attachment(
            name=safe_name(name) or self._invented(kind),
            media_type=kind,
            payload=body,
            content_id=part.content_id if part else "",
            is_inline=bool(part and part.disposition == "inline" and kind.startswith("image/")),
        )
        self.attachments.append(one)

    def _invented(self, kind: str) -> str:
        known = {"message/delivery-status": "delivery-status", "text/rfc822-headers": "headers"}
        stem = known.get(kind) or kind.partition("/")[0].replace("application", "file")
        self._names[stem] += 1
        return f"{stem}-{self._names[stem]}{_ENDINGS.get(kind, '.bin')}"

    def _without_uu(self, text: str) -> str:
        kept: list[str] = []
        coded: list[str] | None = None
        name = ""
        for line in text.split("\n"):
            begun = _UU_BEGIN.match(line)
            if coded is None and begun:
                name, coded = begun[1], []
            elif coded is None:
                kept.append(line)
            elif line.strip() == "end":
                body = structure.from_uu([one.encode("ascii", "replace") for one in coded])
                self._add(name, "application/octet-stream", body)
                coded = None
            else:
                coded.append(line)
        if coded is not None:  # never ended: it was text
            kept += [f"begin 644 {name}", *coded]
        return "\n".join(kept)


def _without_armour(text: str) -> str:
    """What was signed in the open, as it was written, and what follows it (RFC 9580, 7)."""
    signed, _, rest = text.partition(_SIGNATURE)
    _, _, written = signed.partition("\n\n")  # behind the armour's own head
    return _ESCAPED.sub("", written) + rest.partition(_SIGNATURE_ENDS)[2]


def safe_name(name: str) -> str:
    """The last element of a path, without what hides, turns or breaks; at most 200 letters."""
    last = re.split(r"[\\/]", headers.clean(name))[-1]
    plain = _FORBIDDEN.sub("_", last).strip(" .")
    if len(plain) <= NAME_LIMIT:
        return plain
    stem, dot, ending = plain.rpartition(".")
    short = f"{stem[: NAME_LIMIT - len(ending) - 1]}{dot}{ending}"
    return short if stem and len(ending) < NAME_LIMIT // 4 else plain[:NAME_LIMIT]


def flowed(text: str, *, delsp: bool) -> str:
    """RFC 3676: a line that ends in a space goes on in the next one of the same quote depth."""
    out: list[list[str]] = []
    open_marks: str | None = None
    for line in text.split("\n"):
        marks = line[: len(line) - len(line.lstrip(">"))]
        content = line[len(marks) :].removeprefix(" ")
        shown = f"{marks} {content}" if marks else content
        if open_marks is not None and marks == open_marks and content != "-- ":
            if delsp:
                out[-1][-1] = out[-1][-1].removesuffix(" ")
            out[-1].append(content)
        else:
            out.append([shown])
        open_marks = marks if content.endswith(" ") and content != "-- " else None
    return "\n".join("".join(pieces) for pieces in out)


def shown_inline(attachments: list[Attachment], shown_html: str | None) -> list[Attachment]:
    """Parts that the HTML refers to are inline; others with a Content-ID are plain attachments."""
    referred = set(re.findall(r'src="cid:([^"]{1,300})"', shown_html or ""))
    return [
        replace(one, is_inline=one.content_id in referred if one.content_id else one.is_inline)
        for one in attachments
    ]
