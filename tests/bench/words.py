"""What people write, in five languages: the examples that the understanding is judged by."""

import json
from pathlib import Path

EXAMPLES = Path(__file__).parents[1] / "intake" / "corpus" / "dev.jsonl"


def examples(kind):
    """First messages, or replies to a card."""
    lines = [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line["kind"] == kind]


def texts(channel=None):
    """First messages by Telegram or by mail, or both."""
    found = [line for line in examples("first") if channel in (None, line["channel"])]
    return tuple(line["text"] for line in found)
