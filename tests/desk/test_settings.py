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


def test_a_broken_file_is_named(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "firstline.toml").write_text("[telegram\n")
    with pytest.raises(Invalid, match=r"firstline\.toml"):
        load()
