"""What is said beside the matter, in all five languages, through the dialogue."""

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.people import LANGUAGES
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
    decision = decide(language, "abuse")
    assert (decision.flag, templates(decision)) == ("abuse", ["calm"])


@each_language
def test_an_insult_on_a_known_ticket_asks_nothing(language):
    for ticket in (a_ticket(), settled(), a_ticket(status=Status.PENDING)):
        decision = decide(language, "abuse", ticket)
        assert (decision.flag, templates(decision)) == ("abuse", ["annoyed"])
        assert (decision.ticket.id, decision.opens) == (ticket.id, None)


@each_language
def test_an_insult_after_a_ticket_was_solved_opens_that_one_again(language):
    solved = settled(status=Status.SOLVED, updated_at=NOW - timedelta(hours=1))
    decision = DIALOGUE.decide(
        a_situation(last_ticket=solved), says(WORDS[language]["abuse"]), NOW
    )
    assert (decision.flag, templates(decision)) == ("abuse", ["annoyed"])
    assert (decision.ticket.id, decision.ticket.status) == (solved.id, Status.OPEN)
    assert decision.ticket.waits_for_agent


@each_language
def test_a_question_back_is_answered_by_the_help_of_its_field(language):
    decision = decide(language, "back", a_ticket(language=language))
    assert templates(decision) == ["help"]
    hints = [line["hint"] for line in decision.says[0].values["lines"]]
    assert any("INV-20418" in hint for hint in hints)
    assert decision.ticket.asked == ("asset", "started")


YES = {"uk": "так", "en": "yes", "sk": "áno", "el": "ναι", "it": "sì"}
YES_INDEED = {
    "uk": "так, вирішено",
    "en": "yes it does, thanks",
    "sk": "áno, už to funguje",
    "el": "ναι, λύθηκε, ευχαριστώ",
    "it": "sì, ora va tutto, grazie",
}
NO = {"uk": "ні, ще ні", "en": "not yet", "sk": "nie", "el": "όχι ακόμα", "it": "no"}
PARTLY = {
    "uk": ("тепер працює, але тільки чорно-білим", "дякую, працює, проте повільно"),
    "en": ("it works now, but only in black and white", "thanks, works but very slow"),
    "sk": ("už to ide, ale len čiernobielo", "ďakujem, funguje, ale pomaly"),
    "el": ("τώρα δουλεύει, αλλά μόνο ασπρόμαυρα", "ευχαριστώ, δουλεύει όμως αργά"),
    "it": ("ora funziona, ma solo in bianco e nero", "grazie, funziona però è lento"),
}


def asked_whether_solved(language):
    """Their ticket, once they have said that it works and heard the question."""
    ticket = settled(language=language)
    told = decide(language, "works", ticket)
    last = an_entry(told.ticket, minutes_ago=1, facts={"asks": told.asks})
    return a_situation(told.ticket, last_entry=last)


@each_language
@pytest.mark.parametrize(
    "words", [YES, "👍", "ok", YES_INDEED], ids=["yes", "thumb", "ok", "indeed"]
)
def test_a_typed_yes_to_the_question_whether_it_is_solved_is_as_good_as_the_tap(language, words):
    text = words if isinstance(words, str) else words[language]
    decision = DIALOGUE.decide(asked_whether_solved(language), says(text), NOW)
    assert decision.ticket.status is Status.SOLVED
    assert decision.keeps_message
    assert templates(decision) == ["glad"]


@each_language
def test_a_typed_no_leaves_the_ticket_open_and_is_kindly_heard(language):
    decision = DIALOGUE.decide(asked_whether_solved(language), says(NO[language]), NOW)
    assert decision.ticket.status is Status.NEW
    assert decision.ticket.waits_for_agent
    assert templates(decision) == ["stays_open"]


@each_language
def test_a_no_after_the_desk_has_solved_it_opens_it_again(language):
    solved = settled(language=language, status=Status.SOLVED)
    decision = DIALOGUE.decide(a_situation(last_ticket=solved), says(NO[language]), NOW)
    assert decision.ticket.status is Status.OPEN
    assert templates(decision) == ["stays_open"]


@each_language
def test_a_yes_after_the_desk_has_solved_it_is_gladly_heard(language):
    solved = settled(language=language, status=Status.SOLVED)
    decision = DIALOGUE.decide(a_situation(last_ticket=solved), says(YES[language]), NOW)
    assert decision.ticket.status is Status.SOLVED
    assert templates(decision) == ["glad"]


@each_language
def test_a_yes_to_what_an_agent_asked_since_solves_nothing(language):
    situation = asked_whether_solved(language)
    answered = replace(situation.live_tickets[0], waits_for_agent=False)
    situation = replace(situation, live_tickets=(answered,))
    decision = DIALOGUE.decide(situation, says(YES[language]), NOW)
    assert decision.ticket.status is Status.NEW


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language in LANGUAGES for text in PARTLY[language]]
)
def test_works_again_but_is_news_and_asks_nothing(language, text):
    ticket = settled(language=language)
    last = an_entry(ticket, minutes_ago=1)
    decision = DIALOGUE.decide(a_situation(ticket, last_entry=last), says(text), NOW)
    assert decision.opens is None
    assert templates(decision) == ["added"]


@pytest.mark.parametrize(
    "text", ["вже працює, але дякую!", "it works now though, thanks", "funziona!"]
)
def test_a_but_before_mere_thanks_takes_nothing_back(text):
    decision = DIALOGUE.decide(a_situation(settled()), says(text), NOW)
    assert templates(decision) == ["is_it_solved"]


@pytest.mark.parametrize("text", ["👋", "...", "!", "yes", "так", "ναι"])
def test_a_sign_or_a_nod_without_a_ticket_gets_the_short_prompt(text):
    decision = DIALOGUE.decide(a_situation(), says(text), NOW)
    assert (decision.opens, templates(decision)) == (None, ["welcome"])


@pytest.mark.parametrize(
    "text",
    [
        "?", "???", "status?", "статус?", "stav?", "κατάσταση;", "stato?", "any news?",
        "є новини?", "nejaké novinky?", "κανένα νέο;", "novità?", "де моя заявка",
    ],
)  # fmt: skip
def test_a_status_question_without_a_ticket_hears_that_nothing_is_open(text):
    decision = DIALOGUE.decide(a_situation(), says(text), NOW)
    assert (decision.opens, templates(decision)) == (None, ["status"])
    assert decision.says[0].values["tickets"] == []


@pytest.mark.parametrize("text", ["ok grazie", "ок дякую", "ok thanks", "ok, ďakujem"])
def test_mere_thanks_amid_a_ticket_do_not_sound_solved(text):
    assert not DIALOGUE.decide(a_situation(settled()), says(text), NOW).says
