"""Outgoing mails: what is built here is read the same by ours and by the standard library."""

import email
from dataclasses import replace
from datetime import UTC, datetime
from email.policy import default

import pytest

from bots.email.addresses import Address
from bots.email.attachments import Attachment
from bots.email.compose import HeaderRefused, Outgoing, build, references, reply_subject
from bots.email.mime import read

OLENA = Address("Олена Коваль", "olena@firm.test")
TEXT = "Добрий день!\nПринтер друкує. " + "довгий рядок " * 100 + "\n\n-- \nМарек"
MAIL = Outgoing(
    sender=Address("Marek, перша лінія", "support@firm.test"),
    to=[OLENA],
    cc=[Address('Sofia "S" Novák', "sofia@firm.test"), Address("", "ivan@x.test")],
    reply_to="support+1042.abc@firm.test",
    subject="Re: Принтер на третьому поверсі не друкує, і сканер теж мовчить другий день",
    text=TEXT,
    html="<p>Добрий день!</p>",
    message_id="<t.1042.7.abcdefghijklmnop.aabcdefghijklmnop@firm.test>",
    in_reply_to="<first@firm.test>",
    references=["<zero@firm.test>"],
    written_at=datetime(2026, 11, 23, 10, 15, tzinfo=UTC),
)


def test_what_is_built_is_read_the_same():
    raw = build(replace(MAIL, attachments=[
        Attachment(name="акт про заміну.pdf", media_type="application/pdf", payload=b"%PDF" * 99),
        Attachment(name="ж" * 190 + ".txt", media_type="text/plain", payload=b"x"),
    ]))  # fmt: skip
    found = read(raw)
    assert found.from_ == MAIL.sender
    assert found.to == (OLENA,)
    assert found.cc == tuple(MAIL.cc)
    assert found.reply_to[0].address == MAIL.reply_to
    assert found.subject == MAIL.subject
    assert found.message_id == MAIL.message_id
    assert found.in_reply_to == ("<first@firm.test>",)
    assert found.references == ("<zero@firm.test>", "<first@firm.test>")
    assert found.sent_at == MAIL.written_at
    assert found.html == MAIL.html
    assert [(one.name, one.payload) for one in found.attachments] == [
        ("акт про заміну.pdf", b"%PDF" * 99),
        ("ж" * 190 + ".txt", b"x"),
    ]
    assert found.mail_class == "normal"


def test_the_standard_library_reads_it_too_and_finds_nothing_wrong():
    inline = Attachment(
        name="a.png", media_type="image/png", payload=b"\x89", content_id="a@x", is_inline=True
    )
    raw = build(replace(MAIL, attachments=[inline]))
    found = email.message_from_bytes(raw, policy=default)
    assert str(found["subject"]) == MAIL.subject
    assert found["from"].addresses[0].display_name == MAIL.sender.name
    assert found["message-id"].strip() == MAIL.message_id
    assert found.get_body(("plain",)).get_content().replace("\r", "") == TEXT + "\n"
    assert found.get_content_type() == "multipart/alternative"
    assert not [defect for part in found.walk() for defect in part.defects]


def test_lines_are_short_and_pure_ascii():
    long = replace(
        MAIL, subject="a" * 900, references=[f"<{n}@{'x' * 90}.test>" for n in range(50)]
    )
    for mail in (MAIL, long, replace(MAIL, subject="word " * 200, text="x" * 5000, html=None)):
        raw = build(mail)
        assert raw.isascii()
        assert max(map(len, raw.split(b"\r\n"))) <= 200
        assert b"\n" not in raw.replace(b"\r\n", b"")
        assert read(raw).subject == mail.subject.strip()


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "Hi\r\nBcc: x@evil.test"},
        {"subject": "Hi\nBcc: x@evil.test"},
        {"subject": "Hi\x00"},
        {"sender": Address("Marek\r\nBcc: x", "support@firm.test")},
        {"to": [Address("", "a@b.test>\r\nBcc: x@evil.test")]},
        {"to": [Address("", "a@b.test, c@d.test")]},
        {"to": [Address("", "not an address")]},
        {"to": [Address("", "олена@firm.test")]},
        {"to": []},
        {"message_id": "<a@b>\r\nX: y"},
        {"in_reply_to": "no brackets"},
        {"references": ["<a b@c>"]},
        {"reply_to": "x"},
        {"attachments": [Attachment(name="a\r\nb", media_type="a/b", payload=b"")]},
        {"attachments": [Attachment(name="a", media_type="a/b\r\nX: y", payload=b"")]},
    ],
)
def test_what_would_break_out_of_a_header_is_refused(change):
    with pytest.raises(HeaderRefused):
        build(replace(MAIL, **change))


def test_automatic_mail_says_so_and_a_persons_answer_does_not():
    for word in ("auto-replied", "auto-generated"):
        raw = build(replace(MAIL, automatic=word))
        assert f"\r\nAuto-Submitted: {word}\r\n".encode() in raw
        assert b"\r\nX-Auto-Response-Suppress: All\r\n" in raw
        assert read(raw, own_addresses={MAIL.sender.address}).mail_class == "own"
        assert read(raw).mail_class == "auto_reply"
    assert b"Auto-Submitted" not in build(MAIL)


@pytest.mark.parametrize(
    ("original", "subject"),
    [
        ("Принтер", "Re: Принтер"),
        ("RE: re: Odp: Принтер", "Re: Принтер"),
        ("R: Stampante", "Re: Stampante"),
        ("Απ: Εκτυπωτής", "Re: Εκτυπωτής"),
        ("Відп: Принтер", "Re: Принтер"),
        ("Re[2]: Printer", "Re: Printer"),
        ("Report: late", "Re: Report: late"),
        ("", "Re:"),
    ],
)
def test_a_subject_gets_one_prefix(original, subject):
    assert reply_subject(original) == subject


def test_references_keep_the_first_and_the_last_nineteen():
    thread = [f"<{n}@x>" for n in range(30)]
    kept = references(thread, "<new@x>")
    assert len(kept) == 20
    assert (kept[0], kept[1], kept[-1]) == ("<0@x>", "<12@x>", "<new@x>")


def test_a_domain_outside_ascii_is_written_in_ascii():
    raw = build(replace(MAIL, to=[Address("", "olena@пошта.test")]))
    assert b"olena@xn--" in raw
