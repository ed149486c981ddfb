"""A reply that says one plain thing answers its question, whatever else the card asks."""

from datetime import datetime

import pytest

from intake.replies.answers import read_answers

NOW = datetime.fromisoformat("2026-11-23T10:30:00+02:00")  # a Monday


def replied(reader, text, language, asked, category):
    found = read_answers(
        text, asked=asked, category=category, language=language, now=NOW, reader=reader
    )
    return found.filled


@pytest.mark.parametrize(
    "asked",
    [
        ("location",),
        ("location", "connection"),
        ("location", "connection", "started", "scope", "urgency"),
    ],
)
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "вдома"),
        ("en", "at home"),
        ("sk", "doma"),
        ("el", "στο σπίτι"),
        ("it", "a casa"),
        ("it", "sono a casa"),
    ],
)
def test_home_alone_says_where(reader, language, text, asked):
    found = replied(reader, text, language, asked, "network")
    assert found.keys() == {"location"}
    assert found["location"] in text


@pytest.mark.parametrize(
    ("asked", "category"),
    [
        (("asset", "location", "started"), "printer"),
        (("asset", "os", "started", "tried", "urgency"), "computer"),
    ],
)
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "INV-1, сьогодні"),
        ("en", "INV-1, today"),
        ("sk", "INV-1, dnes"),
        ("el", "INV-1, σήμερα"),
        ("it", "INV-1, oggi"),
    ],
)
def test_a_day_alone_between_commas_says_since_when(reader, language, text, asked, category):
    found = replied(reader, text, language, asked, category)
    assert found == {"asset": "INV-1", "started": "2026-11-23"}


@pytest.mark.parametrize(
    ("language", "text", "device"),
    [
        ("en", "NB-0442, since this morning. its a laptop btw", "laptop"),
        ("en", "NB-0442, since this morning, it's my desktop", "desktop"),
        ("uk", "NB-0442, зранку, це ноутбук до речі", "laptop"),
        ("sk", "NB-0442, od rána, je to notebook", "laptop"),
        ("el", "NB-0442, από το πρωί, είναι λάπτοπ", "laptop"),
        ("it", "NB-0442, da stamattina, è un portatile", "laptop"),
    ],
)
def test_what_the_thing_is_is_taken_unasked(reader, language, text, device):
    filled = replied(reader, text, language, ("asset", "started"), "computer")
    assert filled["device"] == device
    assert filled["asset"] == "NB-0442"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "NB-0442, it's not a laptop"),
        ("uk", "NB-0442, це не ноутбук"),
        ("el", "NB-0442, δεν είναι φορητός"),
        ("it", "NB-0442, non è un portatile"),
    ],
)
def test_what_it_is_not_is_not_taken(reader, language, text):
    assert "device" not in replied(reader, text, language, ("asset", "started"), "computer")
