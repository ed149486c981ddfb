"""Once an agent has spoken, short words answer the agent and not the bot's card."""

from datetime import timedelta

import pytest

from intake.tickets import Ask
from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, says

PRINTER = ("asset", "location", "started")
COMPUTER = ("asset", "os", "started", "tried", "urgency")


def heard(language, words, asked=PRINTER, **more):
    told = {"answers": {"symptom": "E5"}, "first_response_at": NOW - timedelta(minutes=5)} | more
    ticket = a_ticket(language=language, asked=asked, waits_for_agent=False, **told)
    return DIALOGUE.decide(a_situation(ticket), says(words), NOW)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "так"),
        ("uk", "ні"),
        ("uk", "завтра о 10"),
        ("uk", "3-й"),
        ("uk", "не знаю"),
        ("en", "yes"),
        ("en", "no"),
        ("en", "tomorrow at 10"),
        ("en", "3rd"),
        ("en", "I don't know"),
        ("sk", "áno"),
        ("sk", "nie"),
        ("sk", "dnes o 14:00"),
        ("sk", "neviem"),
        ("el", "ναι"),
        ("el", "όχι"),
        ("el", "αύριο στις 10"),
        ("it", "sì"),
        ("it", "no"),
        ("it", "domani alle 10"),
        ("it", "non lo so"),
    ],
)
def test_short_words_after_an_agent_spoke_are_the_agents(language, words):
    for category, asked in (("printer", PRINTER), ("computer", COMPUTER)):
        decision = heard(language, words, asked, category=category)
        assert decision.ticket.answers == {"symptom": "E5"}
        assert (decision.ticket.asked, decision.ticket.declined) == (asked, frozenset())
        assert decision.ticket.waits_for_agent
        assert "which_question" not in [say.template for say in decision.says]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "можете прийти завтра о 10, я буду на місці"),
        ("en", "you can come tomorrow at 10, I will be there"),
        ("sk", "môžete prísť zajtra o 10:00, budem tam"),
        ("el", "μπορείτε να έρθετε αύριο στις 10:00, θα είμαι εκεί"),
        ("it", "potete venire domani alle 10:00, ci sarò"),
    ],
)
def test_a_time_that_lies_ahead_is_no_since_when(language, words):
    assert "started" not in heard(language, words).ticket.answers


@pytest.mark.parametrize(
    ("language", "words", "filled"),
    [
        ("uk", "INV-204", {"asset"}),
        ("uk", "3. вчора", {"started"}),
        ("en", "INV-204", {"asset"}),
        ("en", "3. yesterday", {"started"}),
        ("en", "it began yesterday after lunch, nobody touched it", {"started"}),
        ("sk", "3. včera", {"started"}),
        ("el", "3. χθες", {"started"}),
        ("it", "2. piano terra\n3. ieri", {"location", "started"}),
    ],
)
def test_what_plainly_is_for_the_card_still_answers_it(language, words, filled):
    assert heard(language, words).ticket.answers.keys() - {"symptom"} == filled


def test_a_card_that_the_agent_sent_takes_short_words():
    decision = heard("en", "yesterday", ("started",), ask=Ask(agent="Marek"))
    assert "started" in decision.ticket.answers
