"""Makes messages of Telegram's updates, from their plain JSON.

Pure: needs no library of Telegram's, so that any process may receive. What a message carries is
read by `bot_parts`; groups and channels are none of our business yet.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from bots.bot_parts import LONGEST_FACT, Part, full_name, read_part
from bots.bot_words import hidden_links
from bots.shape import Json, as_moment, as_number, as_object, as_text, read_json
from intake.errors import Unreadable
from intake.messages import Address, Envelope, Message, MessageKind, Sender
from intake.people import with_plain_at

CHANNEL = "telegram"
_REACHABILITY = {
    "member": MessageKind.REACHABLE,
    "kicked": MessageKind.UNREACHABLE,
    "left": MessageKind.UNREACHABLE,
}


def translate(envelope: Envelope) -> Sequence[Message]:
    """Read one update. Raises Unreadable when it has no shape to work with."""
    update = _update_of(envelope.payload)
    for kind, read in _READERS.items():
        if kind in update:
            content = update[kind]
            if not isinstance(content, dict):
                raise Unreadable(f"{kind} is no object")
            return (read(content, envelope),)
    kind = next((as_text(name) for name in update if name != "update_id"), "")
    return (_irrelevant(envelope, kind),)


def _update_of(payload: bytes) -> Json:
    try:
        update = read_json(payload)
    except ValueError as error:
        raise Unreadable("no JSON") from error
    if not isinstance(update, dict) or as_number(update.get("update_id")) is None:
        raise Unreadable("no update of Telegram's")
    return update


def _read_message(content: Json, envelope: Envelope) -> Message:
    chat = _chat_of(content)
    message_id = as_number(content.get("message_id"))
    if message_id is None:
        raise Unreadable("a message without a message_id")
    author = as_object(content.get("from"))
    if _is_elsewhere(chat) or author.get("is_bot") is True:
        return _irrelevant(envelope, "message")
    sent_at = as_moment(content.get("date")) or envelope.received_at
    part = read_part(content, sent_at)
    return Message(
        kind=part.kind,
        address=_address(envelope, chat),
        sender=_sender(author or chat),
        sent_at=sent_at,
        external_id=str(message_id),
        text=part.text,
        files=part.files,
        album=as_text(content.get("media_group_id")),
        quoted_id=_id_of(content.get("reply_to_message")),
        payload=part.payload,
        is_own_contact=part.is_own_contact,
        platform_kind=part.platform_kind,
        facts=_facts(content, part),
    )


def _read_edit(content: Json, envelope: Envelope) -> Message:
    """New words. A moving live location comes as an edit too and asks nothing of us."""
    message = _read_message(content, envelope)
    is_words = "text" in content or "caption" in content or bool(message.files)
    if message.kind is MessageKind.IRRELEVANT or not is_words:
        return replace(message, kind=MessageKind.IRRELEVANT)
    edited_at = as_moment(content.get("edit_date")) or message.sent_at
    # A message edited into a command is still the words that stand there now.
    text = message.text or as_text(content.get("text"))
    return replace(message, kind=MessageKind.EDIT, text=text, payload="", sent_at=edited_at)


def _read_tap(content: Json, envelope: Envelope) -> Message:
    tapper = as_object(content.get("from"))
    tap_id, tap = as_text(content.get("id")), as_text(content.get("data"))
    tapper_id = as_number(tapper.get("id"))
    if not tap_id or tapper_id is None:
        raise Unreadable("a tap without an id or a person")
    message = as_object(content.get("message"))
    chat = as_object(message.get("chat")) or {"id": tapper_id, "type": "private"}
    if as_number(chat.get("id")) is None or _is_elsewhere(chat) or not tap:
        return _irrelevant(envelope, "callback_query")
    return Message(
        kind=MessageKind.TAP,
        address=_address(envelope, chat),
        sender=_sender(tapper),
        sent_at=envelope.received_at,
        quoted_id=_id_of(message),
        tap=tap,
        tap_id=tap_id,
    )


def _read_membership(content: Json, envelope: Envelope) -> Message:
    chat = _chat_of(content)
    status = as_text(as_object(content.get("new_chat_member")).get("status"))
    kind = _REACHABILITY.get(status)
    if kind is None or _is_elsewhere(chat):
        return _irrelevant(envelope, "my_chat_member")
    return Message(
        kind=kind,
        address=_address(envelope, chat),
        sender=_sender(as_object(content.get("from")) or chat),
        sent_at=as_moment(content.get("date")) or envelope.received_at,
    )


_READERS: dict[str, Callable[[Json, Envelope], Message]] = {
    "message": _read_message,
    "edited_message": _read_edit,
    "callback_query": _read_tap,
    "my_chat_member": _read_membership,
}


def _chat_of(content: Json) -> Json:
    chat = as_object(content.get("chat"))
    if as_number(chat.get("id")) is None or not as_text(chat.get("type")):
        raise Unreadable("nothing says which chat this is")
    return chat


def _is_elsewhere(chat: Json) -> bool:
    return chat.get("type") != "private"


def _address(envelope: Envelope, chat: Json) -> Address:
    return Address(channel=CHANNEL, account=envelope.account, external_id=str(chat["id"]))


def _sender(person: Json) -> Sender:
    person_id = as_number(person.get("id"))
    language = as_text(person.get("language_code")).replace("_", "-").split("-")[0].lower()
    name = full_name(person)
    if "@" in with_plain_at(name):  # it would pass for somebody's address
        name = ""
    return Sender(
        name=name or as_text(person.get("username")),
        external_id="" if person_id is None else str(person_id),
        language=language if language.isalpha() and len(language) <= 3 else "",  # noqa: PLR2004 - ISO 639
    )


def _id_of(message: Any) -> str:
    number = as_number(as_object(message).get("message_id"))
    return "" if number is None else str(number)


def _facts(content: Json, part: Part) -> dict[str, str]:
    quote = as_text(as_object(content.get("quote")).get("text")).strip()
    origin = as_object(content.get("forward_origin"))
    chat = as_object(origin.get("sender_chat")) or as_object(origin.get("chat"))
    forwarded_from = (
        full_name(as_object(origin.get("sender_user")))
        or as_text(origin.get("sender_user_name"))
        or as_text(chat.get("title"))
    )
    more = {"quote": quote, "forwarded_from": forwarded_from}
    found = {name: value[:LONGEST_FACT] for name, value in more.items() if value}
    links = hidden_links(content)
    return {**part.facts, **found, **({"links": links} if links else {})}


def _irrelevant(envelope: Envelope, kind: str) -> Message:
    return Message(
        kind=MessageKind.IRRELEVANT,
        address=Address(channel=CHANNEL, account=envelope.account, external_id=""),
        sender=Sender(name="", external_id=""),
        sent_at=envelope.received_at,
        platform_kind=kind,
    )
