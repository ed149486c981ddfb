"""Starts the program without its seconds: by forks of a process that imported it.

What is forked is `firstline` with its arguments as it stands, with all that it does after its
imports: settings, locks, database, leases, listening. This module runs as a process of its own,
whose standard input is a line to whoever asks (`program.Cradle`). Each start comes as a line of
its own: what to start goes in, the program's number and at its end its exit code come out.
"""

import asyncio
import gc
import json
import os
import signal
import socket
import sys
import tempfile
import threading
from pathlib import Path

import desk.doctor
import desk.exchange
import desk.keeping
import desk.roles  # noqa: F401 - as the others: so that a fork need not import them
from desk.channels import TelegramSettings
from desk.cli import main as run_command
from desk.settings import Settings, WebSettings
from desk.wiring import build_desk


async def read_all(folder):
    """One desk is put together and thrown away; what was read for it stays in memory."""
    telegram = TelegramSettings(token="1:none")
    web = WebSettings(public_url="https://desk.example.org")
    desk = await build_desk(Settings(folder=folder, telegram=telegram, web=web))
    desk.telegram()
    desk.portal()
    await desk.close()


def attend_to_all(line):
    """Ends when nobody is left who could ask."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who attend
    while asking := socket.recv_fds(line, 1, 1)[1]:
        if os.fork() == 0:
            line.close()
            attend_to(socket.socket(fileno=asking[0]))
            return
        os.close(asking[0])


def attend_to(line):
    """Either the program that was asked for, or who waits for its end and tells it."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with line, line.makefile("rw") as asking:
        wanted = json.loads(asking.readline())
        pid = os.fork()
        if pid:
            print(pid, file=asking, flush=True)
            print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), file=asking, flush=True)
            return
    become(**wanted)


def become(arguments, folder, environment, typed, said):
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    with Path(typed).open("rb") as reading, Path(said).open("ab") as writing:
        for ours, given in ((0, reading), (1, writing), (2, writing)):
            os.dup2(given.fileno(), ours)
    sys.argv = ["firstline", *arguments]
    run_command()


if __name__ == "__main__":
    own = socket.socket(fileno=os.dup(sys.stdin.fileno()))
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with tempfile.TemporaryDirectory() as place:
        asyncio.run(read_all(Path(place)))
    assert threading.active_count() == 1  # a fork takes no others along
    gc.freeze()  # so that the pages stay shared
    attend_to_all(own)
