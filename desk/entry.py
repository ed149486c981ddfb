"""Where `firstline` begins: Ctrl-C ends a start at once and quietly, at whatever moment.

A start is mostly imports. An interrupt in one of them would be a traceback, or, where a library
takes it for an error of its own, none at all. Once a command is at work it minds Ctrl-C itself.
"""

import os
import signal
import sys


def main() -> None:
    signal.signal(signal.SIGINT, _leave)
    from desk.cli import main as begin  # noqa: PLC0415 - nothing may be imported before

    try:
        begin()
    except SystemExit as end:
        _leave_threads(end.code)
        raise
    _leave_threads(0)


def _leave_threads(code: object) -> None:
    """Python's end would tear a thread that is still importing; some libraries abort at that."""
    from threading import enumerate as threads  # noqa: PLC0415

    if any(thread.daemon for thread in threads()):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 1)


def _leave(_number: int, _frame: object) -> None:
    """Nothing has been begun that should be ended."""
    os._exit(130)
