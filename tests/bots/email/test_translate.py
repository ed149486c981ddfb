"""A journaled mail as a message: which ticket it proves, what a machine wrote, what is told."""

from datetime import timedelta

import pytest

from bots.email.fetch import MailFetcher
from bots.email.translate import NOBODY
from intake.errors import Gone, Unreadable
from intake.messages import AutomaticKind, MessageKind
from simulators import mail_letters
from simulators.mail_letters import Enclosure
from tests.bots.email.mailroom import ARRIVED, OLENA, OURS, REPLY_TO, SIGNER, SUPPORT, envelope


def test_a_mail_is_a_message_of_its_sender(room):
    message = room.take()
    assert message.kind is MessageKind.TEXT
    assert message.address.external_id == message.sender.external_id == "olena@firma.example"
    assert (message.sender.name, message.subject) == ("Олена Коваленко", "Принтер")
    assert message.text == "не друкує"
    assert message.sent_at == ARRIVED - timedelta(minutes=1)
    assert message.original in room.blobs
    assert (message.proven_ticket, message.thread, message.facts) == (None, (), {})


def test_the_address_of_an_answer_is_in_small_letters(room):
    assert room.take(person="OLENA@Firma.Example").address.external_id == "olena@firma.example"


@pytest.mark.parametrize(
    "parts",
    [
        {"to": (REPLY_TO,)},
        {"to": (SUPPORT,), "cc": (REPLY_TO.upper(),)},
        {"headers": {"Delivered-To": REPLY_TO}},
        {"headers": {"X-Original-To": REPLY_TO}},
        {"in_reply_to": OURS},
        {"in_reply_to": "<other@x.example>", "references": (OURS, "<other@x.example>")},
    ],
)
def test_our_own_token_proves_the_ticket(room, parts):
    assert room.take(**parts).proven_ticket == 1042


def test_the_address_is_stronger_than_the_thread_and_the_last_reference_than_the_first(room):
    first, last = (SIGNER.message_id(t, "1", "abcdefghijklmnop") for t in ("1", "2"))
    named = {"in_reply_to": "<x@x.example>", "references": (first, last, "<x@x.example>")}
    assert room.take(**named).proven_ticket == 2
    assert room.take(**named, to=(REPLY_TO,)).proven_ticket == 1042


@pytest.mark.parametrize(
    "parts",
    [
        {"to": (REPLY_TO.replace("1042", "1043"),)},
        {"to": ("support+1042@firma.example",)},
        {"to": (REPLY_TO.replace("firma", "other"),)},
        {"in_reply_to": OURS.replace(".1042.", ".1043.")},
        {"in_reply_to": "<t.1042.7.abcdefghijklmnop.aaaaaaaaaaaaaaaaaa@firma.example>"},
        {"subject": "Re: Принтер [#1042]"},
    ],
)
def test_a_guess_proves_nothing(room, parts):
    assert room.take(**parts).proven_ticket is None


def test_a_tag_in_the_subject_is_a_claim_and_the_last_one_counts(room):
    assert room.take(subject="Re: Принтер [#7] [#1042]").claimed_ticket == 1042
    assert room.take(subject="Re: Принтер [#A-7]").claimed_ticket is None
    assert room.take(subject="Re: Принтер #1042").claimed_ticket is None


def test_a_forwarded_mail_of_ours_inside_another_proves_nothing(room):
    inner = f"Message-ID: {OURS}\r\nFrom: {SUPPORT}\r\nSubject: x\r\n\r\nold words"
    message = room.take_lines(
        "From: ivan@else.example", "MIME-Version: 1.0",
        "Content-Type: multipart/mixed; boundary=b", "", "--b", "", "see below",
        "--b", "Content-Type: message/rfc822", "", inner, "--b--",
    )  # fmt: skip
    assert message.proven_ticket is None


def test_the_whole_thread_is_told_newest_first(room):
    message = room.take(in_reply_to="<3@x.example>", references=("<1@x.example>", OURS))
    assert message.thread == ("<3@x.example>", OURS, "<1@x.example>")


def test_only_the_new_words_are_the_text_and_nothing_is_lost(room):
    message = room.take(
        text="E5 знову\n\n23.11.2026 09:00, IT <support@firma.example>:\n> Що на екрані?\n"
    )
    assert message.text == "E5 знову"
    assert "Що на екрані?" in message.full_text


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (("From: olena@firma.example",), AutomaticKind.NO),
        (("From: olena@firma.example", "Auto-Submitted: auto-replied"), AutomaticKind.REPLY),
        (("From: olena@firma.example", "List-Id: <all.firma.example>"), AutomaticKind.LIST),
        (("From: olena@firma.example", "Precedence: bulk"), AutomaticKind.BULK),
        (("From: noreply@shop.example",), AutomaticKind.BULK),
        (("From: olena@firma.example", "Return-Path: <>"), AutomaticKind.REPLY),
        (("From: it@other.example", "Auto-Submitted: auto-replied",
          "X-Firstline-Loop: it@other.example"), AutomaticKind.REPLY),
        (("From: o@firma.example", "Content-Type: multipart/report;"
          " report-type=disposition-notification"), AutomaticKind.REPLY),
        (("From: o@firma.example", "Content-Type: multipart/report;"
          " report-type=feedback-report"), AutomaticKind.REPLY),
    ],
)  # fmt: skip
def test_what_machines_send_is_marked(room, lines, kind):
    assert room.take_lines(*lines).automatic is kind


@pytest.mark.parametrize(
    "lines",
    [
        ("From: list@else.example", f"X-Firstline-Loop: {SUPPORT}"),
        ("From: list@else.example", f"Message-ID: {OURS}"),
    ],
)
def test_our_own_mail_in_a_circle_waits_for_a_person(room, lines):
    with pytest.raises(Unreadable, match="circle"):
        room.take_lines(*lines)


@pytest.mark.parametrize("headers", [{}, {"Reply-To": REPLY_TO}])
def test_what_somebody_writes_from_our_own_address_is_kept_and_not_answered(room, headers):
    message = room.take(person=SUPPORT, headers=headers)
    assert message.address.external_id == SUPPORT
    assert message.automatic is AutomaticKind.BULK


def test_a_sender_without_a_name_is_known_by_the_address_alone(room):
    message = room.take(person="olena@firma.example")
    assert (message.sender.name, message.sender.known_as) == ("", "olena@firma.example")


@pytest.mark.parametrize("name", ["olena@firma.example", "Olena (olena@firma.example)"])
def test_a_name_that_holds_the_address_of_another_is_nobodys_name(room, name):
    message = room.take(person=f'"{name}" <ivan@evil.example>')
    assert (message.sender.name, message.sender.known_as) == ("", "ivan@evil.example")
    told = room.take(person=f'"{name}" <olena@firma.example>').sender.name
    assert told == ("Olena" if "Olena" in name else "")


@pytest.mark.parametrize(
    "name",
    ["olena＠firma.example", "olena (at) firma.example", "olena[AT]firma.example", "o﹫f.example"],
)
def test_a_name_that_reads_like_an_address_is_nobodys_name_either(room, name):
    message = room.take(person=f'"{name}" <ivan@evil.example>')
    assert (message.sender.name, message.sender.known_as) == ("", "ivan@evil.example")


def test_a_mail_that_names_no_sender_is_kept_and_never_answered_by_a_machine(room):
    message = room.take_lines("Subject: Printer")
    assert message.address.external_id.startswith(NOBODY)
    assert (message.sender.name, message.sender.known_as) == ("", NOBODY)
    assert message.automatic is AutomaticKind.BULK
    assert message.text == "words"


def test_mails_that_name_no_sender_have_none_in_common(room):
    first, second = (room.take_lines(f"Subject: {words}") for words in ("Printer", "Screen"))
    assert first.address != second.address


def test_what_the_server_would_not_hand_over_waits_for_a_person(room):
    with pytest.raises(Unreadable, match="hand this mail over"):
        room.translate(envelope({"uid": 7, "received_at": ARRIVED.isoformat(), "size": 0}))


async def test_attachments_are_brought_as_they_were(room):
    files = (
        Enclosure(name="акт.pdf", media_type="application/pdf", payload=b"%PDF\x00\xff" * 999),
        Enclosure(name="log.txt", media_type="text/plain", payload=b"E5\n"),
    )
    message = room.take(attachments=files)
    assert [file.name for file in message.files] == ["акт.pdf", "log.txt"]
    assert [file.size for file in message.files] == [len(one.payload) for one in files]
    fetcher = MailFetcher(read_blob=room.blobs.__getitem__)
    brought = [await fetcher.fetch(file.source) for file in message.files]
    assert brought == [one.payload for one in files]
    with pytest.raises(Gone):
        await fetcher.fetch(message.files[1].source.replace('"part":1', '"part":2'))


async def test_a_mail_is_read_once_for_all_its_files(room):
    files = tuple(
        Enclosure(name=f"{n}.txt", media_type="text/plain", payload=b"%d" % n) for n in range(9)
    )
    message, asked = room.take(attachments=files), []

    def read_blob(digest):
        asked.append(digest)
        return room.blobs[digest]

    fetcher = MailFetcher(read_blob=read_blob)
    for _ in range(2):
        brought = [await fetcher.fetch(file.source) for file in message.files]
        assert brought == [one.payload for one in files]
    assert len(asked) == 2  # what was brought is kept by nobody


def test_an_agent_sees_where_linked_words_lead(room):
    html = (
        '<p>The <a href="https://intranet.example/form?a=1&amp;b=2">form\n<b>page</b></a> fails, '
        'and so does <a href="https://evil.example/login">https://bank.example</a>.</p>'
        '<p><a href="mailto:x@y.example">write</a> <a href="javascript:alert(1)">run</a></p>'
    )
    assert room.take(html=html).facts["links"] == (
        "form page (https://intranet.example/form?a=1&b=2), "
        "https://bank.example (https://evil.example/login)"
    )


@pytest.mark.parametrize(
    "html",
    [
        '<p>see <a href="https://www.help.example/">help.example</a></p>',
        '<p>E5 <a href="https://logo.example"><img src="cid:logo"></a></p>',
        '<p>E5</p><blockquote type="cite"><p><a href="https://desk.example">form</a></p></blockquote>',
    ],
)
def test_links_that_hide_nothing_and_those_of_quotes_are_not_told(room, html):
    assert "links" not in room.take(html=html).facts


@pytest.mark.parametrize("days", [1, 400])
def test_a_date_in_the_future_gives_way_to_the_arrival(room, days):
    assert room.take(written_at=ARRIVED + timedelta(days=days)).sent_at == ARRIVED


@pytest.mark.parametrize(("days", "is_believed"), [(1, True), (300, True), (400, False)])
def test_a_date_of_years_ago_gives_way_to_the_arrival_too(room, days, is_believed):
    said = ARRIVED - timedelta(days=days)
    assert room.take(written_at=said).sent_at == (said if is_believed else ARRIVED)


def test_a_mail_without_a_date_was_sent_when_it_arrived(room):
    assert room.take_lines("From: olena@firma.example", "Date: soon").sent_at == ARRIVED


def test_an_agent_sees_who_else_reads_what_was_left_out_and_that_it_was_cut(room):
    html = '<p>E5 <img src="https://track.example/1.gif"></p>'
    message = room.take(cc=("Marek <marek@firma.example>", "sofia@firma.example"), html=html)
    assert message.facts["cc"] == "marek@firma.example, sofia@firma.example"
    assert message.facts["notices"] == "remote_images"
    raw = mail_letters.build(OLENA, "x", "words").as_bytes()
    cut = room.receive(raw, is_whole=False, size=60_000_000)
    assert cut.facts == {"cut": "60000000"}
