"""A place that is denied is no value; the one that stands instead has its noun, and is no date."""

from datetime import datetime

import pytest

from intake.replies.answers import read_answers

NOW = datetime.fromisoformat("2026-11-26T10:00:00+02:00")  # a Thursday
PRINTER = ("asset", "location", "started")


def replied(reader, text, language):
    return read_answers(
        text, asked=PRINTER, category="printer", language=language, now=NOW, reader=reader
    ).filled


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("uk", "там не 3 поверх а 2", "2 поверх"),
        ("uk", "не на третьому поверсі, на другому", "другому поверсі"),
        ("uk", "не кабінет 14 а 15", "кабінет 15"),
        ("en", "not the 3rd floor but the 2nd", "2nd floor"),
        ("en", "not 3rd floor, 2nd", "2nd floor"),
        ("en", "it is not on the third floor, it is on the second", "second floor"),
        ("en", "not room 14 but 15", "room 15"),
        ("sk", "nie 3. poschodie ale 2.", "2. poschodie"),
        ("sk", "nie na treťom poschodí, na druhom", "druhom poschodí"),
        ("el", "όχι 3ος όροφος, 2ος", "2ος όροφος"),
        ("el", "όχι στον 3ο όροφο αλλά στον 2ο", "2ο όροφο"),
        ("el", "όχι γραφείο 14, 15", "γραφείο 15"),
        ("it", "non 3 piano, 2", "2 piano"),
        ("it", "non è il 3° piano ma il 2°", "2° piano"),
        ("it", "non stanza 14 ma 15", "stanza 15"),
    ],
)
def test_the_number_that_stands_instead_takes_the_noun_of_the_denied_place(
    reader, language, text, place
):
    assert replied(reader, text, language) == {"location": place}


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("uk", "2 поверх а не 3", "2 поверх"),
        ("en", "2nd floor not 3rd floor", "2nd floor"),
        ("en", "on the 2nd, not the 3rd floor", "2nd floor"),
        ("sk", "2. poschodie, nie 3.", "2. poschodie"),
        ("el", "2ος όροφος, όχι 3ος", "2ος όροφος"),
        ("it", "2 piano, non 3", "2 piano"),
    ],
)
def test_the_true_place_may_stand_first(reader, language, text, place):
    assert replied(reader, text, language) == {"location": place}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "не 3 поверх"),
        ("en", "not the 3rd floor"),
        ("sk", "nie 3. poschodie"),
        ("el", "όχι 3ος όροφος"),
        ("it", "non 3 piano"),
    ],
)
def test_a_denied_place_goes_though_nothing_stands_instead(reader, language, text):
    assert replied(reader, text, language) == {}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "не на 3 поверсі, з 2 листопада"),
        ("en", "it's not the 3rd floor, since the 2nd"),
        ("sk", "nie na 3. poschodí, od 2. novembra"),
        ("it", "non al terzo piano, dal 2 novembre"),
    ],
)
def test_a_date_beside_a_denied_place_stays_a_date(reader, language, text):
    assert replied(reader, text, language) == {"started": "2026-11-02"}


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("uk", "принтер мне папір, не на 3 поверсі а на 2", "2 поверсі"),
        ("en", "printer jams, not on the 3rd floor but on the 2nd", "2nd floor"),
        ("sk", "tlačiareň žerie papier, nie na 3. poschodí ale na 2.", "2. poschodí"),
        ("el", "ο εκτυπωτής κολλάει, όχι στον 3ο όροφο αλλά στον 2ο", "2ο όροφο"),
        ("it", "la stampante si inceppa, non al 3 piano ma al 2", "2 piano"),
    ],
)
def test_so_it_is_in_a_first_message(reader, language, text, place):
    found = reader.understand(text, hint_language=language, now=NOW).answers
    assert found["location"] == place
    assert "started" not in found
