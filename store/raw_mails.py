"""Which raw mails envelopes name: they lie among the blobs, by the hash of their bytes."""

import re
from collections.abc import Iterable

from store.session import Row

RAW_MAIL = re.compile(rb'"sha256":"([0-9a-f]{64})"')


def raw_mails(rows: Iterable[Row]) -> set[str]:
    """Of rows with the channel and the payload of an envelope."""
    named = (RAW_MAIL.search(bytes(row["payload"])) for row in rows if row["channel"] == "email")
    return {found[1].decode() for found in named if found}
