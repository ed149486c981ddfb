"""Mails of machines are told apart, so that no machine answers another."""

import pytest

from bots.email.mime import read

BODY = b"\r\n\r\nwords"
OLENA = "From: olena@firm.test"


SUPPRESS = "X-Auto-Response-Suppress: All"


def classed(*lines, own=()):
    return read("\r\n".join(lines).encode() + BODY, own_addresses=own)


@pytest.mark.parametrize(
    "lines",
    [
        (OLENA,),
        (OLENA, "Auto-Submitted: no"),
        (OLENA, "X-Auto-Response-Suppress: All", "Subject: Printer"),
        (OLENA, SUPPRESS, "Subject: Re: Out of office message cannot be switched on [#1001]"),
        (OLENA, "Subject: My automatic door", "Precedence: normal"),
        (OLENA, "Subject: Out of office message cannot be switched on"),
        (OLENA, "Subject: Re: Automatic reply in Outlook is wrong"),
        (OLENA, "Subject: Автовідповідь не вмикається в Outlook"),
        (OLENA, "Subject: Mimo kanceláriu nefunguje VPN"),
        (OLENA, "Subject: Εκτός γραφείου δεν λειτουργεί το VPN"),
        (OLENA, "Subject: Fuori sede la VPN non funziona"),
    ],
)
def test_a_persons_mail_is_normal_and_may_be_answered(lines):
    found = classed(*lines)
    assert found.mail_class == "normal"
    assert found.may_be_answered_by_machine


GROUP = ("List-Post: <mailto:it@firm.test>", "List-Unsubscribe: <https://groups.test/u>")


@pytest.mark.parametrize(
    "lines",
    [
        (OLENA, "List-ID: <it.firm.test>"),
        (OLENA, "List-ID: <it.firm.test>", "Precedence: list"),
        (OLENA, "List-ID: <it.firm.test>", "Precedence: list", *GROUP),
    ],
)
def test_a_persons_mail_by_way_of_a_list_may_be_answered(lines):
    found = classed(*lines)
    assert found.mail_class == "list"
    assert found.may_be_answered_by_machine


@pytest.mark.parametrize(
    "subject",
    [
        "Subject: Автоматична відповідь: Принтер",
        "Subject: Automatická odpoveď: Printer",
        "Subject: Αυτόματη απάντηση: Εκτυπωτής",
        "Subject: Risposta automatica: Stampante",
        "Subject: Out of office",
        "Subject: Out of office message cannot be switched on",
    ],
)
def test_what_exchange_marks_under_such_a_subject_may_be_a_persons(subject):
    found = classed(OLENA, SUPPRESS, subject)
    assert found.mail_class == "doubtful"
    assert found.may_be_answered_by_machine
    assert classed(OLENA, SUPPRESS, "Auto-Submitted: auto-replied").mail_class == "auto_reply"


@pytest.mark.parametrize(
    ("lines", "mail_class"),
    [
        ((OLENA, "Auto-Submitted: auto-replied"), "auto_reply"),
        ((OLENA, "Auto-Submitted: auto-generated; owner=x"), "auto_reply"),
        ((OLENA, "X-Autoreply: yes"), "auto_reply"),
        ((OLENA, "X-Autorespond: vacation"), "auto_reply"),
        ((OLENA, "Precedence: auto_reply"), "auto_reply"),
        ((OLENA, "Return-Path: <>"), "auto_reply"),
        ((OLENA, "List-Id: <news.firm.test>", "List-Unsubscribe: <https://n.test>"), "bulk"),
        ((OLENA, "Feedback-ID: 7:news"), "bulk"),
        ((OLENA, "Precedence: junk"), "bulk"),
        (("From: IT <it@firm.test>", *GROUP), "bulk"),
        ((OLENA, "Precedence: bulk"), "bulk"),
        ((OLENA, "X-Firstline-Loop: Support@firm.test"), "own"),
        ((OLENA, "X-Firstline-Loop: it@other.test", "Auto-Submitted: auto-replied"), "auto_reply"),
        (("From: Support <Support@firm.test>",), "bulk"),
        (("From: MAILER-DAEMON@mx.test", "Subject: Undelivered Mail Returned"), "bounce"),
        ((OLENA, "X-Failed-Recipients: ivan@evil.test"), "bounce"),
        ((OLENA, "Content-Type: multipart/report; report-type=disposition-notification"), "mdn"),
        ((OLENA, "Content-Type: multipart/report; report-type=feedback-report"), "arf"),
    ],
)
def test_a_machines_mail_is_classed_and_never_answered_by_a_machine(lines, mail_class):
    found = classed(*lines, own={"support@firm.test"})
    assert found.mail_class == mail_class
    assert not found.may_be_answered_by_machine


@pytest.mark.parametrize(
    "lines",
    [
        ("From: no-reply@shop.test",),
        ("From: noreply+42@shop.test",),
        ("From: Postmaster@firm.test",),
        ("Subject: nobody wrote this",),
    ],
)
def test_some_normal_mails_are_never_answered_by_a_machine(lines):
    found = classed(*lines)
    assert found.mail_class == "normal"
    assert not found.may_be_answered_by_machine


def of_calendar(method, *lines, disposition="inline"):
    """As mail programs write it: some words, and beside them what calendars read."""
    head = (OLENA, "Subject: Accepted: Maintenance", 'Content-Type: multipart/mixed; boundary="c"')
    words = ("--c", "Content-Type: text/plain", "", "Olena has accepted this invitation.")
    part = (f"Content-Type: text/calendar; method={method}", f"Content-Disposition: {disposition}")
    event = ("BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", "--c--")
    return classed(*head, "", *words, "--c", *part, "", *event)


@pytest.mark.parametrize("method", ["REPLY", "reply", "COUNTER", "CANCEL"])
@pytest.mark.parametrize(
    "line", ["SUMMARY:Maintenance", "COMMENT;LANGUAGE=en-US:\\n", "COMMENT: "]
)
def test_what_a_calendar_says_of_a_meeting_by_itself_is_told_apart(method, line):
    found = of_calendar(method, line)
    assert found.mail_class == "calendar"
    assert not found.may_be_answered_by_machine


@pytest.mark.parametrize(
    ("method", "line", "disposition"),
    [
        ("REQUEST", "SUMMARY:Maintenance", "inline"),
        ("REPLY", "SUMMARY:Maintenance", "attachment"),
        ("REPLY", "COMMENT;LANGUAGE=en-US:My laptop does not\r\n  start\\n", "inline"),
        ("REPLY", "COMMENT:Ноутбук не вмикається", "inline"),
        ("REPLY", 'ATTENDEE;X-RESPONSE-COMM\r\n ENT="Later":mailto:o@firm.test', "inline"),
    ],
)
def test_an_invitation_and_what_somebody_writes_to_an_answer_are_a_persons(
    method, line, disposition
):
    assert of_calendar(method, line, disposition=disposition).mail_class == "normal"


def test_a_delivery_report_names_the_recipient_and_the_mail():
    raw = (
        b"From: Mail Delivery System <mailer-daemon@mx.test>\r\nReturn-Path: <>\r\n"
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        b"--b\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        b"Reporting-MTA: dns; mx.test\r\n\r\n"
        b"Final-Recipient: rfc822; Olena@firm.test\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        b"Diagnostic-Code: smtp; 550 5.1.1 unknown\r\n\r\n"
        b"Final-Recipient: rfc822; sofia@firm.test\r\nAction: failed\r\nStatus: 5.2.2\r\n"
        b"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        b"Message-ID: <t.1042.7@firm.test>\r\nReferences: <a@b> <c@d>\r\n--b--\r\n"
    )
    found = read(raw)
    assert (found.mail_class, found.text) == ("bounce", "Sorry.")
    first, second = found.bounce.reports
    assert (first.action, first.status) == ("failed", "5.1.1")
    assert first.is_permanent
    assert not second.is_permanent  # a full mailbox
    assert found.bounce.original_message_id == "<t.1042.7@firm.test>"
    assert [one.name for one in found.attachments] == ["delivery-status-1.txt", "headers-1.txt"]


FORWARDED = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n"
    b"What is this?\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
    b"Final-Recipient: rfc822; a@b.test\r\nAction: failed\r\nStatus: 5.1.1\r\n--b--\r\n"
)


def test_a_report_that_somebody_passes_on_is_a_persons_mail():
    found = read(OLENA.encode() + b"\r\n" + FORWARDED)
    assert (found.mail_class, found.text) == ("normal", "What is this?")
    assert read(b"From: mailer-daemon@mx.test\r\n" + FORWARDED).mail_class == "bounce"
