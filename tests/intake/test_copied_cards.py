"""Answers typed into our own card: what is ours answers nothing, what stands behind it does."""

import re
from dataclasses import replace

import pytest

from intake.tickets import Status
from intake.wording import Wording
from tests.intake.cast import DIALOGUE, FORMS, KYIV, MAILBOX, NOW, a_situation, a_ticket, says

SAID = {
    "uk": ("NB-3071", "домашній wifi", "з вівторка", "тільки я", "зовсім не можу працювати"),
    "en": ("NB-3071", "home wifi", "since Tuesday", "only me", "I can't work at all"),
    "sk": ("NB-3071", "domáca wifi", "od utorka", "iba ja", "vôbec nemôžem pracovať"),
    "el": ("NB-3071", "wifi του σπιτιού", "από την Τρίτη", "μόνο εγώ", "δεν μπορώ να δουλέψω"),
    "it": ("NB-3071", "wifi di casa", "da martedì", "solo io", "non riesco a lavorare"),
}
SEE_BELOW = {
    "uk": "Відповіді нижче в тексті.",
    "en": "Please see my answers below in red.",
    "sk": "Odpovede sú nižšie v texte.",
    "el": "Δείτε τις απαντήσεις παρακάτω.",
    "it": "Le risposte sono qui sotto.",
}
ASKED = ("asset", "connection", "started", "scope", "urgency")
VALUES = {
    "asset": "NB-3071", "connection": "wifi", "started": "2026-11-17", "scope": "me",
    "urgency": "blocked",
}  # fmt: skip
LANGUAGES = tuple(SAID)
WORDING = Wording(KYIV)
everywhere = pytest.mark.parametrize("language", LANGUAGES)


def asking(language, **more):
    told = {"category": "network", "answers": {"symptom": "…"}, "asked": ASKED, "numbered": ASKED}
    return a_ticket(address=MAILBOX, language=language, **{**told, **more})


def card_of(ticket, answer=None, below=None):
    """As it stands in a mail, with words behind or below each of its questions."""
    card, lines = FORMS.card(ticket, NOW), []
    for question in card.questions:
        behind = answer(question.number) if answer else ""
        lines += [f"{question.number}. {question.label} ({question.hint}){behind}"]
        if question.choices:
            lines += ["   " + " / ".join(choice.label for choice in question.choices)]
        lines += [*([below(question.number)] if below else []), ""]
    return "\n".join([card.heading, "", card.intro, "", card.ask, "", *lines, card.closing])


def quoted(text):
    return "\n".join(f"> {line}" for line in text.split("\n"))


def decide(ticket, text, **more):
    situation = a_situation(ticket, named_ticket=ticket)
    message = says(text, address=MAILBOX, subject="Re: VPN", sent_at=NOW, **more)
    return DIALOGUE.decide(situation, message, NOW)


def given(decision):
    return {name: decision.ticket.answers.get(name) for name in ASKED}


@everywhere
@pytest.mark.parametrize("dash", [" ", " - ", ": "])
def test_behind_each_question_of_the_copied_list(language, dash):
    ticket, said = asking(language), SAID[language]
    copied = card_of(ticket, answer=lambda number: dash + said[number - 1])
    assert given(decide(ticket, copied)) == VALUES


@everywhere
def test_below_each_question_of_the_copied_list(language):
    ticket, said = asking(language), SAID[language]
    copied = card_of(ticket, below=lambda number: said[number - 1])
    assert given(decide(ticket, copied)) == VALUES


@everywhere
def test_typed_into_the_quoted_mail_where_it_is_pointed_at(language):
    ticket, said = asking(language), SAID[language]
    full = card_of(ticket, answer=lambda number: "  " + said[number - 1])
    above = SEE_BELOW[language]
    decision = decide(ticket, above, full_text=f"{above}\n{quoted(full)}")
    assert given(decision) == VALUES
    assert decision.shown_as.startswith(above)
    assert all(words in decision.shown_as for words in said)


@everywhere
def test_of_a_list_that_its_mail_program_has_wrapped(language):
    ticket, said = asking(language), SAID[language]
    full = card_of(ticket, below=lambda number: said[number - 1])
    wrapped = re.sub(r"(.{30,60}) ", r"\1\n", full)
    decision = decide(ticket, SEE_BELOW[language], full_text=quoted(wrapped))
    assert given(decision) == VALUES


@everywhere
def test_what_is_quoted_and_left_alone_answers_nothing(language):
    ticket = asking(language)
    for text in (card_of(ticket), SEE_BELOW[language]):
        decision = decide(ticket, text, full_text=f"{text}\n{quoted(card_of(ticket))}")
        assert given(decision) == dict.fromkeys(ASKED)
        assert not decision.shown_as


@everywhere
def test_some_of_it_is_filled_in_and_the_rest_is_left(language):
    ticket, said = asking(language), SAID[language]
    copied = card_of(ticket, answer=lambda number: f" {said[2]}" if number == 3 else "")
    assert given(decide(ticket, copied)) == {**dict.fromkeys(ASKED), "started": "2026-11-17"}


@everywhere
def test_numbers_are_those_of_the_card_as_it_came(language):
    """Half of it has been answered since."""
    ticket, said = asking(language), SAID[language]
    full = card_of(ticket, answer=lambda number: f" {said[number - 1]}" if number > 2 else "")
    known = {"symptom": "…", "asset": "NB-3071", "connection": "wifi"}
    since = replace(ticket, asked=ASKED[2:], answers=known)
    assert given(decide(since, SEE_BELOW[language], full_text=quoted(full))) == VALUES


@everywhere
def test_what_is_said_above_counts_too(language):
    ticket, said = asking(language), SAID[language]
    full = card_of(ticket, answer=lambda number: f" {said[0]}" if number == 1 else "")
    above = f"{said[4]}.\n{SEE_BELOW[language]}"
    decision = decide(ticket, above, full_text=f"{above}\n{quoted(full)}")
    assert decision.ticket.answers["asset"] == "NB-3071"
    assert decision.ticket.answers["urgency"] == "blocked"


@everywhere
def test_choices_that_were_left_standing_around_a_mark_are_no_answer(language):
    ticket = asking(language, asked=("urgency",), numbered=("urgency",))
    (question,) = FORMS.card(ticket, NOW).questions
    marked = card_of(ticket).replace(question.choices[1].label, f"{question.choices[1].label} x")
    assert "urgency" not in decide(ticket, marked).ticket.answers


@everywhere
def test_a_chat_that_copies_the_list_is_read_alike(language):
    ticket, said = asking(language), SAID[language]
    copied = card_of(ticket, answer=lambda number: " " + said[number - 1])
    decision = DIALOGUE.decide(a_situation(ticket), says(copied), NOW)
    assert given(decision) == VALUES


def test_a_ticket_that_is_solved_meanwhile_reads_the_list_of_old():
    ticket = asking("en", status=Status.SOLVED)
    copied = card_of(asking("en"), answer=lambda number: " " + SAID["en"][number - 1])
    assert decide(ticket, copied).ticket.answers["asset"] == "NB-3071"


@everywhere
def test_typed_into_a_quoted_reminder_which_has_labels_alone(language):
    ticket, said = asking(language), SAID[language]
    labels = [question.label for question in FORMS.card(ticket, NOW).questions]
    values = {"number": ticket.id, "subject": "VPN", "questions": labels}
    reminder = WORDING.say("reminder", language, values)
    filled = reminder
    for label, words in zip(labels, said, strict=True):
        filled = filled.replace(f". {label}", f". {label}  {words}")
    assert given(decide(ticket, SEE_BELOW[language], full_text=quoted(filled))) == VALUES
    untouched = decide(ticket, SEE_BELOW[language], full_text=quoted(reminder))
    assert given(untouched) == dict.fromkeys(ASKED)
