"""Deliveries as mails over real SMTP: each of the five ends, and what the person gets to see."""

import asyncio
import re
from dataclasses import replace
from html import unescape
from threading import get_ident

import pytest

from bots.email import smtp
from bots.email.card import MailDrawing
from bots.email.send import CONNECTIONS, MailSender
from bots.email.smtp import SmtpAccess
from bots.email.threads import Signer
from intake.errors import NotFound, Unavailable
from intake.messages import Address
from intake.speech import (
    Accepted,
    Card,
    Chip,
    Choice,
    Delivery,
    Enclosure,
    Permanent,
    Question,
    RetryAfter,
    Text,
    Unknown,
    UserGone,
)
from intake.wording import templates_folder
from simulators import mail_server
from tests.bots.email.answering import Answering
from tests.bots.email.reading import SUPPORT
from tests.conftest import Clock, begun

OLENA = "olena@firma.example"
SIGNER = Signer(keys={"a": b"k" * 32}, current="a", mailbox=SUPPORT)
BLOBS = {"f" * 64: b"%PDF-1.4\r\n\x00\xff" * 500}
CARD = Card(
    heading="#1042 · Принтер",
    intro="Дякую, Олено! Усе записано.",
    known=(Chip(label="Де це", value="3 поверх <E5>"),),
    ask="Напишіть усе одним повідомленням:",
    questions=(
        Question(number=1, label="Номер на наклейці", hint="наприклад, INV-20418"),
        Question(number=2, label="Чи можна працювати", choices=(
            Choice(label="Так", data="x"), Choice(label="Ні", data="y"))),
    ),
    closing="Чогось не знаєте? Так і напишіть.",
)  # fmt: skip


def read_blob(digest):
    if digest not in BLOBS:
        raise NotFound("no_file")
    return BLOBS[digest]


@pytest.fixture
def sender(server):
    return MailSender(
        address=SUPPORT,
        desk_name="Служба IT",
        access=SmtpAccess(
            host=server.host,
            port=server.smtp_port,
            security="none",
            login=SUPPORT,
            password=server.password,
        ),
        signer=SIGNER,
        drawing=MailDrawing(templates_folder()),
        read_blob=read_blob,
        clock=Clock(),
    )


def a_delivery(**more):
    fields = {
        "id": 7,
        "address": Address(channel="email", account=SUPPORT, external_id=OLENA),
        "body": Text(text="Вже йду.\n\nЗачекайте, будь ласка.", signature="Marek Novák"),
        "ticket_id": 1042,
        "subject": "Принтер",
        "quoted_id": "<2@firma.example>",
        "thread": ("<1@firma.example>", "<0@firma.example>"),
        "is_automatic": False,
        "language": "uk",
    }
    return Delivery(**(fields | more))


@pytest.fixture
def send(server, sender):
    async def sent(**more):
        """The mail as Olena's program shows it."""
        result = await sender.send(a_delivery(**more), begun)
        mail = server.mails(OLENA)[-1]
        assert result == Accepted(provider_id=mail.message_id)
        return mail

    return sent


# the five ends


async def test_a_mail_that_is_taken_is_known_by_our_own_id(sender, server):
    result = await sender.send(a_delivery(), begun)
    (mail,) = server.mails(OLENA)
    assert result == Accepted(provider_id=mail.message_id)
    assert SIGNER.read_message_id(mail.message_id).ticket == "1042"
    assert SIGNER.read_bounce_address(mail.headers["return-path"].strip("<>")).entry == "7"


async def test_a_mail_that_is_sent_again_is_known_as_the_same(sender, server):
    server.faults.inject("smtp_drop_after_data", times=1)
    assert isinstance(await sender.send(a_delivery(), begun), Unknown)
    again = await sender.send(a_delivery(), begun)
    assert isinstance(again, Accepted)
    assert {mail.message_id for mail in server.mails(OLENA)} == {again.provider_id}


async def test_a_refused_login_is_the_accounts_and_not_the_mails(sender, server):
    server.faults.inject("smtp_login", times=1)
    assert (await sender.send(a_delivery(), begun)).is_refused


@pytest.mark.parametrize(
    ("fault", "begins"),
    [
        ("smtp_login", 0),
        ("smtp_permanent", 0),
        ("smtp_drop_before_data", 0),
        ("smtp_drop_after_data", 1),
    ],
)
async def test_a_mail_begins_when_the_server_is_ready_for_its_text(sender, server, fault, begins):
    began = []

    async def begin():
        began.append(len(server.mails(OLENA)))

    server.faults.inject(fault, times=1)
    await sender.send(a_delivery(), begin)
    assert began == [0] * begins


async def sent_to(answers, sender):
    async with Answering(**answers).serving() as port:
        elsewhere = replace(sender, access=replace(sender.access, port=port))
        return await elsewhere.send(a_delivery(), begun)


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ({}, Accepted),
        ({"greeting": "554 no service"}, RetryAfter),
        ({"greeting": "hello?"}, RetryAfter),
        ({"AUTH": "454 4.7.0 later"}, RetryAfter),
        ({"AUTH": "535 5.7.8 no"}, RetryAfter),
        ({"MAIL": "451 4.3.0 later"}, RetryAfter),
        ({"EHLO": "502 no", "HELO": "530 5.7.0 no"}, RetryAfter),
        ({"RCPT": "450 4.2.1 greylisted"}, RetryAfter),
        ({"RCPT": "552 5.2.2 mailbox full"}, Permanent),
        ({"RCPT": "550 5.1.1 nobody"}, UserGone),
        ({"RCPT": "550 no such user"}, UserGone),
        ({"RCPT": "550 5.7.1 not from the likes of you"}, Permanent),
        ({"RCPT": "550 5.1.1 unknown in the table of relay not local"}, UserGone),
        ({"DATA": "451 4.3.0 later"}, RetryAfter),
        ({"DATA": "554 5.7.1 no"}, Permanent),
        ({"text": "451 4.3.0 later"}, RetryAfter),
        ({"text": "554 5.7.1 spam"}, Permanent),
        ({"text": "hello?"}, Unknown),
        ({"QUIT": "hello?"}, Accepted),
    ],
)
async def test_each_answer_of_a_server_has_its_end(sender, answers, kind):
    assert type(await sent_to(answers, sender)) is kind


@pytest.mark.parametrize(
    "answers",
    [
        {"MAIL": "530 5.7.0 Authentication Required"},
        {"MAIL": "550 5.7.1 not your address"},
        {"MAIL": "535 5.7.8 Error: authentication failed"},
    ],
)
async def test_what_a_server_minds_about_us_makes_every_mail_wait(sender, answers):
    result = await sent_to(answers, sender)
    assert isinstance(result, RetryAfter)
    assert result.is_refused


@pytest.mark.parametrize(
    "answers",
    [
        {"RCPT": "530 authenticate first"},
        {"RCPT": "554 5.7.1 <olena@firma.example>: Relay access denied"},
        {"RCPT": "454 4.7.1 <olena@firma.example>: Relay access denied"},
        {"RCPT": "550 relay not permitted"},
        {"RCPT": "550 5.7.1 RESOLVER.RST.AuthRequired; authentication required"},
        {"RCPT": "550 5.7.1 Client was not authenticated. Authentication is required"},
        {"RCPT": "550 5.7.54 Unable to relay recipient in non-accepted domain"},
        {"RCPT": "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)"},
        {"DATA": "530 5.5.1 Authentication Required"},
        {"text": "550 5.7.60 Client does not have permissions to send as this sender"},
        {"text": "554 5.2.252 SendAsDenied"},
    ],
)
async def test_once_a_recipient_is_named_what_it_minds_about_us_holds_up_no_other(sender, answers):
    result = await sent_to(answers, sender)
    assert isinstance(result, RetryAfter)
    assert not result.is_refused


async def test_a_server_that_falls_silent_after_the_text_leaves_it_unknown(sender, monkeypatch):
    monkeypatch.setattr(smtp, "TAKING_WITHIN", 0.05)
    monkeypatch.setattr(smtp, "QUIT_WITHIN", 0.05)
    result = await sent_to({"text": "250-and so on"}, sender)
    assert type(result) is Unknown


async def test_few_connections_are_open_at_once(sender, server, monkeypatch):
    most, made = [], mail_server._Connection.connection_made

    def noted(connection, transport):
        made(connection, transport)
        most.append(len(connection.members))

    monkeypatch.setattr(mail_server._Connection, "connection_made", noted)
    sent = [sender.send(a_delivery(id=number), begun) for number in range(12)]
    assert all(isinstance(end, Accepted) for end in await asyncio.gather(*sent))
    assert max(most) <= CONNECTIONS + 1  # one may be on its way out


# the headers


async def test_an_answer_goes_on_in_the_thread_and_its_replies_find_back(send):
    mail = await send()
    assert mail.in_reply_to == "<2@firma.example>"
    assert mail.references == ("<0@firma.example>", "<1@firma.example>", "<2@firma.example>")
    assert mail.subject == "Re: Принтер [#1042]"
    assert SIGNER.read_reply_address(mail.reply_to) == "1042"
    assert (mail.from_name, mail.from_address) == ("Marek Novák · Служба IT", SUPPORT)
    assert mail.to == (OLENA,)
    assert mail.headers["date"] == "Mon, 23 Nov 2026 09:00:00 +0000"
    assert mail.headers["content-language"] == "uk"


async def test_prefixes_and_the_tag_do_not_pile_up(send):
    mail = await send(subject="Re: AW: Принтер [#1042]")
    assert mail.subject == "Re: Принтер [#1042]"


async def test_where_plus_addresses_do_not_work_there_are_none(server, sender):
    plain = replace(sender, has_plus_addresses=False)
    assert isinstance(await plain.send(a_delivery(), begun), Accepted)
    (mail,) = server.mails(OLENA)
    assert mail.reply_to == ""
    assert mail.headers["return-path"] == f"<{SUPPORT}>"


async def test_the_bots_mail_says_so_and_an_agents_does_not(send):
    bots = await send(is_automatic=True, body=CARD)
    assert bots.headers["auto-submitted"] == "auto-replied"
    assert bots.headers["x-auto-response-suppress"] == "All"
    assert bots.headers["x-firstline-loop"] == SUPPORT
    agents = await send()
    names = {"auto-submitted", "x-auto-response-suppress", "x-firstline-loop", "precedence"}
    assert not names & set(agents.headers)


@pytest.mark.parametrize(
    "odd", ["", "<1>", "no brackets", "<ї@firma.example>", "<a b@x>", "<a@x>\r\nBcc: ivan@x"]
)
async def test_an_id_that_no_header_can_carry_is_left_out_and_the_answer_goes(send, odd):
    mail = await send(quoted_id=odd, thread=(odd, "<0@firma.example>"))
    assert mail.in_reply_to == ""
    assert mail.references == ("<0@firma.example>",)
    assert "bcc" not in mail.headers


@pytest.mark.parametrize(
    "more",
    [
        {"subject": "x\r\nBcc: ivan@else.example"},
        {"body": Text(text="x", signature="Marek\r\nBcc: ivan@else.example")},
        {"address": Address(channel="email", account=SUPPORT, external_id="o@x\r\nBcc: i@x")},
        {"address": Address(channel="email", account=SUPPORT, external_id="unknown")},
        {"attachments": (Enclosure(name="a\r\nBcc: i@x", media_type="text/plain", size=1,
                                   sha256="f" * 64),)},
        {"attachments": (Enclosure(name="a", media_type="text/plain", size=1, sha256="0" * 64),)},
    ],
)  # fmt: skip
async def test_what_would_break_out_of_a_header_or_is_not_there_never_goes(sender, server, more):
    result = await sender.send(a_delivery(**more), begun)
    assert isinstance(result, Permanent)
    assert not server.mails(OLENA)
    assert server.boxes.addresses() == (SUPPORT,)


async def test_an_address_in_a_foreign_script_is_written_to(sender, server):
    address = Address(channel="email", account=SUPPORT, external_id="olena@фірма.example")
    assert isinstance(await sender.send(a_delivery(address=address), begun), Accepted)
    written = "olena@" + "фірма.example".encode("idna").decode()
    (mail,) = server.mails(written)
    assert mail.to == (written,)


async def test_while_the_disk_is_away_a_mail_with_a_file_waits(sender, server):
    def away(_digest):
        raise Unavailable("disk")

    file = Enclosure(name="a", media_type="text/plain", size=1, sha256="f" * 64)
    result = await replace(sender, read_blob=away).send(a_delivery(attachments=(file,)), begun)
    assert isinstance(result, RetryAfter)


# the words


async def test_an_answer_is_the_agents_words_and_name_as_text_and_as_html(send):
    mail = await send(body=Text(text="1 < 2 & <b>\n.\n\n.dot", signature="Marek Novák"))
    assert mail.text == "1 < 2 & <b>\n.\n\n.dot\n\nMarek Novák\n"
    assert "1 &lt; 2 &amp; &lt;b&gt;" in mail.html
    assert "Marek Novák" in mail.html
    assert 'lang="uk"' in mail.html


async def test_a_card_can_be_answered_by_reply(send):
    mail = await send(body=CARD, is_automatic=True)
    for shown in (mail.text, unescape(re.sub(r"<[^>]+>", "", mail.html))):
        for part in ("#1042 · Принтер", "3 поверх <E5>", "Номер на наклейці", "INV-20418",
                     "Так / Ні", "просто дайте відповідь на цей лист"):  # fmt: skip
            assert part in shown
    assert "1. Номер" in mail.text
    assert mail.html.index("<ol>") < mail.html.index("Номер на наклейці")


async def test_no_line_is_too_long_and_all_is_ascii(send):
    mail = await send(body=Text(text="ї" * 20_000), subject="ґ" * 300)
    assert max(map(len, mail.raw.split(b"\r\n"))) <= 998
    assert mail.raw.isascii()
    assert mail.text.strip() == "ї" * 20_000


async def test_while_a_file_is_read_the_loop_goes_on(sender):
    readers = []

    def read(digest):
        readers.append(get_ident())
        return b"a log"

    file = Enclosure(name="log.txt", media_type="text/plain", size=5, sha256="0" * 64)
    await replace(sender, read_blob=read).send(a_delivery(attachments=(file,)), begun)
    assert readers != [get_ident()]
    assert len(readers) == 1
