"""Whoever takes a ticket back is asked once; whoever wants something cancelled has a wish."""

from dataclasses import replace

import pytest

from intake.messages import MessageKind
from intake.tickets import Status
from tests.intake.cast import (
    DIALOGUE,
    NOW,
    a_situation,
    a_ticket,
    an_entry,
    each,
    says,
    settled,
    templates,
)

TAKEN_BACK = {
    "uk": (
        "скасуйте заявку", "відміна", "вже не треба", "прошу скасувати моє звернення",
        "не актуально", "вже не потрібно, дякую", "vidmina", "отмена", "передумав, не треба",
    ),
    "en": (
        "please cancel", "cancel my ticket", "no longer needed", "forget it", "cancel this",
        "I want to withdraw my request", "not needed anymore", "never mind",
        "can you cancel it please? I found another one", "sorry, please disregard my request",
        "hi, please could you cancel the request, colleague gave me a spare",
        "please close my ticket, I don't need it anymore",
    ),
    "sk": (
        "zrušte to", "už netreba", "prosím zrušte môj tiket", "zabudnite na to", "neaktuálne",
        "už to nepotrebujem", "stornujte prosím", "beriem to späť",
    ),
    "el": (
        "ακυρώστε το", "δεν χρειάζεται πια", "θέλω να ακυρώσω το αίτημα", "ξεχάστε το",
        "akyroste to parakalo", "άκυρο", "δεν το χρειάζομαι πλέον",
    ),
    "it": (
        "annullate la richiesta", "non serve più", "potete annullare il ticket?",
        "lasciate perdere", "come non detto", "ritiro la richiesta", "non mi serve più, grazie",
    ),
}  # fmt: skip
WISHED = {
    "uk": ("скасуйте мені доступ до vpn", "скасуйте ліцензію adobe", "закрийте мою пошту"),
    "en": (
        "please cancel my vpn access", "cancel the license", "drop my adobe license please",
        "cancel the meeting room screen doesn't work", "the cancel button in outlook is grey",
        "please delete my old mailbox",
    ),
    "sk": ("zrušte mi prístup do vpn", "zrušte licenciu na adobe", "zrušte moju schránku"),
    "el": ("ακυρώστε την πρόσβασή μου στο vpn", "ακυρώστε την άδεια του adobe"),
    "it": ("annullate il mio accesso vpn", "annullate la licenza di adobe"),
}  # fmt: skip
NEITHER = (
    "відмінно, дякую", "мою заявку скасували?", "не скасовуйте заявку",
    "please don't cancel my ticket",
    "the meeting was cancelled", "zrušili ste môj tiket?", "nezrušujte to", "μην το ακυρώσετε",
    "non annullate la richiesta", "avete annullato il ticket?", "can't close the window",
)  # fmt: skip
OVER = ("cancel it, it works now", "never mind, fixed it myself", "zrušte to, už som to vyriešil")


def decided(language, message, *tickets, **more):
    situation = a_situation(*tickets, **more)
    person = replace(situation.person, language=language)
    return DIALOGUE.decide(replace(situation, person=person), message, NOW)


def buttons(decision):
    return [option.data for say in decision.says for option in say.options]


def two():
    """The printer's, then one that is about e-mail."""
    return settled(), settled(1050, category="email", subject="Outlook", answers={})


def told(decision):
    return [(change.what, change.after) for change in decision.changes]


@pytest.mark.parametrize("ticket", [settled(), a_ticket()], ids=["settled", "asking"])
@pytest.mark.parametrize(("language", "text"), each(TAKEN_BACK))
def test_whoever_takes_a_ticket_back_is_asked_with_one_tap(language, text, ticket):
    decision = decided(language, says(text), ticket)
    assert templates(decision) == ["is_it_withdrawn"]
    assert buttons(decision) == ["withdraw|{ticket}"]
    assert decision.asks == "withdrawn"
    assert (decision.keeps_message, decision.changes) == (True, ())


@pytest.mark.parametrize(("language", "text"), each(WISHED))
def test_whoever_wants_something_else_cancelled_has_a_ticket_of_its_own(language, text):
    beside, alone = decided(language, says(text), settled()), decided(language, says(text))
    assert templates(beside) == ["apart"]
    assert beside.opens.category == alone.opens.category


@pytest.mark.parametrize("text", NEITHER)
def test_what_only_speaks_of_cancelling_takes_nothing_back(text):
    assert "is_it_withdrawn" not in templates(decided("en", says(text), settled()))


@pytest.mark.parametrize("text", OVER)
def test_what_works_is_solved_and_not_taken_back(text):
    assert templates(decided("en", says(text), settled())) == ["is_it_solved"]


@pytest.mark.parametrize("message", [
    says("yes"), says("yes, cancel it"), says("Yes, close it"),
    says(kind=MessageKind.TAP, tap="withdraw|1042", tap_id="1"),
])  # fmt: skip
def test_a_yes_closes_it_and_the_timeline_tells_who_wanted_that(message):
    ticket = a_ticket(language="en")
    asked = an_entry(ticket, minutes_ago=1, facts={"asks": "withdrawn"})
    decision = decided("en", message, ticket, last_entry=asked, named_ticket=ticket)
    assert told(decision) == [("withdrawn", ""), ("status", "closed")]
    assert decision.ticket.status is Status.CLOSED
    assert not decision.ticket.waits_for_agent
    assert templates(decision) == ["withdrawn"]


@pytest.mark.parametrize("text", ["no", "No, please keep it", "ні"])
def test_a_no_keeps_it_open(text):
    ticket = settled(language="en")
    asked = an_entry(ticket, minutes_ago=1, facts={"asks": "withdrawn"})
    decision = decided("en", says(text), ticket, last_entry=asked)
    assert decision.ticket.status.is_live
    assert decision.ticket.waits_for_agent


def test_works_now_after_the_question_is_solved_all_the_same():
    ticket = settled(language="en")
    asked = an_entry(ticket, minutes_ago=1, facts={"asks": "withdrawn"})
    decision = decided("en", says("it works now"), ticket, last_entry=asked)
    assert decision.ticket.status is Status.SOLVED


@pytest.mark.parametrize(("language", "text"), each(TAKEN_BACK))
def test_of_several_tickets_the_person_is_asked_which_one(language, text):
    decision = decided(language, says(text), *two())
    assert (templates(decision), decision.is_unsure) == (["unsure"], True)


def test_the_tap_that_says_which_one_is_followed_by_the_question():
    first, second = two()
    entry = an_entry(first, text="please cancel", facts={"unsure": "yes"})
    tap = says(kind=MessageKind.TAP, tap="move|1042|77|1050", tap_id="1")
    decision = decided("en", tap, first, second, named_ticket=first, known_entry=entry)
    assert (decision.ticket.id, decision.moves_entry) == (1050, 77)
    assert templates(decision) == ["is_it_withdrawn"]
    assert decision.asks == "withdrawn"


@pytest.mark.parametrize("text", [
    "cancel 1050", "#1050 please cancel", "cancel the outlook ticket", "скасуйте заявку 1050",
    "annullate la richiesta di outlook", "zrušte tiket 1050", "ακυρώστε το αίτημα 1050",
])  # fmt: skip
def test_the_one_that_is_named_is_asked_about(text):
    decision = decided("en", says(text), *two())
    assert (decision.ticket.id, templates(decision)) == (1050, ["is_it_withdrawn"])


def test_the_one_that_is_quoted_is_asked_about():
    first, second = two()
    decision = decided(
        "en", says("cancel this", quoted_id="9"), first, second, named_ticket=second
    )
    assert (decision.ticket.id, templates(decision)) == (1050, ["is_it_withdrawn"])


@pytest.mark.parametrize(("language", "text"), each(TAKEN_BACK))
def test_where_nothing_is_open_nothing_is_opened_by_it(language, text):
    assert decided(language, says(text)).opens is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "скасуйте принтер"), ("en", "cancel the printer one"),
        ("sk", "zrušte tú tlačiareň"), ("el", "ακυρώστε τον εκτυπωτή"),
        ("it", "annullate quello della stampante"),
    ],
)  # fmt: skip
def test_the_broken_thing_alone_says_which_ticket_is_taken_back(language, text):
    printer = settled(language=language)
    teams = settled(1043, language=language, category="software", answers={"symptom": "x"})
    decision = DIALOGUE.decide(a_situation(teams, printer), says(text), NOW)
    assert decision.ticket.id == printer.id
    assert [say.template for say in decision.says] == ["is_it_withdrawn"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "монітор вже працює"), ("en", "the monitor works now"),
        ("sk", "monitor už funguje"), ("el", "η οθόνη δουλεύει τώρα"),
        ("it", "il monitor adesso funziona"),
    ],
)  # fmt: skip
def test_that_another_thing_works_is_no_yes(language, text):
    printer = settled(language=language, subject="x", answers={"symptom": "x"})
    teams = settled(1043, language=language, category="software", answers={"symptom": "y"})
    asked = an_entry(printer, minutes_ago=1, facts={"asks": "withdrawn"})
    situation = a_situation(printer, teams, last_entry=asked)
    decision = DIALOGUE.decide(situation, says(text), NOW)
    assert ("status", "closed") not in told(decision)
    assert ("status", "solved") not in told(decision)
