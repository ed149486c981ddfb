"""The JSON door to the simulated phones, mounted under a prefix as the demo does."""

from __future__ import annotations

import asyncio
from io import BytesIO

import aiohttp
import pytest
from aiohttp import web

from simulators.people import CAST, MAREK, OLENA, SOFIA, TOM
from simulators.phone_api import phone_app
from simulators.telegram_api import Seat, TelegramApi, draw_picture
from simulators.telegram_api.topics import open_topic


@pytest.fixture
async def telegram():
    async with TelegramApi() as telegram:
        yield telegram


@pytest.fixture
async def phone(telegram):
    site = web.Application()
    site.add_subapp("/phone", phone_app(telegram, CAST))
    runner = web.AppRunner(site, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    session = aiohttp.ClientSession(
        base_url=f"http://127.0.0.1:{port}/phone/", timeout=aiohttp.ClientTimeout(total=5)
    )
    yield session
    await session.close()
    await runner.cleanup()


async def send(phone, path, wish):
    async with phone.post(f"people/{OLENA.id}/{path}", json=wish) as answer:
        return answer.status, await answer.json()


async def look(phone, **query):
    async with phone.get(f"people/{OLENA.id}/chat", params=query) as answer:
        return await answer.json() if answer.status == 200 else answer.status


async def ask(telegram, method, **params):
    url = f"{telegram.url}/bot{telegram.token}/{method}"
    async with aiohttp.request("POST", url, json=params) as answer:
        return await answer.json()


def form(*files, caption=""):
    made = aiohttp.FormData({"caption": caption}, default_to_multipart=True)
    for name, content, kind in files:
        made.add_field("files", content, filename=name, content_type=kind)
    return made


async def test_the_cast_is_listed(phone):
    async with phone.get("people") as answer:
        listed = (await answer.json())["people"]
    assert [(one["name"], one["language"]) for one in listed] == [
        ("Olena Kovalenko", "uk"),
        ("Tom Baker", "en"),
        ("Giulia Rossi", "it"),
    ]


async def test_a_page_writes_taps_and_sees_the_answers(telegram, phone):
    assert (await send(phone, "start", {}))[0] == 201
    status, sent = await send(phone, "messages", {"text": "принтер не друкує"})
    assert status == 201
    keys = {"inline_keyboard": [[{"text": "Поверх 3", "callback_data": "f|3"}]]}
    await ask(telegram, "sendMessage", chat_id=OLENA.id, text="<b>1042</b>", parse_mode="HTML",
              reply_markup=keys)  # fmt: skip
    seen = await look(phone)
    assert [entry["text"] for entry in seen["entries"]] == ["/start", "принтер не друкує", "1042"]
    card = seen["entries"][-1]
    assert card["entities"] == [{"type": "bold", "offset": 0, "length": 4}]
    tap = {"message_id": card["message_id"], "wanted": card["buttons"][0][0]["callback"]}
    _, tapped = await send(phone, "taps", tap)
    query = tapped["callback_query_id"]
    await ask(telegram, "answerCallbackQuery", callback_query_id=query, text="Записано")
    assert (await look(phone))["last_answer"]["text"] == "Записано"
    await send(phone, "edits", {"message_id": sent["message_ids"][0], "text": "принтер"})
    await send(phone, "messages", {"text": "3", "reply_to": card["message_id"]})
    entries = (await look(phone))["entries"]
    assert (entries[1]["text"], entries[1]["edited"]) == ("принтер", True)
    assert entries[-1]["reply_to"] == card["message_id"]


async def test_a_page_waits_for_news_without_asking_again_and_again(telegram, phone):
    await send(phone, "messages", {"text": "hi"})
    version = (await look(phone))["version"]
    assert await look(phone, after=version) == 204
    news = asyncio.create_task(look(phone, after=version, wait=5))
    await ask(telegram, "sendMessage", chat_id=OLENA.id, text="hello")
    assert (await news)["entries"][-1]["text"] == "hello"


async def test_photos_go_out_as_an_album_and_can_be_shown(telegram, phone):
    pictures = [draw_picture(100, 100, grey) for grey in (1, 2)]
    files = [("a.png", pictures[0], "image/png"), ("b.png", pictures[1], "image/png")]
    path = f"people/{OLENA.id}/photos"
    async with phone.post(path, data=form(*files, caption="екран")) as answer:
        assert answer.status == 201
    first, second = (await look(phone))["entries"]
    assert first["media_group_id"] == second["media_group_id"]
    async with phone.get(f"files/{second['files'][0]['file_id']}") as answer:
        assert await answer.read() == pictures[1]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"] == "inline"


async def test_a_page_of_html_is_given_only_to_be_saved(telegram, phone):
    files = ("x.html", b"<script>alert(1)</script>", "text/html")
    async with phone.post(f"people/{OLENA.id}/documents", data=form(files)) as answer:
        assert answer.status == 201
    sent = (await look(phone))["entries"][0]["files"][0]
    assert sent["name"] == "x.html"
    async with phone.get(f"files/{sent['file_id']}") as answer:
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == "attachment"


async def test_a_file_larger_than_the_site_takes_elsewhere_is_welcome_up_to_a_limit(
    telegram, phone, monkeypatch
):
    monkeypatch.setattr("simulators.phone_door.FILES_LIMIT", 3 << 20)
    path = f"people/{OLENA.id}/documents"
    for size, status in ((3 << 20, 201), ((3 << 20) + 1, 413)):
        async with phone.post(
            path, data=form(("a.zip", BytesIO(b"x" * size), "application/zip"))
        ) as answer:
            assert answer.status == status


@pytest.mark.parametrize(
    ("path", "wish", "status"),
    [
        ("messages", {"text": ""}, 400),
        ("messages", {"text": 7}, 400),
        ("messages", {"text": "x" * 4097}, 400),
        ("messages", ["text"], 400),
        ("messages", {"text": "x" * (64 << 10)}, 413),
        ("messages", {"text": "x", "reply_to": 77}, 409),
        ("taps", {"message_id": 1001, "wanted": "nothing"}, 409),
        ("edits", {"message_id": "one", "text": "x"}, 400),
    ],
)
async def test_what_makes_no_sense_is_refused_with_a_reason(telegram, phone, path, wish, status):
    answered, reason = await send(phone, path, wish)
    assert answered == status
    assert reason["error"]
    assert telegram.updates == []


async def test_strangers_pictures_that_are_none_and_other_sites_are_refused(telegram, phone):
    async with phone.get("people/1/chat") as answer:
        assert answer.status == 404
    text = form(("a.png", b"x", "text/plain"))
    async with phone.post(f"people/{OLENA.id}/photos", data=text) as answer:
        assert answer.status == 415
    async with phone.post(f"people/{OLENA.id}/photos", data=form()) as answer:
        assert answer.status == 400
    async with phone.post(f"people/{OLENA.id}/messages", data="text=x") as answer:
        assert answer.status == 415
    foreign = {"Sec-Fetch-Site": "cross-site"}
    async with phone.post(f"people/{OLENA.id}/block", headers=foreign) as answer:
        assert answer.status == 403
    assert telegram.updates == []


async def test_a_page_blocks_and_unblocks_the_bot(telegram, phone):
    await send(phone, "messages", {"text": "hi"})
    assert await send(phone, "block", {}) == (200, {"blocked": True})
    assert (await send(phone, "messages", {"text": "hi"}))[0] == 409
    assert (await look(phone))["blocked"]
    assert await send(phone, "unblock", {}) == (200, {"blocked": False})


@pytest.fixture
def group(telegram):
    group = telegram.make_group("First line", MAREK, OLENA, SOFIA)
    open_topic(telegram.world, group, "#1042 · printer")
    return group


def topic_path(group, topic):
    return f"people/{OLENA.id}/groups/{group.id}/topics/{topic}"


async def test_a_page_lists_groups_with_their_topics_the_newest_first(telegram, phone, group):
    telegram.write(Seat(SOFIA, group), "good morning")
    made = open_topic(telegram.world, group, "#1043")
    async with phone.get(f"people/{OLENA.id}/places") as answer:
        listed = await answer.json()
    (shown,) = listed["groups"]
    assert shown["title"] == "First line"
    names = [(topic["name"], topic["newest"]["author_name"]) for topic in shown["topics"]]
    assert names == [
        ("#1043", "Service Desk"),
        ("General", "Sofia"),
        ("#1042 · printer", "Service Desk"),
    ]
    waiting = phone.get(
        f"people/{OLENA.id}/places", params={"after": listed["version"], "wait": 5}
    )
    telegram.delete_topic(Seat(SOFIA, group, made.id))
    async with waiting as answer:
        names = [topic["name"] for topic in (await answer.json())["groups"][0]["topics"]]
    assert names == ["General", "#1042 · printer"]
    async with phone.get(f"people/{TOM.id}/places") as answer:
        assert (await answer.json())["groups"] == []


async def test_a_page_writes_in_a_topic_and_sees_who_else_did(telegram, phone, group):
    topic = group.topic_named("#1042")
    telegram.write(Seat(SOFIA, group, topic.id), "// spare part is on the shelf")
    telegram.write(Seat(SOFIA, group), "elsewhere")
    path = topic_path(group, topic.id)
    async with phone.post(f"{path}/messages", json={"text": "I go up"}) as answer:
        assert answer.status == 201
    async with phone.get(f"{path}/chat") as answer:
        entries = (await answer.json())["entries"]
    assert [(one["author_name"], one["text"]) for one in entries[1:]] == [
        ("Sofia", "// spare part is on the shelf"),
        ("Olena", "I go up"),
    ]
    async with phone.get(f"{topic_path(group, 0)}/chat") as answer:
        assert [one["text"] for one in (await answer.json())["entries"]] == ["elsewhere"]
    assert telegram.updates[-1]["message"]["message_thread_id"] == topic.id


async def test_a_group_is_closed_to_who_is_not_in_it(telegram, phone, group):
    telegram.leave(OLENA, group)
    for path in (topic_path(group, 0), f"people/{OLENA.id}/groups/-5/topics/0"):
        async with phone.get(f"{path}/chat") as answer:
            assert answer.status == 404


async def test_what_the_bot_answers_to_a_tap_only_the_tapper_sees(telegram, phone, group):
    tell = {"inline_keyboard": [[{"text": "Take", "callback_data": "take"}]]}
    session = aiohttp.ClientSession(base_url=f"{telegram.url}/bot{telegram.token}/")
    async with session:
        await session.post(
            "sendMessage", json={"chat_id": group.id, "text": "x", "reply_markup": tell}
        )
        for person, word in ((OLENA, "yours"), (SOFIA, "taken already")):
            query = telegram.tap(Seat(person, group), "Take")
            answer = {"callback_query_id": query, "text": word}
            await session.post("answerCallbackQuery", json=answer)
            async with phone.get(f"{topic_path(group, 0)}/chat") as shown:
                told = (await shown.json())["last_answer"]
            assert (told or {}).get("text") == ("yours" if person is OLENA else None)
