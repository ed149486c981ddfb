"""A value goes where its kind belongs, whatever its number; doubt is about the doubted alone."""

from datetime import datetime

import pytest

from intake.people import LANGUAGES
from intake.replies.answers import read_answers

NOW = datetime.fromisoformat("2026-11-27T14:45:00+02:00")  # a Friday
COMPUTER = ("asset", "os", "started", "tried", "urgency")


def answered(reader, text, language, asked=COMPUTER, category="computer"):
    return read_answers(
        text, asked=asked, category=category, language=language, now=NOW, reader=reader
    )


@pytest.mark.parametrize(
    ("language", "text", "tried"),
    [
        ("uk", "1 win10\n2 PC-0091\n3 нічого\n4 сьогодні\n5 стою", "нічого"),
        ("uk", "1. вінда10\n2. PC-0091\n3. нічого\n4. сьогодні\n5. не можу працювати", "нічого"),
        ("en", "1. windows10\n2. PC-0091\n3. nothing\n4. today\n5. can't work", "nothing"),
        ("en", "1. windows 10\n2. PC-0091\n3. restarted it\n4. today\n5. no", "restarted it"),
        ("sk", "1. win10\n2. PC-0091\n3. nič\n4. dnes ráno\n5. nemôžem pracovať", "nič"),
        ("el", "1. win10\n2. PC-0091\n3. τίποτα\n4. σήμερα\n5. δεν μπορώ να δουλέψω", "τίποτα"),
        ("it", "1. win10\n2. PC-0091\n3. niente\n4. stamattina\n5. non posso lavorare", "niente"),
    ],
)
def test_values_under_wrong_numbers_go_to_the_fields_of_their_kind(reader, language, text, tried):
    assert answered(reader, text, language).filled == {
        "asset": "PC-0091",
        "os": "windows-10",
        "started": "2026-11-27",
        "tried": tried,
        "urgency": "blocked",
    }


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "NB0442, вінда11, вчора, ребутала"),
        ("uk", "NB0442, віндовс11, вчора, перезавантажила"),
        ("en", "NB0442, windows11, yesterday, restarted"),
        ("sk", "NB0442, win11, včera, reštartovala som"),
        ("el", "NB0442, ουίντοους11, χθες, επανεκκίνηση"),
        ("it", "NB0442, windows11, ieri, riavviato"),
    ],
)
def test_a_system_written_in_one_word_with_its_number_is_no_label(reader, language, text):
    filled = answered(reader, text, language).filled
    assert (filled["asset"], filled["os"], filled["started"]) == (
        "NB0442",
        "windows-11",
        "2026-11-26",
    )


def test_a_label_under_the_number_of_a_place_is_the_label(reader):
    asked = ("location", "asset", "started")
    found = answered(reader, "1. PRN-22\n2. third floor\n3. today", "en", asked, "printer").filled
    assert (found["asset"], found["started"]) == ("PRN-22", "2026-11-27")
    assert found.get("location") in (None, "third floor")


IN_DOUBT = [
    ("uk", "{} або {}, не впевнена"), ("en", "{} or {}, not sure"), ("en", "not sure, {} or {}"),
    ("sk", "{} alebo {}, neviem presne"), ("el", "{} ή {}, δεν είμαι σίγουρος"),
    ("it", "{} o {}, non sono sicuro"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), IN_DOUBT)
@pytest.mark.parametrize(
    ("field", "pair"),
    [("os", ("windows 10", "11")), ("os", ("win10", "win11")), ("asset", ("NB-1", "NB-2"))],
)
def test_doubt_between_two_values_is_about_their_field_alone(reader, language, text, field, pair):
    answers = answered(reader, text.format(*pair), language)
    assert (answers.filled, answers.declined) == ({}, {field})


def test_what_else_is_not_known_is_declined_as_well(reader):
    answers = answered(reader, "NB-0442, windows 10 or 11. The rest I don't know", "en")
    assert answers.filled == {"asset": "NB-0442"}
    assert answers.declined == {"os", "started", "tried", "urgency"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "почалося вчора не сьогодні"), ("uk", "не сьогодні, а вчора почалося"),
        ("en", "and it started yesterday not today"), ("en", "not today but yesterday"),
        ("en", "at home, not today but yesterday it started"),
        ("sk", "začalo to včera nie dnes"), ("el", "ξεκίνησε χθες όχι σήμερα"),
        ("it", "iniziato ieri non oggi"),
    ],
)  # fmt: skip
def test_the_day_on_which_it_did_not_begin_says_nothing_of_the_work(reader, language, text):
    assert answered(reader, text, language).filled == {"started": "2026-11-26"}


@pytest.mark.parametrize(
    "text", ["not today", "no rush, not today", "not today, tomorrow is fine"]
)
def test_not_today_is_patience_where_nothing_began(reader, text):
    assert answered(reader, text, "en").filled == {"urgency": "minor"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("nb 0931", "nb 0931"),
        ("pr 22", "pr 22"),
        ("33120", "33120"),
        ("nb 0931, win11", "nb 0931"),
    ],
)
def test_a_label_may_be_typed_with_a_blank_or_as_bare_digits(reader, language, text, label):
    assert answered(reader, text, language).filled["asset"] == label


def test_it_is_no_part_of_the_place_behind_it(reader):
    asked = ("asset", "location", "started")
    found = answered(reader, "nb 22, 2nd floor, monday", "en", asked, "printer").filled
    assert found == {"asset": "nb 22", "location": "2nd floor", "started": "2026-11-23"}


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "room 214"), ("en", "ram 16"), ("en", "ext 214"), ("uk", "каб 214"), ("en", "at 1430"),
     ("sk", "tel 0905"), ("en", "two of 4400 rows")],
)  # fmt: skip
def test_a_number_of_something_else_is_no_label(reader, language, text):
    assert "asset" not in answered(reader, text, language).filled
