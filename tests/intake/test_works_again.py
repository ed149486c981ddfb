"""In whatever words somebody tells that a thing works again, one tap asks whether it is solved."""

from dataclasses import replace

import pytest

from tests.intake.cast import DIALOGUE, NOW, a_situation, says, settled

AGAIN = {
    "uk": {
        "printer": (
            "вже знову друкує", "до речі, принтер знову друкує", "принтер знов ожив",
            "скрип пропав",
        ),
        "network": ("інтернет з'явився", "вайфай знову з'явився"),
        "computer": ("ноут завівся", "вже відкривається"),
    },
    "en": {
        "printer": (
            "it's printing again", "btw the printer prints again", "the squeak is gone",
            "the printer came back to life",
        ),
        "network": ("internet's back", "the wifi came back on"),
        "computer": ("it booted", "the laptop is back on"),
    },
    "sk": {
        "printer": (
            "už zase tlačí", "Tlačiareň už zase tlačí", "tlačiareň inak už zase tlačí",
            "už je všetko fajn, díky", "škrípanie zmizlo",
        ),
        "network": ("internet už naskočil", "wifi je späť"),
        "computer": ("notebook nabehol", "počítač sa zapol"),
    },
    "el": {
        "printer": (
            "τυπώνει πάλι", "ο εκτυπωτής πάντως ξανατυπώνει", "ο εκτυπωτής πάλι τυπώνει",
            "το τρίξιμο σταμάτησε",
        ),
        "network": ("ήρθε το ίντερνετ", "επανήλθε το wifi"),
        "computer": ("άστο, άνοιξε", "το λάπτοπ άναψε"),
    },
    "it": {
        "printer": (
            "stampa di nuovo", "la stampante comunque stampa di nuovo", "il cigolio è sparito",
        ),
        "network": ("è tornato internet", "il wifi è tornato"),
        "computer": ("lascia stare, è partito", "il pc si è acceso"),
    },
}  # fmt: skip
NOT_YET = {
    "uk": (
        "знову друкує порожні сторінки", "знов працює повільно", "помилка знову з'явилась",
        "вже знову не друкує", "коли знову запрацює інтернет?", "більше не друкує",
    ),
    "en": (
        "it prints blank pages again", "the error is back", "the problem came back",
        "when is the internet back?", "it's printing garbage again", "no longer prints",
    ),
    "sk": (
        "už zase tlačí prázdne strany", "zase ide pomaly", "chyba sa vrátila", "už zase netlačí",
        "kedy naskočí internet?",
    ),
    "el": (
        "τυπώνει πάλι λευκές σελίδες", "πάλι δουλεύει αργά", "ήρθε πάλι το σφάλμα",
        "πότε ήρθε το ίντερνετ;", "πάλι δεν τυπώνει",
    ),
    "it": (
        "stampa di nuovo pagine bianche", "va di nuovo piano", "è tornato l'errore",
        "è tornato il problema", "non stampa di nuovo", "quando è tornato internet?",
    ),
}  # fmt: skip
SOMETHING = settled(first_response_at=None, subject="?", answers={})


AGAIN_OF = [
    (language, category, text)
    for language, said in AGAIN.items()
    for category, texts in said.items()
    for text in texts
]
STILL = [(language, text) for language, texts in NOT_YET.items() for text in texts]


def decided(language, text, category="printer"):
    situation = a_situation(replace(SOMETHING, category=category))
    person = replace(situation.person, language=language)
    return DIALOGUE.decide(replace(situation, person=person), says(text), NOW)


def asks(decision):
    return "is_it_solved" in [say.template for say in decision.says]


@pytest.mark.parametrize(("language", "category", "text"), AGAIN_OF)
def test_what_works_again_asks_whether_it_is_solved(language, category, text):
    decision = decided(language, text, category)
    assert (decision.opens, asks(decision)) == (None, True)


@pytest.mark.parametrize(("language", "text"), STILL)
def test_what_is_wrong_again_is_not_solved(language, text):
    assert not asks(decided(language, text))
