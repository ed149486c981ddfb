"""When the agents' bot speaks: on duty and off, in quiet hours, in the morning, and how often."""

from datetime import timedelta

from intake.tickets import Status
from tests.desk.crew import MAREK
from tests.desk.phone import a_message


async def test_whoever_is_off_duty_sees_what_they_ask_for_even_while_it_moves_on(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.said(MAREK, text="/off")
    await crew.update_of(message=a_message(1, 1, "The printer is broken", "en"))
    await crew.said(MAREK, text="/1001")  # before anybody was told of the ticket
    assert "Nobody has it" in crew.card(MAREK)


async def test_who_comes_back_after_blocking_the_bot_hears_that_they_are_off_duty(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    crew.numbers += 1
    gone = {"chat": {"id": MAREK, "type": "private"}, "from": {"id": MAREK}, "date": 1}
    await crew._update(my_chat_member={**gone, "new_chat_member": {"status": "kicked"}})
    await crew.said(MAREK, text="/start")
    assert "You are off duty. Nothing comes here until /on" in crew.seen(MAREK)[-1]


async def test_off_duty_nothing_new_comes_but_what_is_asked_for(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.said(MAREK, text="/off")
    seen = len(crew.seen(MAREK))
    await crew.write("The printer on floor 3 is broken", language="en")
    await crew.later(120)
    assert len(crew.seen(MAREK)) == seen
    await crew.said(MAREK, text="/1001")
    assert crew.card(MAREK)


async def test_in_quiet_hours_nothing_comes_and_afterwards_it_does(crew):
    marek = await crew.hire("marek", "Marek Novák", MAREK)
    local = crew.clock.now().astimezone(crew.desk.settings.desk.hours.zone)
    begins, ends = local.time(), (local + timedelta(hours=1)).time()
    from desk.crew import accounts_of

    await accounts_of(crew.desk).set_quiet(marek, (begins, ends))
    seen = len(crew.seen(MAREK))
    await crew.write("The printer on floor 3 is broken", language="en")
    assert len(crew.seen(MAREK)) == seen
    await crew.later(3700)
    assert crew.card(MAREK)


async def test_changes_within_three_seconds_are_one_edit_but_for_one_of_the_state(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    marek = (await crew.desk.agents.by_login("marek"))[0]
    await crew.later(5)
    edits = [one for one in crew.screens.sent if one.operation == "edit"]
    await crew.desk.service.take(marek, 1001)
    for status in (Status.ON_HOLD, Status.OPEN, Status.PENDING):
        await crew.desk.service.set_status(marek, 1001, status)
        await crew.work()
    await crew.later(5)
    assert "Printer · Open" in crew.card(MAREK)
    await crew.later(1)
    more = [one for one in crew.screens.sent if one.operation == "edit"]
    assert len(more) - len(edits) == 3  # in six seconds
    assert "Waiting for requester" in crew.card(MAREK)


async def test_a_card_changes_at_once_also_after_the_clock_was_put_back(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    await crew.later(-3600)
    await crew.write("It says E5", language="en")
    assert "E5" in crew.card(MAREK)


async def test_what_is_solved_is_shown_at_once(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    await crew.later(5)
    await crew.write("It stands by the window", language="en")  # the card changes
    await crew.taps(MAREK, "Solve")
    assert "Solved" in crew.card(MAREK)


async def test_a_summary_comes_in_the_morning(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.work()
    await crew.write("The printer on floor 3 is broken", language="en")
    await crew.taps(MAREK, "Take")
    await crew.later(22 * 3600)
    assert (
        crew.seen(MAREK)[-1] == "Good morning, Marek Novák. 1 yours, 1 overdue, 0 without owner."
    )
    said = len(crew.seen(MAREK))
    await crew.later(60)
    assert len(crew.seen(MAREK)) == said


async def test_a_morning_that_is_over_is_summed_up_no_more(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    await crew.said(MAREK, text="/off")
    await crew.later(3 * 86_400 + 9 * 3_600)
    await crew.said(MAREK, text="/on")
    await crew.later(60)
    assert not any("Good morning" in words for words in crew.seen(MAREK))
    await crew.later(86_400 - 10 * 3_600)
    assert any("Good morning" in words for words in crew.seen(MAREK))


async def test_who_comes_on_duty_is_told_what_nobody_has(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.said(MAREK, text="/off")
    await crew.write("The printer on floor 3 is broken", language="en")
    await crew.said(MAREK, text="/on")
    assert crew.seen(MAREK)[-1].startswith("1 ticket is nobody's:")
    await crew.taps(MAREK, "#1001")
    assert "Nobody has it" in crew.card(MAREK)


async def test_who_comes_is_shown_what_is_theirs_already(crew):
    marek = await crew.desk.agents.add("marek", "Marek Novák", "-", "en")
    await crew.write("The printer on floor 3 is broken", language="en")
    await crew.desk.service.take(marek, 1001)
    await crew.work()
    await crew.said(MAREK, text=f"/start {await crew.code_for(marek)}")
    assert "Marek Novák has it" in crew.card(MAREK)
