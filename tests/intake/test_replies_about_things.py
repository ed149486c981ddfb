"""Codes put right, things whose name says what they are, floors by number, and what is none."""

from datetime import datetime

import pytest

from intake.replies.answers import read_answers

NOW = datetime.fromisoformat("2026-11-26T10:20:00+02:00")  # a Thursday
PRINTER = ("printer", "asset", "location", "started", "scope")


def replied(reader, text, language, category, *asked):
    return read_answers(
        text, asked=asked, category=category, language=language, now=NOW, reader=reader
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "PC-114, ой ні, це Марії. мій PC-141. вінда 10"),
        ("en", "PC-114, no wait, that's Jean's. mine is PC-141. windows 10"),
        ("sk", "PC-114, teda nie, PC-141. windows 10"),
        ("el", "PC-114... όχι κάτσε, αυτό είναι της Μαρίας. PC-141. windows 10"),
        ("it", "PC-114, anzi no, PC-141. windows 10"),
    ],
)
def test_of_two_codes_the_one_that_was_put_right_holds(reader, language, text):
    found = replied(reader, text, language, "computer", "asset", "os")
    assert found.filled == {"asset": "PC-141", "os": "windows-10"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "не працює 412, а не 421"),
        ("en", "it's 412 that's dead not 421"),
        ("sk", "nefunguje 412, nie 421"),
        ("el", "δεν δουλεύει το 412, όχι το 421"),
        ("it", "è guasto il 412, non il 421"),
    ],
)
def test_of_two_lines_the_one_that_is_not_denied_is_meant(reader, language, text):
    found = replied(reader, text, language, "telephony", "extension", "started")
    assert found.filled["extension"] == "412"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "хромбук, з вівторка"),
        ("en", "chromebook, since Tuesday"),
        ("sk", "chromebook, od utorka"),
        ("el", "chromebook, από Τρίτη"),
        ("it", "chromebook, da martedì"),
    ],
)
def test_the_name_of_a_thing_says_what_it_is_and_what_it_runs(reader, language, text):
    found = replied(reader, text, language, "computer", "os", "started")
    assert found.filled == {"device": "laptop", "os": "chromeos", "started": "2026-11-24"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "це не ноутбук"),
        ("en", "it's not a laptop"),
        ("sk", "nie je to notebook"),
        ("el", "δεν είναι λάπτοπ"),
        ("it", "non è un portatile"),
    ],
)
def test_what_it_is_not_is_no_device(reader, language, text):
    assert not replied(reader, text, language, "computer", "asset", "os").filled


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("uk", "INV-20418 поверх 3 з ранку", "поверх 3"),
        ("en", "INV-20418 floor 3 since morning", "floor 3"),
        ("sk", "INV-20418 poschodie 3 od rána", "poschodie 3"),
        ("el", "INV-20418 όροφος 3 από το πρωί", "όροφος 3"),
        ("it", "INV-20418 piano 3 da stamattina", "piano 3"),
    ],
)
def test_a_floor_with_its_number_after_it_is_a_place(reader, language, text, place):
    found = replied(reader, text, language, *PRINTER)
    assert found.filled == {"asset": "INV-20418", "location": place, "started": "2026-11-26"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "1. 2.14\n3. сьогодні"),
        ("en", "1. 2.14\n3. today"),
        ("sk", "1. 2.14\n3. dnes"),
        ("el", "1. 2.14\n3. σήμερα"),
        ("it", "1. 2.14\n3. oggi"),
    ],
)
def test_a_room_under_the_number_of_the_label_is_the_place(reader, language, text):
    found = replied(reader, text, language, *PRINTER)
    assert found.filled == {"location": "2.14", "started": "2026-11-26"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "всіх на поверсі"),
        ("uk", "vsih na poversi"),
        ("en", "everyone on the floor"),
        ("sk", "všetci na poschodí"),
        ("el", "όλοι στον όροφο"),
        ("it", "tutti al piano"),
    ],
)
def test_all_on_a_floor_are_a_site(reader, language, text):
    assert replied(reader, text, language, *PRINTER).filled == {"scope": "site"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "тел 214"),
        ("en", "tel 214"),
        ("sk", "klapka 214"),
        ("el", "τηλ 214"),
        ("it", "tel 214"),
    ],
)
def test_the_number_of_a_telephone_is_no_label(reader, language, text):
    assert not replied(reader, text, language, "computer", "asset", "os", "started").filled


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "1,2 не знаю, 3 - сьогодні"),
        ("en", "1,2 don't know, 3 today"),
        ("sk", "1,2 neviem 3 dnes"),
        ("el", "1+2 δεν ξέρω 3. σήμερα"),
        ("it", "1, 2 non lo so 3. oggi"),
    ],
)
def test_what_is_not_known_is_said_of_several_numbers(reader, language, text):
    found = replied(reader, text, language, "computer", "asset", "os", "started")
    assert found.declined == {"asset", "os"}
    assert found.filled == {"started": "2026-11-26"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "1 і 2 не знаю, 3 - сьогодні"),
        ("en", "1 and 2 haven't a clue 3 today"),
        ("sk", "1 a 2 netuším, 3 dnes"),
        ("el", "1 και 2 δεν ξέρω, 3 σήμερα"),
        ("it", "1 e 2 non lo so, 3 oggi"),
    ],
)
def test_a_word_may_join_the_numbers_of_what_is_not_known(reader, language, text):
    found = replied(reader, text, language, "computer", "asset", "os", "started")
    assert found.declined == {"asset", "os"}
    assert found.filled == {"started": "2026-11-26"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "1 NB-7 2 і 4 не знаю 3 сьогодні"),
        ("en", "1 NB-7 2 and 4 no idea 3 today"),
        ("sk", "1 NB-7 2 a 4 neviem 3 dnes"),
        ("el", "1 NB-7 2 και 4 δεν ξέρω 3 σήμερα"),
        ("it", "1 NB-7 2 e 4 non lo so 3 oggi"),
    ],
)
def test_amid_bare_numbers_two_may_share_what_is_not_known(reader, language, text):
    found = replied(reader, text, language, "computer", "asset", "os", "started", "urgency")
    assert found.declined == {"os", "urgency"}
    assert found.filled == {"asset": "NB-7", "started": "2026-11-26"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "1 і 3 не знаю, 2 вінда 10"),
        ("en", "1 and 3 no idea, 2 windows 10"),
        ("sk", "1 a 3 neviem, 2 windows 10"),
        ("el", "1 και 3 δεν ξέρω, 2 windows 10"),
        ("it", "1 e 3 non lo so, 2 windows 10"),
    ],
)
def test_behind_numbers_that_are_no_neighbours_comes_the_one_between(reader, language, text):
    found = replied(reader, text, language, "computer", "asset", "os", "started")
    assert found.declined == {"asset", "started"}
    assert found.filled == {"os": "windows-10"}


def test_what_is_not_known_may_come_last(reader):
    text = "1 Excel, 2 and 3 no idea"
    found = replied(reader, text, "en", "software", "application", "error", "started")
    assert (found.filled, found.declined) == ({"application": "Excel"}, {"error", "started"})


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "автовідповідач на 209"),
        ("en", "voicemail to 209"),
        ("sk", "hlasová schránka na 209"),
        ("el", "τηλεφωνητής στο 209"),
        ("it", "segreteria del 209"),
    ],
)
def test_a_service_on_a_number_is_no_version_that_is_left_behind(reader, language, text):
    found = replied(reader, text, language, "telephony", "phone_service", "extension")
    assert found.filled["phone_service"] == "voicemail"
