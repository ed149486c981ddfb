"""The administrator's commands: agents, doctor, settings, backup and restore.

Each command starts once as it is typed; the others come from the cradle.
"""

import asyncio
import re
import secrets
import shutil
import sqlite3
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
import pytest_asyncio

from simulators.mail_letters import Enclosure
from simulators.people import TOM
from tests.journeys.inbox import Inbox
from tests.journeys.outside import world
from tests.journeys.program import (
    PASSWORD,
    Program,
    ProgramAsTyped,
    running,
    until,
)
from tests.tools.ports import free_port

POLLING = {"FIRSTLINE_WEB__PUBLIC_URL": "", "FIRSTLINE_TELEGRAM__RECEIVES_BY": "polling"}
pytestmark = [pytest.mark.journey, pytest.mark.asyncio(loop_scope="module")]
LARGEST = 120_000  # kilobytes; with what makes the tables it would be 200,000
LOG = b"08:41:07 scan started\n08:41:09 error 0x17\n"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def outside():
    async with world() as outside:
        yield outside


@asynccontextmanager
async def marek_at(program):
    async with Inbox(program.url) as inbox:
        assert await inbox.sign_in() == 303
        yield inbox


async def test_an_agent_that_was_added_signs_in_and_with_a_new_password_again(tmp_path):
    program = ProgramAsTyped(tmp_path, {}, "web")
    await program.call("agent", "add", "marek", "--name", "Marek Novák", says=PASSWORD + "\n")
    async with running(program), Inbox(program.url) as inbox:
        assert await inbox.sign_in(password="wrong horse battery") == 401
        assert await inbox.sign_in() == 303
        assert "Marek Novák" in await inbox.page("/tickets")
        await program.call("agent", "password", "marek", says="another horse\n")
        assert await inbox.sign_in() == 401
        assert await inbox.sign_in(password="another horse") == 303
        said = await program.call("agent", "remove", "marek")
        assert "marek may not sign in any more" in said
        assert await inbox.sign_in(password="another horse") == 401
    assert PASSWORD not in program.log()


@pytest.mark.usefixtures("folder")
async def test_what_cannot_be_an_agent_is_refused_with_a_reason(tmp_path):
    program = Program(tmp_path, {})
    add = ("agent", "add", "marek", "--name", "Marek Novák")
    code, said = await program.try_to(*add, says="short")
    assert code == 1
    assert said.splitlines()[-1] == "firstline: A password has at least 10 characters."
    await program.call(*add, says=PASSWORD)
    code, said = await program.try_to("agent", "add", "", "--name", "Marek", says=PASSWORD)
    assert (code, said) == (1, "firstline: A login can't be empty. Name one, such as marek.\n")
    code, said = await program.try_to(*add, says=PASSWORD)
    assert (code, said) == (1, "firstline: The login marek is taken. Choose another one.\n")


async def test_doctor_finds_everything_in_order(tmp_path, outside):
    program = ProgramAsTyped(tmp_path, {**outside.settings, **POLLING})
    await program.call("migrate")
    said = await program.call("doctor")
    assert {line[0] for line in said.splitlines()} == {"✓"}
    for name in ("Database", "Disk", "Telegram", "Clock", "Mailbox", "SMTP"):
        assert f"✓ {name}:" in said


async def test_doctor_names_all_that_is_wrong_and_how_to_mend_it(tmp_path, outside):
    wrong = {
        **POLLING,
        "FIRSTLINE_TELEGRAM__TOKEN": "700800900:not-this-one",
        "FIRSTLINE_EMAIL__PASSWORD": "not-this-password",
        "FIRSTLINE_EMAIL__SMTP_PORT": str(free_port()),
    }
    program = Program(tmp_path, {**outside.settings, **wrong})
    code, said = await program.try_to("doctor")
    assert code == 1
    found = {line[2:].partition(":")[0]: line for line in said.splitlines() if line[0] == "✗"}
    assert found.keys() == {"Telegram", "Mailbox", "SMTP"}
    assert (
        "the token is refused (Unauthorized). Copy it again from BotFather." in found["Telegram"]
    )
    assert "Check `user`, `password` and `folder` in [email]." in found["Mailbox"]
    assert "Check `smtp_host`, `smtp_port` and `smtp_tls` in [email]." in found["SMTP"]
    assert "not-this" not in said


@pytest.mark.parametrize(
    ("name", "setting", "named"),
    [
        ("FIRSTLINE_COLOUR", "red", "FIRSTLINE_COLOUR"),
        ("FIRSTLINE_TELEGRAM__TOKKEN", "1:2", "telegram.tokken"),
        ("FIRSTLINE_WEB__PORT", "eighty", "web.port"),
        ("FIRSTLINE_DESK__TIME_ZONE", "Kyiv", "desk.time_zone"),
        ("FIRSTLINE_DATABASE", "mysql://localhost/desk", "database"),
    ],
)
async def test_a_wrong_setting_stops_the_start_and_is_named(tmp_path, name, setting, named):
    code, said = await Program(tmp_path, {name: setting}).try_to("run", "web")
    assert code == 1
    assert said.startswith(f"firstline: {named}: ")
    assert len(said.splitlines()) == 1


async def test_a_wrong_key_in_the_file_stops_the_start_and_is_named(tmp_path):
    (tmp_path / "firstline.toml").write_text('[email]\nadress = "support@firma.example"\n')
    code, said = await Program(tmp_path, {}).try_to("run", "web")
    assert (code, said.partition(":")[0]) == (1, "firstline")
    assert "email.adress" in said


@pytest.mark.usefixtures("folder")
async def test_a_port_that_is_taken_stops_the_start_and_is_named(tmp_path):
    taken = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    async with taken:
        port = taken.sockets[0].getsockname()[1]
        settings = {"FIRSTLINE_WEB__PORT": str(port)}
        code, said = await Program(tmp_path, settings).try_to("run", "web")
    assert code == 1
    assert said.splitlines()[-1].startswith(
        f"firstline: web.port: something else listens on {port}"
    )


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("host", ["nowhere.invalid", "192.0.2.1", "not an address", "x" * 70])
async def test_a_host_that_is_no_address_here_stops_the_start_and_is_named(tmp_path, host):
    code, said = await Program(tmp_path, {"FIRSTLINE_WEB__HOST": host}).try_to("run", "web")
    assert code == 1
    assert said.splitlines()[-1].startswith(f"firstline: web.host: can't listen on {host} (")
    assert "Traceback" not in said


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def databases(request):
    """Addresses of the database that is backed up, and of the empty one for the restored desk."""
    if request.param == "sqlite":
        yield "", ""
        return
    server = request.getfixturevalue("postgresql")
    names = [f"desk_{secrets.token_hex(4)}" for _ in range(2)]
    yield tuple(server.create(name) for name in names)
    for name in names:
        server.drop(name)


async def test_a_backup_made_while_it_runs_brings_everything_back(tmp_path, outside, databases):
    old, new = (tmp_path / name for name in ("old", "new"))
    first, second = (
        Program(folder, {**outside.settings, "FIRSTLINE_DATABASE": url}, "web", "worker", "mail")
        for folder, url in zip((old, new), databases, strict=True)
    )
    old.mkdir()
    new.mkdir()
    subject = f"Scanner {secrets.token_hex(4)}"
    await first.call("agent", "add", "marek", "--name", "Marek Novák", says=PASSWORD)
    async with running(first), marek_at(first) as inbox:
        number = await send_and_see(outside.mail, inbox, subject)
        assert "backup" in await first.call("backup", str(tmp_path / "backup"))
    await second.call("restore", str(tmp_path / "backup"))
    async with running(second), marek_at(second) as inbox:
        assert await attached(inbox, number) == LOG
        # A reply to the old desk's mail: without its key the new one would not know it as its own.
        card = next(mail for mail in outside.mail.mails(TOM.email) if subject in mail.subject)
        outside.mail.reply(TOM.email, card, "It stands in room 12.")
        await until(lambda: has_said(inbox, number, "room 12"))
    for mail in (tmp_path / "backup" / "blobs").glob("??/*"):
        if subject.encode() in mail.read_bytes():
            mail.unlink()
    shutil.rmtree(new / "var" / "files")
    said = await second.call("restore", str(tmp_path / "backup"), "--overwrite")
    assert "files: 0, and mails as they came: 1." in said


async def send_and_see(mail, inbox, subject):
    """Tom's mail with a file has become a ticket, and he has his card; gives the number."""
    enclosures = [Enclosure(name="scan.txt", media_type="text/plain", payload=LOG)]
    mail.write(TOM.email, subject, "The scanner makes stripes.", attachments=enclosures)
    number = await until(lambda: inbox.number_of(subject))
    await until(lambda: attached(inbox, number))
    await mail.until(
        lambda: [one for one in mail.mails(TOM.email) if subject in one.subject], within=20
    )
    return number


async def attached(inbox, number):
    """The ticket's file, once it can be had."""
    link = re.search(r'href="(/files/\d+)"', await inbox.page(f"/tickets/{number}"))
    if link is None:
        return None
    async with inbox.http.get(link.group(1)) as answer:
        return await answer.read()


async def has_said(inbox, number, words):
    return words in await inbox.timeline(number)


async def test_neither_backup_nor_restore_replaces_anything_unasked(tmp_path):
    program = ProgramAsTyped(tmp_path, {})
    await program.call("migrate")
    await program.call("backup", "copy")
    code, said = await program.try_to("backup", "copy")
    assert (code, said) == (1, "firstline: copy holds something already. Name a new folder.\n")
    code, said = await program.try_to("restore", "copy")
    assert (code, "--overwrite" in said) == (1, True)


async def test_nothing_is_restored_beneath_a_running_desk(tmp_path, databases):
    url, _ = databases
    program = Program(tmp_path, {"FIRSTLINE_DATABASE": url}, "web")
    await program.call("migrate")
    await program.call("backup", "copy")
    async with running(program):
        code, said = await program.try_to("restore", "copy", "--overwrite")
        assert (code, f"firstline {program.pid} on " in said) == (1, True)
        await program.call("agent", "add", "marek", "--name", "Marek Novák", says=PASSWORD)
        async with marek_at(program) as inbox:
            assert "Marek Novák" in await inbox.page("/tickets")
    await program.call("restore", "copy", "--overwrite")


async def test_a_killed_desk_keeps_nobody_out(tmp_path, databases):
    url, _ = databases
    program = Program(tmp_path, {"FIRSTLINE_DATABASE": url}, "web")
    await program.call("migrate")
    await program.call("backup", "copy")
    await program.start()
    await program.kill()
    await program.call("restore", "copy", "--overwrite")
    async with running(program):
        assert program.is_running


@pytest.mark.usefixtures("folder")
async def test_a_second_process_on_one_sqlite_file_is_told_who_serves_it(tmp_path):
    async with running(Program(tmp_path, {}, "web")) as first:
        second = Program(tmp_path, {}, "worker")
        code, said = await second.try_to("run", "worker")
        assert code == 1
        assert f"firstline {first.pid} on " in said
        assert "SQLite is for one process" in said


@pytest.mark.parametrize("command", [("run",), ("run", "worker"), ("migrate",)])
async def test_tables_of_a_later_version_are_refused_in_one_line(folder, tmp_path, command):
    with closing(sqlite3.connect(folder / "firstline.db")) as tables:
        tables.execute("UPDATE tortoise_migrations SET name = '0999_next' WHERE id = 1")
        tables.commit()
    before = (folder / "firstline.db").read_bytes()
    code, said = await Program(tmp_path, {}).try_to(*command)
    assert (code, said.count("\n")) == (1, 1)
    assert "later version (0999_next)" in said
    assert [path.name for path in folder.iterdir() if path.suffix != ".lock"] == ["firstline.db"]
    assert (folder / "firstline.db").read_bytes() == before


async def test_what_makes_the_tables_at_the_first_start_is_not_kept_in_memory(tmp_path):
    async with running(ProgramAsTyped(tmp_path, {}, "web")) as program:
        assert program.log().count("migrated") > 20
        assert memory_of(program) < LARGEST


def memory_of(program):
    status = Path(f"/proc/{program.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1])
