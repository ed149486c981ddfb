"""What updates of the agents' bot say, by payloads as Telegram sends them."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bots.agents.receive import envelope_of
from bots.agents.translate import translate
from intake.companion.said import SaidKind
from intake.errors import Unreadable
from tests.schemas.botapi import validate_update

FOLDER = Path(__file__).parents[2] / "captured" / "agents"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
NOW = datetime(2026, 11, 23, 9, 10, tzinfo=UTC)
GROUP, PRIVATE, TOPIC = "-1002200000001", "501", "77"


def envelope(name):
    return envelope_of("900", (FOLDER / f"{name}.json").read_bytes(), NOW)


def said(name):
    return translate(envelope(name))


@pytest.mark.parametrize("name", NAMES)
def test_a_captured_update_is_one_that_telegram_sends(name):
    validate_update(json.loads((FOLDER / f"{name}.json").read_text("utf-8")))


def test_words_in_a_topic_answer_nothing_though_they_name_its_beginning():
    heard = said("topic_words")
    assert (heard.kind, heard.text) == (SaidKind.TEXT, "I am on my way")
    assert (heard.chat, heard.topic, heard.quoted_id) == (GROUP, TOPIC, "")
    assert (heard.user_id, heard.message_id, heard.is_private) == (501, "91", False)


def test_the_address_behind_an_agents_words_goes_with_them():
    assert said("topic_link").text == "Please read this page (https://help.firma.example/vpn)"


def test_an_answer_to_the_card_names_it():
    heard = said("topic_reply")
    assert (heard.text, heard.quoted_id, heard.topic) == ("// the roller again", "78", TOPIC)


def test_an_edit_bears_its_moment():
    heard = said("topic_edit")
    assert (heard.kind, heard.text) == (SaidKind.EDIT, "I am there at ten")
    assert heard.edited_at == datetime.fromtimestamp(1795425060, UTC)


def test_a_voice_message_is_a_file():
    [voice] = said("topic_voice").files
    assert (voice.media_type, voice.size) == ("audio/ogg", 11213)


def test_a_tap_names_its_message_and_its_chat():
    heard = said("tap")
    assert (heard.kind, heard.tap, heard.tap_id) == (
        SaidKind.TAP,
        "1|1042|take",
        "4300000000000001",
    )
    assert (heard.chat, heard.topic, heard.quoted_id) == (GROUP, TOPIC, "78")


@pytest.mark.parametrize(
    ("name", "command", "rest"),
    [
        ("command", "find", "printer floor 3"),
        ("number", "1042", ""),
        ("start", "start", "Zm9vYmFyYmF6"),
    ],
)
def test_a_command_stands_apart_from_what_follows(name, command, rest):
    heard = said(name)
    assert (heard.kind, heard.command, heard.text) == (SaidKind.COMMAND, command, rest)


def test_what_can_go_to_nobody_has_neither_words_nor_files():
    heard = said("sticker")
    assert (heard.kind, heard.text, heard.files) == (SaidKind.TEXT, "", ())


def test_a_group_that_moves_says_where_it_is():
    heard = said("moved")
    assert (heard.kind, heard.chat, heard.moved_to) == (SaidKind.MOVED, "-4400", GROUP)


def test_whoever_blocks_the_bot_is_gone():
    assert (said("blocked").kind, said("blocked").user_id) == (SaidKind.GONE, 501)


def test_what_telegram_reports_of_a_topic_says_nothing():
    assert said("topic_renamed").kind is SaidKind.NOTHING


def test_updates_of_a_topic_wait_for_one_another_taps_among_them():
    places = {envelope(name).conversation for name in ("topic_words", "topic_edit", "tap")}
    assert places == {f"agents:900:{GROUP}:{TOPIC}"}
    assert envelope("number").conversation == f"agents:900:{PRIVATE}"


@pytest.mark.parametrize("payload", [b"", b"[]", b"{}", b'{"update_id": 1, "message": 7}'])
def test_what_is_no_update_is_unreadable(payload):
    with pytest.raises(Unreadable):
        translate(envelope_of("900", payload, NOW))


@pytest.mark.parametrize("kind", ["message", "edited_message", "callback_query", "my_chat_member"])
@pytest.mark.parametrize("content", [{}, {"chat": 7}, {"from": [], "chat": {"id": "x"}}])
def test_a_bent_update_is_nothing_or_unreadable_and_no_other_error(kind, content):
    payload = json.dumps({"update_id": 1, kind: content}).encode()
    with suppress(Unreadable):
        assert translate(envelope_of("900", payload, NOW)).kind is SaidKind.NOTHING
