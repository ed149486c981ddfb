"""A known value may be taken back, never silently: the old and the new one are on the timeline."""

import pytest

from intake.decisions import CardStep
from intake.messages import MessageKind
from intake.people import LANGUAGES
from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, an_entry, says, settled
from tests.intake.desk import WORDING

KNOWN = {"symptom": "принтер не друкує", "asset": "INV-20418", "location": "3 поверсі"}


def decide(message, ticket, **more):
    return DIALOGUE.decide(a_situation(ticket, **more), message, NOW)


def changed(decision):
    told = [(change.what, change.before, change.after) for change in decision.changes]
    return [change for change in told if change[0].startswith("answer:")]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "помилився, номер на наклейці INV-20419"),
        ("en", "correction: the sticker says INV-20419"),
        ("sk", "oprava, inventárne číslo je INV-20419"),
        ("el", "λάθος μου, ο αριθμός είναι INV-20419"),
        ("it", "anzi no, il numero di inventario è INV-20419"),
    ],
)
def test_a_correction_replaces_the_value_and_both_are_kept(language, words):
    ticket = settled(answers=KNOWN, language=language)
    decision = decide(says(words), ticket)
    assert decision.ticket.answers["asset"] == "INV-20419"
    assert changed(decision) == [("answer:asset", "INV-20418", "INV-20419")]
    assert decision.card is CardStep.REFRESH


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_button_says_how_to_correct_is_understood(language):
    ticket = settled(answers=KNOWN, language=language)
    hint = WORDING.say("correct", language, {"number": ticket.id})
    example = hint.partition(": ")[2].strip("«»„“”.")
    assert decide(says(example), ticket).ticket.answers["asset"] == "NB-0443"


@pytest.mark.parametrize(
    ("language", "words"), [("uk", "виправлення: 2 поверх"), ("en", "correction: 2nd floor")]
)
def test_a_brief_correction_need_not_name_the_field(language, words):
    ticket = settled(answers=KNOWN, language=language)
    assert decide(says(words), ticket).ticket.answers["location"] in words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "вибачте, не INV-20418, а INV-20419"),
        ("en", "sorry, not INV-20418 but INV-20419"),
        ("sk", "prepáčte, nie INV-20418, ale INV-20419"),
        ("el", "συγγνώμη, όχι INV-20418 αλλά INV-20419"),
        ("it", "scusi, non INV-20418 ma INV-20419"),
    ],
)
def test_of_not_this_but_that_the_second_stands(language, words):
    decision = decide(says(words), settled(answers=KNOWN, language=language))
    assert changed(decision) == [("answer:asset", "INV-20418", "INV-20419")]


@pytest.mark.parametrize(
    ("language", "words", "before", "after"),
    [
        ("uk", "ой, не вчора, а позавчора", "2026-11-22", "2026-11-21"),
        ("en", "sorry, it was tuesday not monday", "2026-11-16", "2026-11-17"),
        ("sk", "nie včera, ale predvčerom", "2026-11-22", "2026-11-21"),
        ("el", "όχι χθες, προχθές", "2026-11-22", "2026-11-21"),
        ("it", "non ieri ma l'altro ieri", "2026-11-22", "2026-11-21"),
    ],
)
def test_of_two_moments_the_one_that_is_not_denied_stands(language, words, before, after):
    ticket = settled(answers=KNOWN | {"started": before}, language=language)
    assert changed(decide(says(words), ticket)) == [("answer:started", before, after)]


def test_what_it_actually_is_replaces_a_choice():
    ticket = settled(category="computer", answers=KNOWN | {"os": "windows-11"}, language="en")
    told = changed(decide(says("actually windows 10"), ticket))
    assert told == [("answer:os", "windows-11", "windows-10")]


def test_a_moment_denied_that_nobody_had_told_changes_nothing():
    ticket = settled(answers=KNOWN | {"started": "2026-11-10"})
    assert changed(decide(says("це було не вчора, а позавчора"), ticket)) == []


def test_a_value_denied_without_another_stays():
    decision = decide(says("це не INV-20418"), settled(answers=KNOWN))
    assert changed(decision) == []


def test_a_value_is_corrected_while_others_are_still_asked():
    ticket = a_ticket(answers=KNOWN, asked=("started",))
    decision = decide(says("інвентарний номер INV-20419, з ранку"), ticket)
    assert ("answer:asset", "INV-20418", "INV-20419") in changed(decision)
    assert decision.ticket.answers["started"] == "2026-11-23"


def test_another_value_in_passing_replaces_nothing():
    decision = decide(says("поруч стоїть INV-30001, він друкує"), settled(answers=KNOWN))
    assert decision.ticket.answers["asset"] == "INV-20418"
    assert changed(decision) == []


def test_an_edited_message_corrects_what_it_had_said():
    ticket = settled(answers=KNOWN)
    entry = an_entry(ticket, text="принтер INV-20418 не друкує", external_id="55")
    message = says("принтер INV-20419 не друкує", MessageKind.EDIT)
    decision = decide(message, ticket, known_entry=entry, named_ticket=ticket)
    assert changed(decision) == [("answer:asset", "INV-20418", "INV-20419")]
    assert decision.rewrites_entry == entry.id


def test_an_edit_that_changes_other_words_leaves_the_values():
    ticket = settled(answers=KNOWN | {"asset": "INV-5"})
    entry = an_entry(ticket, text="принтер INV-20418 не друкує", external_id="55")
    message = says("принтер INV-20419 не друкує", MessageKind.EDIT)
    decision = decide(message, ticket, known_entry=entry, named_ticket=ticket)
    assert decision.ticket.answers["asset"] == "INV-5"
