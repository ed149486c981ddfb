"""By mail a part of the answers is answered briefly, once, and never a machine's."""

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.messages import AutomaticKind
from intake.tickets import Ask, Status
from intake.wording import Wording
from tests.intake.cast import (
    CHAT,
    DIALOGUE,
    KYIV,
    MAILBOX,
    NOW,
    a_situation,
    a_ticket,
    an_entry,
    says,
)

WORDING = Wording(KYIV)
ASKED = ("asset", "os", "started", "tried", "urgency")
WRITTEN = {
    "uk": "NB-3071, з вівторка.", "en": "NB-3071, since Tuesday.", "sk": "NB-3071, od utorka.",
    "el": "NB-3071, από την Τρίτη.", "it": "NB-3071, da martedì.",
}  # fmt: skip
UNKNOWN = {
    "uk": "1. не знаю", "en": "1. don't know", "sk": "1. neviem", "el": "1. δεν ξέρω",
    "it": "1. non lo so",
}  # fmt: skip
everywhere = pytest.mark.parametrize("language", WRITTEN)


def asking(language="en", **more):
    told = {"category": "computer", "answers": {"symptom": "…"}, "asked": ASKED, "numbered": ASKED}
    return a_ticket(**{"address": MAILBOX, "language": language, **told, **more})


def decide(ticket, text, *, last=None, **more):
    situation = a_situation(ticket, named_ticket=ticket, last_entry=last)
    message = says(text, address=ticket.address, subject="Re: Laptop", **more)
    return DIALOGUE.decide(situation, message, NOW)


@everywhere
def test_it_says_what_was_taken_and_what_would_still_help(language):
    (said,) = decide(asking(language), WRITTEN[language]).says
    text = WORDING.say(said.template, language, said.values)
    assert "NB-3071" in text
    assert "#1042" in text
    assert [line[:2] for line in text.split("\n") if line[:1].isdigit()] == ["2.", "4.", "5."]


@everywhere
def test_what_is_not_known_is_not_asked_again(language):
    (said,) = decide(asking(language), UNKNOWN[language]).says
    assert [question.number for question in said.values["questions"]] == [2, 3, 4, 5]
    assert said.values["lines"] == ()


def test_the_last_answer_is_thanked_for_and_nothing_is_asked():
    known = dict.fromkeys(("symptom", *ASKED[1:]), "…")
    said = decide(asking(asked=("asset",), answers=known), "NB-3071").says
    assert [one.template for one in said] == ["complete"]


def test_words_without_an_answer_get_no_mail():
    assert decide(asking(), "It makes a loud noise now.").says == ()


def test_of_mails_in_a_row_the_first_is_answered():
    ticket = asking()
    first = decide(ticket, WRITTEN["en"])
    told = an_entry(ticket, facts={"told": first.told_at.isoformat()})
    again = {"last": told, "sent_at": NOW + timedelta(minutes=1)}
    assert decide(first.ticket, "Windows 11", **again).says == ()
    later = {"last": told, "sent_at": NOW + timedelta(minutes=5)}
    assert [one.template for one in decide(first.ticket, "Windows 11", **later).says] == ["part"]


@pytest.mark.parametrize("kind", [kind for kind in AutomaticKind if kind is not AutomaticKind.NO])
def test_what_a_machine_may_have_written_is_answered_by_nothing(kind):
    assert decide(asking(), WRITTEN["en"], automatic=kind).says == ()


def test_a_chat_sees_its_card_change_and_needs_no_word():
    assert decide(asking(address=CHAT), WRITTEN["en"]).says == ()


def test_an_agents_questions_are_told_by_the_same_mail():
    ticket = replace(asking(), status=Status.PENDING)
    assert [one.template for one in decide(ticket, WRITTEN["en"]).says] == ["part"]


def test_while_an_agent_still_waits_for_an_answer_that_is_not_all_we_need():
    known = dict.fromkeys(("symptom", *ASKED[:-1]), "…")
    ask = Ask(agent="Marek", words="")
    asked = ("tried", "urgency")
    ticket = asking(asked=asked, numbered=asked, answers=known, ask=ask, status=Status.PENDING)
    decision = decide(ticket, "I can't work at all")
    assert (decision.ticket.asked, decision.ticket.is_complete) == (("tried",), True)
    assert [one.template for one in decision.says] == ["part"]
    rest = decide(decision.ticket, "restarted it twice")
    assert [one.template for one in rest.says] == ["passed_on"]


def in_chat(*others, minutes_ago=5, text=WRITTEN["en"]):
    ticket = asking(address=CHAT, card_id=20)
    last = an_entry(ticket, minutes_ago=minutes_ago)
    situation = a_situation(ticket, *others, last_entry=last, named_ticket=ticket)
    message = says(text)
    return [say.template for say in DIALOGUE.decide(situation, message, NOW).says]


def test_in_a_chat_the_card_that_is_in_sight_says_it_itself():
    assert in_chat() == []


def test_after_hours_or_a_reminder_the_card_is_far_above_and_words_say_it():
    assert in_chat(minutes_ago=260) == ["part"]


def test_below_the_card_of_another_ticket_words_say_it():
    other = a_ticket(1043, address=CHAT, card_id=25, asked=("asset",), answers={"symptom": "…"})
    assert in_chat(other) == ["part"]


def test_whoever_answers_nothing_there_is_told_nothing_of_a_part():
    assert "part" not in in_chat(minutes_ago=260, text="thanks")
