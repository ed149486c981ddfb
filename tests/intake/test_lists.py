"""Lists of answers as people close and shorten them: a last “no”, “see photo”, “the rest too”."""

from datetime import datetime

import pytest

from intake.replies.answers import read_answers

NOW = datetime.fromisoformat("2026-11-27T14:45:00+02:00")  # a Friday
NETWORK = ("connection", "location", "started", "scope", "urgency")
COMPUTER = ("asset", "started", "tried", "urgency")


def answered(reader, text, language, asked, category="computer"):
    return read_answers(
        text, asked=asked, category=category, language=language, now=NOW, reader=reader
    )


@pytest.mark.parametrize(
    ("language", "text", "urgency"),
    [
        ("uk", "кабель. бухгалтерія. сьогодні. всі. ні", "blocked"),
        ("uk", "wifi, каб 12, сьогодні, тільки в мене, можу", "minor"),
        ("uk", "1-wifi 2-вдома 3-з ранку 4-я один 5-так", "minor"),
        ("en", "cable. accounting. today. everyone. no", "blocked"),
        ("en", "1-wifi 2-home 3-since morning 4-just me 5-yes", "minor"),
        ("sk", "kábel. učtáreň. dnes. všetci. nie", "blocked"),
        ("sk", "wifi, kancelária 12, dnes, len ja, môžem", "minor"),
        ("el", "καλώδιο. λογιστήριο. σήμερα. όλοι. όχι", "blocked"),
        ("el", "wifi, γραφείο 12, σήμερα, μόνο εγώ, μπορώ", "minor"),
        ("it", "cavo. contabilità. oggi. tutti. no", "blocked"),
        ("it", "wifi, stanza 12, oggi, solo io, riesco", "minor"),
    ],
)
def test_a_yes_or_no_at_the_end_answers_the_last_question(reader, language, text, urgency):
    filled = answered(reader, text, language, NETWORK, "network").filled
    assert filled["urgency"] == urgency
    assert filled["connection"] in ("wifi", "cable")
    assert filled["started"] == "2026-11-27"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "wifi, каб 12, сьогодні, я один, не можу"),
        ("en", "wifi, room 12, today, just me, I can not"),
        ("sk", "wifi, kancelária 12, dnes, len ja, nemôžem"),
        ("el", "wifi, γραφείο 12, σήμερα, μόνο εγώ, δεν μπορώ"),
        ("it", "wifi, stanza 12, oggi, solo io, non riesco"),
    ],
)
def test_who_cannot_has_not_said_that_it_goes(reader, language, text):
    assert answered(reader, text, language, NETWORK, "network").filled["urgency"] == "blocked"


def test_an_extra_line_before_it_does_no_harm(reader):
    asked = ("extension", "started", "urgency")
    filled = answered(reader, "landline\n4417\ntoday\nno", "en", asked, "telephony").filled
    assert (filled["extension"], filled["urgency"]) == ("4417", "blocked")


def test_a_no_that_may_say_that_nothing_was_tried_says_nothing_of_the_work(reader):
    filled = answered(reader, "NB-0442. yesterday. no", "en", COMPUTER).filled
    assert "urgency" not in filled


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "ледве"), ("uk", "сяк-так"), ("uk", "работать можна но мука"),
        ("en", "barely"), ("en", "kinda"), ("en", "sort of"), ("sk", "sotva"), ("sk", "ako tak"),
        ("el", "μετά βίας"), ("el", "έτσι κι έτσι"), ("it", "a malapena"), ("it", "a stento"),
    ],
)  # fmt: skip
def test_who_works_barely_is_slowed_down(reader, language, text):
    assert answered(reader, text, language, COMPUTER).filled == {"urgency": "degraded"}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "див фото"), ("uk", "див. скрін"), ("en", "see photo"), ("en", "see the picture"),
        ("sk", "viď foto"), ("el", "βλ. φωτό"), ("it", "vedi foto"),
    ],
)  # fmt: skip
def test_a_reference_to_a_picture_is_no_answer_in_words(reader, language, words):
    found = answered(reader, f"1. NB-0442\n3. {words}", language, COMPUTER)
    assert (found.filled, found.declined) == ({"asset": "NB-0442"}, set())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "номер не знаю, інше теж"), ("en", "no idea about the number, the rest too"),
        ("en", "I don't know the number, same for the rest"), ("sk", "číslo neviem, ostatné tiež"),
        ("el", "τον αριθμό δεν τον ξέρω, τα άλλα επίσης"),
        ("it", "il numero non lo so, il resto nemmeno"),
    ],
)  # fmt: skip
def test_the_rest_too_declines_all_that_is_open(reader, language, text):
    assert answered(reader, text, language, COMPUTER).declined == set(COMPUTER)


@pytest.mark.parametrize(
    ("language", "text"),
    [("uk", "в інших теж, номер NB-0442"), ("en", "NB-0442, others too"), ("it", "anche altri")],
)
def test_others_too_declines_nothing(reader, language, text):
    assert answered(reader, text, language, COMPUTER).declined == set()


def test_a_heading_of_ones_own_is_no_part_of_the_place(reader):
    text = "На якому поверсі: 3\nІнв номер INV-12"
    filled = answered(reader, text, "uk", ("asset", "location", "started"), "printer").filled
    assert (filled["location"], filled["asset"]) == ("поверсі: 3", "INV-12")
