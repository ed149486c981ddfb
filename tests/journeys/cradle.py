"""Starts the program again and again without its seconds: by forks of a process that imported it.

What is forked is `firstline run` as it stands, with all that it does after its imports: settings,
locks, database, leases, listening. This module runs as a process of its own. A line of its input
starts one program; the program's number and, at its end, its exit code are the output.
"""

import asyncio
import gc
import os
import sys
import tempfile
import threading
from pathlib import Path

from desk.cli import main as run_command
from desk.settings import load
from desk.wiring import build_desk


async def read_all():
    """One desk is put together and thrown away; what was read for it stays in memory."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load().model_copy(update={"folder": Path(folder)})
        desk = await build_desk(settings)
        desk.telegram()
        await desk.close()


def serve_until_the_input_ends(told):
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            sys.argv = ["firstline", "run"]
            run_command()
            return
        print(pid, file=told, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), file=told, flush=True)


if __name__ == "__main__":
    output = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what is printed goes to the log
    asyncio.run(read_all())
    assert threading.active_count() == 1  # a fork takes no others along
    gc.freeze()  # so that the pages stay shared
    serve_until_the_input_ends(output)
