"""Days and hours as people put them in a hurry, each in a reply to a card that asks for it."""

from datetime import datetime

import pytest

from intake.replies.answers import read_answers
from tests.intake.desk import READER

ZONES = {"uk": "+02:00", "el": "+02:00", "en": "+00:00", "sk": "+01:00", "it": "+01:00"}
TRIED = {
    "uk": "перезапустила",
    "en": "restarted it",
    "sk": "reštartovala som",
    "el": "έκανα επανεκκίνηση",
    "it": "riavviato",
}


def told(text, language, category, asked):
    now = datetime.fromisoformat(f"2026-11-26T10:00{ZONES[language]}")  # a Thursday
    found = read_answers(
        text, asked=asked, category=category, language=language, now=now, reader=READER
    )
    return found.filled


@pytest.mark.parametrize(
    ("language", "said", "expected"),
    [
        ("uk", "щойно, хвилин 10 тому", "2026-11-26T09:50"),
        ("uk", "9.15 ранку", "2026-11-26T09:15"),
        ("en", "a couple of days ago", "2026-11-24"),
        ("en", "just started 10 minutes ago", "2026-11-26T09:50"),
        ("en", "2h ago", "2026-11-26T08:00"),
        ("en", "6 o clock this morning", "2026-11-26T06:00"),
        ("en", "since 0815 today", "2026-11-26T08:15"),
        ("en", "4.30pm yesterday", "2026-11-25T16:30"),
        ("en", "from 3 in the night", "2026-11-26T03:00"),
        ("en", "18-11", "2026-11-18"),
        ("en", "when i came in on the 19th", "2026-11-19"),
        ("en", "started this morning on handover", "2026-11-26"),
        ("sk", "pol hodinu dozadu", "2026-11-26T09:30"),
        ("el", "πριν καμιά ώρα", "2026-11-26T09:00"),
        ("it", "un paio di giorni fa", "2026-11-24"),
        ("it", "stamattina ore 9", "2026-11-26T09:00"),
        ("it", "oggi ore 9.15", "2026-11-26T09:15"),
        ("uk", "тиждень як не працює", "2026-11-19"),
        ("uk", "три дні як", "2026-11-23"),
        ("en", "it's been a week", "2026-11-19"),
        ("en", "a fortnight ago", "2026-11-12"),
        ("sk", "týždeň čo nejde", "2026-11-19"),
        ("el", "εδώ και ένα δεκαπενθήμερο", "2026-11-12"),
        ("it", "è una settimana", "2026-11-19"),
        ("it", "da una quindicina di giorni", "2026-11-12"),
    ],
)
def test_when_it_began_is_understood(language, said, expected):
    filled = told(
        f"NB-0442, {said}, {TRIED[language]}", language, "computer", ("asset", "started", "tried")
    )
    assert filled["started"].removesuffix(f":00{ZONES[language]}") == expected


@pytest.mark.parametrize(
    ("language", "said", "expected"),
    [
        ("uk", "до кінця року", "2026-12-31"),
        ("uk", "до обіду", "2026-11-26"),
        ("en", "by lunchtime", "2026-11-26"),
        ("en", "EOD", "2026-11-26"),
        ("en", "EOD tomorrow", "2026-11-27"),
        ("en", "Monday week", "2026-12-07"),
        ("en", "start of next week", "2026-11-30"),
        ("en", "start of December", "2026-12-01"),
        ("en", "end of the year", "2026-12-31"),
        ("sk", "do konca roka", "2026-12-31"),
        ("el", "μέχρι το τέλος της μέρας", "2026-11-26"),
        ("it", "entro la fine dell'anno", "2026-12-31"),
        ("uk", "до середини грудня", "2026-12-15"),
        ("en", "mid December", "2026-12-15"),
        ("en", "in a fortnight", "2026-12-10"),
        ("en", "a week from now", "2026-12-03"),
        ("sk", "do polovice decembra", "2026-12-15"),
        ("sk", "v priebehu týždňa", "2026-12-03"),
        ("el", "μέσα Δεκεμβρίου", "2026-12-15"),
        ("el", "μέσα στη μέρα", "2026-11-26"),
        ("it", "metà dicembre", "2026-12-15"),
    ],
)
def test_by_when_it_is_due_is_understood(language, said, expected):
    filled = told(f"SAP, j.smith, {said}", language, "access", ("system", "account", "deadline"))
    assert filled["deadline"] == expected
