"""What one carries is told beside what is asked, and not what one only gets by with."""

import pytest

from intake.replies.answers import read_answers
from tests.intake.cast import NOW
from tests.intake.desk import READER

MAIL = ("account", "application", "error", "started", "urgency")


def answers(language, words, asked=MAIL, category="email"):
    return read_answers(
        words, reader=READER, asked=asked, category=category, language=language, now=NOW
    ).filled


READ_ON = {
    "uk": "buh@zorya.example, додаток на телефоні, з понеділка",
    "en": "ines@birch.example, the app on my phone, since Monday",
    "sk": "ucto@breza.example, appka v mobile, od pondelka",
    "el": "info@simyda.example, η εφαρμογή στο κινητό, από Δευτέρα",
    "it": "conta@betulla.example, l'app sul telefono, da lunedì",
}


@pytest.mark.parametrize("language", READ_ON)
def test_mail_that_is_read_on_a_phone_is_read_on_a_phone(language):
    assert answers(language, READ_ON[language]).get("device") == "phone"


ONLY_MINE = {
    "uk": "вайфай, з понеділка, тільки на моєму планшеті",
    "en": "wifi, since Monday, only on my tablet",
    "sk": "wifi, od pondelka, iba mne na tablete",
    "el": "wifi, από Δευτέρα, μόνο στο δικό μου τάμπλετ",
    "it": "wifi, da lunedì, solo il mio tablet",
}


@pytest.mark.parametrize("language", ONLY_MINE)
def test_a_tablet_without_network_is_a_tablet(language):
    asked = ("connection", "started", "scope")
    assert answers(language, ONLY_MINE[language], asked, "network").get("device") == "tablet"


GETS_BY = {
    "uk": "buh@zorya.example, Outlook, з понеділка, поки читаю з телефону",
    "en": "ines@birch.example, Outlook, since Monday, reading mail on my phone for now",
    "sk": "ucto@breza.example, Outlook, od pondelka, zatiaľ čítam v mobile",
    "el": "info@simyda.example, Outlook, από Δευτέρα, τα βλέπω από το κινητό",
    "it": "conta@betulla.example, Outlook, da lunedì, intanto la leggo dal telefono",
}


@pytest.mark.parametrize("language", GETS_BY)
def test_a_phone_by_which_one_gets_by_is_not_in_trouble(language):
    found = answers(language, GETS_BY[language])
    assert "device" not in found
    assert found["urgency"] == "degraded"


def test_a_phone_in_the_answer_to_another_question_is_not_what_mail_is_read_on():
    found = answers("en", "1. a@b.example\n2. Outlook\n5. yes but on my phone, a nuisance")
    assert "device" not in found
