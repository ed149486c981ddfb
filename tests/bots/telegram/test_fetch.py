"""Files of people are brought, within Telegram's limit."""

import json

import pytest

from bots import bot_fetch as fetch
from bots.bot_fetch import LARGEST, TelegramFetcher
from bots.bot_refusals import Refused
from bots.failures import NotSent, Unclear
from bots.telegram.translate import translate
from intake.errors import Gone, TooBig
from simulators import faults
from simulators.people import OLENA
from simulators.telegram_api import Upload
from tests.bots.telegram.captured import envelope


@pytest.fixture
def fetcher(telegram):
    return TelegramFetcher(telegram)


def last_file(api):
    return translate(envelope(api.updates[-1]))[0].files[0]


async def test_a_document_comes_as_it_was_sent(api, fetcher):
    content = bytes(range(256)) * 500
    api.send_document(OLENA, Upload(content=content, name="звіт.bin"))
    assert await fetcher.fetch(last_file(api).source) == content


async def test_a_file_known_to_be_too_big_is_not_even_asked_for(api, fetcher):
    api.send_document(OLENA, Upload(content=b"x", name="a.zip", claimed_size=LARGEST + 1))
    with pytest.raises(TooBig):
        await fetcher.fetch(last_file(api).source)
    assert not api.calls("getFile")


async def test_a_file_that_turns_out_too_big_is_refused(api, fetcher):
    api.send_document(OLENA, Upload(content=b"x", name="a.zip", claimed_size=LARGEST + 1))
    source = json.dumps({"file_id": json.loads(last_file(api).source)["file_id"]})
    with pytest.raises(TooBig):
        await fetcher.fetch(source)


async def test_a_download_stops_at_the_limit(api, telegram, fetcher, monkeypatch):
    monkeypatch.setattr(fetch, "LARGEST", 1000)
    api.send_document(OLENA, Upload(content=b"x" * 1001, name="a.bin", claimed_size=10))
    with pytest.raises(TooBig):
        await fetcher.fetch(last_file(api).source)


@pytest.mark.parametrize("source", ["", "{}", "[]", '{"file_id": 5}', "\ud800"])
async def test_a_reference_that_is_none_is_gone(fetcher, source):
    with pytest.raises(Gone):
        await fetcher.fetch(source)


async def test_a_file_that_is_no_longer_there_is_gone(api, fetcher):
    api.send_voice(OLENA)
    source = last_file(api).source
    api.faults.inject(faults.refuse(404, "Not Found"), on="download")
    with pytest.raises(Gone):
        await fetcher.fetch(source)
    api.faults.inject(faults.refuse(400, "Bad Request: invalid file_id"), on="getFile")
    with pytest.raises(Gone):
        await fetcher.fetch(source)


@pytest.mark.parametrize(
    ("fault", "on", "failure"),
    [
        (faults.server_error(), "getFile", Refused),
        (faults.too_many_requests(3), "getFile", Refused),
        (faults.refuse(400, "Bad Request: wrong file_id or the file is temporarily unavailable"),
         "getFile", Refused),
        (faults.truncate(), "download", Unclear),
        (faults.bad_gateway(), "download", Unclear),
        (faults.barred(403), "download", NotSent),
        (faults.barred(404), "download", NotSent),
        (faults.barred(400), "getFile", NotSent),
    ],
)  # fmt: skip
async def test_passing_trouble_is_worth_another_try(api, fetcher, fault, on, failure):
    api.send_photo(OLENA)
    source = last_file(api).source
    api.faults.inject(fault, on=on)
    with pytest.raises(failure):
        await fetcher.fetch(source)
    assert await fetcher.fetch(source)
