"""A second process decides part of a large batch, and ends in the same decisions."""

import asyncio
import os
import signal
import subprocess
import sys
from dataclasses import replace
from itertools import cycle, islice
from subprocess import PIPE

import pytest

from desk.deciding_along import packed
from desk.partner import FEWEST, LARGE, MOSTLY_LARGE, PartnerProcess
from intake.dialogue import Dialogue
from intake.flow.deciding import Deciding, PartnerLost
from intake.recording import Cause
from tests.intake.cast import (
    DIALOGUE,
    FORMS,
    MAILBOX,
    NOW,
    OLENA,
    READER,
    TRAITS,
    a_situation,
    a_ticket,
    says,
)

WORDS = (
    "принтер на 3 поверсі не друкує, E5",
    "laptop NB-0442 will not start since this morning",
    "nejde mi VPN z domu, som tu jediný",
    "δεν ανοίγει το Excel από χθες",
    "la stampante è inceppata, inoltre ho dimenticato la password",
    "thanks, it works now",
    "1. INV-20418 2. since Monday",
    "call me please",
)
UNBEARABLE = "what nobody can bear"

BEGUN_AND_LEFT = """
import asyncio, os, signal
from desk.deciding_along import packed
from desk.partner import LARGE, MOSTLY_LARGE, PartnerProcess
from tests.desk.test_partner import many
from tests.intake.cast import DIALOGUE, READER

async def main():
    partner = PartnerProcess(DIALOGUE, READER)
    for _ in range(MOSTLY_LARGE):
        await partner.takes(many(LARGE))
    print(partner.pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


class Brittle(Dialogue):
    def decide(self, situation, heard, now):
        if heard.text == UNBEARABLE:
            raise ZeroDivisionError
        return super().decide(situation, heard, now)


def causes(*texts):
    """Of as many people: with a ticket open or none, by chat or by mail."""
    situations = (a_situation(), a_situation(a_ticket()))
    return [
        Cause(
            message=replace(says(text), address=MAILBOX) if at % 3 else says(text),
            situation=replace(situations[at % 2], person=replace(OLENA, id=at)),
            envelope_id=at,
            now=NOW,
        )
        for at, text in enumerate(texts)
    ]


def many(count):
    return causes(*islice(cycle(WORDS), count))


def decided_here(some):
    return [DIALOGUE.decide(one.situation, one.message, one.now) for one in some]


async def once_there(partner):
    """It takes a part of what is large for some time."""
    async with asyncio.timeout(60):
        while not await partner.takes(many(LARGE)):  # noqa: ASYNC110 - nothing rings before that
            await asyncio.sleep(0)


@pytest.fixture
async def partner():
    made = PartnerProcess(Brittle(FORMS, READER, TRAITS), READER)
    yield made
    await made.close()


async def test_it_comes_once_most_batches_are_large(partner):
    for count in (LARGE, LARGE - 1) * MOSTLY_LARGE:
        await partner.takes(many(count))
    assert partner.pid is None
    await once_there(partner)
    assert await partner.takes(many(FEWEST - 1)) == 0


async def test_batches_side_by_side_begin_one_alone(partner, monkeypatch):
    begun = []

    async def begin(self, causes):
        begun.append(causes)
        await asyncio.sleep(0)

    monkeypatch.setattr(PartnerProcess, "_begin", begin)
    for _ in range(MOSTLY_LARGE - 1):
        await partner.takes(many(LARGE))
    await asyncio.gather(partner.takes(many(LARGE)), partner.takes(many(LARGE)))
    assert len(begun) == 1


async def test_where_none_can_begin_all_is_decided_here(partner, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    deciding = Deciding(dialogue=DIALOGUE, partner=partner)
    for _ in range(MOSTLY_LARGE + 1):
        assert await deciding.decide(many(LARGE)) == decided_here(many(LARGE))
    assert partner.pid is None


async def test_what_both_decide_is_what_one_would_in_the_same_order(partner):
    await once_there(partner)
    many = causes(*WORDS, *reversed(WORDS))
    deciding = Deciding(dialogue=DIALOGUE, partner=partner)
    assert await deciding.decide(many) == decided_here(many)
    assert await partner.hand(many) == decided_here(many)


async def test_it_is_handed_one_batch_at_a_time(partner):
    await once_there(partner)
    answer = partner.hand(causes(*WORDS))
    assert await partner.takes(many(LARGE)) == 0
    await answer
    assert await partner.takes(many(LARGE)) > 0


async def test_what_it_can_not_decide_ends_it_and_comes_back(partner):
    await once_there(partner)
    with pytest.raises(PartnerLost):
        await partner.hand(causes(*WORDS, UNBEARABLE))
    await once_there(partner)
    assert await partner.hand(causes(*WORDS)) == decided_here(causes(*WORDS))


async def test_where_it_dies_its_part_comes_back_and_another_may_come(partner):
    await once_there(partner)
    first = partner.pid
    os.kill(first, signal.SIGSTOP)  # as if it were long at it
    answer = partner.hand(causes(*WORDS))
    os.kill(first, signal.SIGKILL)
    with pytest.raises(PartnerLost):
        await answer
    await once_there(partner)
    assert partner.pid != first


async def test_where_it_stands_still_nobody_waits_for_it_long(partner):
    await once_there(partner)
    first = partner.pid
    os.kill(first, signal.SIGSTOP)
    deciding = Deciding(dialogue=DIALOGUE, partner=partner, patience=0)
    with pytest.raises(PartnerLost):
        await deciding.decide(causes(*WORDS))
    assert partner.pid is None
    await partner.close()


async def test_ctrl_c_is_for_whoever_began_it(partner):
    await once_there(partner)
    os.kill(partner.pid, signal.SIGINT)
    assert await partner.hand(causes(*WORDS)) == decided_here(causes(*WORDS))


async def test_an_own_failure_leaves_no_answer_for_the_next_batch(partner):
    await once_there(partner)
    deciding = Deciding(dialogue=Brittle(FORMS, READER, TRAITS), partner=partner)
    with pytest.raises(ZeroDivisionError):
        await deciding.decide(causes(*WORDS, *WORDS, UNBEARABLE))
    assert partner.pid is None


async def test_without_work_it_leaves():
    partner = PartnerProcess(DIALOGUE, READER, idle_within=0)
    for _ in range(MOSTLY_LARGE):
        await partner.takes(many(LARGE))
    async with asyncio.timeout(30):
        while partner.pid is not None:  # noqa: ASYNC110 - nothing rings
            await asyncio.sleep(0)
    with pytest.raises(PartnerLost):
        await partner.hand(causes(*WORDS))
    await partner.close()


def test_it_ends_in_silence_where_nobody_hears_its_answer():
    command = [sys.executable, "-m", "desk.deciding_along"]
    begun = subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE)
    begun.stdout.close()
    begun.stdout = None
    _, said = begun.communicate(packed((DIALOGUE, READER, ())), timeout=60)
    assert said == b""


def test_it_outlives_nobody():
    """Who has died lets go of nothing. That `run` returns shows it: it waits for all writers."""
    begun = subprocess.run(
        [sys.executable, "-c", BEGUN_AND_LEFT], capture_output=True, timeout=60, check=False
    )
    assert begun.stdout.split()[-1].isdigit()
    assert begun.returncode == -signal.SIGKILL
