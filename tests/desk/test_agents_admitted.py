"""Who may speak with the agents' bot: codes, links, those who left, and buttons that stand."""

from tests.desk.crew import MAREK, SOFIA, STRANGER


async def test_a_stranger_is_told_once_and_sees_nothing(crew):
    await crew.said(STRANGER, text="hello")
    await crew.said(STRANGER, text="/mine")
    await crew.write("The printer is broken", language="en")
    [words] = crew.seen(STRANGER)
    assert words.startswith("This bot is for the agents of IT help desk alone.")


async def test_an_agent_who_was_removed_is_refused_at_once(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    await crew.desk.agents.remove("marek", "desk", crew.clock.now())
    assert (await crew.taps(MAREK, "Take")).startswith("This bot is for the agents")
    seen = len(crew.seen(MAREK))
    await crew.write("It is still broken, please hurry", language="en")
    assert len(crew.seen(MAREK)) == seen


async def test_who_was_removed_and_comes_back_is_linked_anew(crew):
    marek = await crew.hire("marek", "Marek Novák", MAREK)
    code = await crew.code_for(marek)
    await crew.desk.agents.remove("marek", "desk", crew.clock.now())
    await crew.desk.agents.add("marek", "Another Marek", "-", "en")
    await crew.said(MAREK, text="/mine")
    assert crew.seen(MAREK)[-1].startswith("This bot is for the agents")
    await crew.said(MAREK, text=f"/start {code}")
    assert crew.seen(MAREK)[-1].startswith("This link is used or over")


async def test_a_code_opens_once_and_for_ten_minutes(crew):
    marek = await crew.desk.agents.add("marek", "Marek Novák", "-", "en")
    used, late = await crew.code_for(marek), ""
    await crew.said(MAREK, text=f"/start {used}")
    await crew.said(STRANGER, text=f"/start {used}")
    late = await crew.code_for(marek)
    await crew.later(601)
    await crew.said(STRANGER, text=f"/start {late}")
    assert crew.seen(MAREK)[0].startswith("Welcome, Marek Novák")
    assert all(words.startswith("This link is used or over") for words in crew.seen(STRANGER))


async def test_a_link_of_another_agent_makes_the_account_theirs(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    sofia = await crew.desk.agents.add("sofia", "Sofia Rossi", "-", "en")
    await crew.said(MAREK, text=f"/start {await crew.code_for(sofia)}")
    assert crew.seen(MAREK)[-1].startswith("Welcome, Sofia Rossi.")
    await crew.write("The printer on floor 3 is broken", language="en")
    await crew.taps(MAREK, "Take")
    [ticket] = await crew.tickets()
    assert ticket.assignee == "Sofia Rossi"


async def test_leaving_works_from_both_sides(crew):
    from desk.crew import accounts_of

    marek = await crew.hire("marek", "Marek Novák", MAREK)
    await crew.said(MAREK, text="/unlink")
    assert crew.seen(MAREK)[-1].startswith("This account is no longer linked")
    await crew.said(MAREK, text=f"/start {await crew.code_for(marek)}")
    accounts = accounts_of(crew.desk)
    await accounts.unlink(marek)
    await crew.work()
    assert await accounts.chat_of(marek) is None
    assert crew.seen(MAREK)[-1].startswith("This account is no longer linked")


async def test_a_button_counts_only_where_it_was_shown_and_on_the_card_that_stands(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.hire("sofia", "Sofia Rossi", SOFIA)
    await crew.write("The printer on floor 3 is broken", language="en")
    [card] = [one for one, (text, _) in crew.screens.chats[str(MAREK)].items() if "#1001" in text]
    over = "This button is over. /1001 shows the ticket as it is."
    assert await crew.taps_on(SOFIA, card, "1|1001|take") == over  # forwarded to her
    assert await crew.taps_on(MAREK, 999_999, "1|1001|take") == over  # forged
    assert await crew.taps_on(MAREK, card, "0|1001|take") == "This button is over."
    await crew.said(MAREK, text="/1001")
    assert await crew.taps_on(MAREK, card, "1|1001|take") == over  # an older card
    assert await crew.taps(MAREK, "Take") == "#1001 is yours."
