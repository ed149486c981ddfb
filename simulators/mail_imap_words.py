"""The grammar of IMAP as far as clients here use it: command words, number sets, search, fetch.

Pure functions over folders and mails; connections are left to mail_imap.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from simulators.mail_boxes import Folder, StoredMail

Word = str | bytes | list["Word"]
Found = Callable[[StoredMail], bool]

_WORD = re.compile(r'\s+|(\()|(\))|"((?:[^"\\]|\\.)*)"|((?:[^\s()"\[\]]|\[[^\]]*\])+)')
_LITERAL = re.compile(r"\{(\d+)(\+?)\}$")
_FLAG_KEYS = ("SEEN", "FLAGGED", "DELETED", "ANSWERED", "DRAFT")


class BadCommand(Exception):
    """The command cannot be understood."""


def literal_at_end(line: str) -> tuple[str, int, bool] | None:
    """The line without its `{12}`, the 12, and whether the client waits for `+`."""
    found = _LITERAL.search(line)
    if not found:
        return None
    return line[: found.start()], int(found[1]), not found[2]


def words(chunks: list[str | bytes]) -> list[Word]:
    """Lines (text) and literals (bytes) of one command as nested lists of words."""
    top: list[Word] = []
    stack = [top]
    for chunk in chunks:
        if isinstance(chunk, bytes):
            stack[-1].append(chunk)
        else:
            _add_line(chunk, stack)
    if len(stack) != 1:
        raise BadCommand
    return top


def _add_line(line: str, stack: list[list[Word]]) -> None:
    position = 0
    while position < len(line):
        found = _WORD.match(line, position)
        if not found:
            raise BadCommand
        position = found.end()
        opened, closed, quoted, atom = found.groups()
        if opened:
            inner: list[Word] = []
            stack[-1].append(inner)
            stack.append(inner)
        elif closed:
            if len(stack) == 1:
                raise BadCommand
            stack.pop()
        elif quoted is not None:
            stack[-1].append(re.sub(r"\\(.)", r"\1", quoted))
        elif atom:
            stack[-1].append(atom)


def as_text(word: Word) -> str:
    if isinstance(word, list):
        raise BadCommand
    return word.decode("utf-8", "replace") if isinstance(word, bytes) else word


@dataclass(frozen=True, slots=True)
class NumberSet:
    """`1:4,7,9:*`; like real servers, `9:*` always holds the highest number there is."""

    spans: tuple[tuple[int, int], ...]

    def __contains__(self, number: object) -> bool:
        return any(low <= number <= high for low, high in self.spans)  # type: ignore[operator]

    @classmethod
    def read(cls, text: str, highest: int) -> "NumberSet":
        if not re.fullmatch(r"(\d+|\*)(:(\d+|\*))?(,(\d+|\*)(:(\d+|\*))?)*", text):
            raise BadCommand
        spans = []
        for piece in text.split(","):
            ends = [highest if end == "*" else int(end) for end in piece.split(":")]
            spans.append((min(ends), max(ends)))
        return cls(tuple(spans))


class Search:
    """Turns search keys into one question that is asked of each mail."""

    def __init__(self, keys: list[Word], folder: Folder, view: list[int]) -> None:
        self._keys = iter(keys)
        self._highest = folder.next_uid - 1
        self._folder = folder
        self._view = view

    def question(self) -> Found:
        tests = list(self._tests())
        return lambda mail: all(test(mail) for test in tests)

    def _tests(self) -> Iterator[Found]:
        for key in self._keys:
            yield self._test(key)

    def _next(self) -> str:
        try:
            return as_text(next(self._keys))
        except StopIteration:
            raise BadCommand from None

    def _next_test(self) -> Found:
        try:
            return self._test(next(self._keys))
        except StopIteration:
            raise BadCommand from None

    def _test(self, key: Word) -> Found:
        if isinstance(key, list):
            return Search(key, self._folder, self._view).question()
        name = as_text(key).upper()
        if name == "CHARSET":
            self._next()
            return lambda _: True
        if name in {"ALL", "OLD"}:
            return lambda _: True
        return self._flag_test(name) or self._logic_test(name) or self._value_test(name)

    def _flag_test(self, name: str) -> Found | None:
        bare = name.removeprefix("UN")
        if bare in _FLAG_KEYS:
            flag, wanted = "\\" + bare.capitalize(), name == bare
        elif bare == "KEYWORD":
            flag, wanted = self._next(), name == bare
        else:
            return None
        return lambda mail: (flag in mail.flags) is wanted

    def _logic_test(self, name: str) -> Found | None:
        if name == "NOT":
            test = self._next_test()
            return lambda mail: not test(mail)
        if name == "OR":
            one, other = self._next_test(), self._next_test()
            return lambda mail: one(mail) or other(mail)
        return None

    def _value_test(self, name: str) -> Found:
        if name == "UID":
            uids = NumberSet.read(self._next(), self._highest)
            return lambda mail: mail.uid in uids
        if name in {"SINCE", "BEFORE", "ON"}:
            return _date_test(name, datetime.strptime(self._next(), "%d-%b-%Y").date())  # noqa: DTZ007
        if name in {"LARGER", "SMALLER"}:
            limit, sign = int(self._next()), 1 if name == "LARGER" else -1
            return lambda mail: sign * len(mail.raw) > sign * limit
        if name in {"SUBJECT", "FROM", "TO", "CC", "HEADER"}:
            header = self._next() if name == "HEADER" else name
            return _header_test(header.lower().encode(), self._next().lower().encode())
        numbers = NumberSet.read(name, len(self._view))
        uids_here = {uid for seq, uid in enumerate(self._view, 1) if seq in numbers}
        return lambda mail: mail.uid in uids_here


def _date_test(name: str, limit: date) -> Found:
    tests: dict[str, Found] = {
        "SINCE": lambda mail: mail.stored_at.date() >= limit,
        "BEFORE": lambda mail: mail.stored_at.date() < limit,
        "ON": lambda mail: mail.stored_at.date() == limit,
    }
    return tests[name]


def _header_test(header: bytes, value: bytes) -> Found:
    def test(mail: StoredMail) -> bool:
        fields = header_fields(mail.raw, {header}).lower()
        return bool(fields) and value in fields

    return test


def header_of(raw: bytes) -> bytes:
    end = raw.find(b"\r\n\r\n")
    return raw if end < 0 else raw[: end + 4]


def header_fields(raw: bytes, wanted: set[bytes]) -> bytes:
    kept, keep = [], False
    for line in header_of(raw).split(b"\r\n"):
        if line[:1] not in {b" ", b"\t"}:
            keep = line.partition(b":")[0].strip().lower() in wanted
        if keep and line:
            kept.append(line + b"\r\n")
    return b"".join(kept)


def items_of(word: Word) -> list[str]:
    names = word if isinstance(word, list) else [word]
    macros = {
        "ALL": ["FLAGS", "INTERNALDATE", "RFC822.SIZE"],
        "FAST": ["FLAGS", "INTERNALDATE", "RFC822.SIZE"],
    }
    upper = [as_text(name).upper() for name in names]
    return macros.get(upper[0], upper) if len(upper) == 1 else upper


def answer(items: list[str], mail: StoredMail) -> bytes:
    """The parenthesis of one FETCH answer."""
    return b" ".join(_item(item, mail) for item in items)


def _item(item: str, mail: StoredMail) -> bytes:
    if item == "UID":
        return b"UID %d" % mail.uid
    if item == "FLAGS":
        return b"FLAGS (%s)" % " ".join(sorted(mail.flags)).encode()
    if item == "RFC822.SIZE":
        return b"RFC822.SIZE %d" % len(mail.raw)
    if item == "INTERNALDATE":
        when = mail.stored_at.astimezone(UTC).strftime("%d-%b-%Y %H:%M:%S +0000")
        return b'INTERNALDATE "%s"' % when.encode()
    return _body(item, mail)


def _body(item: str, mail: StoredMail) -> bytes:
    found = re.fullmatch(r"(?:BODY(?:\.PEEK)?\[(.*)\]|RFC822(.*))(?:<(\d+)\.(\d+)>)?", item)
    if not found:
        raise BadCommand
    section = found[1] if found[1] is not None else found[2].lstrip(".")
    payload = _section(section, mail.raw)
    label = item.replace(".PEEK", "").partition("<")[0]
    if found[3]:
        start = int(found[3])
        payload = payload[start : start + int(found[4])]
        label += f"<{start}>"
    return b"%s {%d}\r\n%s" % (label.encode(), len(payload), payload)


def _section(section: str, raw: bytes) -> bytes:
    if not section:
        return raw
    if section == "HEADER":
        return header_of(raw)
    if section == "TEXT":
        return raw[len(header_of(raw)) :]
    if fields := re.fullmatch(r"HEADER\.FIELDS \(([^)]*)\)", section):
        return header_fields(raw, {name.encode() for name in fields[1].lower().split()}) + b"\r\n"
    raise BadCommand
