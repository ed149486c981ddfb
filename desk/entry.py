"""Where `firstline` begins: Ctrl-C ends a start at once and quietly, at whatever moment.

A start is mostly imports. An interrupt in one of them would be a traceback, or, where a library
takes it for an error of its own, none at all. Once a command is at work it minds Ctrl-C itself.
"""

import os
import signal
import sys


def main() -> None:
    signal.signal(signal.SIGINT, _leave)
    # `make run` holds it back until here: Python's own start would tell of it at length.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
    from desk.cli import main as begin  # noqa: PLC0415 - nothing may be imported before

    try:
        begin()
    except SystemExit as end:
        _leave_threads(end.code)
        raise
    _leave_threads(0)


def _leave_threads(code: object) -> None:
    """Python's end would tear a thread that is still importing; some libraries abort at that.

    And it would wait for one that asks a silent server: of what those do nothing is lost.
    """
    from threading import active_count  # noqa: PLC0415

    if active_count() > 1:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 1)


def _leave(_number: int, _frame: object) -> None:
    """Nothing has been begun that should be ended."""
    os._exit(130)
