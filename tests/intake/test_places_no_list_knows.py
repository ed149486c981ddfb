"""Where somebody sits, or what is wanted shall go, in words for places that no list has."""

import pytest

from intake.replies.answers import read_answers
from tests.intake.cast import NOW
from tests.intake.desk import READER

REQUEST = ("item", "symptom", "location", "deadline")


def place(text, language):
    found = read_answers(
        text, asked=REQUEST, category="request", language=language, now=NOW, reader=READER
    )
    return found.filled.get("location", "")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("uk", "великий килимок, бо стіл скляний. Сиджу в кадрах", "кадрах"),
        ("uk", "тре вебка для стрімів клубу, несіть у 12 кабінет коледжу", "12 кабінет коледжу"),
        ("en", "a new one, mine got run over. bring it to goods in, ask for kev", "goods in"),
        ("sk", "myš na grafiku, sedím na obchodnom", "obchodnom"),
        ("el", "ποντίκι για σχέδια, κάθομαι στο χημείο", "χημείο"),
        ("it", "un mouse per disegnare, mi hanno spostata in sala Leonardo", "sala Leonardo"),
        ("uk", "два ноутбуки для менеджерів, у відділ продажів, до понеділка", "відділ продажів"),
        ("en", "two headsets for the call takers, at dispatch, by monday", "dispatch"),
        ("sk", "myš, na grafiku, do ambulancie, do piatku", "ambulancie"),
        ("el", "ποντίκι, για σχέδια, στο αλλαγείο, μέχρι Παρασκευή", "αλλαγείο"),
        ("it", "due portatili per i venditori, al commerciale, entro lunedì", "commerciale"),
    ],
)
def test_it_is_the_place(language, text, expected):
    assert expected in place(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "мишку, в чорному кольорі, до п'ятниці"),
        ("en", "a tablet, in good condition, for rounds, by monday"),
        ("en", "a headset, i sit on hold all day, by friday"),
        ("sk", "myš, v čiernej farbe, do piatku"),
        ("el", "ποντίκι, σε μαύρο χρώμα, μέχρι Παρασκευή"),
        ("it", "un mouse, in sostituzione del vecchio, entro venerdì"),
    ],
)
def test_a_colour_and_a_state_are_none(language, text):
    assert not place(text, language)
