"""A question back is answered with the help of the field that it is about."""

from dataclasses import replace

import pytest

from intake.speech import Say
from tests.intake.cast import DIALOGUE, FORMS, NOW, a_situation, a_ticket, says, settled

ANSWERS = {"symptom": "E5", "asset": "NB-0442"}


def explained(language, words, **more):
    """The labels of the fields that are explained."""
    fields = {"answers": ANSWERS, "asked": ("location", "started")} | more
    ticket = a_ticket(language=language, **fields)
    decision = DIALOGUE.decide(a_situation(ticket), says(words), NOW)
    helps = [say for say in decision.says if say.template == "help"]
    return [line["label"] for say in helps for line in say.values["lines"]]


@pytest.mark.parametrize(
    ("language", "words", "label"),
    [
        ("uk", "де знайти номер?", "Номер на наклейці"),
        ("uk", "який номер?", "Номер на наклейці"),
        ("en", "where do I find the number?", "Inventory number"),
        ("en", "what is an asset label?", "Inventory number"),
        ("sk", "kde nájdem číslo?", "Inventárne číslo"),
        ("sk", "čo je inventárne číslo?", "Inventárne číslo"),
        ("el", "πού βρίσκω τον αριθμό;", "Αριθμός ετικέτας"),
        ("el", "τι είναι η ετικέτα;", "Αριθμός ετικέτας"),
        ("it", "dove trovo il numero?", "Numero di inventario"),
        ("it", "cos'è l'etichetta?", "Numero di inventario"),
    ],
)
def test_what_is_known_already_is_explained_as_well(language, words, label):
    assert explained(language, words) == [label]


@pytest.mark.parametrize(
    ("language", "words", "label"),
    [
        ("uk", "де це?", "Де це"),
        ("en", "which floor?", "Where"),
        ("sk", "kde to nájdem?", "Kde to je"),
        ("el", "πού το βρίσκω;", "Πού βρίσκεται"),
        ("it", "dove lo trovo?", "Dove"),
    ],
)
def test_a_question_word_names_its_field_where_nothing_else_is_named(language, words, label):
    assert explained(language, words) == [label]


def test_where_nothing_is_named_all_that_is_asked_is_explained():
    assert explained("en", "what do you mean?") == ["Where", "Since when"]
    assert explained("uk", "як дізнатися?") == ["Де це", "Коли почалося"]


@pytest.mark.parametrize(
    ("language", "words", "labels"),
    [
        ("en", "what is the asset number?", ["Inventory number"]),
        ("it", "come trovo il numero?", ["Numero di inventario"]),
        ("uk", "де знайти номер?", ["Номер на наклейці"]),
        ("en", "when will you come to the 2nd floor?", []),
        ("en", "can you bring another printer?", []),
        ("uk", "коли прийдете на 2 поверх?", []),
        ("uk", "чому принтер не друкує?", []),
    ],
)
def test_once_all_is_said_only_a_question_about_a_field_is_explained(language, words, labels):
    assert explained(language, words, asked=(), is_complete=True) == labels


def test_of_two_numbers_the_one_that_is_asked_is_explained():
    known = {"symptom": "no line", "phone": "+421905123456"}
    asked = ("extension", "started")
    more = {"category": "telephony", "answers": known, "asked": asked}
    assert explained("en", "where do I find the number?", **more) == ["Line number"]


NO = [("uk", "ні"), ("en", "no"), ("sk", "nie"), ("el", "όχι"), ("it", "no")]


@pytest.mark.parametrize(("language", "word"), NO)
def test_a_lone_no_answers_the_one_question_that_asks_for_a_yes_or_no(language, word):
    ticket = a_ticket(
        language=language,
        category="computer",
        answers={"symptom": "E5"},
        asked=("asset", "os", "started", "urgency"),
    )
    decision = DIALOGUE.decide(a_situation(ticket), says(word), NOW)
    assert decision.ticket.answers["urgency"] == "blocked"
    assert len(decision.ticket.answers) == 2
    assert not decision.says


@pytest.mark.parametrize(("language", "word"), NO)
def test_of_two_questions_that_a_lone_no_answers_it_is_asked_which_is_meant(language, word):
    ticket = a_ticket(
        language=language,
        category="computer",
        answers={"symptom": "E5"},
        asked=("asset", "os", "started", "tried", "urgency"),
    )
    decision = DIALOGUE.decide(a_situation(ticket), says(word), NOW)
    assert decision.ticket.answers == {"symptom": "E5"}
    (say,) = decision.says
    assert say.template == "which_question"


@pytest.mark.parametrize(("language", "word"), [*NO, ("el", "ναι"), ("en", "yes")])
def test_a_lone_no_that_answers_nothing_is_asked_about(language, word):
    asked = ("asset", "location", "started")
    ticket = a_ticket(language=language, answers={"symptom": "E5"}, asked=asked)
    decision = DIALOGUE.decide(a_situation(ticket), says(word), NOW)
    assert decision.ticket.answers == {"symptom": "E5"}
    (say,) = decision.says
    assert (say.template, say.values["words"]) == ("which_question", word)
    assert [line["number"] for line in say.values["lines"]] == [1, 2, 3]


def test_a_question_asked_about_keeps_its_number():
    ticket = a_ticket(asked=("started",), numbered=("asset", "location", "started"))
    ticket = replace(ticket, answers={**ticket.answers, "asset": "NB-0442"})
    (say,) = DIALOGUE.decide(a_situation(ticket), says("ні"), NOW).says
    assert [line["number"] for line in say.values["lines"]] == [3]


def test_a_lone_no_where_nothing_is_asked_needs_no_word():
    decision = DIALOGUE.decide(a_situation(settled()), says("ні"), NOW)
    assert "which_question" not in [say.template for say in decision.says]


@pytest.mark.parametrize(
    ("language", "words", "label"),
    [
        ("uk", "дуже терміново", "Чи можете працювати"),
        ("en", "asap", "Can you work"),
        ("en", "urgent", "Can you work"),
        ("sk", "súrne", "Dá sa pracovať"),
        ("el", "επείγον", "Μπορείτε να δουλέψετε"),
        ("it", "urgente", "Riesce a lavorare"),
    ],
)
def test_urgent_alone_does_not_say_whether_the_work_stands(language, words, label):
    more = {"category": "computer", "asked": ("started", "urgency")}
    assert explained(language, words, **more) == [label]


STICKER = [
    ("uk", "а де ця наклейка?"), ("uk", "а де шукати той номер"), ("uk", "яка ще наклейка"),
    ("en", "where's the sticker?"), ("en", "which sticker"), ("en", "where would that number be"),
    ("sk", "aká nálepka"), ("sk", "a kde mám hľadať to číslo"),
    ("el", "ποιο αυτοκόλλητο"), ("el", "και πού να ψάξω αυτόν τον αριθμό"),
    ("it", "dov'è questa etichetta?"), ("it", "e dove cerco quel numero"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), STICKER)
def test_a_question_of_nothing_but_the_card_needs_no_mark(language, words):
    (label,) = explained(language, words, asked=("asset", "started"), answers={"symptom": "E5"})
    assert label == FORMS.catalogue.label("asset", language, "printer")


@pytest.mark.parametrize(("language", "words"), STICKER)
def test_it_is_answered_whatever_else_is_open(language, words):
    asked = {"asked": ("asset", "started"), "language": language}
    printer, laptop = (
        a_ticket(1042, **asked, answers={"symptom": "E5"}),
        a_ticket(1043, **asked, category="computer", answers={"symptom": "slow"}),
    )
    decision = DIALOGUE.decide(a_situation(printer, laptop), says(words), NOW)
    assert [(say.template, say.options) for say in decision.says] == [("help", ())]


WHY = [
    ("uk", "навіщо вам це?"), ("en", "why do you need this?"), ("en", "what is this for?"),
    ("sk", "načo vám to je?"), ("el", "γιατί το χρειάζεστε;"), ("it", "perché vi serve?"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), WHY)
def test_who_asks_what_for_is_told_what_for(language, words):
    ticket = a_ticket(language=language)
    assert DIALOGUE.decide(a_situation(ticket), says(words), NOW).says == (Say(template="why"),)
