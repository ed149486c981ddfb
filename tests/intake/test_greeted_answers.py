"""“Hello Marek,” above the answers is none of them, and moves none to another question."""

import pytest

from intake.replies.answers import read_answers
from tests.intake.cast import NOW, READER

ASKED = ("started", "scope", "urgency")
GREETINGS = {
    "uk": ("Добрий день,", "Вітаю, Марку!", "Доброго ранку."),
    "en": ("Hi Marek,", "Hello,", "Hey!"),
    "sk": ("Dobrý deň,", "Ahoj Marek,", "Zdravím,"),
    "el": ("Καλησπέρα σας,", "Γεια σας,", "Καλημέρα Μάρεκ,"),
    "it": ("Buongiorno Marek,", "Salve,", "Ciao!"),
}
SAID = {
    "uk": "з вівторка зранку, зовсім не можу працювати.",
    "en": "since Tuesday morning, I can't work at all.",
    "sk": "od utorka rána, vôbec nemôžem pracovať.",
    "el": "από την Τρίτη το πρωί, δεν μπορώ να δουλέψω καθόλου.",
    "it": "da martedì mattina, non riesco proprio a lavorare.",
}


@pytest.mark.parametrize(
    ("language", "greeting"), [(own, one) for own, all_ in GREETINGS.items() for one in all_]
)
@pytest.mark.parametrize("between", ["\n\n", "\n", " "])
def test_two_answers_of_three_are_two(language, greeting, between):
    told = read_answers(
        f"{greeting}{between}{SAID[language]}",
        asked=ASKED,
        category="network",
        language=language,
        now=NOW,
        reader=READER,
    )
    assert told.filled == {"started": "2026-11-17", "urgency": "blocked"}
