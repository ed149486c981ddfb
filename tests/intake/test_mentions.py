"""What is not meant as a correction corrects next to nothing.

Measured over the corpus: first messages and answers come to a ticket of their category on which
all else is known already, each time as something that none of them says.
"""

import json
from datetime import datetime
from pathlib import Path

from intake.replies.corrections import correct
from tests.intake.cast import CATALOGUE, NOW, a_ticket, says
from tests.intake.desk import READER

CORPUS = Path(__file__).with_name("corpus")
KNOWN = {
    "account": "zz.zz", "application": "Zzz", "approver": "Zed", "asset": "INV-77",
    "connection": "mobile", "deadline": "2020-01-02", "device": "server", "error": "Z99",
    "extension": "999", "item": "zzz", "location": "9", "memory": "3", "os": "windows-7",
    "phone": "+380501112233", "phone_service": "voicemail", "scope": "company",
    "started": "2020-01-01", "symptom": "zzzz", "system": "Qqq", "tried": "qqq",
}  # fmt: skip  # how the work goes (urgency) is what is said last


def items():
    for name in ("dev", "own"):
        for line in (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            if item.get("category") in CATALOGUE.categories:
                yield item


def corrected_by(item):
    asked = tuple(item.get("asked", ()))
    fields = [name for name in CATALOGUE.fields_of(item["category"]) if name in KNOWN]
    ticket = a_ticket(
        language=item["lang"],
        category=item["category"],
        answers={name: KNOWN[name] for name in fields if name not in asked},
        asked=asked,
    )
    now = datetime.fromisoformat(item["now"]) if "now" in item else NOW
    return correct(READER, ticket, says(item["text"], sent_at=now)).changes


def test_of_what_people_tell_and_answer_next_to_nothing_corrects():
    told = [bool(corrected_by(item)) for item in items()]
    assert len(told) > 300
    assert sum(told) / len(told) < 0.01
