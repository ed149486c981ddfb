"""Every kind of update becomes a message of the core, and no JSON whatever breaks the reading."""

import json
from datetime import timedelta

import pytest

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


@pytest.mark.parametrize("name", ["marek@firma.example", "marek＠firma.example", "marek (at) it"])
def test_a_name_that_reads_like_an_address_gives_way_to_the_user_name(name):
    told = update("text")
    told["message"]["from"] |= {"first_name": name, "last_name": "", "username": "ivan_i"}
    [message] = translate(envelope(json.dumps(told).encode()))
    assert message.sender.name == "ivan_i"


def test_a_name_turns_nothing_beside_it_around():
    told = update("text")
    told["message"]["from"] |= {"first_name": "\u202eIvan", "last_name": ""}
    [message] = translate(envelope(told))
    assert message.sender.name == "Ivan"


def test_a_file_name_keeps_no_folders_and_no_marks():
    sent = update("document")
    sent["message"]["document"]["file_name"] = '../../etc\\"pass\r\nwd".txt\u202e'
    (message,) = translate(envelope(sent))
    assert message.files[0].name == "passwd.txt"


def test_a_contact_and_a_place_are_facts_too():
    contact, place = translated("contact"), translated("location")
    assert contact.facts == {"contact": "+380501110011"}
    assert place.facts == {"location": "50.4501,30.5234"}


HANDED_ON = (
    {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "O"}},
    {"forward_date": 1},
    {"via_bot": {"id": 5, "is_bot": True, "first_name": "x"}},
    {"is_automatic_forward": True},
)


@pytest.mark.parametrize("handed_on", HANDED_ON)
def test_a_contact_that_was_handed_on_is_not_its_senders(handed_on):
    sent = update("contact")
    sent["message"]["contact"]["user_id"] = sent["message"]["from"]["id"]
    (own,) = translate(envelope(sent))
    assert own.is_own_contact
    sent["message"] |= handed_on
    (message,) = translate(envelope(sent))
    assert not message.is_own_contact


def test_a_reply_names_what_it_answers():
    assert translated("reply").quoted_id == "4001"
    quoting = translated("reply_with_quote")
    assert (quoting.quoted_id, quoting.facts["quote"]) == ("4001", "Принтер")
    elsewhere = translated("reply_to_elsewhere")
    assert (elsewhere.quoted_id, elsewhere.facts["quote"]) == ("", "сервер не працює")


def test_where_words_that_are_links_lead_is_told_beside_them():
    message = translated("words_as_links")
    assert message.text == "😀 на сторінці помилка, ось вона"
    assert message.facts["links"] == (
        "сторінці (https://intranet.firma.example/form?id=7), "
        "ось вона (https://intranet.firma.example/shot.png)"
    )


def linking(**entity):
    changed = update("words_as_links")
    changed["message"]["text"] = "see intranet.firma.example/form?id=7"
    changed["message"]["entities"] = [{"type": "text_link", **entity}, 7]
    (message,) = translate(envelope(changed))
    return message.facts.get("links", "")


@pytest.mark.parametrize(
    "entity",
    [
        {"offset": 4, "length": 32, "url": "https://www.intranet.firma.example/form?id=7"},
        {"offset": 0, "length": 99, "url": "https://x.example"},
        {"offset": -1, "length": 2, "url": "https://x.example"},
        {"offset": "0", "length": 2, "url": "https://x.example"},
        {"offset": 0, "length": 2, "url": "tg://user?id=7"},
        {"offset": 0, "length": 2},
    ],
)
def test_a_link_that_hides_nothing_or_leads_nowhere_is_not_told(entity):
    assert linking(**entity) == ""
    assert linking(offset=0, length=3, url="https://x.example") == "see (https://x.example)"


def test_a_caption_hides_no_address_either():
    changed = update("photo")
    changed["message"]["caption"] = "here"
    link = {"type": "text_link", "offset": 0, "length": 4, "url": "https://x.example/1"}
    changed["message"]["caption_entities"] = [link]
    (message,) = translate(envelope(changed))
    assert message.facts["links"] == "here (https://x.example/1)"


def test_a_forwarded_message_says_whose_it_was():
    assert translated("forward").facts == {"forwarded_from": "Petro Melnyk"}


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("/start мій принтер зламався", "мій принтер зламався"),
        ("/help@firstline_bot VPN", "VPN"),
        ("/status\nмій принтер\nзламався", "мій принтер\nзламався"),
        ("/reboot now", "/reboot now"),
        ("/etc/hosts is gone", "/etc/hosts is gone"),
        ("/", "/"),
    ],
)
def test_words_behind_a_command_are_the_message(written, words):
    sent = update("text")
    sent["message"]["text"] = written
    (message,) = translate(envelope(sent))
    assert (message.kind, message.text) == (MessageKind.TEXT, words)


@pytest.mark.parametrize(
    ("written", "name"),
    [("/menu", "menu"), ("/Menu@firstline_bot ", "menu"), ("/start <b>", "start"),
     ("/help ?", "help"), ("/42", "42")],
)  # fmt: skip
def test_a_command_without_words_is_one_whether_we_know_it_or_not(written, name):
    sent = update("text")
    sent["message"]["text"] = written
    (message,) = translate(envelope(sent))
    assert (message.kind, message.payload, message.text) == (MessageKind.COMMAND, name, "")


def test_an_edit_has_its_own_moment():
    assert translated("edited").sent_at == WRITTEN_AT + timedelta(seconds=45)


def test_a_message_edited_into_a_command_keeps_its_words():
    sent = update("edited")
    sent["edited_message"]["text"] = "/status"
    (message,) = translate(envelope(sent))
    assert (message.kind, message.text) == (MessageKind.EDIT, "/status")


def test_a_tap_names_its_button_its_message_and_what_waits_for_an_answer():
    message = translated("tap")
    assert message.kind is MessageKind.TAP
    assert (message.tap, message.tap_id) == ("set|1042|scope|me", "2151812345678901234")
    assert (message.quoted_id, message.address.external_id) == ("4001", "501001")
    assert (message.sender.name, message.sent_at) == ("Olena Kovalenko", RECEIVED_AT)


def test_a_tap_on_a_message_too_old_to_be_shown_still_counts():
    message = translated("tap_on_old_message")
    assert (message.kind, message.quoted_id) == (MessageKind.TAP, "3000")


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
