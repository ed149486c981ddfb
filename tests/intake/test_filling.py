"""What a filled form page changes."""

from dataclasses import replace

import pytest

from intake.decisions import CardStep
from intake.filling import read_words
from intake.forms import CATEGORY
from intake.messages import Address, MessageKind
from intake.tickets import Status
from tests.intake.cast import DIALOGUE, MAILBOX, NOW, READER, a_situation, a_ticket, says, settled

PORTAL = Address(channel="portal", account="desk", external_id="1042")


def fill(ticket, text="", uploads=(), **answers):
    form = says(
        text,
        MessageKind.FORM,
        address=PORTAL,
        external_id="",
        answers=answers,
        uploads=uploads,
        proven_ticket=ticket.id,
    )
    return DIALOGUE.decide(a_situation(proven_ticket=ticket), form, NOW)


def changes(decision):
    return [(change.what, change.before, change.after) for change in decision.changes]


def test_a_form_answers_the_card_as_a_message_does():
    decision = fill(a_ticket(), "…", asset="INV-20418", started="вчора після обіду")
    assert decision.ticket.answers["asset"] == "INV-20418"
    assert decision.ticket.answers["started"].startswith("2026-11-22")
    assert decision.ticket.is_complete
    assert decision.ticket.waits_for_agent
    assert decision.keeps_message
    assert decision.card is CardStep.REFRESH
    assert [say.template for say in decision.says] == ["complete"]


def test_a_corrected_answer_is_told_before_and_after_and_stays_where_it_stood():
    decision = fill(a_ticket(), symptom="друкує смуги")
    assert changes(decision) == [("answer:symptom", "принтер не друкує", "друкує смуги")]
    assert list(decision.ticket.answers) == ["symptom", "location"]
    assert decision.ticket.asked == ("asset", "started")
    assert not decision.says


def test_what_is_marked_as_unknown_is_declined_and_never_asked_again():
    decision = fill(a_ticket(), asset="", started="з ранку")
    assert decision.ticket.declined == {"asset"}
    assert ("declined:asset", "", "") in changes(decision)
    assert decision.ticket.is_complete


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "немає"),
        ("uk", "не знаю"),
        ("uk", "-"),
        ("en", "none"),
        ("en", "no idea"),
        ("en", "n/a"),
        ("sk", "nemá"),
        ("sk", "neviem"),
        ("el", "δεν υπάρχει"),
        ("el", "δεν ξέρω"),
        ("it", "non c'è"),
        ("it", "non lo so"),
    ],
)
@pytest.mark.parametrize("name", ["asset", "location", "started"])
def test_none_in_a_box_is_no_answer(name, language, words):
    ticket = a_ticket(answers={"symptom": "x"}, asked=("asset", "location", "started"))
    decision = fill(replace(ticket, language=language), **{name: words})
    assert decision.ticket.answers == {"symptom": "x"}
    assert decision.ticket.declined == {name}


def test_no_sticker_is_no_number():
    ticket = a_ticket(answers={"symptom": "x"}, asked=("asset", "location", "started"))
    assert fill(ticket, asset="нема наклейки").ticket.declined == {"asset"}


def test_none_is_an_answer_to_what_was_tried():
    ticket = a_ticket(category="computer", answers={"symptom": "x"}, asked=("asset", "tried"))
    assert fill(ticket, tried="нічого").ticket.answers["tried"] == "нічого"


def test_an_answer_that_is_emptied_is_gone_and_not_asked_again():
    decision = fill(a_ticket(), location="")
    assert changes(decision) == [("answer:location", "3 поверсі", "")]
    assert decision.ticket.declined == {"location"}
    assert "location" not in decision.ticket.asked


def test_what_was_declined_may_be_said_after_all():
    decision = fill(a_ticket(declined=frozenset({"asset"}), asked=("started",)), asset="INV-7001")
    assert decision.ticket.answers["asset"] == "INV-7001"
    assert not decision.ticket.declined


def test_words_that_a_field_cannot_take_change_nothing_and_are_kept_in_the_message():
    decision = fill(a_ticket(answers={"started": "2026-11-22"}), "Since: ages", started="ages")
    assert decision.ticket.answers == {"started": "2026-11-22"}
    assert changes(decision) == []
    assert decision.keeps_message


def test_a_chosen_category_asks_its_own_fields():
    ticket = a_ticket(category=None, answers={}, asked=(CATEGORY,))
    decision = fill(ticket, category="network", connection="wifi")
    assert decision.ticket.category == "network"
    assert decision.ticket.answers == {"connection": "wifi"}
    assert "location" in decision.ticket.asked
    assert changes(decision)[0] == ("category", "", "network")


def test_an_unknown_category_or_field_is_left_alone():
    decision = fill(a_ticket(), category="cats", fur="grey")
    assert decision.ticket.category == "printer"
    assert changes(decision) == []


def test_a_ticket_that_was_sent_as_it_is_is_not_asked_again_by_a_later_form():
    decision = fill(a_ticket(asked=()), asset="INV-20418")
    assert decision.ticket.asked == ()
    assert not decision.ticket.is_complete


def test_a_form_of_a_ticket_by_mail_is_not_thanked_for_by_another_mail():
    decision = fill(a_ticket(address=MAILBOX), asset="INV-20418", started="2026-11-20")
    assert decision.ticket.is_complete
    assert not decision.says


def test_files_alone_are_kept():
    decision = fill(a_ticket(), uploads=(7,))
    assert decision.keeps_message
    assert decision.ticket.preview == a_ticket().preview


def test_a_form_opens_a_waiting_ticket_again():
    decision = fill(settled(status=Status.PENDING), "нарешті знайшла", asset="INV-1")
    assert decision.ticket.status is Status.OPEN
    assert changes(decision)[0] == ("status", "pending", "open")


def test_a_form_that_comes_after_the_ticket_was_closed_is_taken_and_opens_it_again():
    closed = settled(status=Status.CLOSED)
    decision = fill(closed, "Номер: INV-1", asset="INV-1")
    assert decision.keeps_message
    assert decision.ticket.answers == {**closed.answers, "asset": "INV-1"}
    assert (decision.ticket.status, decision.ticket.waits_for_agent) == (Status.OPEN, True)


def test_a_form_without_its_ticket_does_nothing():
    situation = replace(a_situation(), proven_ticket=None)
    decision = DIALOGUE.decide(situation, says(kind=MessageKind.FORM, address=PORTAL), NOW)
    assert not decision.keeps_message


@pytest.mark.parametrize(
    ("name", "words", "value"),
    [
        ("started", "вчора", "2026-11-22"),
        ("started", "2026-11-20", "2026-11-20"),
        ("started", "2026-11-20T14:30", "2026-11-20T14:30"),
        ("started", "хтозна", ""),
        ("urgency", "blocked", "blocked"),
        ("urgency", "фіолетово-зелене", ""),
        ("asset", "на наклейці INV-20418", "INV-20418"),
        ("asset", "без номера", "без номера"),
        ("symptom", " 3. так, друкує порожні аркуші ", "3. так, друкує порожні аркуші"),
        ("phone", "067 123 45 67", "+380671234567"),
        ("phone", "дзвоніть", ""),
    ],
)
def test_each_field_takes_words_in_its_own_way(name, words, value):
    assert read_words(READER, name, words, "uk", NOW) == value
