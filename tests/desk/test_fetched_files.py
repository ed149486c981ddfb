"""A file comes after its message: stored and typed by its content, refused kindly, tried again."""

from intake.errors import TooBig
from intake.flow.fetching import Fetching
from intake.tickets import FileState
from tests.desk.phone import BOT
from tests.desk.test_lost_files import PRINTER, Cabinet


def fetching(exchange, content) -> Fetching:
    return exchange.desk.fetching("telegram", BOT, Cabinet(content))


async def send_file(exchange, name="log.txt"):
    document = {"file_id": "f", "file_unique_id": "u", "file_name": name, "file_size": 5}
    await exchange.write("", document=document, caption=PRINTER)


async def test_a_file_is_fetched_stored_and_typed_by_its_content(exchange):
    await send_file(exchange, "photo.exe")
    png = b"\x89PNG\r\n\x1a\n" + bytes(32)
    assert await fetching(exchange, png).step() == 1
    (file,) = (await exchange.timeline(1001))[0].files
    assert (file.state, file.media_type, file.size) == (FileState.STORED, "image/png", len(png))
    assert exchange.desk.blobs.read(file.sha256) == png


async def test_a_file_that_is_too_big_is_kindly_said(exchange):
    await send_file(exchange)
    await fetching(exchange, TooBig("too big")).step()
    await exchange.work()
    (file,) = (await exchange.timeline(1001))[0].files
    assert file.state is FileState.TOO_BIG
    assert "20" in exchange.phone.texts()[-1]
    assert "log.txt" in exchange.phone.texts()[-1]


async def test_a_file_that_does_not_come_is_tried_again_later(exchange):
    await send_file(exchange)
    await fetching(exchange, ConnectionError("away")).step()
    (file,) = (await exchange.timeline(1001))[0].files
    assert file.state is FileState.WAITING
    assert await fetching(exchange, b"hello").step() == 0
