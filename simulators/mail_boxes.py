"""Mailboxes, folders and the mails in them, as a mail server keeps them: UIDs, flags, dates.

Holds bytes and rings a bell at each change. Protocols are left to mail_imap and mail_server,
the content of mails to mail_letters.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

SPECIAL_FOLDERS = {"Sent": "\\Sent", "Junk": "\\Junk", "Trash": "\\Trash"}


class Bell:
    """Wakes everyone who waits for a change."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()
        self._rung = asyncio.Event()

    def wait(self) -> Coroutine[Any, Any, bool]:
        """Wait for the next ring after this call, also when it comes before the await."""
        return self._rung.wait()


@dataclass(slots=True, kw_only=True)
class StoredMail:
    uid: int
    raw: bytes
    stored_at: datetime
    flags: set[str] = field(default_factory=set)


class Folder:
    def __init__(self, name: str, uidvalidity: int) -> None:
        self.name = name
        self.uidvalidity = uidvalidity
        self.next_uid = 1
        self.mails: dict[int, StoredMail] = {}

    def add(
        self, raw: bytes, flags: set[str] | None = None, stored_at: datetime | None = None
    ) -> StoredMail:
        when = stored_at or datetime.now(UTC)
        mail = StoredMail(uid=self.next_uid, raw=raw, stored_at=when, flags=set(flags or ()))
        self.mails[mail.uid] = mail
        self.next_uid += 1
        return mail

    def renumber(self, uidvalidity: int) -> None:
        """What a server does after losing its index: new UIDVALIDITY, new UIDs, same mails."""
        old = list(self.mails.values())
        self.uidvalidity = uidvalidity
        self.next_uid = 1
        self.mails = {}
        for mail in old:
            self.add(mail.raw, mail.flags, mail.stored_at)


class Mailbox:
    def __init__(self, address: str, numbers: "count[int]") -> None:
        self.address = address
        self._numbers = numbers
        self.folders: dict[str, Folder] = {}
        for name in ("INBOX", *SPECIAL_FOLDERS):
            self.create(name)

    @property
    def inbox(self) -> Folder:
        return self.folders["INBOX"]

    def create(self, name: str) -> Folder:
        return self.folders.setdefault(name, Folder(name, next(self._numbers)))

    def find(self, name: str) -> Folder | None:
        return self.folders.get("INBOX" if name.upper() == "INBOX" else name)

    def renumber(self) -> None:
        for folder in self.folders.values():
            folder.renumber(next(self._numbers))


class Mailboxes:
    """All mailboxes of the server; one is opened for any address that gets mail."""

    def __init__(self) -> None:
        self.bell = Bell()
        self._numbers = count(1_700_000_000)
        self._boxes: dict[str, Mailbox] = {}

    def open(self, address: str) -> Mailbox:
        key = plain_address(address)
        if key not in self._boxes:
            self._boxes[key] = Mailbox(key, self._numbers)
        return self._boxes[key]

    def add_alias(self, alias: str, address: str) -> None:
        """The mailbox has this name too, also to log in with."""
        self._boxes[plain_address(alias)] = self.open(address)

    def find(self, address: str) -> Mailbox | None:
        return self._boxes.get(plain_address(address))

    def addresses(self) -> tuple[str, ...]:
        return tuple(self._boxes)

    def deliver(self, recipient: str, sender: str, raw: bytes) -> StoredMail:
        """Adds the headers that a delivering server adds, and files the mail in INBOX."""
        head = f"Return-Path: <{sender}>\r\nDelivered-To: {recipient}\r\n".encode()
        stored = self.open(recipient).inbox.add(head + raw)
        self.bell.ring()
        return stored


def plain_address(address: str) -> str:
    """`Support+42.abc@Example.test` is delivered to `support@example.test`."""
    local, at, domain = address.strip().strip("<>").lower().rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"
