"""What is put right as it is said: the number of a version or a label, and what an update left."""

import pytest

from intake.replies.answers import read_answers
from tests.intake.cast import NOW
from tests.intake.desk import READER

VERSIONS = {
    "uk": ("windows 10, ні, 11", "windows 10, ой ні, 11", "вінда 10, тобто 11"),
    "en": ("windows 10, no wait, 11", "windows 10 sorry 11", "win 10, I mean 11"),
    "sk": ("windows 10, vlastne 11", "windows 10, nie, 11", "windows 10 pardon 11"),
    "el": ("windows 10, όχι, 11", "windows 10, συγγνώμη, 11", "windows 10 εννοώ 11"),
    "it": ("windows 10, anzi 11", "windows 10, no, 11", "windows 10, scusi, 11"),
}
UPDATED = {
    "uk": "віндовс 10 оновився до 11 і зник звук",
    "en": "windows 10 got updated to 11 and the sound is gone",
    "sk": "windows 10 sa aktualizoval na 11 a zmizol zvuk",
    "el": "τα windows 10 αναβαθμίστηκαν σε 11 και χάθηκε ο ήχος",
    "it": "windows 10 si è aggiornato a 11 e non c'è più audio",
}
LABELS = {
    "uk": ("INV-1204, ой, INV-1205", "INV-1204, тобто INV-1205", "INV-1204 вибачте INV-1205"),
    "en": ("INV-1204, oh sorry INV-1205", "INV-1204 oops INV-1205", "INV-1204, I mean INV-1205"),
    "sk": ("INV-1204, pardon, INV-1205", "INV-1204, teda INV-1205", "INV-1204 prepáčte INV-1205"),
    "el": ("INV-1204, συγγνώμη, INV-1205", "INV-1204, δηλαδή INV-1205", "INV-1204 εννοώ INV-1205"),
    "it": ("INV-1204, scusi, INV-1205", "INV-1204, anzi INV-1205", "INV-1204, cioè INV-1205"),
}
CONNECTIONS = {
    "uk": "це не кабель і не вайфай, впн не чіпляється",
    "en": "just to be clear it's not the cable, not the wifi, VPN is what fails",
    "sk": "nie je to kábel ani wifi, padá VPN",
    "el": "δεν είναι το καλώδιο ούτε το wifi, το VPN πέφτει",
    "it": "non è il cavo né il wifi, cade la VPN",
}
ELSEWHERE = {
    "uk": "вдома нема інтернету, але з мобільного працює",
    "en": "no internet at home but it works on my phone hotspot",
    "sk": "doma nejde internet, ale cez mobilné dáta funguje",
    "el": "δεν έχω ίντερνετ στο σπίτι αλλά με δεδομένα κινητού δουλεύει",
    "it": "a casa non va internet ma con i dati del cellulare funziona",
}


def replied(language, text, asked, category="computer"):
    return read_answers(
        text, asked=asked, category=category, language=language, now=NOW, reader=READER
    ).filled


def told(language, text):
    return READER.understand(text, hint_language=language, now=NOW).answers


@pytest.mark.parametrize("language", VERSIONS)
def test_a_bare_number_puts_the_version_right(language):
    for text in VERSIONS[language]:
        assert replied(language, text, ("os", "started"))["os"] == "windows-11", text


@pytest.mark.parametrize("language", UPDATED)
def test_an_update_leaves_the_old_version_behind(language):
    assert told(language, UPDATED[language])["os"] == "windows-11"


@pytest.mark.parametrize("language", LABELS)
def test_the_second_label_holds(language):
    for text in LABELS[language]:
        assert replied(language, text, ("asset", "started"))["asset"] == "INV-1205", text


@pytest.mark.parametrize("language", CONNECTIONS)
def test_the_connection_is_the_one_that_is_not_denied(language):
    assert told(language, CONNECTIONS[language])["connection"] == "vpn"


@pytest.mark.parametrize("language", ELSEWHERE)
def test_by_what_it_works_is_not_the_connection_in_trouble(language):
    assert "connection" not in told(language, ELSEWHERE[language])
