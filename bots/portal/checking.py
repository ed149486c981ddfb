"""Checks a posted page before it is accepted: what it says, and which words no field can take."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final

from bots.portal.drafts import Draft
from intake.catalogue import DAY_LENGTH
from intake.filling import read_words
from intake.forms import CATEGORY
from intake.posted_forms import Upload
from intake.understanding import Reader
from intake.understanding.timing import AHEAD

LONGEST: Final = 4000  # characters of one field
FILES_LIMIT: Final = 20_000_000  # bytes in all
MOST_FILES: Final = 10
NOTE, FILES = "note", "files"  # where an error may stand beside the fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What may be accepted. `errors` are codes by field; templates/portal has their words."""

    answers: Mapping[str, str]
    note: str
    errors: Mapping[str, str] = field(default_factory=dict)


class Checking:
    """Reads words as the core will."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def check(
        self, draft: Draft, uploads: tuple[Upload, ...], language: str, now: datetime
    ) -> Checked:
        answers, lines, errors = dict(draft.answers), [draft.note], {}
        for name, words in draft.answers.items():
            if name == CATEGORY or not words:
                continue
            if name in draft.days:
                typed = draft.words.get(name, "")
                if typed not in ("", draft.was.words.get(name, "")):
                    hour = self._time(name, typed, language, _within(words, name, now))
                    answers[name] = words + hour
                    label = self._reader.catalogue.label(name, language, draft.category)
                    lines.append(f"{label}: {typed}")
            elif len(words) > LONGEST:
                errors[name] = "too_long"
            elif not self._read(name, words, language, now):
                errors[name] = self._reader.catalogue.fields[name].type
        note = "\n".join(line for line in lines if line)
        return Checked(answers=answers, note=note, errors=errors | _beside(draft, note, uploads))

    def _time(self, name: str, words: str, language: str, within: datetime) -> str:
        return self._read(name, words, language, within)[DAY_LENGTH:]

    def _read(self, name: str, words: str, language: str, now: datetime) -> str:
        return read_words(self._reader, name, words, language, now)


def _within(day: str, name: str, now: datetime) -> datetime:
    """The end of the day that was picked, from which any of its hours is past, or its begin."""
    hour = time.min if AHEAD.get(name) else time.max
    return datetime.combine(date.fromisoformat(day), hour, tzinfo=now.tzinfo)


def _beside(draft: Draft, note: str, uploads: tuple[Upload, ...]) -> dict[str, str]:
    errors = {}
    if len(note) > LONGEST:
        errors[NOTE] = "too_long"
    if sum(len(upload.content) for upload in uploads) > FILES_LIMIT:
        errors[FILES] = "too_large"
    elif len(uploads) + len(draft.kept) > MOST_FILES:
        errors[FILES] = "too_many"
    return errors
