"""A small IMAP4rev1 server in memory: IDLE, MOVE, UIDPLUS, SPECIAL-USE, LITERAL+.

Enough for real clients against real sockets. The grammar is in mail_imap_words, the mails in
mail_boxes, what goes wrong on purpose in mail_faults.
"""

import asyncio
import base64
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

from simulators import mail_imap_words as grammar
from simulators.mail_boxes import SPECIAL_FOLDERS, Folder, Mailbox, Mailboxes, StoredMail
from simulators.mail_faults import Faults
from simulators.mail_imap_words import BadCommand, NumberSet, Word, as_text

CAPABILITIES = (
    "IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 IDLE MOVE UIDPLUS SPECIAL-USE LITERAL+ UNSELECT NAMESPACE"
)
Command = Callable[[list[Word]], Coroutine[Any, Any, str]]


class Gone(Exception):
    """The client left or the server ends the connection."""


class Refused(Exception):
    """The command is answered with NO."""


class ImapServer:
    def __init__(self, boxes: Mailboxes, faults: Faults, password: str) -> None:
        self.boxes = boxes
        self.faults = faults
        self.password = password
        self._sessions: set[ImapSession] = set()
        self._server: asyncio.Server | None = None

    async def start(self, host: str, port: int) -> int:
        self._server = await asyncio.start_server(self._serve, host, port, limit=1 << 20)
        return int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        if self._server:
            self._server.close()
            tasks = [session.task for session in self._sessions if session.task]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._server.wait_closed()
            self._server = None

    def drop_connections(self) -> None:
        """Every open connection ends without BYE, as when a server process is killed."""
        for session in list(self._sessions):
            session.drop()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        session = ImapSession(self, reader, writer)
        self._sessions.add(session)
        try:
            await session.run()
        except (Gone, ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._sessions.discard(session)
            writer.close()


class ImapSession:
    def __init__(
        self, server: ImapServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.server = server
        self.task = asyncio.current_task()
        self._reader = reader
        self._writer = writer
        self._box: Mailbox | None = None
        self._folder: Folder | None = None
        self._view: list[int] = []  # UIDs in the order of the client's sequence numbers
        self._uidvalidity = 0

    async def run(self) -> None:
        self._say(f"* OK [CAPABILITY {CAPABILITIES}] ready")
        while True:
            await self._writer.drain()
            tag, name, arguments = await self._command()
            if name != "LOGOUT" and self.server.faults.take("imap_drop", self._address()):
                self.drop()
                raise Gone
            self._say(await self._answer(tag, name, arguments))

    def drop(self) -> None:
        self._writer.transport.abort()

    def _address(self) -> str:
        return self._box.address if self._box else ""

    def _say(self, line: str | bytes) -> None:
        self._writer.write((line if isinstance(line, bytes) else line.encode()) + b"\r\n")

    async def _line(self) -> str:
        line = await self._reader.readline()
        if not line.endswith(b"\n"):
            raise Gone
        return line.rstrip(b"\r\n").decode("utf-8", "surrogateescape")

    async def _command(self) -> tuple[str, str, list[Word]]:
        line = await self._line()
        chunks: list[str | bytes] = []
        while literal := grammar.literal_at_end(line):
            head, size, waits = literal
            if waits:
                self._say("+ go on")
                await self._writer.drain()
            chunks += [head, await self._reader.readexactly(size)]
            line = await self._line()
        try:
            tag, name, *arguments = grammar.words([*chunks, line])
            upper = as_text(name).upper()
            if upper == "UID":
                upper = f"UID {as_text(arguments.pop(0)).upper()}"
            return as_text(tag), upper, arguments
        except (BadCommand, ValueError, IndexError):
            return line.partition(" ")[0] or "*", "", []

    async def _answer(self, tag: str, name: str, arguments: list[Word]) -> str:
        command = self._commands().get(name)
        if command is None:
            return f"{tag} BAD unknown command"
        try:
            text = await command(arguments)
        except Refused as reason:
            return f"{tag} NO {reason}"
        except (BadCommand, IndexError, ValueError):
            return f"{tag} BAD arguments"
        if self._folder and name not in {"FETCH", "STORE", "SEARCH"}:
            self._report_changes()
        return f"{tag} OK {text}"

    def _commands(self) -> dict[str, Command]:
        return {
            "CAPABILITY": self._capability,
            "NOOP": self._noop,
            "CHECK": self._noop,
            "LOGOUT": self._logout,
            "LOGIN": self._login,
            "AUTHENTICATE": self._authenticate,
            "NAMESPACE": self._namespace,
            "LIST": self._list,
            "CREATE": self._create,
            "SUBSCRIBE": self._noop,
            "STATUS": self._status,
            "SELECT": self._select,
            "EXAMINE": self._select,
            "UNSELECT": self._unselect,
            "APPEND": self._append,
            "IDLE": self._idle,
            "FETCH": lambda words: self._fetch(words, by_uid=False),
            "UID FETCH": lambda words: self._fetch(words, by_uid=True),
            "SEARCH": lambda words: self._search(words, by_uid=False),
            "UID SEARCH": lambda words: self._search(words, by_uid=True),
            "UID STORE": self._store,
            "UID COPY": self._copy,
            "UID MOVE": self._move,
            "UID EXPUNGE": self._expunge,
            "EXPUNGE": self._expunge,
        }

    # Before a folder is selected

    async def _capability(self, _: list[Word]) -> str:
        self._say(f"* CAPABILITY {CAPABILITIES}")
        return "done"

    async def _noop(self, _: list[Word]) -> str:
        return "done"

    async def _logout(self, _: list[Word]) -> str:
        self._say("* BYE")
        raise Gone

    async def _login(self, words: list[Word]) -> str:
        return self._enter(as_text(words[0]), as_text(words[1]))

    async def _authenticate(self, words: list[Word]) -> str:
        mechanism = as_text(words[0]).upper()
        if len(words) == 1:
            self._say("+ ")
        coded = as_text(words[1]) if len(words) > 1 else await self._line()
        plain = base64.b64decode(coded).decode()
        if mechanism == "PLAIN":
            _, user, secret = plain.split("\0")
            return self._enter(user, secret)
        fields = dict(piece.split("=", 1) for piece in plain.split("\x01") if piece)
        try:
            return self._enter(fields["user"], fields["auth"].removeprefix("Bearer "))
        except Refused:
            self._say("+ eyJzdGF0dXMiOiI0MDAifQ==")
            await self._line()
            raise

    def _enter(self, user: str, secret: str) -> str:
        box = self.server.boxes.find(user)
        refused = self.server.faults.take("imap_login", user)
        if refused or box is None or secret != self.server.password:
            msg = "[AUTHENTICATIONFAILED] wrong name or password"
            raise Refused(msg)
        self._box = box
        return "logged in"

    def _mailbox(self) -> Mailbox:
        if self._box is None:
            msg = "log in first"
            raise Refused(msg)
        return self._box

    def _named(self, word: Word) -> Folder:
        folder = self._mailbox().find(as_text(word))
        if folder is None:
            msg = "[TRYCREATE] no such folder"
            raise Refused(msg)
        return folder

    def _selected(self) -> Folder:
        if self._folder is None:
            msg = "select a folder first"
            raise Refused(msg)
        if self._folder.uidvalidity != self._uidvalidity:
            self._say("* BYE session state is inconsistent")
            raise Gone
        return self._folder

    async def _namespace(self, _: list[Word]) -> str:
        self._say('* NAMESPACE (("" "/")) NIL NIL')
        return "done"

    async def _list(self, words: list[Word]) -> str:
        pattern = as_text(words[1])
        for name in self._mailbox().folders:
            if pattern in {"*", "%", name}:
                use = SPECIAL_FOLDERS.get(name, "")
                self._say(f'* LIST (\\HasNoChildren{" " + use if use else ""}) "/" "{name}"')
        return "done"

    async def _create(self, words: list[Word]) -> str:
        self._mailbox().create(as_text(words[0]))
        return "created"

    async def _status(self, words: list[Word]) -> str:
        folder = self._named(words[0])
        self._say(
            f'* STATUS "{folder.name}" (MESSAGES {len(folder.mails)} UIDNEXT {folder.next_uid} '
            f"UIDVALIDITY {folder.uidvalidity})"
        )
        return "done"

    async def _select(self, words: list[Word]) -> str:
        folder = self._named(words[0])
        self._folder, self._uidvalidity = folder, folder.uidvalidity
        self._view = list(folder.mails)
        self._say("* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)")
        self._say("* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\*)] any")
        self._say(f"* {len(self._view)} EXISTS")
        self._say(f"* OK [UIDVALIDITY {folder.uidvalidity}] valid")
        self._say(f"* OK [UIDNEXT {folder.next_uid}] next")
        return "[READ-WRITE] selected"

    async def _unselect(self, _: list[Word]) -> str:
        self._folder = None
        return "done"

    async def _append(self, words: list[Word]) -> str:
        folder, raw = self._named(words[0]), words[-1]
        if not isinstance(raw, bytes):
            raise BadCommand
        flags: set[str] = set()
        stored_at = None
        for word in words[1:-1]:
            if isinstance(word, list):
                flags = {as_text(flag) for flag in word}
            else:
                stored_at = datetime.strptime(as_text(word).strip(), "%d-%b-%Y %H:%M:%S %z")
        mail = folder.add(raw, flags, stored_at)
        self.server.boxes.bell.ring()
        return f"[APPENDUID {folder.uidvalidity} {mail.uid}] added"

    # In a selected folder

    def _report_changes(self) -> None:
        folder = self._selected()
        for place in range(len(self._view) - 1, -1, -1):
            if self._view[place] not in folder.mails:
                del self._view[place]
                self._say(f"* {place + 1} EXPUNGE")
        last = self._view[-1] if self._view else 0
        fresh = [uid for uid in folder.mails if uid > last]
        if fresh:
            self._view += fresh
            self._say(f"* {len(self._view)} EXISTS")

    async def _idle(self, _: list[Word]) -> str:
        self._selected()
        self._say("+ idling")
        done = asyncio.create_task(self._line())
        try:
            while not done.done():
                changed = asyncio.create_task(self.server.boxes.bell.wait())
                self._report_changes()
                await self._writer.drain()
                await asyncio.wait({done, changed}, return_when=asyncio.FIRST_COMPLETED)
                changed.cancel()
            if done.result().upper() != "DONE":
                raise BadCommand
        finally:
            done.cancel()
        return "idle ended"

    def _picked(self, word: Word, *, by_uid: bool = True) -> list[tuple[int, StoredMail]]:
        """Sequence number and mail of each one that is meant and still there."""
        folder = self._selected()
        highest = (self._view[-1] if self._view else 0) if by_uid else len(self._view)
        numbers = NumberSet.read(as_text(word), highest)
        return [
            (seq, folder.mails[uid])
            for seq, uid in enumerate(self._view, 1)
            if (uid if by_uid else seq) in numbers and uid in folder.mails
        ]

    async def _fetch(self, words: list[Word], *, by_uid: bool) -> str:
        items = grammar.items_of(words[1])
        if any("[" in item for item in items) and self.server.faults.take(
            "imap_fetch", self._address()
        ):
            msg = "[SERVERBUG] cannot read this now"
            raise Refused(msg)
        if by_uid and "UID" not in items:
            items = ["UID", *items]
        marks = any(item.startswith("BODY[") for item in items)
        for seq, mail in self._picked(words[0], by_uid=by_uid):
            if marks:
                mail.flags.add("\\Seen")
            self._say(b"* %d FETCH (%s)" % (seq, grammar.answer(items, mail)))
            await self._writer.drain()
        return "fetched"

    async def _search(self, words: list[Word], *, by_uid: bool) -> str:
        folder = self._selected()
        self._report_changes()
        meant = grammar.Search(words, folder, self._view).question()
        found = [
            uid if by_uid else seq
            for seq, uid in enumerate(self._view, 1)
            if uid in folder.mails and meant(folder.mails[uid])
        ]
        self._say(" ".join(["* SEARCH", *map(str, found)]))
        return "searched"

    async def _store(self, words: list[Word]) -> str:
        action, named = as_text(words[1]).upper(), words[2]
        flags = {as_text(flag) for flag in (named if isinstance(named, list) else [named])}
        for seq, mail in self._picked(words[0]):
            if action.startswith("+"):
                mail.flags |= flags
            elif action.startswith("-"):
                mail.flags -= flags
            else:
                mail.flags = set(flags)
            if not action.endswith(".SILENT"):
                self._say(b"* %d FETCH (%s)" % (seq, grammar.answer(["UID", "FLAGS"], mail)))
        return "stored"

    async def _copy(self, words: list[Word]) -> str:
        return f"{self._copied(words)} copied"

    async def _move(self, words: list[Word]) -> str:
        self._say(f"* OK {self._copied(words)} moved")
        for _, mail in self._picked(words[0]):
            del self._selected().mails[mail.uid]
        self.server.boxes.bell.ring()
        return "moved"

    def _copied(self, words: list[Word]) -> str:
        target = self._named(words[1])
        pairs = [
            (mail.uid, target.add(mail.raw, mail.flags, mail.stored_at).uid)
            for _, mail in self._picked(words[0])
        ]
        self.server.boxes.bell.ring()
        old, new = (",".join(str(pair[end]) for pair in pairs) for end in (0, 1))
        return f"[COPYUID {target.uidvalidity} {old} {new}]" if pairs else ""

    async def _expunge(self, words: list[Word]) -> str:
        folder = self._selected()
        for _, mail in self._picked(words[0] if words else "1:*"):
            if "\\Deleted" in mail.flags:
                del folder.mails[mail.uid]
        self.server.boxes.bell.ring()
        return "expunged"
