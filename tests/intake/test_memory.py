"""What earlier answers say of a new ticket, and how the person says otherwise."""

from dataclasses import replace

import pytest

from intake.decisions import CardStep
from intake.memory import Owner, Remembered, assume, memorable
from intake.messages import Address, MessageKind
from intake.people import Handle
from tests.intake.cast import CATALOGUE, DIALOGUE, FORMS, NOW, a_situation, a_ticket, says

MAIL = Address(channel="email", account="help@firma.example", external_id="olena@firma.example")


def remembered(category="computer", **answers):
    shared = ("os", "location", "phone")
    return [
        Remembered(field=name, category="" if name in shared else category, value=value)
        for name, value in answers.items()
    ]


def a_computer(**more):
    given = {"category": "computer", "answers": {"symptom": "гальмує"}, "asked": (), **more}
    return a_ticket(**given)


def assumed(ticket, memory):
    return FORMS.with_asked(assume(CATALOGUE, ticket, memory)[0])


KNOWN = remembered(asset="NB-0442", os="windows-11", location="214", phone="+380501112233")
STILL = assumed(a_computer(), KNOWN)


def test_the_next_card_asks_less():
    assert STILL.assumed == {"asset", "os", "location", "phone"}
    assert STILL.asked == ("started", "tried", "urgency")


def test_each_thing_assumed_is_on_the_timeline_as_such():
    _, changes = assume(CATALOGUE, a_computer(), remembered(asset="NB-0442"))
    assert [(change.what, change.after) for change in changes] == [("assumed:asset", "NB-0442")]


def test_what_the_message_says_stands():
    said = a_computer(answers={"symptom": "гальмує", "location": "вдома"})
    ticket = assumed(said, KNOWN)
    assert ticket.answers["location"] == "вдома"
    assert "location" not in ticket.assumed


def test_nothing_of_a_machine_is_assumed_when_the_message_names_another():
    said = a_computer(answers={"symptom": "гальмує", "asset": "NB-0500"})
    assert assumed(said, KNOWN).assumed == {"location", "phone"}


def test_a_printers_place_is_not_its_users():
    said = memorable(CATALOGUE, "printer", {"location": "3rd floor", "phone": "+380501112233"})
    assert {(one.field, one.category) for one in said} == {("location", "printer"), ("phone", "")}
    assert assumed(a_computer(), said).assumed == {"phone"}
    printer = a_ticket(category="printer", answers={"symptom": "жує"}, asked=())
    assert assumed(printer, said).answers["location"] == "3rd floor"


def test_a_printer_is_first_looked_for_where_its_user_is():
    printer = a_ticket(category="printer", answers={"symptom": "жує"}, asked=())
    assert assumed(printer, KNOWN).answers["location"] == "214"


def test_a_printers_sticker_is_not_a_computers():
    memory = remembered("printer", asset="INV-20418")
    assert assumed(a_computer(), memory).assumed == set()
    assert assumed(a_ticket(answers={}), memory).assumed == {"asset"}


def test_what_was_declined_is_not_assumed():
    ticket = a_computer(declined=frozenset({"asset"}))
    assert "asset" not in assumed(ticket, KNOWN).answers


def test_another_category_keeps_nothing_that_was_only_assumed():
    moved, _ = FORMS.categorised(STILL, "printer", {})
    assert moved.answers == {"symptom": "гальмує"}
    assert moved.assumed == set()


def test_the_card_asks_whether_it_is_still_so_with_one_tap_for_it():
    card = FORMS.card(assumed(a_computer(), remembered(asset="NB-0442")), NOW)
    chip = next(chip for chip in card.known if chip.label == "Номер на наклейці")
    assert chip.value == "досі NB-0442?"
    taps = [action.data for action in card.actions]
    assert taps[:2] == ["keep|1042", "doubt|1042|asset"]


@pytest.mark.parametrize(
    ("owner", "is_same"),
    [("olena  KOVALENKO", True), ("Ivan Kovalenko", False), ("", False)],
)
def test_who_shares_an_address_has_a_memory_of_their_own(owner, is_same):
    mail = Handle(id=1, person_id=1, address=MAIL)
    olena = Owner.of(1, "Olena Kovalenko", mail)
    assert (olena == Owner.of(1, owner, mail)) is is_same
    assert olena.is_called(Owner.of(1, owner, mail).name, is_shared=True) is is_same
    assert olena != Owner.of(2, "Olena Kovalenko", mail)


@pytest.mark.parametrize(
    ("name", "is_theirs"),
    [("olena", True), ("kovalenko olena m.", True), ("", True), ("petro", False)],
)
def test_a_chat_is_one_persons_whatever_they_are_called_there(name, is_theirs):
    mail = Owner.of(1, "Olena Kovalenko", Handle(id=1, person_id=1, address=MAIL))
    assert mail.is_called(name, is_shared=False) is is_theirs


def tapped(ticket, data):
    tap = says(kind=MessageKind.TAP, tap=data, tap_id="t")
    return DIALOGUE.decide(a_situation(ticket, named_ticket=ticket), tap, NOW)


def test_a_tap_makes_what_was_assumed_said():
    decision = tapped(STILL, "keep|1042")
    assert decision.ticket.assumed == set()
    assert decision.ticket.answers == STILL.answers
    assert {change.what for change in decision.changes} == {
        "confirmed:asset", "confirmed:location", "confirmed:os", "confirmed:phone",
    }  # fmt: skip
    assert decision.card is CardStep.REFRESH
    assert not tapped(decision.ticket, "keep|1042").changes


def test_a_tap_that_it_is_not_so_asks_for_it():
    decision = tapped(STILL, "doubt|1042|asset")
    assert decision.ticket.asked == ("asset", "started", "tried", "urgency")
    assert "asset" not in decision.ticket.answers
    assert [change.what for change in decision.changes] == ["doubted:asset"]


def test_a_ticket_that_goes_on_without_answers_asks_for_nothing_then():
    decision = tapped(replace(STILL, asked=()), "doubt|1042|asset")
    assert decision.ticket.asked == ()
    assert "asset" not in decision.ticket.answers


def written(ticket, text):
    return DIALOGUE.decide(a_situation(ticket), says(text), NOW).ticket


@pytest.mark.parametrize("text", ["ні, тепер NB-0500", "номер на наклейці: NB-0500", "NB-0500"])
def test_a_typed_correction_is_taken(text):
    ticket = written(STILL, text)
    assert ticket.answers["asset"] == "NB-0500"
    assert "asset" not in ticket.assumed


def test_a_correction_is_taken_where_nothing_else_is_asked():
    full = replace(STILL, answers={**STILL.answers, "started": "2026-11-23", "tried": "нічого"})
    full = FORMS.with_asked(replace(full, answers={**full.answers, "urgency": "minor"}))
    assert (full.asked, full.is_complete) == ((), True)
    assert written(full, "ні, тепер NB-0500").answers["asset"] == "NB-0500"


@pytest.mark.parametrize("text", ["1. з ранку 2. перезавантажив 3. не можу працювати", "дякую!"])
def test_silence_leaves_it_assumed(text):
    ticket = written(STILL, text)
    assert ticket.assumed == STILL.assumed
    assert ticket.answers["asset"] == "NB-0442"


def test_not_knowing_the_rest_declines_nothing_that_was_assumed():
    ticket = written(STILL, "решту не знаю")
    assert not ticket.declined & STILL.assumed


def test_the_same_answer_again_makes_it_said():
    assert "asset" not in written(STILL, "так, NB-0442").assumed


@pytest.mark.parametrize("text", ["Так", "yes!", "áno, stále", "ναι", "Sì, è così"])
def test_a_typed_yes_confirms_all(text):
    assert written(STILL, text).assumed == set()


@pytest.mark.parametrize(
    "text",
    ["також повільно", "yesterday", "anonym", "", "так само не працює і в колеги з сьомого"],
)
def test_other_words_are_no_yes(text):
    assert "asset" in written(STILL, text).assumed
