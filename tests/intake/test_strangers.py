"""Who is served as somebody we know, and what is held back from others."""

from dataclasses import replace

import pytest

from intake.decisions import CardStep
from intake.dialogue import Dialogue
from intake.directory import Employee
from intake.messages import AutomaticKind, Sender
from intake.turns.strangers import Strangers, is_known
from tests.intake.cast import (
    FORMS,
    MAILBOX,
    NOW,
    OLENA,
    READER,
    TRAITS,
    a_situation,
    a_ticket,
    says,
)

EMPLOYEE = Employee(id=7, name="Olena Kovalenko")
TROUBLE = "ноутбук гальмує"


def decided(situation, message, rule=Strangers.DIRECTORY_ONLY):
    return Dialogue(FORMS, READER, TRAITS, strangers=rule).decide(situation, message, NOW)


def a_mail(*, is_proven, **more):
    sender = Sender(name="Olena", external_id="o@x.example", is_proven=is_proven)
    return replace(says(TROUBLE, address=MAILBOX, **more), sender=sender)


@pytest.mark.parametrize(
    ("situation", "message", "is_so"),
    [
        (a_situation(), says(TROUBLE), False),
        (a_situation(employee=EMPLOYEE), says(TROUBLE), True),
        (a_situation(employee=EMPLOYEE), a_mail(is_proven=True), True),
        (a_situation(employee=EMPLOYEE), a_mail(is_proven=False), False),
        (a_situation(person=replace(OLENA, is_approved=True)), a_mail(is_proven=False), True),
    ],
)
def test_a_linked_chat_a_proven_mail_and_whom_an_agent_let_in_are_known(situation, message, is_so):
    assert is_known(situation, message) is is_so
    opened = decided(situation, message)
    assert opened.opens.is_held is not is_so
    assert (opened.card is CardStep.SHOW) is is_so


@pytest.mark.parametrize("rule", Strangers)
def test_each_rule_keeps_the_ticket(rule):
    opened = decided(a_situation(), says(TROUBLE), rule)
    assert opened.opens.answers["symptom"] == TROUBLE
    assert opened.keeps_message
    assert opened.opens.is_held is (rule is not Strangers.OPEN)


def test_a_machine_that_may_be_answering_is_told_nothing():
    opened = decided(a_situation(), a_mail(is_proven=False, automatic=AutomaticKind.BULK))
    assert opened.opens.is_held
    assert not opened.says


def test_while_one_waits_the_next_is_told_nothing_so_that_two_machines_end():
    waiting = a_ticket(is_held=True, asked=(), card_id=None, address=MAILBOX)
    assert not decided(a_situation(waiting), a_mail(is_proven=False, subject="другий")).says


def test_who_had_an_open_ticket_before_the_rule_goes_on_with_it():
    decision = decided(a_situation(a_ticket()), says("1. INV-20418"))
    assert decision.ticket.answers["asset"] == "INV-20418"
    assert decision.card is CardStep.REFRESH
