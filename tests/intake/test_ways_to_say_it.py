"""How people say who approves, how they are connected, and on what telephone."""

import pytest

from intake.replies.answers import read_answers
from tests.intake.cast import NOW, READER

APPROVED = {
    "uk": (
        "погоджувач Іван Бойко", "Бойко казав що можна", "сагласовано з Бойком", "Бойко разрішив",
        "Бойко дав ок", "апрувив Бойко", "візував Бойко", "Бойко підпише",
        "відповідальний за погодження: Бойко", "погодження: Бойко І.П.", "Іван Бойко підтвердив",
    ),
    "en": (
        "cleared with Karen Hughes", "Karen Hughes cleared it", "with Karen Hughes's blessing",
        "Karen Hughes is the approver", "Karen Hughes let me",
        "Karen Hughes as my line manager has approved",
        "Karen Hughes doesn't mind", "ask Karen Hughes for approval", "Karen is on board",
    ),
    "sk": (
        "Peter Novák to dovolil", "Peter Novák nie je proti", "Peter Novák kývol",
        "Novák to okol", "Novák povedal že áno", "prešlo to cez Nováka",
        "ma to odklepnute od Novaka", "Novák to odobril",
    ),
    "el": (
        "σε συμφωνία με τον Γιώργο Παππά", "το οκ το έδωσε ο Παππάς",
        "το επιβεβαίωσε ο Παππάς", "ο Παππάς μου είπε ότι μπορώ",
    ),
    "it": (
        "per Marco Rossi va bene", "la richiesta l'ha firmata Marco Rossi",
        "il via l'ha dato Rossi",
        "Marco Rossi me lo permette", "me l'ha permesso Marco Rossi",
    ),
}  # fmt: skip
NAMES = ("Бойко", "Бойком", "Karen", "Hughes", "Nov", "Παππ", "Rossi")
NOBODY = {
    "uk": ("чекаю на погодження Ткаченко", "Бойко ще не погодив", "П'ятниця підходить"),
    "en": ("not approved by Tom Reid yet", "waiting for Tom Reid's approval", "Friday is fine"),
    "sk": ("čakám na súhlas Kováčovej", "bez súhlasu Nováka", "Štvrtok je ok"),
    "el": ("περιμένω έγκριση από τη Δήμου", "χωρίς έγκριση του Παππά", "Πέμπτη είναι εντάξει"),
    "it": ("aspetto l'ok della Bianchi", "senza approvazione di Rossi", "Giovedì va bene"),
}
REACHED = {
    "uk": "дзвоніть на мобільний", "en": "you can call me on my mobile", "sk": "volajte na mobil",
    "el": "πάρτε με στο κινητό", "it": "chiamatemi al cellulare",
}  # fmt: skip
TROUBLE = {
    "uk": "чути тріск", "en": "I hear crackling", "sk": "počuť praskanie",
    "el": "ακούω παράσιτα", "it": "sento gracchiare",
}  # fmt: skip
ON_SCREEN = {
    "uk": "в тімсі", "en": "calling in Teams",
    "sk": "cez Teams", "el": "στο Teams", "it": "su Teams",
}  # fmt: skip
OTHER_CABLES = {
    "uk": "кабель монітора зламаний", "en": "the cable of the monitor is broken",
    "el": "το καλώδιο της οθόνης χάλασε",
    "it": "il cavo del monitor è rotto",
}  # fmt: skip


def said(text, language, category, asked):
    read = read_answers(
        text, asked=asked, category=category, language=language, now=NOW, reader=READER
    )
    return read.filled


def each(phrases):
    return [(language, phrase) for language, own in phrases.items() for phrase in own]


@pytest.mark.parametrize(("language", "phrase"), each(APPROVED))
def test_who_approves_is_heard(language, phrase):
    found = said(f"Dell P2723. {phrase}", language, "request", ("item", "deadline"))
    assert any(name in found.get("approver", "") for name in NAMES)


@pytest.mark.parametrize(("language", "phrase"), each(NOBODY))
def test_where_nobody_has_approved_nobody_is_named(language, phrase):
    found = said(f"Dell P2723. {phrase}", language, "request", ("item", "deadline"))
    assert "approver" not in found


@pytest.mark.parametrize(("language", "phrase"), REACHED.items())
def test_what_one_is_reached_by_is_not_what_fails(language, phrase):
    text = f"{TROUBLE[language]}. {phrase}"
    found = said(text, language, "telephony", ("symptom", "phone_service", "started"))
    assert "phone_service" not in found


@pytest.mark.parametrize(("language", "phrase"), ON_SCREEN.items())
def test_calls_on_the_screen_are_a_softphone(language, phrase):
    found = said(phrase, language, "telephony", ("phone_service", "started"))
    assert found["phone_service"] == "softphone"


@pytest.mark.parametrize(("language", "phrase"), OTHER_CABLES.items())
def test_the_cable_of_another_thing_is_no_connection(language, phrase):
    text = f"{TROUBLE[language]}. {phrase}"
    found = said(text, language, "network", ("symptom", "connection", "started"))
    assert "connection" not in found
