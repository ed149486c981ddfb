"""Every kind of update becomes a message of the core, and no JSON whatever breaks the reading."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.telegram.translate import translate
from intake.errors import Unreadable
from intake.messages import Address, MessageKind
from tests.bots.telegram.captured import (
    NAMES,
    RECEIVED_AT,
    WRITTEN_AT,
    envelope,
    raw,
    translated,
    update,
)
from tests.schemas.botapi import validate_update


@pytest.mark.parametrize("name", NAMES)
def test_captured_updates_are_as_the_schema_has_them(name):
    validate_update(update(name))


def test_words_arrive_with_their_sender_and_moment():
    message = translated("text")
    assert message.kind is MessageKind.TEXT
    assert message.text == "принтер на 3 поверсі не друкує, E5"
    assert message.address == Address(
        channel="telegram", account="700800900", external_id="501001"
    )
    assert message.sender.name == "Olena Kovalenko"
    assert (message.sender.external_id, message.sender.language) == ("501001", "uk")
    assert (message.external_id, message.sent_at) == ("4012", WRITTEN_AT)


@pytest.mark.parametrize(
    ("name", "file_name", "media_type", "size"),
    [
        ("photo", "photo-2026-11-23-0910.jpg", "image/jpeg", 183224),
        ("document", "звіт за листопад.pdf", "application/pdf", 88123),
        (
            "document_without_name",
            "document-2026-11-23-0910",
            "application/octet-stream",
            None,
        ),
        ("document_too_big", "backup.zip", "application/zip", 31457280),
        ("voice", "voice-2026-11-23-0910.ogg", "audio/ogg", 15321),
        ("video", "IMG_0042.MP4", "video/mp4", 1204211),
        ("video_note", "video-note-2026-11-23-0910.mp4", "video/mp4", 540022),
        ("audio", "audio-2026-11-23-0910.mp3", "audio/mpeg", 940022),
        ("animation", "blink.mp4", "video/mp4", 44021),
    ],
)
def test_a_file_has_a_name_a_type_and_what_it_takes_to_fetch_it(name, file_name, media_type, size):
    message = translated(name)
    assert message.kind is MessageKind.TEXT
    (file,) = message.files
    assert (file.name, file.media_type, file.size) == (file_name, media_type, size)
    source = json.loads(file.source)
    assert source["file_id"].startswith("BQACAgIAAxkBAAI")
    assert source["size"] == size


def test_the_largest_size_of_a_photo_is_taken_with_its_caption():
    message = translated("photo")
    assert message.text == "ось екран"
    assert json.loads(message.files[0].source)["file_id"].endswith("large")


def test_the_photos_of_an_album_name_it():
    first, second = translated("album_first"), translated("album_second")
    assert first.album == second.album == "13855204012345678"
    assert first.external_id != second.external_id
    assert (first.text, second.text) == ("три фото", "")


def test_a_file_name_keeps_no_folders_and_no_marks():
    sent = update("document")
    sent["message"]["document"]["file_name"] = '../../etc\\"pass\r\nwd".txt\u202e'
    (message,) = translate(envelope(sent))
    assert message.files[0].name == "passwd.txt"


@pytest.mark.parametrize(
    ("name", "platform_kind", "text"),
    [
        ("sticker", "sticker", "👍"),
        ("venue", "venue", "Office, gate 2\nKhreshchatyk 1"),
        ("poll", "poll", "Коли зручно?\nзранку\nпо обіді"),
        ("dice", "dice", "🎲"),
        ("story", "story", ""),
        ("game", "game", "Chess\nA game"),
        ("paid_media", "paid_media", "дивись"),
        ("checklist", "checklist", "Новий колега\nноутбук\nпропуск"),
    ],
)
def test_what_nobody_can_read_here_is_kept_with_its_words(name, platform_kind, text):
    message = translated(name)
    assert message.kind is MessageKind.UNSUPPORTED
    assert (message.platform_kind, message.text) == (platform_kind, text)


def test_a_kind_that_does_not_exist_yet_is_named():
    sent = update("text")
    sent["message"]["hologram"] = {"title": "Printer"}
    del sent["message"]["text"]
    (message,) = translate(envelope(sent))
    assert message.kind is MessageKind.UNSUPPORTED
    assert (message.platform_kind, message.text) == ("hologram", "Printer")


def test_a_contact_and_a_place_are_words_too():
    contact, place = translated("contact"), translated("location")
    assert contact.text == "Olena Kovalenko, +380501110011"
    assert contact.facts == {"contact": "+380501110011"}
    assert place.text == "50.4501, 30.5234"
    assert place.facts == {"location": "50.4501,30.5234"}


def test_a_reply_names_what_it_answers():
    assert translated("reply").quoted_id == "4001"
    quoting = translated("reply_with_quote")
    assert (quoting.quoted_id, quoting.facts["quote"]) == ("4001", "Принтер")
    elsewhere = translated("reply_to_elsewhere")
    assert (elsewhere.quoted_id, elsewhere.facts["quote"]) == ("", "сервер не працює")


def test_a_forwarded_message_says_whose_it_was():
    assert translated("forward").facts == {"forwarded_from": "Petro Melnyk"}


@pytest.mark.parametrize(
    ("name", "kind", "payload"),
    [
        ("start", MessageKind.START, ""),
        ("start_with_payload", MessageKind.START, "kiosk-3_E5"),
        ("help", MessageKind.COMMAND, "help"),
        ("status", MessageKind.COMMAND, "status"),
    ],
)
def test_commands_of_the_menu_are_known(name, kind, payload):
    message = translated(name)
    assert (message.kind, message.payload, message.text) == (kind, payload, "")


@pytest.mark.parametrize("text", ["/reboot now", "/start мій принтер зламався", "/help VPN", "/"])
def test_words_behind_a_command_are_not_lost(text):
    sent = update("text")
    sent["message"]["text"] = text
    (message,) = translate(envelope(sent))
    assert (message.kind, message.text) == (MessageKind.TEXT, text)


def test_an_edit_names_the_message_it_changes():
    message = translated("edited")
    assert message.kind is MessageKind.EDIT
    assert message.external_id == translated("text").external_id
    assert message.text == "принтер на 3 поверсі, кабінет E5"
    assert message.sent_at == WRITTEN_AT + timedelta(seconds=45)
    assert translated("edited_caption").text == "ось новий екран"


def test_a_message_edited_into_a_command_keeps_its_words():
    sent = update("edited")
    sent["edited_message"]["text"] = "/status"
    (message,) = translate(envelope(sent))
    assert (message.kind, message.text) == (MessageKind.EDIT, "/status")


def test_a_moving_live_location_asks_nothing():
    assert translated("live_location").kind is MessageKind.TEXT
    assert translated("edited_live_location").kind is MessageKind.IRRELEVANT


def test_a_tap_names_its_button_its_message_and_what_waits_for_an_answer():
    message = translated("tap")
    assert message.kind is MessageKind.TAP
    assert (message.tap, message.tap_id) == ("set|1042|scope|me", "2151812345678901234")
    assert (message.quoted_id, message.address.external_id) == ("4001", "501001")
    assert (message.sender.name, message.sent_at) == ("Olena Kovalenko", RECEIVED_AT)


def test_a_tap_on_a_message_too_old_to_be_shown_still_counts():
    message = translated("tap_on_old_message")
    assert (message.kind, message.quoted_id) == (MessageKind.TAP, "3000")


def test_blocking_the_bot_is_a_change_of_reach():
    assert translated("blocked").kind is MessageKind.UNREACHABLE
    assert translated("unblocked").kind is MessageKind.REACHABLE
    assert translated("blocked").address.external_id == "501001"


@pytest.mark.parametrize(
    "name",
    [
        "bot_message",
        "channel_post",
        "group_membership",
        "group_message",
        "inline_query",
        "pinned",
    ],
)
def test_what_is_not_said_to_us_asks_nothing(name):
    assert translated(name).kind is MessageKind.IRRELEVANT


def test_signs_that_a_database_refuses_are_left_out():
    sent = update("text")
    sent["message"]["text"] = "один\0два"
    (message,) = translate(envelope(sent))
    assert message.text == "одиндва"
    halves = raw("text").replace("принтер".encode(), b"\\ud83d printer")
    (message,) = translate(envelope(halves))
    assert message.text.startswith("\ufffd printer")


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"message": {}}',
        b'{"update_id": "1", "message": {}}',
        b'{"update_id": 1, "message": []}',
        b'{"update_id": 1, "message": {"chat": {"id": 5, "type": "private"}}}',
        b'{"update_id": 1, "message": {"message_id": 5, "chat": {"type": "private"}}}',
        b'{"update_id": 1, "callback_query": {"data": "x"}}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_what_has_no_shape_is_unreadable(payload):
    with pytest.raises(Unreadable):
        translate(envelope(payload))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**18, max_value=10**25)
    | st.floats()
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


def paths(value, before=()):
    """Every place in a JSON value."""
    yield before
    items = value.items() if isinstance(value, dict) else ()
    items = enumerate(value) if isinstance(value, list) else items
    for key, inner in items:
        yield from paths(inner, (*before, key))


PLACES = [(name, place) for name in NAMES for place in paths(update(name)) if place]


@given(where=st.sampled_from(PLACES), junk=JSON)
def test_any_value_in_any_place_is_read_or_unreadable(where, junk):
    name, place = where
    broken = update(name)
    inside = broken
    for key in place[:-1]:
        inside = inside[key]
    inside[place[-1]] = junk
    check_is_read_or_unreadable(json.dumps(broken).encode())


@given(JSON)
def test_any_json_is_read_or_unreadable(junk):
    check_is_read_or_unreadable(json.dumps(junk).encode())


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_unreadable(junk):
    check_is_read_or_unreadable(junk)


def check_is_read_or_unreadable(payload):
    try:
        messages = translate(envelope(payload))
    except Unreadable:
        return
    for message in messages:
        assert message.sent_at.tzinfo is not None
        assert "\0" not in message.text
        message.text.encode()  # no half of a surrogate pair
