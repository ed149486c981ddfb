"""A start that can't reach what it needs is one line that names the setting, and exit code 1."""

import gc
import io
import sys

import pytest

import desk.demo
from desk import logs
from desk.cli import main
from desk.doctor import check_disk
from desk.settings import Settings
from intake.errors import Invalid, Unavailable
from store.database import postgresql_credentials, sqlite_path


@pytest.fixture
def command(monkeypatch, capfd, tmp_path):
    """Runs one; what it said on the way out."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(logs, "set_up", lambda: None)  # it would stay so for other tests

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["firstline", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 1
        return capfd.readouterr().err.splitlines()

    return run


COMMANDS = [("run",), ("migrate",), ("agent", "add", "marek", "--name", "Marek")]
AWAY = "postgres://desk:sesame@127.0.0.1:1/desk"


@pytest.mark.parametrize("words", COMMANDS)
def test_a_database_that_is_away_names_its_setting(command, monkeypatch, words):
    monkeypatch.setenv("FIRSTLINE_DATABASE", AWAY)
    monkeypatch.setattr("sys.stdin", _typed())
    (line,) = command(*words)
    assert line.startswith("firstline: database: does not answer (")
    assert "sesame" not in line
    assert gc.isenabled()  # what a start leaves undone, a failed one does


@pytest.mark.parametrize("words", COMMANDS)
def test_a_folder_that_can_not_be_used_names_its_setting(command, monkeypatch, tmp_path, words):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("FIRSTLINE_FOLDER", str(tmp_path / "file" / "var"))
    monkeypatch.setattr("sys.stdin", _typed())
    (line,) = command(*words)
    assert line.startswith(f"firstline: folder: {tmp_path}/file/var can't be used (")


@pytest.mark.parametrize(
    "address", ["postgres://u:se/same@host/desk", "postgres://u@127.0.0.1:1/desk?sslmode=sesame"]
)
def test_an_address_that_is_none_is_told_without_its_password(command, monkeypatch, address):
    monkeypatch.setenv("FIRSTLINE_DATABASE", address)
    (line,) = command("run")
    assert line.startswith("firstline: database: this is no address.")
    assert "same" not in line


def test_a_key_that_can_not_be_written_names_the_folder(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(Unavailable, match="folder_refused"):
        Settings(folder=tmp_path / "file", database=AWAY).secret()


@pytest.mark.parametrize("left", [b"", b"a part of a key"])
async def test_with_a_part_of_a_key_nothing_is_signed(tmp_path, left):
    settings = Settings(folder=tmp_path)
    whole = settings.secret()
    assert settings.secret() == whole
    settings.key.write_bytes(left)
    with pytest.raises(Invalid, match="key_damaged"):
        settings.secret()
    assert "key_damaged" in [found.code for found in await check_disk(settings)]


@pytest.mark.parametrize("name", ["a b", "ключ", "is it?", "desk #2", "50%25", "two\nlines"])
def test_the_database_lies_in_its_folder_whatever_that_is_called(tmp_path, name):
    settings = Settings(folder=tmp_path / name)
    assert sqlite_path(settings.database_url) == settings.folder / "firstline.db"


def test_an_address_names_a_user_a_password_and_a_database_with_any_signs():
    found = postgresql_credentials("postgres://f%40l:p%2Fw@host/My%20%D0%B1%D0%B0%D0%B7%D0%B0")
    named = (found["user"], found["password"], found["database"])
    assert named == ("f@l", "p/w", "My база")


def test_a_demo_without_its_simulated_world_names_the_extra(command, monkeypatch):
    monkeypatch.delitem(sys.modules, "desk.demo.running", raising=False)
    monkeypatch.delattr(desk.demo, "running", raising=False)
    monkeypatch.setitem(sys.modules, "simulators.mail_server", None)
    [line] = command("demo")
    assert "pip install 'firstline[demo]'" in line


def _typed():
    return io.StringIO("a long password\n")
