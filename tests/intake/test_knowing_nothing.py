"""A bare “I don't know” declines all that is asked, or the one question just explained."""

import pytest

from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, an_entry, each, says

COMPUTER = ("asset", "os", "started", "tried", "urgency")
NOTHING = {
    "uk": ["чесно не знаю", "не знаю, вибачте", "та звідки мені знати", "понятія не маю"],
    "en": ["well, I really don't know", "honestly no idea", "how should I know"],
    "sk": ["hm neviem", "uprimne neviem", "odkiaľ to mám vedieť"],
    "el": ["χμ δεν ξέρω", "ειλικρινά δεν ξέρω", "που να ξέρω"],
    "it": ["boh non lo so", "mah non so", "e che ne so"],
}
BACK = {
    "uk": ("де знайти номер?", "не знаю"),
    "en": ("which number do you mean?", "I don't know"),
    "sk": ("kde nájdem číslo?", "no neviem"),
    "el": ("πού βρίσκω τον αριθμό;", "δεν ξέρω"),
    "it": ("dove trovo il numero?", "boh non lo so"),
}


def a_card(language):
    return a_ticket(
        language=language, category="computer", answers={"symptom": "E5"}, asked=COMPUTER
    )


@pytest.mark.parametrize(("language", "words"), each(NOTHING))
def test_with_a_sigh_it_declines_all_the_same(language, words):
    decision = DIALOGUE.decide(a_situation(a_card(language)), says(words), NOW)
    assert decision.ticket.declined == set(COMPUTER)


@pytest.mark.parametrize("language", BACK)
def test_right_after_a_hint_it_declines_what_the_hint_was_of(language):
    asking, nothing = BACK[language]
    ticket = a_card(language)
    explained = DIALOGUE.decide(a_situation(ticket), says(asking), NOW)
    assert explained.explains == "asset"
    last = an_entry(ticket, facts={"explains": explained.explains}, text=asking)
    decision = DIALOGUE.decide(a_situation(ticket, last_entry=last), says(nothing), NOW)
    assert decision.ticket.declined == {"asset"}
    assert decision.ticket.asked == COMPUTER[1:]


def test_after_the_hints_of_all_it_is_about_all():
    ticket = a_card("en")
    explained = DIALOGUE.decide(a_situation(ticket), says("what do you mean?"), NOW)
    assert not explained.explains


UNSEEN = {
    "uk": ["не бачу я її. з понеділка", "нема там нічого, з понеділка"],
    "en": ["I can't see it. since monday", "there isn't one, since monday"],
    "sk": ["nevidím ju. od pondelka", "nie je tam, od pondelka"],
    "el": ["δεν το βλέπω. από Δευτέρα", "δεν υπάρχει, από Δευτέρα"],
    "it": ["non la vedo. da lunedì", "non c'è, da lunedì"],
}


@pytest.mark.parametrize(("language", "words"), each(UNSEEN))
def test_who_can_not_see_what_was_explained_declines_it_and_answers_on(language, words):
    ticket = a_ticket(
        language=language, category="computer", answers={}, asked=("symptom", *COMPUTER)
    )
    last = an_entry(ticket, facts={"explains": "asset"})
    told = DIALOGUE.decide(a_situation(ticket, last_entry=last), says(words), NOW).ticket
    assert told.declined == {"asset"}
    assert set(told.answers) == {"started"}
