"""Answers in a list that say a thing in a way of their own, and “none of it” in all its forms."""

import pytest

from intake.replies.answers import read_answers
from tests.intake.cast import NOW
from tests.intake.desk import READER

COMPUTER = ("asset", "os", "started", "tried", "urgency")
NOTHING = {
    "uk": ("не знаю нічого з цього, вибачте", "нічого з цього не знаю", "я нічого цього не знаю"),
    "en": ("idk any of that, sorry", "I know none of this", "none of those, no idea"),
    "sk": ("nič z toho neviem, prepáčte", "neviem nič z toho", "z toho neviem nič"),
    "el": ("τίποτα από αυτά δεν ξέρω, συγγνώμη", "δεν ξέρω τίποτα από αυτά", "δεν τα ξέρω αυτά"),
    "it": (
        "di questo non so niente, scusi",
        "non so niente di tutto questo",
        "non le so queste cose",
    ),
}
SLOWLY = {
    "uk": ("повільно", "дуже повільно", "працюю повільно", "ледве-ледве"),
    "en": ("slowly", "very slowly", "I work slowly", "with difficulty"),
    "sk": ("pomaly", "veľmi pomaly", "pracujem pomaly", "ide ťažko"),
    "el": ("αργά", "πολύ αργά", "δουλεύω αργά", "με δυσκολία"),
    "it": ("lentamente", "molto lento", "lavoro piano", "a fatica"),
}
STOPPED = {
    "uk": "INV-3301, windows 11, з учора, перезапуск, не можу робити",
    "en": "INV-3301, windows 11, since yesterday, restart, can't work",
    "sk": "INV-3301, windows 11, od včera, reštart, neviem robiť",
    "el": "INV-3301, windows 11, από χθες, επανεκκίνηση, δεν μπορώ να δουλέψω",
    "it": "INV-3301, windows 11, da ieri, riavvio, non riesco a lavorare",
}
AGAIN = {
    "uk": "робота стала, але тепер можу працювати",
    "en": "work stopped, but now I can work",
    "sk": "práca stála, ale teraz môžem pracovať",
    "el": "σταμάτησε η δουλειά, αλλά τώρα μπορώ να δουλέψω",
    "it": "ero fermo, ma adesso posso lavorare",
}
MAILS = {
    "uk": "o.koval@firma.ua outlook помилка 550 з вівторка не працюю",
    "en": "jane@acme.com outlook 550 relay denied since tuesday can't work",
    "sk": "j.novak@firma.sk outlook chyba 550 od utorka neviem pracovať",
    "el": "maria@firma.gr outlook σφάλμα 550 από Τρίτη δεν μπορώ να δουλέψω",
    "it": "m.rossi@ditta.it outlook errore 550 da martedì non posso lavorare",
}


def replied(language, text, asked=COMPUTER, category="computer"):
    return read_answers(
        text, asked=asked, category=category, language=language, now=NOW, reader=READER
    )


@pytest.mark.parametrize("language", NOTHING)
def test_who_knows_none_of_it_declines_all(language):
    for text in NOTHING[language]:
        found = replied(language, text)
        assert (dict(found.filled), found.declined) == ({}, frozenset(COMPUTER)), text


@pytest.mark.parametrize("language", SLOWLY)
def test_slowly_is_how_the_work_goes_where_that_is_asked(language):
    for words in SLOWLY[language]:
        for text in (f"1. INV-3301 2. win 11 5. {words}", f"INV-3301, windows 11, {words}", words):
            assert replied(language, text).filled.get("urgency") == "degraded", text


@pytest.mark.parametrize("language", STOPPED)
def test_who_is_not_able_to_work_does_know_it(language):
    found = replied(language, STOPPED[language])
    assert found.filled["urgency"] == "blocked"
    assert not found.declined


@pytest.mark.parametrize("language", AGAIN)
def test_who_can_work_again_is_stopped_no_more(language):
    assert replied(language, AGAIN[language]).filled["urgency"] == "minor"


@pytest.mark.parametrize("language", MAILS)
def test_an_address_is_the_account_without_a_comma_too(language):
    found = replied(language, MAILS[language], ("account", "error", "started", "urgency"), "email")
    assert found.filled["account"] == MAILS[language].split()[0]
