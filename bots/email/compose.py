"""Builds the bytes of an outgoing mail: headers, text and HTML, files, thread.

The words come ready from templates; sending them is left to send. Headers are written here and
not by the standard library, which folds long ids into encoded words.
"""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256
from typing import Literal
from urllib.parse import quote

from bots.email.addresses import Address
from bots.email.attachments import Attachment
from bots.email.classes import LOOP_HEADER

REFERENCE_LIMIT = 20
LINE = 76
WORD_BYTES = 42  # of UTF-8 in one encoded word, which must not be longer than 75 characters
_CRLF = "\r\n"

_PREFIX = re.compile(
    r"^(?:(?:re|aw|sv|odp|odg|r|rif|απ|σχετ|відп|ha|vá|ynt)(?:\[\d+\]|\(\d+\))?\s*:\s*)+",
    re.IGNORECASE,
)
_ATOM = re.compile(r"[\w!#$%&'*+/=?^`{|}~ -]*", re.ASCII)
_ADDRESS = re.compile(r"[^\s<>@,;:\"()\[\]\\]+@[^\s<>@,;:\"()\\]+")
_CONTROL = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{3,900}>")


class HeaderRefused(ValueError):
    """A value that would break out of its header, or that no mail server would take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    sender: Address
    to: Sequence[Address]
    cc: Sequence[Address] = ()
    reply_to: str | None = None
    subject: str
    text: str = field(repr=False)
    html: str | None = field(default=None, repr=False)
    attachments: Sequence[Attachment] = ()
    message_id: str
    in_reply_to: str | None = None
    references: Sequence[str] = ()  # of the mail answered; its own id is added
    written_at: datetime
    automatic: Literal["auto-replied", "auto-generated"] | None = None
    language: str | None = None


def build(mail: Outgoing) -> bytes:
    """Raises HeaderRefused; everything else can be sent."""
    head = _headers(mail)
    kind, body = _body(mail)
    lines = [*head, "MIME-Version: 1.0", *kind]
    return (_CRLF.join(lines) + _CRLF * 2).encode("ascii") + body


def reply_subject(original: str) -> str:
    """`Re: ` once, whatever prefixes gathered on the way."""
    bare = _PREFIX.sub("", original.strip()).strip()
    return f"Re: {bare}" if bare else "Re:"


def references(thread: Sequence[str], answered: str | None) -> tuple[str, ...]:
    """At most 20: the first, which names the thread, and the last 19."""
    whole = tuple(dict.fromkeys((*thread, *((answered,) if answered else ()))))
    return whole if len(whole) <= REFERENCE_LIMIT else (whole[0], *whole[1 - REFERENCE_LIMIT :])


def _headers(mail: Outgoing) -> list[str]:
    lines = [f"From: {_people([mail.sender])}", f"To: {_people(mail.to)}"]
    if mail.cc:
        lines.append(f"Cc: {_people(mail.cc)}")
    if mail.reply_to:
        lines.append(f"Reply-To: {_people([Address('', mail.reply_to)])}")
    lines.append(f"Subject: {_words(mail.subject, len('Subject: '))}")
    lines.append(f"Date: {format_datetime(mail.written_at)}")
    lines.append(f"Message-ID: {_id(mail.message_id)}")
    if mail.in_reply_to:
        lines.append(f"In-Reply-To: {_id(mail.in_reply_to)}")
    thread = references(mail.references, mail.in_reply_to)
    if thread:
        lines.append("References: " + f"{_CRLF} ".join(_id(one) for one in thread))
    if mail.language:
        lines.append(f"Content-Language: {_words(mail.language, 0)}")
    return lines + _automatic(mail)


def _automatic(mail: Outgoing) -> list[str]:
    if mail.automatic is None:
        return []
    return [
        f"Auto-Submitted: {mail.automatic}",
        "X-Auto-Response-Suppress: All",
        f"{LOOP_HEADER}: {ascii_address(mail.sender.address)}",
    ]


def _people(people: Sequence[Address]) -> str:
    if not people:
        raise HeaderRefused("nobody to write to")
    return f",{_CRLF} ".join(_person(one) for one in people)


def _person(one: Address) -> str:
    address = ascii_address(one.address)
    name = _checked(one.name)
    if not name:
        return address
    if not name.isascii():
        return f"{_encoded(name)} <{address}>"
    if not _ATOM.fullmatch(name):
        name = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{name} <{address}>"


def ascii_address(address: str) -> str:
    """As servers without SMTPUTF8 take it. Raises HeaderRefused where there is no such form."""
    if not _ADDRESS.fullmatch(_checked(address)):
        raise HeaderRefused("no address")
    local, _, domain = address.rpartition("@")
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode("ascii")
        except UnicodeError as error:
            raise HeaderRefused("no domain") from error
    if not local.isascii():
        raise HeaderRefused("an address outside ASCII")
    return f"{local}@{domain}"


def is_message_id(text: str) -> bool:
    """Others' ids are not always ones that a header can carry."""
    return bool(_MESSAGE_ID.fullmatch(text))


def _id(message_id: str) -> str:
    if not is_message_id(message_id):
        raise HeaderRefused("no message id")
    return message_id


def _checked(text: str) -> str:
    if _CONTROL.search(text):
        raise HeaderRefused("a control character in a header")
    return text


def _words(text: str, used: int) -> str:
    """ASCII folded at spaces, the rest as encoded words."""
    checked = _checked(text)
    if not checked.isascii() or "=?" in checked:
        return _encoded(checked)
    if any(len(word) > LINE for word in checked.split(" ")):
        return checked if len(checked) + used <= LINE else _encoded(checked)
    lines, length = [""], used
    for word in checked.split(" "):
        if length + len(word) > LINE and lines[-1].strip():
            lines.append("")
            length = 0
        lines[-1] += f" {word}" if lines[-1] or len(lines) > 1 else word
        length += len(word) + 1
    return _CRLF.join(lines)


def _encoded(text: str) -> str:
    """RFC 2047 in UTF-8; no letter is cut between two words."""
    chunks = [b""]
    for letter in text:
        raw = letter.encode("utf-8", "replace")
        if len(chunks[-1]) + len(raw) > WORD_BYTES:
            chunks.append(b"")
        chunks[-1] += raw
    coded = (base64.b64encode(chunk).decode("ascii") for chunk in chunks)
    return f"{_CRLF} ".join(f"=?utf-8?b?{one}?=" for one in coded)


def _body(mail: Outgoing) -> tuple[list[str], bytes]:
    """The header lines of the outermost part, and its bytes."""
    kind, body = _text_part("plain", mail.text)
    inline = [one for one in mail.attachments if one.is_inline and one.content_id and mail.html]
    others = [one for one in mail.attachments if one not in inline]
    if mail.html is not None:
        shown = _text_part("html", mail.html)
        if inline:
            shown = _multipart(mail, "related", [shown, *map(_file, inline)])
        kind, body = _multipart(mail, "alternative", [(kind, body), shown])
    if others:
        kind, body = _multipart(mail, "mixed", [(kind, body), *map(_file, others)])
    return kind, body


def _text_part(subtype: str, text: str) -> tuple[list[str], bytes]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"
    coded = binascii.b2a_qp(lines.encode("utf-8", "replace"), istext=True)
    kind = [
        f'Content-Type: text/{subtype}; charset="utf-8"',
        "Content-Transfer-Encoding: quoted-printable",
    ]
    return kind, coded.replace(b"\n", b"\r\n")


def _file(one: Attachment) -> tuple[list[str], bytes]:
    if not re.fullmatch(r"[\w.+-]{1,80}/[\w.+-]{1,120}", one.media_type, re.ASCII):
        raise HeaderRefused("no media type")
    disposition = "inline" if one.is_inline and one.content_id else "attachment"
    kind = [
        f"Content-Type: {one.media_type}",
        "Content-Transfer-Encoding: base64",
        f"Content-Disposition: {disposition};{_filename(one.name)}",
    ]
    if one.content_id:
        kind.append(f"Content-ID: {_id(f'<{one.content_id}>')}")
    return kind, base64.encodebytes(one.payload).replace(b"\n", b"\r\n")


def _filename(name: str) -> str:
    """RFC 2231, in pieces where one line would be too long."""
    checked = _checked(name)
    if (
        checked.isascii()
        and _ATOM.fullmatch(checked.replace(".", ""))
        and len(checked) < LINE - 16
    ):
        return f'{_CRLF} filename="{checked}"'
    units = re.findall(r"%[0-9A-F]{2}|.", quote(checked.encode("utf-8", "replace"), safe=""))
    pieces = ["".join(units[place : place + 20]) for place in range(0, len(units), 20)]
    if len(pieces) == 1:
        return f"{_CRLF} filename*=utf-8''{pieces[0]}"
    numbered = (f"filename*{number}*={piece}" for number, piece in enumerate(pieces))
    return ";".join(f"{_CRLF} {one}" for one in numbered).replace("*0*=", "*0*=utf-8''", 1)


def _multipart(
    mail: Outgoing, subtype: str, parts: Sequence[tuple[list[str], bytes]]
) -> tuple[list[str], bytes]:
    # "=_" stands in no quoted-printable and no base64, so no body can hold the boundary.
    seed = sha256(f"{mail.message_id} {subtype}".encode()).hexdigest()[:24]
    boundary = f"=_{seed}"
    out = []
    for kind, body in parts:
        head = _CRLF.join(kind).encode("ascii")
        out.append(f"--{boundary}\r\n".encode() + head + b"\r\n\r\n" + body)
    whole = b"\r\n".join(out) + f"\r\n--{boundary}--\r\n".encode()
    return [f'Content-Type: multipart/{subtype};{_CRLF} boundary="{boundary}"'], whole
