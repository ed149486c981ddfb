"""A bare yes to “Can you work?” is shown as that, and as nothing more."""

from dataclasses import replace

import pytest

from intake.replies.answers import read_answers
from tests.intake.cast import CATALOGUE, DIALOGUE, NOW, a_situation, a_ticket, each, says
from tests.intake.desk import READER


@pytest.mark.parametrize(
    ("language", "yes", "shown"),
    [
        ("uk", "так", "Можу працювати"),
        ("en", "yes", "Can work"),
        ("sk", "áno", "Môžem pracovať"),
        ("el", "ναι", "Μπορώ να δουλέψω"),
        ("it", "sì", "Posso lavorare"),
    ],
)
def test_yes_to_can_you_work_says_that_one_can(language, yes, shown):
    answers = {"symptom": "slow"}
    ticket = a_ticket(language=language, category="computer", answers=answers, asked=("urgency",))
    for words in (yes, shown):
        filled = DIALOGUE.decide(a_situation(ticket), says(words), NOW).ticket
        assert CATALOGUE.show("urgency", filled.answers["urgency"], language) == shown


MERELY = {
    "uk": ("можу працювати", "так, працювати можна", "поки працюю", "ні, можу працювати"),
    "en": ("I can work", "yes, I can still work", "I'm able to work", "no, I can work"),
    "sk": ("môžem pracovať", "áno, dá sa robiť", "pracovať sa dá", "nie, môžem pracovať"),
    "el": ("μπορώ να δουλέψω", "ναι, μπορώ και δουλεύω", "δουλεύω", "όχι, μπορώ να δουλέψω"),
    "it": ("posso lavorare", "sì, riesco a lavorare", "lavorare posso", "no, posso lavorare"),
}
SLOWED = {
    "uk": ("можу працювати, але повільно", "працювати можна, та з горем пополам"),
    "en": ("I can work, just slowly", "annoying but can work"),
    "sk": ("dá sa robiť, len pomaly", "môžem pracovať, ale brzdí ma to"),
    "el": ("μπορώ να δουλέψω, απλά αργά", "δουλεύω αλλά με δυσκολία"),
    "it": ("posso lavorare, ma a rilento", "riesco a lavorare a fatica"),
}
STOPPED = {
    "uk": "ніхто не може працювати",
    "en": "nobody can work",
    "sk": "nedá sa pracovať",
    "el": "δεν μπορώ να δουλέψω",
    "it": "così non si riesce a lavorare",
}
BEFORE = {
    "uk": "ноутбук гальмує. {}",
    "en": "my laptop is slow. {}",
    "sk": "notebook seká. {}",
    "el": "το λάπτοπ σέρνεται. {}",
    "it": "il portatile è lento. {}",
}


def told(language, words):
    """To the question alone, beside other answers, and unasked in a first message."""
    ticket = a_ticket(language=language, category="computer", answers={"symptom": "slow"})
    for asked, text in ((("urgency",), words), (("asset", "urgency"), f"NB-7, {words}")):
        asking = replace(ticket, asked=asked)
        yield DIALOGUE.decide(a_situation(asking), says(text), NOW).ticket.answers.get("urgency")
    yield READER.understand(
        BEFORE[language].format(words), hint_language=language, now=NOW
    ).answers.get("urgency")


@pytest.mark.parametrize(("language", "words"), each(MERELY))
def test_who_says_no_more_than_that_they_can_work_means_the_button_of_these_words(language, words):
    assert set(told(language, words)) == {"minor"}


@pytest.mark.parametrize(("language", "words"), each(SLOWED))
def test_who_says_how_hard_it_goes_is_slowed_down(language, words):
    assert set(told(language, words)) == {"degraded"}


@pytest.mark.parametrize("language", STOPPED)
def test_who_says_that_nobody_can_is_stopped(language):
    assert set(told(language, STOPPED[language])) == {"blocked"}


def test_what_can_not_be_found_is_no_work_that_can_not_be_done():
    ticket = a_ticket(language="el", category="computer", asked=("asset", "urgency"))
    for stop in (".", ","):
        text = f"δεν μπορώ να το βρω{stop} μπορώ να δουλέψω"
        assert (
            DIALOGUE.decide(a_situation(ticket), says(text), NOW).ticket.answers["urgency"]
            == "minor"
        )


NO = {"uk": "ні", "en": "no", "sk": "nie", "el": "όχι", "it": "no"}
YES = {"uk": "так", "en": "yes", "sk": "áno", "el": "ναι", "it": "sì"}


@pytest.mark.parametrize("language", NO)
def test_in_its_place_in_a_list_a_no_says_what_was_tried(language):
    found = read_answers(
        f"NB-7, win 11, {NO[language]}, {YES[language]}",
        asked=("asset", "os", "tried", "urgency"),
        category="computer",
        language=language,
        now=NOW,
        reader=READER,
    )
    assert (found.filled["tried"], found.filled["urgency"]) == (NO[language], "minor")
