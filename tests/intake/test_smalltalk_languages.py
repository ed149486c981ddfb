"""What is said beside the matter, in all five languages, through the dialogue."""

import pytest

from intake.people import LANGUAGES
from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, says, settled

WORDS = {
    "uk": {
        "greeting": "Добрий день!",
        "works": "дякую, вже працює",
        "status": "який статус моєї заявки?",
        "human": "з'єднайте мене з людиною",
        "abuse": "ви ідіоти",
        "back": "а де знайти номер на наклейці?",
    },
    "en": {
        "greeting": "Good morning!",
        "works": "thanks, it works now",
        "status": "what is the status of my ticket?",
        "human": "I want to talk to a real person",
        "abuse": "you idiots are useless",
        "back": "where do I find the inventory number?",
    },
    "sk": {
        "greeting": "Dobrý deň!",
        "works": "ďakujem, už to funguje",
        "status": "aký je stav mojej požiadavky?",
        "human": "chcem hovoriť so živým človekom",
        "abuse": "ste neschopní idioti",
        "back": "kde nájdem inventárne číslo?",
    },
    "el": {
        "greeting": "Καλημέρα!",
        "works": "ευχαριστώ, δουλεύει τώρα",
        "status": "τι γίνεται με το αίτημά μου;",
        "human": "θέλω να μιλήσω με άνθρωπο",
        "abuse": "είστε ηλίθιοι",
        "back": "πού θα βρω τον αριθμό ετικέτας;",
    },
    "it": {
        "greeting": "Buongiorno!",
        "works": "grazie, ora funziona",
        "status": "a che punto è la mia richiesta?",
        "human": "voglio parlare con una persona",
        "abuse": "siete degli idioti",
        "back": "dove trovo il numero di inventario?",
    },
}
each_language = pytest.mark.parametrize("language", LANGUAGES)


def decide(language, kind, *tickets):
    return DIALOGUE.decide(a_situation(*tickets), says(WORDS[language][kind]), NOW)


def templates(decision):
    return [say.template for say in decision.says]


@each_language
def test_a_greeting_gets_a_short_prompt_and_no_ticket(language):
    decision = decide(language, "greeting")
    assert decision.opens is None
    assert decision.person.language == language
    assert templates(decision) == ["welcome"]


@each_language
@pytest.mark.parametrize("ticket", [settled(), a_ticket()], ids=["settled", "asking"])
def test_works_now_asks_whether_it_is_solved_with_one_tap(language, ticket):
    decision = decide(language, "works", ticket)
    assert templates(decision) == ["is_it_solved"]
    assert [option.data for option in decision.says[0].options] == ["solve|{ticket}"]
    assert decision.keeps_message


@each_language
def test_a_status_question_is_answered_at_once_whatever_is_asked(language):
    decision = decide(language, "status", a_ticket())
    assert templates(decision) == ["status"]
    assert [line["number"] for line in decision.says[0].values["tickets"]] == [1042]


@each_language
def test_who_wants_a_person_gets_one_straight_away(language):
    decision = decide(language, "human")
    assert (decision.asks_nothing, templates(decision)) == (True, ["human"])


@each_language
def test_an_insult_is_answered_calmly_and_flagged(language):
    for tickets in ((), (a_ticket(),)):
        decision = decide(language, "abuse", *tickets)
        assert (decision.flag, templates(decision)) == ("abuse", ["calm"])


@each_language
def test_a_question_back_is_answered_by_the_help_of_its_field(language):
    decision = decide(language, "back", a_ticket(language=language))
    assert templates(decision) == ["help"]
    hints = [line["hint"] for line in decision.says[0].values["lines"]]
    assert any("INV-20418" in hint for hint in hints)
    assert decision.ticket.asked == ("asset", "started")
