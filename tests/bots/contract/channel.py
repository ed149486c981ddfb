"""What the contract asks of a channel: a small driver that plays its platform and its people.

A driver is a class, opened for each test. What it can't keep it names in `exempt`, with the
reason; the table in docs/channels.md shows it.
"""

import json
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path

from intake.messages import Address, Envelope, Message, MessageKind
from intake.ports import Sender
from intake.speech import Delivery, Enclosure, SendResult, Text
from tests.bots.fakes import Blobs, Journal
from tests.conftest import begun

CAPTURED = Path(__file__).parents[2] / "captured"

# What may go wrong with a send, in the words of docs/channels.md.
BLOCKED = "blocked by its person"
TOO_FAST = "too many requests"
BROKEN = "server error"
PAGE = "a page of HTML instead of an answer"
BARRED = "a proxy in between refuses with a page of HTML"
SILENT = "no answer after the request was written"
CLOSED = "a window for answers that has closed"
BAD = "content refused"
REVOKED = "token or login refused"
AWAY = "nobody listens"
FAULTS = (BLOCKED, TOO_FAST, BROKEN, PAGE, BARRED, SILENT, CLOSED, BAD, REVOKED, AWAY)

QUARANTINED = "quarantine"  # a person has to look at it
GREETING = Text(text="Вже йду.")


@dataclass(frozen=True, kw_only=True)
class Content:
    """What one captured payload becomes."""

    kind: MessageKind | str | None = MessageKind.TEXT  # None: filed, nobody need look at it
    subject: str = ""
    text: str = ""
    files: tuple[str, ...] = ()  # their names
    more: str = ""  # a tap, a deep link, a command, or what an unsupported thing was
    automatic: str = "no"


def words(text="", *files, **more) -> Content:
    return Content(text=text, files=files, **more)


def of(kind, more="", text="", *files) -> Content:
    return Content(kind=kind, more=more, text=text, files=files)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One message as its person sees it: `files` by name, `buttons` by label."""

    text: str
    files: dict[str, bytes]
    buttons: dict[str, str]


def dumped(event) -> bytes:
    """As it goes over the wire."""
    return json.dumps(event).encode()


class Channel(ABC):
    """One channel before the contract. `secrets` may appear nowhere."""

    name: str
    title: str
    account: str
    person: str  # Olena's address there
    exempt: dict[str, str] = {}  # promise: why there is nothing to keep
    ends: dict[str, type[SendResult]] = {}  # of FAULTS: how such a send ends
    contents: dict[str, Content] = {}  # of captured payloads, by file
    suffix = "json"
    first: str  # a captured message with words
    second: str = ""  # another of the same conversation
    changed: str = ""  # the first one, changed later
    taken_back: str = ""  # and deleted later
    unknown_content: bytes  # a message, and an event, of a kind that nobody here knows: hologram
    unknown_event: bytes
    poisons: tuple[bytes, ...] = (b"", b"{", b"null", b"\xff", b"[[[[", b"[]", b'"x"')
    secrets: tuple[str, ...] = ()
    limit: int = 0  # of one message, in the platform's own unit
    rates: tuple[tuple[str, int, float], ...] = ()  # "account" or "address": at most, in seconds

    journal: Journal
    blobs: Blobs
    sender: Sender

    @classmethod
    def captured(cls, name: str) -> bytes:
        return (cls.folder() / f"{name}.{cls.suffix}").read_bytes()

    @classmethod
    def folder(cls) -> Path:
        """Where its captured payloads lie."""
        return CAPTURED / cls.name

    @classmethod
    def pair(cls) -> tuple[bytes, bytes]:
        """Two of one conversation."""
        return cls.captured(cls.first), cls.captured(cls.second)

    @classmethod
    @abstractmethod
    def read(cls, payload: bytes) -> list[Message]:
        """Translate one payload of the platform's."""

    @abstractmethod
    async def deliver(self, payload: bytes, *, is_genuine: bool = True) -> bool:
        """The platform hands this over; whether it was acknowledged."""

    @abstractmethod
    def translate(self, envelope: Envelope) -> list[Message]: ...

    @abstractmethod
    async def bring(self, name: str, content: bytes) -> bytes:
        """Olena sends a file, and it is fetched."""

    @abstractmethod
    async def tap(self, label: str) -> Message:
        """Olena taps a button of the newest message, or types its words."""

    @abstractmethod
    def shown(self) -> list[Shown]:
        """What has reached Olena."""

    @abstractmethod
    async def provoke(self, fault: str) -> None:
        """Let the next send meet one of FAULTS."""

    @staticmethod
    def units(text: str) -> int:
        """How long the platform finds it."""
        return len(text)

    def said(self) -> list[str]:
        """The words of all that is kept."""
        return [one.text for kept in self.journal.kept.values() for one in self.translate(kept)]

    def delivery(self, body=GREETING, **more) -> Delivery:
        address = Address(channel=self.name, account=self.account, external_id=self.person)
        return Delivery(id=7, address=address, body=body, ticket_id=1042, **more)

    def enclosure(self, name: str, content: bytes, media_type: str) -> Enclosure:
        sha256 = self.blobs.write(content)
        return Enclosure(name=name, media_type=media_type, size=len(content), sha256=sha256)

    async def send(self, body=GREETING, **more) -> SendResult:
        return await self.sender.send(self.delivery(body, **more), begun)
