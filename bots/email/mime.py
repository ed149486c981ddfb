"""Raw bytes to a Mail: who wrote, to whom, when, what, with which files, and in which thread.

Pure and never fails on content: what can't be read is left out, what is too much is cut, and
`notices` says so. The layers below: structure, headers, addresses, charsets, bodies, html,
html_text, quoting, classes, calendars, bounces. Fetching is left to receive, meaning to translate.
"""

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache

from bots.email import (
    addresses,
    bodies,
    bounces,
    calendars,
    charsets,
    classes,
    headers,
    html,
    html_text,
    quoting,
    structure,
)
from bots.email.addresses import Address
from bots.email.attachments import Attachment
from bots.email.bodies import Body
from bots.email.bounces import Bounce
from bots.email.charsets import Hint
from bots.email.classes import MailClass
from bots.email.headers import FIELD_LIMIT, Headers
from bots.email.structure import Part
from intake.errors import Unreadable
from intake.forwards import is_forward

REFERENCE_LIMIT = 100
DATE_LIMIT = 100
YEARS = (1980, 2100)
PERHAPS_CALENDARS = (MailClass.NORMAL, MailClass.LIST, MailClass.BULK, MailClass.AUTO_REPLY)
SILENT_HTML = 20  # that many characters outside tags must not become an empty text

_MESSAGE_ID = re.compile(r"<([^<>\s]{1,900})>")
_BARE_ID = re.compile(r"^[^<>\s@]{1,400}@[^<>\s@]{1,400}$")
_DELIVERED = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail, read. `from_`, if nothing usable was written, has an empty address.

    `notices` are words of: addresses_cut, attachments_cut, encrypted, headers_cut,
    html_not_shown, nesting_cut, parts_cut, remote_images, signed_not_checked, text_cut, tnef.
    """

    message_id: str  # with its angle brackets, "" if missing
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    from_: Address
    requester: Address  # who wrote it: From, but of a web form whoever filled it in
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    recipients: tuple[str, ...]  # To, Cc, Delivered-To and such, lower case, each once
    subject: str
    sent_at: datetime | None  # what the mail says; may lie in the future
    words: quoting.Words = field(repr=False)
    full_text: str = field(repr=False)
    html: str | None = field(repr=False)  # cleaned, images only as cid:
    attachments: tuple[Attachment, ...]
    mail_class: MailClass
    bounce: Bounce | None
    notices: tuple[str, ...]
    headers: Headers = field(repr=False)

    @property
    def text(self) -> str:
        """The new words only; "" if the mail has none."""
        return self.words.shown

    @property
    def is_of_form(self) -> bool:
        """Whether somebody else than its sender is said to have written it."""
        return self.requester != self.from_

    @property
    def may_be_answered_by_machine(self) -> bool:
        is_perhaps_a_persons = self.mail_class in (
            MailClass.NORMAL,
            MailClass.LIST,
            MailClass.DOUBTFUL,
        )
        return is_perhaps_a_persons and not classes.is_never_answered(self.requester.address)


@charsets.of_one_mail()
def read(
    raw: bytes, *, own_addresses: Collection[str] = (), web_forms: Collection[str] = ()
) -> Mail:
    """`own_addresses` are our mailboxes, `web_forms` write for visitors; both in lower case.

    Raises Unreadable only for an envelope without a single byte of content.
    """
    raw = _in_lines(raw)
    reader = structure.Reader(raw)
    root = reader.read()
    hint = cache(lambda: _hint(root))
    collector = bodies.Collector(raw, hint)
    collector.take(root)
    shown = _Shown.of(collector.words)
    subject = root.headers.text("subject", hint)
    people = _People.of(root.headers, hint)
    requester = people.visitor(own_addresses, web_forms) or people.from_
    mail_class = classes.classify(root, subject, requester.address, own_addresses=own_addresses)
    return Mail(
        message_id=_message_id(root.headers),
        in_reply_to=_ids(root.headers, "in-reply-to"),
        references=_ids(root.headers, "references"),
        from_=people.from_,
        requester=requester,
        reply_to=people.reply_to,
        to=people.to,
        cc=people.cc,
        recipients=people.recipients,
        subject=subject,
        sent_at=_date(root.headers),
        words=_new_words(shown.text, subject),
        full_text=shown.text,
        html=shown.html,
        attachments=collector.files.shown_with(shown.html),
        mail_class=_unless_calendars(mail_class, raw, root),
        bounce=bounces.read(raw, root) if root.children else None,
        notices=tuple(sorted(reader.notices | collector.notices | shown.notices | people.notices)),
        headers=root.headers,
    )


def _unless_calendars(found: MailClass, raw: bytes, root: Part) -> MailClass:
    is_so = found in PERHAPS_CALENDARS and calendars.is_mere_answer(raw, root)
    return MailClass.CALENDAR if is_so else found


def _in_lines(raw: bytes) -> bytes:
    if not raw.strip():
        raise Unreadable("empty_mail")
    return raw if b"\n" in raw else raw.replace(b"\r", b"\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What tells a mail from others."""

    key: str
    is_lone: bool  # whether only the same mail can have that key: it names its moment or itself
    sender: str  # address in lower case
    subject: str


@charsets.of_one_mail()
def identify(raw: bytes) -> Identity:
    """Without reading the bodies, nor where they begin unless the headers leave doubts."""
    head = headers.read_block(raw, 0, len(raw), is_top=True)
    found, hint = head.headers, cache(lambda: _hint(structure.Reader(raw).read()))
    return Identity(
        key=_key(raw, found, head.body_start),
        is_lone=any(found.first(name).strip() for name in ("message-id", "date")),
        sender=_sender(found, hint).address.lower(),
        subject=found.text("subject", hint),
    )


def _hint(root: Part) -> str | None:
    """The charset of the first text that names one."""
    named = (part.charset for part in root.walk() if part.media_type.startswith("text/"))
    return next((charset for charset in named if charset), None)


def _new_words(full: str, subject: str) -> quoting.Words:
    """A forwarded text is what the sender wants to show: it stays whole."""
    return quoting.Words(full, full) if is_forward(subject) else quoting.new_words(full)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    text: str
    html: str | None
    notices: frozenset[str]

    @classmethod
    def of(cls, words: list[Body]) -> "_Shown":
        texts, htmls, notices = [], [], set()
        for one in words:
            if not one.is_html:
                texts.append(one.text)
                htmls.append(_as_html(one.text))
            elif one.is_tame:
                texts.append(_text_of(one.text))
                cleaned, blocked = html.clean(one.text)
                htmls.append(cleaned.strip())
                notices |= {"remote_images"} if blocked else set()
            else:
                texts.append(html.strip(one.text))
        has_html = any(one.is_html for one in words) and all(one.is_tame for one in words)
        text = "\n\n".join(text.strip("\n") for text in texts if text.strip())
        return cls(
            text=text[: bodies.TEXT_LIMIT].rstrip(),
            html="\n".join(htmls) if has_html else None,
            notices=frozenset(notices),
        )


def _text_of(source: str) -> str:
    text = html_text.from_html(html.mark(source))
    if text.strip():
        return text
    stripped = html.strip(source)
    return stripped if len("".join(stripped.split())) > SILENT_HTML else text


def _as_html(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<p>{escaped.strip().replace(chr(10), '<br>')}</p>"


@dataclass(frozen=True, slots=True, kw_only=True)
class _People:
    from_: Address
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    recipients: tuple[str, ...]
    notices: frozenset[str]

    @classmethod
    def of(cls, found: Headers, hint: Hint) -> "_People":
        named = {name: _named(found, name, hint) for name in ("to", "cc", "reply-to", *_DELIVERED)}
        to, cc, reply_to, *others = (people for people, _ in named.values())
        delivered = [one for people in others for one in people]
        is_cut = any(is_cut for _, is_cut in named.values())
        everyone = (one.address.lower() for one in (*to, *cc, *delivered) if one.address)
        return cls(
            from_=_sender(found, hint),
            reply_to=tuple(one for one in reply_to if one.address),
            to=to,
            cc=cc,
            recipients=tuple(dict.fromkeys(everyone)),
            notices=frozenset({"addresses_cut"} if is_cut else ()),
        )

    def visitor(
        self, own_addresses: Collection[str], web_forms: Collection[str]
    ) -> Address | None:
        """A web form writes from an address that is known for it; Reply-To names its writer.

        Of no-reply addresses, ours and the writer's own organisation's count: one of anywhere
        would let a stranger write in anybody's name.
        """
        sender = self.from_.address.lower()
        named = {one.address.lower(): one for one in self.reply_to}
        if len(named) != 1:
            return None
        (address, visitor), *_ = named.items()
        is_form = sender in own_addresses or sender in web_forms
        homes = (*own_addresses, address)
        if not is_form and classes.is_no_reply(sender):
            is_form = any(addresses.are_of_one_domain(sender, home) for home in homes)
        is_ours = classes.without_token(address) in own_addresses
        is_refused = not is_form or is_ours or classes.is_never_answered(address)
        return None if is_refused else visitor


def _named(found: Headers, name: str, hint: Hint) -> tuple[tuple[Address, ...], bool]:
    """The addresses of all headers of that name, and whether there were too many."""
    if not found.has(name):
        return (), False
    value = b",".join(found.all(name))
    people, is_cut = addresses.read(value[:FIELD_LIMIT], hint)
    return people, is_cut or len(value) > FIELD_LIMIT


def _sender(found: Headers, hint: Hint) -> Address:
    """From; if it names nobody, Reply-To, Sender, Return-Path; else an empty address."""
    named = addresses.first(found.first("from"), hint)
    if named.address:
        return named
    others = (
        *_named(found, "reply-to", hint)[0],
        *(addresses.first(found.first(n), hint) for n in ("sender", "return-path")),
    )
    address = next((one.address for one in others if one.address), "")
    return Address(named.name, address)


def _message_id(found: Headers) -> str:
    ids = _ids(found, "message-id")
    return ids[0] if ids else ""


def _ids(found: Headers, name: str) -> tuple[str, ...]:
    value = found.first(name).decode("utf-8", "replace").strip()
    ids = [f"<{one}>" for one in _MESSAGE_ID.findall(value)]
    if not ids and _BARE_ID.match(value):
        ids = [f"<{value}>"]
    return tuple(dict.fromkeys(ids[-REFERENCE_LIMIT:]))


def _date(found: Headers) -> datetime | None:
    value = found.text("date")[:DATE_LIMIT]
    try:
        date = parsedate_to_datetime(value)
        date = date.replace(tzinfo=UTC) if date.tzinfo is None else date
        return date.astimezone(UTC) if YEARS[0] <= date.year < YEARS[1] else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _key(raw: bytes, found: Headers, body_start: int) -> str:
    """The same mail twice in one mailbox has the same key; a reused Message-ID has not."""
    digest = hashlib.sha256()
    for name in ("message-id", "date", "from", "subject"):
        value = found.first(name)
        digest.update(b"%d:" % len(value) + value)
    digest.update(memoryview(raw)[body_start:])
    return digest.hexdigest()
