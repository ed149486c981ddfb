"""Starts the program again and again without its seconds: by forks of a process that imported it.

What is forked is `firstline run` as it stands, with everything after its imports and its word
lists: settings, locks, database, leases, listening. This module runs as a process of its own. A
line of its input starts one program; its number and, at its end, its exit code are the output.
"""

import gc
import os
import sys

import bots.telegram.client  # noqa: F401 - what takes longest
import desk.roles  # noqa: F401
from desk.cli import main as run_command
from intake.catalogue import Catalogue
from intake.understanding import Reader


def main():
    Reader(Catalogue.load())  # the lists stay in memory
    gc.freeze()  # and their pages are shared
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what it prints goes to its log
            sys.argv = ["firstline", "run"]
            run_command()
            return
        print(pid, flush=True)  # noqa: T201
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
