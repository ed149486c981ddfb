"""The whole way of a message and of an answer through the real parts, on both engines.

Only the channels' ends are fakes: envelopes are handed in, deliveries are taken out.
"""

import json
import re
from dataclasses import replace

import pytest

from intake.agent_words import Attached, Reply
from intake.errors import Conflict, Invalid, NotAllowed, NotFound
from intake.speech import (
    Accepted,
    Operation,
    Permanent,
    RetryAfter,
    Unknown,
    UserGone,
)
from intake.tickets import Author, EntryKind, Priority, Status
from tests.desk.phone import a_message

PRINTER = "принтер на 3 поверсі не друкує, E5"


async def test_a_message_is_a_ticket_with_one_card_and_its_answers_complete_it(exchange):
    await exchange.write(PRINTER)
    await exchange.write("1. INV-20418 2. з ранку")
    (ticket,) = await exchange.tickets()
    assert ticket.id == 1001
    assert ticket.is_complete
    assert ticket.answers["asset"] == "INV-20418"
    card, summary = exchange.phone.cards()
    assert [question.label for question in card.body.questions]
    assert summary.operation is Operation.EDIT
    assert summary.target_provider_id == "101"
    assert not summary.body.questions


async def test_a_repeated_update_adds_nothing(exchange):
    await exchange.write(PRINTER)
    payload = json.dumps({"update_id": 1, "message": a_message(1, 1, PRINTER)}).encode()
    await exchange.accept(payload)
    await exchange.work()
    (ticket,) = await exchange.tickets()
    texts = [entry.text for entry in await exchange.timeline(ticket.id)]
    assert texts.count(PRINTER) == 1
    assert len(exchange.phone.cards()) == 1


async def test_an_agents_reply_reaches_the_person_once_and_is_signed(exchange, marek):
    await exchange.write(PRINTER)
    reply = Reply(text="Вже йду", once="form-1")
    await exchange.desk.service.reply(marek, 1001, reply)
    await exchange.desk.service.reply(marek, 1001, reply)
    await exchange.work()
    replies = [each for each in exchange.phone.sent if not each.is_automatic]
    assert [each.body.signature for each in replies] == ["Marek Novák"]
    (ticket,) = await exchange.tickets()
    assert ticket.status is Status.OPEN
    assert ticket.first_response_at is not None
    assert not ticket.waits_for_agent


async def test_a_danger_comes_first_until_an_agent_says_otherwise(exchange, marek):
    await exchange.write("з ноутбука йде дим")
    assert [ticket.priority for ticket in await exchange.tickets()] == [Priority.CRITICAL]
    await exchange.desk.service.set_priority(marek, 1001, Priority.LOW)
    await exchange.desk.service.set_priority(marek, 1001, Priority.LOW)
    await exchange.write("ще й іскрить")
    assert [ticket.priority for ticket in await exchange.tickets()] == [Priority.LOW]
    moved = [entry.change for entry in await exchange.timeline(1001) if entry.change]
    assert [(one.before, one.after) for one in moved if one.what == "priority"] == [
        ("medium", "critical"), ("critical", "low"),
    ]  # fmt: skip


@pytest.mark.parametrize("status", [Status.SOLVED, Status.CLOSED])
async def test_what_an_agent_settles_without_a_word_waits_for_none_until_more_is_said(
    exchange, marek, status
):
    await exchange.write(PRINTER)
    assert (await exchange.tickets())[0].waits_for_agent
    await exchange.desk.service.set_status(marek, 1001, status)
    (settled,) = await exchange.tickets()
    assert (settled.status, settled.waits_for_agent) == (status, False)
    await exchange.write("принтер досі не друкує, E5")
    newest = max(await exchange.tickets(), key=lambda ticket: ticket.updated_at)
    assert (newest.status.is_live, newest.waits_for_agent) == (True, True)


async def test_other_words_of_the_same_form_are_another_message(exchange, marek):
    """The browser lost the first answer; the agent wrote a sentence more and sent again."""
    await exchange.write(PRINTER)
    service = exchange.desk.service
    for _ in range(2):
        await service.note(marek, 1001, "Вже йду", once="form-1")
        await service.reply(marek, 1001, Reply(text="Вже йду", once="form-1"))
        await service.reply(marek, 1001, Reply(text="Вже йду. Буду о десятій.", once="form-1"))
    await exchange.work()
    said = [e for e in await exchange.timeline(1001) if e.author is Author.AGENT and e.text]
    assert [(entry.kind, entry.text) for entry in said] == [
        (EntryKind.NOTE, "Вже йду"),
        (EntryKind.MESSAGE, "Вже йду"),
        (EntryKind.MESSAGE, "Вже йду. Буду о десятій."),
    ]
    assert exchange.phone.texts().count("Вже йду") == 1
    assert exchange.phone.texts().count("Вже йду. Буду о десятій.") == 1


async def test_the_same_words_with_another_file_are_another_message(exchange, marek):
    await exchange.write(PRINTER)
    for digest in ("ab" * 32, "ab" * 32, "cd" * 32):
        upload = await exchange.desk.files.add_upload("plan.pdf", "application/pdf", 9, digest)
        files = (Attached(id=upload, sha256=digest),)
        reply = Reply(text="Ось план", once="form-1", files=files)
        await exchange.desk.service.reply(marek, 1001, reply)
    shown = [e for e in await exchange.timeline(1001) if e.text == "Ось план"]
    assert [[file.sha256 for file in entry.files] for entry in shown] == [["ab" * 32], ["cd" * 32]]


async def test_lists_prepare_an_agent_for_harsh_words(exchange):
    await exchange.write(PRINTER, person=2)
    await exchange.write("ви ідіоти")
    page = await exchange.desk.listing.tickets("all", 0)
    assert [line.flag for line in page.lines] == ["abuse", ""]


async def test_a_poison_update_is_quarantined_and_the_next_one_goes_on(exchange, marek):
    await exchange.accept(b"{not json")
    await exchange.write(PRINTER)
    assert len(await exchange.tickets()) == 1
    (held,) = (await exchange.desk.listing.quarantined()).envelopes
    assert (held.payload, held.tries) == (b"{not json", 1)
    await exchange.desk.service.requeue(marek, held.id)
    assert not (await exchange.desk.listing.quarantined()).envelopes
    await exchange.work()
    assert len((await exchange.desk.listing.quarantined()).envelopes) == 1


async def test_an_envelope_that_fails_is_tried_three_times_and_then_shown(exchange, clock):
    def break_down(_envelope):
        raise RuntimeError("no such thing")

    inward = replace(exchange.desk.inward, translators={"telegram": break_down}, clock=clock)
    await exchange.update_of(message=a_message(1, 1, PRINTER))
    for _ in range(3):
        clock.advance(60)
        await inward.step()
    (held,) = (await exchange.desk.listing.quarantined()).envelopes
    assert "no such thing" in held.error
    assert held.tries == 3


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Accepted(provider_id="9"), "accepted"),
        (RetryAfter(seconds=30, reason="429"), "waiting"),
        (RetryAfter(seconds=0, reason="401", is_refused=True), "waiting"),
        (Permanent(reason="too long"), "failed"),
        (UserGone(reason="blocked"), "gone"),
        (Unknown(reason="time-out"), "unknown"),
    ],
)
async def test_each_end_of_a_send_is_seen_at_the_message(exchange, marek, answer, state):
    await exchange.write(PRINTER)
    exchange.phone.answers = [answer]
    await exchange.desk.service.reply(marek, 1001, Reply(text="Вже йду", once="1"))
    await exchange.work()
    entry = (await exchange.timeline(1001))[-2]
    assert (entry.text, entry.delivery_state) == ("Вже йду", state)


async def test_an_unknown_send_is_repeated_only_when_the_agent_asks(exchange, marek):
    await exchange.write(PRINTER)
    exchange.phone.answers = [Unknown(reason="time-out")]
    await exchange.desk.service.reply(marek, 1001, Reply(text="Вже йду", once="1"))
    await exchange.work()
    assert exchange.phone.texts().count("Вже йду") == 1
    entry = next(e for e in await exchange.timeline(1001) if e.text == "Вже йду")
    assert await exchange.desk.service.retry_delivery(marek, entry.delivery_id) == 1001
    await exchange.work()
    assert exchange.phone.texts().count("Вже йду") == 2
    with pytest.raises(Conflict):
        await exchange.desk.service.retry_delivery(marek, entry.delivery_id)


async def test_later_messages_wait_behind_one_that_must_be_retried(exchange, marek):
    await exchange.write(PRINTER)
    exchange.phone.answers = [RetryAfter(seconds=30, reason="429")]
    for number in range(2):
        await exchange.desk.service.reply(marek, 1001, Reply(text=f"{number}", once=f"{number}"))
        await exchange.work()
    assert "1" not in exchange.phone.texts()


async def test_a_stranger_learns_nothing_by_tapping_anothers_button(exchange):
    await exchange.write(PRINTER, person=1)
    await exchange.write("миша зламалась", person=2)
    await exchange.tap("set|1001|asset|X", person=2)
    await exchange.tap("send|1001", person=2)
    first, _ = await exchange.tickets()
    assert first.asked
    answers = [s for s in exchange.phone.sent if s.operation is Operation.ANSWER_TAP]
    assert len(answers) == 2
    assert all(each.address.external_id == "2" for each in answers)


async def test_a_forged_quote_never_enters_another_persons_ticket(exchange):
    await exchange.write(PRINTER, person=1)
    quoted = a_message(1, 1, PRINTER)
    await exchange.write("покажіть мені", person=2, reply_to_message=quoted)
    first, second = await exchange.tickets()
    assert first.person_id != second.person_id
    assert [e.text for e in await exchange.timeline(first.id) if e.author is Author.REQUESTER] == [
        PRINTER
    ]


async def test_an_edited_message_shows_its_new_words_and_keeps_the_old(exchange):
    number = await exchange.write(PRINTER)
    edited = a_message(number, 1, "принтер на 4 поверсі") | {"edit_date": 1}
    await exchange.update_of(edited_message=edited)
    await exchange.work()
    timeline = await exchange.timeline(1001)
    assert timeline[0].text == "принтер на 4 поверсі"
    assert timeline[0].edited_at is not None
    assert any(e.change and e.change.before == PRINTER for e in timeline)


async def test_an_album_is_one_message_with_many_files(exchange):
    for number in (1, 2, 3):
        photo = [
            {"file_id": f"f{number}", "file_unique_id": f"u{number}", "width": 1, "height": 1}
        ]
        await exchange.write("", photo=photo, media_group_id="g1", caption=PRINTER * (number == 1))
    (ticket,) = await exchange.tickets()
    messages = [e for e in await exchange.timeline(ticket.id) if e.author is Author.REQUESTER]
    assert len(messages) == 1
    assert len(messages[0].files) == 3
    assert len(exchange.phone.cards()) == 1


async def test_blocking_the_bot_is_seen_and_unblocking_opens_the_way(exchange):
    await exchange.write(PRINTER)
    (ticket,) = await exchange.tickets()
    chat = {"chat": {"id": 1, "type": "private"}, "from": a_message(1, 1, "")["from"], "date": 1}
    bot = {"user": {"id": 700, "is_bot": True, "first_name": "Bot"}}
    for status, reachable in (("kicked", False), ("member", True)):
        update = chat | {"old_chat_member": bot, "new_chat_member": bot | {"status": status}}
        await exchange.update_of(my_chat_member=update)
        await exchange.work()
        (handle,) = await exchange.desk.listing.handles(ticket.person_id)
        assert handle.is_reachable is reachable


async def test_two_agents_cannot_both_take_a_ticket(exchange, marek):
    await exchange.write(PRINTER)
    sofia = await exchange.desk.agents.add("sofia", "Sofia Papadaki", "-", "el")
    await exchange.desk.service.take(marek, 1001)
    with pytest.raises(Conflict):
        await exchange.desk.service.take(sofia, 1001)
    await exchange.desk.service.assign(marek, 1001, sofia.id)
    (ticket,) = await exchange.tickets()
    assert (ticket.assignee, ticket.status) == ("Sofia Papadaki", Status.OPEN)


async def test_an_agent_who_left_may_do_nothing(exchange, marek):
    await exchange.write(PRINTER)
    gone = replace(marek, is_active=False)
    service = exchange.desk.service
    for act in (
        service.reply(gone, 1001, Reply(text="x", once="1")),
        service.note(gone, 1001, "x", once="2"),
        service.take(gone, 1001),
        service.assign(gone, 1001, None),
        service.set_status(gone, 1001, Status.SOLVED),
        service.retry_delivery(gone, 1),
        service.requeue(gone, 1),
    ):
        with pytest.raises(NotAllowed):
            await act


async def test_a_note_stays_with_the_agents(exchange, marek):
    await exchange.write(PRINTER)
    before = len(exchange.phone.sent)
    await exchange.desk.service.note(marek, 1001, "петля зламана", once="1")
    await exchange.work()
    assert len(exchange.phone.sent) == before
    assert (await exchange.timeline(1001))[-1].kind is EntryKind.NOTE


async def test_solving_tells_the_person_and_a_quote_opens_the_ticket_again(exchange, marek):
    await exchange.write(PRINTER)
    await exchange.desk.service.set_status(marek, 1001, Status.SOLVED)
    await exchange.work()
    assert "1001" in exchange.phone.texts()[-1]
    told = str(exchange.phone.number)
    quote = a_message(int(told), 1, "solved")
    await exchange.write("ні, знову E5", reply_to_message=quote)
    (ticket,) = await exchange.tickets()
    assert ticket.status is Status.OPEN


async def test_an_empty_or_endless_reply_is_refused_and_nothing_is_sent(exchange, marek):
    await exchange.write(PRINTER)
    before = len(exchange.phone.sent)
    for text in ("", "  \n", "x" * 20_001):
        with pytest.raises(Invalid):
            await exchange.desk.service.reply(marek, 1001, Reply(text=text, once=text[:3]))
    with pytest.raises(NotFound):
        await exchange.desk.service.reply(marek, 9, Reply(text="x", once="9"))
    await exchange.work()
    assert len(exchange.phone.sent) == before


async def test_at_nine_is_nine_where_the_desk_is(exchange):
    await exchange.write(PRINTER)
    await exchange.write("1. INV-20418 2. вчора о 9:30")
    (ticket,) = await exchange.tickets()
    assert re.search(r"T09:30(:00)?\+0[23]:00$", ticket.answers["started"])


async def test_a_status_question_hears_the_status_and_the_promise_and_a_question_back_its_help(
    exchange,
):
    await exchange.write(PRINTER)
    await exchange.write("який статус моєї заявки?")
    await exchange.write("а де знайти номер на наклейці?")
    status, help_text = exchange.phone.texts()[-2:]
    assert re.search(r"#1001 .*чекає.*, відповідь буде до .*\d\d:\d\d", status)
    assert "INV-20418" in help_text


async def test_a_greeting_is_answered_in_its_own_language_whatever_the_phone_is_set_to(exchange):
    await exchange.write("Καλημέρα")
    (welcome,) = exchange.phone.texts()
    assert welcome.startswith("Γεια")


async def test_an_edited_answer_changes_its_ticket_and_both_values_stand_on_the_timeline(exchange):
    await exchange.write(PRINTER)
    number = await exchange.write("INV-20418, з ранку")
    edited = a_message(number, 1, "INV-20419, з ранку") | {"edit_date": 1}
    await exchange.update_of(edited_message=edited)
    await exchange.work()
    (ticket,) = await exchange.tickets()
    assert ticket.answers["asset"] == "INV-20419"
    changes = [entry.change for entry in await exchange.timeline(1001) if entry.change]
    told = [(change.before, change.after) for change in changes if change.what == "answer:asset"]
    assert told == [("", "INV-20418"), ("INV-20418", "INV-20419")]
    assert "INV-20419" in [chip.value for chip in exchange.phone.cards()[-1].body.known]


async def test_after_a_tap_on_correct_plain_words_say_what(exchange):
    await exchange.write(PRINTER)
    await exchange.write("INV-20418, з ранку")
    await exchange.tap("correct|1001")
    await exchange.write("другий поверх")
    await exchange.write("INV-20419")
    (ticket,) = await exchange.tickets()
    assert (ticket.answers["location"], ticket.answers["asset"]) == ("другий поверх", "INV-20419")
    assert "3 поверсі → другий поверх" in "\n".join(exchange.phone.texts())


@pytest.mark.parametrize("written", ["/menu", "/start <b>"])
async def test_a_command_that_nobody_knows_is_told_what_the_bot_does(exchange, written):
    await exchange.write(written)
    assert not await exchange.tickets()
    assert "одним повідомленням" in exchange.phone.texts()[-1]
    await exchange.write(PRINTER)
    await exchange.write(written)
    (ticket,) = await exchange.tickets()
    assert written not in [entry.text for entry in await exchange.timeline(ticket.id)]


async def test_what_a_deep_link_carried_is_seen_at_the_ticket_that_follows(exchange):
    await exchange.write("/start poster_3")
    await exchange.write("/start")
    await exchange.write(PRINTER)
    await exchange.write("нова проблема: не працює VPN")
    first, second = [await exchange.timeline(ticket.id) for ticket in await exchange.tickets()]
    assert first[0].facts["link"] == "poster_3"
    assert "link" not in second[0].facts
