"""Who was not understood says it once more, and is understood."""

import pytest

from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, says, settled

KNOWN = {"symptom": "E5", "asset": "INV-1", "location": "3", "started": "2026-11-22"}
AGAIN = [
    ("uk", "я не це казала, я сказала що принтер у кабінеті 12", "кабінеті 12"),
    ("uk", "ні, я казав кабінет 12", "кабінет 12"),
    ("uk", "ви не так зрозуміли, кабінет 12", "кабінет 12"),
    ("en", "that's not what I said, I said it's printer in room 12", "room 12"),
    ("en", "no, I told you it's in room 12", "room 12"),
    ("en", "you misunderstood, room 12", "room 12"),
    ("sk", "to som nepovedala, povedala som, že tlačiareň v miestnosti 12", "miestnosti 12"),
    ("sk", "nie, hovoril som miestnosť 12", "miestnosť 12"),
    ("el", "δεν είπα αυτό, είπα ότι είναι ο εκτυπωτής στο γραφείο 12", "γραφείο 12"),
    ("el", "όχι, είπα γραφείο 12", "γραφείο 12"),
    ("it", "non ho detto questo, ho detto la stampante nella stanza 12", "stanza 12"),
    ("it", "no, ho detto stanza 12", "stanza 12"),
]


@pytest.mark.parametrize(("language", "words", "place"), AGAIN)
def test_what_is_said_once_more_takes_the_place_of_what_was_taken(language, words, place):
    decision = DIALOGUE.decide(
        a_situation(settled(answers=KNOWN, language=language)), says(words), NOW
    )
    assert decision.ticket.answers == KNOWN | {"location": place}
    assert [say.template for say in decision.says] == ["corrected"]


@pytest.mark.parametrize(("language", "words", "place"), AGAIN)
def test_or_answers_without_the_words_that_say_so(language, words, place):
    ticket = a_ticket(language=language, asked=("location",), answers={**KNOWN, "location": ""})
    answers = {name: value for name, value in ticket.answers.items() if value}
    ticket = a_ticket(language=language, asked=("location",), answers=answers)
    after = DIALOGUE.decide(a_situation(ticket), says(words), NOW).ticket
    assert after.answers["location"] == place


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "я вже казала колезі з 5 поверху"),
        ("en", "I said to my colleague on floor 5 to wait"),
        ("sk", "povedala som to kolegovi na 5. poschodí"),
        ("el", "το είπα στον συνάδελφο στον 5ο όροφο"),
        ("it", "ho detto al collega del piano 5 di aspettare"),
    ],
)
def test_what_was_said_to_others_corrects_nothing(language, words):
    ticket = settled(answers=KNOWN, language=language)
    assert DIALOGUE.decide(a_situation(ticket), says(words), NOW).ticket.answers == KNOWN


def test_what_is_said_once_more_tells_of_no_other_trouble():
    ticket = settled(
        answers=KNOWN | {"symptom": "jams", "location": "2nd floor"}, language="en",
        subject="printer on 2nd floor jams",
    )  # fmt: skip
    words = "that's not what I said, I said it's printer in room 12"
    decision = DIALOGUE.decide(a_situation(ticket), says(words), NOW)
    assert (decision.opens, decision.is_unsure) == (None, False)
    assert decision.ticket.answers["location"] == "room 12"
