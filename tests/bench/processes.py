"""Processes under measurement, ours and peers: their CPU, memory and readiness."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from tests.tools.ports import free_port

START_WITHIN = 60.0
STOP_WITHIN = 2.0
TICK = os.sysconf("SC_CLK_TCK")
TOKEN = "700800900:simulated-bot-of-the-service-desk"
PLAIN = Path(__file__).parent / "plain"  # hides what only development installs
LOOK = 0.005  # seconds between two looks at something that can't ring us


class Process:
    """Started at once; `port` is where it serves HTTP, if it does."""

    def __init__(self, arguments, log, *, port=0, environment=None):
        self.port = port
        self._log = log
        self.started_at = time.perf_counter()
        with log.open("ab") as out:
            self._popen = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                env={**os.environ, **(environment or {})},
                stdout=out,
                stderr=out,
            )

    @property
    def cpu(self):
        """Seconds of CPU so far."""
        fields = Path(f"/proc/{self._popen.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    @property
    def memory(self):
        """Resident megabytes."""
        for line in Path(f"/proc/{self._popen.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise RuntimeError("the process is gone")

    async def until_served(self, path="/", statuses=(200, 303, 404, 405)):
        """Wait for the first answer; returns the seconds since the start."""
        async with asyncio.timeout(START_WITHIN):
            while True:
                self._require_alive()
                status = await ask(self.port, path)
                if status in statuses:
                    return time.perf_counter() - self.started_at
                await asyncio.sleep(LOOK)

    async def until_said(self, words):
        async with asyncio.timeout(START_WITHIN):
            while words not in self._log.read_text(errors="replace"):
                self._require_alive()
                await asyncio.sleep(LOOK)

    def _require_alive(self):
        if self._popen.poll() is not None:
            raise RuntimeError(self._log.read_text(errors="replace")[-3000:])

    def stop(self):
        if self._popen.poll() is None:
            self._popen.send_signal(signal.SIGTERM)
            try:
                self._popen.wait(STOP_WITHIN)  # it may wait for a simulator of our own loop
            except subprocess.TimeoutExpired:
                self._popen.kill()
                self._popen.wait()


async def ask(port, path):
    """The status of one GET, None while nobody answers."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return None
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        line = await reader.readline()
        return int(line.split()[1]) if line else None
    except OSError:
        return None
    finally:
        writer.close()


@contextmanager
def program(folder, settings, *roles):
    """`firstline run ROLES`, stopped at the end. Its files are in `folder`/var."""
    port, log = free_port(), folder / f"program-{'-'.join(roles) or 'all'}-{time.time_ns()}.log"
    environment = {
        "PYTHONPATH": str(PLAIN),
        "FIRSTLINE_FOLDER": str(folder / "var"),
        "FIRSTLINE_WEB__PORT": str(port),
        **settings,
    }
    ours = Process(["desk", "run", *roles], log, port=port, environment=environment)
    try:
        yield ours
    finally:
        ours.stop()


@contextmanager
def peer(name, folder):
    port = free_port()
    process = Process(["tests.bench.peers", name, str(port)], folder / f"{name}.log", port=port)
    try:
        yield process
    finally:
        process.stop()


def telegram(api_url="http://127.0.0.1:9", *, by_webhook=True):
    """Settings of a bot. By webhook, with nobody behind the address, unless one is given."""
    return {
        "FIRSTLINE_TELEGRAM__TOKEN": TOKEN,
        "FIRSTLINE_TELEGRAM__API_URL": api_url,
        "FIRSTLINE_TELEGRAM__RECEIVES_BY": "webhook" if by_webhook else "polling",
        "FIRSTLINE_WEB__PUBLIC_URL": "https://desk.firma.example" if by_webhook else "",
    }
