"""Whatever the world answers, the doctor finds words for it."""

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from desk.channels import (
    AgentsBotSettings,
    EmailSettings,
    MetaSettings,
    TelegramSettings,
    ViberSettings,
)
from desk.doctor import CHECKS, check_database, examine
from desk.findings import Mark
from desk.settings import DeskSettings, Settings, WebSettings
from intake.errors import Invalid
from intake.people import LANGUAGES
from intake.wording import Wording
from simulators import graph_api
from simulators.graph_api import GraphApi
from simulators.people import MAREK
from simulators.telegram_api import AGENTS_TOKEN, TelegramApi
from simulators.viber_api import TOKEN as VIBER_TOKEN
from simulators.viber_api import ViberApi
from store.database import Database
from tests.bots.email.answering import Answering
from tests.store.cast import LATER

TOKEN = "700800900:a-secret"
FINE = b'{"ok": true, "result": {"username": "desk_bot"}}'


async def marks(settings):
    """Which finding has which mark; each has words of its own, and none holds the token."""
    found = await examine(settings)
    for one in found:
        values = {"code": one.code, "mark": one.mark, **one.values}
        said = Wording(UTC).report("doctor", "en", {"values": values})
        assert said.startswith(f"{one.mark} ")
        assert not said.startswith(f"{one.mark} {one.code}")
        assert "a-secret" not in said
    return {one.code: one.mark for one in found}


async def answered(tmp_path, content, date):
    """What is found when the Bot API's address answers this."""

    async def answer(_request):
        return web.Response(body=content, content_type="text/html", headers={"Date": date})

    app = web.Application()
    app.router.add_get("/bot{token}/getMe", answer)
    async with TestServer(app) as server:
        telegram = TelegramSettings(token=SecretStr(TOKEN), api_url=str(server.make_url("")))
        return await marks(Settings(folder=tmp_path, telegram=telegram))


async def test_a_fresh_folder_is_in_order_and_stays_as_it_was(tmp_path):
    found = await marks(Settings(folder=tmp_path / "var"))
    assert found["database_new"] is Mark.FINE
    assert Mark.WRONG not in found.values()
    assert not (tmp_path / "var").exists()


async def test_a_database_of_today_and_one_of_another_version_are_told_apart(folder):
    settings = Settings(folder=folder)
    database = await Database.open(settings.database_url)
    assert (await marks(settings))["database"] is Mark.FINE
    async with database.transaction() as session:
        await session.execute(LATER)
    assert (await marks(settings))["database_newer"] is Mark.WRONG
    async with database.transaction() as session:
        await session.execute("DELETE FROM tortoise_migrations WHERE id > 1")
    await database.close()
    assert (await marks(settings))["database_old"] is Mark.WRONG


async def test_a_folder_that_can_not_be_used_is_told_by_its_setting(tmp_path):
    (tmp_path / "file").write_text("no folder")
    found = await marks(Settings(folder=tmp_path / "file" / "var"))
    assert (found["folder_refused"], found["database_new"]) == (Mark.WRONG, Mark.FINE)
    found = await marks(Settings(folder=tmp_path / "file"))
    assert (found["folder_refused"], found["database_new"]) == (Mark.WRONG, Mark.FINE)


async def test_a_database_file_that_is_none_is_to_be_brought_back(tmp_path):
    (tmp_path / "firstline.db").write_text("no database" * 1000)
    assert (await marks(Settings(folder=tmp_path)))["database_damaged"] is Mark.WRONG


async def test_a_folder_that_others_may_look_into_is_a_warning(tmp_path):
    folder = tmp_path / "var"
    folder.mkdir(mode=0o750)
    assert (await marks(Settings(folder=folder)))["folder_open"] is Mark.WARNING
    folder.chmod(0o700)
    assert "folder_open" not in await marks(Settings(folder=folder))


@pytest.mark.parametrize(
    "content", [b"<html>Welcome to the hotel</html>", b"", b"[]", b"{}", b"\xff"]
)
async def test_what_is_no_bot_api_is_said_to_be_none(tmp_path, content):
    found = await answered(tmp_path, content, format_datetime(datetime.now(UTC)))
    assert (found["telegram_foreign"], found["clock"]) == (Mark.WRONG, Mark.FINE)


@pytest.mark.parametrize("date", ["", "yesterday", "Mon, 23 Nov 2026 09:00:00 -0000"])
async def test_a_clock_that_nobody_tells_is_a_warning(tmp_path, date):
    found = await answered(tmp_path, FINE, date)
    assert (found["telegram"], found["clock_unknown"]) == (Mark.FINE, Mark.WARNING)


@pytest.mark.parametrize(
    ("name", "code", "mark"),
    [
        ("Desk_Agents_Bot", "agents_bot", Mark.FINE),
        ("desk_agent_bot", "agents_bot_other", Mark.WRONG),
    ],
)
async def test_an_agents_bot_that_links_would_not_lead_to_is_told(tmp_path, name, code, mark):
    async with TelegramApi() as telegram:
        telegram.add_bot(token=AGENTS_TOKEN, username="desk_agents_bot", name="Desk")
        bot = AgentsBotSettings(token=SecretStr(AGENTS_TOKEN), name=name, api_url=telegram.url)
        found = await marks(Settings(folder=tmp_path, agents_bot=bot))
    assert found[code] is mark


def as_it_should_be(_bot, group):
    return group


def without_rights(bot, group):
    bot.grant_rights(group, rights=False)
    return group


def put_out(bot, group):
    bot.dismiss_bot(group)
    return group


def moved(bot, group):
    bot.migrate(group)
    return group


def without_topics(bot, _group):
    return bot.make_group("Old", MAREK, is_forum=False)


@pytest.mark.parametrize(
    ("change", "code", "mark"),
    [
        (as_it_should_be, "agents_group", Mark.FINE),
        (without_rights, "agents_group_rights", Mark.WARNING),
        (without_topics, "agents_group_plain", Mark.WARNING),
        (moved, "agents_group_moved", Mark.WARNING),
        (put_out, "agents_group_gone", Mark.WRONG),
    ],
)
async def test_how_the_agents_bot_stands_in_its_groups_is_told(tmp_path, change, code, mark):
    async with TelegramApi() as telegram:
        told = telegram.add_bot(token=AGENTS_TOKEN, username="desk_agents_bot", name="Desk")
        group = change(told, told.make_group("First line", MAREK))
        bot = AgentsBotSettings(
            token=SecretStr(AGENTS_TOKEN),
            name="desk_agents_bot",
            api_url=telegram.url,
            groups=f"printer={group.id} *={group.id}",
        )
        found = await marks(Settings(folder=tmp_path, agents_bot=bot))
    assert found[code] is mark


async def test_of_groups_nothing_is_told_while_the_token_is_refused(tmp_path):
    async with TelegramApi() as telegram:
        bot = AgentsBotSettings(
            token=SecretStr(AGENTS_TOKEN), name="bot", api_url=telegram.url, groups="*=-1001"
        )
        found = await marks(Settings(folder=tmp_path, agents_bot=bot))
    assert not [code for code in found if code.startswith("agents_group")]


async def test_a_clock_that_is_wrong_is_wrong(tmp_path):
    found = await answered(tmp_path, FINE, "Mon, 23 Nov 2020 09:00:00 GMT")
    assert found["clock_off"] is Mark.WRONG


@pytest.mark.parametrize(
    "telegram",
    [TelegramSettings(), TelegramSettings(token=SecretStr(TOKEN), api_url="http://127.0.0.1:1")],
)
async def test_a_clock_that_nobody_can_be_asked_about_is_told_too(tmp_path, telegram):
    found = await marks(Settings(folder=tmp_path, telegram=telegram))
    assert found["clock_unknown"] is Mark.WARNING


@pytest.mark.parametrize(
    ("answers", "code", "mark"),
    [
        ({}, "smtp", Mark.FINE),
        ({"MAIL": "530 5.7.0 Authentication Required"}, "smtp_refused", Mark.WRONG),
    ],
)
async def test_a_mail_server_that_takes_no_mail_of_ours_is_told(tmp_path, answers, code, mark):
    async with Answering(**answers).serving() as port:
        email = EmailSettings(
            address="a@b.sk",
            imap_host="127.0.0.1",
            imap_port=port,
            smtp_host="127.0.0.1",
            smtp_port=port,
            smtp_tls="none",
        )
        found = await marks(Settings(folder=tmp_path, email=email))
    assert found[code] is mark


LEFT = """
    INSERT INTO delivery (channel, account, address, operation, body, subject, thread, language,
        posted_at, reason)
    VALUES ('telegram', '700800900', '5', 'send', '', '', '', 'en', 1, '')
"""


@pytest.mark.parametrize(("token", "told"), [("", True), (TOKEN, False)])
async def test_answers_that_nobody_serves_are_told(folder, token, told):
    telegram = TelegramSettings(token=SecretStr(token), api_url="http://127.0.0.1:1")
    settings = Settings(folder=folder, telegram=telegram)
    database = await Database.open(settings.database_url)
    async with database.transaction() as session:
        await session.execute(LEFT)
    await database.close()
    assert (await marks(settings)).get("unserved") is (Mark.WRONG if told else None)


@pytest.mark.parametrize(("login", "told"), [("it@b.sk", True), ("A@b.sk", False)])
async def test_a_mailbox_that_is_begun_anew_is_told(folder, login, told):
    email = EmailSettings(address="help@b.sk", user=login, imap_host="i", smtp_host="s")
    settings = Settings(folder=folder, email=email)
    database = await Database.open(settings.database_url)
    async with database.transaction() as session:
        place = "7:12:1795511400:1795511400:a@b.sk@i/inbox"
        await session.execute("INSERT INTO cursor VALUES ('email:a@b.sk', $1)", place)
    await database.close()
    assert (await marks(settings)).get("mailbox_other") is (Mark.WARNING if told else None)


async def test_one_folder_of_bytes_that_takes_none_is_told(tmp_path):
    settings = Settings(folder=tmp_path)
    (settings.blobs / "ab").mkdir(parents=True)
    assert "folder_refused" not in await marks(settings)
    (settings.blobs / "cd").write_text("no folder")
    assert (await marks(settings))["folder_refused"] is Mark.WRONG


@pytest.mark.parametrize(("trusts", "is_told"), [(False, True), (True, False)])
async def test_a_proxy_that_is_not_trusted_is_told(tmp_path, trusts, is_told):
    desk = WebSettings(public_url="https://127.0.0.1:1", trusts_proxy=trusts)
    found = await marks(Settings(folder=tmp_path, web=desk))
    assert found.get("proxy_unknown") is (Mark.WARNING if is_told else None)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("mysql://marek:a-secret@127.0.0.1/desk", "mysql is not known"),
        ("desk.db", "this is no address"),
        ("postgres://nobody@127.0.0.1:port/nothing", "this is no address"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_address_of_no_database_is_told_as_the_start_tells_it(
    tmp_path, language, address, told
):
    settings = Settings(folder=tmp_path, database=address)
    assert "database_failed" not in await marks(settings)
    (found,) = await check_database(settings)
    with pytest.raises(Invalid) as refused:
        await Database.open(settings.database_url)
    wording, values = Wording(UTC), {"code": found.code, "mark": found.mark, **found.values}
    said = wording.report("doctor", language, {"values": values})
    values = {"code": refused.value.code, "values": refused.value.values}
    assert said == "✗ " + wording.report("problem", language, values)
    assert language != "en" or told in said


@pytest.mark.parametrize(
    "settings",
    [
        {"telegram": TelegramSettings(token=SecretStr(TOKEN), api_url="http://" + "x" * 300)},
        {"web": WebSettings(public_url="http://" + "x" * 300)},
        {"email": EmailSettings(address="a@b.sk", imap_host="x" * 300, smtp_host="\udce9")},
        {"database": "postgres://nobody@127.0.0.1:1/nothing"},
        {"database": "postgres://nobody@127.0.0.1:port/nothing"},
    ],
)
async def test_nonsense_ends_in_a_finding(tmp_path, settings):
    found = await marks(Settings(folder=tmp_path, **settings))
    assert Mark.WRONG in found.values()
    assert len(found) >= len(CHECKS) - 2  # who has no groups or no proxy is told nothing of them


@pytest.mark.parametrize(
    ("token", "knows", "expected"),
    [
        (VIBER_TOKEN, "https://desk.example.org/viber/servicedesk", {"viber": Mark.FINE}),
        (VIBER_TOKEN, "", {"viber": Mark.FINE, "viber_unset": Mark.WRONG}),
        (VIBER_TOKEN, "https://old.example.org/v",
         {"viber": Mark.FINE, "viber_elsewhere": Mark.WRONG}),
        ("a-secret", "", {"viber_refused": Mark.WRONG}),
    ],
)  # fmt: skip
async def test_vibers_token_and_webhook_are_looked_at(tmp_path, token, knows, expected):
    async with ViberApi() as api:
        api.callbacks.url = knows
        viber = ViberSettings(token=SecretStr(token), uri="servicedesk", api_url=api.url)
        web_settings = WebSettings(public_url="https://desk.example.org")
        found = await marks(Settings(folder=tmp_path, web=web_settings, viber=viber))
    assert {code: mark for code, mark in found.items() if code.startswith("viber")} == expected


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, {"meta": Mark.FINE}),
        ({"page_id": "17"}, {"meta_other": Mark.WRONG, "meta": Mark.FINE}),
        ({"instagram_id": "", "page_token": SecretStr("a-secret")}, {"meta_refused": Mark.WRONG}),
        ({"instagram_id": "", "graph_version": "v12.0"}, {"meta_refused": Mark.WRONG}),
        ({"instagram_id": "", "api_url": "http://127.0.0.1:1"}, {"meta_failed": Mark.WRONG}),
    ],
)  # fmt: skip
async def test_metas_tokens_are_looked_at(tmp_path, chosen, expected):
    async with GraphApi() as api:
        usual = {
            "app_id": graph_api.APP_ID,
            "app_secret": SecretStr(graph_api.APP_SECRET),
            "verify_token": SecretStr(graph_api.VERIFY_TOKEN),
            "page_id": graph_api.PAGE_ID,
            "page_token": SecretStr(graph_api.PAGE_TOKEN),
            "instagram_id": graph_api.INSTAGRAM_ID,
            "instagram_token": SecretStr(graph_api.INSTAGRAM_TOKEN),
            "api_url": api.url,
            "instagram_api_url": api.url,
        }
        web_settings = WebSettings(public_url="https://desk.example.org")
        meta = MetaSettings(**usual | chosen)
        found = await marks(Settings(folder=tmp_path, web=web_settings, meta=meta))
    assert {code: mark for code, mark in found.items() if code.startswith("meta")} == expected


async def test_a_viber_that_does_not_answer_is_told(tmp_path):
    viber = ViberSettings(token=SecretStr("x"), uri="a", api_url="http://127.0.0.1:9")
    web_settings = WebSettings(public_url="https://desk.example.org")
    found = await marks(Settings(folder=tmp_path, web=web_settings, viber=viber))
    assert found["viber_failed"] is Mark.WRONG


async def test_a_catalogue_with_which_no_desk_would_start_is_told(tmp_path):
    desk = DeskSettings(catalogue=tmp_path / "none.toml")
    assert (await marks(Settings(folder=tmp_path, desk=desk)))["catalogue_wrong"] is Mark.WRONG
    assert (await marks(Settings(folder=tmp_path)))["catalogue"] is Mark.FINE
