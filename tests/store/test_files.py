"""Files: fetched later, attached once, kept by their hash."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from intake.errors import Conflict, NotFound, OutOfReach, Unavailable, is_of_surroundings
from intake.flow.retrying import LONGEST_PAUSE
from intake.messages import IncomingFile
from intake.tickets import Author, FileState
from store.blobs import Blobs
from store.files import Files
from store.listing import Listing
from tests.store.cast import NOW, OLENA, new_entry, opened

PHOTO = IncomingFile(source="tg:AgAD", name="photo.jpg", media_type="image/jpeg", size=9)


@pytest.fixture
def files(database):
    return Files(database)


async def brought(store):
    ticket = await opened(store)
    async with store.work() as work:
        await work.add_entry(new_entry(ticket.id, files=(PHOTO,)))
    return ticket


async def test_a_file_is_claimed_by_one_and_again_when_that_one_is_gone(store, files):
    await brought(store)
    [fetch] = await files.claim("telegram", "7", NOW, 10)
    assert (fetch.source, fetch.address) == ("tg:AgAD", OLENA)
    assert not await files.claim("telegram", "7", NOW, 10)
    assert not await files.claim("telegram", "8", NOW + timedelta(hours=1), 10)
    [again] = await files.claim("telegram", "7", NOW + timedelta(minutes=10), 10)
    assert again.attempts == 1


async def test_a_try_counts_once_its_failure_is_noted(store, files):
    await brought(store)
    for tries in (1, 2, 3):
        [fetch] = await files.claim("telegram", "7", NOW, 10)
        assert fetch.attempts == tries
        await files.postponed(fetch.file_id, "busy", NOW)


async def test_a_fetched_file_is_shown_with_its_ticket_and_rings_there(database, store, files):
    ticket = await brought(store)
    [fetch] = await files.claim("telegram", "7", NOW, 10)
    async with database.bell.listen(["ticket:*"]) as rings:
        await files.stored(fetch.file_id, "ab" * 32, 9, "image/png")
        assert await anext(rings) == f"ticket:{ticket.id}"
    shown = await Listing(database).file(fetch.file_id)
    assert (shown.state, shown.media_type, shown.ticket_id) == (
        FileState.STORED,
        "image/png",
        ticket.id,
    )


async def test_a_file_that_stands_on_no_timeline_is_shown_to_nobody(database, files):
    kept = await files.add_upload("plan.pdf", "application/pdf", 9, "ab" * 32)
    with pytest.raises(NotFound):
        await Listing(database).file(kept)


async def test_a_refused_file_says_so_and_a_postponed_one_waits(database, store, files):
    ticket = await brought(store)
    await brought(store)
    first, second = await files.claim("telegram", "7", NOW, 10)
    async with store.work() as work:
        assert await work.refuse_file(first.file_id, "21 MB") == ticket.id
    await files.postponed(second.file_id, "busy", NOW + timedelta(seconds=5))
    assert (await Listing(database).file(first.file_id)).state is FileState.TOO_BIG
    [again] = await files.claim("telegram", "7", NOW + timedelta(seconds=5), 10)
    assert again.file_id == second.file_id


async def test_a_file_waits_no_longer_where_the_clock_is_put_back(store, files):
    await brought(store)
    [fetch] = await files.claim("telegram", "7", NOW, 10)
    await files.postponed(fetch.file_id, "busy", NOW + LONGEST_PAUSE)
    assert not await files.claim("telegram", "7", NOW, 10)
    assert await files.claim("telegram", "7", NOW - timedelta(hours=1), 10)


async def test_a_failed_file_is_fetched_again_when_somebody_says_so(store, files):
    ticket = await brought(store)
    [fetch] = await files.claim("telegram", "7", NOW, 10)
    async with store.work() as work:
        assert await work.fail_file(fetch.file_id, "away") == ticket.id
        assert await work.lacks_file(ticket.id)
    assert not await files.claim("telegram", "7", NOW + timedelta(days=2), 10)
    async with store.work() as work:
        assert await work.retry_file(fetch.file_id) == ticket.id
        assert not await work.lacks_file(ticket.id)
    [again] = await files.claim("telegram", "7", NOW, 10)
    assert again.attempts == 1
    for number, problem in ((fetch.file_id, Conflict), (99, NotFound)):
        with pytest.raises(problem):
            async with store.work() as work:
                await work.retry_file(number)


async def test_an_upload_belongs_to_the_first_entry_that_takes_it(database, store, files):
    ticket = await opened(store)
    upload = await files.add_upload("plan.pdf", "application/pdf", 9, "ab" * 32)
    async with store.work() as work:
        for _ in range(2):
            entry = new_entry(ticket.id, author=Author.AGENT, address=None, stored_files=(upload,))
            await work.add_entry(entry)
    timeline = await Listing(database).timeline(ticket.id)
    assert [[file.id for file in entry.files] for entry in timeline] == [[], [upload], []]


def test_a_blob_is_found_by_the_hash_of_its_bytes(tmp_path):
    blobs = Blobs(tmp_path / "blobs")
    digest = blobs.write(b"a photo")
    assert digest == sha256(b"a photo").hexdigest() == blobs.write(b"a photo")
    assert blobs.read(digest) == b"a photo"
    assert [path.name for path in (tmp_path / "blobs").rglob("*") if path.is_file()] == [
        digest[2:]
    ]


@pytest.mark.parametrize("name", ["", "ab" * 32, "../../etc/passwd", "AB" * 32, "ab" * 31 + "/."])
def test_a_hash_that_names_nothing_is_not_found(tmp_path, name):
    with pytest.raises(NotFound):
        Blobs(tmp_path).read(name)


def test_a_disk_that_is_away_is_unavailable(tmp_path):
    (tmp_path / "blobs").write_text("a file where the folder should be")
    with pytest.raises(Unavailable):
        Blobs(tmp_path / "blobs").write(b"a photo")


def test_a_folder_that_is_gone_is_no_file_that_is_gone(tmp_path):
    digest = Blobs(tmp_path / "blobs").write(b"a photo")
    (tmp_path / "blobs").rename(tmp_path / "unmounted")
    with pytest.raises(Unavailable):
        Blobs(tmp_path / "blobs").read(digest)


def test_one_file_that_cannot_be_read_is_told_from_a_disk_that_is_away(tmp_path):
    blobs = Blobs(tmp_path / "blobs")
    digest = blobs.write(b"a photo")
    place = tmp_path / "blobs" / digest[:2] / digest[2:]
    place.unlink()
    place.mkdir()
    with pytest.raises(OutOfReach) as one:
        blobs.read(digest)
    assert not is_of_surroundings(one.value)
    (tmp_path / "blobs").rename(tmp_path / "unmounted")
    with pytest.raises(Unavailable) as all_of_them:
        blobs.read(digest)
    assert is_of_surroundings(all_of_them.value)


def test_bytes_whose_own_folder_takes_none_lie_aside_until_they_are_old(tmp_path):
    blobs, content = Blobs(tmp_path / "blobs"), b"a logo in every mail"
    own_folder = tmp_path / "blobs" / sha256(content).hexdigest()[:2]
    own_folder.parent.mkdir()
    own_folder.write_text("no folder")
    digest = blobs.write(content)
    assert blobs.write(content) == digest
    assert blobs.read(digest) == content
    now = datetime.now(UTC)
    blobs.remove(digest, now - timedelta(minutes=1))
    assert not blobs.is_older(digest, now - timedelta(minutes=1))
    assert blobs.is_older(digest, now + timedelta(minutes=1))
    blobs.remove(digest, now + timedelta(minutes=1))
    assert not [place for place in (tmp_path / "blobs").rglob("*") if place.name == digest]


def test_what_can_not_be_read_is_whole_again_once_it_has_come_again(tmp_path):
    blobs = Blobs(tmp_path / "blobs")
    digest = blobs.write(b"a photo")
    place = tmp_path / "blobs" / digest[:2] / digest[2:]
    place.unlink()
    place.mkdir()
    assert blobs.write(b"a photo") == digest
    assert blobs.read(digest) == b"a photo"
