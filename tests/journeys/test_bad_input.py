"""What goes wrong outside gets a clear answer, and nothing is lost of what was meant well."""

import asyncio
import re
import resource
from io import BytesIO

import orjson
import pytest
import pytest_asyncio

from simulators.mail_letters import Enclosure
from simulators.people import OLENA, TOM
from simulators.telegram_api import TOKEN
from tests.journeys.inbox import Inbox
from tests.journeys.outside import MAIL_PASSWORD, SUPPORT, world
from tests.journeys.program import PASSWORD, Program, running, until
from tests.tools.postgresql import Server

pytestmark = [pytest.mark.journey, pytest.mark.asyncio(loop_scope="module")]
SECRET = "X-Telegram-Bot-Api-Secret-Token"
UNLIMITED = resource.RLIM_INFINITY


class House:
    """The program, the world around it, and Marek, who sees what became of it all."""

    def __init__(self, program, outside, inbox):
        self.program = program
        self.telegram, self.mail = outside.telegram, outside.mail
        self.inbox = inbox

    async def until_reachable(self):
        await until(lambda: self.telegram.world.webhook.settings)

    @property
    def secret(self):
        return self.telegram.world.webhook.settings.secret

    async def post(self, body, secret=None):
        """An update from outside; gives status and headers of the answer."""
        path = f"/telegram/{TOKEN.partition(':')[0]}"
        headers = {SECRET: self.secret if secret is None else secret}
        async with self.inbox.http.post(path, data=BytesIO(body), headers=headers) as answer:
            return answer.status, answer.headers

    async def ticket(self, words, within=20.0):
        return await until(lambda: self.inbox.number_of(words), within=within)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("house")
    async with world() as outside, opened(folder, outside) as house:
        yield house


def opened(folder, outside, **settings):
    return _Opening(Program(folder, {**outside.settings, **settings}), outside)


class _Opening:
    def __init__(self, program, outside):
        self._running = running(program)
        self._house = House(program, outside, Inbox(program.url))

    async def __aenter__(self):
        program, inbox = self._house.program, self._house.inbox
        await program.call("agent", "add", "marek", "--name", "Marek Novák", says=PASSWORD)
        await self._running.__aenter__()
        assert await inbox.sign_in() == 303
        await self._house.until_reachable()
        return self._house

    async def __aexit__(self, *error):
        await self._house.inbox.http.close()
        await self._running.__aexit__(*error)


def update(number, text, **changed):
    chat = {"id": 77, "type": "private", "first_name": "Ivan"}
    message = {"message_id": number, "date": 1795420800, "chat": chat, "from": chat, "text": text}
    return orjson.dumps({"update_id": number, "message": {**message, **changed}})


async def test_a_wrong_secret_is_refused_and_nothing_is_kept(house):
    for secret in ("", "wrong", house.secret[:-1]):
        status, _ = await house.post(update(501, "Пустіть мене"), secret)
        assert status == 401
    await house.post(update(502, "Перша справжня"))
    await house.ticket("Перша справжня")
    assert await house.inbox.number_of("Пустіть") is None
    assert await house.inbox.quarantined() == []


async def test_broken_json_is_taken_and_a_person_sees_it(house):
    status, _ = await house.post(b'{"update_id": 511, "message": {"text": "half')
    assert status == 200
    [held] = await until(house.inbox.quarantined)
    assert "no JSON" in held
    assert '"text": "half' in held


async def test_an_update_of_a_kind_nobody_knows_does_no_harm(house):
    before = await house.inbox.quarantined()
    status, _ = await house.post(orjson.dumps({"update_id": 521, "brand_new": {"id": 1}}))
    assert status == 200
    await house.post(update(522, "Життя триває"))
    first = await house.ticket("Перша справжня")
    await until(lambda: _said(house, first, "Життя триває"))
    assert await house.inbox.quarantined() == before


async def test_an_update_of_eight_megabytes_is_refused(house):
    status, _ = await house.post(update(531, "я" * 4_000_000))
    assert status == 413


async def test_a_poison_update_stops_nobody_in_the_same_chat(house):
    status, _ = await house.post(update(541, "Отрута", message_id="no number"))
    assert status == 200
    await house.post(update(542, "Після отрути"))
    first = await house.ticket("Перша справжня")
    await until(lambda: _said(house, first, "Після отрути"))
    assert any("Отрута" in held for held in await house.inbox.quarantined())


async def _said(house, number, words):
    return words in await house.inbox.timeline(number)


async def test_a_mail_without_sender_is_a_ticket_that_nobody_is_answered(house):
    house.mail.deliver_raw(b"Subject: Nobody wrote this\n\nThe door on floor 1 is stuck.\n")
    number = await house.ticket("Nobody wrote this")
    assert "The door on floor 1 is stuck." in await house.inbox.timeline(number)
    await a_mail_goes_on(house, "After nobody")
    assert set(house.mail.boxes.addresses()) == {SUPPORT, TOM.email}
    assert "Sending" not in await house.inbox.timeline(number)


async def a_mail_goes_on(house, subject):
    """Tom's next mail is a ticket, and he is told so."""
    house.mail.write(TOM.email, subject, "The scanner makes stripes.")
    await house.ticket(subject)
    await house.mail.until(
        lambda: [mail for mail in house.mail.mails(TOM.email) if subject in mail.subject],
        within=20,
    )


async def test_of_a_mail_of_forty_megabytes_all_is_kept_and_the_next_one_comes_too(house):
    film = Enclosure(name="screen.mp4", media_type="video/mp4", payload=b"\0film" * 6_000_000)
    house.mail.write(TOM.email, "Film of the fault", "See the film.", attachments=[film])
    number = await house.ticket("Film of the fault", within=40)
    timeline = await house.inbox.timeline(number)
    assert "See the film." in timeline
    assert "Not all attachments kept" in timeline
    link = re.search(
        r'href="(/[^"]+)"[^>]*>[^<]*The mail as it came', await page_of(house, number)
    )
    async with house.inbox.http.get(link.group(1)) as answer:
        assert len(await answer.read()) > 40_000_000
    await a_mail_goes_on(house, "After the film")


async def page_of(house, number):
    return await house.inbox.page(f"/tickets/{number}")


async def test_a_poison_mail_stops_nobody(house):
    report = (
        b"From: MAILER-DAEMON@firma.example\nSubject: Undelivered\nAuto-Submitted: auto-replied\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        b"--b\nContent-Type: text/plain\n\nIt did not arrive.\n"
        b"--b\nContent-Type: message/delivery-status\n\nStatus: 5.1.1\n\n--b--\n"
    )
    house.mail.deliver_raw(report)
    await a_mail_goes_on(house, "After the poison")
    assert not any("report of failure" in held for held in await house.inbox.quarantined())
    dismissed = await house.inbox.page("/quarantine?view=dismissed")
    assert "report of failure that names no mail of ours" in dismissed


async def test_on_a_full_disk_telegram_is_asked_to_come_back_and_nothing_is_lost(house):
    pid = house.program.pid
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, UNLIMITED))
    try:
        house.telegram.write(OLENA, "Диск повний, а принтер стоїть")
        house.mail.write(TOM.email, "Written on a full disk", "The scanner makes stripes.")
        await until(lambda: _refused_at(house, 503))
        status, headers = await house.post(update(551, "Ще одне під час біди"))
        assert (status, headers["Retry-After"]) == (503, "5")
        await until(lambda: _says_ready(house, 503))
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (UNLIMITED, UNLIMITED))
    await until(lambda: _says_ready(house, 200))
    await house.ticket("Диск повний")
    await house.ticket("Written on a full disk")
    assert house.telegram.unconfirmed == 0
    assert len([s for s in (await house.inbox.tickets()).values() if "Диск повний" in s]) == 1


async def _says_ready(house, status):
    async with house.inbox.http.get("/readyz") as answer:
        return answer.status == status


def _refused_at(house, status):
    return [attempt for attempt in house.telegram.webhook_attempts if attempt.status == status]


async def test_no_secret_is_in_the_log(house):
    expect_no_secret(house)


def expect_no_secret(house):
    log = house.program.log()
    assert "serving" in log
    for secret in (TOKEN.partition(":")[2], MAIL_PASSWORD, house.secret, PASSWORD):
        assert secret not in log


@pytest.mark.postgresql
async def test_while_postgresql_is_away_all_are_asked_to_come_back(tmp_path):
    server = Server()
    try:
        server.start()
        url = server.create("desk")
        async with world() as outside, opened(tmp_path, outside, FIRSTLINE_DATABASE=url) as house:
            await go_through_an_outage(server, house)
    finally:
        server.stop()


async def go_through_an_outage(server, house):
    house.telegram.write(OLENA, "Перед відключенням")
    await house.ticket("Перед відключенням")
    await asyncio.to_thread(server.halt)
    status, headers = await house.post(update(601, "Чи є хто?"))
    assert (status, headers["Retry-After"]) == (503, "5")
    for path in ("/readyz", "/tickets"):
        async with house.inbox.http.get(path) as answer:
            assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    house.telegram.write(TOM, "Written during the outage")
    house.mail.write(TOM.email, "Mailed during the outage", "The scanner makes stripes.")
    await until(lambda: _refused_at(house, 503))
    await asyncio.to_thread(server.resume)
    await until(lambda: _is_ready(house))
    await house.ticket("Written during the outage")
    await house.ticket("Mailed during the outage", within=40)
    assert house.program.is_running
    expect_no_secret(house)


async def _is_ready(house):
    async with house.inbox.http.get("/readyz") as answer:
        return answer.status == 200
