"""Who doesn't know one thing is still asked the others."""

from datetime import datetime

import pytest

from intake.replies.answers import read_answers

NOW = datetime.fromisoformat("2026-11-23T10:30:00+02:00")  # a Monday
NETWORK = ("location", "connection", "started", "scope", "urgency")


def declined(reader, text, language, asked=NETWORK, category="network"):
    found = read_answers(
        text, asked=asked, category=category, language=language, now=NOW, reader=reader
    )
    return found.declined


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "не знаю чи в інших теж"),
        ("uk", "не знаю як в інших"),
        ("en", "dont know about others"),
        ("en", "don't know if others too"),
        ("sk", "neviem ako ostatní"),
        ("sk", "neviem, či aj ostatným"),
        ("el", "δεν ξέρω για τους άλλους"),
        ("el", "δεν ξέρω αν και οι άλλοι"),
        ("it", "non so gli altri"),
        ("it", "non so se anche gli altri"),
    ],
)
def test_who_does_not_know_of_others_leaves_open_whom_it_concerns(reader, language, text):
    assert declined(reader, text, language) == {"scope"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "не знаю"),
        ("en", "I don't know"),
        ("sk", "neviem"),
        ("el", "δεν ξέρω"),
        ("it", "non lo so"),
    ],
)
def test_a_bare_one_is_still_about_all(reader, language, text):
    assert declined(reader, text, language) == set(NETWORK)


def test_so_is_one_beside_the_doubt_about_others(reader):
    text = "don't know about others, the rest I don't know either"
    assert declined(reader, text, "en") == set(NETWORK)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "все інше працює"),
        ("en", "everything else works"),
        ("sk", "všetko ostatné funguje"),
        ("el", "όλα τα άλλα δουλεύουν"),
        ("el", "ola ta alla douleuoun"),
        ("it", "tutto il resto funziona"),
    ],
)
def test_that_the_rest_works_declines_nothing(reader, language, text):
    asked = ("error", "started", "tried")
    assert not declined(reader, text, language, asked, "software")


COMPUTER = ("asset", "os", "started", "tried", "urgency")


@pytest.mark.parametrize(
    ("language", "text", "field"),
    [
        ("uk", "наклейка якась є, але без окулярів не бачу", "asset"),
        ("en", "there is some sticker but I can't see it without my glasses", "asset"),
        ("sk", "nejaká nálepka tam je, ale bez okuliarov nevidím", "asset"),
        ("el", "υπάρχει κάποιο αυτοκόλλητο αλλά χωρίς γυαλιά δεν βλέπω", "asset"),
        ("it", "c'è un'etichetta ma senza occhiali non vedo", "asset"),
        ("uk", "не знаю що таке операційна система, онук ставив", "os"),
        ("en", "I don't know what an operating system is, my grandson installed it", "os"),
        ("sk", "neviem, aký je to systém, inštaloval to vnuk", "os"),
        ("el", "δεν ξέρω τι είναι λειτουργικό σύστημα, το έβαλε ο εγγονός μου", "os"),
        ("it", "non so che cosa sia un sistema operativo, l'ha messo mio nipote", "os"),
    ],
)
def test_who_names_one_thing_that_is_not_known_declines_that(reader, language, text, field):
    assert declined(reader, text, language, COMPUTER, "computer") == {field}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "нічого не знаю"), ("en", "no idea"), ("sk", "neviem"), ("el", "δεν ξέρω"),
        ("it", "non so"),
    ],
)  # fmt: skip
def test_who_names_nothing_declines_all(reader, language, text):
    assert declined(reader, text, language, COMPUTER, "computer") == {*COMPUTER}
