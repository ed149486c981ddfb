"""The second bot's Telegram, and a group of agents there; all traffic fits the schema."""

import pytest

from simulators.people import IVAN, MAREK, SOFIA
from simulators.telegram_api import AGENTS_TOKEN, TelegramApi
from tests.schemas.botapi import validate_object, validate_request, validate_update


@pytest.fixture
async def telegram():
    async with TelegramApi() as telegram:
        yield telegram


@pytest.fixture
async def agents(telegram):
    agents = telegram.add_bot(
        token=AGENTS_TOKEN, username="desk_agents_bot", name="Desk", has_topics=True
    )
    yield agents
    for call in agents.requests:
        validate_request(call.method, call.params)
    for update in agents.updates:
        validate_update(update)
    for chat in agents.world.chats.values():
        for entry in chat.entries.values():
            validate_object("Message", entry.wire)


@pytest.fixture
def group(agents):
    return agents.make_group("First line", MAREK, SOFIA, IVAN)


@pytest.fixture
async def bot(telegram, agents):
    from tests.simulators.agents_bot import client

    bot, connections = await client(telegram, AGENTS_TOKEN)
    yield bot
    await connections.close()
