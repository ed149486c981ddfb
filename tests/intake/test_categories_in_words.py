"""What a ticket is about is changed in words too, and never by what only sounds like it."""

import pytest

from intake.category_names import category_said
from intake.messages import MessageKind
from intake.tickets import Ask
from intake.understanding.phrases import table
from tests.intake.cast import CATALOGUE, DIALOGUE, NOW, a_situation, a_ticket, says

SAID = {
    "uk": ("ні, це програма", "це про мережу", "насправді це комп'ютер", "йдеться про доступ"),
    "en": ("no, it's software", "it's about the network", "it's actually a network problem"),
    "sk": ("nie, je to program", "ide o sieť", "ide o prístup"),
    "el": ("όχι, είναι πρόγραμμα", "αφορά το δίκτυο", "είναι η πρόσβαση"),
    "it": ("no, è un programma", "riguarda la rete", "si tratta di accesso"),
}
OTHER = (
    "програма", "it's about time", "the network is down", "no, it's 3", "ide to pomaly",
    "είναι στο δίκτυο του 3ου", "è lento", "it's the network cable", "no",
)  # fmt: skip


def heard(text, ticket):
    return DIALOGUE.decide(a_situation(ticket), says(text), NOW)


@pytest.mark.parametrize("language", SAID)
def test_who_says_what_it_is_about_has_it_there(language):
    for text in SAID[language]:
        ticket = a_ticket(language=language)
        decision = heard(text, ticket)
        assert decision.opens is None, text
        assert decision.ticket.category in {"software", "network", "computer", "access"}, text
        assert [change.what for change in decision.changes] == ["category"], text
        assert decision.ticket.answers == ticket.answers, text
        assert decision.keeps_message


@pytest.mark.parametrize("text", OTHER)
def test_other_words_change_no_category(text):
    assert not category_said(text)


def test_every_category_of_the_table_is_one_of_the_catalogue():
    assert {*table("categories")} - {"leads", "beside"} <= {*CATALOGUE.categories}


@pytest.mark.parametrize("text", ["Принтер", "принтер", "3"])
def test_naming_the_same_category_leaves_no_change_and_an_agents_ask(text):
    asking = a_ticket(
        asked=("category",), numbered=("asset", "started"), ask=Ask(agent="Marek", words="?")
    )
    decision = heard(text, asking)
    assert decision.changes == ()
    assert decision.ticket.asked == ("asset", "started")
    assert decision.ticket.ask == asking.ask


def test_a_tap_on_the_same_category_leaves_an_agents_ask_too():
    asking = a_ticket(
        asked=("category",), numbered=("asset", "started"), ask=Ask(agent="Marek", words="?")
    )
    tap = says("", kind=MessageKind.TAP, tap="cat|1042|printer", tap_id="cb1")
    decision = DIALOGUE.decide(a_situation(named_ticket=asking), tap, NOW)
    assert decision.ticket.asked == ("asset", "started")
    assert decision.ticket.ask == asking.ask
