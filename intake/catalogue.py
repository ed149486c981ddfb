"""The service catalogue: categories, the fields each one needs, and their words in five languages.

Read once from a TOML file; a wrong file says which key is wrong. What a message answers is left
to `understanding` and `answers`, the card to `forms`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

from babel.dates import format_date, format_datetime

from intake.errors import Invalid
from intake.people import LANGUAGES
from intake.tickets import Kind

SHIPPED = Path(__file__).with_name("catalogue.toml")
TYPES = ("text", "code", "choice", "moment", "phone", "quantity")
FIELD_KEYS = {
    "type", "values", "unit", "remembered", "label", "hint", "says", "yes", "no",
}  # fmt: skip
TOLD_BY_DIRECTORY = ("place", "machine", "phone")
REMEMBERED = ("", "person", "category")
FALLBACK = "en"
Answer = TypeVar("Answer")  # a value, or what else is known of it
DAY_LENGTH = len("2026-11-23")
DAY_PATTERNS = {"sk": "d. MMMM y"}  # the others write no full stop after the day


@dataclass(frozen=True, kw_only=True)
class Field:
    """One thing to know. `says` has the button words of each value by language.

    `yes` and `no` are the values that a bare yes or no means, where its label asks for one.
    """

    name: str
    type: str
    values: tuple[str, ...] = ()
    unit: str = ""
    remembered: str = ""  # one of REMEMBERED: how far an answer holds in later tickets
    label: Mapping[str, str]
    hint: Mapping[str, str]
    says: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    yes: str = ""
    no: str = ""

    @cached_property
    def typed(self) -> Mapping[str, str]:
        """Its values by their names, and by what their buttons say in any language."""
        found: dict[str, str] = {}
        for value, words in self.says.items():
            for said in (value, *map(str.casefold, words.values())):
                found.setdefault(said, value)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What a category calls a field, where it calls it otherwise than the others do."""

    label: Mapping[str, str]
    hint: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """What a ticket is about: what must be asked, in the card's order, and what is welcome."""

    name: str
    ask: tuple[str, ...]
    welcome: tuple[str, ...]
    label: Mapping[str, str]
    kind: str
    calls: Mapping[str, Naming] = field(default_factory=dict)  # by field
    directory: Mapping[str, str] = field(default_factory=dict)  # by field, what answers it there
    own: tuple[str, ...] = ()  # fields of the thing, not of its user

    @property
    def fields(self) -> tuple[str, ...]:
        return self.ask + self.welcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All fields and categories by name, in the order of the file."""

    fields: Mapping[str, Field]
    categories: Mapping[str, Category]

    @staticmethod
    @cache
    def shipped() -> "Catalogue":
        """The one that comes with us: the same for every desk of a process."""
        return Catalogue.load(SHIPPED)

    @staticmethod
    def load(path: Path) -> "Catalogue":
        """The catalogue of a file; raises Invalid("catalogue", key=...) where it is wrong."""
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise Invalid("catalogue", key=str(path), reason=str(error)) from error
        except tomllib.TOMLDecodeError as error:
            raise Invalid("catalogue", key=path.name, reason=str(error)) from error
        for key in tables.keys() - {"field", "category"}:
            raise _wrong(key, "there is no such table")
        fields = {name: _field(name, row) for name, row in _rows(tables, "field")}
        categories = {
            name: _category(name, row, fields) for name, row in _rows(tables, "category")
        }
        return Catalogue(fields=fields, categories=categories)

    def missing(
        self, category: str, answers: Mapping[str, str], declined: frozenset[str]
    ) -> tuple[str, ...]:
        """What is still to be asked, in the card's order."""
        asked = self.categories[category].ask
        return tuple(name for name in asked if name not in answers and name not in declined)

    def fields_of(self, category: str | None) -> tuple[str, ...]:
        """All fields of a category, those that are asked first; none where it is not known."""
        known = self.categories.get(category or "")
        return known.fields if known else ()

    def known(self, category: str | None, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        """The answers that this category has a place for, in the card's order."""
        if category is None:
            return {}
        fields = self.categories[category].fields
        return {name: answers[name] for name in fields if answers.get(name)}

    def label(self, field: str, language: str, category: str | None) -> str:
        """What tickets of this category call the field."""
        return _in(self._naming(field, category).label, language)

    def hint(self, field: str, language: str, category: str | None) -> str:
        return _in(self._naming(field, category).hint, language)

    def _naming(self, field: str, category: str | None) -> Field | Naming:
        known = self.categories.get(category or "")
        return known.calls.get(field, self.fields[field]) if known else self.fields[field]

    def says(self, field: str, value: str, language: str) -> str:
        """The button words of a choice; the value itself where it has none."""
        words = self.fields[field].says.get(value)
        return _in(words, language) if words else value

    def category_label(self, category: str, language: str) -> str:
        return _in(self.categories[category].label, language)

    def category_named(self, text: str, language: str) -> str | None:
        """The category that was typed instead of tapped: its label in any language, or number."""
        typed = " ".join(text.casefold().strip(" .,!;:\n").split())
        names = list(self.categories)
        if typed.isdecimal():
            number = int(typed)
            return names[number - 1] if 1 <= number <= len(names) else None
        for known in (language, *LANGUAGES):
            for name in names:
                if typed and typed == self.category_label(name, known).casefold():
                    return name
        return typed if typed in self.categories else None

    def value_named(self, field: str, text: str) -> str:
        """The value whose button words, in any language, were typed; "" where none."""
        typed = " ".join(text.casefold().strip(" .,!;:\n").split())
        return self.fields[field].typed.get(typed, "")

    def has_versions(self, field: str) -> bool:
        """Whether any of its values ends with a number."""
        return any(value.rpartition("-")[2].isdecimal() for value in self.fields[field].values)

    def version(self, field: str, number: str) -> str:
        """The one value that ends with this number, "11" for Windows 11; "" where none does."""
        ending = f"-{number}"
        found = [value for value in self.fields[field].values if value.endswith(ending)]
        return found[0] if number and len(found) == 1 else ""

    def agreed(self, field: str, *, is_yes: bool) -> str:
        """The value that a bare yes or no to this field's question means, or ""."""
        return self.fields[field].yes if is_yes else self.fields[field].no

    def show(self, field: str, value: str, language: str) -> str:
        """A canonical value as a person reads it."""
        shown = self.fields[field]
        match shown.type:
            case "choice":
                return self.says(field, value, language)
            case "moment":
                return _moment(value, language)
            case "quantity":
                return f"{value} {shown.unit}".strip()
            case _:
                return value


def _moment(value: str, language: str) -> str:
    locale = language if language in LANGUAGES else FALLBACK
    pattern = DAY_PATTERNS.get(locale, "d MMMM y")
    try:
        if len(value) == DAY_LENGTH:
            return str(format_date(date.fromisoformat(value), pattern, locale=locale))
        moment = datetime.fromisoformat(value)
        return str(format_datetime(moment, f"{pattern}, HH:mm", locale=locale))
    except ValueError:
        return value  # typed by an agent in words


def _in(words: Mapping[str, str], language: str) -> str:
    return words.get(language) or words[FALLBACK]


def _rows(tables: Mapping[str, Any], kind: str) -> list[tuple[str, Mapping[str, Any]]]:
    rows = tables.get(kind)
    if not isinstance(rows, dict) or not rows:
        raise _wrong(kind, "the table is missing")
    for name, row in rows.items():
        if not isinstance(row, dict):
            raise _wrong(f"{kind}.{name}", "a table is expected")
    return list(rows.items())


def _field(name: str, row: Mapping[str, Any]) -> Field:
    key = f"field.{name}"
    _only(key, row, FIELD_KEYS)
    if row.get("type") not in TYPES:
        raise _wrong(f"{key}.type", f"one of {', '.join(TYPES)} is expected")
    values = _names(f"{key}.values", row.get("values", []))
    if (row["type"] == "choice") != bool(values):
        raise _wrong(f"{key}.values", "a choice has values, nothing else has")
    remembered = row.get("remembered", "")
    if remembered not in REMEMBERED:
        raise _wrong(f"{key}.remembered", "person or category is expected")
    says = row.get("says", {})
    if not isinstance(says, dict) or set(says) != set(values):
        raise _wrong(f"{key}.says", "every value needs its words")
    if ("yes" in row) != ("no" in row):
        raise _wrong(f"{key}.yes", "the value of a yes stands beside that of a no")
    for word in ("yes", "no"):
        if row.get(word, "") not in ("", *values):
            raise _wrong(f"{key}.{word}", "one of its values is expected")
    return Field(
        name=name,
        type=row["type"],
        values=values,
        unit=str(row.get("unit", "")),
        remembered=remembered,
        label=_words(f"{key}.label", row.get("label")),
        hint=_words(f"{key}.hint", row.get("hint")),
        says={value: _words(f"{key}.says.{value}", said) for value, said in says.items()},
        yes=row.get("yes", ""),
        no=row.get("no", ""),
    )


def _category(name: str, row: Mapping[str, Any], fields: Mapping[str, Field]) -> Category:
    key = f"category.{name}"
    _only(key, row, {"kind", "ask", "welcome", "label", "calls", "directory", "own"})
    if row.get("kind") not in list(Kind):
        raise _wrong(f"{key}.kind", f"one of {', '.join(Kind)} is expected")
    ask = _names(f"{key}.ask", row.get("ask", []))
    welcome = _names(f"{key}.welcome", row.get("welcome", []))
    own = _names(f"{key}.own", row.get("own", []))
    for part, names in (("ask", ask), ("welcome", welcome), ("own", own)):
        for unknown in set(names) - fields.keys():
            raise _wrong(f"{key}.{part}", f"there is no field {unknown!r}")
    if len(set(ask + welcome)) < len(ask + welcome):
        raise _wrong(key, "a field stands twice")
    return Category(
        name=name,
        ask=ask,
        welcome=welcome,
        label=_words(f"{key}.label", row.get("label")),
        kind=row["kind"],
        calls=_calls(f"{key}.calls", row.get("calls", {}), ask + welcome),
        directory=_directory(f"{key}.directory", row.get("directory", {}), ask + welcome),
        own=own,
    )


def _directory(key: str, row: Any, own: tuple[str, ...]) -> dict[str, str]:
    if not isinstance(row, dict) or not set(row) <= set(own):
        raise _wrong(key, "fields of this category are expected")
    if not set(row.values()) <= set(TOLD_BY_DIRECTORY):
        raise _wrong(key, f"one of {', '.join(TOLD_BY_DIRECTORY)} is expected")
    return dict(row)


def _calls(key: str, rows: Any, own: tuple[str, ...]) -> dict[str, Naming]:
    if not isinstance(rows, dict):
        raise _wrong(key, "a table is expected")
    calls = {}
    for name, row in rows.items():
        if name not in own or not isinstance(row, dict):
            raise _wrong(f"{key}.{name}", "a table for a field of this category is expected")
        _only(f"{key}.{name}", row, {"label", "hint"})
        label = _words(f"{key}.{name}.label", row.get("label"))
        calls[name] = Naming(label=label, hint=_words(f"{key}.{name}.hint", row.get("hint")))
    return calls


def _only(key: str, row: Mapping[str, Any], known: set[str]) -> None:
    for name in row.keys() - known:
        raise _wrong(f"{key}.{name}", "there is no such key")


def _names(key: str, names: Any) -> tuple[str, ...]:
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise _wrong(key, "a list of names is expected")
    return tuple(names)


def _words(key: str, words: Any) -> Mapping[str, str]:
    """Words by language; English must be there, the others fall back on it."""
    if not isinstance(words, dict) or not words.get(FALLBACK):
        raise _wrong(key, "words by language are expected, English at least")
    for language, said in words.items():
        if language not in LANGUAGES or not isinstance(said, str):
            raise _wrong(f"{key}.{language}", "a sentence in a known language is expected")
    return dict(words)


def _wrong(key: str, reason: str) -> Invalid:
    return Invalid("catalogue", key=key, reason=reason)
