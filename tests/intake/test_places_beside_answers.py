"""A room or floor that nobody asked for is kept where it stands by itself among the answers."""

import pytest

from intake.replies.answers import read_answers
from tests.intake.cast import NOW, READER

ASKED = ("asset", "os", "started", "tried", "urgency")


def heard(language, words):
    return read_answers(
        words, asked=ASKED, category="computer", language=language, now=NOW, reader=READER
    ).filled


@pytest.mark.parametrize(
    ("language", "words", "place"),
    [
        ("uk", "1. KM-9 2. вінда 10 3. з учора 4. нічого 5. ні, кабінет 12", "кабінет 12"),
        ("uk", "KM-9, вінда 10, з учора, нічого, 3 поверх", "3 поверх"),
        ("en", "1. KM-9 2. win 10 3. since yesterday 4. nothing 5. no, room 12", "room 12"),
        ("en", "KM-9, win 10, since yesterday, nothing, can't work, floor 3", "floor 3"),
        ("sk", "1. KM-9 2. win 10 3. od vcera 4. nic 5. nie, kancelaria 12", "kancelaria 12"),
        ("sk", "KM-9, win 10, od vcera, nic, nemozem robit, 3. poschodie", "3. poschodie"),
        ("el", "1. KM-9 2. win 10 3. απο χτες 4. τιποτα 5. οχι, γραφειο 12", "γραφειο 12"),
        ("el", "KM-9, win 10, απο χτες, τιποτα, ορόφος 3", "ορόφος 3"),
        ("it", "1. KM-9 2. win 10 3. da ieri 4. niente 5. no, stanza 12", "stanza 12"),
        ("it", "KM-9, win 10, da ieri, niente, non posso lavorare, piano 3", "piano 3"),
    ],
)
def test_a_place_by_itself_is_kept_though_not_asked_for(language, words, place):
    assert heard(language, words)["location"] == place


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "KM-9, не кабінет 12"),
        ("en", "KM-9, not room 12"),
        ("sk", "KM-9, nie kancelaria 12"),
        ("el", "KM-9, οχι γραφειο 12"),
        ("it", "KM-9, non stanza 12"),
    ],
)
def test_a_place_that_is_denied_is_none(language, words):
    assert "location" not in heard(language, words)
