"""An address that is none: whatever platform it was to lead to, nothing has gone there."""

import pytest
from viberbot.api.messages import TextMessage

from bots.agents.client import AgentsTelegram
from bots.failures import NotSent
from bots.meta.client import Access, Graph
from bots.telegram.client import Telegram
from bots.viber.client import Viber

NO_ADDRESSES = ["http://[", "ftp://files.example", "http://a..example", "nowhere"]
TOKEN = "7000000001:the-token-of-a-bot"


def graph(server):
    return Graph(
        Access(channel="messenger", account="1", token="token", server=server, version="v23.0")
    )


def viber(server):
    return Viber("token", account="desk", sender_name="Firstline", server=server)


CALLS = {
    "telegram": (
        lambda server: Telegram(TOKEN, server),
        lambda telegram: telegram.say(1, "hello", [], None),
    ),
    "telegram's updates": (
        lambda server: Telegram(TOKEN, server),
        lambda telegram: telegram.updates(None),
    ),
    "agents": (
        lambda server: AgentsTelegram(TOKEN, server),
        lambda agents: agents.introduce(),
    ),
    "messenger": (graph, lambda messenger: messenger.say({"message": {"text": "hello"}})),
    "viber": (viber, lambda viber: viber.say("olena", TextMessage(text="hello"))),
}


@pytest.mark.parametrize("address", NO_ADDRESSES)
@pytest.mark.parametrize(("client_of", "call"), CALLS.values(), ids=CALLS)
async def test_a_call_to_an_address_that_is_none_was_not_sent(client_of, call, address):
    client = client_of(address)
    try:
        with pytest.raises(NotSent) as caught:
            await call(client)
    finally:
        await client.close()
    assert address not in str(caught.value)


@pytest.mark.parametrize("address", NO_ADDRESSES)
@pytest.mark.parametrize("client_of", [graph, viber], ids=["messenger", "viber"])
async def test_a_file_at_an_address_that_is_none_was_not_asked_for(client_of, address):
    client = client_of("https://api.example")
    try:
        with pytest.raises(NotSent):
            await client.download(address, 100)
    finally:
        await client.close()
