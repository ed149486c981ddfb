"""Answers in a row that leave one out, end in stops, or stand behind a mere question word."""

from datetime import datetime

import pytest

from intake.replies.answers import read_answers

NOW = datetime.fromisoformat("2026-11-18T14:00:00+02:00")  # a Wednesday
COMPUTER = ("asset", "os", "started", "tried", "urgency")
LABELLED = ("started", "urgency")


def answered(reader, text, language, asked=COMPUTER, category="computer"):
    return read_answers(
        text, asked=asked, category=category, language=language, now=NOW, reader=reader
    ).filled


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "перше NB-4471 третє вчора четверте міняв кабель п'яте не горить"),
        ("en", "first NB-4471 third yesterday fourth swapped the cable fifth no rush"),
        ("sk", "prvé NB-4471 tretie včera štvrté vymenil som kábel piate nehorí"),
        ("el", "πρώτο NB-4471 τρίτο χθες τέταρτο άλλαξα καλώδιο πέμπτο δεν επείγει"),
        ("it", "primo NB-4471 terzo ieri quarto cambiato il cavo quinto non c'è fretta"),
    ],
)
def test_of_answers_that_are_numbered_in_words_one_may_be_left_out(reader, language, text):
    found = answered(reader, text, language)
    assert found["asset"] == "NB-4471"
    assert found["started"] == "2026-11-17"
    assert found["urgency"] == "minor"
    assert "os" not in found


def test_sentences_as_short_as_answers_answer_in_their_order(reader):
    found = answered(reader, "eng-ws-14. Ubuntu. Monday. reseated the memory. no rush", "en")
    assert (found["asset"], found["tried"]) == ("eng-ws-14", "reseated the memory")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "від: понеділок\nтерміново: ні"),
        ("en", "from: Monday\nurgent: no"),
        ("sk", "od: pondelok\nsúrnosť: žiadna"),
        ("el", "από: Δευτέρα\nεπείγον: όχι"),
        ("it", "da: lunedì\nurgenza: nessuna"),
    ],
)
def test_a_question_word_is_a_label_and_no_haste_can_wait(reader, language, text):
    assert answered(reader, text, language, LABELLED) == {
        "started": "2026-11-16", "urgency": "minor",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "вранці працювало, а з 10 ні"),
        ("en", "it was fine at breakfast, and dead since 10"),
        ("sk", "ráno ešte fungovalo a od 10 nič"),
        ("el", "το πρωί δούλευε και από τις 10 όχι"),
        ("it", "stamattina andava e dalle 10 è morto"),
    ],
)
def test_it_began_when_it_turned_and_not_when_it_still_worked(reader, language, text):
    assert answered(reader, text, language, ("started",))["started"].startswith("2026-11-18T10:00")


def test_a_day_after_a_place_and_a_stop_is_no_room(reader):
    found = answered(reader, "NB-4471. archive. 16.11.", "en", ("asset", "started"))
    assert found["started"] == "2026-11-16"
