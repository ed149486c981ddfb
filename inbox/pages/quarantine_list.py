"""Envelopes that could not be read, with what they hold, so that a person may decide.

Those that need nobody any more are another view of the same page.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from aiohttp import web

from inbox.drawing import Voice, draw, voice_of
from inbox.errors import Problem
from inbox.frame import frame_of, is_own_path
from inbox.keys import FORM, SERVICES
from inbox.moments import When
from intake.lists import HeldEnvelope
from intake.posted_forms import clean

PAYLOAD_SHOWN: Final = 4000
CURSOR_LIMIT: Final = 100
ADDRESS_LIMIT: Final = 200
FIRST_PAGE: Final = "/quarantine"
DISMISSED: Final = "dismissed"
TOLD: Final = ("sha256", "from", "subject")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    id: int
    channel_word: str
    account: str
    key: str
    tries: int
    error: str
    payload: str
    size: int
    is_cut: bool
    sender: str  # of a mail, as it names itself; "" where the envelope does not tell
    subject: str
    original: str  # SHA-256 of the mail that the envelope stands for, "" where it is none
    when: When
    dismissed: When | None
    dismissed_by: str  # "" for the desk itself


async def show(request: web.Request) -> web.Response:
    return await _draw(request, None)


async def show_again(request: web.Request, problem: Problem) -> web.Response:
    return await _draw(request, problem)


def page_of(request: web.Request) -> str:
    """The page of the list that an envelope was decided on."""
    back = request[FORM].text("back", ADDRESS_LIMIT)
    is_of_list = is_own_path(back) and back.startswith(FIRST_PAGE)
    return back if is_of_list else FIRST_PAGE


async def _draw(request: web.Request, problem: Problem | None) -> web.Response:
    services = request.app[SERVICES]
    is_dismissed = request.query.get("view") == DISMISSED
    cursor = clean(request.query.get("older", ""))[:CURSOR_LIMIT]
    listed = services.listing.dismissed if is_dismissed else services.listing.quarantined
    page = await listed(cursor)
    voice, now = voice_of(request), services.clock.now()
    place = {"view": DISMISSED} if is_dismissed else {}
    values = {
        "held": [_held(envelope, voice, now) for envelope in page.envelopes],
        "is_dismissed": is_dismissed,
        "older": "?" + urlencode({**place, "older": page.older}) if page.older else "",
        "newest": f"{FIRST_PAGE}?" + urlencode(place) if cursor else "",
        "problem": problem,
        "topics": "",
    }
    frame = await frame_of(request, "quarantine", address=FIRST_PAGE)
    return draw(request, "quarantine", frame | values, problem.status if problem else 200)


def _mail(envelope: HeldEnvelope) -> Mapping[str, str]:
    """A mail's envelope only names the mail; other channels' envelopes are all there is."""
    if envelope.channel != "email":
        return {}
    try:
        told = json.loads(envelope.payload)
    except ValueError:
        return {}
    facts = told if isinstance(told, dict) else {}
    return {name: clean(facts[name]) for name in TOLD if isinstance(facts.get(name), str)}


def _held(envelope: HeldEnvelope, voice: Voice, now: datetime) -> Held:
    mail = _mail(envelope)
    shown = envelope.payload[:PAYLOAD_SHOWN].decode("utf-8", "replace")
    return Held(
        id=envelope.id,
        channel_word=voice.word("channel", envelope.channel),
        account=envelope.account,
        key=envelope.key,
        tries=envelope.tries,
        error=envelope.error,
        payload=clean(shown),
        size=len(envelope.payload),
        is_cut=len(envelope.payload) > PAYLOAD_SHOWN,
        sender=mail.get("from", ""),
        subject=mail.get("subject", ""),
        original=mail.get("sha256", ""),
        when=voice.moments.when(envelope.received_at, now),
        dismissed=voice.moments.when(envelope.dismissed_at, now)
        if envelope.dismissed_at
        else None,
        dismissed_by=envelope.dismissed_by,
    )
