"""Which parts of a mail are its words and which its attachments.

Chooses between alternatives and joins what stands in a row. The words stay as they are here:
quoting and html work on them after. How files are kept and named is left to `attachments`.
"""

import re
from dataclasses import dataclass, field

from bots.email import attachments, charsets, cms, headers, html, structure
from bots.email.attachments import NAME_LIMIT, Attachments
from bots.email.charsets import Hint
from bots.email.structure import Part

TEXT_LIMIT = 1024 * 1024  # characters
HTML_READ_LIMIT = 2 * 1024 * 1024  # what is read at all of an HTML body too big to be shown
LOOKS = 50  # at alternatives, for the one that shows something

_PGP = "-----BEGIN PGP MESSAGE-----"
_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
_SIGNATURE, _SIGNATURE_ENDS = "-----BEGIN PGP SIGNATURE-----", "-----END PGP SIGNATURE-----"
_ESCAPED = re.compile(r"^- ", re.MULTILINE)
_NO_WORDS = frozenset(
    {"text/calendar", "text/csv", "text/vcard", "text/x-vcard", "text/directory", "text/xml"}
    | {"text/rfc822-headers", "text/css", "text/javascript"}
)


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
    files: Attachments = field(default_factory=Attachments)
    notices: set[str] = field(default_factory=set)
    is_outermost: bool = True  # not what stands within a signature
    _read: int = 0  # characters of all bodies
    _looks: int = 0

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
            text, coded = attachments.without_uu(text)
            for name, content in coded:
                self._add(name, "application/octet-stream", content)
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
        if not self.files.take(name, kind, body, part):
            self.notices.add("attachments_cut")


def _without_armour(text: str) -> str:
    """What was signed in the open, as it was written, and what follows it (RFC 9580, 7)."""
    signed, _, rest = text.partition(_SIGNATURE)
    _, _, written = signed.partition("\n\n")  # behind the armour's own head
    return _ESCAPED.sub("", written) + rest.partition(_SIGNATURE_ENDS)[2]


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
