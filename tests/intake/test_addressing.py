"""Of several cards that wait, a reply without numbers answers the one that asks what it says."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, an_entry, says, settled

PRINTER = a_ticket(
    1042,
    subject="",
    answers={"symptom": "jams", "location": "2nd floor"},
    asked=("asset", "started"),
    card_id=9,
)
MAIL = a_ticket(
    1043,
    subject="Outlook",
    category="email",
    answers={"symptom": "does not start", "application": "Outlook"},
    asked=("account", "error", "started", "urgency"),
    card_id=11,
    updated_at=NOW - timedelta(minutes=2),
)
OF_THE_PRINTER = {
    "uk": "INV-5, з понеділка",
    "en": "INV-5, since monday",
    "sk": "INV-5, od pondelka",
    "el": "INV-5, από τη Δευτέρα",
    "it": "INV-5, da lunedì",
}
OF_EITHER = {
    "uk": "з понеділка",
    "en": "since monday",
    "sk": "od pondelka",
    "el": "από τη Δευτέρα",
    "it": "da lunedì",
}
OF_THE_MAIL = {
    "uk": "j.smith, з понеділка, не можу працювати",
    "en": "j.smith, since monday, can't work",
    "sk": "j.smith, od pondelka, nemôžem pracovať",
    "el": "j.smith, από τη Δευτέρα, δεν μπορώ να δουλέψω",
    "it": "j.smith, da lunedì, non posso lavorare",
}


def answered(language, text):
    cards = (replace(MAIL, language=language), replace(PRINTER, language=language))
    situation = a_situation(*cards, last_entry=an_entry(MAIL, minutes_ago=2))
    return DIALOGUE.decide(situation, says(text), NOW).ticket


@pytest.mark.parametrize(("language", "text"), OF_THE_PRINTER.items())
def test_a_reply_answers_the_card_of_which_it_settles_more(language, text):
    ticket = answered(language, text)
    assert (ticket.id, ticket.answers["asset"], ticket.is_complete) == (1042, "INV-5", True)


@pytest.mark.parametrize(("language", "text"), OF_THE_PRINTER.items())
def test_a_word_that_tells_when_speaks_of_no_ticket(language, text):
    begun = {"answers": {"started": "2026-11-16", **MAIL.answers}, "asked": ("account", "error")}
    mail = replace(MAIL, language=language, subject=f"Outlook {OF_EITHER[language]}", **begun)
    situation = a_situation(
        mail, replace(PRINTER, language=language), last_entry=an_entry(mail, minutes_ago=2)
    )
    assert DIALOGUE.decide(situation, says(text), NOW).ticket.id == PRINTER.id


@pytest.mark.parametrize(("language", "text"), [*OF_EITHER.items(), *OF_THE_MAIL.items()])
def test_what_both_cards_ask_answers_the_one_that_was_last_spoken_to(language, text):
    assert answered(language, text).id == 1043


def test_of_several_cards_that_ask_for_it_a_number_answers_the_newest():
    printer = a_ticket(1042, asked=("asset", "started"), card_id=7)
    computer = a_ticket(1043, category="computer", asked=("asset", "os"), card_id=8, answers={})
    teams = a_ticket(1044, category="software", asked=("error", "started"), card_id=9, answers={})
    decision = DIALOGUE.decide(a_situation(teams, computer, printer), says("INV-555"), NOW)
    assert decision.ticket.id == 1043
    assert decision.ticket.answers["asset"] == "INV-555"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "хочу поговорити з людиною про принтер"),
        ("en", "I want to talk to a person about the printer"),
        ("sk", "chcem hovoriť s človekom o tlačiarni"),
        ("el", "θέλω να μιλήσω με άνθρωπο για τον εκτυπωτή"),
        ("it", "voglio parlare con una persona della stampante"),
    ],
)
def test_who_wants_a_person_for_a_thing_is_heard_at_its_ticket(language, words):
    printer = settled(1042, language=language)
    teams = settled(1043, language=language, category="software", answers={"symptom": "x"})
    decision = DIALOGUE.decide(a_situation(teams, printer), says(words), NOW)
    assert decision.ticket.id == 1042
