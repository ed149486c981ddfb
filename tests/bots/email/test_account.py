"""A mailbox under another name: what was known goes on, and nothing is lost or comes twice."""

from datetime import UTC, datetime, timedelta

import pytest

from bots.email import receive
from bots.email.account import account_of
from bots.email.places import Place
from tests.bots.email.reading import SUPPORT
from tests.bots.email.test_receive import subjects, write

EARLIER, LATER = "7:12:1795511400:1795511400", "8:3:1795511400:1795511999"


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    monkeypatch.setattr(receive, "WAIT_WITHIN", 0.0)


@pytest.mark.parametrize(
    ("address", "cursors", "account"),
    [
        ("Support@Firma.example", {}, SUPPORT),
        ("Support@firma.example", {SUPPORT: EARLIER}, SUPPORT),
        (SUPPORT, {"Support@Firma.example": EARLIER}, "Support@Firma.example"),
        ("help@firma.example", {SUPPORT: EARLIER}, SUPPORT),
        ("help@firma.example", {SUPPORT: EARLIER, "it@firma.example": LATER}, "it@firma.example"),
        (SUPPORT, {SUPPORT: EARLIER, "it@firma.example": LATER}, SUPPORT),
        (SUPPORT, {SUPPORT: EARLIER, "SUPPORT@firma.example": LATER}, "SUPPORT@firma.example"),
    ],
)
def test_the_account_stays_what_it_was_called_first(address, cursors, account):
    assert account_of(address, cursors) == account


def test_a_place_is_kept_with_its_mailbox_and_those_of_earlier_versions_are_read():
    place = Place.parse(EARLIER)
    assert (place.uid, place.mailbox) == (12, "")
    named = Place.parse(f"{EARLIER}:it@[::1]/inbox")
    assert (named.uid, named.mailbox) == (12, "it@[::1]/inbox")
    assert [Place.parse(str(one)) for one in (place, named)] == [place, named]


async def test_what_came_while_the_desk_was_down_is_read_under_another_login(server, reading):
    server.boxes.add_alias("help@firma.example", SUPPORT)
    await reading.step()
    write(server, 1)
    await reading.step()
    write(server, 2)
    await reading.restart(login="help@firma.example")
    assert await reading.step() == 1
    write(server, 3)
    assert await reading.step() == 1
    assert await subjects(reading) == [1, 2, 3]


async def test_another_case_of_the_login_is_no_other_mailbox(server, reading, capfd):
    await reading.step()
    write(server, 1)
    await reading.restart(login=SUPPORT.upper())
    assert await reading.step() == 1
    assert "another mailbox" not in capfd.readouterr().out


async def test_in_another_mailbox_what_was_there_before_is_nobodys_and_it_is_told(
    server, reading, capfd
):
    await reading.step()
    write(server, 1)
    await reading.step()
    archive = server.boxes.open(SUPPORT).create("Archive")
    raw = server.boxes.open(SUPPORT).inbox.mails[1].raw
    for number, ago in ((2, timedelta(days=2)), (3, timedelta(minutes=1))):
        mail = raw.replace(b" 1", b" %d" % number)
        archive.add(mail, stored_at=datetime.now(UTC) - ago)
    await reading.restart(folder="Archive")
    assert await reading.step() == 1
    assert await reading.step() == 0
    assert await subjects(reading) == [1, 3]
    assert "another mailbox is read" in capfd.readouterr().out
