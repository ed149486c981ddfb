"""Bytes by their SHA-256 in a folder outside the web root: written once, never changed.

A file's time is when its bytes last came: what has just come again is never taken away. What
befalls one file is told from a disk that is away: whether the disk still takes bytes shows it.
"""

import os
import re
import tempfile
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from intake.errors import FirstlineError, NotFound, OutOfReach, Unavailable
from store.private import make_private_folder

DIGEST = re.compile(r"[0-9a-f]{64}")


class Blobs:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lasting: set[Path] = set()  # folders whose own names are surely on the disk

    def write(self, content: bytes) -> str:
        """Durable when it returns; returns the SHA-256. Raises Unavailable."""
        digest = sha256(content).hexdigest()
        path = self._path(digest)
        try:
            if not _is_there(path):
                self._make_lasting(path.parent)
                _write_durably(path, content)
        except OSError as error:
            raise Unavailable(f"{type(error).__name__}: {error.strerror}") from error
        return digest

    def read(self, sha256: str) -> bytes:
        """Raises NotFound, OutOfReach, or Unavailable when the disk does not answer."""
        if not DIGEST.fullmatch(sha256):
            raise NotFound("no_file")
        try:
            return self._path(sha256).read_bytes()
        except OSError as error:
            raise self._consequence(error) from error

    def is_older(self, sha256: str, moment: datetime) -> bool:
        """Whether these bytes last came before `moment`, or are not there at all."""
        try:
            return self._path(sha256).stat().st_mtime < moment.timestamp()
        except FileNotFoundError:
            return True

    def remove(self, sha256: str, moment: datetime) -> None:
        """Unless they came again since `moment`, be it at this very instant."""
        path = self._path(sha256)
        if not path.exists() or not self.is_older(sha256, moment):
            return
        aside = path.with_name(f".old-{path.name}")
        path.replace(aside)  # whoever brings them from now on writes them anew
        if aside.stat().st_mtime < moment.timestamp():
            aside.unlink()
        else:
            aside.replace(path)

    def _consequence(self, error: OSError) -> FirstlineError:
        reason = f"{type(error).__name__}: {error.strerror}"
        if not self._answers():
            return Unavailable(reason)
        return NotFound("no_file") if isinstance(error, FileNotFoundError) else OutOfReach(reason)

    def _answers(self) -> bool:
        """Whether the disk takes bytes at all just now."""
        try:
            with tempfile.TemporaryFile(dir=self._folder) as probe:
                probe.write(b"?")
                probe.flush()
                os.fsync(probe.fileno())
        except OSError:
            return False
        return True

    def _make_lasting(self, folder: Path) -> None:
        """Also one that is there: whoever made it may have died before it was on the disk."""
        if folder not in self._lasting:
            make_private_folder(folder)
            _sync_folder(folder.parent)
            self._lasting.add(folder)

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest[2:]


def _is_there(path: Path) -> bool:
    """Also says that the bytes came again."""
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def _write_durably(path: Path, content: bytes) -> None:
    """Under a temporary name until every byte is on the disk."""
    descriptor, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """A name is durable only when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
