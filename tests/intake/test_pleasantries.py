"""What is said to the bot alone is no ticket's matter, and of several open ones one tap tells."""

from dataclasses import replace

import pytest

from intake.messages import MessageKind
from intake.tickets import Status
from tests.intake.cast import (
    DIALOGUE,
    NOW,
    a_situation,
    a_ticket,
    an_entry,
    says,
    settled,
    templates,
)

HOW_ARE_YOU = (
    "як справи?", "Привіт, як справи?", "how are you?", "hello, how are you today?",
    "ako sa máte?", "Dobrý deň, ako sa máte?", "τι κάνεις;", "Γεια σας, τι κάνετε;", "come va?",
    "Ciao, come stai?",
)  # fmt: skip
WHAT_CAN_YOU = (
    "що ти вмієш?", "чим ви можете допомогти?", "what can you do?", "are you a bot?",
    "čo vieš robiť?", "ty si robot?", "τι μπορείς να κάνεις;", "είσαι ρομπότ;", "cosa sai fare?",
    "sei un bot?",
)  # fmt: skip
CURSES = ("тупий бот", "stupid bot", "sprostý bot", "ηλίθιο μποτ", "stupido bot")
CONTENT = (
    "how are you? my printer is broken", "як працює VPN?", "come funziona la stampante?",
    "ako sa prihlásim do VPN?", "τι κάνω για να αλλάξω κωδικό;",
)  # fmt: skip
IT_WORKS = ("вже все працює", "it works now", "už to funguje", "τώρα δουλεύει", "adesso funziona")
PRINTER = settled(1042, waits_for_agent=True)
LAPTOP = settled(1043, category="computer", subject="ноутбук не вмикається", answers={})


def decide(situation, text, **more):
    return DIALOGUE.decide(situation, says(text, **more), NOW)


@pytest.mark.parametrize(
    ("text", "said"),
    [*((text, "welcome") for text in HOW_ARE_YOU), *((text, "bot") for text in WHAT_CAN_YOU)],
)
def test_a_pleasantry_opens_no_ticket(text, said):
    decision = decide(a_situation(), text)
    assert (decision.opens, templates(decision)) == (None, [said])


@pytest.mark.parametrize("text", [*HOW_ARE_YOU, *WHAT_CAN_YOU])
@pytest.mark.parametrize("ticket", [a_ticket(), settled()])
def test_a_pleasantry_amid_a_ticket_gets_no_help_for_its_fields(ticket, text):
    decision = decide(a_situation(ticket), text)
    assert templates(decision)[0] in ("status", "bot")
    assert decision.ticket.asked == ticket.asked


@pytest.mark.parametrize("text", CURSES)
def test_a_curse_is_answered_calmly_flagged_and_asks_nothing(text):
    assert (decide(a_situation(), text).flag, templates(decide(a_situation(), text))) == (
        "abuse",
        ["calm"],
    )
    amid = decide(a_situation(a_ticket()), text)
    assert (amid.flag, templates(amid)) == ("abuse", ["annoyed"])


@pytest.mark.parametrize("text", CONTENT)
def test_a_question_of_a_thing_is_no_pleasantry(text):
    assert decide(a_situation(), text).opens is not None


@pytest.mark.parametrize("text", [*HOW_ARE_YOU, *WHAT_CAN_YOU, "how is my ticket doing?"])
def test_small_talk_leaves_the_conversation_where_it_was(text):
    spoken = an_entry(PRINTER, minutes_ago=30)
    decision = decide(a_situation(LAPTOP, PRINTER, last_entry=spoken), text)
    assert decision.ticket.id == PRINTER.id


@pytest.mark.parametrize("text", IT_WORKS)
def test_which_of_several_works_is_asked_with_a_button_for_each(text):
    decision = decide(a_situation(LAPTOP, PRINTER), text)
    (asked,) = decision.says
    assert asked.template == "which_solved"
    assert sorted(option.data for option in asked.options) == [
        "solve|{ticket}|1042",
        "solve|{ticket}|1043",
    ]


@pytest.mark.parametrize("text", ["the printer works now", "принтер вже друкує"])
def test_whoever_names_it_is_asked_about_that_one(text):
    decision = decide(a_situation(LAPTOP, PRINTER), text)
    assert (decision.ticket.id, templates(decision)) == (1042, ["is_it_solved"])


def tapped(target, *own, shown=LAPTOP):
    tap = says("", kind=MessageKind.TAP, tap=f"solve|1043|{target}", tap_id="cb")
    return DIALOGUE.decide(a_situation(*own, named_ticket=shown), tap, NOW)


def test_the_tap_solves_the_one_that_it_names():
    decision = tapped("1042", LAPTOP, PRINTER)
    assert (decision.ticket.id, decision.ticket.status) == (1042, Status.SOLVED)


@pytest.mark.parametrize(("own", "shown"), [((LAPTOP,), LAPTOP), ((LAPTOP, PRINTER), None)])
def test_a_tap_solves_nothing_that_is_not_theirs_or_was_not_shown(own, shown):
    assert tapped("1042", *own, shown=shown).ticket is None


@pytest.mark.parametrize("text", ["the printer", "#1042", "принтер"])
def test_the_one_that_works_may_be_named_instead(text):
    asked = an_entry(LAPTOP, minutes_ago=1, facts={"asks": "which_solved"})
    waiting = replace(LAPTOP, waits_for_agent=True)
    decision = decide(a_situation(waiting, PRINTER, last_entry=asked), text)
    assert (decision.ticket.id, templates(decision)) == (1042, ["is_it_solved"])
