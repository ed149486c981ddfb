"""Corpus items in, predictions out, one a line: what `firstline understand` prints.

An item is a message with its language, moment and, where it answers a card, the fields asked. What
is right about a message is never looked at.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from intake.errors import Invalid
from intake.replies.answers import read_answers
from intake.understanding import Reader

KINDS = ("first", "answer")
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)


def predict(lines: Iterable[str], reader: Reader) -> Iterator[str]:
    """A line of JSON for each line of JSON; raises Invalid naming the line that is none."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield json.dumps(_predicted(_item(line), reader), ensure_ascii=False)
        except UNREADABLE as error:
            raise Invalid("corpus", line=str(number), reason=str(error)) from error


def _item(line: str) -> Any:
    """Of nothing but characters and numbers; bytes of another encoding are half of a character."""
    line.encode()
    item = json.loads(line, parse_constant=_no_number)
    if item["kind"] not in KINDS:
        raise ValueError(item["kind"])
    item["text"].encode()
    return item


def _no_number(name: str) -> None:
    raise ValueError(name)


def _predicted(item: Mapping[str, Any], reader: Reader) -> dict[str, Any]:
    now = datetime.fromisoformat(item["now"])
    if item["kind"] == "answer":
        answers = read_answers(
            item["text"],
            asked=tuple(item["asked"]),
            category=item["category"],
            language=item["lang"],
            now=now,
            reader=reader,
        )
        slots = reader.catalogue.known(item["category"], answers.filled)
        return {"id": item["id"], "slots": slots, "declined": sorted(answers.declined)}
    found = reader.understand(item["text"], hint_language=item["lang"], now=now)
    return {
        "id": item["id"],
        "intent": found.intent,
        "category": found.category,
        "slots": reader.catalogue.known(found.category, found.answers),
        "declined": [],
    }
