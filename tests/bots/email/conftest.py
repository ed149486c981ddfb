"""A simulated mail provider, and our own poller reading from it into a real journal."""

import shutil

import pytest

from bots.email.mailbox import MailboxAccess
from simulators.mail_server import MailServer
from store.database import Database
from tests.bots.email.mailroom import Mailroom
from tests.bots.email.reading import SUPPORT, Reading


@pytest.fixture
async def server():
    mail = MailServer(support=SUPPORT)
    await mail.start()
    yield mail
    await mail.stop()


@pytest.fixture
def access(server):
    return MailboxAccess(
        host=server.host,
        port=server.imap_port,
        has_tls=False,
        login=SUPPORT,
        password=server.password,
    )


@pytest.fixture
async def sqlite(sqlite_template, tmp_path):
    shutil.copy(sqlite_template, tmp_path / "desk.db")
    database = await Database.open(f"sqlite:///{tmp_path / 'desk.db'}")
    yield database
    await database.close()


@pytest.fixture
async def reading(access, sqlite, tmp_path):
    found = Reading(access, sqlite, tmp_path / "blobs")
    yield found
    await found.close()


@pytest.fixture
def room():
    return Mailroom()
