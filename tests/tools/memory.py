"""Where files lie in memory: a desk waits until the disk has each mail, and a test need not."""

import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - files of a fresh database cost half there
ROOM = 4 << 30  # bytes that must be free there


def memory() -> Path | None:
    """Where there is no disk at all; a container may have little room there."""
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if has_room else None
