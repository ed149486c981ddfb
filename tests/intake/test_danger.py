"""Who writes of fire or smoke gets a word back at once, and the agent sees it."""

import pytest

from intake.messages import AutomaticKind
from intake.people import LANGUAGES
from intake.tickets import Priority
from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, says, settled
from tests.intake.desk import WORDING

KNOWN = {"symptom": "x", "asset": "1", "location": "3", "started": "2026-11-11"}
ALARMS = [
    ("uk", "горить! дим іде!"), ("uk", "звідти йде дим"), ("uk", "іскрить"), ("uk", "пожежа"),
    ("en", "it's on fire!"), ("en", "smoke is coming out"), ("en", "it smells of burning"),
    ("sk", "horí! ide z toho dym!"), ("sk", "iskrí to"),
    ("el", "καίγεται! βγάζει καπνό!"), ("el", "βγάζει σπίθες"),
    ("it", "va a fuoco! esce fumo!"), ("it", "fa scintille"),
]  # fmt: skip
BATTERIES = [
    ("uk", "батарея в ноуті здулася"), ("uk", "роздувся акумулятор, кришка не закривається"),
    ("en", "the battery of my laptop is swollen"), ("en", "battery bulging, case is opening"),
    ("sk", "v notebooku sa mi nafúkla batéria"), ("el", "φούσκωσε η μπαταρία του λάπτοπ"),
    ("it", "la batteria del portatile si è gonfiata"),
]  # fmt: skip


def heard(ticket, words, **more):
    return DIALOGUE.decide(a_situation(ticket), says(words, **more), NOW)


@pytest.mark.parametrize(("language", "words"), ALARMS)
def test_an_alarm_is_answered_and_marked(language, words):
    for ticket in (
        settled(answers=KNOWN, language=language),
        a_ticket(language=language, asked=("asset", "started"), answers={"symptom": "x"}),
    ):
        decision = heard(ticket, words)
        assert [say.template for say in decision.says] == ["danger"]
        assert decision.flag == "danger"
        assert decision.keeps_message


@pytest.mark.parametrize(("language", "words"), [*ALARMS, *BATTERIES])
def test_a_danger_comes_first_and_the_timeline_says_so(language, words):
    change = ("priority", "medium", "critical")
    opened = DIALOGUE.decide(a_situation(), says(words), NOW)
    assert opened.opens.priority is Priority.CRITICAL
    told = heard(settled(answers=KNOWN, language=language, category="computer"), words)
    assert told.ticket.priority is Priority.CRITICAL
    for decision in (opened, told):
        assert change in [(one.what, one.before, one.after) for one in decision.changes]


def test_what_an_agent_has_said_of_its_turn_since_holds():
    ticket = settled(answers=KNOWN, flag="danger", priority=Priority.LOW)
    decision = heard(ticket, "іскрить")
    assert (decision.ticket.priority, decision.changes) == (Priority.LOW, ())


@pytest.mark.parametrize(("language", "words"), [*ALARMS, *BATTERIES])
def test_also_where_it_is_the_first_that_is_said(language, words):
    decision = DIALOGUE.decide(a_situation(), says(words), NOW)
    assert decision.opens is not None
    assert (decision.says[0].template, decision.flag) == ("danger", "danger")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "на принтері горить червона лампочка"),
        ("uk", "дуже терміново, все горить по термінах"),
        ("en", "firefox does not open"),
        ("en", "the printer by the fire door jams"),
        ("en", "the firewall blocks me"),
        ("en", "the smoke detector app does not open"),
        ("sk", "na tlačiarni svieti červená kontrolka"),
        ("el", "ανάβει κόκκινο λαμπάκι"),
        ("it", "si accende una luce rossa"),
        ("en", "the battery is not swollen, it only runs down fast"),
        ("en", "my ankle is swollen, I work from home"),
    ],
)
def test_lamps_doors_and_programs_are_no_danger(language, words):
    decision = heard(settled(answers=KNOWN, language=language), words)
    assert decision.flag != "danger"
    assert "danger" not in [say.template for say in decision.says]


def test_nobody_stands_beside_what_a_machine_writes():
    decision = heard(settled(answers=KNOWN), "smoke coming out", automatic=AutomaticKind.REPLY)
    assert "danger" not in [say.template for say in decision.says]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_warning_names_the_number_to_call(language):
    assert "112" in WORDING.say("danger", language, {})
