"""What all workers of one run of the tests share: a folder, and the servers that stand in it.

Whoever needs a server first starts it there. All of them end with the run, however that ends:
`strike.sh` waits until nobody holds its line any more.
"""

import fcntl
import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.tools.memory import memory

NAMED = "TESTS_CAMP"  # tells workers, and the programs that they start, where it is
STRIKES = Path(__file__).with_name("strike.sh")


class Camp:
    """Pitched by the process that people start, struck when that has ended."""

    def __init__(self) -> None:
        self._watch: subprocess.Popen[bytes] | None = None

    def pitch(self) -> None:
        folder = Path(tempfile.mkdtemp(prefix="firstline-tests-", dir=memory()))
        folder.chmod(0o711)  # a server that runs as somebody else goes to its folder within
        os.environ[NAMED] = str(folder)
        # In a session of its own, where neither Ctrl-C nor `timeout` reaches it.
        self._watch = subprocess.Popen(
            ["sh", STRIKES, folder], stdin=subprocess.PIPE, start_new_session=True
        )

    def strike(self) -> None:
        if self._watch is not None:
            self._watch.communicate()
            self._watch = None
            del os.environ[NAMED]


def camp() -> Path | None:
    """None outside of a run of the tests."""
    return Path(os.environ[NAMED]) if NAMED in os.environ else None


def once(name: str, make: Callable[[], str]) -> str:
    """What `make` gave to the first worker that asked for `name`; the others wait for it."""
    folder = camp()
    assert folder is not None
    told = folder / f"{name}.told"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            told.write_text(make())
        return told.read_text()
