"""Message-IDs and reply addresses that prove which ticket a mail belongs to.

Both carry a code made with a secret key, so that neither can be guessed or changed. What a mail
without them may claim is collected too; whether a claim counts is decided by matching.
"""

import base64
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

MAC_BYTES = 10  # 80 bits are 16 letters of base32
RANDOM_LETTERS = 16

_WORD = re.compile(r"[a-z0-9]{1,40}")
_OWN_ID = re.compile(
    r"<t\.([a-z0-9]{1,40})\.([a-z0-9]{1,40})\.([a-z0-9]{1,40})\.([a-z0-9]{17,40})@([^<>\s@]{1,255})>"
)
_TOKEN = re.compile(r"([a-z0-9]{1,40})\.([a-z0-9]{17,40})")
_BOUNCE_TOKEN = re.compile(r"b\.([a-z0-9]{1,40})\.([a-z0-9]{1,40})\.([a-z0-9]{17,40})")
_TAG = re.compile(r"\[#([A-Za-z0-9-]{1,20})\]")


@dataclass(frozen=True, slots=True)
class OwnId:
    """What a Message-ID or a bounce address of ours names."""

    ticket: str
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Everything in a mail that points to a ticket, strongest first in each tuple."""

    tickets_by_address: tuple[str, ...] = ()  # proven
    entries: tuple[OwnId, ...] = ()  # proven
    bounced: OwnId | None = None  # proven: sent to a bounce address of ours
    tag: str | None = None  # the last of the subject: a guess anybody can make

    @property
    def tickets(self) -> tuple[str, ...]:
        """Proven tickets, each once: address, then In-Reply-To, then the last reference."""
        named = (*self.tickets_by_address, *(entry.ticket for entry in self.entries))
        return tuple(dict.fromkeys(named))


class Threaded(Protocol):
    """What claims are read from; `mime.Mail` is one."""

    @property
    def recipients(self) -> tuple[str, ...]: ...
    @property
    def in_reply_to(self) -> tuple[str, ...]: ...
    @property
    def references(self) -> tuple[str, ...]: ...
    @property
    def subject(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """`keys` by version, one letter or digit each; all verify, `current` signs."""

    keys: Mapping[str, bytes] = field(repr=False)
    current: str
    mailbox: str  # support@firm.example
    earlier: tuple[str, ...] = ()  # addresses that it has had

    def __post_init__(self) -> None:
        if not all(re.fullmatch("[a-z0-9]", version) for version in self.keys):
            raise ValueError("a key version is one small letter or digit")
        if self.current not in self.keys or "@" not in self.mailbox:
            raise ValueError("the current key or the mailbox is missing")

    def message_id(self, ticket: str, entry: str, random: str) -> str:
        """The same arguments give the same id, so a retry of a delivery keeps it."""
        _check(ticket, entry, random)
        domain = self._domain
        mac = self._mac(self.current, "id", ticket, entry, f"{random}@{domain}")
        return f"<t.{ticket}.{entry}.{random}.{mac}@{domain}>"

    def read_message_id(self, message_id: str) -> OwnId | None:
        found = _OWN_ID.fullmatch(message_id.strip().lower())
        if not found:
            return None
        ticket, entry, random, mac, domain = found.groups()
        if not self._is_ours(mac, "id", ticket, entry, f"{random}@{domain}"):
            return None
        return OwnId(ticket, entry)

    def reply_address(self, ticket: str) -> str:
        _check(ticket)
        return self._plus(f"{ticket}.{self._mac(self.current, 'to', ticket, self._own[0])}")

    def read_reply_address(self, address: str) -> str | None:
        """The ticket; letters may have changed their case on the way."""
        mailbox, tag = _parted(address)
        found = _TOKEN.fullmatch(tag)
        if not found or mailbox not in self._own:
            return None
        ticket, mac = found.groups()
        return ticket if self._is_ours(mac, "to", ticket, mailbox) else None

    def bounce_address(self, ticket: str, entry: str) -> str:
        """The envelope sender of a delivery: a report of failure finds back to it."""
        _check(ticket, entry)
        mac = self._mac(self.current, "bounce", ticket, entry, self._own[0])
        return self._plus(f"b.{ticket}.{entry}.{mac}")

    def read_bounce_address(self, address: str) -> OwnId | None:
        mailbox, tag = _parted(address)
        found = _BOUNCE_TOKEN.fullmatch(tag)
        if not found or mailbox not in self._own:
            return None
        ticket, entry, mac = found.groups()
        is_ours = self._is_ours(mac, "bounce", ticket, entry, mailbox)
        return OwnId(ticket, entry) if is_ours else None

    def claims(self, mail: Threaded) -> Claims:
        tickets = (self.read_reply_address(one) for one in mail.recipients)
        bounced = (self.read_bounce_address(one) for one in mail.recipients)
        named = (*mail.in_reply_to, *reversed(mail.references))
        own = map(self.read_message_id, dict.fromkeys(named))
        tags = _TAG.findall(mail.subject)
        return Claims(
            tickets_by_address=tuple(dict.fromkeys(one for one in tickets if one)),
            entries=tuple(dict.fromkeys(entry for entry in own if entry)),
            bounced=next((one for one in bounced if one), None),
            tag=tags[-1] if tags else None,
        )

    @property
    def _own(self) -> tuple[str, ...]:
        return tuple(one.lower() for one in (self.mailbox, *self.earlier))

    @property
    def _domain(self) -> str:
        return self.mailbox.rpartition("@")[2].lower()

    def _plus(self, tag: str) -> str:
        local, _, domain = self.mailbox.rpartition("@")
        return f"{local}+{tag}@{domain}"

    def _mac(self, version: str, *words: str) -> str:
        """The version of the key, then the code; words can't run into one another."""
        message = "".join(f"{len(word)}:{word}" for word in words).encode()
        digest = hmac.digest(self.keys[version], message, "sha256")[:MAC_BYTES]
        return version + base64.b32encode(digest).decode("ascii").lower()

    def _is_ours(self, mac: str, *words: str) -> bool:
        version = mac[:1]
        if version not in self.keys:
            return False
        return hmac.compare_digest(mac.encode(), self._mac(version, *words).encode())


def _parted(address: str) -> tuple[str, str]:
    """The mailbox, and what stands behind its plus."""
    local, _, domain = address.strip().lower().rpartition("@")
    name, _, tag = local.partition("+")
    return f"{name}@{domain}", tag


def _check(*words: str) -> None:
    if not all(_WORD.fullmatch(word) for word in words):
        raise ValueError("only small letters and digits can be signed")
