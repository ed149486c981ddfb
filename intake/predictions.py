"""Corpus items in, predictions out, one a line: what `firstline understand` prints.

An item is a message with its language, moment and, where it answers a card, the fields asked. What
is right about a message is never looked at.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from intake.answers import read_answers
from intake.errors import Invalid
from intake.understanding import Reader


def predict(lines: Iterable[str], reader: Reader) -> Iterator[str]:
    """A line of JSON for each line of JSON; raises Invalid naming the line that is none."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield json.dumps(_predicted(json.loads(line), reader), ensure_ascii=False)
        except (ValueError, KeyError, TypeError) as error:
            raise Invalid("corpus", line=str(number), reason=str(error)) from error


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
