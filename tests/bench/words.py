"""What people write, in five languages: the examples that the understanding is judged by."""

import json
from pathlib import Path

EXAMPLES = Path(__file__).parents[1] / "intake" / "corpus" / "dev.jsonl"


def examples(channel=None):
    """First messages; by Telegram or by mail, or both."""
    lines = [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]
    found = [line for line in lines if line["kind"] == "first"]
    return [line for line in found if channel in (None, line["channel"])]


def texts(channel=None):
    return tuple(line["text"] for line in examples(channel))
