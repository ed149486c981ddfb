"""The simulated mail provider, seen through real clients: imapclient and aiosmtplib."""

import asyncio
import time
from email.message import EmailMessage

import aiosmtplib
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from simulators import mail_api
from simulators.mail_letters import Enclosure
from simulators.mail_server import MailServer

SUPPORT = "support@firstline.test"
OLENA = "olena@firm.test"


@pytest.fixture
async def server():
    server = MailServer(SUPPORT)
    await server.start()
    yield server
    await server.stop()


class Box:
    """imapclient on a thread, as the product will use it."""

    def __init__(self, server, address=SUPPORT):
        self.server, self.address, self.client = server, address, None

    async def __aenter__(self):
        self.client = await asyncio.to_thread(
            IMAPClient, "127.0.0.1", self.server.imap_port, ssl=False, timeout=5
        )
        try:
            await self("login", self.address, self.server.password)
            await self("select_folder", "INBOX")
        except LoginError:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_):
        await asyncio.to_thread(self.client.shutdown)

    async def __call__(self, name, *args, **kwargs):
        return await asyncio.to_thread(getattr(self.client, name), *args, **kwargs)


def answer_mail(to=OLENA, subject="Re: Принтер"):
    mail = EmailMessage()
    mail["From"] = f"Marek <{SUPPORT}>"
    mail["To"] = to
    mail["Subject"] = subject
    mail["Message-ID"] = "<t.1042.7@firstline.test>"
    mail["In-Reply-To"] = "<first@firm.test>"
    mail["References"] = "<zero@firm.test> <first@firm.test>"
    mail.set_content("Вже працює.\n")
    mail.add_alternative("<p>Вже працює.</p>", subtype="html")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="акт.pdf")
    return mail


async def send(server, mail=None, **kwargs):
    return await aiosmtplib.send(
        mail or answer_mail(),
        hostname="127.0.0.1",
        port=server.smtp_port,
        start_tls=False,
        timeout=5,
        **kwargs,
    )


async def test_what_a_person_writes_is_found_and_read_by_imap(server):
    message_id = server.write(f"Олена Коваль <{OLENA}>", "Принтер", "Не друкує.\n")
    async with Box(server) as box:
        assert await box("search", ["UID", "1:*"]) == [1]
        answer = await box("fetch", [1], ["BODY.PEEK[]", "RFC822.SIZE", "INTERNALDATE", "FLAGS"])
        raw = answer[1][b"BODY[]"]
        assert message_id.encode() in raw
        assert b"Delivered-To: " + SUPPORT.encode() in raw
        assert answer[1][b"RFC822.SIZE"] == len(raw)
        assert answer[1][b"INTERNALDATE"] is not None
        assert answer[1][b"FLAGS"] == ()
        part = await box("fetch", [1], ["BODY.PEEK[]<0.20>", "BODY.PEEK[HEADER.FIELDS (SUBJECT)]"])
        assert part[1][b"BODY[]<0>"] == raw[:20]
        assert part[1][b"BODY[HEADER.FIELDS (SUBJECT)]"].startswith(b"Subject: =?")


async def test_an_answer_sent_by_smtp_is_in_the_persons_mailbox(server):
    await send(server, username=SUPPORT, password="secret")
    (mail,) = await server.until(lambda: server.mails(OLENA))
    assert (mail.from_name, mail.from_address) == ("Marek", SUPPORT)
    assert mail.subject == "Re: Принтер"
    assert mail.message_id == "<t.1042.7@firstline.test>"
    assert mail.in_reply_to == "<first@firm.test>"
    assert mail.references == ("<zero@firm.test>", "<first@firm.test>")
    assert mail.text == "Вже працює.\n"
    assert "<p>Вже" in mail.html
    assert [(one.name, one.payload) for one in mail.attachments] == [("акт.pdf", b"%PDF-1.4")]


async def test_a_reply_keeps_the_thread_and_quotes_the_original(server):
    await send(server)
    (mail,) = server.mails(OLENA)
    server.reply(OLENA, mail, "Дякую!")
    (answer,) = server.mails(SUPPORT)
    assert answer.in_reply_to == mail.message_id
    assert answer.references == (*mail.references, mail.message_id)
    assert answer.text.startswith("Дякую!\n")
    assert "> Вже працює." in answer.text


async def test_a_plus_address_is_delivered_to_the_mailbox_itself(server):
    server.write(OLENA, "Знову", "…", to=("support+1042.abc@firstline.test",))
    (mail,) = server.mails(SUPPORT)
    assert mail.headers["delivered-to"] == "support+1042.abc@firstline.test"


async def test_idle_hears_of_a_new_mail_and_ends_on_done(server):
    async with Box(server) as box:
        await box("idle")
        server.write(OLENA, "Нове", "…")
        assert (1, b"EXISTS") in await box("idle_check", timeout=5)
        await box("idle_done")
        assert await box("search", ["UID", "1:*"]) == [1]


async def test_flags_moves_and_appends_work_by_uid(server):
    for number in range(3):
        server.write(OLENA, f"Лист {number}", "…")
    async with Box(server) as box:
        await box("add_flags", [2], ["\\Seen", "$Firstline"])
        assert await box("search", ["UNSEEN"]) == [1, 3]
        assert await box("search", ["KEYWORD", "$Firstline"]) == [2]
        await box("create_folder", "Processed")
        await box("move", [2], "Processed")
        assert await box("search", "ALL") == [1, 3]
        assert len(server.mails(SUPPORT, "Processed")) == 1
        await box("append", "Sent", b"Subject: sent\r\n\r\nx\r\n", flags=["\\Seen"])
        assert server.mails(SUPPORT, "Sent")[0].subject == "sent"
        await box("delete_messages", [1])
        await box("uid_expunge", [1])
        assert await box("search", ["SUBJECT", "x"]) == []
        assert await box("search", ["NOT", "UID", "1"]) == [3]
        assert [name for flags, _, name in await box("list_folders") if b"\\Sent" in flags] == [
            "Sent"
        ]


async def test_a_range_beyond_the_last_mail_gives_the_last_mail_as_real_servers_do(server):
    server.write(OLENA, "Один", "…")
    async with Box(server) as box:
        assert await box("search", ["UID", "999:*"]) == [1]


async def test_renumbering_ends_the_session_and_gives_a_new_uidvalidity(server):
    server.write(OLENA, "Перший", "…")
    async with Box(server) as box:
        before = (await box("folder_status", "INBOX"))[b"UIDVALIDITY"]
        server.renumber()
        with pytest.raises((IMAPClientError, OSError)):
            await box("noop")
    async with Box(server) as box:
        after = (await box("folder_status", "INBOX"))[b"UIDVALIDITY"]
        assert after != before
        assert await box("search", "ALL") == [1]


async def test_a_dropped_connection_is_seen_by_the_client_in_idle(server):
    async with Box(server) as box:
        await box("idle")
        server.drop_connections()
        assert await box("idle_check", timeout=5) == []  # imapclient hides the loss here
        with pytest.raises((IMAPClientError, OSError)):
            await box("idle_done")


async def test_a_refused_login_is_an_authentication_failure_once(server):
    server.faults.inject("imap_login", times=1)
    with pytest.raises(LoginError, match="AUTHENTICATIONFAILED"):
        async with Box(server):
            pass
    async with Box(server) as box:
        assert await box("noop")


async def test_oauth_is_refused_with_a_challenge_that_the_client_answers(server):
    box = Box(server)
    box.client = await asyncio.to_thread(
        IMAPClient, "127.0.0.1", server.imap_port, ssl=False, timeout=5
    )
    with pytest.raises(LoginError):
        await box("oauth2_login", SUPPORT, "expired")
    assert b"logged in" in await box("oauth2_login", SUPPORT, "secret")
    await asyncio.to_thread(box.client.shutdown)


async def test_a_body_that_cannot_be_fetched_leaves_the_connection_usable(server):
    server.write(OLENA, "Один", "…")
    server.faults.inject("imap_fetch", times=1)
    async with Box(server) as box:
        with pytest.raises(IMAPClientError):
            await box("fetch", [1], ["BODY.PEEK[]"])
        assert 1 in await box("fetch", [1], ["BODY.PEEK[]"])


@pytest.mark.parametrize(("fault", "code"), [("smtp_temporary", 451), ("smtp_permanent", 550)])
async def test_smtp_refuses_the_recipient_it_was_told_to_refuse(server, fault, code):
    server.faults.inject(fault, address=OLENA)
    with pytest.raises(aiosmtplib.SMTPRecipientsRefused) as refusal:
        await send(server)
    assert refusal.value.recipients[0].code == code
    await send(server, answer_mail(to="sofia@firm.test"))
    assert server.mails(OLENA) == ()
    assert len(server.mails("sofia@firm.test")) == 1


async def test_smtp_login_can_fail(server):
    server.faults.inject("smtp_login", times=1)
    with pytest.raises(aiosmtplib.SMTPAuthenticationError):
        await send(server, username=SUPPORT, password="secret")
    with pytest.raises(aiosmtplib.SMTPAuthenticationError):
        await send(server, username=SUPPORT, password="wrong")
    assert server.mails(OLENA) == ()


@pytest.mark.parametrize(
    ("fault", "delivered"), [("smtp_drop_before_data", 0), ("smtp_drop_after_data", 1)]
)
async def test_a_connection_lost_around_data_leaves_the_outcome_unknown(server, fault, delivered):
    server.faults.inject(fault, times=1)
    with pytest.raises(aiosmtplib.SMTPServerDisconnected):
        await send(server)
    assert len(server.mails(OLENA)) == delivered


async def test_a_bounce_comes_back_to_the_envelope_sender(server):
    server.faults.inject("bounce", address=OLENA)
    await send(server, sender="support+b.1042@firstline.test")
    (report,) = server.mails(SUPPORT)
    assert report.headers["return-path"] == "<>"
    assert b"Status: 5.1.1" in report.raw
    assert b"<t.1042.7@firstline.test>" in report.raw


async def test_mails_and_ports_survive_a_restart_of_the_provider(server):
    server.write(OLENA, "Тут", "…")
    ports = (server.smtp_port, server.imap_port)
    await server.stop()
    await server.start()
    assert (server.smtp_port, server.imap_port) == ports
    async with Box(server) as box:
        assert await box("search", "ALL") == [1]


async def test_waiting_ends_at_its_limit(server):
    with pytest.raises(TimeoutError):
        await server.until(lambda: server.mails(OLENA), within=0.05)


async def test_raw_bytes_of_any_shape_are_delivered(server):
    server.deliver_raw(b"not a mail \xff\x00\n\nat all")
    async with Box(server) as box:
        answer = await box("fetch", [1], ["BODY.PEEK[]"])
        assert answer[1][b"BODY[]"].endswith(b"not a mail \xff\x00\r\n\r\nat all")


async def test_five_hundred_mails_are_written_and_fetched_in_no_time(server):
    started_at = time.process_time()
    for number in range(500):
        server.write(OLENA, f"Лист {number}", "Текст. " * 50)
    async with Box(server) as box:
        uids = await box("search", ["UID", "1:*"])
        for start in range(0, 500, 50):
            answer = await box("fetch", uids[start : start + 50], ["BODY.PEEK[]"])
            assert len(answer) == 50
    assert time.process_time() - started_at < 5


async def test_the_demo_page_can_list_write_and_reply_over_http(server):
    app = web.Application()
    app.add_subapp("/mail", mail_api.application(server))
    async with TestClient(TestServer(app)) as client:
        body = {
            "name": "Олена",
            "subject": "VPN",
            "text": "Не пускає",
            "attachments": [{"name": "a.txt", "media_type": "text/plain", "base64": "aGk="}],
        }
        written = await client.post(f"/mail/mailboxes/{OLENA}/write", json=body)
        assert written.status == 201
        (mail,) = server.mails(SUPPORT)
        assert mail.message_id == (await written.json())["message_id"]
        assert mail.attachments == (
            Enclosure(name="a.txt", media_type="text/plain", payload=mail.attachments[0].payload),
        )
        await send(server)
        listed = await (await client.get(f"/mail/mailboxes/{OLENA}/mails?after=0")).json()
        uid = listed["mails"][0]["uid"]
        assert listed["mails"][0]["text"] == "Вже працює.\n"
        replied = await client.post(
            f"/mail/mailboxes/{OLENA}/mails/{uid}/reply", json={"text": "Дякую", "name": "Олена"}
        )
        assert replied.status == 201
        assert {mail.from_name for mail in server.mails(SUPPORT)} == {"Олена"}
        boxes = await (await client.get("/mail/mailboxes")).json()
        assert {"address": SUPPORT, "mails": 2} in boxes["mailboxes"]
        assert (await client.get(f"/mail/mailboxes/{OLENA}/mails/77")).status == 404
        assert (await client.post("/mail/faults", json={"name": "no"})).status == 400
        assert (await client.post(f"/mail/mailboxes/{OLENA}/write", data=b"x")).status == 400
