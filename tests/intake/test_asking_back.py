"""What is asked back instead of answered fills nothing, declines nothing, and is explained."""

from datetime import datetime, timedelta

import pytest

from intake.tickets import Ask
from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, each, says

COMPUTER = ("asset", "os", "started", "tried", "urgency")
TOMORROW = NOW.date() + timedelta(days=1)
SCOPE = ("location", "connection", "started", "scope")


def heard(language, words, category="computer", asked=COMPUTER, **more):
    ticket = a_ticket(
        language=language, category=category, answers={"symptom": "E5"}, asked=asked, **more
    )
    decision = DIALOGUE.decide(a_situation(ticket), says(words), NOW)
    return decision.ticket, [say.template for say in decision.says], explained(decision)


def explained(decision):
    helps = [say for say in decision.says if say.template == "help"]
    return len([line for say in helps for line in say.values["lines"]])


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "не розумію"),
        ("uk", "вибачте, не зрозуміла питання"),
        ("en", "I don't understand"),
        ("en", "sorry, I dont understand the questions"),
        ("sk", "nerozumiem"),
        ("sk", "prepáčte, nerozumiem otázkam"),
        ("el", "δεν κατάλαβα"),
        ("el", "δεν καταλαβαίνω τι εννοείτε"),
        ("it", "non ho capito"),
        ("it", "scusate, non capisco le domande"),
    ],
)
def test_who_does_not_understand_declines_nothing_and_has_all_explained(language, words):
    ticket, _, lines = heard(language, words)
    assert (ticket.asked, ticket.declined) == (COMPUTER, frozenset())
    assert lines == len(COMPUTER)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "не розумію питання 4"),
        ("uk", "4. не розумію"),
        ("en", "i dont understand question 4"),
        ("en", "4?"),
        ("sk", "nerozumiem otázke 4"),
        ("el", "δεν κατάλαβα την ερώτηση 4"),
        ("it", "non capisco la domanda 4"),
    ],
)
def test_a_question_that_is_not_understood_is_explained_by_its_number(language, words):
    ticket, _, lines = heard(language, words)
    assert (ticket.asked, ticket.declined) == (COMPUTER, frozenset())
    assert lines == 1


def test_what_stands_beside_words_of_not_understanding_is_an_answer_all_the_same():
    ticket, _, _ = heard("en", "1. NB-0442\n2. I don't understand\n3. yesterday")
    assert {"asset", "started"} <= ticket.answers.keys()
    assert not ticket.declined


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "як дізнатись яка вінда?"),
        ("uk", "може перезавантажити?"),
        ("en", "how do i know which windows i have"),
        ("en", "is windows 10 ok?"),
        ("en", "should I restart it?"),
        ("sk", "ako zistim aky mam windows?"),
        ("sk", "mám to reštartovať?"),
        ("el", "πώς βλέπω τι windows έχω;"),
        ("el", "να το κάνω επανεκκίνηση;"),
        ("it", "come faccio a sapere che windows ho?"),
        ("it", "devo riavviarlo?"),
    ],
)
def test_a_question_back_fills_and_declines_nothing(language, words):
    ticket, _, _ = heard(language, words)
    assert ticket.answers == {"symptom": "E5"}
    assert (ticket.asked, ticket.declined) == (COMPUTER, frozenset())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "це тільки в мене?"),
        ("en", "is it just me?"),
        ("sk", "je to len u mňa?"),
        ("el", "είναι μόνο σε μένα;"),
        ("it", "succede solo a me?"),
    ],
)
def test_whether_others_have_it_too_may_be_asked_back(language, words):
    ticket, templates, _ = heard(language, words, "network", SCOPE)
    assert "scope" not in ticket.answers
    assert "status" not in templates


@pytest.mark.parametrize(
    ("language", "words", "filled"),
    [
        ("uk", "NB-7? з понеділка", {"asset", "started"}),
        ("en", "NB-7? since monday", {"asset", "started"}),
        ("en", "today?", {"started"}),
        ("en", "can you hurry, I can't work", {"urgency"}),
        ("en", "3. monday, is that ok?", {"started"}),
        ("en", "windows 10, how do I check the number?", {"os"}),
        ("sk", "NB-7? od pondelka", {"asset", "started"}),
        ("sk", "dnes?", {"started"}),
        ("el", "NB-7; από Δευτέρα", {"asset", "started"}),
        ("el", "σήμερα;", {"started"}),
        ("it", "NB-7? da lunedì", {"asset", "started"}),
        ("it", "oggi?", {"started"}),
    ],
)
def test_a_value_in_doubt_or_beside_a_question_is_a_value(language, words, filled):
    ticket, _, _ = heard(language, words)
    assert ticket.answers.keys() - {"symptom"} == filled


@pytest.mark.parametrize(
    ("language", "words", "lines"),
    [
        ("uk", "?", 5),
        ("uk", "шо?", 5),
        ("uk", "що ви маєте на увазі?", 5),
        ("uk", "нащо вам номер?", 1),
        ("uk", "що значить що вже пробували?", 1),
        ("en", "?", 5),
        ("en", "2?", 1),
        ("en", "what do you mean?", 5),
        ("en", "why do you need the number?", 1),
        ("sk", "ako to myslíte?", 5),
        ("sk", "načo vám je číslo?", 1),
        ("el", ";", 5),
        ("el", "τι εννοείτε;", 5),
        ("el", "πού βρίσκω τον αριθμό;", 1),
        ("it", "cosa intendete?", 5),
        ("it", "a cosa vi serve il numero?", 1),
    ],
)
def test_a_question_about_the_card_is_answered_by_its_hints(language, words, lines):
    _, templates, explained_lines = heard(language, words)
    assert (templates, explained_lines) == (["help"], lines)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "чи є у вас новий тонер?"),
        ("en", "what's your phone number?"),
        ("en", "when will you come to the 2nd floor?"),
        ("sk", "kedy prídete na 2. poschodie?"),
        ("el", "πότε θα έρθετε στον 2ο όροφο;"),
        ("it", "quando venite al secondo piano?"),
    ],
)
def test_a_question_that_is_not_about_the_card_is_left_to_an_agent(language, words):
    _, templates, lines = heard(language, words, "printer", ("asset", "location", "started"))
    assert lines == 0
    assert templates


@pytest.mark.parametrize(("category", "field"), [("software", "error"), ("printer", "location")])
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "завтра подивлюсь"),
        ("uk", "пізніше напишу"),
        ("uk", "гляну ввечері"),
        ("en", "I'll look tomorrow"),
        ("en", "will check later"),
        ("en", "I'll send it after lunch"),
        ("sk", "pozriem zajtra"),
        ("sk", "pošlem neskôr"),
        ("el", "θα κοιτάξω αύριο"),
        ("el", "θα σας πω αργότερα"),
        ("it", "guardo domani"),
        ("it", "vi dico più tardi"),
    ],
)
def test_a_promise_of_an_answer_is_none(language, words, category, field):
    ticket, templates, _ = heard(language, words, category, (field,), ask=Ask(agent="Marek"))
    assert ticket.answers == {"symptom": "E5"}
    assert ticket.asked == (field,)
    assert "passed_on" not in templates


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "до завтра"),
        ("en", "by tomorrow"),
        ("sk", "do zajtra"),
        ("el", "μέχρι αύριο"),
        ("it", "entro domani"),
    ],
)
def test_by_tomorrow_is_a_deadline_and_no_promise_of_an_answer(language, words):
    ticket, _, _ = heard(language, words, "access", ("deadline",))
    assert datetime.fromisoformat(ticket.answers["deadline"]).date() == TOMORROW


def test_what_a_screen_says_of_later_is_told_all_the_same():
    ticket, _, _ = heard("en", "1. please try again later", "software", ("error",))
    assert "try again later" in ticket.answers["error"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "не знаю, а де дивитись?"),
        ("en", "I don't know, where do I look?"),
        ("sk", "neviem, kde to nájdem?"),
        ("el", "δεν ξέρω, πού το βρίσκω;"),
        ("it", "non lo so, dove lo trovo?"),
    ],
)
def test_who_asks_where_to_find_it_has_not_declined_it(language, words):
    ticket, _, lines = heard(language, words)
    assert (ticket.asked, ticket.declined) == (COMPUTER, frozenset())
    assert lines


def test_whether_somebody_is_there_is_no_question_about_the_card():
    _, templates, _ = heard("uk", "ви тут?")
    assert templates == ["status"]


@pytest.mark.parametrize("words", ["which sticker?", "did you get my message?"])
def test_a_short_question_opens_no_ticket(words):
    ticket, _, _ = heard("en", words)
    assert ticket.answers == {"symptom": "E5"}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "яка операційна система"),
        ("en", "what os do you mean"),
        ("sk", "aký systém myslíte"),
        ("el", "ποιο λειτουργικό λέτε"),
        ("it", "quale sistema intendete"),
    ],
)
def test_which_system_is_meant_is_explained_without_a_question_mark(language, words):
    ticket, said, lines = heard(language, words)
    assert (ticket.asked, said, lines) == (COMPUTER, ["help"], 1)


STILL_WANTED = {
    "uk": ["що ще треба?", "ще щось потрібно від мене?", "це все?", "shcho shche treba?"],
    "en": ["what else do you need?", "ok, what else should I tell you", "is that all?"],
    "sk": ["co este potrebujete?", "čo vám mám ešte napísať?", "staci to takto?"],
    "el": ["τι άλλο χρειάζεστε;", "ti allo xreiazeste?", "αυτά είναι όλα;"],
    "it": ["cos'altro serve?", "basta così?", "devo aggiungere altro?"],
}


@pytest.mark.parametrize(("language", "words"), each(STILL_WANTED))
def test_who_asks_what_else_is_needed_is_told_what_would_still_help(language, words):
    ticket, said, _ = heard(language, words)
    assert said == ["still_asked"]
    assert (ticket.asked, ticket.declined) == (COMPUTER, frozenset())


@pytest.mark.parametrize(("language", "words"), each(STILL_WANTED))
def test_once_nothing_is_asked_that_is_all_that_is_needed(language, words):
    assert heard(language, words, asked=(), is_complete=True)[1] == ["nothing_more"]


@pytest.mark.parametrize(("language", "words"), each(STILL_WANTED))
def test_what_an_agent_has_said_is_asked_of_the_agent(language, words):
    _, said, _ = heard(language, words, asked=(), is_complete=True, first_response_at=NOW)
    assert "nothing_more" not in said
