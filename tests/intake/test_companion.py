"""Where tickets are shown to agents, when, and in what words: the pure parts."""

from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from intake.companion.placing import Groups, missing_places, next_summary, urgency_of
from intake.companion.showings import URGENT, USUAL, AgentChat, Showing
from intake.companion.telling import FILE_PATIENCE, LONGEST, Telling
from intake.people import Agent
from intake.sla import WorkingHours
from intake.tickets import (
    Author,
    Change,
    Entry,
    EntryKind,
    FileState,
    Priority,
    Status,
    StoredFile,
)
from intake.wording import Wording
from tests.intake.cast import a_ticket

KYIV = ZoneInfo("Europe/Kyiv")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MAREK = Agent(id=1, login="marek", name="Marek Novák")
SOFIA = Agent(id=2, login="sofia", name="Sofia Rossi")
HOURS = WorkingHours(zone=KYIV)
GROUPS = Groups(by_queue={"printer": "-1", "*": "-2"})


def chat_of(agent, **more):
    return AgentChat(id=agent.id, account="900", user_id=500 + agent.id, agent=agent, **more)


CHATS = [chat_of(MAREK), chat_of(SOFIA)]


def shown_in(chat, agent_id=None):
    return Showing(id=1, ticket_id=1001, account="900", chat=chat, agent_id=agent_id)


@pytest.mark.parametrize(
    ("category", "chat"), [("printer", "-1"), ("computer", "-2"), (None, "-2")]
)
def test_each_queue_has_its_group_and_all_others_share_one(category, chat):
    ticket = a_ticket(category=category)
    assert missing_places(ticket, (), CHATS, GROUPS) == ((chat, None),)


def test_a_ticket_stays_in_the_group_where_it_began():
    ticket = a_ticket(category="computer")
    assert missing_places(ticket, [shown_in("-1")], CHATS, GROUPS) == ()


def test_a_group_that_has_moved_is_found_however_often():
    groups = replace(GROUPS, moved={"-1": "-11", "-11": "-111"})
    assert missing_places(a_ticket(category="printer"), (), CHATS, groups) == (("-111", None),)


def test_without_groups_what_is_nobodys_comes_to_all_who_are_on_duty():
    chats = [CHATS[0], chat_of(SOFIA, is_on_duty=False)]
    assert missing_places(a_ticket(), (), chats, Groups()) == [("501", 1)]


def test_without_groups_what_is_somebodys_comes_to_them_alone():
    ticket = a_ticket(assignee_id=SOFIA.id)
    assert missing_places(ticket, (), CHATS, Groups()) == [("502", 2)]
    assert missing_places(ticket, [shown_in("502", 2)], CHATS, Groups()) == []


def test_what_is_done_comes_nowhere_anew():
    assert missing_places(a_ticket(status=Status.SOLVED), (), CHATS, GROUPS) == ()


def test_danger_and_high_priority_go_first_while_they_last():
    assert urgency_of(a_ticket(flag="danger")) == URGENT
    assert urgency_of(a_ticket(priority=Priority.HIGH)) == URGENT
    assert urgency_of(a_ticket(priority=Priority.HIGH, status=Status.SOLVED)) == USUAL
    assert urgency_of(a_ticket()) == USUAL


@pytest.mark.parametrize(
    ("hour", "is_quiet"), [(19, False), (20, True), (23, True), (3, True), (7, False)]
)
def test_quiet_hours_go_past_midnight(hour, is_quiet):
    chat = chat_of(MAREK, quiet_from=time(20), quiet_until=time(7))
    assert chat.is_quiet(datetime(2026, 11, 23, hour, 0, tzinfo=UTC), UTC) is is_quiet


def test_a_summary_comes_when_the_next_working_day_begins():
    friday = datetime(2026, 11, 27, 14, 0, tzinfo=UTC)
    monday = datetime(2026, 11, 30, 8, 0, tzinfo=KYIV)
    marek = chat_of(MAREK)
    assert next_summary(friday, HOURS, marek) == monday
    early = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
    assert next_summary(early, HOURS, marek) == monday


@pytest.mark.parametrize(
    ("rests_from", "until", "told_at"),
    [
        (22, time(9, 30), datetime(2026, 11, 30, 9, 30, tzinfo=KYIV)),
        (20, time(7), datetime(2026, 11, 30, 8, tzinfo=KYIV)),
        (7, time(19), datetime(2026, 11, 27, 19, tzinfo=KYIV)),  # who works at night
    ],
)
def test_whoever_rests_in_the_morning_has_their_summary_later(rests_from, until, told_at):
    friday = datetime(2026, 11, 27, 14, 0, tzinfo=UTC)
    chat = chat_of(MAREK, quiet_from=time(rests_from), quiet_until=until)
    assert next_summary(friday, HOURS, chat) == told_at


# what is told


def said(entry_id, text="", author=Author.REQUESTER, name="Olena", **more):
    return Entry(
        **{
            "id": entry_id,
            "ticket_id": 1001,
            "kind": EntryKind.MESSAGE,
            "author": author,
            "author_name": name,
            "at": NOW,
            "text": text,
            **more,
        }
    )


def told(*entries, chat="-1", at=NOW):
    pairs = [one if isinstance(one, tuple) else (one, "") for one in entries]
    return Telling(wording=Wording(UTC)).tell(pairs, chat, "en", at)


def test_one_message_bears_its_writer_and_several_go_together():
    one = told(said(5, "hello")).body
    assert (one.signature, one.text) == ("Olena", "hello")
    both = told(said(5, "hello"), said(6, "I come", Author.AGENT, "Sofia")).body
    assert both.text == "Olena:\nhello\n\nSofia answered:\nI come"


def test_what_was_written_in_the_chat_and_the_desks_own_words_are_no_news():
    own = (said(5, "I come", Author.AGENT, "Marek"), "-1")
    nothing = told(own, said(6, "added", Author.BOT, "desk"))
    assert (nothing.body, nothing.entry_id, nothing.is_all) == (None, 6, True)


def test_a_correction_shows_the_new_words():
    change = Change(what="edited", before="helo", after="hello")
    body = told(said(5, kind=EntryKind.CHANGE, change=change)).body
    assert (body.signature, body.text) == ("Olena has corrected it", "hello")


def test_words_wait_for_their_file_but_not_for_ever():
    waiting = StoredFile(
        id=9, name="a.png", media_type="image/png", size=1, state=FileState.WAITING
    )
    entry = said(5, "look", files=(waiting,))
    assert told(entry).body is None
    late = told(entry, at=NOW + FILE_PATIENCE).body
    assert late.text == "look\n(a file that could not be brought here: a.png)"
    stored = replace(waiting, state=FileState.STORED)
    assert told(said(5, "look", files=(stored,))).body.files == (9,)


def test_more_than_one_message_holds_comes_in_several_and_nothing_is_passed_over():
    entries = [said(number, "x" * 2000) for number in range(1, 5)]
    first = told(*entries)
    assert (first.entry_id, first.is_all) == (1, False)
    assert len(first.body.text) <= LONGEST


def test_an_endless_message_is_cut_and_says_so():
    body = told(said(5, "x" * 9000)).body
    assert body.text.endswith("… (the rest is in the inbox)")
    assert len(body.text) < 4000
