"""Makes messages of Viber's events. Pure; an unknown shape becomes "unsupported".

How events are read is left to `events`, what a message carries to `parts`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bots.shape import Json, as_moment, as_text
from bots.viber.events import RECEIPTS, Event, read_event
from bots.viber.parts import Part, read_part
from intake.errors import Unreadable
from intake.messages import Address, Envelope, Fate, Message, MessageKind, Receipt, Sender
from intake.people import plain_name, with_plain_at

CHANNEL = "viber"
LONGEST_NAME = 120
LONGEST_REASON = 200
_LINK = re.compile(r"[A-Za-z0-9_-]{1,64}")
_REACHABILITY = {
    "subscribed": MessageKind.REACHABLE,
    "unsubscribed": MessageKind.UNREACHABLE,
}


def translate(envelope: Envelope) -> Sequence[Message]:
    """Read one event. Raises Unreadable when it has no shape to work with."""
    try:
        event = read_event(envelope.payload)
    except ValueError as error:
        raise Unreadable("no event of Viber's") from error
    if event.kind == "message":
        return (_read_message(event, envelope),)
    if event.kind in RECEIPTS:
        return (_read_receipt(event, envelope),)
    message = _message(event, envelope, Part(kind=MessageKind.IRRELEVANT))
    if event.kind == "conversation_started" and event.user_id:
        return (_start(event, message),)
    if event.kind in _REACHABILITY and event.user_id:
        return (replace(message, kind=_REACHABILITY[event.kind]),)
    return (replace(message, platform_kind=event.kind),)


def _read_message(event: Event, envelope: Envelope) -> Message:
    if not event.token or not event.user_id:
        raise Unreadable("a message without a token or a sender")
    sent_at = _moment(event, envelope)
    message = _message(event, envelope, read_part(event, sent_at))
    return replace(message, opens_window=not message.tap)  # rather too little than paid for


def _read_receipt(event: Event, envelope: Envelope) -> Message:
    if not event.token or not event.user_id:
        raise Unreadable("a receipt of no message")
    reason = as_text(event.raw.get("desc"))[:LONGEST_REASON]
    receipt = Receipt(provider_id=event.token, fate=Fate(event.kind), reason=reason)
    message = _message(event, envelope, Part(kind=MessageKind.RECEIPT))
    return replace(message, external_id="", receipt=receipt)


def _start(event: Event, message: Message) -> Message:
    """The welcome stood in the answer to this event: nothing else may be sent yet."""
    context = as_text(event.raw.get("context"))
    link = context if _LINK.fullmatch(context) else ""
    return replace(message, kind=MessageKind.START, payload=link, external_id="", is_welcomed=True)


def _message(event: Event, envelope: Envelope, part: Part) -> Message:
    user_id = event.user_id
    return Message(
        kind=part.kind,
        address=Address(channel=CHANNEL, account=envelope.account, external_id=user_id),
        sender=Sender(
            name=_name(event.user),
            external_id=user_id,
            language=language_of(event.user),
        ),
        sent_at=_moment(event, envelope),
        external_id=event.token,
        text=part.text,
        files=part.files,
        tap=part.tap,
        tap_id=event.token if part.tap else "",
        platform_kind=part.platform_kind,
        facts=dict(part.facts),
    )


def _name(user: Json) -> str:
    """Empty where it would pass for somebody's address."""
    name = plain_name(as_text(user.get("name")))[:LONGEST_NAME]
    return "" if "@" in with_plain_at(name) else name


def language_of(user: Json) -> str:
    """The primary subtag of what the device is set to."""
    language = as_text(user.get("language")).replace("_", "-").split("-")[0].lower()
    return language if language.isalpha() and len(language) <= 3 else ""  # noqa: PLR2004 - ISO 639


def _moment(event: Event, envelope: Envelope) -> datetime:
    return as_moment(event.raw.get("timestamp"), per_second=1000) or envelope.received_at
