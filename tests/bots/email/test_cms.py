"""What bytes that are no signature give: nothing, and soon."""

from email import message_from_bytes
from pathlib import Path

import pytest

from bots.email.cms import signed_content

MAILS = Path(__file__).parents[2] / "captured" / "email"
PIECES = message_from_bytes((MAILS / "smime_opaque_in_pieces.eml").read_bytes())
WHOLE = message_from_bytes((MAILS / "smime_opaque.eml").read_bytes())


@pytest.mark.parametrize("mail", [WHOLE, PIECES])
def test_of_a_torn_signature_nothing_more_is_said_than_stands_in_it(mail):
    ber = mail.get_payload(decode=True)
    within = signed_content(ber)
    for length in range(len(ber)):
        assert (signed_content(ber[:length]) or within) == within


@pytest.mark.parametrize(
    "given",
    [b"", b"0", b"0\x80" * 50_000, b"0\x84\xff\xff\xff\xff", b"\xff" * 1_000, b"1\x80" * 50_000],
)
def test_what_is_none_gives_nothing(given):
    assert signed_content(given) is None


def test_what_lies_too_deep_is_not_looked_for():
    head = WHOLE.get_payload(decode=True)
    deep = head[:4] + head[4:15] + b"\xa0\x80\x30\x80\x02\x01\x01" + b"1\x80" * 100_000
    assert signed_content(deep) is None
