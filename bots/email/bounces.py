"""What a delivery report says: what became of the mail, and which mail it was.

Reads RFC 3464 parts and the copied headers of the original; free-text bounces stay unread. Which
outgoing message it concerns is found with threads.
"""

import re
from dataclasses import dataclass
from itertools import islice

from bots.email import headers, structure
from bots.email.structure import Part

RECIPIENT_LIMIT = 50
BLOCK_LIMIT = 200
PART_LIMIT = 10  # reports and originals that are looked at, and so much of each
SIZE_LIMIT = 256 * 1024
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_TELLING = {"message/delivery-status", "message/rfc822", "text/rfc822-headers"}
_FULL = {"5.2.2", "4.2.2"}
_BETWEEN_BLOCKS = re.compile(rb"\n[ \t]*\r?\n")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,900}>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    action: str  # failed, delayed, delivered, relayed, expanded
    status: str  # "5.1.1"
    diagnostic: str

    @property
    def is_final(self) -> bool:
        """Whether the mail will not arrive any more."""
        return self.action == "failed" or (self.action == "" and self.status.startswith("5"))

    @property
    def is_permanent(self) -> bool:
        """Whether no other mail will arrive there either: a full mailbox may be emptied."""
        return self.is_final and self.status not in _FULL


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    reports: tuple[Report, ...]
    original_message_id: str


def read(raw: bytes, root: Part) -> Bounce | None:
    """None where the mail holds neither a report nor its original."""
    reports: list[Report] = []
    original = headers.Headers()
    told = (part for part in root.walk() if part is not root and not part.children)
    for part in islice((part for part in told if part.media_type in _TELLING), PART_LIMIT):
        body = structure.payload(raw, part)[:SIZE_LIMIT]
        if part.media_type == "message/delivery-status":
            reports += _reports(body)
        else:
            original = headers.read_block(body, 0, len(body), is_top=True).headers
    if not reports and not original.fields:
        return None
    found = _MESSAGE_ID.search(original.first("message-id").decode("ascii", "replace"))
    return Bounce(
        reports=tuple(reports[:RECIPIENT_LIMIT]),
        original_message_id=found[0] if found else "",
    )


def _reports(body: bytes) -> list[Report]:
    pieces = _BETWEEN_BLOCKS.split(body, maxsplit=BLOCK_LIMIT)[:BLOCK_LIMIT]
    blocks = [headers.read_block(one, 0, len(one), is_top=True).headers for one in pieces]
    named = ("final-recipient", "original-recipient")
    return [_one(block) for block in blocks if any(map(block.has, named))]


def _one(block: headers.Headers) -> Report:
    diagnostic = block.text("diagnostic-code")
    status = _STATUS.search(block.text("status")) or _STATUS.search(diagnostic)
    return Report(
        action=block.plain("action"),
        status=status[0] if status else "",
        diagnostic=diagnostic,
    )
