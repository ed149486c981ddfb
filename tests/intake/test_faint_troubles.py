"""A trouble without a word for one: a thing that does not do something is what happens."""

import pytest

from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, says
from tests.intake.desk import READER

SAID = {
    "uk": ("помилка 0x0000011b при друці на мережевий принтер", "сканер не видит комп"),
    "en": ("error 0x0000011b printing to the network printer", "the keyboard has no letter a"),
    "sk": (
        "klávesnica nepíše písmeno a",
        "celé oddelenie nemá wifi, nevieme robiť",
        "mám modrú obrazovku s chybou",
    ),
    "el": ("το πληκτρολόγιο δεν γράφει το α", "ο εκτυπωτής βγάζει σφάλμα 0x0000011b"),
    "it": ("la tastiera non scrive la a", "la stampante dà errore 0x0000011b"),
}
NOTHING = ("toner tam je", "il cavo è inserito", "кабель вставлений", "the light is green")


@pytest.mark.parametrize("language", SAID)
def test_what_it_does_not_do_is_the_symptom(language):
    for text in SAID[language]:
        found = READER.understand(text, hint_language=language, now=NOW)
        assert found.answers.get("symptom"), text


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_as_it_should_be_is_none(text):
    assert "symptom" not in READER.understand(text, hint_language="sk", now=NOW).answers


ANSWERS = {
    "uk": (
        "Наклейка LT-2291. Яка версія windows не впевнена. Почалося 20 листопада. "
        "Перезавантажила. Поки працюю з телефона."
    ),
    "en": (
        "The sticker says LT-2291. Not sure about the windows version. "
        "It began on 20 Nov. I restarted it. I can work on my phone for now."
    ),
    "sk": (
        "Na nálepke je LT-2291. Verziou windows si nie som istá. Začalo to 20. novembra. "
        "Reštartovala som. Zatiaľ robím z mobilu."
    ),
    "el": (
        "Η ετικέτα γράφει LT-2291. Δεν είμαι σίγουρη για την έκδοση windows. "
        "Άρχισε στις 20 Νοεμβρίου. Έκανα επανεκκίνηση. "
        "Προς το παρόν δουλεύω από το κινητό."
    ),
    "it": (
        "L'etichetta dice LT-2291. Non sono sicura della versione di windows. "
        "È iniziato il 20 novembre. Ho riavviato. Per ora lavoro dal telefono."
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", ANSWERS)
def test_an_answer_in_sentences_is_no_trouble_of_its_own(language):
    laptop = a_ticket(
        language=language,
        category="computer",
        answers={"symptom": "laptop", "device": "laptop"},
        asked=("asset", "os", "started", "tried", "urgency"),
    )
    decision = DIALOGUE.decide(a_situation(laptop), says(ANSWERS[language]), NOW)
    assert decision.opens is None
    assert decision.ticket.answers["asset"] == "LT-2291"
