"""What logs do to the program: nothing, even when they can't be written."""

import subprocess
import sys

import pytest

from desk.logs import Forgiving


class FullDisk:
    def __init__(self):
        self.is_full = True
        self.lines = []

    def write(self, text):
        if self.is_full:
            raise OSError(28, "No space left on device")
        self.lines.append(text)

    def flush(self):
        if self.is_full:
            raise OSError(28, "No space left on device")


def test_a_line_that_finds_no_room_stops_no_work():
    disk = FullDisk()
    print("lost", file=Forgiving(disk), flush=True)
    disk.is_full = False
    print("kept", file=Forgiving(disk), flush=True)
    assert "".join(disk.lines) == "kept\n"


def test_a_pool_whose_database_is_away_adds_no_traceback_to_our_line():
    failing = """
import logging
from desk.logs import set_up
set_up()
try:
    raise OSError("away")
except OSError:
    logging.getLogger("asyncpg.pool").warning("Failed to restore", exc_info=True)
"""
    ended = subprocess.run(
        [sys.executable, "-c", failing], capture_output=True, text=True, check=True
    )
    assert ended.stderr == ""


def test_a_mistake_of_ours_is_not_forgiven():
    disk = FullDisk()
    disk.write = lambda text: text / 2
    with pytest.raises(TypeError):
        print("text", file=Forgiving(disk), flush=True)
