"""Replies as people write them: numbered past the list, naming what they can't tell."""

from datetime import datetime

import pytest

from intake.replies.answers import read_answers

NOW = datetime.fromisoformat("2026-11-26T10:20:00+02:00")  # a Thursday


def replied(reader, text, language, category, *asked):
    return read_answers(
        text, asked=asked, category=category, language=language, now=NOW, reader=reader
    )


@pytest.mark.parametrize(
    ("language", "text", "error"),
    [
        ("uk", "3) Visio\n4) ліцензія скінчилась\n5) у середу", "ліцензія скінчилась"),
        ("en", "3) Visio\n4) licence expired\n5) Wednesday", "licence expired"),
        ("sk", "2. Visio\n3. licencia vypršala\n4. streda", "licencia vypršala"),
        ("el", "3) Visio\n4) έληξε η άδεια\n5) την Τετάρτη", "έληξε η άδεια"),
        ("it", "1. Visio\n1. licenza scaduta\n2. mercoledì", "licenza scaduta"),
    ],
)
def test_numbers_that_cannot_be_right_are_counted_anew(reader, language, text, error):
    found = replied(reader, text, language, "software", "application", "error", "started")
    assert found.filled == {"application": "Visio", "error": error, "started": "2026-11-25"}


def test_numbers_that_may_be_right_are_taken_at_their_word(reader):
    found = replied(reader, "3) today\n1) NB-0442", "en", "computer", "asset", "os", "started")
    assert found.filled == {"asset": "NB-0442", "started": "2026-11-26"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "з понеділка. наскільки терміново, сказати не можу"),
        ("en", "since Monday. hard to say how urgent it is"),
        ("sk", "od pondelka. aké je to súrne, ťažko povedať"),
        ("el", "από Δευτέρα. πόσο επείγον είναι δεν μπορώ να πω"),
        ("it", "da lunedì. quanto è urgente non saprei"),
    ],
)
def test_who_cannot_judge_the_urgency_declines_it(reader, language, text):
    found = replied(reader, text, language, "computer", "started", "urgency")
    assert found.filled == {"started": "2026-11-23"}
    assert found.declined == {"urgency"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "бездротова мишка, дату не назву, вирішуйте самі"),
        ("en", "wireless mouse, no particular date"),
        ("sk", "bezdrôtová myš, termín mi nepovedali"),
        ("el", "ασύρματο ποντίκι, ημερομηνία δεν έχουμε ορίσει"),
        ("it", "mouse senza fili, un giorno preciso non ce l'ho"),
    ],
)
def test_a_wish_without_a_date_declines_the_date(reader, language, text):
    found = replied(reader, text, language, "request", "item", "deadline")
    assert found.declined == {"deadline"}
    assert list(found.filled) == ["item"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "номер NB-0442, наклейка наполовину стерлася. вінда 11"),
        ("en", "number is NB-0442, the label has peeled off. windows 11"),
        ("sk", "číslo je NB-0442, nálepka je odlepená. windows 11"),
        ("el", "ο αριθμός είναι NB-0442, η ετικέτα έχει ξεκολλήσει. windows 11"),
        ("it", "il numero è NB-0442, l'etichetta si è staccata. windows 11"),
    ],
)
def test_what_is_told_elsewhere_is_not_declined(reader, language, text):
    found = replied(reader, text, language, "computer", "asset", "os")
    assert found.filled == {"asset": "NB-0442", "os": "windows-11"}
    assert not found.declined


@pytest.mark.parametrize(
    ("language", "text", "item", "purpose"),
    [
        ("uk", "два сканери, для нової зміни, склад 3", "два сканери", "для нової зміни"),
        (
            "en",
            "two scanners, for the new shift, warehouse 3",
            "two scanners",
            "for the new shift",
        ),
        ("sk", "dva skenery, pre novú zmenu, sklad 3", "dva skenery", "pre novú zmenu"),
        ("el", "δύο σαρωτές, για τη νέα βάρδια, αποθήκη 3", "δύο σαρωτές", "για τη νέα βάρδια"),
        (
            "it",
            "due scanner, per i nuovi colleghi, magazzino 3",
            "due scanner",
            "per i nuovi colleghi",
        ),
    ],
)
def test_a_wish_says_what_it_is_for_beside_the_thing(reader, language, text, item, purpose):
    found = replied(reader, text, language, "request", "item", "symptom", "location")
    assert found.filled["item"] == item
    assert found.filled["symptom"] == purpose


@pytest.mark.parametrize(
    ("language", "text", "purpose"),
    [
        ("uk", "док-станція щоб підключити два екрани", "щоб підключити два екрани"),
        ("en", "a docking station so I can use two screens", "so I can use two screens"),
        (
            "sk",
            "dokovacia stanica aby som mohol mať dva monitory",
            "aby som mohol mať dva monitory",
        ),
        ("el", "ένα dock για να βάλω δύο οθόνες", "για να βάλω δύο οθόνες"),
        ("it", "una docking station in modo da usare due schermi", "in modo da usare due schermi"),
    ],
)
def test_a_wish_says_what_it_is_for_in_the_same_breath(reader, language, text, purpose):
    found = replied(reader, text, language, "request", "item", "symptom")
    assert found.filled["symptom"] == purpose


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "1. гуде\n3. вчора\nрешту не знаю"),
        ("en", "1. hums\n3. yesterday\nno idea about the rest"),
        ("sk", "1. hučí\n3. včera\nostatné neviem"),
        ("el", "1. βουίζει\n3. χθες\nτα υπόλοιπα δεν τα ξέρω"),
        ("it", "1. ronza\n3. ieri\nil resto non lo so"),
    ],
)
def test_the_rest_is_not_what_stands_under_a_number(reader, language, text):
    found = replied(reader, text, language, "computer", "symptom", "os", "started", "tried")
    assert found.filled == {"symptom": text[3:].partition("\n")[0], "started": "2026-11-25"}
    assert found.declined == {"os", "tried"}


@pytest.mark.parametrize(
    ("language", "text", "symptom"),
    [
        ("uk", "їсть кутики паперу, INV-20418, з понеділка", "їсть кутики паперу"),
        ("en", "nibbles the corners, INV-20418, since Monday", "nibbles the corners"),
        ("sk", "obhrýza rohy papiera, INV-20418, od pondelka", "obhrýza rohy papiera"),
        ("el", "τρώει τις γωνίες, INV-20418, από Δευτέρα", "τρώει τις γωνίες"),
        ("it", "mangiucchia gli angoli, INV-20418, da lunedì", "mangiucchia gli angoli"),
    ],
)
def test_what_opens_a_reply_in_unknown_words_is_what_happens(reader, language, text, symptom):
    found = replied(reader, text, language, "printer", "symptom", "asset", "started", "scope")
    assert found.filled["symptom"] == symptom
    assert found.filled["started"] == "2026-11-23"


def test_why_it_is_wanted_stays_where_the_thing_was_taken_for_a_reason_too(reader):
    text = "obyčajný mobil pre vodiča. starý mu spadol pod kamión 🙃 potrebuje ho už zajtra ráno"
    found = replied(reader, text, "sk", "request", "item", "symptom", "deadline")
    assert found.filled["symptom"].startswith("starý mu spadol")
