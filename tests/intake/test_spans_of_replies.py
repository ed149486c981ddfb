"""What stands beside a place, a system or a photo in a reply is no part of it."""

from datetime import datetime

import pytest

from intake.replies.answers import Answers, read_answers

NOW = datetime.fromisoformat("2026-11-26T10:00:00+02:00")  # a Thursday
PRINTER = ("asset", "location", "started")
REQUEST = ("item", "location", "deadline")


@pytest.fixture(scope="module")
def read(reader):
    asking = {"now": NOW, "reader": reader}
    return lambda text, language, category, asked: read_answers(
        text, asked=asked, category=category, language=language, **asking
    )


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("en", "since the fire drill, basement", "basement"),
        ("sk", "od požiarneho cvičenia, pivnica", "pivnica"),
        ("el", "από την άσκηση πυρκαγιάς, υπόγειο", "υπόγειο"),
    ],
)
def test_a_place_begins_behind_since_when(read, language, text, place):
    assert read(text, language, "printer", PRINTER).filled == {"location": place}


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("uk", "два монітори, погодить Іван Бойко, філія Львів", "філія Львів"),
        ("en", "two monitors, Ann Low approves, Leeds branch", "Leeds branch"),
        ("sk", "dva monitory, schváli Anna Kováčová, pobočka Žilina", "pobočka Žilina"),
        ("el", "δύο οθόνες, εγκρίνει η Άννα Βλάχου, υποκατάστημα Πάτρας", "υποκατάστημα Πάτρας"),
        ("it", "due monitor, approva Anna Viola, filiale Torino", "filiale Torino"),
    ],
)
def test_a_place_begins_behind_who_approves(read, language, text, place):
    assert read(text, language, "request", REQUEST).filled["location"] == place


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "вінда здається 10"),
        ("en", "windows i think 10"),
        ("sk", "windows asi 10"),
        ("el", "windows νομίζω 10"),
        ("it", "windows credo 10"),
    ],
)
def test_the_number_of_a_version_is_on_no_label(read, language, text):
    found = read(text, language, "computer", ("asset", "os", "started")).filled
    assert "asset" not in found
    assert found["os"].startswith("windows")


@pytest.mark.parametrize("asked", ["error", "tried", "location"])
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "фото додаю"),
        ("en", "photo attached"),
        ("sk", "fotka v prílohe"),
        ("el", "επισυνάπτω φωτογραφία"),
        ("it", "foto allegata"),
    ],
)
def test_that_a_photo_comes_along_is_no_value(read, language, text, asked):
    assert read(text, language, "software", (asked,)) == Answers()
