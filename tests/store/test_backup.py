"""A backup brings everything back, and a restore never overwrites unasked."""

import asyncio

import pytest

from intake.errors import Conflict, NotFound
from store.backup import backup, restore
from store.blobs import Blobs
from store.database import Database
from store.journal import Journal
from store.listing import Listing
from store.search import Search
from tests.store.cast import envelope, opened


async def test_what_was_backed_up_while_working_comes_back(
    database, store, store_url, tmp_path, request
):
    ticket = await opened(store)
    await Search(database).reindex()
    digest = Blobs(tmp_path / "blobs").write(b"a photo")
    writing = asyncio.create_task(
        Journal(database).accept([envelope(number) for number in range(500)])
    )
    await backup(store_url, tmp_path / "blobs", tmp_path / "copy")
    await writing
    if database.dialect.is_postgresql:
        other = request.getfixturevalue("postgresql").create("restored")
    else:
        other = f"sqlite:///{tmp_path}/restored/desk.db"
    await restore(other, tmp_path / "more", tmp_path / "copy")
    restored = await Database.open(other)
    try:
        listing = Listing(restored)
        assert await listing.ticket(ticket.id) == ticket
        assert [line.id for line in (await listing.search("strike")).lines] == [ticket.id]
        assert Blobs(tmp_path / "more").read(digest) == b"a photo"
    finally:
        await restored.close()
    with pytest.raises(Conflict):
        await restore(other, tmp_path / "more", tmp_path / "copy")
    await restore(other, tmp_path / "more", tmp_path / "copy", overwrites=True)
    again = await Database.open(other)
    assert await Listing(again).ticket(ticket.id) == ticket
    await again.close()
    if database.dialect.is_postgresql:
        request.getfixturevalue("postgresql").drop("restored")


async def test_a_backup_goes_nowhere_but_into_an_empty_folder(store_url, tmp_path):
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "yesterday").touch()
    with pytest.raises(Conflict):
        await backup(store_url, tmp_path / "blobs", tmp_path / "copy")
    with pytest.raises(NotFound):
        await restore(store_url, tmp_path / "blobs", tmp_path / "nothing")
