"""A wrong value stops the start with its key's name, and never says the secret itself."""

import pytest

from desk.settings import load
from intake.errors import Invalid


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("TELEGRAM__TOKEN", "justasecret", "telegram.token"),
        ("WEB__PUBLIC_URL", "desk.example.org", "web.public_url"),
        ("EMAIL__ADDRESS", "nonsense", "email"),
        ("EMAIL__ADDRESS", "support@firma.example", "imap_host"),
        ("EMAIL__IMAP_PORT", "0", "email.imap_port"),
        ("EMAIL__SMTP_PORT", "70000", "email.smtp_port"),
        ("DESK__OPENS", "19:00", "desk"),
        ("DESK__TIME_ZONE", "Mars/Base", "desk.time_zone"),
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


def test_a_broken_file_is_named(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "firstline.toml").write_text("[telegram\n")
    with pytest.raises(Invalid, match=r"firstline\.toml"):
        load()
