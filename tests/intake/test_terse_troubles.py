"""Few words about another thing than the open ticket's are its own trouble, or are asked about."""

from dataclasses import replace

import pytest

from tests.intake.cast import DIALOGUE, NOW, OLENA, a_situation, a_ticket, says, settled
from tests.intake.test_solving import each

TERSE = {
    "uk": (
        "монітор чорний", "миша здохла", "немає звуку", "сканер офлайн", "телефон мовчить",
        "wifi пропав", "камера не видна", "до речі миша сдохла", "а ще клавіатура липне",
        "і телефон на столі замовк",
    ),
    "en": (
        "monitor black", "mouse dead", "no sound", "scanner offline", "phone silent",
        "wifi gone", "screen black", "camera not detected",
    ),
    "sk": (
        "monitor čierny", "myš mŕtva", "žiadny zvuk", "skener offline", "telefón nemý",
        "wifi preč",
    ),
    "el": (
        "οθόνη μαύρη", "ποντίκι νεκρό", "χωρίς ήχο", "σαρωτής offline", "wifi χάθηκε",
        "δεν έχω ήχο",
    ),
    "it": (
        "monitor nero", "mouse morto", "niente audio", "scanner offline", "telefono muto",
        "wifi sparito",
    ),
}  # fmt: skip
REPLIES = {
    "uk": ("ноутбук Lenovo", "через wifi", "з Word", "після оновлення", "колеги теж"),
    "en": ("laptop Lenovo", "over wifi", "from Word", "the black one", "others too", "usb cable"),
    "sk": ("notebook Lenovo", "z Wordu", "po aktualizácii", "aj kolegovia"),
    "el": ("laptop Lenovo", "από Word", "μετά την ενημέρωση", "και οι άλλοι"),
    "it": ("portatile Lenovo", "via wifi", "dopo l'aggiornamento", "anche i colleghi"),
}
THE_OTHER_TOO = {
    "uk": ("принтер на 5 поверсі теж", "принтер у кабінеті 512 теж"),
    "en": ("the printer on floor 5 too", "also the printer on 5th floor"),
    "sk": ("tlačiareň na 5. poschodí tiež", "aj tlačiareň na 5. poschodí"),
    "el": ("ο εκτυπωτής στον 5ο όροφο επίσης", "και ο εκτυπωτής στον 5ο όροφο"),
    "it": ("anche la stampante al piano 5", "la stampante al quinto piano pure"),
}
FLOOR = {
    "uk": "3 поверсі",
    "en": "floor 3",
    "sk": "3. poschodí",
    "el": "3ο όροφο",
    "it": "piano 3",
}


def said(language, text, ticket):
    situation = a_situation(ticket, person=replace(OLENA, language=language))
    return DIALOGUE.decide(situation, says(text), NOW)


def is_apart_or_asked(decision):
    return decision.opens is not None or (decision.is_unsure and bool(decision.besides))


def forgotten(language, **more):
    known = {"symptom": "I forgot my password"}
    return a_ticket(
        category="access", subject="", answers=known, language=language,
        **{"asked": ("system", "account", "urgency"), **more},
    )  # fmt: skip


@pytest.mark.parametrize(("language", "text"), each(TERSE))
def test_few_words_of_another_thing_are_no_words_for_the_open_ticket(language, text):
    assert is_apart_or_asked(said(language, text, forgotten(language)))
    complete = forgotten(language, asked=(), is_complete=True)
    assert is_apart_or_asked(said(language, text, complete))


@pytest.mark.parametrize(("language", "text"), each(REPLIES))
def test_a_thing_without_its_trouble_is_a_reply(language, text):
    decision = said(language, text, a_ticket(language=language))
    assert (decision.opens, decision.is_unsure) == (None, False)


@pytest.mark.parametrize("category", ["software", "telephony", "computer"])
@pytest.mark.parametrize(
    ("language", "text"),
    [("uk", "немає звуку"), ("en", "no sound"), ("sk", "žiadny zvuk"), ("it", "niente audio")],
)
def test_a_missing_sound_may_be_of_many_things(language, text, category):
    answers = {"application": "Teams"} if category == "software" else {}
    ticket = settled(category=category, subject="Teams", answers=answers, language=language)
    assert said(language, text, ticket).opens is None


@pytest.mark.parametrize(("language", "text"), each(THE_OTHER_TOO))
def test_the_same_trouble_of_another_place_is_asked_about(language, text):
    known = {"symptom": "jams", "location": FLOOR[language]}
    for ticket in (a_ticket(answers=known), settled(answers=known)):
        decision = said(language, text, replace(ticket, language=language))
        assert (decision.opens, decision.is_unsure, decision.besides) == (None, True, text)
        assert dict(decision.ticket.answers) == known
