"""A file that its channel does not hand over is tried for a day, and then an agent sees it."""

from dataclasses import replace
from datetime import timedelta
from threading import get_ident

import pytest

from intake.agent_words import Reply
from intake.errors import Conflict, Gone, OutOfReach, TooBig, Unavailable
from intake.speech import Permanent
from intake.tickets import FileState, Status
from tests.desk.phone import BOT

PRINTER = "принтер не друкує"
HOUR = timedelta(hours=1).total_seconds()
QUARTER = timedelta(minutes=15).total_seconds()


class Cabinet:
    """Hands over what it holds, or raises it."""

    def __init__(self, content):
        self.content = content
        self.spared = ""  # comes all the same

    async def fetch(self, source):
        if self.spared and self.spared in source:
            return b"spared"
        if isinstance(self.content, Exception):
            raise self.content
        return self.content


@pytest.fixture
async def fetching(exchange, clock):
    """A file has come whose channel does not answer."""
    document = {"file_id": "f", "file_unique_id": "u", "file_name": "log.txt", "file_size": 5}
    await exchange.write("", document=document, caption=PRINTER)
    desk = exchange.desk.fetching("telegram", BOT, Cabinet(ConnectionError("away")))
    return replace(desk, clock=clock)


async def state(exchange):
    [file] = (await exchange.timeline(1001))[0].files
    return file.state


async def line(exchange):
    page = await exchange.desk.listing.tickets("all", 0)
    return next(line for line in page.lines if line.id == 1001)


async def lose(exchange, fetching):
    """Tries until it is given up; returns how long that took."""
    since = fetching.clock.now()
    while await state(exchange) is FileState.WAITING:
        assert await fetching.step() == 1
        fetching.clock.advance(QUARTER)
    return (fetching.clock.now() - since).total_seconds()


async def test_it_is_tried_for_a_day_and_comes_when_the_channel_is_back(exchange, fetching):
    for _ in range(4 * 23):
        await fetching.step()
        fetching.clock.advance(QUARTER)
    assert (await line(exchange)).undelivered == ""
    fetching.fetcher.content = b"hello"
    await fetching.step()
    assert await state(exchange) is FileState.STORED


async def test_after_a_day_its_ticket_is_marked_and_the_person_is_told_nothing(
    exchange, marek, fetching
):
    await exchange.desk.service.set_status(marek, 1001, Status.PENDING)
    await exchange.work()
    said = len(exchange.phone.sent)
    assert await lose(exchange, fetching) >= 24 * HOUR
    await exchange.work()
    assert await state(exchange) is FileState.FAILED
    found = await line(exchange)
    assert (found.undelivered, found.waits_for_agent, found.status) == ("file", True, "open")
    assert len(exchange.phone.sent) == said


async def test_an_agent_has_it_tried_again_and_the_mark_goes(exchange, marek, fetching):
    fetching.fetcher.content = Gone("no longer there")
    await fetching.step()
    [file] = (await exchange.timeline(1001))[0].files
    assert (await line(exchange)).undelivered == "file"
    await exchange.desk.service.retry_file(marek, file.id)
    assert (await line(exchange)).undelivered == ""
    with pytest.raises(Conflict):
        await exchange.desk.service.retry_file(marek, file.id)
    fetching.fetcher.content = b"hello"
    await fetching.step()
    assert await state(exchange) is FileState.STORED


async def test_the_mark_stays_while_another_file_is_missing(exchange, marek, fetching):
    document = {"file_id": "g", "file_unique_id": "v", "file_name": "more.txt", "file_size": 6}
    await exchange.write("", document=document, caption="INV-20418")
    fetching.fetcher.content = Gone("no longer there")
    await fetching.step()
    first, second = [file for entry in await exchange.timeline(1001) for file in entry.files]
    await exchange.desk.service.retry_file(marek, first.id)
    assert (await line(exchange)).undelivered == "file"
    await exchange.desk.service.retry_file(marek, second.id)
    assert (await line(exchange)).undelivered == ""


async def test_sending_words_again_brings_no_file_that_is_missing(exchange, marek, fetching):
    await exchange.work()
    exchange.phone.answers = [Permanent(reason="550 refused")]
    await exchange.desk.service.reply(marek, 1001, Reply(text="Готово", once="1"))
    await exchange.work()
    exchange.phone.answers = []
    fetching.fetcher.content = Gone("no longer there")
    await fetching.step()
    assert (await line(exchange)).undelivered == "failed"
    lost = next(entry for entry in await exchange.timeline(1001) if entry.text == "Готово")
    await exchange.desk.service.retry_delivery(marek, lost.delivery_id)
    assert (await line(exchange)).undelivered == "file"


class FullDisk:
    def write(self, content):
        raise Unavailable("OSError: No space left on device")


async def test_a_full_disk_is_no_try_of_a_file(exchange, fetching):
    fetching.fetcher.content = b"hello"
    full = replace(fetching, blobs=FullDisk())
    for _ in range(4 * 30):
        with pytest.raises(Unavailable):
            await full.step()
        fetching.clock.advance(QUARTER)
    fetching.fetcher.content = Unavailable("OSError: Input/output error")
    for _ in range(4 * 30):
        await fetching.step()
        fetching.clock.advance(QUARTER)
    fetching.fetcher.content = ConnectionError("away")
    assert await lose(exchange, fetching) >= 24 * HOUR


async def test_whoever_answers_has_seen_it(exchange, marek, fetching):
    fetching.fetcher.content = Gone("no longer there")
    await fetching.step()
    await exchange.desk.service.reply(marek, 1001, Reply(text="Ще раз, будь ласка", once="1"))
    assert (await line(exchange)).undelivered == ""


async def test_what_is_settled_stays_so(exchange, marek, fetching):
    await exchange.desk.service.set_status(marek, 1001, Status.SOLVED)
    fetching.fetcher.content = Gone("no longer there")
    await fetching.step()
    assert ((await line(exchange)).status, await state(exchange)) == ("solved", FileState.FAILED)


async def test_one_whose_bytes_can_not_be_read_holds_up_no_other(exchange, fetching):
    document = {"file_id": "g", "file_unique_id": "v", "file_name": "more.txt", "file_size": 6}
    await exchange.write("", document=document, caption="INV-20418")
    fetching.fetcher.content = Unavailable("PermissionError")
    fetching.fetcher.spared = '"g"'
    await fetching.step()
    files = [file for entry in await exchange.timeline(1001) for file in entry.files]
    assert [file.state for file in files] == [FileState.WAITING, FileState.STORED]


async def test_one_whose_bytes_alone_stay_out_of_reach_is_shown_after_a_day(exchange, fetching):
    fetching.fetcher.content = OutOfReach("IsADirectoryError")
    assert await lose(exchange, fetching) >= 24 * HOUR
    assert (await line(exchange)).undelivered == "file"


class Mute:
    """Words that can't be had: what was to be said with them is not done by halves."""

    def say(self, template, language, values):
        raise Unavailable("the database went away")


async def test_a_file_is_refused_together_with_the_word_that_it_is(exchange, fetching):
    fetching.fetcher.content = TooBig("21 MB")
    with pytest.raises(Unavailable):
        await replace(fetching, wording=Mute()).step()
    assert await state(exchange) is FileState.WAITING


class TakenBack:
    """While its file is brought a message is taken back; what comes is told by `end`."""

    def __init__(self, exchange, end):
        self.exchange, self.end = exchange, end

    async def fetch(self, source):
        [entry, *_] = await self.exchange.timeline(1001)
        async with self.exchange.desk.store.work() as work:
            await work.erase_entry(entry.id, self.exchange.desk.clock.now())
        raise self.end


@pytest.mark.parametrize("end", [TooBig("21 MB"), Gone("no longer there")])
async def test_nobody_is_told_of_a_file_that_was_taken_back_meanwhile(exchange, fetching, end):
    await exchange.work()
    said = len(exchange.phone.sent)
    assert await replace(fetching, fetcher=TakenBack(exchange, end)).step() == 1
    await exchange.work()
    assert ((await line(exchange)).undelivered, len(exchange.phone.sent)) == ("", said)


async def test_while_a_file_is_stored_the_loop_goes_on(exchange, fetching):
    writers = []

    class Slow:
        def write(self, content):
            writers.append(get_ident())
            return exchange.desk.blobs.write(content)

    fetching.fetcher.content = b"hello"
    await replace(fetching, blobs=Slow()).step()
    assert (await state(exchange), len(writers)) == (FileState.STORED, 1)
    assert writers != [get_ident()]
