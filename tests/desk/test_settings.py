"""A wrong value stops the start with its key's name, and never says the secret itself."""

from datetime import UTC

import pytest

from desk import keeping
from desk.channels import EmailSettings, MetaSettings
from desk.demo.running import run
from desk.settings import DeskSettings, Settings, load
from desk.wiring import build_desk, load_catalogue
from intake.errors import Invalid
from intake.wording import Wording


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("TELEGRAM__TOKEN", "justasecret", "telegram.token"),
        ("WEB__PUBLIC_URL", "desk.example.org", "web.public_url"),
        ("WEB__PUBLIC_URL", "https://desk.example.org/it?a=1", r"web\.public_url"),
        ("WEB__PUBLIC_URL", "https://desk.example.org/#it", r"web\.public_url"),
        ("WEB__PUBLIC_URL", "https://desk example.org", r"web\.public_url"),
        ("WEB__PUBLIC_URL", "https://desk.example.org/a b", r"web\.public_url"),
        ("WEB__PUBLIC_URL", "<https://desk.example.org>", r"web\.public_url"),
        ("EMAIL__ADDRESS", "nonsense", r"email\.address"),
        ("EMAIL__IMAP_HOST", "imaps://mail.example.org", r"email\.imap_host"),
        ("EMAIL__SMTP_HOST", "mail.example.org:465", r"email\.smtp_host"),
        ("EMAIL__SMTP_HOST", "mail.example.org/", r"email\.smtp_host"),
        ("EMAIL__ADDRESS", "support@firma.example", "imap_host"),
        ("EMAIL__IMAP_PORT", "0", "email.imap_port"),
        ("EMAIL__SMTP_PORT", "70000", "email.smtp_port"),
        ("DESK__OPENS", "19:00", "desk"),
        ("DESK__TIME_ZONE", "Mars/Base", "desk.time_zone"),
        ("DESK__NAME", " ", r"desk\.name"),
        ("DATABASE__URL", "postgres://u:justasecret@db/x", "FIRSTLINE_DATABASE__URL"),
        ("DATABASE", "postgres://u:justasecret@[::1/x", "database"),
        ("FOLDER__X", "var", "FIRSTLINE_FOLDER__X"),
        ("FOLDER", "", "folder"),
        ("WEB", "abc", "FIRSTLINE_WEB"),
        ("WEB__PUBLIC_URL", "https://", r"web\.public_url"),
        ("WEB__PUBLIC_URL", "https://[::1/x", r"web\.public_url"),
        ("TELEGRAM__API_URL", "https://:8081", r"telegram\.api_url"),
        ("TELEGRAM__API_URL", "", r"telegram\.api_url"),
    ],
)
def test_a_wrong_value_stops_the_start_with_its_key(monkeypatch, tmp_path, name, value, key):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(f"FIRSTLINE_{name}", value)
    with pytest.raises(Invalid, match=key) as refused:
        load()
    assert "justasecret" not in str(refused.value)


def test_a_webhook_without_a_public_address_stops_the_start(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FIRSTLINE_TELEGRAM__TOKEN", "123456:of-a-bot")
    monkeypatch.setenv("FIRSTLINE_TELEGRAM__RECEIVES_BY", "webhook")
    with pytest.raises(Invalid, match=r"telegram\.receives_by.*web\.public_url") as refused:
        load()
    assert "of-a-bot" not in str(refused.value)
    monkeypatch.setenv("FIRSTLINE_WEB__PUBLIC_URL", "http://desk.firma.example")
    with pytest.raises(Invalid, match="https"):
        load()
    monkeypatch.setenv("FIRSTLINE_WEB__PUBLIC_URL", "https://desk.firma.example")
    assert load().telegram.receives_by == "webhook"


def test_a_wrong_setting_is_told_in_our_words(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FIRSTLINE_WEB__PRT", "8080")
    monkeypatch.setenv("FIRSTLINE_DESK__TIME_ZONE", "Mars/Base")
    with pytest.raises(Invalid) as refused:
        load()
    told = str(refused.value)
    assert "web.prt: there is no such setting" in told
    assert "desk.time_zone: is no IANA time zone" in told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('telegram = "x"', "telegram: is a table; write [telegram] and its keys below"),
        ("folder = 5", "folder: is a path in quotation marks"),
        ("[web]\nhost = 5", "web.host: is text in quotation marks"),
        ('[web]\nport = "many"', "web.port: is a whole number"),
        ("[web]\nport = 70000", "web.port: is 65535 at most"),
        ("[email]\nimap_port = 0", "email.imap_port: is 1 at least"),
        ('[web]\ntrusts_proxy = "perhaps"', "web.trusts_proxy: is true or false"),
        ('[desk]\nopens = "soon"', "desk.opens: is a time such as 08:00"),
        ('[desk]\nlanguage = "fr"', "desk.language: is one of 'uk', 'en', 'sk', 'el' or 'it'"),
        ('[desk]\nunknown_people = "all"', "desk.unknown_people: is one of"),
        ('[desk]\nanswers_within_hours = "a day"', "desk.answers_within_hours: is a number"),
        ("[telegram]\ntoken = 5", "telegram.token: is text in quotation marks"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_in_our_words(monkeypatch, tmp_path, line, told):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "firstline.toml").write_text(line)
    with pytest.raises(Invalid) as refused:
        load()
    assert str(refused.value).startswith(told)


def test_a_file_of_another_encoding_is_told_to_be_saved_anew(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "firstline.toml").write_bytes(
        '[desk]\nname = "Pomoc pre všetkých"'.encode("cp1250")
    )
    with pytest.raises(Invalid, match=r"^firstline\.toml: is not written in UTF-8; save it so$"):
        load()


def test_the_mark_that_some_editors_put_first_is_passed_over(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "firstline.toml").write_text('[desk]\nname = "Допомога"\n', "utf-8-sig")
    assert load().desk.name == "Допомога"


def test_a_broken_file_is_named(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "firstline.toml").write_text("[telegram\n")
    with pytest.raises(Invalid, match=r"firstline\.toml"):
        load()


def test_a_file_that_is_no_text_is_named(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "firstline.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(Invalid, match=r"firstline\.toml"):
        load()


def test_a_folder_in_the_place_of_the_file_is_named(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "firstline.toml").mkdir()
    with pytest.raises(Invalid, match=r"firstline\.toml: is a folder"):
        load()


async def test_the_demo_beside_a_wrong_file_stops_with_its_key(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "firstline.toml").write_text('colour = "red"\n')
    with pytest.raises(Invalid, match="colour: there is no such setting"):
        await run(0)


@pytest.mark.parametrize("host", ["mail.example.org", "127.0.0.1", "::1", "пошта.укр", ""])
def test_a_server_is_named_or_numbered(host):
    assert EmailSettings(imap_host=host).imap_host == host


async def test_a_migration_minds_a_catalogue_that_is_none(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FIRSTLINE_DESK__CATALOGUE", "none.toml")
    with pytest.raises(Invalid, match="catalogue"):
        await keeping.migrate()
    assert not (tmp_path / "var").exists()


async def test_a_start_minds_it_before_it_changes_anything(tmp_path):
    desk = DeskSettings(catalogue=tmp_path / "none.toml")
    with pytest.raises(Invalid, match="catalogue"):
        await build_desk(Settings(folder=tmp_path / "var", desk=desk))
    assert not (tmp_path / "var").exists()


def test_a_catalogue_that_is_none_is_named_by_its_setting(tmp_path):
    with pytest.raises(Invalid) as refused:
        load_catalogue(Settings(desk=DeskSettings(catalogue=tmp_path / "none.toml")))
    values = {"code": refused.value.code, "values": refused.value.values}
    assert Wording(UTC).report("problem", "en", values).startswith("desk.catalogue: ")


@pytest.mark.parametrize(
    ("country", "language", "home"),
    [("", "sk", "SK"), ("GB", "sk", "GB"), ("", "en", ""), ("UA", "en", "UA")],
)
def test_the_desk_is_where_it_says_else_where_its_language_is_spoken(country, language, home):
    assert DeskSettings(country=country, language=language).home == home


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "meta: `app_id` needs `app_secret` and `verify_token` too"),
        ({"APP_SECRET": "a", "VERIFY_TOKEN": "b"}, "needs `page_id`, `instagram_id` or both"),
        ({"APP_SECRET": "a", "VERIFY_TOKEN": "b", "PAGE_ID": "17"}, "needs `page_token` too"),
        ({"APP_SECRET": "a", "VERIFY_TOKEN": "b", "INSTAGRAM_ID": "18"},
         "needs `instagram_token` or `page_token` too"),
        ({"GRAPH_VERSION": "26"}, "meta.graph_version"),
        ({"PAGE_ID": "page"}, "meta.page_id"),
        ({"APP_SECRET": "a", "VERIFY_TOKEN": "b", "PAGE_ID": "17", "PAGE_TOKEN": "EAA1"},
         "meta.app_id needs web.public_url with https://"),
    ],
)  # fmt: skip
def test_meta_is_refused_where_something_is_missing(monkeypatch, tmp_path, given, told):
    monkeypatch.chdir(tmp_path)
    for name, value in {"APP_ID": "1", **given}.items():
        monkeypatch.setenv(f"FIRSTLINE_META__{name}", value)
    with pytest.raises(Invalid) as refused:
        load()
    assert told in str(refused.value)
    assert "EAA1" not in str(refused.value)


def test_instagram_is_served_by_the_pages_token_where_it_has_none():
    meta = MetaSettings(
        app_id="1", app_secret="a", verify_token="b",
        page_id="17", page_token="EAA1", instagram_id="18",
    )  # fmt: skip
    served = {name: (one.id, one.token.get_secret_value()) for name, one in meta.accounts.items()}
    assert served == {"messenger": ("17", "EAA1"), "instagram": ("18", "EAA1")}


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("", "viber.token needs web.public_url with https://"),
        ("http://desk.example.org", "viber.token needs web.public_url with https://"),
        ("https://desk.example.org", "viber: `token` needs `uri` too"),
    ],
)
def test_viber_is_refused_where_it_could_reach_nobody(monkeypatch, tmp_path, address, told):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FIRSTLINE_VIBER__TOKEN", "44dafb7e-secret")
    if not told.endswith("too"):
        monkeypatch.setenv("FIRSTLINE_VIBER__URI", "servicedesk")
    monkeypatch.setenv("FIRSTLINE_WEB__PUBLIC_URL", address)
    with pytest.raises(Invalid) as refused:
        load()
    assert told in str(refused.value)
    assert "44dafb7e" not in str(refused.value)


AGENTS = "FIRSTLINE_AGENTS_BOT__"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"TOKEN": "900:AAsecretOfAgents"}, "agents_bot: `token` needs `name` too"),
        ({"TOKEN": "no token", "NAME": "b"}, "agents_bot.token: is no token"),
        ({"GROUPS": "printer:-100"}, "agents_bot.groups: is category=number"),
        (
            {"TOKEN": "700:AAsecretOfAgents", "NAME": "b"},
            "agents_bot.token: must be of another bot than telegram.token",
        ),
    ],
)
def test_an_agents_bot_is_whole_and_no_other_bot(monkeypatch, tmp_path, given, told):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FIRSTLINE_TELEGRAM__TOKEN", "700:AAsecretOfEmployees")
    for name, value in given.items():
        monkeypatch.setenv(f"{AGENTS}{name}", value)
    with pytest.raises(Invalid) as refused:
        load()
    assert told in str(refused.value)
    assert "AAsecret" not in str(refused.value)
