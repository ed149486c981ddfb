"""A mail provider for demo and tests: SMTP and IMAP on this machine, and the people who write.

Everything sent by SMTP lands in the mailbox of its envelope recipient, plus-tags removed, so
mail to the support address is found by IMAP and the answers are found by `mails`. The state is
the server's own and outlives whatever program talks to it. IMAP itself is in mail_imap, the
building of mails in mail_letters, faults in mail_faults.
"""

import asyncio
import time
from collections.abc import Callable
from email.utils import parseaddr
from typing import Any, TypeVar, Unpack

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from simulators import mail_letters
from simulators.mail_boxes import Mailboxes, plain_address
from simulators.mail_faults import Faults
from simulators.mail_imap import ImapServer
from simulators.mail_letters import Parts, ReceivedMail

Answer = TypeVar("Answer")

SIZE_LIMIT = 60 * 1024 * 1024


class MailServer:
    def __init__(
        self,
        support: str = "support@firstline.test",
        *,
        password: str = "secret",  # noqa: S107 - a simulator on the loopback interface
        host: str = "127.0.0.1",
    ) -> None:
        self.support = support
        self.password = password
        self.host = host
        self.faults = Faults()
        self.boxes = Mailboxes()
        self.boxes.open(support)
        self.smtp_port = 0
        self.imap_port = 0
        self._imap = ImapServer(self.boxes, self.faults, password)
        self._smtp: asyncio.Server | None = None
        self._connections: set[SMTP] = set()
        self._parsed: dict[tuple[str, int, int], ReceivedMail] = {}

    async def start(self, *, smtp_port: int = 0, imap_port: int = 0) -> None:
        """Ports of 0 take the ports of the last start, or any free ones."""
        loop = asyncio.get_running_loop()
        self._smtp = await loop.create_server(
            self._connection, self.host, smtp_port or self.smtp_port
        )
        self.smtp_port = self._smtp.sockets[0].getsockname()[1]
        self.imap_port = await self._imap.start(self.host, imap_port or self.imap_port)

    async def stop(self) -> None:
        """Mails stay: `start` again is a restart of the provider."""
        if self._smtp:
            self._smtp.close()
            self._drop_smtp()
            await self._smtp.wait_closed()
            self._smtp = None
        await self._imap.stop()

    def drop_connections(self) -> None:
        self._drop_smtp()
        self._imap.drop_connections()

    def renumber(self, address: str | None = None) -> None:
        """The mailbox gets a new UIDVALIDITY and new UIDs."""
        self.boxes.open(address or self.support).renumber()
        self.boxes.bell.ring()

    # What people do

    def write(self, person: str, subject: str, text: str, **parts: Unpack[Parts]) -> str:
        """Sends a mail to the support address, or to `to`; returns its Message-ID."""
        parts.setdefault("to", (self.support,))
        mail = mail_letters.build(person, subject, text, **parts)
        sender = parseaddr(person)[1]
        raw = mail.as_bytes()
        for recipient in (*parts["to"], *parts.get("cc", ())):
            self.boxes.deliver(parseaddr(recipient)[1], sender, raw)
        return str(mail["Message-ID"])

    def deliver_raw(self, raw: bytes, *, to: str | None = None, sender: str = "") -> None:
        """Puts any bytes into a mailbox; line ends become CRLF as SMTP would have made them."""
        clean = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        self.boxes.deliver(to or self.support, sender, clean)

    def reply(self, person: str, mail: ReceivedMail, text: str, **parts: Unpack[Parts]) -> str:
        """Answers as a mail program does: thread headers kept, original quoted below."""
        parts.setdefault("to", (mail.reply_to or mail.from_address,))
        parts.setdefault("in_reply_to", mail.message_id)
        parts.setdefault("references", (*mail.references, mail.message_id))
        subject = mail_letters.answering(mail.subject)
        return self.write(person, subject, mail_letters.quote(mail, text), **parts)

    def mails(self, address: str, folder: str = "INBOX") -> tuple[ReceivedMail, ...]:
        """What the mailbox holds, oldest first."""
        box = self.boxes.find(address)
        found = box.find(folder) if box else None
        if found is None:
            return ()
        key = plain_address(address)
        for mail in found.mails.values():
            place = (f"{key}/{folder}", found.uidvalidity, mail.uid)
            if place not in self._parsed:
                self._parsed[place] = mail_letters.parse(mail.uid, mail.stored_at, mail.raw)
        return tuple(
            self._parsed[f"{key}/{folder}", found.uidvalidity, uid] for uid in found.mails
        )

    async def until(self, predicate: Callable[[], Answer], *, within: float = 5.0) -> Answer:
        """Waits until the predicate is true, looking again at each change; gives its answer."""
        ends_at = time.monotonic() + within
        while True:
            if answer := predicate():
                return answer
            left = ends_at - time.monotonic()
            if left <= 0:
                raise TimeoutError
            try:
                # Flags change without a bell: look again now and then all the same.
                await asyncio.wait_for(self.boxes.bell.wait(), min(left, 0.05))
            except TimeoutError:
                continue

    # SMTP

    def _connection(self) -> SMTP:
        connection = _Connection(
            _Deliverer(self),
            authenticator=self._authenticate,
            auth_require_tls=False,
            auth_exclude_mechanism=["LOGIN"],  # one try a login, so that faults count logins
            data_size_limit=SIZE_LIMIT,
            enable_SMTPUTF8=True,
            hostname="mail.firstline.test",
        )
        connection.members = self._connections
        return connection

    def _drop_smtp(self) -> None:
        for connection in list(self._connections):
            _abort(connection)

    def _authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, login: Any
    ) -> AuthResult:
        if not isinstance(login, LoginPassword):
            return AuthResult(success=False, handled=False)
        name = login.login.decode("utf-8", "replace")
        known = self.boxes.find(name) is not None and login.password == self.password.encode()
        refused = self.faults.take("smtp_login", name)
        return AuthResult(success=known and not refused, handled=False)


class _Connection(SMTP):
    """One SMTP connection that its server can find and drop."""

    members: set[SMTP]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.members.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self.members.discard(self)
        super().connection_lost(error)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - the name aiosmtpd looks for
        deliverer: _Deliverer = self.event_handler
        if self.envelope and deliverer.drops("smtp_drop_before_data", self.envelope.rcpt_tos):
            await _drop(self)
        await super().smtp_DATA(arg)


class _Deliverer:
    """The hooks of aiosmtpd: refuses what a fault says, delivers the rest."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._faults = server.faults

    async def handle_RCPT(  # noqa: N802 - the name aiosmtpd looks for
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if self._faults.take("smtp_temporary", address):
            return "451 4.3.0 try again later"
        if self._faults.take("smtp_permanent", address):
            return "550 5.1.1 no such person here"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - the name aiosmtpd looks for
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        content, sender = envelope.original_content or b"", envelope.mail_from or ""
        for recipient in envelope.rcpt_tos:
            self._deliver(recipient, sender, content)
        if self.drops("smtp_drop_after_data", envelope.rcpt_tos):
            await _drop(server)
        return "250 2.0.0 taken"

    def drops(self, name: Any, recipients: list[str]) -> bool:
        return any(self._faults.take(name, recipient) for recipient in recipients)

    def _deliver(self, recipient: str, sender: str, content: bytes) -> None:
        if not self._faults.take("bounce", recipient):
            self._server.boxes.deliver(recipient, sender, content)
        elif sender:
            report = mail_letters.report_of_failure(recipient, content)
            self._server.boxes.deliver(sender, "", report)


async def _drop(connection: SMTP) -> None:
    """Ends the connection without a word; aiosmtpd then cancels whoever waits here."""
    _abort(connection)
    await asyncio.Event().wait()


def _abort(connection: SMTP) -> None:
    if isinstance(connection.transport, asyncio.Transport):
        connection.transport.abort()
