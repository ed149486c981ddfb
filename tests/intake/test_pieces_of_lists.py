"""Answers in a list without numbers, in an order of one's own, and what belongs together."""

from datetime import UTC, datetime

import pytest

from intake.replies.answers import read_answers

NOW = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)


def filled(reader, text, language, category, *asked):
    return read_answers(
        text, asked=asked, category=category, language=language, now=NOW, reader=reader
    ).filled


@pytest.mark.parametrize(
    ("language", "text", "tried"),
    [
        ("uk", "з понеділка, перезапускала двічі, Excel", "перезапускала двічі"),
        ("en", "since Monday, restarted it twice, Excel", "restarted it twice"),
        ("sk", "od pondelka, reštartovala som dvakrát, Excel", "reštartovala som dvakrát"),
        ("el", "από τη Δευτέρα, έκανα επανεκκίνηση, Excel", "έκανα επανεκκίνηση"),
        ("it", "da lunedì, riavviato due volte, Excel", "riavviato due volte"),
    ],
)
def test_as_many_answers_as_questions_may_come_in_another_order(reader, language, text, tried):
    asked = ("application", "started", "tried")
    found = filled(reader, text, language, "software", *asked)
    assert found == {"application": "Excel", "started": "2026-11-23", "tried": tried}


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("uk", "2. каса на складі", "каса на складі"),
        ("en", "2. call centre in Swansea", "call centre in Swansea"),
        ("sk", "2. vrátnica pri sklade", "vrátnica pri sklade"),
        ("el", "2. γραμματεία στο ισόγειο", "γραμματεία στο ισόγειο"),
        ("it", "2. guardiola all'ingresso", "guardiola all'ingresso"),
    ],
)
def test_a_place_within_a_place_is_told_whole(reader, language, text, place):
    told = filled(reader, text, language, "printer", "asset", "location", "started")
    assert told == {"location": place}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "2 монітори\n1 клавіатура"),
        ("en", "2 monitors\n1 keyboard"),
        ("sk", "2 monitory\n1 klávesnica"),
        ("el", "2 οθόνες\n1 πληκτρολόγιο"),
        ("it", "2 monitor\n1 tastiera"),
    ],
)
def test_things_in_lines_are_one_wish(reader, language, text):
    told = filled(reader, text, language, "request", "item", "location", "deadline")
    assert told == {"item": text}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "мій внутрішній 31, але зламаний 33"),
        ("en", "my own extension is 31 but the broken one is 33"),
        ("sk", "moja klapka je 31 ale pokazená je 33"),
        ("el", "το δικό μου εσωτερικό είναι 31 αλλά χαλασμένο είναι το 33"),
        ("it", "il mio interno è 31 ma quello guasto è il 33"),
    ],
)
def test_of_two_lines_the_broken_one_is_meant(reader, language, text):
    told = filled(reader, text, language, "telephony", "phone_service", "extension")
    assert told["extension"] == "33"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "я помилилася з поверхом"),
        ("en", "I was wrong about the floor"),
        ("sk", "pomýlila som sa s poschodím"),
        ("el", "έκανα λάθος με τον όροφο"),
        ("it", "ho sbagliato il piano"),
    ],
)
def test_a_floor_without_its_number_is_no_place(reader, language, text):
    told = filled(reader, text, language, "printer", "asset", "location", "started")
    assert "location" not in told
