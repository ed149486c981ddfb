"""What a message takes back is no value of its ticket; what stands in its place is."""

from datetime import datetime

import pytest

from intake.replies.answers import read_answers

NOW = datetime.fromisoformat("2026-11-23T10:30:00+02:00")  # a Monday
NETWORK = ("location", "connection", "started", "scope", "urgency")
COMPUTER = ("os", "started", "tried", "urgency")


def replied(reader, text, language, asked=NETWORK, category="network"):
    found = read_answers(
        text, asked=asked, category=category, language=language, now=NOW, reader=reader
    )
    return found.filled


def told(reader, text, language):
    return reader.understand(text, hint_language=language, now=NOW).answers


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "не тільки в мене, у всіх"),
        ("uk", "не лише я"),
        ("en", "not just me"),
        ("en", "not only me, everyone"),
        ("sk", "nie len ja, všetci"),
        ("el", "όχι μόνο εγώ"),
        ("el", "όχι μόνο εμένα, όλο το τμήμα"),
        ("it", "non solo io, tutti"),
    ],
)
def test_who_is_not_the_only_one_is_one_of_several(reader, language, text):
    assert replied(reader, text, language)["scope"] == "team"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "не тільки в мене, у всього відділу нема інтернету"),
        ("el", "όχι μόνο εγώ, όλο το γραφείο δεν έχει ίντερνετ"),
    ],
)
def test_nor_is_it_the_writer_alone_in_a_first_message(reader, language, text):
    assert told(reader, text, language)["scope"] == "team"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "не знаю чи в інших теж"),
        ("en", "don't know if others too"),
        ("sk", "neviem ci aj ostatným"),
        ("sk", "neviem, či aj ostatným"),
        ("el", "δεν ξέρω αν και οι άλλοι"),
        ("it", "non so se anche gli altri"),
    ],
)
def test_whether_others_have_it_is_open_where_nobody_knows(reader, language, text):
    assert "scope" not in replied(reader, text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "не по wifi, а по кабелю"),
        ("uk", "без впн, просто кабель"),
        ("en", "no wifi, cable"),
        ("en", "not on wifi, on cable"),
        ("en", "cable instead of wifi"),
        ("sk", "nie wifi, kábel"),
        ("el", "όχι wifi, καλώδιο"),
        ("it", "non wifi, cavo"),
        ("it", "non uso wifi ma cavo"),
    ],
)
def test_the_connection_is_the_one_that_stands_in_place_of_what_is_denied(reader, language, text):
    assert replied(reader, text, language)["connection"] == "cable"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "не wifi"),
        ("uk", "впн не використовую"),
        ("en", "not wifi"),
        ("en", "I don't use vpn"),
        ("sk", "nie wifi"),
        ("sk", "vpn nepoužívam"),
        ("el", "όχι wifi"),
        ("el", "δεν χρησιμοποιώ vpn"),
        ("it", "non wifi"),
        ("it", "non uso vpn"),
    ],
)
def test_a_denied_connection_is_none(reader, language, text):
    assert "connection" not in replied(reader, text, language)


@pytest.mark.parametrize(
    ("language", "text", "connection"),
    [
        ("en", "everything's ok with wifi but vpn drops", "vpn"),
        ("it", "il wifi va bene ma la vpn cade", "vpn"),
        ("uk", "вайфай працює, а впн відпадає", "vpn"),
        ("sk", "wifi funguje, ale vpn padá", "vpn"),
        ("el", "το wifi δουλεύει αλλά το vpn πέφτει", "vpn"),
        ("it", "internet va e viene, non uso wifi ma cavo", "cable"),
        ("en", "internet works on cable but not on wifi", "wifi"),
    ],
)
def test_a_first_message_is_about_the_connection_that_fails(reader, language, text, connection):
    assert told(reader, text, language)["connection"] == connection


@pytest.mark.parametrize("text", ["no wifi in room 3", "can't work without wifi, it is down"])
def test_a_connection_that_is_missing_is_what_the_trouble_is_with(reader, text):
    assert told(reader, text, "en")["connection"] == "wifi"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "не windows 10"),
        ("en", "not windows 10"),
        ("sk", "nie windows 10"),
        ("el", "όχι windows 10"),
        ("it", "non windows 10"),
    ],
)
def test_a_denied_system_is_none(reader, language, text):
    assert "os" not in replied(reader, text, language, COMPUTER, "computer")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "не windows, мак"),
        ("en", "not windows, a mac"),
        ("sk", "nie windows, mac"),
        ("el", "όχι windows, mac"),
        ("it", "non windows, mac"),
    ],
)
def test_the_system_is_the_one_that_stands_in_its_place(reader, language, text):
    assert replied(reader, text, language, COMPUTER, "computer")["os"] == "macos"


UPGRADED = [
    ("uk", "перейшла з windows 10 на 11 і тепер гальмує комп'ютер"),
    ("en", "upgraded from windows 10 to 11 and now it's slow"),
    ("sk", "po prechode z windows 10 na 11 je počítač pomalý"),
    ("el", "αναβάθμισα από windows 10 σε 11 και αργεί ο υπολογιστής"),
    ("it", "il pc passato da windows 10 a 11 è lento"),
]


@pytest.mark.parametrize(("language", "text"), UPGRADED)
def test_versions_are_no_hours_and_the_later_one_is_the_system(reader, language, text):
    for answers in (
        told(reader, text, language),
        replied(reader, text, language, COMPUTER, "computer"),
    ):
        assert "started" not in answers
        assert answers["os"] == "windows-11"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "не перезавантажувала"),
        ("en", "didn't restart"),
        ("sk", "nereštartovala som"),
        ("el", "δεν έκανα επανεκκίνηση"),
        ("it", "non ho riavviato"),
    ],
)
def test_what_was_not_done_was_not_tried(reader, language, text):
    assert "tried" not in replied(reader, text, language, COMPUTER, "computer")


def test_nor_was_it_in_a_first_message(reader):
    assert "tried" not in told(reader, "non ho riavviato, excel si blocca", "it")


def test_what_was_tried_in_vain_was_tried(reader):
    found = replied(reader, "restarted, didn't help", "en", COMPUTER, "computer")
    assert found["tried"].startswith("restarted")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "принтер жує папір, але мене це не блокує"),
        ("en", "printer jams, it's not blocking me"),
        ("sk", "tlačiareň sa seká, ale neblokuje ma to"),
        ("el", "ο εκτυπωτής μασάει χαρτί, δεν με μπλοκάρει"),
        ("it", "la stampante si inceppa, non mi blocca"),
    ],
)
def test_what_does_not_block_does_not_block(reader, language, text):
    assert told(reader, text, language).get("urgency") != "blocked"
