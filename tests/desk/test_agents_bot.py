"""Agents' bot: cards, taps, words and commands in private chats, as a whole desk does them."""

from dataclasses import replace

import pytest

from intake.errors import Conflict, Unavailable
from tests.desk.crew import MAREK, SOFIA, an_answer


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


async def test_in_a_chat_that_tickets_share_each_message_says_its_number(crew):
    await crew.hire("marek", "Marek Novák", MAREK)
    await crew.write("The printer on floor 3 is broken", language="en")
    await crew.taps(MAREK, "Take")
    await crew.write("it stands by the window", language="en")
    assert "#1001 · Olena Kovalenko\nit stands by the window" in crew.seen(MAREK)
