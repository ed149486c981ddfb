"""The mailbox into the journal: nothing lost, nothing twice, whatever the server does."""

import asyncio
from datetime import UTC, datetime, timedelta

import orjson
import pytest

from bots.email import receive
from bots.email.mailbox import Mailbox
from bots.email.receive import MailPoller
from bots.email.threads import Signer
from bots.email.translate import MailTranslator
from intake.errors import Away
from simulators.mail_imap import Gone, ImapSession, Refused
from tests.bots.email.reading import SUPPORT

OLENA = "olena@firma.example"
FORGED = b"From: olena@firma.example\r\nMessage-ID: <same@x>\r\nSubject: %s\r\n\r\nE5\r\n"


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    monkeypatch.setattr(receive, "WAIT_WITHIN", 0.0)


@pytest.fixture
def idling(monkeypatch):
    """Set once the poller waits in IDLE, for up to a minute."""
    monkeypatch.setattr(receive, "WAIT_WITHIN", 60.0)
    began, idle = asyncio.Event(), ImapSession._idle

    async def noted(session, words):
        began.set()
        return await idle(session, words)

    monkeypatch.setattr(ImapSession, "_idle", noted)
    return began


def write(server, *numbers):
    for number in numbers:
        server.write(OLENA, f"Принтер {number}", f"не друкує, справа {number}")


async def subjects(reading):
    facts = await reading.facts()
    bodies = [reading.blobs.read(each["sha256"]) for each in facts if "sha256" in each]
    return [int(body.rpartition(b" ")[2]) for body in bodies]


async def test_the_first_start_takes_only_what_comes_from_now_on(server, reading):
    write(server, 1)
    assert await reading.step() == 0
    write(server, 2)
    assert await reading.step() == 1
    assert await subjects(reading) == [2]


async def test_the_first_start_takes_the_last_days_where_it_is_told_to(server, reading):
    write(server, 1, 2, 3)
    old, young, _ = server.boxes.open(SUPPORT).inbox.mails.values()
    old.stored_at = datetime.now(UTC) - timedelta(days=3, minutes=1)
    young.stored_at = datetime.now(UTC) - timedelta(days=3, minutes=-1)
    await reading.restart(imports_within=timedelta(days=3))
    assert await reading.step() == 2
    assert await reading.step() == 0
    assert await subjects(reading) == [2, 3]


async def test_a_restart_goes_on_where_reading_stopped(server, reading):
    await reading.step()
    write(server, 1)
    await reading.step()
    await reading.restart()
    assert await reading.step() == 0
    write(server, 2)
    assert await reading.step() == 1
    assert await subjects(reading) == [1, 2]


async def test_the_same_mail_twice_is_one_and_a_reused_id_with_other_words_is_two(server, reading):
    await reading.step()
    for subject in (b"Printer", b"Mouse", b"Printer"):
        server.deliver_raw(FORGED % subject)
    assert await reading.step() == 2
    assert len(await reading.envelopes()) == 2


async def test_a_machines_like_mail_of_another_day_is_another_and_redelivered_the_same(
    server, reading
):
    await reading.step()
    raw = b"From: scanner@firma.example\r\nSubject: Toner\r\n\r\nempty\r\n"
    noon = datetime.now(UTC).replace(hour=12) + timedelta(days=1)
    inbox = server.boxes.open(SUPPORT).inbox
    inbox.add(raw, stored_at=noon)
    inbox.add(raw, stored_at=noon + timedelta(hours=3))
    inbox.add(raw, stored_at=noon + timedelta(days=1))
    assert await reading.step() == 2
    server.renumber(SUPPORT)
    write(server, 4)
    await reading.steps_until(3)
    assert len(await reading.envelopes()) == 3


async def test_new_uids_are_read_again_and_add_nothing(server, reading):
    write(server, 1)  # before us
    old = next(iter(server.boxes.open(SUPPORT).inbox.mails.values()))
    old.stored_at -= timedelta(hours=1)
    await reading.step()
    write(server, 2, 3)
    await reading.step()
    server.renumber(SUPPORT)
    write(server, 4)
    await reading.steps_until(3)
    assert await reading.step() == 0
    assert await subjects(reading) == [2, 3, 4]


async def test_mail_of_years_that_gets_new_uids_stays_out(server, reading):
    await reading.step()
    write(server, 1)
    inbox = server.boxes.open(SUPPORT).inbox
    raw = inbox.mails[1].raw
    inbox.add(raw.replace(b" 1", b" 8"), stored_at=datetime.now(UTC) - timedelta(days=400))
    assert await reading.step() == 1
    inbox.add(raw.replace(b" 1", b" 9"), stored_at=datetime.now(UTC) - timedelta(days=400))
    assert await reading.step() == 0
    write(server, 2)
    assert await reading.step() == 1
    assert await subjects(reading) == [1, 2]


async def test_after_a_long_rest_new_uids_are_read_from_the_last_known_mail_on(server, reading):
    inbox = server.boxes.open(SUPPORT).inbox
    await reading.restart(imports_within=timedelta(days=90))
    write(server, 1)
    inbox.mails[1].stored_at = datetime.now(UTC) - timedelta(days=60)
    assert await reading.step() == 1
    write(server, 2)
    inbox.mails[2].stored_at = datetime.now(UTC) - timedelta(days=30)
    server.renumber(SUPPORT)
    await reading.restart()
    assert await reading.step() == 1
    assert await subjects(reading) == [1, 2]


async def test_a_mail_comes_at_once_while_we_wait(server, reading, idling):
    step = asyncio.create_task(reading.poller.step())
    async with asyncio.timeout(30):
        await idling.wait()
        write(server, 1)
        assert await step == 0
        assert await reading.poller.step() == 1


async def test_a_connection_lost_while_waiting_costs_one_step(server, reading, idling):
    step = asyncio.create_task(reading.poller.step())
    async with asyncio.timeout(30):
        await idling.wait()
        server.drop_connections()
        with pytest.raises(Away):
            await step
    write(server, 1)
    assert await reading.step() == 1


async def test_a_connection_lost_before_the_fetch_costs_one_step(server, reading):
    await reading.step()
    write(server, 1, 2)
    server.faults.inject("imap_drop", address=SUPPORT, times=1)
    assert await reading.steps_until(2) == 1
    assert await subjects(reading) == [1, 2]


async def test_a_provider_that_is_away_is_found_again(server, reading):
    await reading.step()
    await server.stop()
    with pytest.raises(Away):
        await reading.step()
    with pytest.raises(Away, match=r".+"):
        await reading.step()
    await server.start()
    write(server, 1)
    assert await reading.step() == 1


async def test_a_refused_login_pauses_and_is_tried_again_later(server, reading, monkeypatch):
    asked, enter = [], server._imap.boxes.find
    monkeypatch.setattr(server._imap.boxes, "find", lambda name: asked.append(name) or enter(name))
    server.faults.inject("imap_login", address=SUPPORT, times=2)
    step = asyncio.create_task(reading.poller.step())
    await server.until(lambda: asked)
    done, _ = await asyncio.wait({step}, timeout=0.3)
    assert (done, len(asked)) == (set(), 1)
    step.cancel()
    reading.poller.login_pause = 0.0
    assert await reading.step() == 0
    await reading.step()
    write(server, 1)
    assert await reading.step() == 1
    assert receive.LOGIN_PAUSE >= 60


def poison(monkeypatch, *uids, drops=False):
    """The server breaks down over the bodies of these."""
    fetch = ImapSession._fetch

    async def broken(session, words, *, by_uid):
        asked = {mail.uid for _, mail in session._picked(words[0])}
        if "BODY" in str(words[1]).upper() and asked & set(uids):
            if drops:
                session.drop()
                raise Gone
            raise Refused("[SERVERBUG] cannot read this")
        return await fetch(session, words, by_uid=by_uid)

    monkeypatch.setattr(ImapSession, "_fetch", broken)


@pytest.mark.parametrize("drops", [False, True])
async def test_a_mail_that_never_comes_is_told_and_passed_over(
    server, reading, monkeypatch, drops
):
    await reading.step()
    write(server, 1, 2, 3, 4)
    poison(monkeypatch, 2, 3, drops=drops)
    failures = await reading.steps_until(4)
    assert 1 + 3 + 3 <= failures < 14
    assert await subjects(reading) == [1, 4]
    keys = [envelope.key.partition(":")[0] for envelope in await reading.envelopes()]
    assert [key == "unfetchable" for key in keys] == [False, True, True, False]
    write(server, 5, 6)
    assert await reading.step() == 2


async def test_where_no_mail_comes_at_all_none_is_passed_over(server, reading):
    await reading.step()
    write(server, 1, 2)
    server.faults.inject("imap_fetch", address=SUPPORT)
    for _ in range(8):
        with pytest.raises(Away):
            await reading.step()
    assert not await reading.envelopes()
    server.faults.clear()
    assert await reading.step() == 2
    assert await subjects(reading) == [1, 2]


async def test_what_was_deleted_between_search_and_fetch_is_no_failure(server, access):
    box = Mailbox(access)
    write(server, 1, 2, 3)

    def fetch():
        box.open()
        box.start_of(None, datetime.now(UTC))
        del server.boxes.open(SUPPORT).inbox.mails[2]
        found = box.fetch([1, 2, 3]), box.fetch([2])
        box.close()
        return found

    some, none = await asyncio.to_thread(fetch)
    assert ([mail.uid for mail in some], none) == ([1, 3], [])


async def test_what_others_have_read_is_read_and_nothing_is_marked(server, reading):
    await reading.step()
    write(server, 1, 2)
    mails = server.boxes.open(SUPPORT).inbox.mails
    mails[1].flags.add("\\Seen")
    assert await reading.step() == 2
    assert [mail.flags for mail in mails.values()] == [{"\\Seen"}, set()]


async def test_of_a_mail_over_the_limit_the_beginning_is_read_and_the_ticket_says_so(
    server, reading
):
    await reading.restart(largest=300_000)
    await reading.step()
    server.write(OLENA, "Журнал", "x\n" * 200_000)
    write(server, 7)
    assert await reading.step() == 2
    large, small = await reading.envelopes()
    read = MailTranslator(
        account=SUPPORT,
        own_addresses=frozenset({SUPPORT}),
        signer=Signer(keys={"a": b"k" * 32}, current="a", mailbox=SUPPORT),
        read_blob=reading.blobs.read,
    )
    (message,) = read(large)
    assert message.subject == "Журнал"
    assert message.text.startswith("x\nx\n")
    assert int(message.facts["cut"]) > 400_000
    assert "cut" not in read(small)[0].facts


async def test_large_mails_are_brought_in_small_batches(server, reading, monkeypatch):
    monkeypatch.setattr("bots.email.mailbox.BATCH_BYTES", 5_000)
    sizes, fetch = [], Mailbox.fetch
    monkeypatch.setattr(
        Mailbox, "fetch", lambda box, uids: sizes.append(fetch(box, uids)) or sizes[-1]
    )
    await reading.step()
    for number in range(4):
        server.write(OLENA, f"{number}", "x\n" * 1_000)
    assert await reading.step() == 4
    assert [len(mails) for mails in sizes] == [1, 1, 1, 1]


async def test_a_mail_without_a_single_byte_stops_nothing(server, reading):
    await reading.step()
    server.boxes.open(SUPPORT).inbox.add(b"")
    write(server, 1)
    assert await reading.step() == 2


async def stops(reading, step, within):
    """Whether the step and its thread end."""
    step.cancel()
    await asyncio.wait([step], timeout=within)
    thread = asyncio.get_running_loop().run_in_executor(reading.executor, int)
    await asyncio.wait([thread], timeout=10)
    return step.done() and thread.done()


async def test_a_stop_ends_the_wait_for_news(reading, idling):
    step = asyncio.create_task(reading.poller.step())
    await idling.wait()
    assert await stops(reading, step, within=30)


async def test_a_stop_waits_for_no_server_that_says_nothing(reading, idling, monkeypatch):
    idle = ImapSession._idle

    async def say_nothing_more(session, words):
        await idle(session, words)
        await asyncio.Event().wait()

    monkeypatch.setattr(ImapSession, "_idle", say_nothing_more)
    step = asyncio.create_task(reading.poller.step())
    await idling.wait()
    assert await stops(reading, step, within=10)


class Crash(Exception):
    pass


class CrashingJournal:
    """Dies before or after the commit, as a killed process does."""

    def __init__(self, journal, blobs, *, commits):
        self.journal, self.blobs, self.commits = journal, blobs, commits

    async def cursor(self, name):
        return await self.journal.cursor(name)

    async def accept_with_cursor(self, envelopes, name, cursor):
        for envelope in envelopes:
            assert self.blobs.read(orjson.loads(envelope.payload)["sha256"])
        if self.commits:
            await self.journal.accept_with_cursor(envelopes, name, cursor)
        if envelopes:
            raise Crash


@pytest.mark.parametrize("commits", [False, True])
async def test_a_crash_around_the_commit_loses_and_repeats_nothing(server, reading, commits):
    await reading.step()
    write(server, 1, 2)
    journal = CrashingJournal(reading.journal, reading.blobs, commits=commits)
    fields = ("account", "mailbox", "executor", "blobs", "clock")
    given = {name: getattr(reading.poller, name) for name in fields}
    with pytest.raises(Crash):
        await MailPoller(journal=journal, **given).step()
    await reading.restart()
    assert await reading.step() == (0 if commits else 2)
    assert await subjects(reading) == [1, 2]


async def test_a_damaged_cursor_is_told_and_reads_nothing_by_guess(server, reading):
    await reading.journal.accept_with_cursor((), f"email:{SUPPORT}", "17:x")
    write(server, 1)
    with pytest.raises(ValueError, match="invalid literal"):
        await reading.step()
    assert not await reading.envelopes()
