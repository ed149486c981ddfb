"""A card of what is over says so and has no buttons; open again, it is as it was before."""

from dataclasses import replace

import pytest

from intake.messages import MessageKind
from intake.speech import Card, Operation
from intake.tickets import Status
from tests.intake.cast import FORMS, NOW, a_ticket, says
from tests.intake.desk import Desk


@pytest.mark.parametrize("status", [Status.SOLVED, Status.CLOSED])
def test_the_card_of_what_is_over_asks_nothing_and_has_no_buttons(status):
    card = FORMS.card(a_ticket(status=status), NOW)
    assert (card.questions, card.actions, card.form) == ((), (), None)
    assert "#1042" in card.intro
    assert [chip.value for chip in card.known] == ["принтер не друкує", "3 поверсі"]


def cards(desk):
    return [
        delivery.body
        for delivery in desk.rows.deliveries
        if delivery.operation is Operation.EDIT and isinstance(delivery.body, Card)
    ]


@pytest.mark.parametrize("verb", ["solve", "withdraw"])
def test_the_card_that_is_out_is_edited_when_its_person_ends_the_ticket(verb):
    desk = Desk()
    desk.receive(says("Принтер на 3 поверсі не друкує", external_id="1"), "1")
    tap = says("", kind=MessageKind.TAP, tap=f"{verb}|1001", tap_id="cb", external_id="2")
    desk.receive(tap, "2")
    last = cards(desk)[-1]
    assert (last.questions, last.actions) == ((), ())


def test_the_card_is_as_before_once_the_ticket_is_open_again():
    desk = Desk()
    desk.receive(says("Принтер на 3 поверсі не друкує", external_id="1"), "1")
    tap = says("", kind=MessageKind.TAP, tap="solve|1001", tap_id="cb", external_id="2")
    desk.receive(tap, "2")
    later = replace(says("досі не друкує", external_id="3"), sent_at=desk.now())
    desk.receive(later, "3")
    assert desk.rows.tickets[1001].status is Status.OPEN
    assert cards(desk)[-1].actions
