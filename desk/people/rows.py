"""Makes of the words of one row, in a file or in LDAP, what it tells of an employee.

What can't be read is remarked on and counts as not told, so that a slip takes nothing away.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from desk.people.words import meanings, plain
from intake.directory import plain_mail, plain_phone
from intake.importing import Remark, Told

FACTS = ("place", "machine", "department", "organization")
BETWEEN_MAILS = re.compile(r"[;,|\s]+")
BETWEEN_PHONES = re.compile(r"[;,|\n]+")

Words = Mapping[str, Sequence[str]]  # by column; those that are not there are not told


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where numbers without a country's code are from."""

    language: str
    country: str


def told(line: int, words: Words, home: Home) -> Told:
    row = _Row(line, words, home)
    return Told(
        line=line,
        name=row.name(),
        external_id=row.text("id"),
        mails=row.values("mail", BETWEEN_MAILS, plain_mail),
        phones=row.values("phone", BETWEEN_PHONES, row.phone),
        facts={name: row.text(name) for name in FACTS if name in words} | row.language(),
        is_active=row.is_active(),
        remarks=tuple(row.remarks),
    )


class _Row:
    def __init__(self, line: int, words: Words, home: Home) -> None:
        self.remarks: list[Remark] = []
        self._line = line
        self._words = words
        self._home = home

    def text(self, column: str) -> str:
        """In one line; of several values the first that says something."""
        tidy = (" ".join(_printable(word).split()) for word in self._words.get(column, ()))
        return next(filter(None, tidy), "")

    def name(self) -> str:
        halves = f"{self.text('first_name')} {self.text('last_name')}"
        return self.text("name") or halves.strip()

    def phone(self, written: str) -> str:
        return plain_phone(written, self._home.language, self._home.country)

    def values(
        self, column: str, between: re.Pattern[str], read: Callable[[str], str]
    ) -> tuple[str, ...] | None:
        """Each once; None where the list does not tell, or nothing of it can be read."""
        if column not in self._words:
            return None
        written = [
            one.strip()
            for cell in self._words[column]
            for one in between.split(cell)
            if one.strip()
        ]
        unread = [one for one in written if not read(one)]
        self.remarks += [self._remark(f"unread_{column}", one) for one in unread]
        found = tuple(dict.fromkeys(filter(None, map(read, written))))
        return None if unread and not found else found

    def language(self) -> dict[str, str]:
        written = self.text("language")
        if not written:
            return {"language": ""} if "language" in self._words else {}
        primary = re.split(r"[-_]", written)[0]
        meant = meanings("languages").get(plain(primary))
        if meant is None:
            self.remarks.append(self._remark("unread_language", written))
            return {}
        return {"language": meant}

    def is_active(self) -> bool:
        """Whoever is in the list works here, unless it says otherwise."""
        written = self.text("active")
        meant = meanings("answers").get(plain(written)) if written else "yes"
        if meant is None:
            self.remarks.append(self._remark("unread_active", written))
        return meant != "no"

    def _remark(self, code: str, value: str) -> Remark:
        return Remark(code=code, line=self._line, values={"value": value[:60]})


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
