"""Ctrl-C at any moment of a start ends it with the usual code and without a word."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

INTERRUPTED = """
import os, signal, sys

class Watcher:
    @staticmethod
    def find_spec(name, *_):
        if name == module:
            os.kill(os.getpid(), signal.SIGINT)

module, sys.argv = sys.argv[1], ["firstline", "run"]
sys.meta_path.insert(0, Watcher)
from desk.entry import main
main()
"""

LEFT = """
import atexit, sys, threading
from desk import cli, entry

def end():
    threading.Thread(target=threading.Event().wait, daemon=sys.argv[1] == "0").start()
    print("said")
    sys.exit(int(sys.argv[1]))

cli.main = end
atexit.register(print, "torn down")
entry.main()
"""

HELD_BACK = """
import os, signal, sys

signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
os.kill(os.getpid(), signal.SIGINT)
print("begins", flush=True)
from desk.entry import main
main()
"""

STUCK = """
import asyncio
from contextlib import suppress
from desk import roles

async def wait_for_ever():
    while True:
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()

async def end():
    stuck = asyncio.create_task(wait_for_ever())
    await roles.see_off()

roles.SEE_OFF_WITHIN = 0.01
asyncio.run(end())
"""


@pytest.mark.parametrize(
    "module", ["desk.cli", "asyncio", "click", "desk.roles", "desk.channels", "annotated_types"]
)
def test_an_interrupt_while_a_module_is_imported_ends_quietly(module, tmp_path):
    assert begun("-c", INTERRUPTED, module, folder=tmp_path) == (130, "", "")


@pytest.mark.parametrize("code", [0, 1])
def test_a_thread_that_is_still_at_work_is_not_torn_by_the_end(code, tmp_path):
    assert begun("-c", LEFT, str(code), folder=tmp_path) == (code, "said\n", "")


def test_an_interrupt_that_was_held_back_ends_the_start_quietly(tmp_path):
    assert begun("-c", HELD_BACK, "--help", folder=tmp_path) == (130, "begins\n", "")


def test_a_terminal_that_lacks_a_letter_shows_another_sign(tmp_path):
    code, said, complaints = begun("-m", "desk", "doctor", folder=tmp_path, encoding="koi8-u")
    assert (code, complaints) == (0, "")
    assert "? Database: none yet" in said


def test_what_waits_for_ever_is_left_behind_at_the_end(tmp_path):
    code, said, complaints = begun("-c", STUCK, folder=tmp_path)
    assert (code, complaints) == (0, "")
    assert "left behind" in said


def begun(*words, folder, encoding="utf-8"):
    """How it ended and what it said."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding},
        capture_output=True,
        encoding=encoding,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr
