"""Greetings, thanks and status questions open nothing and lose nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.messages import IncomingFile, MessageKind
from intake.tickets import Status
from tests.intake.cast import (
    DIALOGUE,
    NOW,
    OLENA,
    a_situation,
    a_ticket,
    an_entry,
    says,
    settled,
    templates,
)


def decide(situation, text, **more):
    return DIALOGUE.decide(situation, says(text, **more), NOW)


@pytest.mark.parametrize("text", ["Дякую!", "дуже дякую, все працює"])
def test_thanks_after_the_last_ticket_is_solved_stays_with_it_and_opens_nothing(text):
    solved = settled(status=Status.SOLVED)
    decision = decide(a_situation(last_ticket=solved), text)
    assert decision.opens is None
    assert decision.ticket.status is Status.SOLVED
    assert decision.keeps_message
    assert templates(decision) == ["glad"]


def test_thanks_amid_a_ticket_is_kept_without_a_word():
    decision = decide(a_situation(settled()), "Дякую!")
    assert decision.keeps_message
    assert not decision.says


@pytest.mark.parametrize("ticket", [settled(), a_ticket()])
def test_a_sticker_or_thanks_amid_a_ticket_stays_without_a_word(ticket):
    sticker = {"kind": MessageKind.UNSUPPORTED, "platform_kind": "sticker"}
    for decision in (
        decide(a_situation(ticket), "👍", **sticker),
        decide(a_situation(ticket), "ок дякую"),
    ):
        assert decision.keeps_message
        assert not decision.says


@pytest.mark.parametrize("ticket", [settled(), a_ticket()])
@pytest.mark.parametrize("text", ["hello?", "Добрий день", "Ciao"])
def test_whoever_looks_in_on_an_open_ticket_hears_where_it_stands(ticket, text):
    told = an_entry(ticket, minutes_ago=1, facts={"told": NOW.isoformat()})
    assert templates(decide(a_situation(ticket, last_entry=told), text)) == ["status"]


def heard_of(ticket, text):
    """What is said where Olena wrote of the ticket a minute ago."""
    last = an_entry(ticket, minutes_ago=1)
    return templates(decide(a_situation(ticket, last_entry=last), text))


@pytest.mark.parametrize("ticket", [settled(), a_ticket()])
def test_words_that_change_nothing_are_said_to_have_arrived(ticket):
    assert heard_of(ticket, "і ще: папір є") == ["added"]
    assert heard_of(ticket, "quando arriva?") == ["status"]


def test_what_is_asked_is_passed_on_unless_it_may_be_about_the_card():
    assert heard_of(settled(), "ok and the second one?") == ["asked_on"]
    assert heard_of(a_ticket(), "ok and the second one?") == ["help"]


def test_a_quote_that_changes_nothing_is_said_to_have_arrived():
    ticket, other = settled(), settled(1050)
    decision = decide(a_situation(other, ticket, named_ticket=ticket), "папір є", quoted_id="9")
    assert templates(decision) == ["added"]


@pytest.mark.parametrize(
    ("text", "language"), [("ciao", "it"), ("ahoj", "sk"), ("привіт", "uk"), ("γεια", "el")]
)
def test_a_greeting_tells_the_language_whatever_the_phone_is_set_to(text, language):
    english = replace(OLENA, language="en")
    decision = decide(a_situation(person=english), text)
    assert decision.person.language == language


def test_thanks_with_a_photo_is_content():
    photo = IncomingFile(source="{}", name="photo.jpg")
    assert decide(a_situation(), "Дякую!", files=(photo,)).opens is not None


def test_a_status_question_is_answered_with_every_open_ticket():
    decision = decide(a_situation(settled(1044), a_ticket(1042)), "який статус моєї заявки?")
    assert decision.opens is None
    assert [line["number"] for line in decision.says[0].values["tickets"]] == [1044, 1042]


@pytest.mark.parametrize("last", [None, settled(status=Status.SOLVED)])
def test_who_asks_for_news_without_an_open_ticket_is_heard_by_an_agent(last):
    decision = decide(a_situation(last_ticket=last), "The VPN drops every ten minutes, case 17")
    assert decision.opens is not None
    assert decision.keeps_message


def test_a_sticker_alone_is_a_greeting():
    sticker = {"kind": MessageKind.UNSUPPORTED, "platform_kind": "sticker"}
    assert templates(decide(a_situation(), "👍", **sticker)) == ["welcome"]


def test_thanks_after_a_closed_ticket_are_kept_and_leave_it_closed():
    decision = decide(a_situation(last_ticket=settled(status=Status.CLOSED)), "Дякую!")
    assert decision.keeps_message
    assert decision.ticket.status is Status.CLOSED
    assert templates(decision) == ["glad"]


NOT_OVER = [
    "thanks, it doesn't work",
    "дякую, не працює",
    "Ďakujem, nefunguje to",
    "ευχαριστώ, δεν δουλεύει",
    "grazie, non funziona",
    "my ticket is not solved",
    "моя заявка не вирішена",
]


@pytest.mark.parametrize("text", NOT_OVER)
def test_thanks_that_say_it_does_not_work_are_a_ticket(text):
    decision = decide(a_situation(), text)
    assert decision.opens.subject == text
    assert decision.keeps_message


@pytest.mark.parametrize(
    "text", [*NOT_OVER, "no", "ні", "nie", "όχι", "i am still waiting", "nobody came"]
)
def test_a_no_to_a_closed_ticket_opens_one_that_follows_it(text):
    closed = settled(status=Status.CLOSED)
    decision = decide(a_situation(last_ticket=closed), text)
    assert decision.opens.category == closed.category
    assert [(change.what, change.after) for change in decision.changes] == [("follows", "1042")]
    assert decision.keeps_message


@pytest.mark.parametrize(
    "text",
    [
        *NOT_OVER,
        "help",
        "SOS",
        "проблема",
        "pomoc!",
        "βοήθεια",
        "aiuto",
        "hello, anybody?",
        "ok. INV-20418",
    ],
)
def test_a_call_or_news_about_a_solved_ticket_opens_it_again(text):
    decision = decide(a_situation(last_ticket=settled(status=Status.SOLVED)), text)
    assert decision.opens is None
    assert decision.ticket.status is Status.OPEN
    assert decision.ticket.waits_for_agent
    assert decision.keeps_message


CALLS = ["help", "SOS", "проблема", "допоможіть", "pomoc", "βοήθεια", "aiuto", "ok. INV-20418"]


@pytest.mark.parametrize("text", CALLS)
def test_a_call_soon_after_a_closed_ticket_opens_one_that_follows_it(text):
    closed = settled(status=Status.CLOSED)
    decision = decide(a_situation(last_ticket=closed), text)
    assert decision.opens.subject == text
    assert decision.opens.category == closed.category
    assert [(change.what, change.after) for change in decision.changes] == [("follows", "1042")]


@pytest.mark.parametrize("text", CALLS)
def test_a_call_days_after_it_opens_one_that_nothing_is_known_of(text):
    closed = settled(status=Status.CLOSED, updated_at=NOW - timedelta(days=2))
    decision = decide(a_situation(last_ticket=closed), text)
    assert (decision.opens.subject, decision.opens.category) == (text, None)
    assert decision.changes == ()
    assert decision.keeps_message


WISHES = [
    "the problem is back",
    "it's back",
    "E5 is back",
    "I want it fixed",
    "it should be fixed by now",
    "is it solved?",
    "hope it works now",
    "why did you close it?",
    "хочу, щоб запрацювало",
    "è tornato il problema",
    "θέλω να δουλεύει",
]


RETURNED = [
    'Pipedrive mi dice "utente inattivo", utenza gdelprete, sono appena rientrata',
    'I am back from leave, SAP says "user inactive", login j.patel',
    "повернулася з відпустки, SAP пише «користувач неактивний», логін o.koval",
]


@pytest.mark.parametrize("text", RETURNED)
def test_a_person_who_is_back_and_tells_an_error_has_a_ticket(text):
    opened = decide(a_situation(), text).opens
    assert opened.category == "access"
    assert opened.answers["error"] in text


@pytest.mark.parametrize("text", ["printer 2 works now", "принтер 2 запрацював"])
def test_a_thing_with_a_number_that_works_is_asked_about(text):
    decision = decide(a_situation(settled(waits_for_agent=True)), text)
    assert templates(decision) == ["is_it_solved"]


@pytest.mark.parametrize("text", WISHES)
def test_who_wishes_or_asks_does_not_say_that_it_is_solved(text):
    ticket = settled(waits_for_agent=True)
    asked = an_entry(ticket, minutes_ago=1, facts={"asks": "solved"})
    decision = decide(a_situation(ticket, last_entry=asked), text)
    assert decision.ticket.status is not Status.SOLVED
    solved = settled(status=Status.SOLVED)
    said = decide(a_situation(last_ticket=solved), text)
    assert "glad" not in templates(said)


@pytest.mark.parametrize("text", ["help", "hello", "no", "👎"])
def test_without_any_ticket_a_bare_call_is_asked_what_it_is_about(text):
    assert templates(decide(a_situation(), text)) == ["welcome"]


def test_whoever_wants_a_person_gets_one_without_a_question():
    decision = decide(a_situation(), "з'єднайте мене з людиною")
    assert decision.opens is not None
    assert decision.asks_nothing
    assert (decision.flag, templates(decision)) == ("human", ["human"])


def test_an_insult_is_answered_calmly_flagged_and_not_argued_with():
    decision = decide(a_situation(), "ви ідіоти")
    assert decision.opens is not None
    assert decision.flag == "abuse"
    assert templates(decision) == ["calm"]


def test_thanks_for_an_answer_asks_whether_it_is_solved_and_one_tap_says_yes():
    answered = settled(first_response_at=NOW)
    decision = decide(a_situation(answered), "Дякую, все працює!")
    assert templates(decision) == ["is_it_solved"]
    tap = says("", kind=MessageKind.TAP, tap="solve|1042", tap_id="cb")
    tapped = DIALOGUE.decide(a_situation(answered, named_ticket=answered), tap, NOW)
    assert tapped.ticket.status is Status.SOLVED
