"""After a tap on "correct" the next plain words say what is so, for an hour."""

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.messages import MessageKind
from tests.intake.cast import DIALOGUE, NOW, a_situation, says, settled
from tests.intake.corrections import KNOWN, changed, decide


@pytest.mark.parametrize(
    ("language", "words", "name", "after"),
    [
        ("uk", "INV-20419", "asset", "INV-20419"),
        ("uk", "другий поверх", "location", "другий поверх"),
        ("uk", "з понеділка", "started", "2026-11-16"),
        ("en", "second floor", "location", "second floor"),
        ("en", "since Monday", "started", "2026-11-16"),
        ("sk", "2. poschodie", "location", "2. poschodie"),
        ("sk", "od pondelka", "started", "2026-11-16"),
        ("el", "2ος όροφος", "location", "2ος όροφος"),
        ("el", "από τη Δευτέρα", "started", "2026-11-16"),
        ("it", "secondo piano", "location", "secondo piano"),
        ("it", "da lunedì", "started", "2026-11-16"),
    ],
)
def test_after_a_tap_on_correct_plain_words_correct_the_field_they_fit(
    language, words, name, after
):
    before = KNOWN | {"started": "2026-11-22"}
    ticket = settled(answers=before, language=language)
    waiting = decide(says(kind=MessageKind.TAP, tap="correct|1042"), ticket, named_ticket=ticket)
    decision = decide(says(words), waiting.ticket)
    assert changed(decision) == [(f"answer:{name}", before[name], after)]
    assert decide(says("ok"), decision.ticket).ticket.correcting_since is None


def test_after_a_tap_on_correct_one_thing_may_be_corrected_after_the_other():
    ticket = settled(answers=KNOWN, correcting_since=NOW)
    first = decide(says("INV-20419"), ticket)
    second = decide(says("другий поверх"), first.ticket)
    assert changed(second) == [("answer:location", "3 поверсі", "другий поверх")]


def test_after_a_tap_on_correct_something_may_be_added():
    answers = {"symptom": "E5", "location": "3 поверсі"}
    ticket = settled(answers=answers, declined=frozenset({"asset"}), correcting_since=NOW)
    decision = decide(says("INV-20419"), ticket)
    assert changed(decision) == [("answer:asset", "", "INV-20419")]
    assert not decision.ticket.declined


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "показує помилку 0x80070005"),
        ("en", "it shows error 0x80070005"),
        ("sk", "ukazuje chybu 0x80070005"),
        ("el", "δείχνει σφάλμα 0x80070005"),
        ("it", "mostra errore 0x80070005"),
    ],
)
def test_after_a_tap_on_correct_an_error_is_added_and_the_trouble_stays(language, words):
    ticket = settled(category="computer", language=language, answers=KNOWN, correcting_since=NOW)
    assert changed(decide(says(words), ticket)) == [("answer:error", "", "0x80070005")]


def test_a_tap_on_correct_is_forgotten_after_a_while():
    long_ago = NOW - timedelta(hours=2)
    ticket = settled(answers=KNOWN | {"started": "2026-11-22"}, correcting_since=long_ago)
    assert changed(decide(says("позавчора"), ticket)) == []
    waiting = replace(ticket, correcting_since=NOW)
    assert [name for name, _, _ in changed(decide(says("позавчора"), waiting))] == [
        "answer:started"
    ]


def test_of_several_tickets_the_one_whose_correct_was_tapped_is_corrected():
    tapped = settled(1043, answers=KNOWN, correcting_since=NOW)
    newer = settled(1044, answers=KNOWN)
    decision = DIALOGUE.decide(a_situation(newer, tapped), says("INV-20419"), NOW)
    assert decision.ticket.id == tapped.id
    assert decision.ticket.answers["asset"] == "INV-20419"


def test_another_trouble_told_after_a_tap_on_correct_is_another_ticket():
    ticket = settled(answers=KNOWN, correcting_since=NOW)
    decision = decide(says("забув пароль від пошти, не можу увійти в Outlook"), ticket)
    assert decision.opens is not None
