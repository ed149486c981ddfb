"""What ails another machine is no answer, even where a card asks for the place that it names."""

import pytest

from intake.tickets import Ask, Status
from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, says

SCANNER = {
    "uk": "сканер заїдає",
    "en": "the scanner jams",
    "sk": "skener sa zasekáva",
    "el": "ο σαρωτής κολλάει",
    "it": "lo scanner si inceppa",
}
OF_ANOTHER = [
    ("uk", "Принтер на рецепції друкує все рожевим"),
    ("uk", "принтер етикеток на складі друкує порожні етикетки"),
    ("en", "The badge printer at reception prints everything pink"),
    ("en", "The label printer in the warehouse prints blank labels since today"),
    ("sk", "Tlačiareň etikiet v sklade tlačí prázdne štítky"),
    ("el", "Ο εκτυπωτής ετικετών στην αποθήκη βγάζει κενές ετικέτες"),
    ("it", "La stampante di etichette in magazzino stampa etichette vuote"),
]
OF_ITS_OWN = [
    ("uk", "на рецепції"),
    ("uk", "сканер на рецепції, весь час заїдає"),
    ("uk", "принтер друкує нормально, 2 поверх"),
    ("en", "it stands at reception"),
    ("en", "in the warehouse, next to the label printer"),
    ("en", "the mail room, it prints blank pages"),
    ("en", "the printer in the warehouse jams when I scan"),
    ("en", "the printer is on the 2nd floor, room 12"),
    ("en", "the printer prints fine, the scanner is in room 4"),
    ("sk", "v sklade pri tlačiarni"),
    ("el", "στην αποθήκη"),
    ("it", "in magazzino, accanto alla stampante"),
]


def scanner(language, **more):
    symptom = SCANNER[language]
    answers = {"symptom": symptom, "location": "mail room"}
    return a_ticket(subject=symptom, language=language, **{"answers": answers, **more})


def asked_by_an_agent(language):
    """Where it stands, which was known before."""
    return scanner(
        language,
        asked=("location",),
        ask=Ask(agent="Marek"),
        status=Status.PENDING,
        is_complete=True,
        first_response_at=NOW,
    )


def asked_by_the_bot(language):
    known = {"symptom": SCANNER[language], "asset": "INV-77"}
    return scanner(language, answers=known, asked=("location", "started"))


def decided(ticket, text):
    return DIALOGUE.decide(a_situation(ticket), says(text), NOW)


@pytest.mark.parametrize("asked", [asked_by_an_agent, asked_by_the_bot])
@pytest.mark.parametrize(("language", "text"), OF_ANOTHER)
def test_the_trouble_of_another_machine_changes_nothing_until_it_is_said_where_it_belongs(
    language, text, asked
):
    ticket = asked(language)
    decision = decided(ticket, text)
    assert (decision.is_unsure, decision.besides) == (True, text)
    assert decision.ticket.answers == ticket.answers
    (question,) = decision.says
    ends = [option.data.rpartition("|")[2] for option in question.options]
    assert (question.template, ends) == ("unsure", ["1042", "new"])


@pytest.mark.parametrize("asked", [asked_by_an_agent, asked_by_the_bot])
@pytest.mark.parametrize(("language", "text"), OF_ITS_OWN)
def test_where_the_ticket_s_own_machine_stands_is_an_answer(language, text, asked):
    assert not decided(asked(language), text).is_unsure


def test_what_it_stands_beside_is_no_other_machine():
    decision = decided(asked_by_the_bot("el"), "στην αποθήκη, δίπλα στον εκτυπωτή")
    assert "location" in decision.ticket.answers


def test_the_machine_that_a_part_belongs_to_is_no_other_one():
    known = {"symptom": "my monitor stays black"}
    ticket = a_ticket(category="computer", answers=known, asked=("location",), language="en")
    assert not decided(ticket, "the laptop in room 12 doesn't find it").is_unsure


WIFI = {
    "uk": ("вайфай не працює", "VPN з дому не підключається з учора, тільки в мене"),
    "en": ("wifi is down", "VPN from home doesn't connect since yesterday, just me"),
    "sk": ("wifi nejde", "VPN z domu sa nepripája od včera, len mne"),
    "el": ("το wifi έπεσε", "το VPN από το σπίτι δεν συνδέεται από χθες, μόνο σε μένα"),
    "it": ("il wifi non va", "la VPN da casa non si connette da ieri, solo a me"),
}


@pytest.mark.parametrize("language", WIFI)
def test_what_ails_another_way_to_connect_is_asked_about(language):
    symptom, words = WIFI[language]
    answers = {"symptom": symptom, "connection": "wifi"}
    asked = ("location", "started", "scope", "urgency")
    more = {"answers": answers, "asked": asked, "category": "network"}
    ticket = a_ticket(subject=symptom, language=language, **more)
    decision = DIALOGUE.decide(a_situation(ticket), says(words), NOW)
    assert decision.ticket is None or decision.ticket.answers == answers
    assert {say.template for say in decision.says} & {"unsure", "apart"}


def test_the_same_way_to_connect_goes_on_with_its_ticket():
    answers = {"symptom": "VPN drops", "connection": "vpn"}
    more = {"answers": answers, "asked": ("location", "started"), "category": "network"}
    ticket = a_ticket(subject="VPN drops", language="en", **more)
    words = "VPN doesn't connect since yesterday"
    decision = DIALOGUE.decide(a_situation(ticket), says(words), NOW)
    assert decision.ticket.answers["started"] == "2026-11-22"
