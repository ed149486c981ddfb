"""Buttons: what they do now, and that they do nothing for strangers or twice."""

import pytest

from intake.decisions import CardStep
from intake.forms import CATEGORY
from intake.messages import MessageKind
from intake.tickets import Status
from tests.intake.cast import (
    DIALOGUE,
    FORMS,
    NOW,
    a_situation,
    a_ticket,
    says,
)


def tap(data, ticket=None, *others, **more):
    message = says("", kind=MessageKind.TAP, tap=data, tap_id="cb1")
    situation = a_situation(*others, named_ticket=ticket, **more)
    return DIALOGUE.decide(situation, message, NOW)


def a_network_ticket(**more):
    asked = more.pop("asked", ("connection", "urgency"))
    return a_ticket(category="network", asked=asked, **more)


def test_a_choice_fills_its_field_and_the_card_shows_it():
    decision = tap("set|1042|urgency|blocked", a_network_ticket())
    assert decision.ticket.answers["urgency"] == "blocked"
    assert "urgency" not in decision.ticket.asked
    assert decision.card is CardStep.REFRESH
    assert decision.tap_answer.template == "noted"


def test_the_same_choice_again_changes_nothing():
    ticket = a_network_ticket(answers={"urgency": "blocked"}, asked=("connection",))
    decision = tap("set|1042|urgency|blocked", ticket)
    assert decision.ticket is None
    assert decision.tap_answer.template == "done_already"


def test_another_choice_is_a_correction_with_the_old_value_on_record():
    decision = tap("set|1042|urgency|minor", a_network_ticket(answers={"urgency": "blocked"}))
    assert decision.changes[0].before == "blocked"
    assert decision.ticket.answers["urgency"] == "minor"


def test_a_button_of_a_solved_ticket_says_that_it_is_done():
    ticket = a_network_ticket(status=Status.SOLVED)
    assert tap("set|1042|urgency|minor", ticket).tap_answer.template == "done_already"


@pytest.mark.parametrize(
    "data",
    [
        "",
        "|",
        "set",
        "set|1042",
        "set|1042|urgency|",
        "set|1042|nonsense|x",
        "drop|1042",
    ],
)
def test_a_made_up_button_does_nothing(data):
    decision = tap(data, a_network_ticket())
    assert decision.ticket is None
    assert decision.tap_answer is not None


def test_a_button_of_somebody_elses_ticket_does_nothing():
    # The store names a ticket only to its own person: a forwarded card finds none.
    decision = tap("set|1042|urgency|blocked", None)
    assert decision.ticket is None
    assert decision.tap_answer.template == "not_yours"


def test_send_as_it_is_ends_the_asking_without_calling_it_complete():
    decision = tap("send|1042", a_ticket())
    assert decision.ticket.asked == ()
    assert not decision.ticket.is_complete
    assert decision.card is CardStep.REFRESH


def test_a_choice_tapped_after_send_as_it_is_is_taken_and_asks_nothing_more():
    decision = tap("set|1042|urgency|blocked", a_network_ticket(asked=()))
    assert decision.ticket.answers["urgency"] == "blocked"
    assert decision.ticket.asked == ()


def test_something_else_asks_for_the_category_and_a_category_asks_its_fields():
    asking = tap("recat|1042", a_ticket()).ticket
    assert asking.asked == (CATEGORY,)
    moved = tap("cat|1042|network", asking)
    assert moved.ticket.category == "network"
    assert moved.ticket.answers["location"] == "3 поверсі"
    assert "connection" in moved.ticket.asked


def test_a_complete_card_may_be_about_something_else_and_is_corrected_in_words():
    complete = a_ticket(asked=(), is_complete=True)
    card = FORMS.card(complete, NOW)
    assert [choice.data for choice in card.actions] == ["correct|1042", "recat|1042"]
    decision = tap("correct|1042", complete)
    (how,) = decision.says
    assert how.template == "correct"
    asking = tap("recat|1042", complete).ticket
    assert asking.asked == (CATEGORY,)
    assert tap("cat|1042|network", asking).ticket.category == "network"
    assert tap("cat|1042|printer", asking).changes == ()


def test_once_an_agent_has_answered_another_category_asks_nothing_more():
    complete = a_ticket(asked=(CATEGORY,), first_response_at=NOW)
    moved = tap("cat|1042|network", complete).ticket
    assert (moved.category, moved.asked) == ("network", ())
