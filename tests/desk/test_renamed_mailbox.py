"""The support address changes, by one letter's case or wholly: mail, threads and people go on."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

import pytest

from bots.email import receive
from desk.wiring import build_desk
from intake.agent_words import Reply
from simulators.mail_server import MailServer
from tests.desk.post import OLENA, OURS, MailDesk, a_mailbox

NAMES = ("Support@Firma.example", "help@firma.example")
READ = "SELECT name, position FROM cursor WHERE name LIKE 'email:%'"


@pytest.fixture
async def server():
    server = MailServer(OURS)
    server.boxes.add_alias("help@firma.example", OURS)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def start(server, store_url, tmp_path, monkeypatch):
    """A process of the desk with this support address, until the end of the block."""
    monkeypatch.setattr(receive, "WAIT_WITHIN", 0.0)

    @asynccontextmanager
    async def started(address):
        chosen = a_mailbox(server, tmp_path / "var", address)
        desk = await build_desk(chosen.model_copy(update={"database": store_url}))
        executor = ThreadPoolExecutor(max_workers=1)
        made = MailDesk(desk, desk.mail_account, executor)
        yield made
        await asyncio.to_thread(made.poller.mailbox.close)
        executor.shutdown()
        await desk.close()

    return started


@pytest.mark.parametrize("name", NAMES)
async def test_nothing_is_lost_and_nothing_comes_twice(server, start, name):
    async with start(OURS) as desk:
        await desk.work()
        server.write(OLENA, "Printer", "The printer on floor 3 shows E5.")
        await desk.work()
    server.write(OLENA, "Scanner", "The scanner is dead.")
    server.reply(OLENA, server.mails(OLENA)[-1], "It is the one beside the lift.")
    for _ in range(2):
        async with start(name) as desk:
            await desk.work()
            scanner, printer = sorted(await desk.tickets(), key=lambda line: line.subject)[::-1]
            assert (scanner.subject, printer.subject) == ("Scanner", "Printer")
            assert len(await desk.said(printer.id)) == 2
            people = {
                (await desk.desk.listing.ticket(one.id)).person_id for one in (scanner, printer)
            }
            assert len(people) == 1


@pytest.mark.parametrize("name", NAMES)
async def test_an_answer_goes_out_under_the_new_name_to_who_wrote_to_the_old_one(
    server, start, name
):
    async with start(OURS) as desk:
        await desk.work()
        server.write(OLENA, "Printer", "The printer on floor 3 shows E5.")
        await desk.work()
        marek = await desk.desk.agents.add("marek", "Marek Novák", "-", "en")
        (ticket,) = await desk.tickets()
        await desk.desk.service.reply(marek, ticket.id, Reply(text="Coming over.", once="1"))
    async with start(name) as desk:
        await desk.work()
    answer = server.mails(OLENA)[-1]
    assert "Coming over." in answer.text
    assert name in answer.raw.decode().partition("\r\n\r\n")[0]


async def test_rows_of_earlier_versions_go_on_under_the_spelling_that_they_have(server, start):
    async with start(OURS) as desk:
        await desk.work()
        server.write(OLENA, "Printer", "The printer on floor 3 shows E5.")
        await desk.work()
        async with desk.desk.database.transaction() as session:
            await as_an_earlier_version_wrote_it(session, "SUPPORT@firma.example")
    server.write(OLENA, "Scanner", "The scanner is dead.")
    async with start("help@firma.example") as desk:
        await desk.work()
        assert len(await desk.tickets()) == 2
        (row,) = await desk.desk.database.fetch(READ)
    assert row["name"] == "email:SUPPORT@firma.example"


async def as_an_earlier_version_wrote_it(session, account):
    for table in ("handle", "ticket", "entry", "envelope", "delivery"):
        sql = f"UPDATE {table} SET account = $1 WHERE channel = 'email'"  # noqa: S608
        await session.execute(sql, account)
    (row,) = await session.fetch(READ)
    place = ":".join(row["position"].split(":")[:4])
    sql = "UPDATE cursor SET name = $1, position = $2 WHERE name = $3"
    await session.execute(sql, f"email:{account}", place, row["name"])
