""" "I don't know" declines what it is said of, and nothing else."""

import pytest

from tests.intake.answering import COMPUTER, LAPTOP, answered


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "не знаю"),
        ("en", "I don't know"),
        ("en", "no idea, sorry"),
        ("sk", "neviem"),
        ("el", "δεν ξέρω"),
        ("it", "non lo so"),
    ],
)
@pytest.mark.parametrize("asked", [COMPUTER, ("tried", "urgency"), ("location", "started")])
def test_a_bare_i_do_not_know_declines_all_that_is_asked(reader, asked, language, text):
    found = answered(reader, text, asked, "computer", language)
    assert (found.filled, found.declined) == ({}, frozenset(asked))


@pytest.mark.parametrize("text", ["4. -", "4. —", "4. n/a", "4) –", "4. ?"])
def test_a_dash_for_an_answer_declines_that_field(reader, text):
    found = answered(reader, f"1. NB-0442\n{text}", COMPUTER, "computer")
    assert found.filled == {"asset": "NB-0442"}
    assert found.declined == {"tried"}


@pytest.mark.parametrize(
    ("language", "unknown"),
    [
        ("uk", "не знаю"),
        ("en", "don't know"),
        ("en", "no idea"),
        ("en", "not sure"),
        ("sk", "neviem"),
        ("el", "δεν ξέρω"),
        ("it", "non lo so"),
    ],
)
def test_what_is_set_apart_for_one_field_declines_no_other(reader, language, unknown):
    for mark in ("2. ", "2) ", "2: ", "2 - ", "2 "):
        found = answered(reader, mark + unknown, LAPTOP, "computer", language)
        assert (found.filled, found.declined) == ({}, {"started"}), mark
    found = answered(reader, f"1. windows 11\n2. {unknown}", LAPTOP, "computer", language)
    assert (found.filled, found.declined) == ({"os": "windows-11"}, {"started"})


def test_one_answer_may_decline_several_numbers(reader):
    found = answered(reader, "1-3: don't know\n4. can wait", LAPTOP, "computer")
    assert (found.filled, found.declined) == ({"urgency": "minor"}, {"os", "started", "tried"})


def test_not_knowing_one_field_declines_that_one(reader):
    found = answered(reader, "I don't know the inventory number", COMPUTER, "computer")
    assert found.declined == {"asset"}


def test_what_cannot_really_be_done_is_no_not_knowing(reader):
    found = answered(reader, "I can't really work", ("urgency",), "computer")
    assert not found.declined


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("1. не знаю\n2. вчора", "uk"),
        ("1. no sticker\n2. yesterday", "en"),
        ("1. neviem\n2. včera", "sk"),
        ("1. δεν ξέρω\n2. χθες", "el"),
        ("1. non lo so\n2. ieri", "it"),
        ("no sticker on it, started yesterday", "en"),
        ("наклейки нема, почалося вчора", "uk"),
    ],
)
def test_not_knowing_declines_the_field(reader, text, language):
    found = answered(reader, text, ("asset", "started"), "printer", language)
    assert found.declined == {"asset"}
    assert dict(found.filled) == {"started": "2026-11-22"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("INV-20418, на інші питання відповіді не маю", "uk"),
        ("INV-20418, решту не знаю", "uk"),
        ("INV-20418, the rest I don't know", "en"),
        ("INV-20418, ostatné neviem", "sk"),
        ("INV-20418, τα υπόλοιπα δεν τα ξέρω", "el"),
        ("INV-20418, il resto non lo so", "it"),
    ],
)
def test_not_knowing_the_rest_declines_all_that_is_open(reader, text, language):
    found = answered(reader, text, ("asset", "os", "tried"), "computer", language)
    assert found.filled["asset"] == "INV-20418"
    assert found.declined == {"os", "tried"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "номера не знаю"),
        ("en", "no idea what the number is"),
        ("sk", "číslo neviem"),
        ("sk", "neviem aké je číslo"),
        ("el", "δεν ξέρω τον αριθμό"),
        ("it", "non so il numero"),
    ],
)
def test_who_does_not_know_the_number_says_nothing_of_the_trouble(reader, language, text):
    found = answered(reader, text, ("symptom", "asset"), "computer", language)
    assert not found.filled
    assert found.declined == {"asset"}
