"""One IMAP mailbox, read from one thread: connect, search, fetch, wait. Marks and moves nothing.

imapclient blocks, so every method here runs in the mailbox's own executor. What is done with the
mails is left to `receive`. Rules S1.2, S1.3, S1.12 (RFC 3501, RFC 2177).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

from imapclient import IMAPClient

BATCH_MAILS = 50
BATCH_BYTES = 16_000_000
TIMEOUT = 30.0  # seconds for any answer of the server
IDLE_LOOK = 1.0  # seconds between looks at the stop signal while waiting
HEAD_BYTES = 262_144  # of a mail that is over the limit


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxAccess:
    """Where the mailbox is and how to get in."""

    host: str
    port: int
    has_tls: bool
    login: str
    password: str
    folder: str = "INBOX"
    imports_within: timedelta = timedelta()  # how far back the first start reads
    largest: int = 50_000_000  # bytes; of a larger mail only the head is fetched


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """How far a mailbox has been read; kept as text in our own database."""

    uidvalidity: int
    uid: int

    @classmethod
    def parse(cls, text: str) -> "Place | None":
        validity, _, uid = text.partition(":")
        return cls(uidvalidity=int(validity), uid=int(uid)) if uid else None

    def __str__(self) -> str:
        return f"{self.uidvalidity}:{self.uid}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedMail:
    """A mail as the server holds it; `raw` is None when it would not come in three tries."""

    uid: int
    size: int
    received_at: datetime
    raw: bytes | None
    is_whole: bool = True


class _Client(IMAPClient):  # type: ignore[misc]
    """Sees also what lies in the reader's buffer already, which `idle_check` does not."""

    def has_unread(self) -> bool:
        """Whether news came in one piece with the answer to the last command."""
        connection = self.socket()
        connection.settimeout(0)
        try:
            return bool(self._imap.file.peek(1))
        except OSError:  # TLS says so when nothing is there
            return False
        finally:
            connection.settimeout(TIMEOUT)


class Mailbox:
    """A connection that is made when needed and made again when it broke."""

    def __init__(self, access: MailboxAccess) -> None:
        self._access = access
        self._client: _Client | None = None
        self._uidvalidity = 0
        self._uidnext = 1

    def open(self) -> None:
        """Connect, log in and select, unless that is done. Raises imapclient's errors, OSError."""
        if self._client is not None:
            return
        access = self._access
        client = _Client(access.host, access.port, ssl=access.has_tls, timeout=TIMEOUT)
        try:
            client.login(access.login, access.password)
            client.capabilities()  # asked for now: asked for by `wait`, its answer would eat news
            self._note(client.select_folder(access.folder, readonly=True))
        except BaseException:
            client.shutdown()
            raise
        self._client = client

    def close(self) -> None:
        """Drop the connection; the next `open` makes a new one."""
        client, self._client = self._client, None
        if client is not None:
            client.shutdown()

    def start_of(self, place: Place | None, now: datetime) -> tuple[Place, Sequence[int]]:
        """Where reading goes on, and the uids that wait there, oldest first."""
        client = self._connected()
        if place is not None and place.uidvalidity == self._uidvalidity:
            return place, self._after(place.uid)
        if place is None and not self._access.imports_within:
            return Place(uidvalidity=self._uidvalidity, uid=self._uidnext - 1), ()
        # A new UIDVALIDITY makes every uid worthless: read again, known mails fall out by content.
        back = self._access.imports_within if place is None else timedelta(days=14)
        uids = sorted(client.search(["SINCE", (now - back).date()]))
        # Where nothing is that young, what is older must not come with the next search.
        uid = 0 if uids else self._uidnext - 1
        return Place(uidvalidity=self._uidvalidity, uid=uid), uids

    def fetch(self, uids: Sequence[int]) -> list[FetchedMail]:
        """The first mails of `uids`: at most 50, at most 16 MB together (or one larger)."""
        client = self._connected()
        heads = client.fetch(uids[:BATCH_MAILS], ["RFC822.SIZE", "INTERNALDATE"])
        chosen = list(_within(heads, uids[:BATCH_MAILS]))
        whole = [uid for uid in chosen if heads[uid][b"RFC822.SIZE"] <= self._access.largest]
        bodies = self._bodies(whole)
        return [self._mail(uid, heads[uid], bodies) for uid in chosen]

    def wait(self, within: float, stop: Event) -> None:
        """IDLE until the server has news, `within` seconds passed, or `stop` is set."""
        client = self._connected()
        client.idle()
        try:
            rounds = 0 if client.has_unread() else int(within / IDLE_LOOK)
            for _ in range(rounds):
                if stop.is_set() or client.idle_check(timeout=IDLE_LOOK):
                    break
        finally:
            client.idle_done()

    def _connected(self) -> _Client:
        if self._client is None:
            raise ConnectionError("the mailbox is not open")
        return self._client

    def _note(self, selected: dict[bytes, Any]) -> None:
        self._uidvalidity = int(selected[b"UIDVALIDITY"])
        self._uidnext = int(selected.get(b"UIDNEXT", 1))

    def _after(self, uid: int) -> list[int]:
        # "n:*" always names the highest message, even one below n.
        found = self._connected().search(["UID", f"{uid + 1}:*"])
        return sorted(each for each in found if each > uid)

    def _bodies(self, uids: Sequence[int]) -> dict[int, bytes]:
        if not uids:
            return {}
        answers = self._connected().fetch(uids, ["BODY.PEEK[]"])
        return {uid: answers[uid][b"BODY[]"] for uid in uids if b"BODY[]" in answers.get(uid, {})}

    def _mail(self, uid: int, head: dict[bytes, Any], bodies: dict[int, bytes]) -> FetchedMail:
        size = int(head[b"RFC822.SIZE"])
        received_at = head[b"INTERNALDATE"].astimezone(UTC)
        if size <= self._access.largest:
            return FetchedMail(uid=uid, size=size, received_at=received_at, raw=bodies.get(uid))
        part = f"BODY.PEEK[]<0.{HEAD_BYTES}>"
        answer = self._connected().fetch([uid], [part]).get(uid, {})
        raw = next((answer[key] for key in answer if key.startswith(b"BODY[]")), None)
        return FetchedMail(uid=uid, size=size, received_at=received_at, raw=raw, is_whole=False)


def _within(heads: dict[int, dict[bytes, Any]], uids: Sequence[int]) -> Iterator[int]:
    total = 0
    for uid in uids:
        if uid not in heads:
            continue  # deleted meanwhile
        total += int(heads[uid][b"RFC822.SIZE"])
        if total > BATCH_BYTES and total != int(heads[uid][b"RFC822.SIZE"]):
            return
        yield uid
