"""Many messages wait at once: two processes decide, one of them dies over it, and all come in."""

import os
import re
import signal

import pytest

from simulators.people import crowd
from simulators.telegram_api import TOKEN, TelegramApi
from tests.journeys.crowd import SENTENCES
from tests.journeys.ledger import read_sqlite
from tests.journeys.program import Program, until

pytestmark = pytest.mark.journey

PEOPLE, EACH = 250, 2
ANNOUNCED = re.compile(r"a second process decides along +pid=(\d+)")
SAID = "SELECT text FROM entry WHERE author = 'requester' AND kind = 'message' ORDER BY text"
WAITING = "SELECT count(*) AS n FROM envelope WHERE state <> 'done'"


async def test_a_burst_comes_in_whole_though_the_second_process_is_killed(tmp_path):
    async with TelegramApi() as telegram:
        said = [SENTENCES[at % 5].format(10_000 + at) for at in range(PEOPLE * EACH)]
        for person, words in zip(crowd(PEOPLE) * EACH, said, strict=True):
            telegram.write(person, words)
        bot = {"FIRSTLINE_TELEGRAM__TOKEN": TOKEN, "FIRSTLINE_TELEGRAM__API_URL": telegram.url}
        program = Program(tmp_path, bot)
        try:
            await program.start()
            [first] = await until(lambda: partners(program), 60.0)
            os.kill(first, signal.SIGKILL)
            await until(lambda: len(partners(program)) > 1, 60.0)
            path = tmp_path / "var" / "firstline.db"
            await until(lambda: has_come_in(telegram, path), 120.0)
            assert await program.stop() == 0
        finally:
            await program.kill()
    assert [row["text"] for row in read_sqlite(path, SAID)] == sorted(said)


def partners(program):
    """Those that have come so far."""
    return [int(pid) for pid in ANNOUNCED.findall(program.log())]


def has_come_in(telegram, path):
    [left] = read_sqlite(path, WAITING)
    return not telegram.unconfirmed and not left["n"]
