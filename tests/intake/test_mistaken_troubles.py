"""Who denies what happens and says what does has corrected it; the old is on the timeline."""

import pytest

from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, says

SAID = {
    "uk": ("принтер жує папір", "ой ні, я помилилась, він не жує, він просто не вмикається"),
    "en": ("printer jams", "sorry, it doesn't jam, it just won't turn on"),
    "sk": ("tlačiareň krčí papier", "pardon, nekrčí, len sa nezapne"),
    "el": ("ο εκτυπωτής μασάει χαρτί", "συγγνώμη, δεν μασάει, απλά δεν ανοίγει"),
    "it": ("la stampante mangia la carta", "scusi, non mangia la carta, non si accende proprio"),
}
KEPT = {
    "uk": ("принтер не друкує", "так, не друкує, і блимає червоним"),
    "en": ("printer doesn't print", "it doesn't print, it shows an error"),
    "sk": ("tlačiareň netlačí", "netlačí, svieti červená"),
    "el": ("ο εκτυπωτής δεν τυπώνει", "δεν τυπώνει, βγάζει σφάλμα"),
    "it": ("la stampante non stampa", "non stampa, dà errore"),
}


def heard(language, symptom, text):
    ticket = a_ticket(language=language, answers={"symptom": symptom})
    return DIALOGUE.decide(a_situation(ticket), says(text), NOW)


@pytest.mark.parametrize("language", SAID)
def test_the_new_trouble_takes_the_place_of_the_old(language):
    symptom, text = SAID[language]
    decision = heard(language, symptom, text)
    told = decision.ticket.answers["symptom"]
    assert told != symptom
    assert told in text
    assert ("answer:symptom", symptom, told) in [
        (change.what, change.before, change.after) for change in decision.changes
    ]


@pytest.mark.parametrize("language", KEPT)
def test_who_says_the_same_again_corrects_nothing(language):
    symptom, text = KEPT[language]
    assert heard(language, symptom, text).ticket.answers["symptom"] == symptom
