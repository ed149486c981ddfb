"""Whatever an employee writes gets a fitting word at once: status, a promise, that it is heard."""

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.people import LANGUAGES
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
from tests.intake.desk import Desk

FINISHED = {
    "uk": (
        "ноутбук не вмикається, кабінет 12",
        "NB-1, вінда 10, з учора, нічого, не можу працювати",
    ),
    "en": ("my laptop won't start, room 12", "NB-1, win 10, since yesterday, nothing, can't work"),
    "sk": ("notebook sa nezapne, miestnosť 12", "NB-1, win 10, od včera, nič, nemôžem pracovať"),
    "el": (
        "το λάπτοπ δεν ανοίγει, γραφείο 12",
        "NB-1, win 10, από χθες, τίποτα, δεν μπορώ να δουλέψω",
    ),
    "it": (
        "il portatile non parte, stanza 12",
        "NB-1, win 10, da ieri, niente, non posso lavorare",
    ),
}
OPEN = {  # a printer's card that asks where it stands
    "uk": ("принтер не друкує", "INV-1, з учора"),
    "en": ("printer keeps jamming", "INV-1, since yesterday"),
    "sk": ("nejde mi tlačiareň", "INV-1, od včera"),
    "el": ("ο εκτυπωτής δεν τυπώνει", "INV-1, από χθες"),
    "it": ("la stampante non stampa", "INV-1, da ieri"),
}
HOW_IT_GOES = {
    "uk": [
        "як там мій ноутбук?",
        "а як там мій комп",
        "як справи з ноутбуком?",
        "що з моїм ноутом?",
        "ну як там?",
        "як просувається?",
        "доброго дня, як там мій ноутбук?",
        "шо там з ноутом?",
        "а мій ноутбук?",
        "є новини по ноутбуку?",
    ],
    "en": [
        "how is my laptop doing",
        "how's the laptop?",
        "what's up with my laptop",
        "how is it going?",
        "so how about the laptop",
        "any news on my laptop?",
        "and my laptop?",
        "hows the laptop coming along",
        "hello, how is my laptop doing?",
        "whats happening with the laptop",
    ],
    "sk": [
        "ako to ide s notebookom",
        "ako je na tom môj notebook?",
        "čo je s notebookom?",
        "ako to vyzerá?",
        "ako sa má môj notebook :)",
        "a čo notebook?",
        "čo nové s notebookom?",
        "ako to ide?",
        "dobrý deň, ako je na tom notebook?",
        "ako pokračuje oprava?",
    ],
    "el": [
        "τι κάνει το λάπτοπ μου;",
        "πώς πάει το λάπτοπ;",
        "πώς πάμε;",
        "τι γίνεται με το λάπτοπ μου;",
        "και το λάπτοπ μου;",
        "τι νέα με το λάπτοπ;",
        "τι έγινε με το αίτημα",
        "πως παει;",
        "καλημέρα, πώς πάει το λάπτοπ μου;",
        "τι έγινε με το λάπτοπ;",
    ],
    "it": [
        "e il mio portatile?",
        "come va il portatile?",
        "a che punto è il mio portatile?",
        "come procede?",
        "novità sul portatile?",
        "che fine ha fatto il mio portatile?",
        "ci sono novità?",
        "come sta il mio pc?",
        "buongiorno, come va con il portatile?",
        "a che punto siamo?",
    ],
}
FOR_A_PERSON = {
    "uk": [
        "а файли не пропадуть?",
        "принести вам ноут?",
        "чи можете прийти до третьої?",
        "а я не втрачу документи?",
        "скільки часу це займе?",
        "можете зайти після обіду?",
    ],
    "en": [
        "will my files be lost?",
        "can you come before 3?",
        "do you need the laptop brought to you?",
        "will i lose my files",
        "how long will this take?",
        "should I bring it to you?",
    ],
    "sk": [
        "nestratím súbory?",
        "prídete pred treťou?",
        "mám vám ho priniesť?",
        "nezmiznú mi dokumenty?",
        "ako dlho to potrvá?",
        "môžete prísť po obede?",
    ],
    "el": [
        "θα χάσω τα αρχεία μου;",
        "μπορείτε να έρθετε πριν τις 3;",
        "να σας το φέρω;",
        "θα χαθούν τα έγγραφα;",
        "πόση ώρα θα πάρει;",
        "μπορείτε να περάσετε το μεσημέρι;",
    ],
    "it": [
        "perderò i miei file?",
        "potete venire prima delle 3?",
        "ve lo porto io?",
        "si cancelleranno i documenti?",
        "quanto tempo ci vuole?",
        "potete passare dopo pranzo?",
    ],
}
NEWS = {
    "uk": [
        "все ще не працює",
        "тепер ще й пищить",
        "начальник злий",
        "та що за сервіс такий",
        "дуже терміново",
    ],
    "en": [
        "still broken btw, and now it beeps 3 times",
        "still not working",
        "its making a strange noise now",
        "ugh this is ridiculous",
        "everybody is waiting",
    ],
    "sk": [
        "stále to nejde",
        "teraz to aj pípa",
        "šéf je nahnevaný",
        "čo je toto za servis",
        "všetci čakajú",
    ],
    "el": [
        "ακόμα δεν δουλεύει",
        "τώρα κάνει και θόρυβο",
        "ο διευθυντής είναι έξαλλος",
        "τι υπηρεσία είναι αυτή",
        "όλοι περιμένουν",
    ],
    "it": [
        "ancora non funziona",
        "adesso fa anche un rumore strano",
        "il capo è arrabbiato",
        "ma che servizio è",
        "tutti aspettano",
    ],
}
LATER = {
    "uk": ["не дзвоніть я на нараді", "не дзвоніть мені зараз", "я на нараді до 15"],
    "en": [
        "don't call me, I'm in a meeting",
        "dont call me im in a meeting",
        "im in a meeting till 3",
    ],
    "sk": ["nevolajte som na porade", "nevolajte mi teraz", "som na porade do 15"],
    "el": [
        "μην με πάρετε είμαι σε σύσκεψη",
        "μη με καλέσετε τώρα",
        "είμαι σε σύσκεψη μέχρι τις 3",
    ],
    "it": [
        "non chiamatemi sono in riunione",
        "non mi chiamate adesso",
        "sono in riunione fino alle 3",
    ],
}
WHO_WRITES = {
    "uk": ["ти бот?", "ви людина чи бот?", "це бот?"],
    "en": ["are you a bot?", "am i talking to a machine", "is this a bot or a human?"],
    "sk": ["si robot?", "ste človek alebo bot?", "píšem s robotom?"],
    "el": ["είσαι ρομπότ;", "μιλάω με άνθρωπο ή bot;", "είστε bot;"],
    "it": ["sei un bot?", "parlo con una persona o un bot?", "siete un robot?"],
}
INSULTS = {
    "uk": ["скільки можна чекати, ідіоти", "знову не працює, дебіли"],
    "en": ["how long must we wait you idiots", "still broken, you morons"],
    "sk": ["ako dlho mám čakať, idioti", "stále to nejde, vy kreténi"],
    "el": ["πόσο να περιμένω ακόμα, ηλίθιοι", "ακόμα δεν δουλεύει, βλάκες"],
    "it": ["quanto devo aspettare ancora, idioti", "ancora non va, cretini"],
}


def each(table):
    return pytest.mark.parametrize(
        ("language", "text"), [(one, text) for one in LANGUAGES for text in table[one]]
    )


def a_laptops(language, number=1042, **more):
    symptom, known = FINISHED[language][0], {"device": "laptop", "asset": "NB-1"}
    about = {"language": language, "category": "computer", "subject": symptom}
    return settled(number, answers={"symptom": symptom, **known}, **about, **more)


def a_printers(language, number=1043):
    symptom = OPEN[language][0]
    about = {"language": language, "category": "printer", "subject": symptom}
    answers = {"symptom": symptom, "asset": "INV-1", "started": "2026-11-22"}
    return settled(number, answers=answers, **about)


def whether_open_or_not(language):
    return a_laptops(language), replace(a_printers(language), asked=("location",))


def decided(text, *tickets):
    """A moment after something was said of the first of them."""
    last = an_entry(tickets[0], minutes_ago=0.1) if tickets else None
    return DIALOGUE.decide(a_situation(*tickets, last_entry=last), says(text), NOW)


@each(HOW_IT_GOES)
def test_who_asks_how_it_goes_hears_where_it_stands(language, text):
    ticket = a_laptops(language)
    for asked in ((), ("os", "started")):
        decision = decided(text, replace(a_laptops(language), asked=asked))
        assert templates(decision) == ["status"]
        assert decision.ticket.answers == ticket.answers


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_several_tickets_the_one_of_the_thing_is_told_and_without_a_thing_all(language):
    both = (a_printers(language), a_laptops(language))
    named, bare = {
        "uk": ("як там мій ноутбук?", "ну як там?"),
        "en": ("how is my laptop doing", "how is it going?"),
        "sk": ("ako to ide s notebookom", "ako to ide?"),
        "el": ("τι κάνει το λάπτοπ μου;", "πώς πάμε;"),
        "it": ("e il mio portatile?", "come procede?"),
    }[language]

    def told(text):
        (said,) = decided(text, *both).says
        return [line["number"] for line in said.values["tickets"]]

    assert told(named) == [1042]
    assert sorted(told(bare)) == [1042, 1043]


@each(HOW_IT_GOES)
def test_with_nothing_open_it_opens_nothing(language, text):
    assert decided(text).opens is None


@each(FOR_A_PERSON)
def test_a_question_for_a_person_is_passed_on_and_that_is_said(language, text):
    decision = decided(text, a_laptops(language))
    assert decision.opens is None
    assert templates(decision) in (["asked_on"], ["status"])  # which promises an answer, too


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_happens_to_ones_files_is_asked_of_a_person(language):
    assert templates(decided(FOR_A_PERSON[language][0], a_laptops(language))) == ["asked_on"]


@each(NEWS | {"en": [*NEWS["en"], "my boss is angry"]})
def test_news_and_anger_are_said_to_have_arrived(language, text):
    for ticket in whether_open_or_not(language):
        decision = decided(text, ticket)
        assert decision.opens is None
        assert templates(decision) in (["added"], ["asked_on"])  # what is asked in anger


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_burst_the_first_message_gets_the_word_for_all(language):
    ticket, (first, second, third, *_) = a_laptops(language), NEWS[language]
    heard = decided(first, ticket)
    assert templates(heard) == ["added"]
    last = an_entry(ticket, minutes_ago=0.5, facts={"told": heard.told_at.isoformat()})
    soon = DIALOGUE.decide(
        a_situation(ticket, last_entry=last),
        says(second, sent_at=NOW + timedelta(seconds=30)),
        NOW,
    )
    assert (soon.says, soon.told_at) == ((), heard.told_at)
    later = NOW + timedelta(seconds=61)
    after = DIALOGUE.decide(a_situation(ticket, last_entry=last), says(third, sent_at=later), NOW)
    assert templates(after) == ["added"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_burst_ends_once_something_else_was_said(language):
    ticket = a_laptops(language)
    answered = decided(HOW_IT_GOES[language][0], ticket)
    assert answered.told_at is None
    assert templates(decided(NEWS[language][0], ticket)) == ["added"]


@each(LATER)
def test_who_has_no_time_now_is_heard_and_opens_nothing(language, text):
    for ticket in whether_open_or_not(language):
        decision = decided(text, ticket)
        assert decision.opens is None
        assert templates(decision) == ["added"]
        assert decision.ticket.answers == ticket.answers


@each(WHO_WRITES)
def test_who_asks_for_the_bot_hears_what_it_is_and_opens_nothing(language, text):
    for tickets in ((), (a_laptops(language),), (a_ticket(language=language),)):
        decision = decided(text, *tickets)
        assert decision.opens is None
        assert templates(decision) == ["bot"]


@each(INSULTS)
def test_an_insult_beside_words_is_answered_calmly_and_flagged(language, text):
    decision = decided(text, a_laptops(language))
    assert decision.opens is None
    assert decision.flag == "abuse"
    assert templates(decision)[0] == "annoyed"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "цей дурний принтер знову жує папір"),
        ("en", "this stupid printer jams again"),
        ("sk", "táto hlúpa tlačiareň zasa žerie papier"),
        ("el", "αυτός ο χαζός εκτυπωτής πάλι μασάει χαρτί"),
        ("it", "questa stupida stampante si inceppa ancora"),
    ],
)
def test_oaths_at_a_machine_are_no_insult(language, text):
    assert decided(text, a_printers(language)).flag == ""


def every_aside(language):
    for table in (HOW_IT_GOES, FOR_A_PERSON, NEWS, LATER, WHO_WRITES, INSULTS):
        yield from table[language]


@pytest.mark.parametrize("opened", [FINISHED, OPEN], ids=["finished", "open"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_vanishes_and_nothing_becomes_a_second_ticket(language, opened):
    silent, filling = [], []
    for number, text in enumerate(every_aside(language)):
        desk = Desk()
        for key, words in enumerate(opened[language]):
            desk.receive(says(words), f"{number}-{key}")
        spoken, before = len(desk.rows.deliveries), desk.rows.tickets[1001].answers
        desk.receive(says(text), f"{number}-aside")
        if len(desk.rows.deliveries) == spoken:
            silent.append(text)
        if len(desk.rows.tickets) > 1 or before.items() - desk.rows.tickets[1001].answers.items():
            filling.append(text)
    assert (silent, filling) == ([], [])
