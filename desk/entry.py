"""Where `firstline` begins: Ctrl-C ends a start at once and quietly, at whatever moment.

A start is mostly imports. An interrupt in one of them would be a traceback, or, where a library
takes it for an error of its own, none at all. Once a command is at work it minds Ctrl-C itself.
"""

import os
import signal


def main() -> None:
    signal.signal(signal.SIGINT, _leave)
    from desk.cli import main as begin  # noqa: PLC0415 - nothing may be imported before

    begin()


def _leave(_number: int, _frame: object) -> None:
    """Nothing has been begun that should be ended."""
    os._exit(130)
