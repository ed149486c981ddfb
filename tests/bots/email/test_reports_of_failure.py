"""A report that a mail of ours was lost comes to its ticket; any other to nobody, or a person."""

import pytest

from intake.errors import Needless, Unreadable
from intake.messages import AutomaticKind
from simulators import mail_letters
from tests.bots.email.mailroom import OURS, SIGNER


def report(message_id):
    sent = f"Message-ID: {message_id}\r\nSubject: x\r\n\r\n".encode()
    raw = mail_letters.report_of_failure("olena@firma.example", sent)
    return b"Return-Path: <>\r\n" + raw


def test_a_report_of_failure_belongs_to_the_ticket_of_our_mail(room):
    by_id = room.receive(report(OURS))
    assert (by_id.automatic, by_id.proven_ticket) == (AutomaticKind.BOUNCE, 1042)
    to = f"To: {SIGNER.bounce_address('1044', '9')}\r\n".encode()
    by_address = room.receive(to + report("<unknown@x.example>"))
    assert (by_address.automatic, by_address.proven_ticket) == (AutomaticKind.BOUNCE, 1044)


def test_a_report_tells_which_message_has_not_arrived_and_why(room):
    failure = room.receive(report(OURS)).failure
    assert (failure.delivery_id, failure.is_lasting) == (7, True)
    assert failure.reason == "5.1.1 smtp; 550 5.1.1 user unknown"
    assert room.take(in_reply_to=OURS).failure is None


@pytest.mark.parametrize(
    ("action", "status", "is_failure", "is_lasting"),
    [
        (b"delayed", b"4.4.1", False, False),
        (b"delivered", b"2.0.0", False, False),
        (b"relayed", b"2.0.0", False, False),
        (b"failed", b"5.2.2", True, False),  # a full mailbox
        (b"failed", b"4.4.7", True, True),  # given up after days
    ],
)
def test_what_may_still_arrive_is_no_failure(room, action, status, is_failure, is_lasting):
    raw = report(OURS).replace(b"Action: failed", b"Action: " + action)
    message = room.receive(raw.replace(b"Status: 5.1.1", b"Status: " + status))
    assert message.automatic is AutomaticKind.BOUNCE
    assert (message.failure is not None) is is_failure
    assert bool(message.failure and message.failure.is_lasting) is is_lasting


def test_a_report_in_free_words_is_believed(room):
    to = SIGNER.bounce_address("1044", "9")
    message = room.take_lines(
        "From: mailer-daemon@mx.example", f"To: {to}", "Subject: Mail delivery failed"
    )
    assert (message.proven_ticket, message.failure.delivery_id) == (1044, 9)
    assert (message.failure.reason, message.failure.is_lasting) == ("Mail delivery failed", False)


def test_a_report_that_names_no_mail_of_ours_needs_nobody(room):
    for message_id in ("<unknown@x.example>", OURS.replace("1042", "1043")):
        with pytest.raises(Needless, match="names no mail of ours"):
            room.receive(report(message_id))


@pytest.mark.parametrize(
    ("sender", "subject", "text"),
    [
        ("mailer-daemon@mx.example", "Mail delivery failed", f"your mail: {OURS}"),
        ("mailer-daemon@mx.example", "Undeliverable: Printer [#1042]", ""),
        ("postmaster@partner.example", "Your mails are returned mail", "Please call me. Jan"),
        ("olena@firma.example", "Fwd: Mail delivery failed", "I can't mail Tom"),
    ],
)
def test_a_report_that_may_be_ours_or_a_persons_waits_for_a_person(room, sender, subject, text):
    lines = (f"From: {sender}", f"Subject: {subject}", "X-Failed-Recipients: tom@x.example")
    with pytest.raises(Unreadable, match="a person") as held:
        room.take_lines(*lines, "", text)
    assert not isinstance(held.value, Needless)
