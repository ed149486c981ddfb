"""Another trouble beside a ticket is asked about or acknowledged: no trouble is met by silence."""

from datetime import timedelta

import pytest

from intake.people import LANGUAGES
from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, an_entry, says, settled

SCREEN_AND_MOUSE = {
    "uk": ("екран блимає", "мишка не працює"),
    "en": ("my screen flickers", "my mouse is dead"),
    "sk": ("bliká mi obrazovka", "nefunguje mi myš"),
    "el": ("η οθόνη τρεμοπαίζει", "το ποντίκι δεν δουλεύει"),
    "it": ("lo schermo sfarfalla", "il mouse non funziona"),
}
LAPTOP_AND_PC = {
    "uk": ("ноут не вмикається", "ще комп страшно гальмує"),
    "en": ("my laptop won't boot", "my pc is very slow today"),
    "sk": ("notebook sa nezapne", "počítač mi ide strašne pomaly"),
    "el": ("το λάπτοπ δεν ανοίγει", "ο υπολογιστής είναι πολύ αργός σήμερα"),
    "it": ("il portatile non si accende", "oggi il pc è lentissimo"),
}
ONE_MORE = {
    "uk": ("потрібен новий монітор", "а ще одну клавіатуру"),
    "en": ("I need a new monitor", "and also a keyboard"),
    "sk": ("potrebujem nový monitor", "a ešte jednu klávesnicu"),
    "el": ("χρειάζομαι νέα οθόνη", "και ακόμα ένα πληκτρολόγιο"),
    "it": ("mi serve un monitor nuovo", "e anche una tastiera"),
}
SINCE_AN_UPDATE = {
    "uk": "після оновлення 20.11, блимає синє світло, пробувала 2 зарядки",
    "en": "since the update on 20/11, blue light flashing, tried 2 different chargers",
    "sk": "od aktualizácie 20.11., bliká modré svetlo, skúsil som 2 nabíjačky",
    "el": "από την ενημέρωση στις 20/11, αναβοσβήνει μπλε φως, δοκίμασα 2 φορτιστές",
    "it": "dall'aggiornamento del 20/11, lampeggia una luce blu, ho provato 2 caricatori",
}


def said_beside(text, **more):
    ticket = settled(**more)
    just_answered = an_entry(ticket, minutes_ago=1, facts={"told": NOW.isoformat()})
    situation = a_situation(ticket, last_entry=just_answered)
    return DIALOGUE.decide(situation, says(text, sent_at=NOW + timedelta(seconds=30)), NOW)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mouse_that_fails_beside_a_screen_is_asked_about(language):
    first, second = SCREEN_AND_MOUSE[language]
    ticket = a_ticket(
        language=language,
        category="computer",
        subject=first,
        answers={"symptom": first},
        asked=("asset", "os", "started", "tried", "urgency"),
    )
    decision = DIALOGUE.decide(a_situation(ticket), says(second), NOW)
    assert [say.template for say in decision.says] == ["unsure"]
    assert decision.ticket.answers == {"symptom": first}
    assert decision.besides == second


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("told", "category"), [(LAPTOP_AND_PC, "computer"), (ONE_MORE, "request")]
)
def test_more_is_acknowledged_with_a_way_out_however_soon(told, category, language):
    first, second = told[language]
    answers = {"symptom" if category == "computer" else "item": first}
    decision = said_beside(
        second, language=language, category=category, subject=first, answers=answers
    )
    assert decision.opens or any(
        option.template == "button_new" for say in decision.says for option in say.options
    )


@pytest.mark.parametrize("text", ["все ще не працює", "still not working", "stále to nejde"])
def test_the_same_trouble_once_more_soon_needs_no_second_word(text):
    assert said_beside(text).says == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_update_since_which_it_fails_is_no_trouble_of_its_own(language):
    first, _ = LAPTOP_AND_PC[language]
    ticket = a_ticket(
        language=language,
        category="computer",
        subject=first,
        answers={"symptom": first, "device": "laptop"},
        asked=("asset", "os", "started", "tried", "urgency"),
    )
    decision = DIALOGUE.decide(a_situation(ticket), says(SINCE_AN_UPDATE[language]), NOW)
    assert decision.opens is None
    assert decision.ticket.answers["started"] == "2026-11-20"
    assert "2" in decision.ticket.answers["tried"]
