"""Ctrl-C at any moment of a start ends it with the usual code and without a word."""

import subprocess
import sys

import pytest

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


@pytest.mark.parametrize(
    "module", ["desk.cli", "asyncio", "click", "desk.roles", "desk.channels", "annotated_types"]
)
def test_an_interrupt_while_a_module_is_imported_ends_quietly(module, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, module],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
