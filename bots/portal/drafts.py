"""What stands in a form page: as it is opened, as it was posted, and what the difference says.

The page tells what it showed (`was`), so that only what a person touched is a new answer: what
the chat has said meanwhile is never overwritten by a page that was opened before.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

import orjson

from intake.catalogue import Catalogue
from intake.forms import CATEGORY
from intake.memory import without_assumed
from intake.posted_forms import Form
from intake.tickets import Ticket

WORDS, UNKNOWN, DAY, KEPT = "f-", "u-", "d-", "kept-"  # beginnings of the inputs' names
NOT_KNOWN: Final = "?"  # the choice "I don't know"
KEPT_FILE: Final = re.compile(r"kept-([0-9]{1,15})-([a-z2-7]{1,40})")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file that came with an earlier post of the same page."""

    id: int
    mark: str
    name: str
    digest: str = ""  # where it came with this very post

    @property
    def input_name(self) -> str:
        return f"{KEPT}{self.id}-{self.mark}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the page showed when it was opened."""

    category: str = ""
    words: Mapping[str, str] = field(default_factory=dict)  # by field
    unknown: frozenset[str] = frozenset()

    def to_json(self) -> str:
        kept = {
            "category": self.category,
            "words": dict(self.words),
            "unknown": sorted(self.unknown),
        }
        return orjson.dumps(kept).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What stands in the page's inputs."""

    category: str
    words: Mapping[str, str]
    unknown: frozenset[str]
    emptied: frozenset[str] = frozenset()  # inputs that came, with nothing in them
    seen: str = ""  # the category whose questions the page has shown
    days: Mapping[str, str] = field(default_factory=dict)  # ISO dates beside moments in words
    note: str = ""
    kept: tuple[KeptFile, ...] = ()
    was: Shown
    once: str

    @property
    def answers(self) -> dict[str, str]:
        """What is said by field; "" is "I don't know", or an answer that was taken away."""
        said = {}
        if self.category and self.category != self.was.category:
            said[CATEGORY] = self.category
        touched = (*self.words, *self.days, *sorted(self.unknown), *self.was.words)
        for name in dict.fromkeys(touched):  # in the page's order
            words, before = self.words.get(name, ""), self.was.words.get(name, "")
            is_untouched = words in ("", before)
            if name in self.days:
                said[name] = self.days[name]
            elif words and not is_untouched:
                said[name] = words
            elif (name in self.unknown and name not in self.was.unknown) or (
                before and name in self.emptied
            ):
                said[name] = ""
        return said

    @property
    def is_unseen(self) -> bool:
        """Whether another category was chosen and sent at once, its questions never shown."""
        return bool(self.category) and self.category not in (self.seen, self.was.category)

    def going_on(self, once: str) -> "Draft":
        """The page for what is left to ask, once this has been taken."""
        was = Shown(category=self.category, words=self.words, unknown=self.unknown)
        return replace(self, was=was, seen=self.category, once=once, note="", kept=(), days={})

    @property
    def says_anything(self) -> bool:
        return bool(self.answers or self.note or self.kept)


def opened(ticket: Ticket, catalogue: Catalogue, once: str) -> Draft:
    """The page as it is opened: with everything that was said for this ticket.

    What is assumed from earlier ones is left out: a link may be passed on, and whoever opens it
    would read what was said elsewhere.
    """
    said = without_assumed(ticket).answers
    words = {
        name: value if catalogue.fields[name].type == "choice" else shown(ticket, catalogue, name)
        for name, value in said.items()
        if name in catalogue.fields
    }
    was = Shown(category=ticket.category or "", words=words, unknown=ticket.declined)
    return Draft(
        category=was.category,
        words=words,
        unknown=ticket.declined,
        seen=was.category,
        was=was,
        once=once,
    )


def shown(ticket: Ticket, catalogue: Catalogue, name: str) -> str:
    return catalogue.show(name, ticket.answers[name], ticket.language)


def posted(form: Form, catalogue: Catalogue) -> Draft:
    """The page as it was sent, whatever was sent: unknown fields and categories are left out."""
    fields = catalogue.fields
    values = {name: text.strip() for name, text in form.values.items()}
    words = _with(values, WORDS, fields)
    unknown = {name for name, text in words.items() if text == NOT_KNOWN}
    category = values.get(CATEGORY, "")
    return Draft(
        category=category if category in catalogue.categories else "",
        words={name: text for name, text in words.items() if text not in ("", NOT_KNOWN)},
        unknown=frozenset(unknown | _with(values, UNKNOWN, fields).keys()),
        emptied=frozenset(name for name, text in words.items() if not text),
        seen=values.get("seen", ""),
        days={name: day for name, day in _with(values, DAY, fields).items() if _is_day(day)},
        note=values.get("note", ""),
        kept=tuple(_kept(values)),
        was=_was(values.get("was", ""), fields),
        once=values.get("once", "")[:64],
    )


def _with(values: Mapping[str, str], start: str, fields: Mapping[str, object]) -> dict[str, str]:
    """Inputs whose names begin so, by field."""
    named = {
        name.removeprefix(start): text for name, text in values.items() if name.startswith(start)
    }
    return {name: text for name, text in named.items() if name in fields}


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _kept(values: Mapping[str, str]) -> Iterable[KeptFile]:
    for name, text in values.items():
        if found := KEPT_FILE.fullmatch(name):
            yield KeptFile(id=int(found[1]), mark=found[2], name=text)


def _was(text: str, fields: Mapping[str, object]) -> Shown:
    """What somebody has tampered with is taken as a page that showed nothing."""
    try:
        kept = orjson.loads(text)
    except orjson.JSONDecodeError:
        return Shown()
    match kept:
        case {"category": str(category), "words": dict(words), "unknown": list(unknown)}:
            return Shown(
                category=category,
                words={name: words[name] for name in fields if isinstance(words.get(name), str)},
                unknown=frozenset(name for name in fields if name in unknown),
            )
        case _:
            return Shown()
