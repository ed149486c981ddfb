"""Messenger and Instagram served: a whole desk in this process, Meta and people around it."""

import pytest

from desk.meta import address_of
from desk.roles import start
from desk.runtime import Runtime
from desk.settings import Settings
from desk.wiring import build_desk
from intake.agent_words import Attached, Reply
from simulators import faults, graph_api
from simulators.graph_api import VERIFY_TOKEN, GraphApi
from simulators.graph_api.server import SEND
from simulators.people import OLENA
from simulators.telegram_api import Upload
from tests.journeys.program import until
from tests.tools.ports import free_port

pytestmark = pytest.mark.journey
PAPER = b"%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF\n"


class Office:
    """One desk with the roles that Meta's channels need."""

    def __init__(self, api, phones, folder):
        self.api, self.phones, port = api, phones, free_port()
        self.settings = Settings(
            folder=folder,
            web={"port": port, "public_url": f"http://127.0.0.1:{port}"},
            meta={
                "app_id": graph_api.APP_ID,
                "app_secret": graph_api.APP_SECRET,
                "verify_token": VERIFY_TOKEN,
                "page_id": graph_api.PAGE_ID,
                "page_token": graph_api.PAGE_TOKEN,
                "instagram_id": graph_api.INSTAGRAM_ID,
                "instagram_token": graph_api.INSTAGRAM_TOKEN,
                "api_url": api.url,
                "instagram_api_url": api.url,
            },
        )

    async def open(self):
        self.desk = await build_desk(self.settings)
        self.runtime = Runtime(self.desk.database.bell, self.desk.leases, "office")
        self.served = await start(self.desk, self.runtime, frozenset(("web", "worker", "meta")))
        self.marek = await self.desk.agents.add("marek", "Marek Novák", "-", "en")

    async def close(self):
        await self.runtime.stop()
        await self.served.cleanup()
        await self.desk.close()

    async def said(self, words):
        """Until the newest that has reached Olena holds these words."""

        def newest():
            answers = self.phones.answers(OLENA)
            return answers[-1] if answers and words in answers[-1].text else None

        return await self.api.until(newest, within=15)

    async def entry(self, holds):
        """The first line of the timeline that holds this, once it is there."""
        found = []

        async def is_there():
            lines = await self.desk.listing.timeline(1001)
            found[:] = [one for one in lines if holds(one)]
            return bool(found)

        await until(is_there)
        return found[0]

    async def reply(self, text, *files):
        once = f"once{len(self.phones.answers(OLENA))}"
        reply = Reply(text=text, once=once, files=files)
        await self.desk.service.reply(self.marek, 1001, reply)


@pytest.fixture(params=["messenger", "instagram"])
async def office(request, folder):
    async with GraphApi(pace=0.01) as api:
        office = Office(api, getattr(api, request.param), folder)
        await office.open()
        try:
            assert await api.webhook.subscribe(address_of(office.settings), VERIFY_TOKEN)
            yield office
        finally:
            await office.close()


async def test_whoever_opens_a_chat_is_told_what_to_do(office):
    office.phones.begin(OLENA)
    await office.said("Hello!")


async def test_a_message_is_a_ticket_and_the_answer_comes_back_and_is_seen(office):
    office.phones.write(OLENA, "принтер на 3 поверсі не друкує, E5")
    card = await office.said("#1001")
    assert "1. " in card.text
    await office.reply("Вже йду до вас.")
    assert "Marek Novák" in (await office.said("Вже йду до вас.")).text
    office.phones.read(OLENA)
    await office.entry(lambda one: one.text == "Вже йду до вас." and one.delivery_state == "seen")


async def test_who_writes_is_called_by_the_name_of_their_profile(office):
    office.phones.write(OLENA, "принтер не друкує")
    await office.said("#1001")

    async def is_named():
        return (await office.desk.listing.ticket(1001)).requester == OLENA.full_name

    await until(is_named)
    assert (await office.entry(lambda one: one.text == "принтер не друкує")).author_name


async def test_files_go_both_ways(office):
    photo = Upload(
        content=b"\x89PNG\r\n\x1a\n" + b"0" * 64, name="екран.png", mime_type="image/png"
    )
    office.phones.send_files(OLENA, [photo], "монітор не працює, ось фото")
    await office.said("#1001")
    came = await office.entry(lambda one: one.files and one.files[0].state == "stored")
    assert office.desk.blobs.read(came.files[0].sha256) == photo.content
    sha256 = office.desk.blobs.write(PAPER)
    number = await office.desk.files.add_upload("Акт.pdf", "application/pdf", len(PAPER), sha256)
    await office.reply("Ось інструкція.", Attached(id=number, sha256=sha256))
    sent = await office.api.until(
        lambda: next((one for one in office.phones.answers(OLENA) if one.files), None), within=15
    )
    assert [(one.name, one.content) for one in sent.files] == [("Акт.pdf", PAPER)]


async def test_what_is_answered_in_metas_inbox_is_on_the_timeline_once_and_ours_is_not_doubled(
    office,
):
    office.phones.write(OLENA, "принтер не друкує")
    await office.said("#1001")
    office.phones.answer_outside(OLENA, "Марек уже в дорозі")
    outside = await office.entry(lambda one: "outside" in one.facts)
    assert outside.text == "Марек уже в дорозі"
    await office.api.until(lambda: not office.api.webhook.unconfirmed)
    entries = await office.desk.listing.timeline(1001)
    assert [one.text for one in entries if "outside" in one.facts] == ["Марек уже в дорозі"]


async def test_long_answers_are_ours_in_each_of_their_messages(office):
    office.phones.write(OLENA, "принтер не друкує")
    await office.said("#1001")
    await office.reply("слово " * 340)
    await office.said("Marek Novák")
    await office.api.until(lambda: not office.api.webhook.unconfirmed)
    journal = "SELECT 1 FROM envelope WHERE state = 'waiting'"

    async def is_read():
        return not await office.desk.database.fetch(journal)

    await until(is_read)
    entries = await office.desk.listing.timeline(1001)
    assert not [one for one in entries if "outside" in one.facts]


async def test_what_nobody_answered_is_known_to_have_arrived_once_it_comes_back(office):
    office.phones.write(OLENA, "принтер не друкує")
    await office.said("#1001")
    office.api.faults.inject(faults.truncate(), on=SEND)
    await office.reply("Вже йду до вас.")
    await office.said("Вже йду до вас.")
    arrived = ("sent", "delivered", "seen")
    line = await office.entry(
        lambda one: one.text == "Вже йду до вас." and one.delivery_state in arrived
    )
    assert line.delivery_reason == ""
    assert not (await office.desk.listing.ticket(1001)).undelivered


async def test_a_refused_token_rests_the_channel_and_nothing_is_lost(office, capfd):
    office.phones.write(OLENA, "принтер не друкує")
    await office.said("#1001")
    office.api.faults.inject(faults.refuse(190, "463 session has expired"), on=SEND)
    await office.reply("Вже йду до вас.")
    line = await office.entry(lambda one: "190/463" in one.delivery_reason)
    assert line.delivery_state == "waiting"
    told = "".join(capfd.readouterr())
    assert "account refused" in told
    for secret in (graph_api.PAGE_TOKEN, graph_api.INSTAGRAM_TOKEN, graph_api.APP_SECRET):
        assert secret not in told + line.delivery_reason


async def test_a_message_that_is_taken_back_is_gone_from_the_timeline(office):
    entry = office.phones.write(OLENA, "принтер не друкує")
    await office.said("#1001")
    office.phones.delete(OLENA, entry.mid)
    gone = await office.entry(lambda one: "deletion" in one.facts)
    assert gone.text == ""
