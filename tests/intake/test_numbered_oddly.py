"""Answers numbered or labelled in ways that no form has foreseen."""

from datetime import datetime

import pytest

from intake.replies.answers import read_answers

NOW = datetime.fromisoformat("2026-11-23T09:15:00+02:00")  # a Monday
THREE = ("asset", "started", "tried")
COMPUTER = ("asset", "os", "started", "tried", "urgency")


def answered(reader, text, language, asked=THREE, category="computer"):
    found = read_answers(
        text, asked=asked, category=category, language=language, now=NOW, reader=reader
    )
    return found.filled


@pytest.mark.parametrize(
    ("language", "text", "tried"),
    [
        ("uk", "1-NB-0442,2-з ранку,3-перезавантажила", "перезавантажила"),
        ("en", "1-NB-0442,2-since morning,3-rebooted", "rebooted"),
        ("en", "1)NB-0442,2)since morning,3)rebooted", "rebooted"),
        ("en", "1.NB-0442, 2.since morning, 3.rebooted", "rebooted"),
        ("en", "1:NB-0442;2:since morning;3:nothing", "nothing"),
        ("sk", "1-NB-0442,2-od rána,3-nič", "nič"),
        ("el", "1-NB-0442,2-από το πρωί,3-επανεκκίνηση", "επανεκκίνηση"),
        ("it", "1-NB-0442,2-da stamattina,3-riavviato", "riavviato"),
        ("uk", "перше NB-0442, друге з ранку, третє перезавантажила", "перезавантажила"),
        ("en", "the first is NB-0442, the second since morning, third rebooted", "rebooted"),
        ("en", "first NB-0442 second this morning third nothing", "nothing"),
        ("sk", "prvé NB-0442 druhé od rána tretie nič", "nič"),
        ("el", "πρώτο NB-0442 δεύτερο από το πρωί τρίτο τίποτα", "τίποτα"),
        ("it", "primo NB-0442 secondo da stamattina terzo niente", "niente"),
    ],
)
def test_a_line_may_hold_all_answers_with_their_numbers(reader, language, text, tried):
    found = answered(reader, text, language)
    assert found == {"asset": "NB-0442", "started": "2026-11-23", "tried": tried}


def test_the_number_of_a_place_is_none_of_a_question(reader):
    found = answered(reader, "1-2nd floor,2-since morning", "en", ("location", "started"))
    assert found == {"location": "2nd floor", "started": "2026-11-23"}


def test_numbers_that_are_wrong_make_no_place_of_a_time(reader):
    asked = ("connection", "location", "started", "scope", "urgency")
    found = answered(reader, "1-NB-0442,2-since morning,3-only me", "en", asked, "network")
    assert found == {"asset": "NB-0442", "started": "2026-11-23", "scope": "me"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "перший поверх, друга кімната"),
        ("en", "first floor, second door"),
        ("sk", "prvé poschodie, druhé dvere"),
        ("el", "πρώτος όροφος, δεύτερη πόρτα"),
        ("it", "primo piano, seconda porta"),
    ],
)
def test_ordinals_that_count_things_number_nothing(reader, language, text):
    asked = ("location", "started")
    found = answered(reader, text, language, asked, "printer")
    assert found.keys() == {"location"}
    assert text.startswith(found["location"])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "#2 11"), ("uk", "№2 вінда 11"), ("uk", "питання 2 - 11"),
        ("en", "#2 11"), ("en", "#2: windows 11"), ("en", "question 2: 11"),
        ("en", "no 2: windows 11"), ("en", "2. 11"),
        ("sk", "otázka 2: 11"), ("el", "ερώτηση 2: 11"), ("it", "domanda 2: 11"),
    ],
)  # fmt: skip
def test_a_question_may_be_called_by_its_number(reader, language, text):
    assert answered(reader, text, language, COMPUTER) == {"os": "windows-11"}


@pytest.mark.parametrize("text", ["11", "it's 11"])
def test_the_version_alone_answers_the_one_question_for_it(reader, text):
    assert answered(reader, text, "en", ("os",)) == {"os": "windows-11"}


@pytest.mark.parametrize(
    ("language", "text", "tried"),
    [
        ("uk", "номер - NB-0442, з коли - вчора, пробувала - перезапуск", "перезапуск"),
        ("en", "asset - NB-0442, since - yesterday, tried - reboot", "reboot"),
        ("en", "tried - reboot\nasset - NB-0442\nsince - yesterday", "reboot"),
        ("en", "asset: NB-0442, since: yesterday, tried: reboot", "reboot"),
        ("sk", "číslo - NB-0442, od kedy - včera, skúšané - reštart", "reštart"),
        ("el", "αριθμός - NB-0442, από πότε - χθες, δοκίμασα - επανεκκίνηση", "επανεκκίνηση"),
        ("it", "numero - NB-0442, da quando - ieri, provato - riavvio", "riavvio"),
    ],
)
def test_labels_with_a_dash_may_share_a_line(reader, language, text, tried):
    found = answered(reader, text, language)
    assert found == {"asset": "NB-0442", "started": "2026-11-22", "tried": tried}


@pytest.mark.parametrize("language", ["uk", "en", "sk", "el", "it"])
def test_wrong_numbers_under_a_question_that_bears_none_are_no_fault(reader, language):
    """An agent may ask for a field that the card in view never counted."""
    found = read_answers(
        "3. INV-20418\n4. E5", asked=("asset", "error"), numbered=("asset", "started"),
        category="computer", language=language, now=NOW, reader=reader,
    )  # fmt: skip
    assert found.filled["asset"] == "INV-20418"
