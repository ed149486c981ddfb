"""“This is taking ages” is said of the desk: it is told where things stand, and fills nothing."""

import pytest

from intake.replies.answers import read_answers
from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, says
from tests.intake.desk import READER

AGES = {
    "uk": ("це триває вічність", "вже годину чекаю", "це забирає забагато часу"),
    "en": ("this is taking ages", "it's been hours", "I've been waiting for two hours"),
    "sk": ("trvá to večnosť", "čakám už hodinu", "to už trvá príliš dlho"),
    "el": ("αργείτε πολύ", "περιμένω εδώ και ώρες", "παίρνει πάρα πολλή ώρα"),
    "it": ("ci state mettendo un'eternità", "sto aspettando da ore", "state impiegando troppo"),
}
OF_A_MACHINE = {
    "uk": "ексель відкривається цілу вічність",
    "en": "Excel is taking ages to open",
    "sk": "Excel sa otvára celú večnosť",
    "el": "το Excel κάνει ώρες να ανοίξει",
    "it": "Excel ci mette un'eternità ad aprirsi",
}
each = pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, own in AGES.items() for text in own]
)


@each
def test_who_loses_patience_hears_where_it_stands(language, text):
    ticket = a_ticket(language=language)
    decision = DIALOGUE.decide(a_situation(ticket), says(text), NOW)
    assert [say.template for say in decision.says] == ["status"]
    assert decision.ticket.answers == ticket.answers


@each
def test_it_fills_and_declines_nothing(language, text):
    told = read_answers(
        text,
        asked=("asset", "location", "started"),
        category="printer",
        language=language,
        now=NOW,
        reader=READER,
    )
    assert (dict(told.filled), told.declined) == ({}, frozenset())


@pytest.mark.parametrize("language", OF_A_MACHINE)
def test_of_a_machine_it_is_a_trouble(language):
    decision = DIALOGUE.decide(a_situation(), says(OF_A_MACHINE[language]), NOW)
    assert decision.opens is not None
