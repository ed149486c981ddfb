"""A place and a number are corrected in free words, and not by what only mentions another."""

import pytest

from tests.intake.cast import a_ticket, says, settled
from tests.intake.corrections import KNOWN, changed, decide, replaced


@pytest.mark.parametrize(
    ("language", "words", "location"),
    [
        ("uk", "помилка, не 3 поверх, а 2", "2 поверх"),
        ("uk", "насправді 2 поверх", "2 поверх"),
        ("uk", "не на 3 поверсі а на другому поверсі", "другому поверсі"),
        ("en", "sorry, I meant the 2nd floor", "2nd floor"),
        ("en", "not 3rd floor but 2nd", "2nd floor"),
        ("en", "actually it is on the 2nd floor", "2nd floor"),
        ("sk", "Oprava: 2. poschodie", "2. poschodie"),
        ("sk", "nie 3. poschodie, ale 2.", "2. poschodie"),
        ("sk", "myslel som 2. poschodie", "2. poschodie"),
        ("el", "όχι 3ος όροφος, 2ος", "2ος όροφος"),
        ("el", "εννοούσα τον 2ο όροφο", "2ο όροφο"),
        ("it", "non terzo piano ma secondo", "secondo piano"),
        ("it", "scusate, intendevo il secondo piano", "secondo piano"),
    ],
)
def test_a_place_is_corrected_in_free_words(language, words, location):
    known = {"uk": "3 поверсі", "en": "3rd floor", "sk": "3. poschodie", "el": "3ος όροφος"}
    before = known.get(language, "terzo piano")
    ticket = settled(answers=KNOWN | {"location": before}, language=language)
    assert changed(decide(says(words), ticket)) == [("answer:location", before, location)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "не можу надрукувати на 5 поверсі"),
        ("en", "I can't print in room 214"),
        ("sk", "nemôžem tlačiť v kancelárii 214"),
        ("el", "δεν μπορώ να τυπώσω στο γραφείο 214"),
        ("it", "non riesco ad accedere alla stampante"),
    ],
)
def test_what_somebody_cannot_do_corrects_no_place(language, words):
    ticket = settled(answers=KNOWN | {"location": "3"}, language=language)
    assert changed(decide(says(words), ticket)) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "помилка: INV-20419"),
        ("uk", "ні, це INV-20419"),
        ("en", "the number is INV-20419, not INV-20418"),
        ("en", "sorry, I made a mistake in my message, the inventory number is INV-20419"),
        ("en", "wrong, it's INV-20419"),
        ("sk", "vlastne je to INV-20419"),
        ("el", "λάθος, είναι το INV-20419"),
        ("it", "il numero è INV-20419"),
        ("it", "in realtà è INV-20419"),
    ],
)
def test_a_number_is_corrected_in_free_words(language, words):
    ticket = settled(answers=KNOWN, language=language)
    assert changed(decide(says(words), ticket)) == [("answer:asset", "INV-20418", "INV-20419")]


@pytest.mark.parametrize(
    ("language", "before", "words", "after"),
    [
        ("uk", "2 поверсі", "INV-300, з понеділка, 3 поверх", "3 поверх"),
        ("uk", "другому поверсі", "INV-300, з понеділка, третій поверх", "третій поверх"),
        ("uk", "кабінет 305", "INV-300, з понеділка, кабінет 306", "кабінет 306"),
        ("en", "2nd floor", "INV-300, since monday, 3rd floor", "3rd floor"),
        ("en", "room 214", "INV-300, since monday, it's in room 216", "room 216"),
        ("sk", "2. poschodie", "INV-300, od pondelka, 3. poschodie", "3. poschodie"),
        ("el", "2ος όροφος", "INV-300, από τη Δευτέρα, 3ος όροφος", "3ος όροφος"),
        ("it", "secondo piano", "INV-300, da lunedì, terzo piano", "terzo piano"),
    ],
)
def test_another_place_in_a_piece_of_its_own_is_where_it_is(language, before, words, after):
    answers = {"symptom": "x", "location": before}
    ticket = a_ticket(answers=answers, asked=("asset", "started"), language=language)
    decision = decide(says(words), ticket)
    assert replaced(decision) == [("answer:location", before, after)]
    assert [say.template for say in decision.says] == ["corrected", "complete"]
    assert decision.ticket.answers["asset"] == "INV-300"
    assert decision.ticket.answers["started"] == "2026-11-16"


@pytest.mark.parametrize(
    ("language", "before", "words"),
    [
        ("uk", "2 поверсі", "INV-1 на 2 поверсі, INV-2 на 3 поверсі"),
        ("en", "floor 2", "INV-1 is on floor 2, INV-2 is on floor 3"),
        ("sk", "2. poschodí", "INV-1 je na 2. poschodí, INV-2 je na 3. poschodí"),
        ("el", "2ο όροφο", "το INV-1 είναι στον 2ο όροφο, το INV-2 στον 3ο όροφο"),
        ("it", "secondo piano", "INV-1 è al secondo piano, INV-2 al terzo piano"),
    ],
)
def test_where_another_machine_is_corrects_no_place(language, before, words):
    ticket = a_ticket(answers={"symptom": "x", "location": before}, language=language)
    assert "location" not in [what for what, *_ in replaced(decide(says(words), ticket))]
    assert decide(says(words), ticket).ticket.answers["location"] == before


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "INV-20419, з понеділка"),
        ("en", "INV-20419, since monday"),
        ("sk", "INV-20419, od pondelka"),
        ("el", "INV-20419, από τη Δευτέρα"),
        ("it", "INV-20419, da lunedì"),
    ],
)
def test_another_number_in_a_piece_of_its_own_is_the_number(language, words):
    ticket = a_ticket(answers=KNOWN, asked=("started",), language=language)
    assert replaced(decide(says(words), ticket)) == [("answer:asset", "INV-20418", "INV-20419")]


def test_a_code_that_answers_another_question_is_no_other_number():
    ticket = a_ticket(category="computer", answers=KNOWN, asked=("error", "os"), language="en")
    assert replaced(decide(says("0x80070005, windows 10"), ticket)) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "це колеги, мій INV-20419"),
        ("en", "actually that's my colleague's, mine is INV-20419"),
        ("sk", "to je kolegova, moja je INV-20419"),
        ("el", "αυτό είναι του συναδέλφου, το δικό μου INV-20419"),
        ("it", "quello è del collega, il mio è INV-20419"),
    ],
)
def test_a_number_that_was_a_colleagues_gives_way_to_ones_own(language, text):
    ticket = a_ticket(answers=KNOWN, language=language, asked=("started",))
    assert decide(says(text), ticket).ticket.answers["asset"] == "INV-20419"
