"""Which of several open tickets a message belongs to, and how sure that is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.decisions import CardStep
from intake.matching import Certainty, place
from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, an_entry, says, settled

PRINTER = settled(1042)
VPN = settled(1043, category="network", subject="VPN не підключається", answers={})
MAIL = settled(1044, category="email", subject="Outlook не надсилає листи", answers={})
WAITING = a_ticket(1045, category="access", subject="доступ до SAP", answers={})


def placed(text, *tickets, category=None, **more):
    found = place(a_situation(*tickets, **more), says(text), is_threaded=False, category=category)
    return found.ticket.id, found.certainty


@pytest.mark.parametrize(
    ("text", "category", "expected"),
    [
        ("знову помилка 691", "network", (1043, Certainty.TOPIC)),
        ("принтеру погано", None, (1042, Certainty.GUESSED)),
        ("а по 1044 є новини, коли листи підуть", None, (1044, Certainty.NAMED)),
        ("стало гірше", None, (1044, Certainty.GUESSED)),
        ("монітор миготить", "computer", (1044, Certainty.GUESSED)),
    ],
)
def test_words_tell_one_ticket_from_the_others(text, category, expected):
    assert placed(text, MAIL, VPN, PRINTER, category=category) == expected


def test_words_that_two_tickets_share_tell_nothing():
    again = settled(1046, subject="принтер знову не друкує")
    expected = (1043, Certainty.GUESSED)
    assert placed("принтер!", VPN, PRINTER, again, category="printer") == expected


def test_the_one_card_that_waits_gets_its_answer_unless_much_speaks_against_it():
    assert placed("логін у VPN той самий", WAITING, VPN) == (1045, Certainty.CARD)
    against = placed("VPN не підключається", WAITING, VPN, category="network")
    assert against == (1043, Certainty.GUESSED)


def test_who_writes_on_in_one_breath_goes_on_with_the_same_ticket():
    last = an_entry(VPN, minutes_ago=0.5)
    assert placed("і ще", MAIL, VPN, last_entry=last) == (1043, Certainty.CONTINUED)
    last = an_entry(VPN, minutes_ago=5)
    assert placed("і ще", MAIL, VPN, last_entry=last) == (1044, Certainty.GUESSED)


@pytest.mark.parametrize("open_one", [WAITING, PRINTER, replace(PRINTER, card_id=None)])
def test_another_trouble_has_a_ticket_and_a_card_of_its_own_and_a_tap_takes_it_back(open_one):
    last = an_entry(open_one, minutes_ago=1)
    situation = a_situation(open_one, last_entry=last)
    decision = DIALOGUE.decide(situation, says("VPN не підключається"), NOW)
    assert decision.opens.category == "network"
    assert decision.card is CardStep.SHOW
    (beside,) = decision.says
    assert beside.template == "apart"
    assert [option.data for option in beside.options] == [
        f"move|{{ticket}}|{{entry}}|{open_one.id}"
    ]


def test_what_is_perhaps_another_trouble_is_asked_about_and_fills_nothing():
    second_floor = settled(answers={"symptom": "не друкує", "location": "2 поверх"})
    decision = DIALOGUE.decide(
        a_situation(second_floor), says("принтер на 5 поверсі жує папір"), NOW
    )
    assert (decision.opens, decision.ticket.answers) == (None, second_floor.answers)
    (question,) = decision.says
    assert question.template == "unsure"
    ends = [option.data.split("|")[-1] for option in question.options]
    assert ends == ["1042", "new"]


def test_an_answer_that_fills_the_card_is_no_other_trouble():
    waiting = a_ticket(answers={}, asked=("symptom", "asset", "location", "started"))
    text = "1. не друкує з Excel 2. INV-20418 3. 3 поверх 4. з ранку"
    decision = DIALOGUE.decide(a_situation(waiting), says(text), NOW + timedelta(minutes=1))
    assert [say.template for say in decision.says] == ["complete"]


def test_of_two_cards_that_wait_the_last_one_takes_its_answer_and_the_other_is_one_tap_away():
    older = a_ticket(1046, category="computer", subject="ноутбук гальмує", answers={})
    newer = a_ticket(answers={"symptom": "не друкує"}, asked=("asset", "location", "started"))
    last = an_entry(newer, minutes_ago=1)
    decision = DIALOGUE.decide(
        a_situation(older, newer, last_entry=last), says("1. INV-20418 3. з ранку"), NOW
    )
    assert decision.ticket.id == newer.id
    assert decision.ticket.answers["asset"] == "INV-20418"
    assert [say.template for say in decision.says] == ["which"]
    ends = [option.data.split("|")[-1] for option in decision.says[0].options]
    assert ends == ["1046", "new"]


LAPTOP = a_ticket(
    1046,
    category="computer",
    subject="ноутбук гальмує",
    answers={"symptom": "гальмує"},
    asked=("asset", "os", "started", "urgency"),
    card_id=11,
)
JAMS = a_ticket(answers={"symptom": "не друкує"}, asked=("asset", "started"), card_id=10)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. INV-20418 2. з ранку", JAMS),
        ("1. INV-20418 2. from this morning", JAMS),
        ("1. INV-20418 2. od rána", JAMS),
        ("1. INV-20418 2. από το πρωί", JAMS),
        ("1. INV-20418 2. da stamattina", JAMS),
        ("1) NB-0442 2) Windows 11 3) з учора", LAPTOP),
        ("1. NB-0442 2. Windows 11 3. since yesterday 4. can't work", LAPTOP),
        ("1. NB-0442", LAPTOP),
    ],
)
@pytest.mark.parametrize("spoken_to", [None, JAMS, LAPTOP])
def test_of_two_cards_a_numbered_reply_is_for_the_one_whose_questions_it_fits(
    text, expected, spoken_to
):
    if spoken_to is not None and text == "1. NB-0442":
        expected = spoken_to  # it fits both
    last = an_entry(spoken_to, minutes_ago=1) if spoken_to else None
    for tickets in ((LAPTOP, JAMS), (JAMS, LAPTOP)):
        decision = DIALOGUE.decide(a_situation(*tickets, last_entry=last), says(text), NOW)
        assert decision.ticket.id == expected.id
        assert len(decision.ticket.answers) > len(expected.answers)
        assert "which" in [say.template for say in decision.says]


def test_words_that_answer_nothing_of_the_one_card_that_waits_may_go_elsewhere_by_a_tap():
    situation = a_situation(JAMS, VPN, last_entry=an_entry(JAMS, minutes_ago=1))
    decision = DIALOGUE.decide(situation, says("тепер ще й шумить"), NOW)
    assert decision.ticket.id == JAMS.id
    assert [say.template for say in decision.says] == ["which"]


def test_words_that_answer_none_of_two_waiting_cards_are_asked_about():
    older = a_ticket(1046, category="computer", subject="ноутбук гальмує", answers={})
    newer = a_ticket(answers={"symptom": "не друкує"})
    last = an_entry(newer, minutes_ago=1)
    decision = DIALOGUE.decide(
        a_situation(older, newer, last_entry=last), says("він уже старий"), NOW
    )
    assert [say.template for say in decision.says] == ["unsure"]
