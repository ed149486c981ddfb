"""Short replies that are easily taken for something else."""

from dataclasses import replace

import pytest

from tests.intake.cast import DIALOGUE, NOW, OLENA, a_situation, a_ticket, says, settled

DECLINED = ("1-2 don't know", "1-2 не знаю", "1-2 neviem", "1-2 δεν ξέρω", "1-2 non so")
IN_BRACKETS = (
    "(1) INV-20418 (2) since morning", "(1) INV-20418 (2) з ранку", "(1) INV-20418 (2) od rána",
    "(1) INV-20418 (2) από το πρωί", "(1) INV-20418 (2) da stamattina",
)  # fmt: skip
BACK = (
    "I will be back on Monday", "я повернусь у понеділок", "vrátim sa v pondelok",
    "θα επιστρέψω τη Δευτέρα", "torno lunedì",
)  # fmt: skip
NOT_ABOUT = (
    "it's not about the computer but the program", "йдеться не про комп'ютер, а про програму",
    "nejde o počítač, ale o program", "δεν πρόκειται για τον υπολογιστή αλλά για το πρόγραμμα",
    "non si tratta del computer ma del programma",
)  # fmt: skip
LANGUAGES = ("en", "uk", "sk", "el", "it")


def each(texts):
    return list(zip(LANGUAGES, texts, strict=True))


def said(language, text, ticket):
    situation = a_situation(
        replace(ticket, language=language), person=replace(OLENA, language=language)
    )
    return DIALOGUE.decide(situation, says(text), NOW)


def asking():
    return a_ticket(numbered=("asset", "started"))


@pytest.mark.parametrize(("language", "text"), each(DECLINED))
def test_a_range_of_questions_that_nobody_can_answer_declines_each(language, text):
    ticket = said(language, text, asking()).ticket
    assert ticket.declined == {"asset", "started"}
    assert "asset" not in ticket.answers


@pytest.mark.parametrize(("language", "text"), each(IN_BRACKETS))
def test_numbers_in_brackets_number_answers(language, text):
    ticket = said(language, text, asking()).ticket
    assert ticket.answers["asset"] == "INV-20418"
    assert ticket.answers["started"].startswith("2026-11-23")


@pytest.mark.parametrize(("language", "text"), each(BACK))
def test_when_somebody_is_back_is_not_since_when_it_fails(language, text):
    assert "started" not in said(language, text, asking()).ticket.answers


@pytest.mark.parametrize(("language", "text"), each(NOT_ABOUT))
def test_what_it_is_not_about_is_no_second_trouble(language, text):
    decision = said(language, text, settled(category="computer"))
    assert (decision.opens, decision.is_unsure) == (None, False)
