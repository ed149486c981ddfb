"""Replies to a card in every style people use."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.people import LANGUAGES
from tests.intake.answering import COMPUTER, NOW, answered


def test_two_numbers_on_one_line_fill_two_fields(reader):
    found = answered(reader, "1. INV-20418 2. з ранку", ("asset", "started"), "printer", "uk")
    assert found.filled == {"asset": "INV-20418", "started": "2026-11-23"}
    assert not found.declined


@pytest.mark.parametrize("asked", [("location",), ("asset", "location", "started")])
@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("2. poschodie", {"location": "2. poschodie"}),
        ("3. poschodie, kancelária 5", {"location": "3. poschodie, kancelária 5"}),
        ("9. novembra", {"started": "2026-11-09"}),
    ],
)
def test_an_ordinal_before_its_noun_numbers_no_answer(reader, text, filled, asked):
    assert answered(reader, text, asked, "printer", "sk").filled == filled


def test_a_number_before_a_floor_with_a_number_of_its_own_numbers_the_answer(reader):
    found = answered(reader, "2. floor 3", ("asset", "location", "started"), "printer")
    assert found.filled == {"location": "floor 3"}


@pytest.mark.parametrize(
    ("language", "text"),
    [("uk", "нічого"), ("en", "nothing"), ("sk", "nič"), ("el", "τίποτα"), ("it", "niente")],
)
def test_a_bare_nothing_says_what_was_tried_whatever_else_is_asked(reader, language, text):
    found = answered(reader, text, ("tried", "urgency"), "computer", language)
    assert found.filled == {"tried": text}


YES_AND_NO = [
    ("uk", "так", "ні"),
    ("en", "yes", "no"),
    ("sk", "áno", "nie"),
    ("el", "ναι", "όχι"),
    ("it", "sì", "no"),
]


@pytest.mark.parametrize(("language", "yes", "no"), YES_AND_NO)
def test_a_bare_yes_or_no_says_whether_one_can_work(reader, language, yes, no):
    for word, value in ((yes, "minor"), (no, "blocked")):
        for text, asked in ((word, ("urgency",)), (f"5. {word}", COMPUTER)):
            found = answered(reader, text, asked, "computer", language)
            assert (found.filled, found.declined) == ({"urgency": value}, frozenset()), text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "так, але повільно"),
        ("en", "yes, but slowly"),
        ("sk", "áno, ale pomaly"),
        ("el", "ναι, αλλά αργά"),
        ("it", "sì, ma lentamente"),
    ],
)
def test_a_yes_that_goes_on_means_what_it_goes_on_with(reader, language, text):
    found = answered(reader, text, ("urgency",), "computer", language)
    assert found.filled == {"urgency": "degraded"}


@pytest.mark.parametrize(("language", "yes", "no"), YES_AND_NO)
def test_of_several_questions_a_bare_no_answers_the_one_that_asks_for_it(
    reader, language, yes, no
):
    """A yes may be meant for the card as it stands."""
    for word, filled in ((yes, {}), (no, {"urgency": "blocked"})):
        found = answered(reader, word, ("asset", "urgency"), "computer", language)
        assert found.filled == filled, word


def test_a_field_keeps_its_number_when_others_are_answered(reader):
    left = ("started", "tried", "urgency")
    found = answered(reader, "3. monday\n5. no", left, "computer", numbered=COMPUTER)
    assert found.filled == {"started": "2026-11-16", "urgency": "blocked"}


def test_what_counts_things_numbers_no_answers(reader):
    asked = ("item", "location", "deadline")
    for text in ("2 monitors\n1 keyboard", "1 monitor and 2 keyboards"):
        assert answered(reader, text, asked, "request").filled == {"item": text}


def test_the_letters_of_a_label_name_no_device(reader):
    for language in ("en", "sk"):
        found = answered(reader, "NB-0442", ("asset", "os"), "computer", language)
        assert found.filled == {"asset": "NB-0442"}


def test_a_number_keeps_its_plus(reader):
    for text in ("+421 2 5930 1122", "2. +421 2 5930 1122"):
        asked = ("phone_service", "extension") if "." in text else ("extension",)
        found = answered(reader, text, asked, "telephony", "sk")
        assert found.filled["extension"] == "+421 2 5930 1122"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("category", ["access", "request", "question"])
def test_a_label_of_the_category_is_read_like_any_other(reader, category, language):
    label = reader.catalogue.label("symptom", language, category)
    whole = reader.read(f"{label}: XYZ", language=language, now=NOW)
    asked = reader.asked(whole, ("account", "symptom"), category)
    assert [asked.field_of(at) for at in range(len(asked.parts))] == ["symptom"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "since monday, many thanks"),
        ("en", "since monday, I think"),
        ("en", "since monday, windows 11"),
        ("en", "monday, yes please"),
        ("uk", "з понеділка, дякую"),
        ("sk", "od pondelka, ďakujem"),
        ("el", "από τη Δευτέρα, ευχαριστώ"),
        ("it", "da lunedì, grazie"),
    ],
)
def test_a_comma_alone_makes_no_place_of_a_moment_or_a_courtesy(reader, language, text):
    found = answered(reader, text, ("location", "started"), "printer", language)
    assert found.filled.get("started") == "2026-11-16"
    assert "location" not in found.filled


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "yes, please"),
        ("en", "hurry up please"),
        ("en", "I will be back tomorrow"),
        ("uk", "будь ласка швидше"),
        ("sk", "poponáhľajte sa"),
        ("el", "γρήγορα παρακαλώ"),
        ("it", "fate presto"),
    ],
)
def test_a_courtesy_is_no_place_though_a_place_is_all_that_is_asked(reader, language, text):
    for asked in (("location",), ("location", "started")):
        assert "location" not in answered(reader, text, asked, "printer", language).filled


def test_a_morning_is_a_moment_and_a_team_a_choice(reader):
    assert not reader.read("My team", language="en", now=NOW).hits.get("speech.greeting")
    text = "kitchen\nthis morning"
    found = answered(reader, text, ("location", "started"), "printer")
    assert found.filled == {"location": "kitchen", "started": "2026-11-23"}


def test_what_comes_beside_the_answers_says_nothing_of_what_was_tried(reader):
    found = answered(reader, "Also, wifi is slow in room 12", ("tried", "urgency"), "computer")
    assert "tried" not in found.filled


def test_a_question_back_is_no_answer(reader):
    found = answered(reader, "where do I find the tag?", ("asset", "started"), "computer")
    assert not found.filled
    assert not found.declined


def test_extras_are_taken_too(reader):
    text = "1. INV-20418\n2. yesterday\nyou can call me on 0161 496 0187"
    found = answered(reader, text, ("asset", "started"), "printer")
    assert found.filled["phone"] == "+441614960187"


@pytest.mark.parametrize(
    ("text", "field", "category", "value"),
    [
        ("cable", "connection", "network", "cable"),
        ("кабель", "connection", "network", "cable"),
        ("тільки в мене", "scope", "printer", "me"),
        ("може почекати", "urgency", "computer", "minor"),
        ("cellulare", "phone_service", "telephony", "mobile"),
        ("Windows 10", "os", "computer", "windows-10"),
        ("την Τρίτη", "started", "computer", "2026-11-17"),
        ("214", "extension", "telephony", "214"),
    ],
)
def test_one_word_answers_one_question(reader, text, field, category, value):
    assert answered(reader, text, (field,), category).filled[field] == value


def buttons(catalogue):
    """Category, number, field, value, language and words of every button on every card."""
    for category, own in catalogue.categories.items():
        for number, name in enumerate(own.ask, 1):
            for value, words in catalogue.fields[name].says.items():
                for language, said in words.items():
                    yield category, number, name, value, language, said


def test_every_button_word_may_be_typed_and_says_that_and_nothing_else(reader):
    misread = []
    for category, number, name, value, language, said in buttons(reader.catalogue):
        asked = reader.catalogue.categories[category].ask
        for text in (said, f"{number}. {said}", f"{number} {said}", f"6) {said}"):
            found = answered(reader, text, asked, category, language)
            if (found.filled, found.declined) != ({name: value}, frozenset()):
                misread.append((category, text, found))
    assert not misread


def test_a_choice_that_nobody_asked_for_is_taken_only_where_it_is_plain(reader):
    found = answered(reader, "I can't work", ("extension", "urgency"), "telephony")
    assert found.filled == {"urgency": "blocked"}


@settings(max_examples=100)
@given(st.text(max_size=150))
def test_no_reply_is_too_strange_to_read(reader, text):
    found = answered(reader, text, COMPUTER, "computer")
    assert not found.declined & found.filled.keys()


def test_what_the_screen_says_is_also_what_happens(reader):
    text = (
        "3rd floor, the big Xerox by the kitchen, says paper jam but there's no paper in it, "
        "since about 10"
    )
    found = answered(reader, text, ("symptom", "location", "error", "started"), "printer")
    assert found.filled["error"] == "paper jam"
    assert "paper jam" in found.filled["symptom"]
    assert found.filled["location"].startswith("3rd floor")


def test_a_place_is_not_what_happens(reader):
    text = "2 поверх біля кухні, пише «зажим паперу», але паперу там нема"
    found = answered(reader, text, ("symptom", "location", "error"), "printer", "uk")
    assert found.filled["location"] == "2 поверх біля кухні"
    assert "паперу" in found.filled["symptom"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "нічого не пише"),
        ("en", "it doesn't say anything"),
        ("sk", "nič nepíše"),
        ("el", "δεν γράφει τίποτα"),
        ("it", "non scrive niente"),
    ],
)
def test_nothing_on_the_screen_is_no_error_and_no_attempt(reader, language, text):
    for reply, asked in (
        (text, ("error", "tried")),
        (f"1. {text}", ("error", "tried", "started")),
    ):
        found = answered(reader, reply, asked, "software", language)
        assert not found.filled
        assert found.declined == {"error"}


def test_nothing_shown_under_a_wrong_number_is_still_about_the_error(reader):
    text = "1) sklad@example.com\n1) Thunderbird\n2) помилки ніякої не показує"
    asked = ("account", "application", "error", "started")
    found = answered(reader, text, asked, "email", "uk")
    assert found.filled["application"] == "Thunderbird"
    assert found.declined == {"error"}
