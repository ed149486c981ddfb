"""A tap says where a message belongs: it takes along what it gave, and both tickets stay true."""

from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from hypothesis import given as drawn
from hypothesis import settings as chosen
from hypothesis import strategies as st

from intake.decisions import CardStep
from intake.messages import MessageKind
from intake.shares import Share
from intake.tickets import Status
from tests.intake.cast import (
    DIALOGUE,
    NOW,
    OLENA,
    a_situation,
    a_ticket,
    an_entry,
    says,
    settled,
)

LAPTOP = a_ticket(
    1043,
    category="computer",
    subject="ноутбук гальмує",
    answers={"symptom": "ноутбук гальмує"},
    asked=("asset", "os", "started", "tried", "urgency"),
)
PRINTER = a_ticket(1042, answers={"symptom": "не друкує"}, asked=("asset", "location", "started"))
WORDS = "на 5 поверсі, з ранку"


def given(before, **more):
    """An entry with these words, which were taken for `before`; the ticket as it then was."""
    filled = replace(before, preview=WORDS, **more)
    facts = {"gave": Share.of(before, filled).written()}
    return an_entry(filled, text=WORDS, facts=facts), filled


def move(source, target, *others, entry, **more):
    tap = says("", kind=MessageKind.TAP, tap=f"move|{source.id}|{entry.id}|{target}", tap_id="cb1")
    situation = a_situation(source, *others, named_ticket=source, known_entry=entry, **more)
    return DIALOGUE.decide(situation, tap, NOW)


def test_a_moved_message_takes_its_values_along_and_fills_the_other_ticket():
    entry, source = given(
        LAPTOP,
        answers={**LAPTOP.answers, "started": "2026-11-23"},
        asked=("asset", "os", "tried", "urgency"),
    )
    decision = move(source, 1042, PRINTER, entry=entry)
    assert decision.moves_entry == 77
    assert decision.ticket.id == 1042
    assert decision.ticket.answers["location"] == "5 поверсі"
    assert decision.ticket.answers["started"] == "2026-11-23"
    assert decision.ticket.asked == ("asset",)
    assert decision.card is CardStep.REFRESH
    left = decision.leaves
    assert left.ticket.answers == LAPTOP.answers
    assert left.ticket.asked == LAPTOP.asked
    assert left.ticket.preview == LAPTOP.preview
    assert [(c.what, c.before) for c in left.changes] == [("taken_along:started", "2026-11-23")]


def test_what_has_changed_since_stays_where_it_is():
    entry, source = given(LAPTOP, answers={**LAPTOP.answers, "started": "2026-11-23"})
    corrected = replace(source, answers={**LAPTOP.answers, "started": "2026-11-20"})
    left = move(corrected, 1042, PRINTER, entry=entry).leaves
    assert left.ticket.answers["started"] == "2026-11-20"
    assert not left.changes


def test_a_correction_that_moves_away_leaves_what_stood_before():
    known = replace(LAPTOP, answers={**LAPTOP.answers, "asset": "NB-0442"}, assumed={"asset"})
    entry, source = given(
        known, answers={**LAPTOP.answers, "asset": "NB-0443"}, assumed=frozenset()
    )
    left = move(source, 1042, PRINTER, entry=entry).leaves.ticket
    assert (left.answers["asset"], left.assumed) == ("NB-0442", {"asset"})


def test_a_message_moves_to_a_new_ticket_which_is_understood_and_gets_its_card():
    text = "принтер на 5 поверсі жує папір"
    entry = an_entry(LAPTOP, text=text)
    decision = move(LAPTOP, "new", entry=entry)
    assert decision.opens.category == "printer"
    assert decision.opens.answers["location"] == "5 поверсі"
    assert decision.opens.subject == text
    assert decision.card is CardStep.SHOW
    assert decision.leaves.ticket.asked == LAPTOP.asked
    assert not decision.keeps_message


def test_a_ticket_that_was_all_about_that_message_is_closed_when_it_goes():
    entry = an_entry(LAPTOP, text=WORDS)
    facts = {"gave": Share(answers=LAPTOP.answers).written()}
    entry = replace(entry, facts=facts)
    decision = move(LAPTOP, 1042, PRINTER, entry=entry, is_all_that_was_said=True)
    left = decision.leaves
    assert left.is_emptied
    assert (left.ticket.status, left.ticket.asked, left.ticket.answers) == (Status.CLOSED, (), {})
    assert [(c.what, c.before, c.after) for c in left.changes] == [
        ("status", "new", "closed"),
        ("taken_along:symptom", "ноутбук гальмує", ""),
    ]


def test_what_has_a_ticket_of_its_own_already_gets_no_other():
    decision = move(LAPTOP, "new", entry=an_entry(LAPTOP), is_all_that_was_said=True)
    assert decision.opens is None
    assert decision.tap_answer.template == "done_already"


def test_a_guess_fills_its_ticket_once_the_tap_says_that_it_is_right():
    entry = an_entry(PRINTER, text=WORDS, facts={"unsure": "yes", "gave": Share().written()})
    decision = move(PRINTER, 1042, LAPTOP, entry=entry)
    assert decision.ticket.answers["location"] == "5 поверсі"
    assert decision.leaves is None
    assert not decision.is_unsure
    again = replace(entry, facts={"gave": decision.gave})
    repeated = move(decision.ticket, 1042, LAPTOP, entry=again)
    assert (repeated.ticket, repeated.tap_answer.template) == (None, "done_already")
    elsewhere = move(decision.ticket, 1043, LAPTOP, entry=again)
    assert elsewhere.leaves.ticket.answers == PRINTER.answers


def test_a_ticket_that_waited_for_its_person_waits_again_when_the_message_was_for_another():
    waiting = settled(1043, status=Status.PENDING, waits_for_agent=False)
    entry, source = given(waiting, status=Status.OPEN, waits_for_agent=True)
    left = move(source, 1042, PRINTER, entry=entry).leaves
    assert (left.ticket.status, left.ticket.waits_for_agent) == (Status.PENDING, False)
    assert [(c.what, c.after) for c in left.changes] == [("status", "pending")]


def test_once_an_agent_has_answered_a_complete_ticket_asks_no_more_when_it_loses_a_value():
    done = settled(1043, answers={"symptom": "не друкує"}, first_response_at=NOW)
    entry, source = given(done, answers={"symptom": "не друкує", "location": "5 поверсі"})
    left = move(source, 1042, PRINTER, entry=entry).leaves.ticket
    assert "location" not in left.answers
    assert (left.asked, left.is_complete) == ((), False)


def test_a_solved_ticket_gives_back_what_was_never_about_it():
    entry = an_entry(LAPTOP, text="принтер жує папір")
    solved = replace(LAPTOP, status=Status.SOLVED, asked=())
    decision = move(solved, "new", entry=entry)
    assert decision.opens.category == "printer"
    assert decision.leaves.ticket.asked == ()
    waiting = replace(solved, asked=LAPTOP.asked)
    assert move(waiting, "new", entry=entry).leaves.is_card_stale


def test_a_message_that_was_moved_already_stays_where_it_is():
    elsewhere = replace(an_entry(LAPTOP), ticket_id=1042)
    decision = move(LAPTOP, "new", entry=elsewhere)
    assert decision.opens is None
    assert decision.tap_answer.template == "done_already"


@pytest.mark.parametrize("target", ["1001", "", "x", "1043"])
def test_a_message_moves_to_no_ticket_that_is_not_open_and_theirs(target):
    decision = move(LAPTOP, target, entry=an_entry(LAPTOP), person=OLENA)
    assert decision.moves_entry is None
    assert decision.tap_answer.template == "done_already"


def test_at_nine_is_nine_where_the_desk_is():
    tap = says("", kind=MessageKind.TAP, tap="move|1043|77|1042", tap_id="cb")
    sent = tap.sent_at.astimezone(timezone(timedelta(hours=2)))
    entry = an_entry(LAPTOP, text="сьогодні о 9:30")
    situation = a_situation(LAPTOP, PRINTER, named_ticket=LAPTOP, known_entry=entry)
    decision = DIALOGUE.decide(situation, replace(tap, sent_at=sent), NOW)
    assert decision.ticket.answers["started"].endswith("T09:30:00+02:00")


NAMES = ("symptom", "asset", "os", "started", "tried", "urgency")
VALUES = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(("a", "b", "c")))
SHARES = st.builds(
    Share,
    answers=VALUES,
    before=VALUES,
    declined=st.lists(st.sampled_from(NAMES), unique=True).map(tuple),
    allowed=st.lists(st.sampled_from(NAMES), unique=True).map(tuple),
    assumed=VALUES,
    category=st.sampled_from(("", "computer")),
)


@chosen(max_examples=300, derandomize=True, database=None)
@drawn(
    share=SHARES,
    answers=VALUES,
    declined=st.frozensets(st.sampled_from(NAMES)),
    is_all=st.booleans(),
    target=st.sampled_from(("new", "1042")),
)
def test_no_value_of_the_ticket_that_is_left_changes_silently(
    share, answers, declined, is_all, target
):
    source = replace(LAPTOP, answers=answers, declined=declined - answers.keys())
    entry = an_entry(
        source, text="принтер на 5 поверсі не друкує", facts={"gave": share.written()}
    )
    left = move(source, target, PRINTER, entry=entry, is_all_that_was_said=is_all).leaves
    if left is None:
        return
    told = {change.what.partition(":")[2]: change for change in left.changes}
    for name in NAMES:
        before, after = answers.get(name, ""), left.ticket.answers.get(name, "")
        if before != after:
            assert (told[name].before, told[name].after) == (before, after)


def test_what_comes_home_to_a_closed_ticket_brings_its_values_as_changes():
    share = Share(answers=LAPTOP.answers).written()
    home = replace(LAPTOP, status=Status.CLOSED, answers={}, asked=())
    entry = an_entry(PRINTER, text=WORDS, facts={"home": "1043", "had": share})
    decision = move(PRINTER, 1043, entry=entry, destination=home)
    assert decision.ticket.answers == LAPTOP.answers
    assert ("answer:symptom", "ноутбук гальмує") in [(c.what, c.after) for c in decision.changes]
