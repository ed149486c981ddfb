"""An answer with another trouble behind it answers its card, and the agent hears of the other."""

import pytest

from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, says

ANSWERED_WITH_ANOTHER = {
    "uk": (
        "NB-7, win10, з сьогодні, не можу працювати. ",
        "І ще ",
        "принтер на 2 поверсі жує папір",
    ),
    "en": (
        "NB-7, win10, since today, nothing, cant work. ",
        "also ",
        "printer on floor 2 is jammed",
    ),
    "sk": (
        "NB-7, win10, od dnes, nemôžem pracovať. ",
        "A este ",
        "tlačiareň na 2. poschodí netlačí",
    ),
    "el": (
        "NB-7, win10, από το πρωί, δεν μπορώ να δουλέψω. ",
        "Επίσης ",
        "ο εκτυπωτής μασάει χαρτί",
    ),
    "it": ("NB-7, win10, da oggi, non posso lavorare. ", "Inoltre ", "la stampante è inceppata"),
}
ANSWERED_ALONE = {
    "uk": "NB-7, win10, з сьогодні, перезавантажив, а ще поміняв кабель живлення",
    "en": "NB-7, win10, since today, restarted it. Also changed the power cable",
    "sk": "NB-7, win10, od dnes, reštartoval som. Tiež som vymenil napájací kábel",
    "el": "NB-7, win10, από σήμερα. Επίσης έκανα επανεκκίνηση",
    "it": "NB-7, win10, da oggi. Inoltre ho cambiato il cavo di alimentazione",
}


def decided(language, text):
    pc = a_ticket(
        1001,
        subject="PC",
        category="computer",
        answers={"symptom": "does not start"},
        asked=("asset", "os", "started", "tried", "urgency"),
        language=language,
    )
    return DIALOGUE.decide(a_situation(pc), says(text), NOW)


@pytest.mark.parametrize(("language", "parts"), ANSWERED_WITH_ANOTHER.items())
def test_what_stands_before_another_trouble_answers_the_card_and_the_rest_is_named(
    language, parts
):
    decision = decided(language, "".join(parts))
    assert (decision.opens, decision.besides) == (None, parts[2])
    said = decision.ticket.answers
    assert (said["asset"], said["os"], said["started"]) == ("NB-7", "windows-10", "2026-11-23")
    assert parts[2] in decision.ticket.preview


@pytest.mark.parametrize(("language", "text"), ANSWERED_ALONE.items())
def test_what_is_said_also_of_the_same_is_no_other_trouble(language, text):
    decision = decided(language, text)
    assert (decision.opens, decision.besides) == (None, "")
    assert decision.ticket.answers["asset"] == "NB-7"


@pytest.mark.parametrize(("language", "parts"), ANSWERED_WITH_ANOTHER.items())
def test_another_trouble_behind_no_answer_has_a_ticket_of_its_own(language, parts):
    assert decided(language, parts[1] + parts[2]).opens.category == "printer"
