"""Agents' bot: who may, cards, taps and words in private chats, as a whole desk does them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.errors import Conflict, Unavailable
from intake.speech import Permanent, Unknown, UserGone
from intake.tickets import Author, Change, EntryKind, NewEntry, Status
from tests.desk.crew import MAREK, SOFIA, STRANGER, a_crew
from tests.desk.phone import a_message


@pytest.fixture
async def crew(store_url, tmp_path, clock):
    async with a_crew(store_url, tmp_path / "var", clock) as crew:
        yield crew


async def test_the_whole_loop_in_a_private_chat(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    assert "Nobody has it" in crew.card(MAREK)
    assert await crew.taps(MAREK, "Take") == "#1001 is yours."
    await crew.later(4)
    assert "Marek Novák has it" in crew.card(MAREK)
    await crew.taps(MAREK, "Reply")
    prompt = max(crew.screens.chats[str(MAREK)])
    await crew.said(MAREK, text="I am on my way", quoting=prompt)
    assert "I am on my way" in crew.phone.texts()
    await crew.write("Thank you, it is the one by the window", language="en")
    assert any("by the window" in words for words in crew.seen(MAREK))
    assert await crew.taps(MAREK, "Solve") == "#1001 is solved. Olena Kovalenko is told."
    [ticket] = await crew.tickets()
    assert ticket.status == "solved"


async def test_a_stranger_is_told_once_and_sees_nothing(crew):
    await crew.said(STRANGER, text="hello")
    await crew.said(STRANGER, text="/mine")
    await crew.write("The printer is broken", language="en")
    [words] = crew.seen(STRANGER)
    assert words.startswith("This bot is for the agents of IT help desk alone.")


async def test_whoever_is_off_duty_sees_what_they_ask_for_even_while_it_moves_on(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.said(MAREK, text="/off")
    await crew.update_of(message=a_message(1, 1, "The printer is broken", "en"))
    await crew.said(MAREK, text="/1001")  # before anybody was told of the ticket
    assert "Nobody has it" in crew.card(MAREK)


class Contended:
    """A service whose ticket somebody else saves, again and again."""

    def __init__(self, service, times):
        self.service, self.times = service, times

    def __getattr__(self, name):
        return getattr(self.service, name)

    async def reply(self, *given):
        self.times -= 1
        if self.times >= 0:
            raise Conflict("stale_ticket")
        return await self.service.reply(*given)


async def test_an_answer_waits_for_whoever_saves_its_ticket_however_often(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer is broken", language="en")
    await crew.taps(MAREK, "Take")
    acting = crew.hearing.acting
    crew.hearing = replace(
        crew.hearing, acting=replace(acting, service=Contended(acting.service, 5))
    )
    card = next(n for n, (words, _) in crew.screens.chats[str(MAREK)].items() if "#1001" in words)
    await crew.said(MAREK, text="I am on my way", quoting=card)
    for _ in range(8):
        await crew.later(600)
    assert any("I am on my way" in words for words in crew.phone.texts())


async def test_an_outage_is_no_try_of_what_is_heard_then(crew):
    first = await an_answer(crew, "one")
    acting = crew.hearing.acting
    away = Away(acting.service)
    crew.hearing = replace(crew.hearing, acting=replace(acting, service=away))
    with pytest.raises(Unavailable):
        await crew.said(MAREK, text="I am on my way", quoting=first)
    for _ in range(12):
        crew.clock.advance(10)
        with pytest.raises(Unavailable):
            await crew.hearing.step()
    away.is_away = False
    await crew.later(10)
    assert "I am on my way" in crew.phone.texts()
    assert not await crew.desk.database.fetch("SELECT 1 FROM envelope WHERE state <> 'done'")


class Away:
    """A service without its database."""

    def __init__(self, service):
        self.service, self.is_away = service, True

    def __getattr__(self, name):
        return getattr(self.service, name)

    async def reply(self, *given):
        if self.is_away:
            raise Unavailable("database_away")
        return await self.service.reply(*given)


async def test_a_second_take_says_who_has_it(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.hire("sofia", "Sofia Rossi", SOFIA)
    await crew.write("The printer is broken", language="en")
    buttons = dict(crew.screens.chats[str(SOFIA)])
    await crew.taps(MAREK, "Take")
    [(number, data)] = [
        (number, shown[1]["Take"]) for number, shown in buttons.items() if "Take" in shown[1]
    ]
    assert await crew.taps_on(SOFIA, number, data) == "Marek Novák has it already."


# words


async def test_an_answer_to_any_message_of_a_ticket_goes_to_its_requester(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    await crew.taps(MAREK, "Take")
    await crew.write("it stands by the window", language="en")
    number = max(crew.screens.chats[str(MAREK)])
    await crew.said(MAREK, text="I see it", quoting=number)
    assert crew.phone.texts()[-1] == "I see it"
    assert crew.phone.sent[-1].body.signature == "Marek Novák"


async def test_what_begins_with_two_strokes_is_a_note(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    [number] = [
        one for one, (text, _) in crew.screens.chats[str(MAREK)].items() if "#1001" in text
    ]
    said = len(crew.phone.sent)
    await crew.said(MAREK, text="// the roller again", quoting=number)
    assert len(crew.phone.sent) == said
    entries = await crew.timeline(1001)
    assert [(one.kind, one.text) for one in entries[-1:]] == [("note", "the roller again")]


async def test_an_update_that_comes_again_adds_nothing(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    [number] = [
        one for one, (text, _) in crew.screens.chats[str(MAREK)].items() if "#1001" in text
    ]
    await crew.said(MAREK, text="I am on my way", quoting=number)
    said = crew.phone.texts()
    async with crew.desk.database.transaction() as session:
        await session.execute("UPDATE envelope SET state = 'waiting' WHERE channel = 'agents'")
    await crew.work()
    assert crew.phone.texts() == said


async def test_an_edited_answer_goes_once_more_as_a_correction(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    [number] = [
        one for one, (text, _) in crew.screens.chats[str(MAREK)].items() if "#1001" in text
    ]
    message = await crew.said(MAREK, text="I come at nine", quoting=number)
    await crew.edits(MAREK, message, "I come at ten")
    assert crew.phone.texts()[-1] == "Correction: I come at ten"


async def test_an_edit_that_changes_no_word_sends_nothing(crew):
    message = await an_answer(crew, "I come at nine")
    await crew.edits(MAREK, message, "I come at nine")
    await crew.edits(MAREK, message, "I come at ten")
    await crew.edits(MAREK, message, "I come at ten")
    said = crew.phone.texts()
    assert said[-2:] == ["I come at nine", "Correction: I come at ten"]


async def test_an_answer_that_becomes_a_note_by_an_edit_goes_to_nobody(crew):
    message = await an_answer(crew, "I come at nine")
    said = crew.phone.texts()
    await crew.edits(MAREK, message, "// she is never there")
    assert crew.phone.texts() == said
    assert crew.seen(MAREK)[-1].startswith("What was sent can't be taken back.")
    [note] = [one for one in await crew.timeline(1001) if one.kind == "note"]
    assert note.text == "Correction: she is never there"


async def an_answer(crew, words):
    """The number of Marek's message, which has gone to Olena."""
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    [number] = [
        one for one, (text, _) in crew.screens.chats[str(MAREK)].items() if "#1001" in text
    ]
    return await crew.said(MAREK, text=words, quoting=number)


async def test_words_for_no_ticket_are_asked_about(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.said(MAREK, text="hello?")
    assert crew.seen(MAREK)[-1].startswith("For which ticket is this?")


async def test_a_file_goes_with_its_words(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    [number] = [
        one for one, (text, _) in crew.screens.chats[str(MAREK)].items() if "#1001" in text
    ]
    crew.files.contents["AwAC"] = b"OggS voice"
    voice = {"duration": 4, "mime_type": "audio/ogg", "file_id": "AwAC", "file_size": 10}
    await crew.said(MAREK, voice=voice, quoting=number)
    [file] = crew.phone.sent[-1].attachments
    assert (file.media_type, file.size) == ("audio/ogg", 10)


# who may


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


# commands


async def test_lists_and_one_ticket(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.said(MAREK, text="/free")
    assert crew.seen(MAREK)[-1] == "Every ticket has somebody."
    await crew.write("The printer on floor 3 is broken", language="en")
    await crew.said(MAREK, text="/free")
    assert crew.seen(MAREK)[-1].startswith("1 ticket is nobody's:")
    await crew.taps(MAREK, "Take")
    await crew.said(MAREK, text="/mine")
    assert crew.seen(MAREK)[-1].startswith("1 ticket is yours:\n\n#1001")
    await crew.desk.search.reindex()
    await crew.said(MAREK, text="/find printer")
    assert crew.seen(MAREK)[-1].startswith("1 ticket is found:")
    await crew.said(MAREK, text="/9999")
    assert crew.seen(MAREK)[-1] == "There is no such ticket."


async def test_a_list_that_is_cut_says_so(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.said(MAREK, text="/off")
    for person in range(1, 12):
        await crew.write("The printer on floor 3 is broken", person=person, language="en")
    await crew.said(MAREK, text="/free")
    told = crew.seen(MAREK)[-1]
    assert told.startswith("The first 10. The rest is in the inbox:")
    assert (told.count("\n\n#"), "#1011" in told) == (10, False)


async def test_who_comes_back_after_blocking_the_bot_hears_that_they_are_off_duty(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    crew.numbers += 1
    gone = {"chat": {"id": MAREK, "type": "private"}, "from": {"id": MAREK}, "date": 1}
    await crew._update(my_chat_member={**gone, "new_chat_member": {"status": "kicked"}})
    await crew.said(MAREK, text="/start")
    assert "You are off duty. Nothing comes here until /on" in crew.seen(MAREK)[-1]


# calm


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


# what was taken back


async def take_back(crew, text):
    """As a platform that tells of deletions has it."""
    [entry] = [one for one in await crew.timeline(1001) if one.text == text]
    now = crew.clock.now()
    async with crew.desk.store.work() as work:
        await work.erase_entry(entry.id, now)
        noted = NewEntry(
            ticket_id=1001,
            kind=EntryKind.CHANGE,
            author=Author.REQUESTER,
            author_name="Olena",
            at=now,
            change=Change(what="deleted"),
        )
        await work.add_entry(noted)
        await work.save_ticket(replace(await work.ticket(1001), preview="", updated_at=now))
    await crew.work()


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


async def test_what_is_taken_back_goes_from_agents_chats_and_what_went_with_it_stays(crew):
    first = await an_answer(crew, "I am on my way")
    await crew.taps(MAREK, "Take")
    at_work, crew.relaying = crew.relaying, crew.outward  # so that two go together
    await crew.write("my password is SECRET", language="en")
    await crew.write("it stands by the window", language="en")
    crew.relaying = at_work
    await crew.later(5)
    assert "SECRET" in crew.seen(MAREK)[-1]
    await take_back(crew, "my password is SECRET")
    await crew.later(5)
    assert "SECRET" not in "".join(crew.seen(MAREK))
    told = crew.seen(MAREK)[-1]
    assert told.startswith("#1001\nOlena Kovalenko has taken a message back.")
    assert "it stands by the window" in told
    bodies = await crew.desk.database.fetch("SELECT body FROM delivery WHERE channel = 'agents'")
    assert "SECRET" not in "".join(row["body"] for row in bodies)
    said = len(crew.seen(MAREK))
    await crew.said(MAREK, text="thanks", quoting=first)
    await crew.later(5)
    assert len(crew.seen(MAREK)) == said


async def test_no_earlier_state_of_a_card_keeps_what_is_taken_back(crew):
    await an_answer(crew, "I am on my way")
    await crew.later(5)
    await crew.write("my password is SECRET", language="en")
    await crew.later(5)
    assert "Last: my password is SECRET" in crew.card(MAREK)
    await take_back(crew, "my password is SECRET")
    await crew.later(5)
    assert "SECRET" not in crew.card(MAREK)
    assert await crew.taps(MAREK, "Take") == "#1001 is yours."
    bodies = await crew.desk.database.fetch("SELECT body FROM delivery WHERE channel = 'agents'")
    assert "SECRET" not in "".join(row["body"] for row in bodies)


async def test_what_is_taken_back_before_it_was_shown_is_never_shown(crew):
    await an_answer(crew, "I am on my way")
    await crew.taps(MAREK, "Take")
    out, crew.out = crew.out, crew.outward  # nothing goes to agents for a while
    await crew.write("my password is SECRET", language="en")
    await take_back(crew, "my password is SECRET")
    crew.out = out
    await crew.later(5)
    assert "SECRET" not in "".join(map(str, crew.screens.sent))


# what did not arrive


async def test_words_that_did_not_arrive_are_told_and_go_by_another_handle(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    await crew.taps(MAREK, "Take")
    ticket = (await crew.tickets())[0]
    async with crew.desk.database.transaction() as session:
        await session.execute(
            "INSERT INTO handle (person_id, channel, account, address, created_at)"
            " VALUES ($1, 'viber', 'desk', 'olena', 0)",
            ticket.person_id,
        )
    crew.phone.answers = [UserGone(reason="bot was blocked by the user")]
    await crew.taps(MAREK, "Reply")
    prompt = max(crew.screens.chats[str(MAREK)])
    await crew.said(MAREK, text="I am on my way", quoting=prompt)
    lost = "#1001: Olena Kovalenko has blocked us or left (Telegram). Your answer has not arrived."
    assert lost in crew.seen(MAREK)
    assert await crew.taps(MAREK, "Answer by Viber") == "It is on its way again."
    [gone] = await crew.desk.database.fetch(
        "SELECT address, state FROM delivery WHERE channel = 'viber'"
    )
    assert (gone["address"], gone["state"]) == ("olena", "waiting")


async def test_each_answer_that_did_not_arrive_is_told_below_it(crew):
    first = await an_answer(crew, "I am on my way")
    await crew.taps(MAREK, "Take")
    crew.phone.answers = [Permanent(reason="no"), Permanent(reason="no")]
    at_work, crew.relaying = crew.relaying, crew.outward  # which has nothing to show
    said = [await crew.said(MAREK, text=words, quoting=first) for words in ("one", "two")]
    crew.relaying = at_work
    await crew.work()
    told = [one.quoted_id for one in crew.screens.sent if "has not arrived (" in str(one.body)]
    assert told == [str(number) for number in said]


async def test_a_message_that_perhaps_did_not_reach_the_chat_is_told_on_the_card(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    await crew.taps(MAREK, "Take")
    await crew.later(5)
    crew.screens.answers = [Unknown(reason="TimeoutError")]
    await crew.desk.service.note(
        (await crew.desk.agents.add("sofia", "Sofia Rossi", "-", "en")), 1001, "look", once="n1"
    )
    await crew.work()
    await crew.later(5)
    assert "1 message perhaps did not reach this chat" in crew.card(MAREK)


async def test_an_album_is_one_answer(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    [number] = [
        one for one, (text, _) in crew.screens.chats[str(MAREK)].items() if "#1001" in text
    ]
    for name in ("one", "two", "three"):
        crew.files.contents[name] = name.encode()
        size = {"file_id": name, "width": 9, "height": 9, "file_size": 3}
        more = {"caption": "Press these"} if name == "one" else {}
        await crew.said(MAREK, photo=[size], media_group_id="77", quoting=number, **more)
    assert "Press these" not in crew.phone.texts()
    await crew.later(2)
    assert crew.phone.texts().count("Press these") == 1
    assert len(crew.phone.sent[-1].attachments) == 3


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("", "Press this", ["Press this"]),
        ("Press this", "then that", ["Press this\nthen that"]),
        ("Press this", "// she never does", []),
    ],
)
async def test_each_photo_of_an_album_may_have_words(crew, first, second, told):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    number = max(crew.screens.chats[str(MAREK)])
    for name, words in (("one", first), ("two", second)):
        crew.files.contents[name] = name.encode()
        size = {"file_id": name, "width": 9, "height": 9, "file_size": 3}
        more = {"caption": words} if words else {}
        await crew.said(MAREK, photo=[size], media_group_id="77", quoting=number, **more)
    await crew.later(2)
    assert crew.phone.texts() == told


async def test_a_correction_that_goes_nowhere_is_told(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    quoted = max(crew.screens.chats[str(MAREK)])
    for name in ("one", "two"):
        crew.files.contents[name] = name.encode()
        size = {"file_id": name, "width": 9, "height": 9, "file_size": 3}
        more = {"media_group_id": "77", "quoting": quoted, "caption": f"Press {name}"}
        number = await crew.said(MAREK, photo=[size], **more)
    await crew.later(2)
    more = {"media_group_id": "77", "reply_to_message": {"message_id": quoted}}
    await crew.edits(MAREK, number, "Press both", **more)
    assert crew.phone.texts() == ["Press one\nPress two"]
    assert crew.seen(MAREK)[-1].startswith("This change went to nobody")
    await crew.edits(MAREK, number - 1, "Press none", **more)
    assert crew.phone.texts()[-1] == "Correction: Press none"


async def test_who_comes_is_shown_what_is_theirs_already(crew):
    marek = await crew.desk.agents.add("marek", "Marek Novák", "-", "en")
    await crew.write("The printer on floor 3 is broken", language="en")
    await crew.desk.service.take(marek, 1001)
    await crew.work()
    await crew.said(MAREK, text=f"/start {await crew.code_for(marek)}")
    assert "Marek Novák has it" in crew.card(MAREK)


async def test_in_a_chat_that_tickets_share_each_message_says_its_number(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    await crew.taps(MAREK, "Take")
    await crew.write("it stands by the window", language="en")
    assert "#1001 · Olena Kovalenko\nit stands by the window" in crew.seen(MAREK)
