"""What rows name and no file holds, as where only a part of a copy was carried elsewhere.

Without its bytes a file can't be shown, and a mail that waits can't be received. What becomes of
what is missing is left to whoever restores.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from store.blobs import Blobs
from store.database import Database
from store.raw_mails import raw_mails

TOGETHER = 10_000  # envelopes that are read at once
FILES = "SELECT DISTINCT sha256 FROM file WHERE sha256 <> ''"
MAILS = """
    SELECT id, channel, payload FROM envelope
    WHERE channel = 'email' AND state <> 'swept' AND id > $1 ORDER BY id LIMIT $2
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Where the bytes should be."""

    files: Sequence[Path] = ()
    mails: Sequence[Path] = ()


async def missing(url: str, blobs: Blobs) -> Missing:
    database = await Database.open(url)
    try:
        files = {str(row["sha256"]) for row in await database.fetch(FILES)}
        mails = await _named_mails(database) - files  # some mail was sent as a file, too
    finally:
        await database.close()
    return await asyncio.to_thread(
        lambda: Missing(files=_without_bytes(blobs, files), mails=_without_bytes(blobs, mails))
    )


async def _named_mails(database: Database) -> set[str]:
    named, last = set[str](), 0
    while rows := await database.fetch(MAILS, last, TOGETHER):
        named |= raw_mails(rows)
        last = rows[-1]["id"]
    return named


def _without_bytes(blobs: Blobs, digests: Iterable[str]) -> Sequence[Path]:
    places = map(blobs.place_of_missing, sorted(digests))
    return [place for place in places if place is not None]
