"""aiogram costs 165 MB: only the client loads it."""

import subprocess
import sys

from tests.house import tree

LIGHT = ("translate", "receive", "card", "send")


def test_only_the_client_loads_aiogram():
    names = [f"bots.telegram.{name}" for name in LIGHT]
    code = (
        f"import importlib, sys\nfor name in {names!r}: importlib.import_module(name)\n"
        "print('aiogram' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tree.ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (ran.stdout.strip(), ran.stderr) == ("False", "")
