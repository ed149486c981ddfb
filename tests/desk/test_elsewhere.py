"""One person on two channels: an agent answers on either, and the talk goes on in one ticket."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from bots.viber.terms import SESSION
from desk.channels import TelegramSettings, ViberSettings
from desk.settings import Settings, WebSettings
from desk.wiring import build_desk
from intake.agent_words import Asking, Reply
from intake.errors import Conflict
from intake.links import Way
from intake.speech import Card, DeliveryState, Operation, Permanent, UserGone
from intake.tickets import Status
from tests.desk.phone import BOT, Exchange
from tests.desk.test_viber import BOT as VIBER_BOT
from tests.desk.test_viber import ViberExchange

LINK = """
    INSERT INTO handle (channel, account, address, person_id, created_at)
    SELECT 'telegram', CAST($1 AS TEXT), CAST($2 AS TEXT), person_id, 1 FROM handle
    WHERE channel = 'viber' RETURNING id
"""
LATE = "UPDATE handle SET heard_at = $1 WHERE channel = 'viber' RETURNING id"


class TwoPhones(ViberExchange):
    """Olena writes on Viber; on Telegram she is known as well."""

    def __init__(self, desk):
        super().__init__(desk)
        self.telegram = Exchange(desk)

    async def work(self):
        while await self.desk.inward.step() or await self.outward.step():
            pass
        await self.telegram.work()

    async def link(self, person="1"):
        return (await self.change(LINK, BOT, person))["id"]

    async def change(self, sql, *values):
        async with self.desk.database.transaction() as session:
            return await session.fetch_one(sql, *values)

    async def linked(self):
        """Ivan's chat on Telegram is taken for hers."""
        olena, ivan = [await self.person_at(channel) for channel in ("viber", "telegram")]
        async with self.desk.store.work() as work:
            handle = (await work.handles(ivan.id))[0]
            link = await work.propose_link(handle, olena.id, Way.AGENT, by="Marek", key="k")
            link, _ = await work.make_link(link, olena)
        return link, ivan

    async def person_at(self, channel):
        sql = "SELECT person_id FROM handle WHERE channel = $1"
        (row,) = await self.desk.database.fetch(sql, channel)
        return await self.desk.listing.person(row["person_id"])

    async def undone(self, link, back_to):
        async with self.desk.store.work() as work:
            await work.undo_link(await work.link(link.id), back_to, "Marek")

    async def hush(self):
        """Her last words on Viber are of yesterday."""
        late = datetime.now(UTC) - SESSION - timedelta(minutes=1)
        await self.change(LATE, int(late.timestamp() * 1_000_000))

    async def ticket(self):
        return await self.desk.listing.ticket(1001)

    async def said(self, text):
        return next(entry for entry in await self.timeline() if entry.text == text)


@pytest.fixture
async def olena(store_url, tmp_path):
    settings = Settings(
        folder=tmp_path / "var",
        database=store_url,
        web=WebSettings(public_url="https://desk.example.org"),
        telegram=TelegramSettings(token=SecretStr(f"{BOT}:secret")),
        viber=ViberSettings(token=SecretStr("44dafb7e"), uri=VIBER_BOT),
    )
    desk = await build_desk(settings)
    try:
        yield TwoPhones(desk)
    finally:
        await desk.close()


@pytest.fixture
async def marek(olena):
    return await olena.desk.agents.add("marek", "Marek Novák", "-", "en")


async def test_an_answer_on_another_handle_goes_there_and_her_word_there_comes_back(olena, marek):
    await olena.write("принтер на 3 поверсі не друкує, E5")
    handle = await olena.link()
    reply = Reply(text="Пишу сюди", once="1", handle_id=handle)
    await olena.desk.service.reply(marek, 1001, reply)
    await olena.work()
    assert "Пишу сюди" in olena.telegram.phone.texts()
    assert "Пишу сюди" not in olena.phone.texts()
    entry = await olena.said("Пишу сюди")
    assert (entry.delivery_account, entry.delivery_state) == (("telegram", BOT), "accepted")
    assert olena.telegram.phone.sent[-1].quoted_id == ""  # what she said is in another chat
    await olena.telegram.write("дякую, але він знову не друкує")
    came = await olena.said("дякую, але він знову не друкує")
    assert (came.ticket_id, came.channel) == (1001, "telegram")
    await olena.desk.service.reply(marek, 1001, Reply(text="Зараз буду", once="2"))
    await olena.work()
    assert "Зараз буду" in olena.telegram.phone.texts()


async def test_the_ticket_goes_back_to_where_she_speaks_again(olena, marek):
    await olena.write("принтер на 3 поверсі не друкує, E5")
    reply = Reply(text="Пишу сюди", once="1", handle_id=await olena.link())
    await olena.desk.service.reply(marek, 1001, reply)
    await olena.write("я тут")
    assert (await olena.ticket()).address.channel == "viber"
    await olena.desk.service.reply(marek, 1001, Reply(text="Гаразд", once="2"))
    await olena.work()
    assert "Гаразд" in olena.phone.texts()


async def test_a_card_that_asks_elsewhere_is_given_up_and_its_questions_stay_known(olena, marek):
    await olena.write("принтер на 3 поверсі не друкує, E5")
    assert (await olena.ticket()).awaits_answers
    reply = Reply(text="Пишу сюди", once="1", handle_id=await olena.link())
    await olena.desk.service.reply(marek, 1001, reply)
    ticket = await olena.ticket()
    assert (ticket.awaits_answers, ticket.card_id, ticket.is_complete) == (False, None, False)
    changes = [entry.change for entry in await olena.timeline() if entry.change]
    assert ("by", "viber", "telegram") in [(one.what, one.before, one.after) for one in changes]
    await olena.work()
    assert {each.operation for each in olena.telegram.phone.sent} == {Operation.SEND}


async def test_questions_go_by_the_handle_that_was_chosen_and_their_answers_come_from_there(
    olena, marek
):
    await olena.write("принтер на 3 поверсі не друкує, E5")
    asking = Asking(fields=("asset",), once="1", handle_id=await olena.link())
    await olena.desk.service.ask(marek, 1001, asking)
    await olena.work()
    ticket = await olena.ticket()
    assert (ticket.address.channel, ticket.asked) == ("telegram", ("asset",))
    [card] = [one.body for one in olena.telegram.phone.sent if isinstance(one.body, Card)]
    assert len(card.questions) == 1
    await olena.telegram.write("INV-20418", person=1)
    assert (await olena.ticket()).answers["asset"] == "INV-20418"
    with pytest.raises(Conflict, match="no_handle"):
        await olena.desk.service.ask(marek, 1001, replace(asking, once="2", handle_id=99))


async def test_no_questions_go_where_no_answer_is_taken(olena, marek):
    await olena.write("принтер на 3 поверсі не друкує, E5")
    await olena.hush()
    with pytest.raises(Conflict, match="takes_no_answers"):
        await olena.desk.service.ask(marek, 1001, Asking(fields=("asset",), once="1"))


async def test_a_strangers_handle_is_never_written_to(olena, marek):
    await olena.write("принтер не друкує")
    await olena.telegram.write("монітор блимає", person=2)
    [ivan] = await olena.desk.database.fetch("SELECT id FROM handle WHERE channel = 'telegram'")
    reply = Reply(text="Пароль: 1234", once="1", handle_id=ivan["id"])
    with pytest.raises(Conflict, match="no_handle"):
        await olena.desk.service.reply(marek, 1001, reply)
    await olena.work()
    assert "Пароль: 1234" not in olena.telegram.phone.texts()
    assert "Пароль: 1234" not in [entry.text for entry in await olena.timeline()]


async def test_a_handle_that_was_taken_from_her_since_gets_nothing_more(olena, marek):
    await olena.write("принтер не друкує")
    await olena.telegram.write("монітор блимає", person=2)
    handle = await olena.link()
    await olena.desk.service.reply(marek, 1001, Reply(text="Тут", once="1", handle_id=handle))
    await olena.work()
    undo = "UPDATE handle SET person_id = (SELECT MAX(id) FROM person) WHERE id = $1 RETURNING id"
    await olena.change(undo, handle)
    with pytest.raises(Conflict, match="no_handle"):
        await olena.desk.service.reply(marek, 1001, Reply(text="Таємне", once="2"))
    await olena.desk.service.set_status(marek, 1001, Status.SOLVED)
    await olena.work()
    assert olena.telegram.phone.texts()[-1] == "Тут"
    assert "1001" in olena.phone.texts()[-1]


async def test_where_no_answer_is_taken_none_is_sent_and_the_form_twice_is_none(olena, marek):
    await olena.write("принтер не друкує")
    first = Reply(text="Вже йду", once="1")
    await olena.desk.service.reply(marek, 1001, first)
    await olena.hush()
    await olena.desk.service.reply(marek, 1001, first)
    with pytest.raises(Conflict, match="takes_no_answers"):
        await olena.desk.service.reply(marek, 1001, Reply(text="Ще тут?", once="2"))
    await olena.work()
    assert "Ще тут?" not in [entry.text for entry in await olena.timeline()]
    await olena.desk.service.note(marek, 1001, "Call her", once="3")


@pytest.mark.parametrize("end", [Permanent(reason="closed"), UserGone(reason="blocked")])
async def test_what_did_not_arrive_goes_elsewhere_once_with_the_same_words(olena, marek, end):
    await olena.write("принтер не друкує")
    handle = await olena.link()
    olena.phone.answers = [end]
    await olena.desk.service.reply(marek, 1001, Reply(text="Вже йду", once="1"))
    await olena.work()
    lost = await olena.said("Вже йду")
    assert (await olena.ticket()).undelivered == lost.delivery_state
    service = olena.desk.service
    assert await service.send_elsewhere(marek, lost.delivery_id, handle) == 1001
    with pytest.raises(Conflict, match="sent_already"):
        await service.send_elsewhere(marek, lost.delivery_id, handle)
    await olena.work()
    assert olena.telegram.phone.texts().count("Вже йду") == 1
    assert [entry.text for entry in await olena.timeline()].count("Вже йду") == 1
    entry, ticket = await olena.said("Вже йду"), await olena.ticket()
    assert (entry.delivery_account[0], entry.delivery_state) == ("telegram", "accepted")
    assert (ticket.address.channel, ticket.undelivered) == ("telegram", "")


async def test_what_perhaps_arrived_or_is_a_strangers_to_get_goes_nowhere_else(olena, marek):
    await olena.write("принтер не друкує")
    await olena.telegram.write("монітор блимає", person=2)
    [ivan] = await olena.desk.database.fetch("SELECT id FROM handle WHERE channel = 'telegram'")
    handle = await olena.link()
    await olena.desk.service.reply(marek, 1001, Reply(text="Вже йду", once="1"))
    await olena.work()
    entry = await olena.said("Вже йду")
    assert entry.delivery_state == DeliveryState.SENT
    for where, fault in ((handle, "sent_already"), (ivan["id"], "no_handle")):
        with pytest.raises(Conflict, match=fault):
            await olena.desk.service.send_elsewhere(marek, entry.delivery_id, where)
    assert (await olena.ticket()).address.channel == "viber"


async def test_a_ticket_stays_with_whom_it_came_from_when_a_link_is_undone(olena, marek):
    await olena.write("принтер не друкує")
    await olena.telegram.write("монітор блимає", person=2)
    link, ivan = await olena.linked()
    handles = await olena.desk.listing.handles(link.to_person_id)
    viber, telegram = (
        next(one.id for one in handles if one.address.channel == channel)
        for channel in ("viber", "telegram")
    )
    for number, handle in ((1001, telegram), (1002, viber)):
        reply = Reply(text=f"Про {number}", once="1", handle_id=handle)
        await olena.desk.service.reply(marek, number, reply)
    await olena.undone(link, ivan)
    hers, his = [await olena.desk.listing.ticket(number) for number in (1001, 1002)]
    assert (hers.person_id, hers.address.channel) == (link.to_person_id, "viber")
    assert (his.person_id, his.address.channel) == (ivan.id, "telegram")
    (lost,) = await olena.desk.database.fetch("SELECT id FROM delivery WHERE state = 'failed'")
    with pytest.raises(Conflict, match="no_handle"):
        await olena.desk.service.retry_delivery(marek, lost["id"])
    await olena.work()
    assert "Про 1001" not in olena.telegram.phone.texts()
    await olena.telegram.write("який статус моїх звернень?", person=2)
    assert "1001" not in olena.telegram.phone.texts()[-1]
