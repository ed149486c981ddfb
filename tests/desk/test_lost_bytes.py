"""A mail whose bytes can't be read holds up its sender for seconds, not for ever."""

import pytest

from tests.desk.post import OLENA, PETRO, Post, a_desk


@pytest.fixture
async def post(store_url, tmp_path, clock):
    async with a_desk(tmp_path / "var", store_url) as desk:
        yield Post(desk, clock)


def take_away(place):
    """Nobody reads a folder as a file; returns what gives the bytes back."""
    content = place.read_bytes()
    place.unlink()
    place.mkdir()

    def give_back():
        place.rmdir()
        place.write_bytes(content)

    return give_back


async def test_one_unreadable_mail_is_shown_and_those_behind_it_become_tickets(post):
    give_back = take_away(await post.bring(OLENA, "printer"))
    await post.bring(OLENA, "server")
    await post.bring(PETRO, "vpn")
    await post.work()
    assert await post.subjects() == {"server", "vpn"}
    [held] = (await post.desk.listing.quarantined()).envelopes
    assert held.key == "printer"
    give_back()
    marek = await post.desk.agents.add("marek", "Marek Novák", "-", "en")
    await post.desk.service.requeue(marek, held.id)
    await post.work()
    assert "printer" in await post.subjects()


async def test_while_no_mail_can_be_read_all_of_them_wait(post):
    await post.bring(OLENA, "printer")
    await post.bring(PETRO, "vpn")
    blobs = post.desk.settings.blobs
    away = blobs.rename(blobs.with_name("unmounted"))
    blobs.write_text("no folder")
    for _ in range(5):
        await post.work()
    assert not (await post.desk.listing.quarantined()).envelopes
    blobs.unlink()
    away.rename(blobs)
    await post.work()
    assert await post.subjects() == {"printer", "vpn"}
