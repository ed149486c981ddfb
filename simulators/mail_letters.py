"""What people write and read: builds their mails, and parses the mails that reach them.

Uses the standard library's own policy on purpose: an opinion independent of the product's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP, default
from email.utils import format_datetime, make_msgid, parseaddr
from typing import TypedDict, Unpack


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    name: str
    media_type: str
    payload: bytes
    content_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedMail:
    """A mail as the person's mail program shows it."""

    uid: int
    received_at: datetime
    from_name: str
    from_address: str
    reply_to: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: str
    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    text: str
    html: str | None
    attachments: tuple[Enclosure, ...]
    headers: Mapping[str, str]  # names in lower case
    raw: bytes


class Parts(TypedDict, total=False):
    """What else a written mail may have."""

    to: Sequence[str]
    cc: Sequence[str]
    html: str | None
    attachments: Sequence[Enclosure]
    in_reply_to: str | None
    references: Sequence[str]
    message_id: str | None
    headers: Mapping[str, str]
    written_at: datetime


def build(person: str, subject: str, text: str, **parts: Unpack[Parts]) -> EmailMessage:
    """`person` is `olena@firm.test` or `Олена <olena@firm.test>`."""
    mail = EmailMessage(policy=SMTP)
    _name_people(mail, person, parts)
    mail["Subject"] = subject
    mail["Date"] = format_datetime(parts.get("written_at") or datetime.now(UTC))
    domain = parseaddr(person)[1].rpartition("@")[2]
    mail["Message-ID"] = parts.get("message_id") or make_msgid(domain=domain)
    if parent := parts.get("in_reply_to"):
        mail["In-Reply-To"] = parent
        mail["References"] = " ".join(parts.get("references") or (parent,))
    for name, value in parts.get("headers", {}).items():
        mail[name] = value
    mail.set_content(text, cte="quoted-printable")
    if html := parts.get("html"):
        mail.add_alternative(html, subtype="html", cte="quoted-printable")
    for enclosure in parts.get("attachments", ()):
        _enclose(mail, enclosure)
    return mail


def _name_people(mail: EmailMessage, person: str, parts: Parts) -> None:
    name, address = parseaddr(person)
    mail["From"] = Address(display_name=name, addr_spec=address)
    for header, people in (("To", parts.get("to", ())), ("Cc", parts.get("cc", ()))):
        if people:
            named = (parseaddr(one) for one in people)
            mail[header] = tuple(Address(display_name=n, addr_spec=a) for n, a in named)


def _enclose(mail: EmailMessage, enclosure: Enclosure) -> None:
    main, _, sub = enclosure.media_type.partition("/")
    mail.add_attachment(
        enclosure.payload,
        maintype=main,
        subtype=sub,
        filename=enclosure.name,
        disposition="inline" if enclosure.content_id else "attachment",
        cid=f"<{enclosure.content_id}>" if enclosure.content_id else None,
    )


def parse(uid: int, received_at: datetime, raw: bytes) -> ReceivedMail:
    mail = BytesParser(EmailMessage, policy=default).parsebytes(raw)
    name, address = parseaddr(str(mail["From"] or ""))
    html = mail.get_body(("html",))
    return ReceivedMail(
        uid=uid,
        received_at=received_at,
        from_name=name,
        from_address=address,
        reply_to=parseaddr(str(mail["Reply-To"] or ""))[1],
        to=_addresses(mail, "To"),
        cc=_addresses(mail, "Cc"),
        subject=str(mail["Subject"] or ""),
        message_id=str(mail["Message-ID"] or "").strip(),
        in_reply_to=str(mail["In-Reply-To"] or "").strip(),
        references=tuple(str(mail["References"] or "").split()),
        text=_text(mail),
        html=str(html.get_content()) if html else None,
        attachments=tuple(_enclosure(part) for part in mail.iter_attachments()),
        headers={key.lower(): str(value) for key, value in mail.items()},
        raw=raw,
    )


def _addresses(mail: EmailMessage, header: str) -> tuple[str, ...]:
    found = mail[header]
    return tuple(one.addr_spec for one in found.addresses) if found else ()


def _text(mail: EmailMessage) -> str:
    plain = mail.get_body(("plain",))
    return str(plain.get_content()).replace("\r\n", "\n") if plain else ""


def _enclosure(part: EmailMessage) -> Enclosure:
    payload = part.get_payload(decode=True)
    return Enclosure(
        name=part.get_filename() or "",
        media_type=part.get_content_type(),
        payload=payload if isinstance(payload, bytes) else part.as_bytes(),
        content_id=(part["Content-ID"] or "").strip("<> ") or None,
    )


def quote(mail: ReceivedMail, text: str) -> str:
    """The answer on top, the original below with `>`, as most mail programs do it."""
    who = f"{mail.from_name} <{mail.from_address}>".strip()
    when = mail.received_at.strftime("%d.%m.%Y %H:%M")
    quoted = "\n".join(f"> {line}" for line in mail.text.rstrip().splitlines())
    return f"{text.rstrip()}\n\n{when}, {who}:\n{quoted}\n"


def answering(subject: str) -> str:
    return subject if subject.lower().startswith("re:") else f"Re: {subject}"


def report_of_failure(recipient: str, raw: bytes) -> bytes:
    """A delivery status notification (RFC 3464) about a mail that could not be delivered."""
    head = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0].replace(b"\n", b"\r\n")
    domain = recipient.rpartition("@")[2]
    stamp = format_datetime(datetime.now(UTC))
    return (
        f"From: Mail Delivery System <mailer-daemon@{domain}>\r\nSubject: Undelivered Mail\r\n"
        f"Date: {stamp}\r\nMessage-ID: {make_msgid(domain=domain)}\r\n"
        "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=report\r\n\r\n"
        "--report\r\nContent-Type: text/plain\r\n\r\n"
        f"<{recipient}>: user unknown\r\n\r\n"
        "--report\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; mx.{domain}\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 user unknown\r\n\r\n"
        "--report\r\nContent-Type: text/rfc822-headers\r\n\r\n"
    ).encode() + (head + b"\r\n\r\n--report--\r\n")
