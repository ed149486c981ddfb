"""What takes long and changes nothing holds up neither the loop nor the end."""

import asyncio
import subprocess
import sys
import threading

import pytest

from desk.runtime import aside

ENDLESS = """
import asyncio, threading
from desk.runtime import aside

async def main():
    async with asyncio.timeout(0):
        await aside(threading.Event().wait)

asyncio.run(main())
"""


async def test_it_gives_what_the_action_gives_or_raises():
    assert await aside(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        await aside(lambda: 1 / 0)


async def test_the_loop_goes_on_meanwhile():
    go = threading.Event()
    asyncio.get_running_loop().call_soon(go.set)
    assert await aside(lambda: go.wait(10))


def test_no_end_waits_for_it():
    done = subprocess.run(
        [sys.executable, "-c", ENDLESS], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr.rstrip().endswith("TimeoutError")
