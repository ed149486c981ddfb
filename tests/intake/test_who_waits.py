"""Who stands and waits at one's desk says nothing of one's own work."""

import pytest

from intake.replies.answers import read_answers
from tests.intake.cast import NOW
from tests.intake.desk import READER

WAITING = {
    "uk": ("стоїть фура", "в мене тут стоїть водій", "клієнти чекають"),
    "en": ("a lorry is standing here", "customers waiting", "the driver is waiting outside"),
    "sk": ("stoji mi tu kamion", "stojí mi tu zákazník", "ľudia tu čakajú"),
    "el": ("περιμένει ένα φορτηγό", "οι πελάτες περιμένουν", "ο οδηγός περιμένει εδώ"),
    "it": ("ho qui un camion fermo", "camion in coda", "clienti che aspettano"),
}
STOPPED = {
    "uk": "фура стоїть, працювати не можу",
    "en": "lorries waiting, we're at a standstill",
    "sk": "kamión stojí a ja nemôžem vydať tovar",
    "el": "τα φορτηγά περιμένουν, έχουμε σταματήσει",
    "it": "camion in coda, siamo fermi",
}
OWN = {
    "uk": "робота стоїть",
    "en": "work has stopped",
    "sk": "stojí mi robota",
    "el": "η δουλειά σταμάτησε",
    "it": "siamo fermi",
}


def urgency(language, text):
    return read_answers(
        text,
        asked=("urgency", "asset"),
        category="printer",
        language=language,
        now=NOW,
        reader=READER,
    ).filled.get("urgency", "")


@pytest.mark.parametrize("language", WAITING)
def test_who_waits_is_not_the_one_who_can_not_work(language):
    assert {urgency(language, text) for text in WAITING[language]} == {""}


@pytest.mark.parametrize("language", STOPPED)
def test_whoever_says_that_work_stands_too_can_not_work(language):
    assert urgency(language, STOPPED[language]) == "blocked"
    assert urgency(language, OWN[language]) == "blocked"
