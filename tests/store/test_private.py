"""What people have told us is read by nobody else on the machine, wherever it is written."""

import os

import pytest

from store.backup import backup, restore
from store.blobs import Blobs
from store.database import Database, sqlite_path
from store.occupancy import occupied
from tests.store.cast import opened


@pytest.fixture(autouse=True)
def _careless():
    """As most systems have it: new files may be read by all."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def seen_by_others(folder):
    return [path.name for path in folder.rglob("*") if path.stat().st_mode & 0o077]


async def test_database_files_and_copies_are_their_owners_alone(store, store_url, tmp_path):
    await opened(store)
    is_sqlite = store_url.startswith("sqlite:")
    place = tmp_path / "var"
    url = f"sqlite:///{place}/desk.db" if is_sqlite else store_url
    Blobs(place / "files").write(b"a photo")
    await backup(store_url, place / "files", tmp_path / "copy")
    if is_sqlite:
        await restore(url, place / "files", tmp_path / "copy")
        with occupied(url):
            database = await Database.open(url)
            async with database.transaction() as session:
                await session.execute("DELETE FROM session")
            assert {path.suffix for path in place.glob("desk*")} >= {".db", ".db-wal", ".lock"}
            assert seen_by_others(place) == []
            await database.close()
    assert len(list((tmp_path / "copy").rglob("*"))) >= 3
    assert seen_by_others(place) == seen_by_others(tmp_path / "copy") == []


async def test_a_database_that_was_open_to_others_is_closed_to_them(sqlite_url):
    path = sqlite_path(sqlite_url)
    beside = [path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm")]
    first = await Database.open(sqlite_url)
    for each in beside:
        each.chmod(0o644)
    second = await Database.open(sqlite_url)
    for database in (first, second):
        await database.close()
    assert [each.name for each in beside if each.exists() and each.stat().st_mode & 0o077] == []
