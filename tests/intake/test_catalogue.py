"""The shipped catalogue is complete, and a wrong one says where."""

import pytest

from intake.catalogue import SHIPPED, Catalogue
from intake.errors import Invalid
from intake.people import LANGUAGES


@pytest.fixture(scope="module")
def catalogue():
    return Catalogue.shipped()


def test_every_field_and_category_speaks_five_languages(catalogue):
    for known in (*catalogue.fields.values(), *catalogue.categories.values()):
        assert set(known.label) == set(LANGUAGES), known.name
    for field in catalogue.fields.values():
        assert set(field.hint) == set(LANGUAGES), field.name
        assert all(set(words) == set(LANGUAGES) for words in field.says.values()), field.name


def test_a_category_may_call_a_field_by_its_own_words(catalogue):
    for name, category in catalogue.categories.items():
        for field, called in category.calls.items():
            assert field in category.fields, name
            assert set(called.label) == set(called.hint) == set(LANGUAGES), (name, field)
    assert catalogue.label("symptom", "en", "computer") == "What happens"
    assert catalogue.label("symptom", "en", "question") == "Your question"
    assert catalogue.hint("symptom", "uk", "request") != catalogue.hint("symptom", "uk", None)


def test_labels_of_one_card_differ(catalogue):
    for name, category in catalogue.categories.items():
        for language in LANGUAGES:
            labels = [catalogue.label(field, language, name) for field in category.fields]
            assert len(set(labels)) == len(labels), (name, language)


def test_button_words_are_short(catalogue):
    for field in catalogue.fields.values():
        for words in field.says.values():
            assert all(len(said) <= 30 for said in words.values()), words


def test_no_card_asks_more_than_six_things(catalogue):
    assert all(len(category.ask) <= 6 for category in catalogue.categories.values())


def test_what_is_answered_or_declined_is_not_missing(catalogue):
    missing = catalogue.missing("printer", {"symptom": "не друкує"}, frozenset({"started"}))
    assert missing == ("asset", "location")


def test_answers_of_another_category_are_left_out(catalogue):
    known = catalogue.known("printer", {"error": "E5", "system": "SAP", "location": ""})
    assert known == {"error": "E5"}


@pytest.mark.parametrize(
    ("field", "value", "language", "shown"),
    [
        ("scope", "me", "uk", "Лише мене"),
        ("started", "2026-11-23", "en", "23 November 2026"),
        ("started", "2026-11-23T09:10+02:00", "sk", "23. novembra 2026, 09:10"),
        ("memory", "16", "it", "16 GB"),
        ("asset", "INV-20418", "el", "INV-20418"),
        ("started", "з ранку", "uk", "з ранку"),
        ("os", "windows-11", "xx", "Windows 11"),
    ],
)
def test_a_value_is_shown_as_people_read_it(catalogue, field, value, language, shown):
    assert catalogue.show(field, value, language) == shown


@pytest.mark.parametrize(
    ("typed", "category"),
    [
        ("Принтер", "printer"),
        (" printer. ", "printer"),
        ("3", "printer"),
        ("99", None),
        ("", None),
    ],
)
def test_a_category_may_be_typed(catalogue, typed, category):
    assert catalogue.category_named(typed, "uk") == category


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ('type = "phone" ', 'type = "fax" ', "field.phone.type"),
        ('kind = "question"', 'kind = "riddle"', "category.question.kind"),
        ('ask = ["item", ', 'ask = ["itme", ', "category.request.ask"),
        ('unit = "GB"', 'units = "GB"', "field.memory.units"),
        ('en = "What happens"', "", "field.symptom.label"),
        ('values = ["blocked", ', 'values = ["stuck", ', "field.urgency.says"),
        ('no = "blocked"', 'no = "stuck"', "field.urgency.no"),
        (
            "[category.access.calls.symptom]",
            "[category.access.calls.os]",
            "category.access.calls.os",
        ),
        ("[field.symptom]\n", "[field.symptom\n", "catalogue.toml"),
    ],
)
def test_a_wrong_file_says_which_key_is_wrong(tmp_path, before, after, key):
    text = SHIPPED.read_text("utf-8")
    assert before in text
    path = tmp_path / "catalogue.toml"
    path.write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(Invalid) as refused:
        Catalogue.load(path)
    assert refused.value.values["key"] == key


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(Invalid, match="catalogue"):
        Catalogue.load(tmp_path / "none.toml")
