"""Agents' groups: a topic for each ticket, shared by all."""

import pytest

from intake.companion.showings import WITHOUT
from intake.speech import UserGone
from intake.tickets import Status
from tests.desk.crew import GROUP, MAREK, SOFIA, STRANGER, a_crew

OTHER = "-100901"


@pytest.fixture
async def crew(store_url, tmp_path, clock):
    async with a_crew(store_url, tmp_path / "var", clock, f"printer={GROUP} *={OTHER}") as crew:
        yield crew


async def test_queues_have_groups_of_their_own(crew):
    await crew.write("The printer on floor 3 is broken", language="en")
    await crew.write("I can't log in to SAP, wrong password", person=2, language="en")
    assert crew.card(GROUP, 1001)
    assert crew.card(OTHER, 1002)
    assert [what for what, _ in crew.screens.topics[GROUP]] == ["made"]


async def test_a_topic_bears_the_ticket_and_follows_its_status(crew):
    marek = await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    await crew.desk.service.set_status(marek, 1001, Status.SOLVED)
    await crew.later(5)
    await crew.desk.service.set_status(marek, 1001, Status.OPEN)
    await crew.later(5)
    assert crew.screens.topics[GROUP] == [
        ("made", "#1001 · Printer · Olena"),
        ("close", "#1001 · Printer · Olena"),
        ("open", "#1001 · Printer · Olena"),
    ]


async def test_words_in_a_topic_go_to_the_requester_and_show_up_nowhere_else_there(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.hire("sofia", "Sofia Rossi", SOFIA)
    await crew.write("The printer on floor 3 is broken", language="en")
    seen = len(crew.seen(GROUP))
    await crew.said(MAREK, chat=GROUP, topic=1001, text="I am on my way")
    await crew.said(SOFIA, chat=GROUP, topic=1001, text="// she is in room 12")
    assert crew.phone.texts()[-1] == "I am on my way"
    assert len(crew.seen(GROUP)) == seen
    kinds = [entry.kind for entry in await crew.timeline(1001) if entry.kind != "change"]
    assert kinds[-2:] == ["message", "note"]


async def test_what_is_said_elsewhere_shows_up_in_the_topic(crew):
    marek = await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    await crew.desk.service.note(marek, 1001, "ask for the key", once="form-1")
    await crew.work()
    assert crew.seen(GROUP)[-1] == "Marek Novák, a note\nask for the key"


async def test_colleagues_may_talk_beside_tickets(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    said, seen = len(crew.phone.sent), len(crew.seen(GROUP))
    await crew.said(MAREK, chat=GROUP, text="lunch?")
    assert (len(crew.phone.sent), len(crew.seen(GROUP))) == (said, seen)


async def test_a_command_of_another_bot_is_left_to_it(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.said(MAREK, chat=GROUP, text="/unlink@another_bot")
    await crew.said(STRANGER, chat=GROUP, text="/mine@another_bot")
    assert crew.seen(GROUP) == []
    await crew.said(MAREK, text="/mine")
    assert crew.seen(MAREK)[-1] == "No ticket is yours just now."


async def test_in_a_topic_what_looks_like_a_command_is_not_dropped_in_silence(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    await crew.said(MAREK, chat=GROUP, text="/etc is full")
    said = len(crew.seen(GROUP))
    await crew.said(MAREK, chat=GROUP, topic=1001, text="/etc is full")
    assert crew.seen(GROUP)[said:] == ["That command is not known here. /help lists them."]


async def test_words_without_a_name_go_to_nobody_and_that_is_told(crew):
    await crew.write("The printer on floor 3 is broken", language="en")
    said = crew.phone.texts()
    hidden = {"from": {"id": 1087968824, "is_bot": True}, "sender_chat": {"id": int(GROUP)}}
    await crew.said(0, chat=GROUP, text="lunch?", **hidden)
    assert len(crew.seen(GROUP)) == 1
    await crew.said(0, chat=GROUP, topic=1001, text="I am on my way", **hidden)
    assert crew.seen(GROUP)[-1].startswith("Nobody can see who wrote this")
    assert crew.phone.texts() == said


async def test_in_a_group_without_topics_each_message_says_its_number(crew):
    async def make_none(delivery):
        place = await crew.places.of(GROUP, delivery.ticket_id)
        await crew.places.set_topic(place.showing_id, WITHOUT, place.name)

    crew.screens._make_topic = make_none
    await crew.write("The printer on floor 3 is broken", language="en")
    await crew.write("it stands by the window", language="en")
    assert crew.seen(GROUP)[-1] == "#1001 · Olena Kovalenko\nit stands by the window"


async def test_a_stranger_in_the_group_moves_nothing(crew):
    await crew.write("The printer on floor 3 is broken", language="en")
    said = len(crew.phone.sent)
    await crew.said(STRANGER, chat=GROUP, topic=1001, text="send me your password")
    words = await crew.taps(STRANGER, "Take", chat=GROUP, topic=1001)
    assert words.startswith("This bot is for the agents")
    [ticket] = await crew.tickets()
    assert (ticket.assignee_id, len(crew.phone.sent)) == (None, said)


async def test_a_group_that_moved_is_shown_everything_there(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    await crew.said(MAREK, chat=GROUP, migrate_to_chat_id=-100999)
    assert crew.card("-100999")
    await crew.write("it stands by the window", language="en")
    assert "by the window" in crew.seen("-100999")[-1]


async def test_a_group_says_its_number_for_the_settings(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.said(MAREK, chat=GROUP, text="/group@desk_agents_bot")
    assert GROUP in crew.seen(GROUP)[-1]


OUT = "Telegram lets me into the group “First line” no more."


async def test_while_a_group_lets_us_in_no_more_its_tickets_come_to_who_is_on_duty(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    await crew.stands(GROUP, "kicked")
    await crew.stands(GROUP, "kicked")
    assert sum(words.startswith(OUT) for words in crew.seen(MAREK)) == 1
    assert "Nobody has it" in crew.card(MAREK)
    await crew.write("The other printer is broken, too", person=2, language="en")
    assert crew.card(MAREK, 1002)
    assert [words[:5] for words in crew.seen(GROUP)] == ["#1001"]
    await crew.stands(GROUP, "administrator", can_manage_topics=True)
    await crew.write("The third printer is broken", person=3, language="en")
    assert [words[:5] for words in crew.seen(GROUP)] == ["#1001", "#1002", "#1003"]
    assert not any(words.startswith("#1003") for words in crew.seen(MAREK))


async def test_that_a_group_is_closed_is_seen_by_what_is_sent_there(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.places.leave(GROUP)
    assert not any("no more" in words for words in crew.seen(MAREK))  # it shows nothing yet
    await crew.write("The printer on floor 3 is broken", language="en")
    await crew.places.leave(GROUP)
    await crew.work()
    assert any(f"the group “{GROUP}” no more" in words for words in crew.seen(MAREK))
    assert crew.card(MAREK)


async def test_a_card_that_could_not_change_before_the_group_closed_is_right_once_it_opens(crew):
    marek = await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    await crew.later(5)
    crew.screens.answers.append(UserGone(reason="403 Forbidden: bot was kicked"))
    await crew.desk.service.take(marek, 1001)
    await crew.work()
    assert "Nobody has it" in crew.card(GROUP)
    await crew.stands(GROUP, "kicked")
    await crew.later(60)
    await crew.stands(GROUP, "administrator")
    assert "Marek Novák has it" in crew.card(GROUP)


async def test_a_group_that_shows_no_tickets_is_nobodys_business(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.stands("-100666", "left")
    assert not any("no more" in words for words in crew.seen(MAREK))


@pytest.mark.parametrize("way", ["rights", "group"])
async def test_a_ticket_without_a_topic_gets_one_as_soon_as_there_may_be_one(crew, way):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    place = await crew.places.of(GROUP, 1001)
    await crew.places.set_topic(place.showing_id, WITHOUT, "")
    await crew.stands(GROUP, "administrator", can_manage_topics=False)
    assert [what for what, _ in crew.screens.topics[GROUP]] == ["made"]
    if way == "rights":
        await crew.stands(GROUP, "administrator", can_manage_topics=True)
    else:
        await crew.said(MAREK, chat=GROUP, text="/group", is_forum=True)
    assert [what for what, _ in crew.screens.topics[GROUP]] == ["made", "made"]
    assert [words[:5] for words in crew.seen(GROUP) if words[0] == "#"] == ["#1001", "#1001"]
