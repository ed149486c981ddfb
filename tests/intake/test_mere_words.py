"""“Still” from somebody who has told nothing opens no ticket; names are whose they are."""

from dataclasses import replace

import pytest

from intake.tickets import Status
from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, says
from tests.intake.desk import READER

MERE = {
    "uk": ("досі", "ну шо", "пр", "ще"),
    "en": ("still", "again", "so", "well ok"),
    "sk": ("stále", "no čo", "zase", "ok no"),
    "el": ("ακόμα", "πάλι", "και", "λοιπόν"),
    "it": ("ancora", "allora", "di nuovo", "boh"),
}
APPROVED = {
    "uk": "Прошу надати Кравченку О.В. VPN-доступ з 1 грудня. Погоджено з Бондарем.",
    "en": "Please give Kate Moss access to SAP. It is for the audit. Approved by Tom Ray.",
}


@pytest.mark.parametrize("language", MERE)
def test_it_is_prompted(language):
    for text in MERE[language]:
        decision = DIALOGUE.decide(a_situation(), says(text), NOW)
        assert decision.opens is None, text
        assert [say.template for say in decision.says] == ["welcome"], text


@pytest.mark.parametrize("text", ["still", "досі"])
def test_of_a_ticket_it_is_heard(text):
    decision = DIALOGUE.decide(a_situation(a_ticket()), says(text), NOW)
    assert decision.ticket.id == 1042
    assert decision.keeps_message
    solved = replace(a_ticket(), status=Status.SOLVED, asked=())
    over = a_situation(last_ticket=solved, solved_tickets=(solved,))
    assert DIALOGUE.decide(over, says(text), NOW).ticket.id == 1042


@pytest.mark.parametrize("language", APPROVED)
def test_whom_it_is_for_does_not_approve(language):
    found = READER.understand(APPROVED[language], hint_language=language, now=NOW).answers
    assert found.get("approver") in (None, "Бондарем", "Tom Ray")


def test_a_number_is_no_program():
    text = "printer on 3 says PC LOAD LETTER what does that even mean"
    found = READER.understand(text, hint_language="en", now=NOW).answers
    assert found.get("application") != "3"


@pytest.mark.parametrize("text", ["принтер не друкує", "ще принтер", "printer again", "ešte wifi"])
def test_whoever_names_a_thing_has_told_something(text):
    assert DIALOGUE.decide(a_situation(), says(text), NOW).opens is not None
