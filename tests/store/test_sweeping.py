"""What is done and old goes, what is still needed stays, and a repeat is known for ever."""

import errno
import os
from datetime import timedelta

import orjson
import pytest

from intake.errors import NotFound
from intake.messages import IncomingFile
from store import sweeping
from store.blobs import Blobs
from store.files import FETCH_WITHIN, Files
from store.journal import Journal
from store.listing import Listing
from store.sweeping import ERASED_WITHIN, Sweeping
from tests.store.cast import IVAN, NOW, OLENA, envelope, new_entry, opened

KEPT = timedelta(days=90)
DENIED = OSError(errno.EACCES, "Permission denied")
RAW = b"From: olena@firma.example\r\n\r\nthe printer is on strike"


class PartlyForeign(Blobs):
    """Some of its bytes are another user's."""

    foreign = ()

    def is_older(self, sha256, moment):
        if sha256 in self.foreign:
            raise DENIED
        return super().is_older(sha256, moment)

    def remove(self, sha256, moment):
        if sha256 in self.foreign:
            raise DENIED
        super().remove(sha256, moment)


class House:
    """A desk's rows and bytes, and what sweeps them."""

    def __init__(self, database, store, clock, folder):
        self.database, self.store, self.clock, self.folder = database, store, clock, folder
        self.journal, self.files = Journal(database), Files(database)
        self.blobs = PartlyForeign(folder)
        self.sweeping = Sweeping(
            database=database, blobs=self.blobs, clock=clock, kept_within=KEPT
        )

    def old_blob(self, content):
        """Bytes that came when the tests' clock stood at NOW."""
        digest = self.blobs.write(content)
        self.date(digest, NOW.timestamp())
        return digest

    def date(self, digest, moment):
        os.utime(self.folder / digest[:2] / digest[2:], times=(moment, moment))

    async def upload(self, digest):
        return await self.files.add_upload("plan.pdf", "application/pdf", 9, digest)

    async def done(self, *envelopes):
        await self.journal.accept(envelopes)
        async with self.store.work() as work:
            for taken in await work.take_envelopes(NOW, 100):
                await work.finish_envelope(taken)

    async def payloads(self):
        rows = await self.database.fetch("SELECT key, payload FROM envelope ORDER BY id")
        return {row["key"]: bytes(row["payload"]) for row in rows}


@pytest.fixture
def house(database, store, clock, tmp_path):
    return House(database, store, clock, tmp_path / "files")


def mail(key, digest):
    payload = orjson.dumps({"uid": 1, "sha256": digest, "is_whole": True})
    return envelope(key, conversation=key, channel="email", payload=payload)


async def test_what_is_done_loses_its_payload_after_its_time_and_not_before(house):
    await house.done(envelope("1", "a"))
    house.clock.advance(KEPT.total_seconds())
    assert await house.sweeping.step() == 0
    house.clock.advance(1)
    assert await house.sweeping.step() == 1
    assert await house.payloads() == {"1": b""}
    assert await house.sweeping.step() == 0


async def test_what_was_swept_is_still_known_when_it_comes_again(house):
    await house.done(envelope("1"))
    house.clock.advance(KEPT.total_seconds() + 1)
    await house.sweeping.step()
    assert await house.journal.accept([envelope("1")]) == 0
    async with house.store.work() as work:
        assert await work.take_envelopes(house.clock.now(), 10) == ()


async def test_what_waits_or_is_in_quarantine_keeps_its_payload(house):
    await house.journal.accept([envelope("poison", "a"), envelope("waiting", "b")])
    async with house.store.work() as work:
        poison, _ = await work.take_envelopes(NOW, 10)
        await work.quarantine_envelope(poison, "no JSON")
    house.clock.advance(10 * KEPT.total_seconds())
    assert await house.sweeping.step() == 0
    assert b"" not in (await house.payloads()).values()


async def test_a_raw_mail_goes_with_its_envelope_and_its_ticket_no_longer_offers_it(house):
    digest = house.old_blob(RAW)
    await house.done(mail("m1", digest))
    [row] = await house.database.fetch("SELECT id FROM envelope")
    ticket = await opened(house.store)
    async with house.store.work() as work:
        entry = new_entry(ticket.id, envelope_id=row["id"], original=digest)
        await work.add_entry(entry)
    house.clock.advance(KEPT.total_seconds() + 1)
    assert await house.sweeping.step() == 1
    with pytest.raises(NotFound):
        house.blobs.read(digest)
    assert {line.original for line in await Listing(house.database).timeline(ticket.id)} == {""}


async def test_bytes_that_a_timeline_shows_or_that_came_again_stay(house):
    shown, again = (house.old_blob(RAW + end) for end in (b"1", b"2"))
    ticket = await opened(house.store)
    upload = await house.upload(shown)
    async with house.store.work() as work:
        await work.add_entry(new_entry(ticket.id, stored_files=(upload,)))
    await house.done(mail("m1", shown), mail("m2", again))
    house.date(again, 2**32)
    house.clock.advance(KEPT.total_seconds() + 1)
    assert await house.sweeping.step() == 2
    assert (house.blobs.read(shown), house.blobs.read(again)) == (RAW + b"1", RAW + b"2")


async def test_a_file_that_is_taken_back_goes_soon_unless_others_show_the_same(house):
    gone, shown = house.old_blob(b"a secret"), house.old_blob(b"a plan")
    taken, kept = await opened(house.store), await opened(house.store, address=IVAN)
    uploads = [await house.upload(digest) for digest in (gone, shown, shown)]
    async with house.store.work() as work:
        await work.add_entry(new_entry(kept.id, stored_files=uploads[2:], address=IVAN))
        files = {"stored_files": uploads[:2], "external_id": "12"}
        number = await work.add_entry(new_entry(taken.id, **files))
    async with house.store.work() as work:
        await work.add_files(number, [IncomingFile(source="https://x", name="c.jpg")])
    async with house.store.work() as work:
        await work.erase_entry(number, NOW)
    assert not await house.files.claim(OLENA.channel, OLENA.account, NOW, 10)
    assert await house.sweeping.step() == 1  # of which there are no bytes yet
    house.clock.advance(ERASED_WITHIN.total_seconds() + 1)
    assert await house.sweeping.step() == 2
    with pytest.raises(NotFound):
        house.blobs.read(gone)
    assert house.blobs.read(shown) == b"a plan"
    assert len(await house.database.fetch("SELECT 1 FROM file")) == 1


async def test_a_file_that_is_taken_back_while_it_is_brought_goes_as_soon(house):
    ticket = await opened(house.store)
    photo = IncomingFile(source="https://x", name="c.jpg")
    async with house.store.work() as work:
        number = await work.add_entry(new_entry(ticket.id, files=(photo,)))
    [fetch] = await house.files.claim(OLENA.channel, OLENA.account, NOW, 10)
    async with house.store.work() as work:
        await work.erase_entry(number, NOW)
    digest = house.old_blob(b"a secret")
    await house.files.stored(fetch.file_id, digest, 8, "image/jpeg")
    house.clock.advance(FETCH_WITHIN.total_seconds() + ERASED_WITHIN.total_seconds() + 1)
    assert await house.sweeping.step() == 1
    with pytest.raises(NotFound):
        house.blobs.read(digest)


async def test_an_upload_that_nothing_took_goes_after_its_time(house):
    old = house.old_blob(b"a plan")
    await house.upload(old)
    assert await house.sweeping.step() == 0
    house.clock.advance(KEPT.total_seconds() + 1)
    assert await house.sweeping.step() == 1
    assert await house.database.fetch("SELECT 1 FROM file") == []
    with pytest.raises(NotFound):
        house.blobs.read(old)


async def test_an_upload_stays_as_long_as_a_form_that_names_it_may_be_received(house):
    digest = house.old_blob(b"a plan")
    named = orjson.dumps({"uploads": [await house.upload(digest)]})
    await house.journal.accept([envelope("form", channel="portal", payload=named)])
    house.clock.advance(KEPT.total_seconds() + 1)
    assert await house.sweeping.step() == 0
    async with house.store.work() as work:
        [form] = await work.take_envelopes(house.clock.now(), 10)
        await work.quarantine_envelope(form, "unreadable")
    assert await house.sweeping.step() == 0
    async with house.store.work() as work:
        await work.dismiss_envelope(form.id, "Marek", house.clock.now())
    assert await house.sweeping.step() == 0
    assert house.blobs.read(digest) == b"a plan"
    house.clock.advance(KEPT.total_seconds() + 1)
    assert await house.sweeping.step() == 2
    with pytest.raises(NotFound):
        house.blobs.read(digest)


async def test_what_is_in_quarantine_holds_up_no_upload_that_it_does_not_name(house):
    named, other = house.old_blob(b"a plan"), house.old_blob(b"another")
    payload = orjson.dumps({"uploads": [await house.upload(named)]})
    await house.upload(other)
    await house.journal.accept(
        [envelope("form", channel="portal", payload=payload), envelope("poison", "b")]
    )
    async with house.store.work() as work:
        for held in await work.take_envelopes(NOW, 10):
            await work.quarantine_envelope(held, "unreadable")
    house.clock.advance(KEPT.total_seconds() + 1)
    assert await house.sweeping.step() == 1
    assert house.blobs.read(named) == b"a plan"
    with pytest.raises(NotFound):
        house.blobs.read(other)


async def test_what_was_dismissed_keeps_its_payload_for_its_time_and_its_record_for_ever(house):
    await house.journal.accept([envelope("poison")])
    async with house.store.work() as work:
        [poison] = await work.take_envelopes(NOW, 10)
        await work.quarantine_envelope(poison, "no JSON")
    house.clock.advance(KEPT.total_seconds() + 1)
    async with house.store.work() as work:
        await work.dismiss_envelope(poison.id, "Marek", house.clock.now())
    assert await house.sweeping.step() == 0
    house.clock.advance(KEPT.total_seconds() + 1)
    assert await house.sweeping.step() == 1
    assert await house.payloads() == {"poison": b""}
    [row] = await house.database.fetch("SELECT dismissed_by, error FROM envelope")
    assert (row["dismissed_by"], row["error"]) == ("Marek", "no JSON")


def test_bytes_that_come_again_while_they_are_taken_away_stay(house):
    digest = house.old_blob(RAW)
    assert house.blobs.write(RAW) == digest
    house.blobs.remove(digest, NOW + timedelta(hours=1))
    assert house.blobs.read(digest) == RAW


async def test_bytes_that_can_not_be_taken_away_keep_their_row_and_hold_up_no_other(
    house, monkeypatch
):
    monkeypatch.setattr(sweeping, "BATCH", 2)
    digests = [house.old_blob(RAW + str(number).encode()) for number in range(8)]
    for digest in digests[4:]:
        await house.upload(digest)
    await house.done(*(mail(digest, digest) for digest in digests[:4]))
    house.clock.advance(KEPT.total_seconds() + 1)
    house.blobs.foreign = {*digests[:2], *digests[4:6]}
    while await house.sweeping.step():
        pass
    assert [bool(payload) for payload in (await house.payloads()).values()] == [True] * 2 + [
        False
    ] * 2
    kept = await house.database.fetch("SELECT sha256 FROM file ORDER BY id")
    assert [row["sha256"] for row in kept] == digests[4:6]
    house.blobs.foreign = ()
    while await house.sweeping.step():
        pass
    assert not any((await house.payloads()).values())
    assert await house.database.fetch("SELECT 1 FROM file") == []
    assert not [place for place in house.folder.rglob("*") if place.is_file()]
