"""`firstline demo` as a visitor meets it: a process, an address and a password in its output.

It comes from the cradle, without the seconds of its imports; who asks how it starts as it is typed
takes `DemoAsTyped`.
"""

import asyncio
import os
import re
import signal
import sys
from pathlib import Path

from tests.journeys.program import ROOT, STOP_WITHIN, Child, begin, until

TOLD_WITHIN = 90.0  # seconds until the sample tickets stand, on a busy machine
SIGNED = re.compile(r"Sign in as marek / sofia with the password: +(\S+)")
ARGUMENTS = ("demo", "--port", "0")
ADDRESS = re.compile(r"(http://127\.0\.0\.1:\d+)/demo")


class Demo:
    """Runs in a folder of its own, so that it wipes nobody else's `var/demo`."""

    def __init__(self, folder: Path) -> None:
        self.url = ""
        self.password = ""
        self._folder = folder
        self._output = folder / "demo.log"
        self._process: asyncio.subprocess.Process | Child | None = None

    async def start(self) -> None:
        await self.begin()
        await until(lambda: self._ended() or self._is_told(), within=TOLD_WITHIN)
        assert not self._ended(), self.said()
        self.url = ADDRESS.search(self.said()).group(1)
        self.password = SIGNED.search(self.said()).group(1)

    async def begin(self) -> None:
        kept = {name: it for name, it in os.environ.items() if not name.startswith("FIRSTLINE_")}
        self._output.touch()
        self._process = await self._begun({**kept, "PYTHONPATH": str(ROOT)})

    async def _begun(self, environment: dict[str, str]):
        return await begin(
            arguments=ARGUMENTS,
            folder=str(self._folder),
            environment=environment,
            typed=os.devnull,
            said=str(self._output),
        )

    async def stop(self) -> int:
        """As Ctrl-C would. What doesn't end by it is killed: it would outlive the tests."""
        if not self._ended():
            self._process.send_signal(signal.SIGINT)
        try:
            async with asyncio.timeout(STOP_WITHIN):
                return await self._process.wait()
        finally:
            if not self._ended():
                self._process.send_signal(signal.SIGKILL)

    def said(self) -> str:
        return self._output.read_text(errors="replace")

    def _is_told(self) -> bool:
        return "story told" in self.said() and "Ctrl-C" in self.said()

    def _ended(self) -> bool:
        return self._process is None or self._process.returncode is not None


class DemoAsTyped(Demo):
    async def _begun(self, environment: dict[str, str]):
        with self._output.open("wb") as output:
            return await asyncio.create_subprocess_exec(
                sys.executable, "-m", "desk", *ARGUMENTS,
                cwd=self._folder, env=environment, stdout=output, stderr=output,
            )  # fmt: skip
