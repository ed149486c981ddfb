"""What is told after the card is complete is no less told than before."""

import pytest

from intake.decisions import CardStep
from intake.tickets import Status
from tests.intake.cast import DIALOGUE, NOW, a_situation, says, settled

KNOWN = {"symptom": "повільно", "asset": "NB-1234", "os": "windows-10", "urgency": "minor"}


def decide(words, ticket):
    return DIALOGUE.decide(a_situation(ticket), says(words), NOW)


def computer(language, **more):
    return settled(category="computer", language=language, **{"answers": KNOWN, **more})


def changed(decision):
    told = [(change.what, change.before, change.after) for change in decision.changes]
    return [change for change in told if change[0].startswith("answer:")]


@pytest.mark.parametrize(
    ("language", "words", "name", "value"),
    [
        ("uk", "сиджу в кабінеті 214", "location", "кабінеті 214"),
        ("uk", "показує помилку 0x80070005", "error", "0x80070005"),
        ("uk", "у всього відділу так", "scope", "team"),
        ("en", "i sit in room 214", "location", "room 214"),
        ("en", "it shows error 0x80070005", "error", "0x80070005"),
        ("en", "whole team has it", "scope", "team"),
        ("sk", "sedím v miestnosti 214", "location", "miestnosti 214"),
        ("sk", "ukazuje chybu 0x80070005", "error", "0x80070005"),
        ("sk", "celé oddelenie to má", "scope", "team"),
        ("el", "είμαι στο γραφείο 214", "location", "γραφείο 214"),
        ("el", "δείχνει σφάλμα 0x80070005", "error", "0x80070005"),
        ("el", "όλο το τμήμα το έχει", "scope", "team"),
        ("it", "sono nella stanza 214", "location", "stanza 214"),
        ("it", "mostra errore 0x80070005", "error", "0x80070005"),
        ("it", "tutto il reparto ce l'ha", "scope", "team"),
    ],
)
def test_what_is_told_to_a_complete_card_stands_on_it(language, words, name, value):
    decision = decide(words, computer(language))
    assert changed(decision) == [(f"answer:{name}", "", value)]
    assert decision.card is CardStep.REFRESH
    assert decision.ticket.is_complete


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "знайшов, INV-9"),
        ("uk", "насправді номер INV-9"),
        ("en", "INV-9 found it"),
        ("en", "actually number is INV-9"),
        ("sk", "našiel som to, INV-9"),
        ("sk", "vlastne číslo je INV-9"),
        ("el", "το βρήκα, INV-9"),
        ("el", "τελικά ο αριθμός είναι INV-9"),
        ("it", "trovato, INV-9"),
        ("it", "in realtà il numero è INV-9"),
    ],
)
def test_what_was_declined_is_taken_when_it_is_found(language, words):
    answers = {"symptom": "x", "location": "2", "started": "2026-11-22"}
    ticket = settled(answers=answers, declined=frozenset({"asset"}), language=language)
    decision = decide(words, ticket)
    assert changed(decision) == [("answer:asset", "", "INV-9")]
    assert not decision.ticket.declined


def test_whoever_has_found_a_number_is_not_asked_whether_all_is_solved():
    ticket = settled(answers={"symptom": "x"}, declined=frozenset({"asset"}), language="en")
    decision = decide("INV-9 found it", ticket)
    assert [say.template for say in decision.says] == ["added"]
    assert not decision.asks


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "і ще раз перезавантажив, дуже повільно"),
        ("en", "any news? i rebooted again, still slow"),
        ("sk", "ešte raz som reštartoval, stále pomalé"),
        ("el", "έκανα πάλι επανεκκίνηση, ακόμα αργό"),
        ("it", "ho riavviato ancora, sempre lento"),
    ],
)
def test_free_words_fill_nothing_that_stands_or_is_missing(language, words):
    assert changed(decide(words, computer(language))) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "це не INV-9"),
        ("en", "it is not INV-9"),
        ("sk", "nie je to INV-9"),
        ("el", "δεν είναι INV-9"),
        ("it", "non è INV-9"),
    ],
)
def test_what_is_denied_fills_nothing(language, words):
    ticket = settled(answers={"symptom": "x"}, declined=frozenset({"asset"}), language=language)
    assert changed(decide(words, ticket)) == []


def test_an_agent_who_has_answered_is_told_as_well():
    ticket = computer("en", first_response_at=NOW, status=Status.OPEN)
    assert changed(decide("i sit in room 214", ticket)) == [("answer:location", "", "room 214")]
