"""A link opens its file whatever that is called."""

from threading import get_ident

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bots.files import PATH, FileDoor, FileLinks, file_app, text_file
from intake.speech import Enclosure
from tests.store.cast import NOW

NAMES = [
    "a.txt",
    "{3F2504E0-4F89-41D3-9A0C-0305E82C3301}.log",
    "report{1}.xlsx",
    "...",
    "..",
    ".",
    "a/b?c#d%.txt",
    "\\x.txt",
    "знімок екрана.png",
    "",
]


class Clock:
    def now(self):
        return NOW


@pytest.mark.parametrize("name", NAMES)
async def test_a_link_opens_its_file_whatever_that_is_called(name):
    links = FileLinks(key=b"k" * 32, address="", clock=Clock())
    app = web.Application()
    app.add_subapp(PATH, file_app(FileDoor(links=links, read_blob=lambda _: b"bytes")))
    file = Enclosure(name=name, media_type="text/plain", size=5, sha256="0" * 64)
    async with TestClient(TestServer(app)) as client, client.get(links.link(file)) as answer:
        assert (answer.status, await answer.read()) == (200, b"bytes")


async def test_while_a_long_text_is_stored_the_loop_goes_on():
    writers = []

    def write(content):
        writers.append(get_ident())
        return "0" * 64

    file = await text_file(write, "1042.txt", "Добрий день")
    assert (file.name, file.size, file.media_type) == ("1042.txt", 21, "text/plain")
    assert writers != [get_ident()]
    assert len(writers) == 1
