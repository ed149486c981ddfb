"""What works is not what is wrong, and its “but” slows nobody down."""

from datetime import datetime

import pytest

from intake.replies.answers import read_answers

NOW = datetime.fromisoformat("2026-11-27T10:00:00+02:00")


def told(reader, text, language):
    return reader.understand(text, hint_language=language, now=NOW).answers


@pytest.mark.parametrize(
    ("language", "text", "trouble"),
    [
        ("uk", "сканер працює, а принтер не бере папір", "не бере папір"),
        ("uk", "сканер працює, але принтер не бере папір", "не бере папір"),
        ("en", "the scanner works, but the printer doesn't pick up paper", "doesn't pick up"),
        ("sk", "skener funguje, ale tlačiareň neberie papier", "neberie papier"),
        ("el", "ο σαρωτής δουλεύει, αλλά ο εκτυπωτής δεν παίρνει χαρτί", "δεν παίρνει χαρτί"),
        ("it", "lo scanner funziona, ma la stampante non prende la carta", "non prende la carta"),
        ("uk", "вайфай на телефоні працює, але ноутбук не бачить мережу", "не бачить мережу"),
        ("en", "my phone is fine, but the laptop can't see the network", "can't see the network"),
        ("sk", "telefón ide, ale notebook nevidí sieť", "nevidí sieť"),
        ("el", "το κινητό δουλεύει, αλλά το λάπτοπ δεν βλέπει δίκτυο", "δεν βλέπει δίκτυο"),
        ("it", "il cellulare va, ma il portatile non vede la rete", "non vede la rete"),
    ],
)
def test_one_thing_works_and_another_does_not(reader, language, text, trouble):
    answers = told(reader, text, language)
    assert trouble in answers["symptom"]
    assert not {"працює", "works", "fine", "funguje", "ide", "δουλεύει", "funziona", "va"} & {
        *answers["symptom"].replace(",", " ").split()
    }
    assert answers.get("urgency") is None


@pytest.mark.parametrize(
    ("language", "text", "trouble"),
    [
        ("uk", "камера світиться але мене всі бачать чорною", "чорною"),
        ("en", "the camera light is on but everyone sees me black", "black"),
        ("sk", "kamera svieti ale všetci ma vidia čiernu", "čiernu"),
        ("el", "η κάμερα ανάβει αλλά όλοι με βλέπουν μαύρη", "μαύρη"),
        ("it", "la telecamera è accesa ma tutti mi vedono nera", "nera"),
        ("uk", "ноут вмикається, але екран чорний", "екран чорний"),
        ("en", "the laptop turns on, but the screen stays black", "screen stays black"),
        ("sk", "notebook sa zapne, ale obrazovka je čierna", "obrazovka je čierna"),
        ("el", "το λάπτοπ ανάβει, αλλά η οθόνη είναι μαύρη", "οθόνη είναι μαύρη"),
        ("it", "il portatile si accende, ma lo schermo è nero", "schermo è nero"),
    ],
)
def test_what_goes_and_what_does_not_is_told_whole(reader, language, text, trouble):
    assert trouble in told(reader, text, language)["symptom"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "у колежанки все ок, але я не можу роздрукувати звіт"),
        ("en", "my colleague Ann has no problem but I can't print the report"),
        ("sk", "kolegyni to ide, ale ja neviem vytlačiť report"),
        ("el", "η συνάδελφος τυπώνει μια χαρά, αλλά εγώ δεν μπορώ να τυπώσω"),
        ("it", "alla collega stampa, ma io non riesco a stampare il report"),
    ],
)
def test_what_happens_begins_with_no_but(reader, language, text):
    symptom = told(reader, text, language)["symptom"]
    assert symptom.split()[0] not in ("але", "but", "ale", "αλλά", "ma")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "комп працює, але дуже повільно"),
        ("en", "my computer works, but very slowly"),
        ("sk", "počítač funguje, ale veľmi pomaly"),
        ("el", "ο υπολογιστής δουλεύει, αλλά πολύ αργά"),
        ("it", "il computer funziona, ma molto lentamente"),
    ],
)
def test_what_works_but_slowly_still_slows_people_down(reader, language, text):
    assert told(reader, text, language).get("urgency") == "degraded"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "чорний телефон на столі, 4417, з понеділка, поки що дзвоню з мобільного"),
        ("en", "the black phone on my desk, 4417, since Monday, for now I call from my mobile"),
        ("sk", "čierny telefón na stole, 4417, od pondelka, zatiaľ volám z mobilu"),
        ("el", "το μαύρο τηλέφωνο, 4417, από Δευτέρα, προς το παρόν παίρνω από το κινητό"),
        ("it", "il telefono nero, 4417, da lunedì, per ora chiamo dal cellulare"),
        ("uk", "4417, на мобільному правда працює"),
        ("en", "4417, it works on my mobile though"),
        ("sk", "4417, v mobile to ide"),
        ("el", "4417, στο κινητό πάντως παίζει"),
        ("it", "4417, ma sul cellulare funziona"),
    ],
)
def test_what_somebody_uses_meanwhile_is_not_what_is_broken(reader, language, text):
    asked = ("phone_service", "extension", "started", "urgency")
    filled = read_answers(
        text, asked=asked, category="telephony", language=language, now=NOW, reader=reader
    ).filled
    assert filled.get("phone_service") != "mobile"
    assert filled["extension"] == "4417"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", 'Teams на компі висить на "Завантаження"'),
        ("en", 'Teams on the PC hangs on "Loading"'),
        ("sk", 'Teams na počítači visí na "Načítava sa"'),
        ("el", 'στον υπολογιστή το Teams κολλάει στο "Φόρτωση"'),
        ("it", 'sul pc Teams resta fermo su "Caricamento"'),
    ],
)
def test_what_a_screen_says_is_no_place(reader, language, text):
    assert "location" not in told(reader, text, language)
