"""Who names what is over is heard there: a solved one is open again, a closed one is followed."""

import pytest

from intake.matching import Certainty, place
from intake.tickets import Status
from tests.intake.cast import DIALOGUE, NOW, a_situation, a_ticket, says, settled

SCANNER = settled(1016, subject="scanner jams", language="en", answers={"symptom": "jams"})
ASKING = a_ticket(1017, category="email", subject="Outlook", answers={}, asked=("error",))
STILL = (
    "#1010 is still broken",
    "1010: ще гріється",
    "k tiketu 1010: stále nejde",
    "το #1010 δεν δουλεύει ακόμα",
    "#1010 non funziona ancora",
    "il ticket 1010 è ancora rotto",
    "my ticket 1010 is still broken",
    "заявка 1010 все ще зламана",
)


def laptop(status):
    return settled(
        1010,
        status=status,
        category="computer",
        subject="my laptop is dead",
        answers={"symptom": "laptop is dead"},
        language="en",
    )


def decided(text, *live, **pointed):
    return DIALOGUE.decide(a_situation(*live, **pointed), says(text), NOW)


@pytest.mark.parametrize("text", STILL)
@pytest.mark.parametrize("live", [(), (SCANNER,), (SCANNER, ASKING)])
def test_a_solved_ticket_that_is_named_by_its_number_is_open_again(text, live):
    decision = decided(text, *live, told_tickets=(laptop(Status.SOLVED),))
    assert (decision.opens, decision.ticket.id) == (None, 1010)
    assert decision.ticket.status is Status.OPEN


@pytest.mark.parametrize("text", STILL)
@pytest.mark.parametrize("live", [(), (SCANNER,), (SCANNER, ASKING)])
@pytest.mark.parametrize("solved", [(), (settled(1009, status=Status.SOLVED),)])
def test_a_closed_one_is_followed_by_a_new_one_about_the_same(text, live, solved):
    named = {"told_tickets": (laptop(Status.CLOSED),), "solved_tickets": solved}
    decision = decided(text, *live, **named)
    assert decision.opens.category == "computer"
    assert ("follows", "1010") in [(change.what, change.after) for change in decision.changes]
    (*_, beside) = decision.says or (None,)
    assert (beside is not None and beside.template == "apart") == bool(live)


@pytest.mark.parametrize(
    "text",
    [
        "what is the status of ticket 1010?", "як там заявка 1010?",
        "v akom stave je tiket 1010?", "σε ποια κατάσταση είναι το 1010;",
        "a che punto è il ticket 1010?",
    ],
)  # fmt: skip
def test_who_asks_how_a_solved_one_stands_opens_nothing(text):
    decision = decided(text, SCANNER, told_tickets=(laptop(Status.SOLVED),))
    assert decision.opens is None
    assert decision.ticket is None or decision.ticket.status is not Status.OPEN


def test_its_number_is_no_trouble():
    decision = decided("#1010 is still broken", told_tickets=(laptop(Status.CLOSED),))
    assert decision.opens.answers == {"symptom": "laptop is dead"}


def test_a_closed_one_that_is_quoted_is_followed_beside_others_that_are_open():
    decision = decided("still dead!!", SCANNER, ASKING, named_ticket=laptop(Status.CLOSED))
    assert decision.opens.category == "computer"
    assert ("follows", "1010") in [(change.what, change.after) for change in decision.changes]


def test_thanks_for_a_closed_one_open_nothing():
    decision = decided("thanks!", SCANNER, named_ticket=laptop(Status.CLOSED))
    assert (decision.opens, decision.ticket) == (None, None)


def test_an_open_one_of_another_chat_is_heard_there_by_its_number():
    decision = decided("#1010 is still broken", SCANNER, told_tickets=(laptop(Status.OPEN),))
    assert decision.ticket.id == 1010


def test_a_number_among_other_words_names_nothing():
    situation = a_situation(SCANNER, told_tickets=(laptop(Status.SOLVED),))
    found = place(situation, says("the scanner in room 1010 jams"), is_threaded=False)
    assert (found.ticket.id, found.certainty) == (1016, Certainty.ONLY)
