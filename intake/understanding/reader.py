"""Reads a message: its language, what it wants, what it is about, and the answers it gives.

Pure once constructed. Below the bar of certainty a field stays empty and is asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from intake.catalogue import Catalogue
from intake.people import LANGUAGES
from intake.understanding.fields import read_fields
from intake.understanding.intents import read_category, read_intent
from intake.understanding.language import Languages
from intake.understanding.layout import lay_out
from intake.understanding.lexicon import lexicon
from intake.understanding.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """What a message says: canonical values, and in `spans` where in the text they stand."""

    language: str
    is_language_sure: bool
    intent: str
    category: str | None
    answers: Mapping[str, str] = field(default_factory=dict)
    spans: Mapping[str, tuple[int, int]] = field(default_factory=dict)


class Reader:
    """All word lists loaded once; then a function of text, hint and moment."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._languages = Languages.load()
        for language in LANGUAGES:
            lexicon(language)

    def understand(self, text: str, *, hint_language: str, now: datetime) -> Understanding:
        language, is_sure = self._languages.detect(text, hint_language)
        reading = self.read(text, language=language, now=now)
        intent = read_intent(reading)
        category = read_category(reading, intent, tuple(self.catalogue.categories))
        found = read_fields(reading, intent, category) if category else {}
        return Understanding(
            language=language,
            is_language_sure=is_sure,
            intent=intent,
            category=category,
            answers={name: value.value for name, value in found.items()},
            spans={name: (value.start, value.end) for name, value in found.items()},
        )

    def fields(self, reading: Reading, intent: str, category: str | None) -> dict[str, str]:
        """Values of every field that the category has a place for."""
        if category is None:
            return {}
        key = f"fields {intent} {category}"
        if key not in reading.remembered:
            reading.remembered[key] = read_fields(reading, intent, category)
        found = reading.remembered[key]
        return self.catalogue.known(category, {name: f.value for name, f in found.items()})

    def reread(self, reading: Reading, language: str) -> Reading:
        """The same words read as another language."""
        return Reading(
            text=reading.text, language=language, now=reading.now, layout=reading.layout
        )

    def language_of(self, text: str, hint: str) -> str:
        return self._languages.detect(text, hint)[0]

    def read(self, text: str, *, language: str, now: datetime) -> Reading:
        layout = lay_out(text, language)
        return Reading(text=layout.body, language=language, now=now, layout=layout)
