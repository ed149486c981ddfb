"""`firstline demo` as a visitor meets it: a process, an address and a password in its output."""

import asyncio
import os
import re
import signal
import sys
from pathlib import Path

from tests.journeys.program import ROOT, STOP_WITHIN, until

TOLD_WITHIN = 90.0  # seconds until the sample tickets stand, on a busy machine
SIGNED = re.compile(r"Sign in as marek / sofia with the password: +(\S+)")
ADDRESS = re.compile(r"(http://127\.0\.0\.1:\d+)/demo")


class Demo:
    """Runs in a folder of its own, so that it wipes nobody else's `var/demo`."""

    def __init__(self, folder: Path) -> None:
        self.url = ""
        self.password = ""
        self._folder = folder
        self._output = folder / "demo.log"
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        await self.begin()
        await until(lambda: self._ended() or self._is_told(), within=TOLD_WITHIN)
        assert not self._ended(), self.said()
        self.url = ADDRESS.search(self.said()).group(1)
        self.password = SIGNED.search(self.said()).group(1)

    async def begin(self) -> None:
        kept = {name: it for name, it in os.environ.items() if not name.startswith("FIRSTLINE_")}
        with self._output.open("wb") as output:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "desk", "demo", "--port", "0",
                cwd=self._folder, env={**kept, "PYTHONPATH": str(ROOT)},
                stdout=output, stderr=output,
            )  # fmt: skip

    async def stop(self) -> int:
        if not self._ended():
            self._process.send_signal(signal.SIGINT)
        async with asyncio.timeout(STOP_WITHIN):
            return await self._process.wait()

    def said(self) -> str:
        return self._output.read_text(errors="replace")

    def _is_told(self) -> bool:
        return "story told" in self.said() and "Ctrl-C" in self.said()

    def _ended(self) -> bool:
        return self._process is None or self._process.returncode is not None
