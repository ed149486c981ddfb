"""The form page from opening to the ticket, by plain posts without any script."""

import pytest
from aiohttp import FormData

from desk.wiring import FORM_PATH
from intake.agent_words import Asking, Reply
from intake.people import Agent
from intake.speech import Accepted, Card, Text
from intake.tickets import Author, EntryKind, Status

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


async def test_the_card_carries_a_link_that_opens_the_form(office):
    (card,) = await office.cards()
    assert card.form.url.startswith("https://desk.example.org/form/a")
    assert card.form.label
    answer = await office.browser.get(card.form.url.removeprefix("https://desk.example.org"))
    assert answer.status == 200


async def test_the_page_shows_what_is_known_and_asks_for_the_rest(office):
    page = await office.open()
    values = page.values()
    assert values["f-symptom"]
    assert values["f-location"] == "3 поверсі"
    assert values["f-asset"] == ""
    assert values["f-started"] == ""
    assert "#1001" in page.text
    assert page.scripts == []


async def test_what_is_only_assumed_from_earlier_tickets_is_not_on_the_page(office):
    await office.fill(await office.open(), **{"f-asset": "INV-30777", "f-started": "2026-11-20"})
    marek = Agent(id=1, login="marek", name="Marek")
    await office.desk.service.set_status(marek, 1001, Status.CLOSED)
    await office.write("принтер знову не друкує")
    before = (await office.desk.listing.ticket(1002)).assumed
    assert {"asset", "location"} <= before
    page = await office.open(1002)
    assert "INV-30777" not in page.text
    assert page.values()["f-location"] == ""
    assert page.values()["f-asset"] == ""
    for typed, asset, assumed in (
        ({"f-started": "2026-11-21"}, "INV-30777", before),
        ({"f-asset": "INV-777"}, "INV-777", before - {"asset"}),
    ):
        await office.send(await office.open(1002), **typed)
        await office.work()
        ticket = await office.desk.listing.ticket(1002)
        assert (ticket.answers["asset"], ticket.assumed) == (asset, assumed)
    assert (await office.open(1002)).values()["f-asset"] == "INV-777"


async def test_a_filled_form_fills_the_ticket_and_its_card_and_is_thanked_for_in_the_chat(office):
    await office.cards()
    typed = {"f-asset": "INV-20418", "f-started": "вчора після обіду", "note": "дуже треба"}
    ticket = await office.fill(await office.open(), **typed)
    assert ticket.answers["asset"] == "INV-20418"
    assert ticket.answers["started"]
    assert ticket.is_complete
    message = next(e for e in await office.timeline() if "INV-20418" in e.text)
    assert message.author is Author.REQUESTER
    assert message.author_name == "Olena"
    assert "вчора після обіду" in message.text
    assert "дуже треба" in message.text
    changes = [e.change.what for e in await office.timeline() if e.kind is EntryKind.CHANGE]
    assert changes == ["answer:asset", "answer:started"]


async def test_the_chat_shows_the_summary_and_one_word_of_thanks(office):
    typed = {"f-asset": "INV-20418", "f-started": "2026-11-20"}
    await office.fill(await office.open(), **typed)
    card, *_ = await office.cards()
    assert isinstance(card, Card)
    assert not card.questions  # it had not left yet, so its words were replaced
    entries = [e.text for e in await office.timeline() if e.author is Author.BOT]
    assert len(entries) == 2


async def test_after_sending_a_page_says_thanks_number_and_by_when(office):
    page = await office.open()
    answer = await office.send(page, **{"f-asset": "INV-20418"})
    sent = await office.browser.get(f"{FORM_PATH}/{answer.headers['Location']}")
    text = await sent.text()
    assert sent.status == 200
    assert "#1001" in text


async def test_a_double_submit_adds_nothing(office):
    page = await office.open()
    for _ in range(2):
        await office.send(page, files=[("a.png", PICTURE)], **{"f-asset": "INV-20418"})
    await office.work()
    messages = [e for e in await office.timeline() if "INV-20418" in e.text and e.author != "bot"]
    assert len(messages) == 1
    assert len(messages[0].files) == 1


async def test_going_back_and_correcting_is_no_double(office):
    page = await office.open()
    await office.fill(page, **{"f-asset": "INV-1111"})
    ticket = await office.fill(page, **{"f-asset": "INV-2222"})
    assert ticket.answers["asset"] == "INV-2222"
    changes = [e.change for e in await office.timeline() if e.kind is EntryKind.CHANGE]
    assert (changes[-1].before, changes[-1].after) == ("INV-1111", "INV-2222")


async def test_chat_and_form_mix_and_an_old_page_overwrites_nothing_it_did_not_touch(office):
    page = await office.open()
    await office.write("1. INV-20418")
    ticket = await office.fill(page, **{"f-started": "2026-11-20"})
    assert ticket.answers["asset"] == "INV-20418"
    assert ticket.is_complete


async def test_the_newest_answer_wins(office):
    page = await office.open()
    await office.write("1. INV-1111")
    ticket = await office.fill(page, **{"f-asset": "INV-2222"})
    assert ticket.answers["asset"] == "INV-2222"


async def test_what_is_not_known_is_declined(office):
    ticket = await office.fill(await office.open(), **{"u-asset": "yes"})
    assert ticket.declined == {"asset"}
    assert "asset" not in ticket.asked


@pytest.mark.parametrize(("words", "hour"), [("о 9:30 ранку", "09:30"), ("23:55", "23:55")])
async def test_a_day_may_be_picked_and_a_time_said_beside_it(office, words, hour):
    typed = {"f-started": words, "d-started": "2026-11-20"}
    ticket = await office.fill(await office.open(), **typed)
    assert ticket.answers["started"].startswith(f"2026-11-20T{hour}")
    assert any(words in e.text for e in await office.timeline())


async def test_files_come_with_the_form_and_are_stored_at_once(office):
    await office.fill(await office.open(), files=[("екран.png", PICTURE), ("b.png", b"x" * 9)])
    files = [file for entry in await office.timeline() for file in entry.files]
    assert [file.name for file in files] == ["екран.png", "b.png"]
    assert {file.state for file in files} == {"stored"}
    assert files[0].media_type == "image/png"
    assert office.desk.blobs.read(files[0].sha256) == PICTURE


async def test_words_that_no_field_takes_come_back_beside_it_and_nothing_typed_is_lost(office):
    page = await office.open()
    typed = {"f-started": "хтозна", "f-asset": "INV-20418", "note": "кава <поруч>"}
    answer = await office.send(page, files=[("a.png", PICTURE)], **typed)
    assert answer.status == 422
    again = type(page)(await answer.text(), page.path)
    assert 'id="i-started-wrong"' in again.text
    assert 'href="#i-started"' in again.text
    values = again.values()
    assert (values["f-started"], values["f-asset"]) == ("хтозна", "INV-20418")
    assert values["note"] == "кава <поруч>"
    ticket = await office.fill(again, **{"f-started": "вчора"})
    assert ticket.is_complete
    files = [file.name for entry in await office.timeline() for file in entry.files]
    assert files == ["a.png"]


async def test_a_file_that_came_with_another_tickets_form_is_not_taken(office):
    await office.write("сканер також не працює, новий тикет", person=2)
    page = await office.open()
    answer = await office.send(page, files=[("a.png", PICTURE)], **{"f-started": "хтозна"})
    kept = [n for n in type(page)(await answer.text(), "").values() if n.startswith("kept-")]
    stranger = await office.open(1002)
    answer = await office.send(stranger, **{kept[0]: "a.png"})
    await office.work()
    assert answer.status == 303
    assert not [f for e in await office.desk.listing.timeline(1002) for f in e.files]


async def test_too_much_attached_loses_no_word(office):
    page = await office.open()
    large = [("a.bin", b"\0" * 11_000_000), ("b.bin", b"\1" * 11_000_000)]
    answer = await office.send(page, files=large, **{"f-asset": "INV-20418"})
    assert answer.status == 422
    again = type(page)(await answer.text(), page.path)
    assert again.values()["f-asset"] == "INV-20418"
    assert 'id="files-wrong"' in again.text


async def test_another_category_shows_its_fields_and_keeps_what_was_typed(office):
    page = await office.open()
    typed = {"category": "network", "step": "category", "f-asset": "INV-7", "f-started": "вчора"}
    answer = await office.send(page, **typed)
    again = type(page)(await answer.text(), page.path)
    assert 'name="f-connection"' in again.text
    assert again.values()["f-asset"] == "INV-7"
    ticket = await office.fill(again, **{"f-connection": "wifi"})
    assert ticket.category == "network"
    assert ticket.answers["connection"] == "wifi"
    assert ticket.answers["asset"] == "INV-7"


async def test_another_category_sent_at_once_is_taken_and_its_questions_are_shown(office):
    page = await office.open()
    answer = await office.send(page, **{"category": "network", "f-asset": "INV-7"})
    rest = type(page)(await answer.text(), page.path)
    assert (answer.status, 'class="noted"' in rest.text) == (200, True)
    assert 'name="f-connection"' in rest.text
    await office.work()
    ticket = await office.desk.listing.ticket(1001)
    assert (ticket.category, ticket.answers["asset"]) == ("network", "INV-7")
    ticket = await office.fill(rest, **{"f-connection": "wifi"})
    assert (ticket.category, ticket.answers["connection"]) == ("network", "wifi")
    assert ticket.answers["asset"] == "INV-7"


async def test_what_a_post_lacks_is_left_as_it_is(office):
    page = await office.open()
    before = (await office.desk.listing.ticket(1001)).answers
    form = FormData({name: page.values()[name] for name in ("once", "was")} | {"note": "привіт"})
    await office.browser.post(page.path, data=form, allow_redirects=False)
    await office.work()
    assert (await office.desk.listing.ticket(1001)).answers == before


async def test_what_came_empty_is_taken_away(office):
    page = await office.open()
    ticket = await office.fill(page, **{"f-symptom": ""})
    assert "symptom" not in ticket.answers


async def test_an_unknown_category_is_chosen_on_the_page(office):
    await office.write("мені тут щось не так", person=3)
    number = 1002
    ticket = await office.desk.listing.ticket(number)
    assert ticket.category is None
    page = await office.open(number)
    answer = await office.send(page, category="printer", step="category")
    again = type(page)(await answer.text(), page.path)
    await office.send(again, **{"f-asset": "INV-5"})
    await office.work()
    ticket = await office.desk.listing.ticket(number)
    assert (ticket.category, ticket.answers["asset"]) == ("printer", "INV-5")


async def test_an_untouched_form_changes_nothing_and_is_thanked_for(office):
    before = len(await office.timeline())
    answer = await office.send(await office.open())
    await office.work()
    assert answer.status == 303
    assert len(await office.timeline()) == before


async def test_what_people_typed_is_text_on_the_page_and_never_markup(office):
    evil = '"><script>alert(1)</script>'
    await office.fill(await office.open(), **{"f-asset": evil, "f-symptom": evil})
    page = await office.open()
    assert page.scripts == []
    assert page.values()["f-symptom"] == evil


async def test_an_agents_reply_quotes_the_last_message_and_not_the_form(office):
    marek = await office.desk.agents.add("marek", "Marek", "-", "en")
    await office.fill(await office.open(), **{"f-asset": "INV-20418"})
    await office.desk.service.reply(marek, 1001, Reply(text="Вже йду", once="1"))
    while due := await office.desk.outbox.claim(("telegram", "700"), office.desk.clock.now(), 50):
        for delivery in due:
            if isinstance(delivery.body, Text) and delivery.body.text == "Вже йду":
                assert delivery.quoted_id == "1"
                return
            await office.desk.outbox.settle(
                delivery, Accepted(provider_id=str(delivery.id)), office.desk.clock.now()
            )
    raise AssertionError("the reply never left")


async def test_what_was_filled_in_before_its_ticket_was_solved_opens_that_again(office):
    page = await office.open()
    marek = await office.desk.agents.add("marek", "Marek", "-", "en")
    await office.desk.service.set_status(marek, 1001, Status.SOLVED)
    ticket = await office.fill(page, **{"f-asset": "INV-20418"})
    assert (ticket.answers["asset"], ticket.status) == ("INV-20418", Status.OPEN)
    assert ticket.waits_for_agent


async def test_what_was_filled_in_before_its_ticket_was_closed_opens_that_again(office):
    page = await office.open()
    marek = await office.desk.agents.add("marek", "Marek", "-", "en")
    await office.desk.service.set_status(marek, 1001, Status.CLOSED)
    ticket = await office.fill(page, [("e5.png", PICTURE)], **{"f-asset": "INV-20418"})
    assert (ticket.answers["asset"], ticket.status) == ("INV-20418", Status.OPEN)
    assert ticket.waits_for_agent
    said = [entry for entry in await office.timeline() if entry.files]
    assert [file.name for file in said[-1].files] == ["e5.png"]


async def test_what_was_filled_in_goes_where_its_ticket_has_gone(office):
    await office.write("ноутбук гальмує")
    page = await office.open(1002)
    said = next(e for e in await office.desk.listing.timeline(1002) if e.text)
    await office.tap(f"move|1002|{said.id}|1001")
    assert (await office.desk.listing.ticket(1002)).status is Status.CLOSED
    ticket = await office.fill(page, category="software", note="і ще повільно друкує")
    assert ticket.category == "printer"
    assert "і ще повільно друкує" in (await office.timeline())[-1].text
    assert (await office.desk.listing.ticket(1002)).status is Status.CLOSED
    sent = await office.browser.get(f"{office.link(1002)}/sent")
    assert "#1001" in await sent.text()


async def test_a_form_of_what_has_gone_into_another_ticket_says_where(office):
    await office.write("ноутбук гальмує")
    said = next(e for e in await office.desk.listing.timeline(1002) if e.text)
    await office.tap(f"move|1002|{said.id}|1001")
    answer = await office.browser.get(office.link(1002))
    text = await answer.text()
    assert answer.status == 409
    assert "#1001" in text
    assert "вирішено" not in text


@pytest.mark.parametrize(
    ("status", "word"), [(Status.SOLVED, "вирішено"), (Status.CLOSED, "закрито")]
)
async def test_the_form_of_what_is_over_says_truly_how_it_ended(office, status, word):
    marek = await office.desk.agents.add("marek", "Marek", "-", "en")
    await office.desk.service.set_status(marek, 1001, status)
    answer = await office.browser.get(office.link())
    text = await answer.text()
    assert answer.status == 409
    assert f"#1001 {word}" in text
    assert ("вирішено" in text) == (status is Status.SOLVED)


async def test_what_an_agent_asks_for_stands_first_also_where_it_is_known(office):
    marek = await office.desk.agents.add("marek", "Marek Novák", "-", "en")
    asking = Asking(fields=("location", "phone"), once="ask-1")
    await office.desk.service.ask(marek, 1001, asking)
    page = await office.open()
    form = page.text.partition('<details class="known"')[0]
    assert form.index('name="f-location"') < form.index('name="f-phone"')
    ticket = await office.fill(page, **{"f-location": "5 поверх", "f-phone": "+380501112233"})
    assert (ticket.answers["location"], ticket.asked) == ("5 поверх", ())
    assert (ticket.status, ticket.ask) == (Status.OPEN, None)
