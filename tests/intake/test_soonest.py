"""“As soon as possible” to “Needed by” is no day, and is not asked again."""

import pytest

from intake.tickets import Kind
from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, says

KNOWN = {"symptom": "access", "system": "SAP", "account": "j.novak"}
SAID = {
    "uk": ("якнайшвидше", "Терміново!", "чим швидше тим краще"),
    "en": ("ASAP", "as soon as possible please", "the sooner the better"),
    "sk": ("čo najskôr", "hneď", "čím skôr"),
    "el": ("το συντομότερο", "άμεσα", "όσο πιο γρήγορα γίνεται"),
    "it": ("subito", "il prima possibile", "al più presto, grazie"),
}


def told(language, words, **more):
    fields = {"answers": KNOWN, "asked": ("deadline",), "category": "access"} | more
    ticket = a_ticket(language=language, kind=Kind.SERVICE_REQUEST, **fields)
    return DIALOGUE.decide(a_situation(ticket), says(words), NOW)


@pytest.mark.parametrize(
    ("language", "words"), [(of, words) for of, every in SAID.items() for words in every]
)
def test_as_soon_as_possible_settles_by_when(language, words):
    decision = told(language, words)
    assert decision.ticket.asked == ()
    assert decision.ticket.answers == KNOWN
    assert decision.ticket.declined == {"deadline"}
    assert "complete" in [say.template for say in decision.says]


def test_a_day_beside_it_is_the_answer():
    decision = told("en", "asap, by Friday at the latest")
    assert decision.ticket.answers["deadline"] == "2026-11-27"


def test_a_day_told_later_takes_its_place():
    more = {"asked": (), "declined": frozenset({"deadline"}), "is_complete": True}
    decision = told("en", "needed by Friday", **more)
    assert decision.ticket.answers["deadline"] == "2026-11-27"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "срочно приїдьте"), ("en", "please come right away"),
        ("sk", "príďte hneď do kancelárie"), ("el", "ελάτε αμέσως στο γραφείο"),
        ("it", "mandate subito un tecnico da noi"),
    ],
)  # fmt: skip
def test_who_wants_somebody_to_come_at_once_has_not_told_by_when(language, words):
    assert "deadline" not in (told(language, words).ticket.declined)
