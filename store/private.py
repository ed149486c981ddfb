"""Files and folders that nobody else on this machine may read, whatever the umask says."""

from contextlib import suppress
from pathlib import Path

OWNERS_ALONE = 0o600
OWNERS_ALONE_FOLDER = 0o700
OTHERS = 0o077
BESIDE_SQLITE = ("-wal", "-shm")  # SQLite makes them as open as the database itself


def make_private_folder(path: Path) -> None:
    """With those above it that are not there yet, which `mkdir` alone would leave open."""
    if not path.is_dir():
        make_private_folder(path.parent)
        path.mkdir(mode=OWNERS_ALONE_FOLDER, exist_ok=True)


def keep_private(path: Path) -> None:
    """Before anything is written there: the file is made, or closed to others."""
    path.touch(mode=OWNERS_ALONE)
    _close_to_others(path)


def keep_sqlite_private(path: Path) -> None:
    """The database with its journal."""
    keep_private(path)
    for suffix in BESIDE_SQLITE:
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            _close_to_others(beside)


def _close_to_others(path: Path) -> None:
    if path.stat().st_mode & OTHERS:
        with suppress(PermissionError):  # another user's file is that user's own matter
            path.chmod(OWNERS_ALONE)
