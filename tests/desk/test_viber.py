"""A whole desk on Viber, where nothing is edited: what is said below, and what receipts tell."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from pydantic import SecretStr

from bots.viber.receive import envelope_of
from desk.channels import ViberSettings
from desk.settings import Settings, WebSettings
from desk.wiring import build_desk
from intake.agent_words import Reply
from intake.flow.pace import Pace
from intake.messages import Address
from intake.speech import Accepted, Operation, Text
from intake.tickets import Status
from store.hearing import Hearing
from tests.desk.phone import FREE, Phone

BOT = "servicedesk"
OLENA = {"id": "olena==", "name": "Olena Kovalenko", "language": "uk"}


class ViberPhone(Phone):
    """Its platform says later how messages fare."""

    async def send(self, delivery, begin):
        receipt = await super().send(delivery, begin)
        return replace(receipt, has_receipts=True) if isinstance(receipt, Accepted) else receipt


class ViberExchange:
    """Olena writes, the desk works, the phone receives."""

    def __init__(self, desk):
        self.desk, self.phone, self.tokens = desk, ViberPhone(), count(1000)
        outward = desk.outward("viber", BOT, self.phone)
        self.outward = replace(outward, pace=Pace(account=FREE, address=FREE))

    async def event(self, kind, **about):
        now = datetime.now(UTC)
        stamp = {"timestamp": int(now.timestamp() * 1000), "message_token": next(self.tokens)}
        payload = json.dumps({"event": kind} | stamp | about).encode()
        await self.desk.service.accept([envelope_of(BOT, payload, now)])
        while await self.desk.inward.step() or await self.outward.step():
            pass

    async def write(self, text):
        await self.event("message", sender=OLENA, message={"type": "text", "text": text})

    async def tell(self, kind, token, **more):
        await self.event(kind, message_token=int(token), user_id=OLENA["id"], **more)

    async def timeline(self):
        return list(await self.desk.listing.timeline(1001))

    async def state(self):
        """How the newest message of the desk fares."""
        states = [entry.delivery_state for entry in await self.timeline()]
        return next(state for state in reversed(states) if state)


@pytest.fixture
async def viber(store_url, tmp_path):
    settings = Settings(
        folder=tmp_path / "var",
        database=store_url,
        web=WebSettings(public_url="https://desk.example.org"),
        viber=ViberSettings(token=SecretStr("44dafb7e"), uri=BOT),
    )
    desk = await build_desk(settings)
    try:
        yield ViberExchange(desk)
    finally:
        await desk.close()


@pytest.fixture
async def marek(viber):
    return await viber.desk.agents.add("marek", "Marek Novák", "-", "en")


async def test_what_a_card_still_asks_is_asked_again_below_each_answer(viber):
    await viber.write("принтер на 3 поверсі не друкує, E5")
    (first,) = viber.phone.cards()
    asked = len(first.body.questions)
    await viber.write("INV-20418")
    second = viber.phone.cards()[-1]
    assert second.operation is Operation.SEND
    assert len(second.body.questions) == asked - 1
    await viber.write("з ранку")
    assert len(viber.phone.cards()) == 2
    assert all(each.operation is Operation.SEND for each in viber.phone.sent)


async def test_a_tap_is_answered_by_what_it_has_changed_or_else_by_a_word(viber):
    await viber.write("wifi не працює на 2 поверсі")
    (card,) = viber.phone.cards()
    choices = [choice for question in card.body.questions for choice in question.choices]
    await viber.write(f"tap:{choices[0].data}")
    said = len(viber.phone.sent)
    assert said > 1
    await viber.write(f"tap:{choices[0].data}")
    assert [each.operation for each in viber.phone.sent[said:]] == [Operation.SEND]
    assert Operation.ANSWER_TAP not in {each.operation for each in viber.phone.sent}


async def test_a_wrong_tap_is_answered_with_the_way_back(viber):
    await viber.write("ноутбук гальмує")
    await viber.write("принтер на 3 поверсі жує папір")
    taps = [
        choice.data
        for each in viber.phone.sent
        if isinstance(each.body, Text)
        for row in each.body.choices
        for choice in row
    ]
    await viber.write(f"tap:{taps[-1]}")
    said = [each.body for each in viber.phone.sent if isinstance(each.body, Text)][-1]
    ((back,),) = said.choices
    assert "#1001" in said.text
    assert back.label == "Назад до #1002"
    await viber.write(f"tap:{back.data}")
    assert (await viber.desk.listing.ticket(1002)).status is Status.NEW


async def test_receipts_are_shown_at_their_message_and_never_taken_back(viber):
    await viber.write("принтер не друкує")
    token = viber.phone.number
    assert await viber.state() == "sent"
    for kind, shown in (("delivered", "delivered"), ("seen", "seen"), ("delivered", "seen"),
                        ("failed", "seen")):  # fmt: skip
        await viber.tell(kind, token, desc="late")
        assert await viber.state() == shown


async def test_that_a_message_was_charged_for_is_told_whatever_becomes_of_it(viber):
    await viber.write("принтер не друкує")
    charged = "charged for (billing_status 5)"
    async with viber.desk.database.transaction() as session:
        await session.execute("UPDATE delivery SET reason = $1", charged)
    for kind in ("delivered", "seen"):
        await viber.tell(kind, viber.phone.number)
        reasons = [each.delivery_reason for each in await viber.timeline() if each.delivery_id]
        assert (await viber.state(), reasons[-1]) == (kind, charged)


async def test_a_message_that_turns_out_not_to_be_shown_brings_its_ticket_back(viber, marek):
    await viber.write("принтер не друкує")
    await viber.desk.service.reply(marek, 1001, Reply(text="Готово", once="1", solves=True))
    await viber.event("client_status")  # nothing but work
    await viber.tell("failed", viber.phone.number, desc="media is not supported")
    ticket = await viber.desk.listing.ticket(1001)
    assert (ticket.undelivered, ticket.waits_for_agent) == ("failed", True)
    assert await viber.state() == "failed"


async def test_a_receipt_of_nobodys_message_changes_nothing(viber):
    await viber.write("принтер не друкує")
    await viber.tell("seen", 4)
    assert await viber.state() == "sent"
    assert not (await viber.desk.listing.quarantined()).envelopes


async def test_when_somebody_was_last_heard_is_known_and_looking_at_the_chat_is_no_word(viber):
    hearing = Hearing(viber.desk.database)
    address = Address(channel="viber", account=BOT, external_id=OLENA["id"])
    await viber.event("conversation_started", user=OLENA, type="open", subscribed=False)
    assert await hearing.last_at(address) is None
    await viber.write("принтер не друкує")
    heard_at = await hearing.last_at(address)
    assert datetime.now(UTC) - heard_at < timedelta(minutes=1)
    assert await hearing.last_at(replace(address, external_id="ivan==")) is None


async def test_whoever_unsubscribes_cannot_be_reached_until_they_come_back(viber):
    await viber.write("принтер не друкує")
    await viber.event("unsubscribed", user_id=OLENA["id"])
    person = (await viber.desk.listing.ticket(1001)).person_id
    assert [handle.is_reachable for handle in await viber.desk.listing.handles(person)] == [False]
    await viber.event("subscribed", user=OLENA)
    assert [handle.is_reachable for handle in await viber.desk.listing.handles(person)] == [True]


async def test_who_comes_by_a_link_is_sent_nothing_and_the_link_stands_at_the_ticket(viber):
    await viber.event("conversation_started", type="open", context="kiosk-3_E5", user=OLENA)
    assert viber.phone.sent == []
    await viber.write("принтер не друкує")
    first = next(iter(await viber.timeline()))
    assert "kiosk-3_E5" in first.facts.values()
