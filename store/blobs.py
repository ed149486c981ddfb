"""Bytes by their SHA-256 in a folder outside the web root: written once, never changed.

A file's time is when its bytes last came: what has just come again is never taken away. What
befalls one file is told from a disk that is away: whether the disk still takes bytes shows it.
Where one of the folders takes nothing, its bytes lie in a spare one, so that they hold up nobody.
"""

import os
import re
import tempfile
from contextlib import suppress
from datetime import datetime
from hashlib import file_digest, sha256
from pathlib import Path
from secrets import token_hex

import structlog

from intake.errors import DiskAway, FirstlineError, NotFound, OutOfReach
from store.private import OWNERS_ALONE, make_private_folder

DIGEST = re.compile(r"[0-9a-f]{64}")
SPARE = "xx"  # the folder for what its own folder would not take

log = structlog.get_logger()


def is_whole(blob: Path) -> bool:
    """Whether these are the bytes that their name promises; not where there are none."""
    digest = blob.name if blob.parent.name == SPARE else blob.parent.name + blob.name
    try:
        with blob.open("rb") as content:
            return file_digest(content, "sha256").hexdigest() == digest
    except FileNotFoundError:
        return False


class Blobs:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lasting: set[Path] = set()  # folders whose own names are surely on the disk

    def write(self, content: bytes) -> str:
        """Durable when it returns; returns the SHA-256. Raises Unavailable."""
        digest = sha256(content).hexdigest()
        usual = self._usual(digest)
        try:
            self._put(usual, content)
        except OSError as error:
            try:
                self._put(self._spare(digest), content)
            except OSError:
                raise DiskAway(_said(error)) from error
            log.warning("bytes stored aside", folder=str(usual.parent), reason=_said(error))
        return digest

    def read(self, sha256: str) -> bytes:
        """Raises NotFound, OutOfReach, or Unavailable when the disk does not answer."""
        if not DIGEST.fullmatch(sha256):
            raise NotFound("no_file")
        try:
            return self._usual(sha256).read_bytes()
        except OSError as error:
            with suppress(OSError):
                return self._spare(sha256).read_bytes()
            raise self._consequence(error) from error

    def place_of_missing(self, sha256: str) -> Path | None:
        """Where its bytes should be; None where they are."""
        return None if any(map(Path.exists, self._places(sha256))) else self._usual(sha256)

    def is_older(self, sha256: str, moment: datetime) -> bool:
        """Whether these bytes last came before `moment`, or are not there at all."""
        return all(_is_older(place, moment) for place in self._places(sha256))

    def remove(self, sha256: str, moment: datetime) -> None:
        """Unless they came again since `moment`, be it at this very instant."""
        for place in self._places(sha256):
            _remove(place, moment)

    def _consequence(self, error: OSError) -> FirstlineError:
        if not self._answers():
            return DiskAway(_said(error))
        is_missing = isinstance(error, FileNotFoundError)
        return NotFound("no_file") if is_missing else OutOfReach(_said(error))

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

    def _put(self, place: Path, content: bytes) -> None:
        is_there = _is_there(place, len(content))
        self._make_lasting(place.parent)
        if is_there:  # whoever wrote it may have died before, or be just about to do this
            _sync_folder(place.parent)
        else:
            _write_durably(place, content)

    def _make_lasting(self, folder: Path) -> None:
        """Also one that is there: whoever made it may have died before it was on the disk."""
        if folder not in self._lasting:
            make_private_folder(folder)
            _sync_folder(folder.parent)
            self._lasting.add(folder)

    def _places(self, digest: str) -> tuple[Path, Path]:
        return self._usual(digest), self._spare(digest)

    def _usual(self, digest: str) -> Path:
        return self._folder / f"{digest[:2]}/{digest[2:]}"

    def _spare(self, digest: str) -> Path:
        return self._folder / f"{SPARE}/{digest}"


def _is_older(place: Path, moment: datetime) -> bool:
    try:
        return place.stat().st_mtime < moment.timestamp()
    except (FileNotFoundError, NotADirectoryError):
        return True


def _remove(place: Path, moment: datetime) -> None:
    if not place.exists() or not _is_older(place, moment):
        return
    aside = place.with_name(f".old-{place.name}")
    place.replace(aside)  # whoever brings them from now on writes them anew
    if aside.stat().st_mtime < moment.timestamp():
        aside.unlink()
    else:
        aside.replace(place)


def _is_there(path: Path, size: int) -> bool:
    """Whole by its size. Also says that the bytes came again."""
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return path.is_file() and path.stat().st_size == size


def _write_durably(path: Path, content: bytes) -> None:
    """Under a temporary name until every byte is on the disk."""
    temporary = path.with_name(f".new-{token_hex(8)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNERS_ALONE)
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


def _said(error: OSError) -> str:
    return f"{type(error).__name__}: {error.strerror}"


def _sync_folder(folder: Path) -> None:
    """A name is durable only when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
