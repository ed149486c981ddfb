"""A known value may be taken back, never silently: the old and the new one are on the timeline."""

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.decisions import CardStep
from intake.messages import MessageKind
from intake.people import LANGUAGES
from intake.replies.corrections import correct
from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, an_entry, says, settled
from tests.intake.desk import READER, WORDING

KNOWN = {"symptom": "принтер не друкує", "asset": "INV-20418", "location": "3 поверсі"}


def decide(message, ticket, **more):
    return DIALOGUE.decide(a_situation(ticket, **more), message, NOW)


def changed(decision):
    told = [(change.what, change.before, change.after) for change in decision.changes]
    return [change for change in told if change[0].startswith("answer:")]


def replaced(decision):
    return [change for change in changed(decision) if change[1]]


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


def test_an_edited_message_corrects_what_it_had_said():
    ticket = settled(answers=KNOWN)
    entry = an_entry(ticket, text="принтер INV-20418 не друкує", external_id="55")
    message = says("принтер INV-20419 не друкує", MessageKind.EDIT)
    decision = decide(message, ticket, known_entry=entry, named_ticket=ticket)
    assert changed(decision) == [("answer:asset", "INV-20418", "INV-20419")]
    assert decision.rewrites_entry == entry.id


@pytest.mark.parametrize(
    ("before", "after", "language"),
    [
        ("NB-0442, з ранку, 3 поверх", "NB-0443, з ранку, 3 поверх", "uk"),
        ("NB-0442, since morning, floor 3", "NB-0443, since morning, floor 3", "en"),
        ("NB-0442, od rána, 3. poschodie", "NB-0443, od rána, 3. poschodie", "sk"),
        ("NB-0442, από το πρωί, 3ος όροφος", "NB-0443, από το πρωί, 3ος όροφος", "el"),
        ("NB-0442, da stamattina, terzo piano", "NB-0443, da stamattina, terzo piano", "it"),
    ],
)
def test_one_value_of_a_list_is_changed_by_editing_the_message(before, after, language):
    asking = a_ticket(
        answers={"symptom": "не друкує"}, asked=("asset", "location", "started"), language=language
    )
    ticket = decide(says(before), asking).ticket
    assert ticket.answers["asset"] == "NB-0442"
    entry = an_entry(ticket, text=before, external_id="55")
    message = says(after, MessageKind.EDIT)
    decision = decide(message, ticket, known_entry=entry, named_ticket=ticket)
    assert ("answer:asset", "NB-0442", "NB-0443") in changed(decision)
    assert all(not told for _, told, _ in changed(decision)[1:])
    assert decision.card is CardStep.REFRESH


def test_an_edit_that_changes_other_words_leaves_the_values():
    ticket = settled(answers=KNOWN | {"asset": "INV-5"})
    entry = an_entry(ticket, text="принтер INV-20418 не друкує", external_id="55")
    message = says("принтер INV-20419 не друкує", MessageKind.EDIT)
    decision = decide(message, ticket, known_entry=entry, named_ticket=ticket)
    assert decision.ticket.answers["asset"] == "INV-5"


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
