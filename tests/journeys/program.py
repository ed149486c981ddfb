"""The real program as its own process, driven from outside: started, asked, killed.

Its imports and words take seconds of a core, so that it comes from a cradle, which has read them.
Who asks whether it starts as it is typed takes `ProgramAsTyped`.
"""

import asyncio
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from tests.tools.camp import camp, once
from tests.tools.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
START_WITHIN = 90.0  # importing aiogram takes long on a busy machine
STOP_WITHIN = 20.0
REST_WITHIN = 300.0  # until all that waits is done, which a busy machine delays
MOST_ASKING = 64  # at once
PASSWORD = "correct horse battery"


class Program:
    """`firstline run ROLES` with settings from the environment; "{url}" in them is its own."""

    def __init__(self, folder: Path, settings: dict[str, str], *roles: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._roles = roles
        self._folder = folder  # of its own: no firstline.toml lies there but the test's
        self._log = folder / f"program-{'-'.join(roles) or 'all'}-{self.port}.log"
        self._environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "FIRSTLINE_FOLDER": str(folder / "var"),
            "FIRSTLINE_WEB__PORT": str(self.port),
            **{name: setting.replace("{url}", self.url) for name, setting in settings.items()},
        }
        self._process: asyncio.subprocess.Process | Child | None = None

    async def start(self) -> None:
        self._process = await self._begun(("run", *self._roles), self._log)
        if not self._roles or "web" in self._roles:
            await self._until_ready()

    async def call(self, *arguments: str, says: str = "") -> str:
        """Another command of the same program, such as `agent add`."""
        code, out = await self.try_to(*arguments, says=says)
        assert code == 0, out
        return out

    async def try_to(self, *arguments: str, says: str = "") -> tuple[int, str]:
        """A command that may fail: its exit code, and what it said."""
        said = self._folder / f"command-{secrets.token_hex(4)}.log"
        process = await self._begun(arguments, said, says)
        async with asyncio.timeout(START_WITHIN):
            return await process.wait(), said.read_text("utf-8")

    async def kill(self) -> None:
        """As a power cut would: SIGKILL, no goodbye."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGKILL)
        await self._process.wait()

    async def stop(self) -> int:
        """As Ctrl-C would; returns the exit code."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGINT)
        async with asyncio.timeout(STOP_WITHIN):
            return await self._process.wait()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    def log(self) -> str:
        return self._log.read_text(errors="replace")

    async def _begun(self, arguments: tuple[str, ...], said: Path, says: str = ""):
        """From the cradle, with a line of `says` typed in, and what it says in a file."""
        typed = said.with_suffix(".typed")
        typed.write_text(says, "utf-8")
        return await begin(
            arguments=arguments,
            folder=str(self._folder),
            environment=self._environment,
            typed=str(typed),
            said=str(said),
        )

    async def _until_ready(self) -> None:
        async with asyncio.timeout(START_WITHIN), aiohttp.ClientSession() as session:
            while True:
                assert self.is_running, self.log()
                try:
                    async with session.get(f"{self.url}/readyz") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                await until_next_look()


class ProgramAsTyped(Program):
    """Started as an administrator does, with the seconds of its imports."""

    async def _begun(self, arguments: tuple[str, ...], said: Path, says: str = ""):
        with said.open("ab") as output:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "desk", *arguments,
                cwd=self._folder, env=self._environment,
                stdin=asyncio.subprocess.PIPE, stdout=output, stderr=output,
            )  # fmt: skip
        process.stdin.write(says.encode())
        process.stdin.close()
        return process


async def begin(**wanted: object) -> "Child":
    """From the cradle, which starts with the run's first program and ends with the run."""
    told, asking = await asyncio.open_unix_connection(once("cradle", _cradle))
    asking.write(json.dumps(wanted).encode() + b"\n")
    return Child(int(await told.readline()), told, asking)


def _cradle() -> str:
    """Where it listens. Who asks before it has read all its words waits."""
    address = str(camp() / "cradle")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen(MOST_ASKING)
        command = [sys.executable, "-m", "tests.journeys.cradle"]
        process = subprocess.Popen(command, cwd=ROOT, stdin=listening, start_new_session=True)
    (camp() / "cradle.pid").write_text(f"{process.pid}\n")
    CRADLES.append(process)
    return address


CRADLES: list[subprocess.Popen[bytes]] = []  # nobody waits for it, `strike.sh` ends it


class Child:
    """One that the cradle started, with what asyncio's own kind of process has."""

    def __init__(self, pid: int, told: asyncio.StreamReader, asking: asyncio.StreamWriter) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._end = asyncio.ensure_future(self._hear_of_end(told, asking))

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    async def wait(self) -> int:
        return await asyncio.shield(self._end)

    async def _hear_of_end(self, told: asyncio.StreamReader, asking: asyncio.StreamWriter) -> int:
        self.returncode = int(await told.readline())
        asking.close()
        return self.returncode


async def until_next_look() -> None:
    """A breath between two looks at another process, which can't ring us."""
    await asyncio.get_running_loop().run_in_executor(None, os.sched_yield)
    await asyncio.wait([asyncio.get_running_loop().create_future()], timeout=0.05)


async def until(holds, within: float = 20.0):
    """Wait until `holds()` (may be a coroutine function) is true; returns what it gave."""
    async with asyncio.timeout(within):
        while True:
            found = holds()
            if asyncio.iscoroutine(found):
                found = await found
            if found:
                return found
            await until_next_look()


@asynccontextmanager
async def running(program: Program):
    await program.start()
    try:
        yield program
    finally:
        if program.is_running:
            await program.stop()
