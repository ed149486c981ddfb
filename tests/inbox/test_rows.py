"""Rows of lists are drawn once for what stands in them, and again as soon as any of it changes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from inbox.app import build_app
from inbox.rows import ROWS
from intake.lists import TicketLine
from tests.inbox.fakes import NOW

LINE = TicketLine(
    id=1042,
    subject="printer",
    requester="Olena",
    channel="telegram",
    status="new",
    priority="medium",
    category="printer",
    assignee="",
    preview="it is on strike",
    is_complete=False,
    awaits_answers=True,
    waits_for_agent=True,
    flag="",
    undelivered="",
    is_held=False,
    updated_at=NOW - timedelta(hours=2),
)
CHANGES = {
    "id": 1043,
    "subject": "<b>scanner</b>",
    "requester": "Ivan",
    "channel": "email",
    "status": "open",
    "priority": "critical",
    "category": "vpn",
    "assignee": "Marek",
    "preview": "it works again",
    "is_complete": True,
    "awaits_answers": False,
    "waits_for_agent": False,
    "flag": "abuse",
    "undelivered": "failed",
    "is_held": True,
    "updated_at": NOW - timedelta(hours=2, minutes=1),
}


@pytest.fixture
def rows(desk):
    return build_app(desk.services(), desk.passwords())[ROWS]


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_changes_in_a_row_is_shown(rows, name):
    before = rows["en"].draw([LINE], NOW)
    after = rows["en"].draw([replace(LINE, **{name: CHANGES[name]})], NOW)
    assert before != after
    assert "<b>" not in after


def test_harsh_words_are_marked_until_it_is_solved(rows):
    harsh = replace(LINE, flag="abuse")
    assert "Harsh words" in rows["en"].draw([harsh], NOW)
    assert "Harsh words" not in rows["en"].draw([LINE], NOW)
    assert "Harsh words" not in rows["en"].draw([replace(harsh, status="solved")], NOW)


def test_whose_card_is_held_is_marked_until_it_is_solved(rows):
    held = replace(LINE, is_held=True, flag="danger")
    assert "Not in the directory" in rows["en"].draw([held], NOW)
    assert "Not in the directory" not in rows["en"].draw([replace(held, status="solved")], NOW)


def test_danger_stands_before_all_else_until_it_is_solved(rows):
    danger = replace(LINE, flag="danger")
    drawn = rows["en"].draw([danger], NOW)
    assert 'data-row><span class="danger">Danger</span> <span class="number">' in drawn
    assert drawn.count("Danger") == 1
    assert "Danger" not in rows["en"].draw([LINE], NOW)
    assert "Danger" not in rows["en"].draw([replace(danger, status="solved")], NOW)
    held = rows["en"].draw([replace(danger, is_held=True)], NOW)
    assert held.index("Danger") < held.index("Not in the directory")


def test_a_wish_for_a_person_is_marked_until_one_has_answered(rows):
    asking = replace(LINE, flag="human", waits_for_agent=True)
    assert "Asks for a person" in rows["en"].draw([asking], NOW)
    answered = replace(asking, waits_for_agent=False)
    assert "Asks for a person" not in rows["en"].draw([answered], NOW)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("failed", "Not delivered"),
        ("gone", "Not delivered"),
        ("unknown", "Perhaps delivered"),
        ("file", "File not fetched"),
    ],
)
def test_what_did_not_arrive_is_marked_while_somebody_can_still_act(rows, state, words):
    lost = replace(LINE, undelivered=state)
    assert words in rows["en"].draw([lost], NOW)
    assert words not in rows["en"].draw([replace(lost, status="solved")], NOW)


def test_time_passes_in_a_row(rows):
    assert "2 hr" in rows["en"].draw([LINE], NOW)
    assert "3 hr" in rows["en"].draw([LINE], NOW + timedelta(hours=1))


def test_each_language_has_its_own_words(rows):
    drawn = {language: rows[language].draw([LINE], NOW) for language in rows}
    assert len(set(drawn.values())) == 5


def test_what_was_drawn_is_not_drawn_again(rows):
    first = rows["en"].draw([LINE, replace(LINE, id=1043)], NOW)
    again = [replace(LINE), replace(LINE, id=1043)]
    assert rows["en"].draw(again, NOW + timedelta(seconds=20)) == first
    assert rows["en"]._drawn.cache_info().misses == 2
