"""Whatever stops a process while it reads an envelope does so a few times, and to no others."""

from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from intake.dialogue import Dialogue
from intake.errors import Unavailable
from intake.flow.deciding import Deciding
from intake.flow.effects import Effects
from intake.flow.inward import LONGEST_READ, MOST_LETTERS, Inward
from intake.flow.setbacks import LONGEST_PAUSE, TRIES
from intake.flow.suspicion import DEATHS
from intake.wording import Wording
from tests.intake.cast import FORMS, KYIV, PATIENCE, READER, TRAITS
from tests.store.cast import NOW, envelope, message, states

RESTARTED = timedelta(seconds=61)  # later


class Killed(BaseException):
    """Nothing of the process is left."""


class Wires(Dialogue):
    """The real one, on a connection that may be cut."""

    cut = False
    left = None  # decisions until it is

    def decide(self, situation, heard, now):
        if self.cut or self.left == 0:
            raise Unavailable("the database went away")
        if self.left is not None:
            self.left -= 1
        return super().decide(situation, heard, now)


class Processes:
    """One after the other reads the same journal; remembers what each was reading last."""

    def __init__(self, store, clock):
        self.store, self.clock = store, clock
        self.read = []
        self.power_cuts = 0  # that fall on whatever is read
        self.text = "the printer does not print"
        self.start()

    def start(self):
        self.dialogue = Wires(FORMS, READER, TRAITS)
        self.inward = Inward(
            store=self.store,
            translators={"telegram": self._translated},
            deciding=Deciding(dialogue=self.dialogue),
            effects=Effects(FORMS, Wording(KYIV), TRAITS, PATIENCE, "Firstline"),
            clock=self.clock,
        )

    def _translated(self, envelope):
        self.read.append(envelope.key)
        if envelope.key == "evil":
            raise Killed
        if self.power_cuts:
            self.power_cuts -= 1
            raise Killed
        return [message(external_id=envelope.key, text=self.text)]

    async def live(self):
        """Until nothing is due, or until it is killed."""
        try:
            while await self.inward.step():
                pass
        except Killed:
            self.start()
            return False
        return True

    async def outlast(self, patience):
        """Steps of a server that ends whatever takes more than `patience` envelopes."""
        for _ in range(10):
            self.dialogue.left = patience
            with suppress(Unavailable):
                await self.inward.step()
            self.clock.moment += RESTARTED

    async def follow_one_another(self, times):
        for _ in range(times):
            await self.live()
            self.clock.moment += RESTARTED


@pytest.fixture
def processes(store, clock):
    return Processes(store, clock)


async def test_what_kills_every_process_that_reads_it_is_quarantined_unread(
    database, journal, processes
):
    await journal.accept([envelope(key, key) for key in ("before", "evil", "last")])
    await processes.follow_one_another(DEATHS + 2)
    ends = {key: state for key, (state, _) in (await states(database)).items()}
    assert ends == {"before": "done", "evil": "quarantined", "last": "done"}
    assert processes.read.count("evil") == DEATHS + 1  # the first time nobody had a doubt
    [told] = await database.fetch("SELECT error FROM envelope WHERE key = 'evil'")
    assert "Unreadable" in told["error"]


async def test_a_reading_that_goes_on_for_minutes_is_not_taken_for_many_deaths(
    database, journal, processes
):
    await journal.accept([envelope("long", "a")])
    processes.clock.moment = NOW + RESTARTED
    for _ in range(150):  # in each second another process looks, and none has come to an end yet
        processes.power_cuts = 1
        await processes.live()
        processes.clock.moment += timedelta(seconds=1)
    assert (await states(database))["long"][0] == "waiting"


async def test_what_is_read_at_each_of_a_few_power_cuts_is_received_all_the_same(
    database, journal, processes
):
    await journal.accept([envelope("unlucky", "a")])
    processes.clock.moment = NOW + RESTARTED
    processes.power_cuts = DEATHS - 1
    await processes.follow_one_another(DEATHS)
    assert await states(database) == {"unlucky": ("done", DEATHS)}


async def test_after_two_deaths_nothing_is_read_in_one_go_with_the_culprit(journal, processes):
    await journal.accept([envelope(key, key) for key in ("before", "evil", "last")])
    await processes.follow_one_another(2)
    processes.read.clear()
    await processes.follow_one_another(DEATHS)
    assert processes.read == ["before", "evil", "last", *["evil"] * (DEATHS - 2)]


async def test_power_cuts_fall_on_one_after_the_other_and_suspect_none(
    database, journal, processes
):
    await journal.accept([envelope(key, key) for key in "abcd"])
    processes.clock.moment = NOW + RESTARTED
    processes.power_cuts = 2 * DEATHS
    await processes.follow_one_another(2 * DEATHS + 1)
    assert {state for state, _ in (await states(database)).values()} == {"done"}


async def test_what_is_taken_as_soon_as_it_comes_is_read_without_any_note(
    database, journal, processes
):
    await journal.accept([envelope("a", "a"), envelope("b", "b")])
    processes.clock.moment = NOW + timedelta(seconds=1)
    assert await processes.inward.step() == 2
    assert await states(database) == {"a": ("done", 0), "b": ("done", 0)}


async def test_a_reading_that_the_surroundings_end_is_no_try(database, journal, processes):
    await journal.accept([envelope("a", "a")])
    processes.clock.moment = NOW + RESTARTED
    processes.dialogue.cut = True
    for _ in range(TRIES + 1):
        with pytest.raises(Unavailable):
            await processes.inward.step()
        processes.clock.moment += RESTARTED
    processes.dialogue.cut = False
    assert await processes.live()
    assert (await states(database))["a"][0] == "done"


async def test_what_takes_too_long_together_is_received_one_by_one(database, journal, processes):
    await journal.accept([envelope(key, key) for key in "abcd"])
    processes.clock.moment = NOW + RESTARTED
    await processes.outlast(2)
    assert {state for state, _ in (await states(database)).values()} == {"done"}


@pytest.mark.parametrize("waited", [timedelta(), RESTARTED])
async def test_of_long_messages_few_are_received_by_one_commit(
    database, journal, processes, waited
):
    await journal.accept([envelope(key, key) for key in "abcdefgh"])
    processes.clock.moment = NOW + waited
    processes.text = "the printer does not print. " * 200
    most = MOST_LETTERS // LONGEST_READ
    await processes.inward.step()
    after_one = [state for state, _ in (await states(database)).values()]
    assert after_one == ["done"] * most + ["waiting"] * (len(after_one) - most)
    assert {tries for state, tries in (await states(database)).values() if state != "done"} == {0}
    assert await processes.live()
    assert {state for state, _ in (await states(database)).values()} == {"done"}


async def test_what_one_has_begun_with_no_other_takes(store, journal):
    await journal.accept([envelope("a1", "a"), envelope("a2", "a")])
    async with store.work() as work:
        taken = await work.take_envelopes(NOW, 16)
        await work.begin_envelopes(taken, NOW + LONGEST_PAUSE)
    async with store.work() as work:
        assert await work.take_envelopes(NOW, 16) == ()
    async with store.work() as work:
        [again] = await work.take_begun(taken)
        assert (again.key, again.attempts) == ("a1", 0)
        await work.postpone_envelope(again, "no", NOW)
    async with store.work() as work:
        [again] = await work.take_envelopes(NOW, 16)
    assert (again.key, again.attempts) == ("a1", 1)


class Crowded:
    """Whenever a try is to be made somebody else has just got hold of the conversation."""

    def __init__(self, store):
        self.store = store

    @asynccontextmanager
    async def work(self):
        async with self.store.work() as work:
            work.take_begun = self.find_none
            yield work

    async def find_none(self, _):
        return ()


async def test_a_try_that_is_not_made_since_another_has_the_conversation_counts_for_nothing(
    database, journal, store, clock
):
    await journal.accept([envelope("a1", "a")])
    clock.moment += RESTARTED
    processes = Processes(Crowded(store), clock)
    for _ in range(DEATHS + 2):
        await processes.inward.step()
        clock.moment += RESTARTED
    processes.inward = replace(processes.inward, store=store)
    assert await processes.live()
    assert await states(database) == {"a1": ("done", 1)}
