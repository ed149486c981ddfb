"""A journaled mail to a Message: who, what, which thread, and whether a machine wrote it.

How bytes become words is left to `mime`, which proof a thread carries to `threads`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import orjson

from bots.email import mime
from bots.email.addresses import Address as Person
from bots.email.classes import MailClass, is_never_answered, is_of_mail_system
from bots.email.hidden_links import hidden_links
from bots.email.mime import Mail
from bots.email.proof import is_vouched_for
from bots.email.threads import Claims, OwnId, Signer
from intake.directory import plain_mail
from intake.errors import Needless, Unreadable
from intake.messages import (
    Address,
    AutomaticKind,
    Envelope,
    Failure,
    IncomingFile,
    Message,
    MessageKind,
    Sender,
)
from intake.people import with_plain_at

LONGEST_REASON = 300
LONGEST_WAY = timedelta(days=365)  # of a mail: an older date is a wrong clock's
NOBODY = "unknown"  # who has sent a mail that names no sender; each such mail has its own
NOBODYS_LETTERS = 16
SEARCHED = 200_000  # bytes of a report in which an identity of ours is looked for
NO_SUBJECT = frozenset(
    {"no subject", "none", "без теми", "тема відсутня", "немає теми", "без темы"}
    | {"bez predmetu", "žiadny predmet", "bez předmětu", "χωρίς θέμα", "δεν υπάρχει θέμα"}
    | {"nessun oggetto", "senza oggetto", "kein betreff", "ohne betreff", "brak tematu"}
)
_ANY_ID = re.compile(r"<[^<>\s]{1,300}>")
_AUTOMATIC = {
    MailClass.NORMAL: AutomaticKind.NO,
    MailClass.AUTO_REPLY: AutomaticKind.REPLY,
    MailClass.DOUBTFUL: AutomaticKind.DOUBTFUL,
    MailClass.BOUNCE: AutomaticKind.BOUNCE,
    MailClass.MDN: AutomaticKind.REPLY,
    MailClass.ARF: AutomaticKind.REPLY,
    MailClass.LIST: AutomaticKind.LIST,
    MailClass.BULK: AutomaticKind.BULK,
    MailClass.OWN: AutomaticKind.OWN,
    MailClass.CALENDAR: AutomaticKind.CALENDAR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailTranslator:
    """Reads envelopes of one mailbox; pure but for the raw mail, which never changes."""

    account: str
    own_addresses: frozenset[str]  # in lower case
    signer: Signer
    read_blob: Callable[[str], bytes]
    web_forms: frozenset[str] = frozenset()  # addresses, in lower case
    server: str = ""  # what our mail server signs its Authentication-Results with

    def __call__(self, envelope: Envelope) -> Sequence[Message]:
        facts = orjson.loads(envelope.payload)
        if "sha256" not in facts:
            raise Unreadable("the server would not hand this mail over")
        raw = self.read_blob(facts["sha256"])
        mail = mime.read(raw, own_addresses=self.own_addresses, web_forms=self.web_forms)
        claims = self.signer.claims(mail)
        automatic = _automatic(mail)
        if self.signer.read_message_id(mail.message_id):
            automatic = AutomaticKind.OWN
        lost = _reported(claims, mail, self.signer)
        proven = _proven(claims, lost)
        if automatic is AutomaticKind.OWN:
            raise Unreadable("a mail of our own came back: is it forwarded in a circle?")
        if automatic is AutomaticKind.BOUNCE and proven is None:
            if not envelope.is_requeued:
                raise self._unplaced(raw, mail, claims)
            automatic = _believed(mail)
        return (
            replace(
                self._message(facts, mail),
                automatic=automatic,
                proven_ticket=proven,
                claimed_ticket=None if mail.is_of_form else _number(claims.tag or ""),
                failure=_failure(mail, lost),
            ),
        )

    def _unplaced(self, raw: bytes, mail: Mail, claims: Claims) -> Unreadable:
        """A report that no token places: backscatter, which needs nobody, or it is looked at.

        A person may have written it, or it may be about a mail of ours.
        """
        ids = _ANY_ID.findall(raw[:SEARCHED].decode("ascii", "replace"))
        is_perhaps_ours = bool(claims.tag) or any(map(self.signer.read_message_id, ids))
        is_machines = is_of_mail_system(mail.from_.address, is_report=mail.bounce is not None)
        if is_machines and not is_perhaps_ours:
            return Needless("a report of failure that names no mail of ours")
        return Unreadable("a report of failure: is it about a mail of ours, or a person's?")

    def _message(self, facts: dict[str, object], mail: Mail) -> Message:
        sha256 = str(facts["sha256"])
        address = mail.requester.address.lower()
        sender = plain_mail(address) or address or f"{NOBODY}.{sha256[:NOBODYS_LETTERS]}"
        named = (*mail.in_reply_to, *reversed(mail.references))
        received_at = datetime.fromisoformat(str(facts["received_at"]))
        return Message(
            kind=MessageKind.TEXT,
            address=Address(channel="email", account=self.account, external_id=sender),
            sender=Sender(
                name=_name(mail.requester),
                external_id=sender,
                is_proven=not mail.is_of_form
                and is_vouched_for(mail.headers, address, self.server),
                known_as=address or NOBODY,
            ),
            sent_at=_sent_at(mail, received_at),
            external_id=mail.message_id,
            text=_text(mail),
            read_as=mail.words.read if mail.words.read != mail.text else "",
            full_text=mail.full_text if mail.full_text != mail.text else "",
            subject="" if _is_no_subject(mail.subject) else mail.subject,
            files=_files(mail, sha256),
            thread=() if mail.is_of_form else tuple(dict.fromkeys(named)),
            original=sha256,
            facts=_noteworthy(facts, mail),
        )


def _text(mail: Mail) -> str:
    """Of what a calendar sends only the subject says whether somebody comes."""
    is_calendars = mail.mail_class is MailClass.CALENDAR
    return f"{mail.subject}\n{mail.text}".strip() if is_calendars else mail.text


def _is_no_subject(subject: str) -> bool:
    """What a mail program writes where its person has written none."""
    return subject.strip("()<>[]{} .").lower() in NO_SUBJECT


def _sent_at(mail: Mail, received_at: datetime) -> datetime:
    """What the mail says, unless its sender's clock can't be right."""
    said = mail.sent_at or received_at
    return said if received_at - LONGEST_WAY <= said <= received_at else received_at


def _name(person: Person) -> str:
    """Empty where another address stands in its place; one's own adds nothing to it."""
    name = with_plain_at(person.name)
    if "@" in name:  # else no address is in it, and there is no pattern to compile
        name = re.sub(re.escape(person.address), "", name, flags=re.IGNORECASE)
    return "" if "@" in name else name.strip(" ()[]<>'\"")


def _automatic(mail: Mail) -> AutomaticKind:
    kind = _AUTOMATIC[mail.mail_class]
    if kind.may_be_answered and not mail.may_be_answered_by_machine:
        return AutomaticKind.BULK
    return kind


def _believed(mail: Mail) -> AutomaticKind:
    """Of what an agent takes for a person's: nobody is written to where nobody reads."""
    is_deaf = is_never_answered(mail.requester.address)
    return AutomaticKind.BULK if is_deaf else AutomaticKind.NO


def _proven(claims: Claims, reported: OwnId | None) -> int | None:
    """The ticket that a token of ours proves, strongest first."""
    tickets = [claims.bounced.ticket] if claims.bounced else []
    tickets += claims.tickets
    tickets += [reported.ticket] if reported else []
    return next((number for ticket in tickets if (number := _number(ticket))), None)


def _number(ticket: str) -> int | None:
    return int(ticket) if ticket.isdecimal() else None


def _reported(claims: Claims, mail: Mail, signer: Signer) -> OwnId | None:
    """Which mail of ours a report is about."""
    if mail.mail_class is not MailClass.BOUNCE:
        return None
    original = mail.bounce.original_message_id if mail.bounce else ""
    return claims.bounced or signer.read_message_id(original)


def _failure(mail: Mail, reported: OwnId | None) -> Failure | None:
    """None where it may still arrive. A report in free words is believed to be of a failure."""
    if reported is None or not reported.entry.isdecimal():
        return None
    reports = mail.bounce.reports if mail.bounce else ()
    final = next((one for one in reports if one.is_final), None)
    if reports and final is None:
        return None
    reason = f"{final.status} {final.diagnostic}".strip() if final else mail.subject
    return Failure(
        delivery_id=int(reported.entry),
        reason=reason[:LONGEST_REASON],
        is_lasting=final is not None and final.is_permanent,
    )


def _files(mail: Mail, sha256: str) -> tuple[IncomingFile, ...]:
    return tuple(
        IncomingFile(
            source=orjson.dumps({"sha256": sha256, "part": part}).decode(),
            name=attachment.name,
            media_type=attachment.media_type,
            size=len(attachment.payload),
            is_inline=attachment.is_inline,
        )
        for part, attachment in enumerate(mail.attachments)
    )


def _noteworthy(facts: dict[str, object], mail: Mail) -> dict[str, str]:
    """What an agent should know beside the words."""
    found = {}
    if mail.cc:
        found["cc"] = ", ".join(person.address for person in mail.cc)
    elsewhere = {one.address.lower() for one in mail.reply_to} - {mail.requester.address.lower()}
    if elsewhere:
        found["reply_to"] = ", ".join(sorted(elsewhere))
    if links := hidden_links(mail.html, mail.text):
        found["links"] = links
    if mail.notices:
        found["notices"] = ", ".join(mail.notices)
    if not facts.get("is_whole", True):
        found["cut"] = str(facts["size"])
    return found
