"""One IMAP mailbox, read from one thread: connect, search, fetch, wait. Marks and moves nothing.

imapclient blocks, so every method here runs in the mailbox's own executor. What is done with the
mails is left to `receive`. See RFC 3501 and RFC 2177.
"""

import socket
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from bots.email.places import Place

BATCH_MAILS = 50
BATCH_BYTES = 16_000_000
TIMEOUT = 30.0  # seconds for any answer of the server
IDLE_LOOK = 1.0  # seconds between looks at the stop signal while waiting
SEARCH_PAUSE = 15.0  # seconds between searches where the server knows no IDLE
HEAD_BYTES = 262_144  # of a mail that is over the limit
TASTE_BYTES = 64  # of a mail that is only asked for to see whether any comes
READ_AGAIN = timedelta(days=14)  # before the newest mail we have, when uids have lost their worth
CLOCKS_APART = timedelta(hours=1)  # of two servers
DATES_AT_ONCE = 500  # uids in one command
CLOCK_DOUBT = timedelta(days=1)  # a server's clock or zone may be wrong by so much

_SIZE, _ARRIVED, _BODY = b"RFC822.SIZE", b"INTERNALDATE", b"BODY[]"


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

    @property
    def name(self) -> str:
        """Which mailbox it is, however it is spelled."""
        return f"{self.login}@{self.host}/{self.folder}".casefold()


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
        client.normalise_times = False  # moments keep their zone
        self._client = client
        try:
            client.login(access.login, access.password)
            client.capabilities()  # asked for now: asked for by `wait`, its answer would eat news
            selected = client.select_folder(access.folder, readonly=True)
            self._uidvalidity = int(selected[b"UIDVALIDITY"])
            highest = max(client.search("ALL"), default=0) if b"UIDNEXT" not in selected else 0
            self._uidnext = int(selected.get(b"UIDNEXT", highest + 1))
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Drop the connection; the next `open` makes a new one."""
        client, self._client = self._client, None
        if client is not None:
            client.shutdown()

    def hang_up(self) -> bool:
        """From any thread: whatever waits for the server's answer fails now; False without one."""
        client = self._client
        if client is None:
            return False
        with suppress(OSError):  # it is gone already
            client.socket().shutdown(socket.SHUT_RDWR)
        return True

    def start_of(self, place: Place | None, now: datetime) -> tuple[Place, Sequence[int]]:
        """How far reading has come when all of the uids, oldest first, are read too."""
        if place is not None and not place.is_of(self._access.name):
            return self._start_after(place, now)
        if place is not None and place.uidvalidity == self._uidvalidity:
            found = self._after(place.uid)
            # A server that has lost its index may give new uids to mail of years.
            young = self._young(found, place.begins_at - CLOCK_DOUBT)
            here = replace(place, mailbox=self._access.name)
            return replace(here, uid=max([place.uid, *found])), young
        begins_at = place.begins_at if place else now - self._access.imports_within
        start = self._start(begins_at, place.newest_at if place else begins_at)
        if place is None and not self._access.imports_within:
            return start, ()
        # A new UIDVALIDITY makes every uid worthless: read again, known mails fall out by content.
        return start, self._since(max(begins_at, start.newest_at - READ_AGAIN))

    def _start_after(self, other: Place, now: datetime) -> tuple[Place, Sequence[int]]:
        """Another mailbox than was read until now, or the same under another login.

        What came since then is read, whatever its uid: what is known falls out by content, and
        what was there before was never ours.
        """
        since = max(other.newest_at - CLOCKS_APART, now - READ_AGAIN)
        begins_at = min(since, now - self._access.imports_within)
        return self._start(begins_at, other.newest_at), self._since(begins_at)

    def _start(self, begins_at: datetime, newest_at: datetime) -> Place:
        return Place(
            uidvalidity=self._uidvalidity,
            uid=self._uidnext - 1,
            begins_at=begins_at,
            newest_at=newest_at,
            mailbox=self._access.name,
        )

    def fetch(self, uids: Sequence[int]) -> list[FetchedMail]:
        """The first mails of `uids`: at most 50, at most 16 MB together (or one larger).

        What was deleted meanwhile is left out. Raises when one that is there does not come.
        """
        asked = uids[:BATCH_MAILS]
        answers = self._connected().fetch(asked, ["RFC822.SIZE", "INTERNALDATE"])
        heads = {uid: head for uid, head in answers.items() if {_SIZE, _ARRIVED} <= head.keys()}
        chosen = asked[: _how_many([int(heads.get(uid, {}).get(_SIZE, 0)) for uid in asked])]
        bodies = self._bodies(heads, [uid for uid in chosen if uid in heads])
        self._check_gone([uid for uid in chosen if uid not in bodies])
        return [
            FetchedMail(
                uid=uid,
                size=int(heads[uid][_SIZE]),
                received_at=heads[uid][_ARRIVED].astimezone(UTC),
                raw=bodies[uid],
                is_whole=self._is_whole(heads[uid]),
            )
            for uid in chosen
            if uid in bodies
        ]

    def gives_another(self, uid: int, turn: int) -> bool:
        """Whether the server hands over some other mail: then what is wrong is that mail's own.

        Each `turn` asks for another one, since there may be more that would not come.
        """
        client = self._connected()
        others = sorted(each for each in client.search("ALL") if each != uid)
        if not others:
            return False
        try:
            return self._partly(others[turn % len(others)], TASTE_BYTES) is not None
        except IMAPClientAbortError:
            raise  # the connection broke
        except IMAPClientError:
            return False

    def wait(self, within: float, stop: Event) -> bool:
        """IDLE until the server has news (True), `within` seconds passed, or `stop` is set."""
        client = self._connected()
        if not client.has_capability("IDLE"):
            stop.wait(min(within, SEARCH_PAUSE))
            return False
        client.idle()
        try:
            has_news = client.has_unread()
            for _ in range(int(within / IDLE_LOOK)):
                if has_news or stop.is_set():
                    break
                has_news = bool(client.idle_check(timeout=IDLE_LOOK))
            return has_news
        finally:
            client.idle_done()

    def _connected(self) -> _Client:
        if self._client is None:
            raise ConnectionError("the mailbox is not open")
        return self._client

    def _after(self, uid: int) -> list[int]:
        # "n:*" always names the highest message, even one below n.
        found = self._connected().search(["UID", f"{uid + 1}:*"])
        return sorted(each for each in found if each > uid)

    def _since(self, moment: datetime) -> list[int]:
        # SEARCH itself knows only days, in the server's zone.
        found = self._connected().search(["SINCE", (moment - timedelta(days=1)).date()])
        return self._young(sorted(found), moment)

    def _young(self, uids: Sequence[int], moment: datetime) -> list[int]:
        """Without those that arrived before the moment; the server knows seconds."""
        second, old = moment.replace(microsecond=0), set()
        for first in range(0, len(uids), DATES_AT_ONCE):
            try:
                asked = uids[first : first + DATES_AT_ONCE]
                answers = self._connected().fetch(asked, ["INTERNALDATE"])
            except IMAPClientAbortError:
                raise  # the connection broke
            except IMAPClientError:
                continue  # one of them is damaged: `fetch` will find it
            old |= {uid for uid, head in answers.items() if head.get(_ARRIVED, moment) < second}
        return [uid for uid in uids if uid not in old]

    def _is_whole(self, head: Mapping[bytes, Any]) -> bool:
        return int(head[_SIZE]) <= self._access.largest

    def _bodies(
        self, heads: Mapping[int, Mapping[bytes, Any]], uids: Sequence[int]
    ) -> dict[int, bytes]:
        """By uid; of what is over the limit only the beginning."""
        whole = [uid for uid in uids if self._is_whole(heads[uid])]
        answers = self._connected().fetch(whole, ["BODY.PEEK[]"]) if whole else {}
        found = {uid: answer[_BODY] for uid, answer in answers.items() if _BODY in answer}
        for uid in uids:
            if uid not in whole and (beginning := self._partly(uid, HEAD_BYTES)) is not None:
                found[uid] = beginning
        return {uid: body for uid, body in found.items() if body is not None}

    def _partly(self, uid: int, size: int) -> bytes | None:
        answer = self._connected().fetch([uid], [f"BODY.PEEK[]<0.{size}>"]).get(uid, {})
        return next((answer[key] for key in answer if key.startswith(_BODY)), None)

    def _check_gone(self, uids: Sequence[int]) -> None:
        if uids:
            left = self._connected().search(["UID", ",".join(map(str, uids))])
            if left:
                raise IMAPClientError(f"{len(left)} mails did not come")


def _how_many(sizes: Sequence[int]) -> int:
    """How many of these go into one batch."""
    total = 0
    for place, size in enumerate(sizes):
        total += size
        if place and total > BATCH_BYTES:
            return place
    return len(sizes)
