"""What was taken back goes from agents' chats, and what did not arrive is told there."""

from dataclasses import replace

from intake.speech import Permanent, Unknown, UserGone
from intake.tickets import Author, Change, EntryKind, NewEntry
from tests.desk.crew import MAREK, an_answer


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
