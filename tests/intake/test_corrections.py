"""A known value may be taken back, never silently: the old and the new one are on the timeline."""

import pytest

from intake.decisions import CardStep
from intake.people import LANGUAGES
from intake.replies.corrections import correct
from tests.intake.cast import a_ticket, says, settled
from tests.intake.corrections import KNOWN, changed, decide, replaced
from tests.intake.desk import READER, WORDING


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
    (said,) = decision.says
    (line,) = said.values["lines"]
    assert (said.template, line["before"], line["after"]) == (
        "corrected",
        "INV-20418",
        "INV-20419",
    )


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


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "помилка E7 на екрані принтера INV-30001"),
        ("uk", "номер INV-30001 теж не друкує"),
        ("en", "actually the printer next door INV-30001 works"),
        ("en", "sorry, I have to leave now, my colleague is on the 2nd floor"),
        ("en", "error 0x80070005 is on the screen"),
        ("en", "the 2nd floor has the same trouble"),
        ("en", "the floor is wet, careful"),
        ("en", "no, the printer on the 2nd floor works fine"),
        ("en", "I was wrong about the floor"),
        ("sk", "prepáčte, ale tlačiareň vedľa INV-30001 ide"),
        ("el", "ο αριθμός INV-30001 δουλεύει κανονικά"),
        ("it", "scusate, la stampante INV-30001 funziona"),
        ("it", "non funziona nemmeno al secondo piano"),
    ],
)
def test_a_mere_mention_corrects_nothing(language, words):
    assert replaced(decide(says(words), settled(answers=KNOWN, language=language))) == []


@pytest.mark.parametrize(
    ("words", "changes"),
    [
        ("1. INV-20419", [("answer:asset", "INV-20418", "INV-20419")]),
        (
            "1) INV-20419\n2) 2 поверх",
            [
                ("answer:asset", "INV-20418", "INV-20419"),
                ("answer:location", "3 поверсі", "2 поверх"),
            ],
        ),
        ("номер на наклейці: INV-20419", [("answer:asset", "INV-20418", "INV-20419")]),
        ("де це: 2 поверх", [("answer:location", "3 поверсі", "2 поверх")]),
        ("2. з понеділка", []),
        ("2. INV-20419", []),
    ],
)
def test_the_number_of_a_question_or_its_label_corrects_what_it_was_answered(words, changes):
    ticket = settled(answers=KNOWN, numbered=("asset", "location"))
    assert replaced(decide(says(words), ticket)) == changes


def test_what_is_set_right_under_its_number_leaves_the_others_to_their_questions():
    ticket = a_ticket(answers=KNOWN, asked=("started",), numbered=("asset", "location", "started"))
    decision = decide(says("1. INV-20419\n3. з понеділка"), ticket)
    assert decision.ticket.answers["asset"] == "INV-20419"
    assert decision.ticket.answers["started"] == "2026-11-16"
    assert decision.ticket.answers["location"] == "3 поверсі"


def test_whoever_counts_the_open_questions_anew_corrects_nothing():
    ticket = a_ticket(
        answers={"symptom": "не друкує", "asset": "INV-20418"},
        asked=("location", "started"),
        numbered=("asset", "location", "started"),
    )
    decision = decide(says("1. 2 поверх\n2. з понеділка"), ticket)
    assert decision.ticket.answers["asset"] == "INV-20418"
    assert decision.ticket.answers["location"] == "2 поверх"
    assert decision.ticket.answers["started"] == "2026-11-16"


def test_the_words_of_a_correction_answer_nothing_else():
    ticket = a_ticket(answers=KNOWN, asked=("error", "tried"), category="computer")
    decision = decide(says("помилка, не INV-20418, а INV-20419"), ticket)
    assert changed(decision) == [("answer:asset", "INV-20418", "INV-20419")]


def test_a_choice_that_is_corrected_answers_nothing_else():
    answers = {"symptom": "E5", "urgency": "blocked"}
    ticket = a_ticket(category="computer", answers=answers, asked=("tried",))
    decision = decide(says("насправді можу працювати"), ticket)
    assert changed(decision) == [("answer:urgency", "blocked", "degraded")]


def test_a_word_of_the_tickets_language_corrects_beside_a_value_of_none():
    answers = {"symptom": "E5", "account": "mario.rossi@firma.it"}
    ticket = settled(category="email", answers=answers, language="it")
    told = changed(decide(says("scusi, maria.rossi@firma.it"), ticket))
    assert told == [("answer:account", "mario.rossi@firma.it", "maria.rossi@firma.it")]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "вибачте, логін m.rosso"),
        ("en", "sorry, user m.rosso"),
        ("sk", "prepáčte, používateľ m.rosso"),
        ("el", "συγγνώμη, χρήστης m.rosso"),
        ("it", "scusa, utente m.rosso"),
    ],
)
def test_a_login_taken_back_asks_nobody_which_ticket_it_is_about(language, words):
    answers = {"symptom": "x", "system": "SAP", "account": "m.rossi"}
    ticket = a_ticket(category="access", answers=answers, asked=("deadline",), language=language)
    decision = decide(says(words), ticket)
    assert changed(decision) == [("answer:account", "m.rossi", "m.rosso")]
    assert [say.template for say in decision.says] == ["corrected"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "виправлення: windows 11, і я пробував перезавантажити"),
        ("en", "correction: windows 11, and I tried a reboot"),
        ("sk", "oprava: windows 11, a reštartoval som"),
        ("el", "διόρθωση: windows 11, και έκανα επανεκκίνηση"),
        ("it", "correzione: windows 11, e ho riavviato"),
    ],
)
def test_several_things_may_be_corrected_at_once_what_was_tried_among_them(language, words):
    answers = {"symptom": "x", "os": "windows-10", "tried": "zzz"}
    ticket = settled(category="computer", language=language, answers=answers)
    told = replaced(decide(says(words), ticket))
    assert told[0] == ("answer:os", "windows-10", "windows-11")
    assert [change[0] for change in told] == ["answer:os", "answer:tried"]


@pytest.mark.parametrize(
    ("words", "name", "before", "after"),
    [
        ("не 305, а 306", "location", "кабінет 305", "кабінет 306"),
        ("the account is a.smith", "account", "j.smith", "a.smith"),
        ("the error is 0x800CCC0F", "error", "0x800CCC0E", "0x800CCC0F"),
        ("anzi due monitor", "item", "nuovo monitor", "due monitor"),
        ("location: room 216", "location", "room 214", "room 216"),
        ("1. no", "urgency", "minor", "blocked"),
        ("1. l.neri", "account", "m.rossi", "l.neri"),
        ("scusi, era lunedì", "started", "2026-11-22", "2026-11-16"),
        ("prepáčte, bolo to v pondelok", "started", "2026-11-22", "2026-11-16"),
    ],
)
def test_whatever_kind_of_value_it_is(words, name, before, after):
    category = {"account": "email", "error": "email", "item": "request"}.get(name, "network")
    language = READER.language_of(words, "en")
    answers = {"symptom": "x", name: before}
    ticket = settled(category=category, language=language, answers=answers, numbered=(name,))
    assert changed(decide(says(words), ticket)) == [(f"answer:{name}", before, after)]


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


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("працювати можу, але важко", "blocked", "degraded"),
        ("тепер взагалі не можу працювати!", "degraded", "blocked"),
        ("I can work, just slowly", "blocked", "degraded"),
        ("now I can't work at all", "degraded", "blocked"),
        ("už nemôžem pracovať vôbec", "degraded", "blocked"),
        ("τώρα δεν μπορώ να δουλέψω καθόλου", "degraded", "blocked"),
        ("adesso non posso lavorare per niente", "degraded", "blocked"),
        ("no rush, it can wait", "blocked", "minor"),
        ("it's not blocking me", "degraded", "degraded"),
    ],
)
def test_how_the_work_goes_now_is_what_is_said_last(text, before, after):
    ticket = settled(category="computer", answers={"asset": "NB-1", "urgency": before})
    corrected = correct(READER, ticket, says(text)).ticket
    assert corrected.answers["urgency"] == after
