"""Answers that have a line of their own, or stand between strokes, are taken as they are."""

import pytest

from intake.replies.answers import read_answers
from tests.intake.cast import NOW
from tests.intake.desk import READER

COMPUTER = ("asset", "os", "started", "tried", "urgency")
ACCESS = ("symptom", "system", "account", "deadline")


def read(text, language, asked, category):
    return read_answers(
        text, asked=asked, category=category, language=language, now=NOW, reader=READER
    )


@pytest.mark.parametrize(
    ("language", "text", "tried"),
    [
        ("uk", "LT-7 / W11 / вчора / sfc, memtest чисто / може почекати", "sfc, memtest чисто"),
        ("en", "LT-7 / W11 / yesterday / sfc, memtest clean / can wait", "sfc, memtest clean"),
        ("sk", "LT-7 / W11 / včera / sfc, memtest čisté / počká to", "sfc, memtest čisté"),
        ("el", "LT-7 / W11 / χθες / sfc, memtest οκ / μπορεί να περιμένει", "sfc, memtest οκ"),
        ("it", "LT-7 / W11 / ieri / sfc, memtest ok / può aspettare", "sfc, memtest ok"),
    ],
)
def test_between_strokes_any_words_are_meant(language, text, tried):
    assert read(text, language, COMPUTER, "computer").filled["tried"] == tried


def test_so_are_they_in_lines():
    found = read("refunds\nTillMate\nuser204\nsaturday at the latest", "en", ACCESS, "access")
    assert found.filled["symptom"] == "refunds"


def test_what_a_screen_said_is_no_device_that_it_names():
    text = 'd.park@x.example / Thunderbird 128 / "Login to server failed" / Thursday / can wait'
    asked = ("account", "application", "error", "started", "urgency")
    assert read(text, "en", asked, "email").filled["error"] == "Login to server failed"


def test_a_number_behind_a_word_begins_no_count():
    text = "for the thermal sims. Lab 2. Dec 4. Approved by Helen Cho."
    found = read(text, "en", ("symptom", "location", "deadline"), "request")
    assert (found.filled["location"], found.filled["deadline"][5:]) == ("Lab 2", "12-04")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "вилітає, Медок, помилок нема, з учора, нічого не робила, працюю вручну"),
        ("en", "it crashes, Medico, no messages, since yesterday, did nothing, i work by hand"),
        ("sk", "padá, Medico, hláška žiadna, od včera, nič som nerobila, robím ručne"),
        ("el", "κλείνει, Medico, μήνυμα κανένα, από χθες, δεν έκανα τίποτα, δουλεύω με το χέρι"),
        ("it", "si chiude, Medico, messaggi nessuno, da ieri, non ho fatto niente, lavoro a mano"),
    ],
)
def test_who_did_nothing_has_told_what_was_tried(language, text):
    asked = ("symptom", "application", "error", "started", "tried", "urgency")
    found = read(text, language, asked, "software")
    assert "tried" in found.filled
    assert found.declined == {"error"}
