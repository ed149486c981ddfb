"""Updates as Telegram sends them, one file each in tests/captured/telegram."""

import json
from datetime import UTC, datetime
from pathlib import Path

from bots.telegram.receive import envelope_of
from bots.telegram.translate import translate

FOLDER = Path(__file__).parents[2] / "captured" / "telegram"
ACCOUNT = "700800900"
RECEIVED_AT = datetime(2026, 11, 23, 9, 10, 5, tzinfo=UTC)
WRITTEN_AT = datetime(2026, 11, 23, 9, 10, tzinfo=UTC)
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))


def raw(name):
    return (FOLDER / f"{name}.json").read_bytes()


def update(name):
    return json.loads(raw(name))


def envelope(payload):
    if not isinstance(payload, bytes):
        payload = json.dumps(payload).encode()
    return envelope_of(ACCOUNT, payload, RECEIVED_AT)


def translated(name):
    messages = translate(envelope(raw(name)))
    assert len(messages) == 1
    return messages[0]
