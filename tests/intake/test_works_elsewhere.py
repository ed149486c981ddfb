"""What works elsewhere is news of a ticket; what works anew asks whether it is over."""

import pytest

from tests.intake.cast import a_ticket, decided, each, settled, templates

ELSEWHERE = {
    "uk": (
        "принтер працює нормально", "у колеги все працює", "в інших працює", "інтернет працює",
        "у всіх крім мене працює", "на іншому компі працює", "на мобільному працює",
    ),
    "en": (
        "printer works fine", "colleague's laptop works fine", "on my phone it works",
        "it works for everyone else", "works fine for my colleague", "internet works fine",
        "it works fine in the browser", "the other printer works",
    ),
    "sk": (
        "tlačiareň funguje", "kolegovi to funguje", "na mobile to ide", "ostatným to funguje",
        "všetkým okrem mňa to ide", "internet ide normálne", "cez web to funguje",
    ),
    "el": (
        "ο εκτυπωτής δουλεύει μια χαρά", "στους άλλους δουλεύει", "στο κινητό δουλεύει",
        "το ίντερνετ δουλεύει", "στον υπολογιστή του συναδέλφου λειτουργεί",
    ),
    "it": (
        "la stampante funziona", "a tutti tranne me funziona", "ai colleghi funziona",
        "sul pc del collega funziona bene", "internet funziona", "dal cellulare funziona",
    ),
}  # fmt: skip
ANEW = {
    "uk": ("аутлук запрацював", "тепер у мене працює", "вже у всіх працює", "працює"),
    "en": ("it works now", "my laptop works fine now", "now it works on my laptop too"),
    "sk": ("outlook už ide", "už to ide všetkým", "už to funguje aj na mobile"),
    "el": ("τώρα δουλεύει και σε μένα", "δουλεύει πλέον σε όλους", "δουλεύει"),
    "it": ("adesso funziona anche a me", "ora va a tutti", "funziona"),
}


def mail(**more):
    told = {"category": "email", "subject": "Outlook", "answers": {}, **more}
    return settled(first_response_at=None, **told)


@pytest.mark.parametrize(("language", "text"), each(ELSEWHERE))
def test_what_works_elsewhere_is_kept_and_asks_nothing(language, text):
    decision = decided(language, text, mail())
    assert (decision.opens, decision.ticket.id, decision.keeps_message) == (None, 1042, True)
    assert "is_it_solved" not in templates(decision)


@pytest.mark.parametrize(("language", "text"), each(ANEW))
def test_what_works_anew_asks_whether_it_is_solved(language, text):
    assert templates(decided(language, text, mail())) == ["is_it_solved"]


@pytest.mark.parametrize("ticket", [a_ticket(), settled()], ids=["asking", "settled"])
def test_of_the_thing_that_a_ticket_is_about_it_is_no_news(ticket):
    assert templates(decided("en", "printer works fine", ticket)) == ["is_it_solved"]


def test_what_the_ticket_itself_speaks_of_is_not_elsewhere():
    ticket = mail(subject="no mail on my colleague's laptop")
    assert templates(decided("en", "colleague's laptop works fine", ticket)) == ["is_it_solved"]


def test_of_a_ticket_that_is_about_nobody_knows_what_anything_may_be_said():
    ticket = settled(category=None, subject="!", answers={})
    assert templates(decided("en", "printer works fine", ticket)) == ["is_it_solved"]
