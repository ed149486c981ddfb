"""What is asked back about one question, by its number in words or its name, is explained."""

import pytest

from tests.intake.cast import CATALOGUE, DIALOGUE, NOW, a_situation, a_ticket, says

ASKED = ("asset", "os", "started", "tried", "urgency")


def heard(language, words, asked=ASKED):
    """The ticket afterwards, and the labels that are explained."""
    answers = {"symptom": "E5"}
    ticket = a_ticket(language=language, category="computer", answers=answers, asked=asked)
    decision = DIALOGUE.decide(a_situation(ticket), says(words), NOW)
    lines = [line for say in decision.says for line in say.values.get("lines", ())]
    return decision, [line["label"] for line in lines if isinstance(line, dict)]


def label(name, language):
    return CATALOGUE.label(name, language, "computer")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "не зовсім розумію третє питання"),
        ("uk", "що значить третє?"),
        ("en", "not sure i get the third one"),
        ("en", "what does the third one mean?"),
        ("sk", "nerozumiem celkom tretej otazke"),
        ("sk", "co znamena to tretie?"),
        ("el", "δεν καταλαβα πολυ το τριτο"),
        ("el", "τι σημαίνει το τρίτο;"),
        ("it", "non ho capito bene la terza"),
        ("it", "che significa la terza?"),
        ("en", "didn't get the third one"),
        ("el", "δεν επιασα το τριτο"),
        ("it", "la terza non l'ho capita"),
    ],
)
def test_a_question_that_an_ordinal_names_is_explained_and_nothing_declined(language, words):
    decision, explained = heard(language, words)
    assert decision.ticket.asked == ASKED
    assert not decision.ticket.declined
    assert explained == [label("started", language)]


@pytest.mark.parametrize(
    ("language", "words", "field"),
    [
        ("uk", "що таке операційна система", "os"),
        ("uk", "а де той номер шукати?", "asset"),
        ("uk", "а можна без номера?", "asset"),
        ("uk", "звідки мені знати де наклейка", "asset"),
        ("en", "how would i know where the sticker is", "asset"),
        ("sk", "odkial mam vediet kde je nalepka", "asset"),
        ("el", "που να ξερω που ειναι το αυτοκολλητο", "asset"),
        ("it", "che ne so dov'è l'etichetta", "asset"),
        ("en", "whats an operating system", "os"),
        ("en", "where would i find that sticker", "asset"),
        ("en", "can i skip the number?", "asset"),
        ("sk", "co je operacny system", "os"),
        ("sk", "kde hladat tu nalepku?", "asset"),
        ("sk", "moze to byt bez cisla?", "asset"),
        ("el", "τι είναι το λειτουργικό", "os"),
        ("el", "που να ψαξω για το αυτοκολλητο;", "asset"),
        ("el", "γινεται χωρις αριθμο;", "asset"),
        ("it", "cos'è il sistema operativo", "os"),
        ("it", "dove cerco st'etichetta?", "asset"),
        ("it", "dove lo trovo sto numero", "asset"),
        ("it", "si può senza numero?", "asset"),
    ],
)
def test_who_names_a_field_in_a_question_has_it_explained(language, words, field):
    decision, explained = heard(language, words)
    assert (decision.ticket.asked, decision.ticket.declined) == (ASKED, frozenset())
    assert label(field, language) in explained


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "навіщо мені це заповнювати"),
        ("uk", "чого так багато всього"),
        ("en", "why should i fill that in"),
        ("en", "why so much stuff"),
        ("sk", "naco to mam vyplnat"),
        ("sk", "preco tolko vsetkeho"),
        ("el", "γιατι να τα συμπληρωσω"),
        ("el", "γιατί τόσα πολλά;"),
        ("it", "perché dovrei compilarlo"),
        ("it", "perché tutta sta roba"),
    ],
)
def test_who_asks_why_at_all_is_told_what_for(language, words):
    decision, _ = heard(language, words)
    assert decision.ticket.asked == ASKED
    assert [say.template for say in decision.says] == ["why"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "які варіанти?"),
        ("uk", "що ви маєте на увазі?"),
        ("en", "what are the options?"),
        ("en", "i dont understand"),
        ("sk", "ake su moznosti?"),
        ("sk", "co tym myslite?"),
        ("el", "τι επιλογες εχω;"),
        ("el", "τι εννοειτε;"),
        ("it", "quali sono le opzioni?"),
        ("it", "che intendete?"),
    ],
)
def test_who_asks_what_to_choose_from_has_it_listed_and_has_chosen_nothing(language, words):
    ticket = a_ticket(
        language=language, category=None, answers={"symptom": "E5"}, asked=("category",)
    )
    decision = DIALOGUE.decide(a_situation(ticket), says(words), NOW)
    assert decision.ticket.category is None
    labels = [CATALOGUE.category_label(name, language) for name in CATALOGUE.categories]
    assert [say.values.get("categories") for say in decision.says] == [labels]
