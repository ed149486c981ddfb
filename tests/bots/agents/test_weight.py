"""python-telegram-bot is loaded by the client alone, and who serves agents is light."""

import os
import re
import subprocess
import sys

from tests.house import tree

LIGHT = ("translate", "receive", "card", "places", "send")
LARGEST = 90_000  # kilobytes
UNUSED = ("aiogram", "pycrfsuite", "puremagic")  # the last until an agent sends a file
BUILT = """
import asyncio, gc, re, sys
from desk.agents import build
from desk.roles import load
from desk.wiring import build_desk

async def main():
    desk = await build_desk(load())
    bot = build(desk)
    gc.collect()
    status = open("/proc/self/status").read()
    loaded = sorted(sys.modules.keys() & set(sys.argv[1:]))
    print(loaded, re.search(r"VmRSS:\\s+(\\d+)", status)[1])
    await bot.telegram.close()
    await desk.close()

asyncio.run(main())
"""


def ran(code, *arguments, **environment):
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=tree.ROOT, capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, **environment},
    )  # fmt: skip


def test_only_the_client_loads_the_library():
    names = [f"bots.agents.{name}" for name in LIGHT]
    code = (
        f"import importlib, sys\nfor name in {names!r}: importlib.import_module(name)\n"
        "print('telegram' in sys.modules)"
    )
    done = ran(code)
    assert (done.stdout.strip(), done.stderr) == ("False", "")


def test_who_serves_agents_never_imports_what_others_need_and_is_light(folder):
    done = ran(
        BUILT,
        *UNUSED,
        FIRSTLINE_FOLDER=str(folder),
        FIRSTLINE_AGENTS_BOT__TOKEN="900:AAFakeTokenOfTheAgentsBot",
        FIRSTLINE_AGENTS_BOT__NAME="desk_agents_bot",
    )
    assert done.returncode == 0, done.stderr
    [(unused, size)] = re.findall(r"(\[.*\]) (\d+)", done.stdout)
    assert unused == "[]"
    assert int(size) < LARGEST
