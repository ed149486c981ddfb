"""What a platform tells of a chat: what is said in our name elsewhere, and what is taken back."""

from datetime import timedelta

import pytest

from intake.messages import Fate, MessageKind, Receipt
from intake.speech import Card, Doubtful, Question, Text
from intake.tickets import Author, Status
from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, an_entry, says

EARLIER = NOW - timedelta(hours=3)


def heard(situation, text="Вже дивлюся", kind=MessageKind.OUTSIDE, **more):
    return DIALOGUE.decide(situation, says(text, kind=kind, external_id="m_2", **more), NOW)


def test_an_answer_from_elsewhere_is_an_agents_and_says_nothing_itself():
    decision = heard(a_situation(a_ticket(waits_for_agent=True)))
    assert (decision.keeps_message, decision.author) == (True, Author.AGENT)
    assert (decision.says, decision.changes, decision.opens) == ((), (), None)
    after = decision.ticket
    assert (after.waits_for_agent, after.preview) == (False, "Вже дивлюся")


@pytest.mark.parametrize("answered_at", [None, EARLIER])
def test_the_first_answer_counts_wherever_it_was_given(answered_at):
    ticket = a_ticket(first_response_at=answered_at)
    assert heard(a_situation(ticket)).ticket.first_response_at == (answered_at or NOW)


def test_it_stands_on_the_ticket_that_was_talked_about_last():
    newest, talked = a_ticket(1043), a_ticket(1042)
    situation = a_situation(newest, talked, last_entry=an_entry(talked))
    assert heard(situation).ticket.id == 1042
    assert heard(a_situation(newest, talked)).ticket.id == 1043


def test_what_is_over_stays_over():
    ticket = a_ticket(status=Status.SOLVED)
    after = heard(a_situation(last_ticket=ticket)).ticket
    assert (after.id, after.status) == (ticket.id, Status.SOLVED)


def test_where_there_is_no_ticket_nothing_is_opened():
    decision = heard(a_situation())
    assert (decision.opens, decision.ticket, decision.keeps_message) == (None, None, False)


def test_our_own_words_are_no_news_but_that_they_are_out_there():
    decision = heard(a_situation(a_ticket(), is_own=True))
    assert (decision.ticket, decision.keeps_message) == (None, False)
    assert decision.receipt == Receipt(provider_id="m_2", fate=Fate.SENT)


ANSWER = Text(text="Вже йду до вас.", signature="Marek Novák")
LONG = "Зробіть так. " * 100
CARD = Card(
    heading="#1042 · Принтер",
    intro="Дякую!",
    ask="Допомогли б іще кілька відповідей.",
    questions=(Question(number=2, label="Коли почалося"),),
)


def perhaps(body, text):
    ours = (Doubtful(delivery_id=6, body=Text(text="Інше")), Doubtful(delivery_id=7, body=body))
    return heard(a_situation(a_ticket(), doubtful=ours), text)


def test_what_comes_back_in_the_words_of_a_send_in_doubt_has_arrived():
    decision = perhaps(ANSWER, "Вже  йду до вас.\n\n— Marek Novák")
    assert decision.receipt == Receipt(provider_id="m_2", fate=Fate.SENT, delivery_id=7)
    assert (decision.ticket, decision.keeps_message) == (None, False)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (Text(text=LONG), LONG[:300]),
        (Text(text=ANSWER.text, files=(1,)), ANSWER.text),
        (CARD, "#1042 · Принтер\n\nДякую!"),
        (CARD, "2. Коли почалося (сьогодні зранку)"),
    ],
)
def test_a_part_of_it_is_ours_and_leaves_the_doubt(body, text):
    decision = perhaps(body, text)
    assert (decision.receipt, decision.keeps_message) == (None, False)


@pytest.mark.parametrize(
    ("body", "text"), [(ANSWER, "Вже йду"), (Text(text=LONG), "Зробіть так."), (CARD, "Дякую!")]
)
def test_a_few_words_that_are_the_same_may_be_anybodys(body, text):
    assert perhaps(body, text).keeps_message


def test_of_what_is_taken_back_the_ticket_keeps_what_it_gave():
    ticket = a_ticket(answers={"asset": "INV-20418"}, preview="INV-20418, дякую")
    entry = an_entry(ticket, text="INV-20418, дякую")
    situation = a_situation(ticket, named_ticket=ticket, known_entry=entry)
    decision = heard(situation, "", MessageKind.DELETION)
    assert (decision.erases_entry, decision.ticket.preview) == (entry.id, "")
    assert decision.ticket.answers == {"asset": "INV-20418"}
    assert [(one.what, one.before, one.after) for one in decision.changes] == [("deleted", "", "")]


def test_the_persons_own_words_go_from_the_answers_as_well():
    answers = {
        "symptom": "my laptop  shows a blue screen",
        "location": "room 12",
        "device": "laptop",
    }
    ticket = a_ticket(answers=answers, assumed=frozenset({"location"}))
    entry = an_entry(ticket, text="My laptop shows a blue screen")
    situation = a_situation(ticket, named_ticket=ticket, known_entry=entry)
    decision = heard(situation, "", MessageKind.DELETION)
    assert decision.ticket.answers == {"location": "room 12", "device": "laptop"}
    assert decision.forgets == ("my laptop  shows a blue screen",)


def test_a_ticket_that_is_called_by_the_words_is_so_no_more():
    ticket = a_ticket(subject="INV-20418, дякую")
    entry = an_entry(ticket, text="INV-20418,  дякую")
    situation = a_situation(ticket, named_ticket=ticket, known_entry=entry)
    assert heard(situation, "", MessageKind.DELETION).ticket.subject == "-"


def test_what_was_never_here_can_be_taken_back_too():
    assert heard(a_situation(a_ticket()), "", MessageKind.DELETION).ticket is None
