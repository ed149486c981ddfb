"""The commands that tell a platform where the desk is, and say what stands in the way."""

import pytest
from aiohttp import web

from bots.meta.receive import MetaWebhook
from desk.webhooks import set_meta, set_viber
from intake.errors import Invalid, Unavailable
from simulators import graph_api
from simulators.graph_api import GraphApi
from simulators.viber_api import TOKEN, ViberApi
from tests.bots.fakes import Journal, StandingClock, serving


@pytest.fixture
def chosen(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def choose(api_url, public_url):
        for name, value in (
            ("VIBER__TOKEN", TOKEN), ("VIBER__URI", "servicedesk"), ("VIBER__API_URL", api_url),
            ("WEB__PUBLIC_URL", public_url),
        ):  # fmt: skip
            monkeypatch.setenv(f"FIRSTLINE_{name}", value)

    return choose


async def test_a_desk_that_answers_is_told_to_viber(chosen):
    async def answer(_request):
        return web.Response()

    async with ViberApi() as api, serving(web.post("/viber/servicedesk", answer)) as url:
        chosen(api.url, url)
        assert (
            await set_viber() == f"Viber brings messages to {url}/viber/servicedesk from now on."
        )
        assert api.callbacks.url == f"{url}/viber/servicedesk"


async def test_a_desk_that_does_not_answer_is_named_without_the_token(chosen):
    async with ViberApi() as api:
        chosen(api.url, "http://127.0.0.1:9")
        with pytest.raises(Unavailable) as caught:
            await set_viber()
        assert caught.value.values["reason"] == "1 invalidUrl"
        assert TOKEN not in repr(caught.value) + str(caught.value.values)


async def test_without_viber_there_is_nothing_to_tell(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Invalid):
        await set_viber()


@pytest.fixture
def meta(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def choose(api, public_url):
        for name, value in (
            ("META__APP_ID", graph_api.APP_ID), ("META__APP_SECRET", graph_api.APP_SECRET),
            ("META__VERIFY_TOKEN", "слово"), ("META__PAGE_ID", graph_api.PAGE_ID),
            ("META__PAGE_TOKEN", graph_api.PAGE_TOKEN), ("META__API_URL", api.url),
            ("META__INSTAGRAM_ID", graph_api.INSTAGRAM_ID),
            ("META__INSTAGRAM_TOKEN", graph_api.INSTAGRAM_TOKEN),
            ("META__INSTAGRAM_API_URL", api.url), ("WEB__PUBLIC_URL", public_url),
        ):  # fmt: skip
            monkeypatch.setenv(f"FIRSTLINE_{name}", value)

    return choose


async def test_a_desk_that_knows_the_word_is_told_to_meta(meta, monkeypatch):
    webhook = MetaWebhook(
        app_id=graph_api.APP_ID,
        app_secret=graph_api.APP_SECRET,
        verify_token="слово",
        accept=Journal().accept,
        clock=StandingClock(),
    )
    door = web.get(webhook.path, webhook.verify)
    async with GraphApi() as api, serving(door) as url:
        meta(api, url)
        told = await set_meta()
        assert told == f"Meta brings messages to {url}/meta/{graph_api.APP_ID} from now on."
        assert [wish["object"] for wish in api.calls("app")] == ["page", "instagram"]
        echoes, plain = (wish["subscribed_fields"] for wish in api.calls("subscribed_apps"))
        assert {"message_echoes", "message_edits"} <= {*echoes} - {*plain}
        assert api.calls("messenger_profile") == [{"get_started": {"payload": "begin"}}]
        assert api.instagram.questions == []  # the account's own stay
        monkeypatch.setenv("FIRSTLINE_META__INSTAGRAM_NAME", "help.desk")
        await set_meta()
        asked = {one["locale"]: one["call_to_actions"][0] for one in api.instagram.questions}
        assert asked["default"] == {"question": "How this works", "payload": "begin"}
        assert asked["uk_UA"]["question"] == "Як це працює"


async def test_a_desk_that_meta_does_not_reach_is_named_without_a_secret(meta):
    async with GraphApi() as api:
        meta(api, "http://127.0.0.1:9")
        with pytest.raises(Unavailable) as caught:
            await set_meta()
        assert caught.value.values["reason"].startswith("2200")
        assert graph_api.APP_SECRET not in repr(caught.value) + str(caught.value.values)


async def test_without_meta_there_is_nothing_to_tell(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Invalid):
        await set_meta()
