"""How sends of the agents' bot end, against the simulated Telegram."""

import hashlib
from collections import namedtuple
from dataclasses import replace

import pytest

from bots.agents.client import AgentsTelegram
from bots.agents.places import Place
from bots.agents.send import MOST_IN_A_MINUTE, AgentSender
from intake.companion.showings import ANYBODY, MAKING, WITHOUT
from intake.messages import Address
from intake.speech import (
    Accepted,
    Card,
    Choice,
    Delivery,
    Enclosure,
    Link,
    Operation,
    Permanent,
    RetryAfter,
    Text,
    Unknown,
    UserGone,
)
from simulators import faults
from simulators.people import MAREK, SOFIA
from simulators.telegram_api import AGENTS_TOKEN, Seat, TelegramApi, draw_picture
from tests.conftest import begun
from tests.schemas.botapi import validate_request

CARD = Card(
    heading="#1042 · Printer",
    intro="It does not print",
    actions=(Choice(label="Take", data="1|1042|take"),),
    form=Link(label="Open in the inbox", url="https://desk.example.org/tickets/1042"),
)


Chat = namedtuple("Chat", "id")


class Places:
    """One place, as rows would keep it."""

    def __init__(self, topic=""):
        self.topic, self.lost, self.moves, self.left = topic, [], [], []
        self.agents = {str(MAREK.id)}  # chats

    async def of(self, chat, number):
        return Place(showing_id=1, topic=self.topic, name="#1042 · Printer · Olena")

    async def set_topic(self, showing_id, topic, name):
        self.topic = topic

    async def lose_topic(self, showing_id, delivery_id):
        self.lost.append("topic")

    async def lose_card(self, chat, card_id):
        self.lost.append("card")

    async def move(self, before, after):
        self.moves.append((before, after))

    async def is_agents(self, chat):
        return chat in self.agents

    async def leave(self, chat):
        self.left.append(chat)


@pytest.fixture
async def api():
    async with TelegramApi() as telegram:
        bot = telegram.add_bot(token=AGENTS_TOKEN, username="desk_agents_bot", name="Desk")
        bot.url = telegram.url
        yield bot
        for call in bot.requests:
            validate_request(call.method, call.params)


@pytest.fixture
async def telegram(api):
    telegram = AgentsTelegram(AGENTS_TOKEN, api.url)
    yield telegram
    await telegram.close()


@pytest.fixture
def group(api):
    return api.make_group("First line", MAREK, SOFIA)


PICTURES = {hashlib.sha256(draw_picture()).hexdigest(): draw_picture()}


def sender(telegram, places, counted=None, noted=lambda _: 1):
    return AgentSender(
        telegram=telegram,
        places=places,
        read_blob=lambda sha256: PICTURES[sha256],
        count=(counted if counted is not None else []).append,
        noted=noted,
    )


def delivery(group, body=CARD, **more):
    address = Address(channel="agents", account="900", external_id=str(group.id))
    return Delivery(**{"id": 7, "address": address, "body": body, "ticket_id": 1042, **more})


async def test_a_topic_is_made_before_the_first_message_and_counted(telegram, api, group):
    places, counted = Places(), []
    result = await sender(telegram, places, counted).send(delivery(group), begun)
    assert isinstance(result, Accepted)
    topic = group.topic_named("#1042")
    assert (places.topic, counted) == (str(topic.id), [str(group.id)])
    [card] = [one for one in api.answers(Seat(MAREK, group, topic.id)) if one.text]
    assert card.text.startswith("#1042 · Printer")
    assert str(card.message_id) == result.provider_id


@pytest.mark.parametrize(
    ("fault", "left"),
    [
        (faults.truncate, MAKING),  # perhaps it was made
        (faults.bad_gateway, MAKING),
        (lambda: faults.too_many_requests(5), ""),
    ],
)
async def test_what_broke_while_a_topic_was_made_is_noted(telegram, api, group, fault, left):
    places = Places()
    api.faults.inject(fault(), on="createForumTopic", times=1)
    result = await sender(telegram, places).send(delivery(group), begun)
    assert isinstance(result, RetryAfter)
    assert places.topic == left


async def test_a_topic_that_was_perhaps_made_is_waited_for_once(telegram, api, group):
    places = Places(topic=MAKING)
    result = await sender(telegram, places).send(delivery(group), begun)
    assert isinstance(result, RetryAfter)
    assert not api.calls("createForumTopic")
    assert isinstance(await sender(telegram, places).send(delivery(group), begun), Accepted)
    assert len(api.calls("createForumTopic")) == 1


async def test_a_deleted_topic_is_made_anew_for_what_is_sent(telegram, api, group):
    places = Places()
    first = sender(telegram, places)
    await first.send(delivery(group), begun)
    api.delete_topic(Seat(MAREK, group, int(places.topic)))
    result = await first.send(delivery(group, Text(text="hello", signature="Olena")), begun)
    assert isinstance(result, Accepted)
    assert places.lost == ["topic"]
    assert any("hello" in one.text for one in api.answers(Seat(MAREK, group, int(places.topic))))


async def test_a_card_whose_topic_is_gone_says_so(telegram, api, group):
    places = Places()
    first = sender(telegram, places)
    sent = await first.send(delivery(group), begun)
    api.delete_topic(Seat(MAREK, group, int(places.topic)))
    edit = delivery(
        group,
        CARD,
        operation=Operation.EDIT,
        target_id=7,
        target_provider_id=sent.provider_id,
    )
    assert isinstance(await first.send(edit, begun), Permanent)
    assert places.lost == ["card"]


@pytest.mark.parametrize("what", ["close", "open", "name"])
async def test_topics_are_changed_however_often(telegram, group, what):
    places = Places()
    first = sender(telegram, places)
    await first.send(delivery(group), begun)
    change = delivery(group, Text(text="#1042 · Olena"), operation=Operation.TOPIC, subject=what)
    assert await first.send(change, begun) == Accepted()
    assert await first.send(change, begun) == Accepted()


async def test_a_group_without_topics_is_written_to_plainly(telegram, api):
    plain = api.make_group("Chat", MAREK, is_forum=False)
    places = Places()
    assert isinstance(await sender(telegram, places).send(delivery(plain), begun), Accepted)
    assert places.topic == WITHOUT


async def test_a_group_that_moved_is_followed(telegram, api, group):
    moved = api.migrate(group)
    places = Places()
    result = await sender(telegram, places).send(delivery(group), begun)
    assert isinstance(result, Accepted)
    assert places.moves == [(str(group.id), str(moved.id))]


@pytest.mark.parametrize("operation", [Operation.SEND, Operation.EDIT, Operation.TOPIC])
async def test_what_has_waited_comes_to_nobody_who_is_no_agent_any_more(telegram, api, operation):
    stale = replace(delivery(Chat(SOFIA.id)), operation=operation, target_provider_id="5")
    assert isinstance(await sender(telegram, Places("9")).send(stale, begun), Permanent)
    assert api.requests == []


async def test_a_stranger_hears_what_is_for_anybody(telegram, api):
    api.press_start(SOFIA)
    words = delivery(Chat(SOFIA.id), Text(text="For agents alone."), ticket_id=None)
    assert isinstance(await sender(telegram, Places()).send(words, begun), Permanent)
    for_anybody = replace(words, subject=ANYBODY)
    assert isinstance(await sender(telegram, Places()).send(for_anybody, begun), Accepted)


async def test_what_is_taken_back_is_deleted_however_often(telegram, api, group):
    chat = sender(telegram, Places())
    sent = await chat.send(delivery(group, Text(text="my password", signature="Olena")), begun)
    back = delivery(
        group,
        Text(text="…"),
        operation=Operation.TAKE_BACK,
        target_external_id=sent.provider_id,
    )
    assert await chat.send(back, begun) == Accepted()
    assert await chat.send(back, begun) == Accepted()
    seat = Seat(MAREK, group, group.topic_named("#1042").id)
    assert all(one.deleted for one in api.answers(seat) if "password" in one.text)


async def test_what_can_be_deleted_no_more_loses_its_words(telegram, api, group):
    chat = sender(telegram, Places())
    sent = await chat.send(delivery(group, Text(text="my password", signature="Olena")), begun)
    refusal = faults.refuse(400, "Bad Request: message can't be deleted for everyone")
    api.faults.inject(refusal, on="deleteMessage")
    back = delivery(
        group,
        Text(text="…"),
        operation=Operation.TAKE_BACK,
        target_external_id=sent.provider_id,
    )
    assert isinstance(await chat.send(back, begun), Accepted)
    seat = Seat(MAREK, group, group.topic_named("#1042").id)
    assert not any("password" in one.text for one in api.answers(seat))


async def test_an_album_waits_until_the_minute_has_room(telegram, group):
    [(sha256, picture)] = PICTURES.items()
    files = [
        Enclosure(name=f"{n}.jpg", media_type="image/jpeg", size=len(picture), sha256=sha256)
        for n in range(4)
    ]
    album = delivery(group, Text(text="look", signature="Olena"), attachments=tuple(files))
    full = sender(telegram, Places(), noted=lambda _: MOST_IN_A_MINUTE - 2)
    assert isinstance(await full.send(album, begun), RetryAfter)
    counted = []
    free = sender(telegram, Places(), counted, noted=lambda _: 1)
    assert isinstance(await free.send(album, begun), Accepted)
    assert len(counted) == 1 + 1 + 3  # the topic, the album itself, its other pictures


@pytest.mark.parametrize(
    ("fault", "end"),
    [
        (faults.forbidden(), UserGone),
        (faults.too_many_requests(3), RetryAfter),
        (faults.refuse(400, "Bad Request: chat not found"), UserGone),
        (faults.refuse(400, "Bad Request: message is too long"), Permanent),
        (faults.server_error(), Unknown),
    ],
)
async def test_each_refusal_has_its_end(telegram, api, group, fault, end):
    api.faults.inject(fault, on="sendMessage")
    assert isinstance(await sender(telegram, Places("9")).send(delivery(group), begun), end)


async def test_a_wrong_token_is_no_message_lost_and_stays_untold(api, group):
    telegram = AgentsTelegram("900:wrong", api.url)
    result = await sender(telegram, Places(WITHOUT)).send(delivery(group), begun)
    await telegram.close()
    assert isinstance(result, RetryAfter)
    assert result.is_refused
    assert "wrong" not in result.reason


async def test_nobody_there_means_surely_not_sent(group):
    telegram = AgentsTelegram(AGENTS_TOKEN, "http://127.0.0.1:9")
    result = await sender(telegram, Places(WITHOUT)).send(delivery(group), begun)
    await telegram.close()
    assert isinstance(result, RetryAfter)
    assert result.is_away


async def test_an_address_that_telegram_refuses_costs_only_its_button(telegram, api, group):
    refusal = faults.refuse(400, "Bad Request: inline keyboard button URL is invalid")
    api.faults.inject(refusal, on="sendMessage", times=1)
    assert isinstance(
        await sender(telegram, Places(WITHOUT)).send(delivery(group), begun), Accepted
    )
    [card] = [one for one in api.answers(Seat(MAREK, group)) if one.text]
    assert [button.label for row in card.buttons for button in row] == ["Take"]
