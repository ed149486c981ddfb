"""Desks and robots that answer each other by mail: it ends by itself, and soon."""

import asyncio
import re
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from bots.email import receive
from desk.wiring import build_desk
from intake.agent_words import Reply
from intake.messages import AutomaticKind
from intake.tickets import Author, Status
from simulators.mail_letters import report_of_failure
from simulators.mail_server import MailServer
from tests.desk.post import OURS, MailDesk, a_mailbox

THEIRS, OLENA = "it@other.example", "olena@firma.example"


@pytest.fixture
async def server():
    server = MailServer(OURS)
    server.boxes.open(THEIRS)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def desks(server, sqlite_template, tmp_path, monkeypatch):
    monkeypatch.setattr(receive, "WAIT_WITHIN", 0.0)
    executors = [ThreadPoolExecutor(max_workers=1) for _ in range(2)]
    made = []
    for address, executor in zip((OURS, THEIRS), executors, strict=True):
        folder = tmp_path / address
        folder.mkdir()
        shutil.copy(sqlite_template, folder / "firstline.db")
        desk = await build_desk(a_mailbox(server, folder, address))
        made.append(MailDesk(desk, address, executor))
        await made[-1].work()  # from now on
    yield made
    for each, executor in zip(made, executors, strict=True):
        await asyncio.to_thread(each.poller.mailbox.close)
        executor.shutdown()
        await each.desk.close()


async def test_two_desks_that_write_to_each_other_fall_silent(server, desks):
    ours, theirs = desks
    server.write(THEIRS, "Printer", "The printer on floor 3 shows E5.", to=(OURS,))
    for _ in range(5):
        await ours.work()
        await theirs.work()
    sent = [*server.mails(OURS), *server.mails(THEIRS)]
    assert len(sent) == 2  # the one above and one card
    assert len(await ours.tickets()) == 1
    assert len(await theirs.tickets()) == 1  # another desk's card is kept, and not answered


async def test_who_has_told_a_name_once_keeps_it_in_later_mails(server, desks):
    ours = desks[0]
    server.write(f"Olena Kovalenko <{OLENA}>", "Printer", "The printer on floor 3 shows E5.")
    await ours.work()
    server.reply(OLENA, server.mails(OLENA)[-1], "It is the one beside the lift.")
    server.write("ivan@firma.example", "Monitor", "My monitor stays black.")
    await ours.work()
    ivans, olenas = await ours.tickets()
    authors = {entry.author_name for entry in await ours.said(olenas.id)}
    assert (olenas.requester, authors) == ("Olena Kovalenko", {"Olena Kovalenko"})
    assert ivans.requester == "ivan@firma.example"


async def test_a_card_to_ourselves_comes_to_nothing(server, desks):
    server.write(OURS, "Printer", "The printer on floor 3 shows E5.", to=(OURS,))
    for _ in range(3):
        await desks[0].work()
    assert len(server.mails(OURS)) == 1
    assert len(await desks[0].tickets()) == 1


@pytest.mark.parametrize(
    ("sender", "cards"), [("Olena <olena@firma.example>", 1), ("postmaster@partner.example", 0)]
)
async def test_what_looked_like_a_report_is_a_ticket_once_an_agent_says_so(
    server, desks, sender, cards
):
    desk = desks[0].desk
    marek = await desk.agents.add("marek", "Marek Novák", "-", "en")
    lines = (
        f"From: {sender}", f"To: {OURS}", "Subject: Fwd: Mail delivery failed",
        "X-Failed-Recipients: tom@x.example", "", "I can't write to Tom since this morning.",
    )  # fmt: skip
    server.boxes.deliver(OURS, "", "\r\n".join(lines).encode())
    await desks[0].work()
    (held,) = (await desk.listing.quarantined()).envelopes
    await desk.service.requeue(marek, held.id)
    await desks[0].work()
    [ticket] = await desks[0].tickets()
    [said] = await desks[0].said(ticket.id)
    assert said.text == "I can't write to Tom since this morning."
    assert not (await desk.listing.quarantined()).envelopes
    assert len([mail for name in (OLENA, "postmaster@partner.example")
                for mail in server.mails(name)]) == cards  # fmt: skip


async def test_a_robot_that_replies_to_each_mail_gets_one_card(server, desks):
    """Without a header that would give it away: the thread alone must do."""
    server.write(OLENA, "Printer", "The printer on floor 3 shows E5.")
    for _ in range(5):
        await desks[0].work()
        server.reply(OLENA, server.mails(OLENA)[-1], "Thank you for your mail.")
    assert len(server.mails(OLENA)) == 1
    assert len(await desks[0].tickets()) == 1


async def test_a_robot_that_writes_anew_each_time_gets_ten_cards(server, desks):
    for number in range(14):
        server.write(OLENA, f"Printer {number}", "The printer on floor 3 shows E5.")
        await desks[0].work()
    assert len(server.mails(OLENA)) == 10
    assert len(await desks[0].tickets()) == 14


async def test_a_report_about_our_card_lies_on_its_ticket_and_is_answered_by_nobody(server, desks):
    server.faults.inject("bounce", address=OLENA)
    server.write(OLENA, "Printer", "The printer on floor 3 shows E5.")
    for _ in range(3):
        await desks[0].work()
    (line,) = await desks[0].tickets()
    texts = [entry.text for entry in await desks[0].desk.listing.timeline(line.id)]
    assert any(re.search("user unknown", text) for text in texts)
    assert len(server.mails(OURS)) == 2
    assert not [one for one in server.boxes.addresses() if "mailer-daemon" in one]


async def test_an_answer_that_came_back_is_seen_by_an_agent_who_can_send_it_again(server, desks):
    ours, desk = desks[0], desks[0].desk
    server.write(f"Olena Kovalenko <{OLENA}>", "Printer", "The printer on floor 3 shows E5.")
    await ours.work()
    marek = await desk.agents.add("marek", "Marek Novák", "-", "en")
    server.faults.inject("bounce", address=OLENA)
    await desk.service.reply(marek, 1001, Reply(text="It has paper again.", once="1"))
    await desk.service.set_status(marek, 1001, Status.SOLVED)
    for _ in range(3):
        await ours.work()
    ticket = await desk.listing.ticket(1001)
    assert (ticket.status, ticket.waits_for_agent) == (Status.OPEN, True)
    assert ticket.undelivered == "failed"
    timeline = await desk.listing.timeline(1001)
    lost = next(entry for entry in timeline if entry.text == "It has paper again.")
    assert (lost.delivery_state, lost.delivery_reason[:5]) == ("failed", "5.1.1")
    reopening = [one for one in timeline if one.change and one.change.after == "open"][-1]
    assert (reopening.change.before, reopening.author) == ("solved", Author.OTHER)
    (handle,) = await desk.listing.handles(ticket.person_id)
    assert not handle.is_reachable
    server.faults.clear()
    await desk.service.retry_delivery(marek, lost.delivery_id)
    await ours.work()
    assert "It has paper again." in server.mails(OLENA)[-1].text


async def test_a_delay_changes_nothing_and_is_kept(server, desks):
    ours, desk = desks[0], desks[0].desk
    server.write(OLENA, "Printer", "The printer on floor 3 shows E5.")
    await ours.work()
    card = server.mails(OLENA)[0]
    report = report_of_failure(OLENA, card.raw).replace(b"Action: failed", b"Action: delayed")
    server.boxes.deliver(OURS, "", report.replace(b"Status: 5.1.1", b"Status: 4.4.1"))
    await ours.work()
    timeline = await desk.listing.timeline(1001)
    assert "accepted" in {entry.delivery_state for entry in timeline}
    assert "failed" not in {entry.delivery_state for entry in timeline}
    assert timeline[-1].automatic is AutomaticKind.BOUNCE


async def test_a_reply_that_has_lost_its_thread_is_found_by_its_subject_but_a_strangers_is_not(
    server, desks
):
    ours = desks[0]
    server.write(OLENA, "Printer", "The printer on floor 3 shows E5.")
    await ours.work()
    subject = server.mails(OLENA)[0].subject
    server.write(OLENA, subject, "It is INV-20418.")
    server.write("ivan@firma.example", subject, "Let me in.")
    await ours.work()
    numbers = sorted(line.id for line in await ours.tickets())
    assert numbers == [1001, 1002]
    texts = [entry.text for entry in await ours.said(1001)]
    assert texts == ["The printer on floor 3 shows E5.", "It is INV-20418."]


async def test_what_a_subject_alone_brings_is_marked_and_answers_nothing_but_is_work(
    server, desks
):
    ours, desk = desks[0], desks[0].desk
    server.write(OLENA, "Printer", "The printer on floor 3 does not print.")
    await ours.work()
    marek = await desk.agents.add("marek", "Marek Novák", "-", "en")
    await desk.service.set_status(marek, 1001, Status.SOLVED)
    await ours.work()
    before, sent = await desk.listing.ticket(1001), len(server.mails(OLENA))
    server.write(OLENA, "Re: Printer [#1001]", "1. INV-20418\n2. yesterday")
    await ours.work()
    ticket = await desk.listing.ticket(1001)
    assert (ticket.status, ticket.waits_for_agent) == (Status.OPEN, True)
    assert (ticket.answers, ticket.asked) == (before.answers, before.asked)
    assert (await ours.said(1001))[-1].facts["claimed"] == "yes"
    assert len(server.mails(OLENA)) == sent


async def test_a_form_that_names_a_requester_never_comes_to_an_old_ticket(server, desks):
    ours = desks[0]
    server.write(OLENA, "Printer", "The printer on floor 3 shows E5.")
    await ours.work()
    form = {"person": "noreply@firma.example", "headers": {"Reply-To": OLENA}}
    server.write(subject="Re: Printer [#1001]", text="It is INV-20418.", **form)
    await ours.work()
    assert sorted(line.id for line in await ours.tickets()) == [1001, 1002]


async def test_mails_without_a_sender_come_to_no_ticket_of_another(server, desks):
    ours = desks[0]
    head = b"To: support@firma.example\nMessage-ID: <%d@x>\n"
    server.deliver_raw(head % 1 + b"Subject: no from\n\nThe printer shows E5.\n")
    await ours.work()
    server.deliver_raw(
        head % 2 + b"In-Reply-To: <1@x>\nSubject: Re: no from [#1001]\n\nIt is INV-20418.\n"
    )
    await ours.work()
    assert len(await ours.tickets()) == 2
    assert [one.text for one in await ours.said(1001)] == ["The printer shows E5."]


async def test_answers_written_between_the_lines_of_the_card_are_read(server, desks):
    ours = desks[0]
    server.write(OLENA, "Printer", "The printer on floor 3 does not print.")
    await ours.work()
    card = server.mails(OLENA)[0]
    asked = (await ours.desk.listing.ticket(1001)).asked
    told = {"asset": "INV-20418", "started": "yesterday"}
    lines = [f"On Mon, Nov 23, 2026 at 10:15 AM, IT <{OURS}> wrote:"]
    for line in card.text.rstrip().split("\n"):
        lines.append(f"> {line}".rstrip())
        number = line.partition(".")[0]
        if number.isdecimal():
            lines.append(told.get(asked[int(number) - 1], "I do not know"))
    server.reply(OLENA, card, "\n".join(lines))
    await ours.work()
    ticket = await ours.desk.listing.ticket(1001)
    assert (ticket.asked, ticket.answers["asset"]) == ((), "INV-20418")
    assert "started" in ticket.answers
    *_, answer = await ours.said(1001)
    own = [line for line in answer.text.split("\n") if line and not line.startswith("> ")]
    assert own == [told.get(name, "I do not know") for name in asked]  # as they were written
    assert (await ours.tickets())[0].preview == " ".join(own)


@pytest.mark.parametrize(
    ("below", "answered"),
    [
        ("I am not in, please call Tom instead.", set()),
        ("1. INV-20418\n2. yesterday", {"asset", "started"}),
    ],
)
async def test_words_below_the_whole_card_are_a_plain_reply(server, desks, below, answered):
    ours = desks[0]
    server.write(OLENA, "Printer", "The printer on floor 3 does not print.")
    await ours.work()
    card = server.mails(OLENA)[0]
    quoted = "\n".join(f"> {line}".rstrip() for line in card.text.rstrip().split("\n"))
    announced = f"On Mon, Nov 23, 2026 at 10:15 AM, IT <{OURS}> wrote:"
    words = f"Hi Marek,\n\n{announced}\n{quoted}\n\n{below}"
    server.write(OLENA, f"Re: {card.subject}", words, to=(card.reply_to,))
    await ours.work()
    ticket = await ours.desk.listing.ticket(1001)
    assert ticket.answers.keys() & {"asset", "started"} == answered
    *_, entry = await ours.said(1001)
    assert entry.text == f"Hi Marek,\n\n{below}"


SUPPRESS = {"X-Auto-Response-Suppress": "DR, OOF, AutoReply"}
GROUP = {"List-ID": "<it.firma.example>", "Precedence": "list"}


async def test_behind_a_mailing_list_a_person_gets_a_card_and_her_no_opens_the_ticket_again(
    server, desks
):
    ours, desk = desks[0], desks[0].desk
    server.write(OLENA, "Out of office cannot be set", "Outlook forgets it.", headers=GROUP)
    await ours.work()
    marek = await desk.agents.add("marek", "Marek Novák", "-", "en")
    await desk.service.reply(marek, 1001, Reply(text="It works now.", once="1"))
    await desk.service.set_status(marek, 1001, Status.SOLVED)
    await ours.work()
    card, *_, last = server.mails(OLENA)
    assert "[#1001]" in card.subject
    server.reply(OLENA, last, "No, it still does not work.", headers=GROUP)
    await ours.work()
    ticket = await desk.listing.ticket(1001)
    assert (ticket.status, ticket.waits_for_agent) == (Status.OPEN, True)
    assert (await ours.said(1001))[-1].text == "No, it still does not work."


async def test_out_of_office_leaves_a_solved_ticket_solved(server, desks):
    ours, desk = desks[0], desks[0].desk
    server.write(OLENA, "Printer", "The printer on floor 3 shows E5.")
    await ours.work()
    marek = await desk.agents.add("marek", "Marek Novák", "-", "en")
    await desk.service.reply(marek, 1001, Reply(text="It works now.", once="1"))
    await desk.service.set_status(marek, 1001, Status.SOLVED)
    await ours.work()
    away = {"Auto-Submitted": "auto-replied"}
    server.reply(OLENA, server.mails(OLENA)[-1], "I am away until Monday.", headers=away)
    await ours.work()
    ticket = await desk.listing.ticket(1001)
    assert (ticket.status, ticket.waits_for_agent) == (Status.SOLVED, False)


async def test_a_colleague_who_answers_a_solved_ticket_brings_it_back(server, desks):
    ours, desk = desks[0], desks[0].desk
    server.write(OLENA, "Printer", "The printer on floor 3 shows E5.")
    await ours.work()
    marek = await desk.agents.add("marek", "Marek Novák", "-", "en")
    await desk.service.set_status(marek, 1001, Status.SOLVED)
    await ours.work()
    server.reply("tom@firma.example", server.mails(OLENA)[-1], "It is broken again.")
    await ours.work()
    ticket = await desk.listing.ticket(1001)
    assert (ticket.status, ticket.waits_for_agent) == (Status.OPEN, True)
    words = [one for one in await desk.listing.timeline(1001) if "broken again" in one.text]
    assert [one.author for one in words] == [Author.OTHER]


async def test_two_troubles_through_a_list_get_two_cards(server, desks):
    for subject in ("Printer", "VPN"):
        server.write(OLENA, subject, f"The {subject} does not work.", headers=GROUP)
        await desks[0].work()
    assert ["[#1001]" in one.subject for one in server.mails(OLENA)] == [True, False]
    assert "[#1002]" in server.mails(OLENA)[1].subject


@pytest.mark.parametrize("headers", [GROUP, SUPPRESS])
async def test_a_robot_in_doubt_that_writes_anew_each_time_gets_four_cards(server, desks, headers):
    for number in range(7):
        server.write(OLENA, f"Out of office {number}", "Floor 3 shows E5.", headers=headers)
        await desks[0].work()
    assert len(server.mails(OLENA)) == 4
    assert len(await desks[0].tickets()) == 7


async def test_trouble_with_absence_messages_has_its_card_and_its_no_is_heard(server, desks):
    ours, desk = desks[0], desks[0].desk
    subject = "Out of office message cannot be switched on"
    server.write(OLENA, subject, "Please help, Outlook refuses.", headers=SUPPRESS)
    await ours.work()
    marek = await desk.agents.add("marek", "Marek Novák", "-", "en")
    for words in ("No, it still does not work.", "It is still refused."):
        await desk.service.reply(marek, 1001, Reply(text="Again?", once=words, solves=True))
        await ours.work()
        *_, last = server.mails(OLENA)
        server.reply(OLENA, last, words, headers=SUPPRESS)
        await ours.work()
        ticket = await desk.listing.ticket(1001)
        assert (ticket.status, ticket.waits_for_agent) == (Status.OPEN, True)
    assert "[#1001]" in server.mails(OLENA)[0].subject


async def test_what_may_be_an_automatic_reply_is_work_but_no_answer(server, desks):
    ours, desk = desks[0], desks[0].desk
    server.write(OLENA, "Printer", "The printer on floor 3 does not print.")
    await ours.work()
    before = await desk.listing.ticket(1001)
    card = server.mails(OLENA)[0]
    server.write(
        OLENA,
        f"Automatic reply: {card.subject}",
        "I have been away since yesterday.",
        to=(card.reply_to,),
        headers=SUPPRESS,
    )
    await ours.work()
    ticket = await desk.listing.ticket(1001)
    assert (ticket.waits_for_agent, ticket.answers) == (True, before.answers)
    assert len(server.mails(OLENA)) == 1
