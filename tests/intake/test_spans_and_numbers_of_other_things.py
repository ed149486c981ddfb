"""How long it went, floors by their number, and days in the English order of month and day."""

from datetime import datetime

import pytest

from intake.replies.answers import read_answers
from tests.intake.desk import READER

NOW = datetime.fromisoformat("2026-11-26T10:30:00+02:00")  # a Thursday
WENT = {
    "uk": ("ноут увімкнувся на 5 хвилин і знову здох", "попрацював 10 хвилин і вимкнувся"),
    "en": (
        "it came on for five minutes and died again, my laptop",
        "my screen came back for 2 mins then black again",
        "laptop ran for 10 minutes and switched off",
    ),
    "sk": ("notebook naskočil na 5 minút a zhasol", "išiel 10 minút a vypol sa"),
    "el": ("το λάπτοπ άναψε για 5 λεπτά και έσβησε", "δούλεψε για 10 λεπτά και έκλεισε"),
    "it": (
        "il portatile si è acceso per 5 minuti e si è spento",
        "è andato per 10 minuti e basta",
    ),
}
FLOORS = ("scanner on 2nd says paper jam", "all of us on the 4th have no internet")
DATES = {
    "started 11/23": "2026-11-23",
    "11/23": "2026-11-23",
    "since 11/23/2026": "2026-11-23",
    "23 Nov": "2026-11-23",
    "Nov 23rd": "2026-11-23",
    "Nov 23, 9am": "2026-11-23T09:00:00+02:00",
    "since the 23rd of Nov": "2026-11-23",
    "on the 23rd": "2026-11-23",
    "23/11": "2026-11-23",
    "since 3/11": "2026-11-03",
}
YET_TO_COME = {"uk": "27.11", "en": "27/11", "sk": "27.11.", "el": "27/11", "it": "27/11"}


def replied(language, text, asked, category="computer"):
    return read_answers(
        text, asked=asked, category=category, language=language, now=NOW, reader=READER
    )


@pytest.mark.parametrize("language", WENT)
def test_it_did_not_begin_so_long_ago_as_it_went(language):
    for text in WENT[language]:
        found = READER.understand(text, hint_language=language, now=NOW).answers
        assert "started" not in found, text


@pytest.mark.parametrize("text", FLOORS)
def test_a_floor_is_no_day_of_the_month(text):
    assert "started" not in READER.understand(text, hint_language="en", now=NOW).answers
    assert "started" not in replied("en", text, ("location", "started"), "network").filled


@pytest.mark.parametrize("text", DATES)
def test_days_are_read_in_every_english_order(text):
    found = replied("en", text, ("asset", "os", "started", "tried"))
    assert dict(found.filled) == {"started": DATES[text]}


@pytest.mark.parametrize("language", YET_TO_COME)
def test_a_day_that_has_yet_to_come_is_no_label_and_no_error(language):
    found = replied(language, YET_TO_COME[language], ("asset", "error", "started", "urgency"))
    assert not found.filled
