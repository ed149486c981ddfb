"""A mail whose bytes can't be read holds up its sender for seconds, not for ever."""

from dataclasses import replace

import orjson
import pytest

from desk.channels import EmailSettings
from desk.settings import Settings
from desk.wiring import build_desk
from intake.messages import Envelope

OURS, OLENA, PETRO = "support@firma.example", "olena@firma.example", "petro@firma.example"
MINUTE = 60  # seconds


@pytest.fixture
async def desk(store_url, tmp_path):
    mail = EmailSettings(
        address=OURS,
        imap_host="127.0.0.1",
        imap_port=1,
        smtp_host="127.0.0.1",
        smtp_port=1,
        password="x",
    )
    desk = await build_desk(Settings(folder=tmp_path / "var", database=store_url, email=mail))
    yield desk
    await desk.close()


class Post:
    """Mails as the mailbox brings them."""

    def __init__(self, desk, clock):
        self.desk, self.clock = desk, clock
        self.inward = replace(desk.inward, clock=clock)

    async def bring(self, sender, subject):
        """Returns where its bytes lie."""
        raw = f"From: {sender}\r\nTo: {OURS}\r\nSubject: {subject}\r\n\r\nIt does not work.\r\n"
        now = self.clock.now()
        digest = self.desk.blobs.write(raw.encode())
        facts = {"uid": 1, "received_at": now.isoformat(), "size": len(raw), "sha256": digest,
                 "is_whole": True, "from": sender, "subject": subject}  # fmt: skip
        mail = Envelope(
            channel="email",
            account=OURS,
            key=subject,
            conversation=f"email:{OURS}:{sender}",
            payload=orjson.dumps(facts),
            received_at=now,
        )
        await self.desk.service.accept([mail])
        return self.desk.settings.blobs / digest[:2] / digest[2:]

    async def work(self):
        for _ in range(MINUTE):
            while await self.inward.step():
                pass
            self.clock.advance(1)

    async def subjects(self):
        return {line.subject for line in (await self.desk.listing.tickets("all", 0)).lines}


@pytest.fixture
def post(desk, clock):
    return Post(desk, clock)


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
