"""How seldom Python looks for garbage, of which a message leaves next to none."""

import ctypes
import gc

BETWEEN = 10_000  # objects that may come to be between two looks


def tidy_up() -> None:
    """What was made at the start stays: looking through it again would only hold up the loop.

    What was read for it and thrown away (word lists, catalogs, templates) goes back to the system.
    A message is some thousand objects and next to no garbage: looking as often as Python does by
    itself took a twentieth of the work.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(BETWEEN)
    gc.enable()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # where the C library is glibc
    if trim is not None:
        trim(0)
