"""Starts the program without its seconds: by forks of a process that imported it.

What is forked is `firstline` with its arguments as it stands, with all that it does after it has
imported its modules and read its words: settings, locks, database, leases, listening. This module
runs as a process of its own, which listens at its standard input for whoever asks
(`program.Cradle`). Each start comes as a line of its own: what to start goes in, the program's
number and at its end its exit code come out. A program for whom nobody listens any more is killed:
its tests were broken off.
"""

import asyncio
import gc
import json
import os
import select
import signal
import socket
import sys
import tempfile
import threading
from pathlib import Path

import desk.agents
import desk.demo.running
import desk.doctor
import desk.exchange
import desk.keeping
import desk.roles  # noqa: F401 - as the others: so that a fork need not import them
from desk.channels import TelegramSettings
from desk.cli import main as run_command
from desk.settings import Settings, WebSettings
from desk.telegram import client
from desk.wiring import build_desk
from tests.desk.phone import Exchange

SAID = {  # a trouble and its answer
    "uk": ("принтер на 3 поверсі не друкує", "INV-1, з учора"),
    "en": ("the printer on floor 3 is broken", "INV-1, since yesterday"),
    "sk": ("tlačiareň na 3. poschodí netlačí", "INV-1, od včera"),
    "el": ("ο εκτυπωτής στον 3ο όροφο δεν τυπώνει", "INV-1, από χθες"),
    "it": ("la stampante al piano 3 non stampa", "INV-1, da ieri"),
}


async def read_all(folder):
    """One desk is put together, understands each language, and is thrown away.

    What was read for it stays in memory; each program would take four seconds of a core.
    """
    telegram = TelegramSettings(token="1:none")
    web = WebSettings(public_url="https://desk.example.org")
    desk = await build_desk(Settings(folder=folder, telegram=telegram, web=web))
    client(desk.settings)
    desk.portal()
    exchange = Exchange(desk)
    for person, (language, lines) in enumerate(SAID.items()):
        for line in lines:
            await exchange.write(line, person=person, language=language)
    assert len(await exchange.tickets()) == len(SAID)
    await desk.close()


def attend_to_all(listening):
    """Until it is killed, when the run of the tests ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who attend
    while True:
        asking, _ = listening.accept()
        if os.fork() == 0:
            listening.close()
            attend_to(asking)
            return
        asking.close()


def attend_to(line):
    """Either the program that was asked for, or who waits for its end and tells it."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with line, line.makefile("rw") as asking:
        wanted = json.loads(asking.readline())
        pid = os.fork()
        if pid:
            print(pid, file=asking, flush=True)
            if ends_while_heard(pid, line):
                print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), file=asking, flush=True)
            else:
                os.kill(pid, signal.SIGKILL)
            return
    become(**wanted)


def ends_while_heard(pid, line):
    """Whoever asked says nothing more: what comes on the line is its end."""
    ending = os.pidfd_open(pid)
    return ending in select.select([ending, line], [], [])[0]


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
    listening = socket.socket(fileno=os.dup(sys.stdin.fileno()))
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with tempfile.TemporaryDirectory() as place:
        asyncio.run(read_all(Path(place)))
    assert threading.active_count() == 1  # a fork takes no others along
    gc.freeze()  # so that the pages stay shared
    attend_to_all(listening)
