"""`firstline viber webhook` tells Viber where the desk is, and says what stands in the way."""

import pytest
from aiohttp import web

from desk.webhooks import set_viber
from intake.errors import Invalid, Unavailable
from simulators.viber_api import TOKEN, ViberApi
from tests.bots.fakes import serving


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
