"""Who says in a sentence that they can't tell something declines it, and nothing else."""

import pytest

from intake.replies.answers import read_answers
from tests.intake.cast import NOW
from tests.intake.desk import READER


def answers(language, words, asked, category):
    return read_answers(
        words, reader=READER, asked=asked, category=category, language=language, now=NOW
    )


UNREAD = {
    "uk": "Медок, помилку закрила не прочитавши, з понеділка",
    "en": "Sage, clicked it away before I could read it, since Monday",
    "sk": "Omega, odklikol som to skôr než som si to prečítal, od pondelka",
    "el": "Softone, το μήνυμα το έκλεισα πριν το διαβάσω, από Δευτέρα",
    "it": "Zucchetti, l'errore l'ho chiuso senza leggerlo, da lunedì",
}


@pytest.mark.parametrize("language", UNREAD)
def test_a_message_closed_before_it_was_read_can_not_be_told(language):
    asked = ("application", "error", "started")
    found = answers(language, UNREAD[language], asked, "software")
    assert found.declined == {"error"}
    assert "started" in found.filled


NAMELESS = {
    "uk": "програма для ваги, назви не знаю, помилка 1042",
    "en": "some program for the scales, don't know its name, error 1042",
    "sk": "program na váhe, názov neviem, chyba 1042",
    "el": "το πρόγραμμα της ζυγαριάς, το όνομα δεν ξέρω, σφάλμα 1042",
    "it": "il programma della pesa, il nome non lo so, errore 1042",
}


@pytest.mark.parametrize("language", NAMELESS)
def test_a_program_whose_name_nobody_knows_is_not_named_by_what_it_is_for(language):
    found = answers(language, NAMELESS[language], ("application", "error"), "software")
    assert found.declined == {"application"}
    assert found.filled == {"error": "1042"}


WIRED = {
    "uk": "як воно підключене не знаю, кабінет 305, з понеділка",
    "en": "how it's connected? not a clue, room 305, since Monday",
    "sk": "ako je to pripojené netuším, trieda 305, od pondelka",
    "el": "με τι συνδέομαι δεν έχω ιδέα, αίθουσα 305, από Δευτέρα",
    "it": "se è wifi o cavo non lo so, aula 305, da lunedì",
}


@pytest.mark.parametrize("language", WIRED)
def test_who_does_not_know_how_it_is_wired_has_no_connection(language):
    found = answers(language, WIRED[language], ("connection", "location", "started"), "network")
    assert found.declined == {"connection"}
    assert found.filled.keys() == {"location", "started"}


def test_a_program_that_is_named_is_the_answer_though_its_version_is_not_known():
    found = answers(
        "en", "the program is Sage, don't know the version", ("application", "started"), "software"
    )
    assert found.filled.get("application") == "Sage"
