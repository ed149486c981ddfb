"""Ids and addresses that prove a ticket; nothing else does."""

import pytest

from bots.email.mime import read
from bots.email.threads import OwnId, Signer

SIGNER = Signer(keys={"a": b"k" * 32}, current="a", mailbox="Support@firm.test")
RANDOM = "abcdefghijklmnop"


def claims(signer=SIGNER, **named):
    lines = "\r\n".join(f"{name.replace('_', '-')}: {value}" for name, value in named.items())
    return signer.claims(read(f"From: o@firm.test\r\n{lines}\r\n\r\nx".encode()))


def test_a_message_id_proves_its_ticket_and_entry():
    message_id = SIGNER.message_id("1042", "7", RANDOM)
    assert message_id.startswith(f"<t.1042.7.{RANDOM}.a")
    assert message_id.endswith("@firm.test>")
    assert SIGNER.message_id("1042", "7", RANDOM) == message_id
    assert SIGNER.read_message_id(message_id) == OwnId("1042", "7")
    assert SIGNER.read_message_id(message_id.upper()) == OwnId("1042", "7")


@pytest.mark.parametrize(
    ("old", "new"), [(".1042.", ".1043."), (".7.", ".8."), ("abc", "abd"), ("firm", "evil"),
                     (".a", ".b"), ("<t", "<x")]
)  # fmt: skip
def test_a_changed_message_id_proves_nothing(old, new):
    assert SIGNER.read_message_id(SIGNER.message_id("1042", "7", RANDOM).replace(old, new)) is None


def test_an_address_proves_its_ticket_whatever_the_case():
    address = SIGNER.reply_address("1042")
    assert address.startswith("Support+1042.a")
    assert len(address.partition(".")[2].partition("@")[0]) == 17  # version and 80 bits
    assert SIGNER.read_reply_address(address) == "1042"
    assert SIGNER.read_reply_address(address.upper()) == "1042"
    changes = (("1042", "1043"), ("firm", "evil"), ("Support", "sales"), (".a", ".b"))
    changed = [address.replace(old, new) for old, new in changes]
    for forged in (*changed, "support+1042@firm.test", "", "@"):
        assert SIGNER.read_reply_address(forged) is None


def test_a_code_of_one_purpose_is_none_of_another():
    bounce = SIGNER.bounce_address("1042", "7")
    assert SIGNER.read_bounce_address(bounce) == OwnId("1042", "7")
    assert SIGNER.read_reply_address(bounce) is None
    assert SIGNER.read_bounce_address(SIGNER.reply_address("1042")) is None
    assert claims(To=bounce).bounced == OwnId("1042", "7")


def test_old_keys_still_verify_and_unknown_ones_do_not():
    newer = Signer(keys={"a": b"k" * 32, "b": b"n" * 32}, current="b", mailbox=SIGNER.mailbox)
    address = SIGNER.reply_address("1042")
    assert newer.read_reply_address(address) == "1042"
    assert newer.reply_address("1042") != address
    assert SIGNER.read_reply_address(newer.reply_address("1042")) is None


def test_claims_are_ordered_by_strength():
    first, second = (SIGNER.message_id(t, "1", RANDOM) for t in ("1", "2"))
    found = claims(
        To="Support@firm.test",
        Delivered_To=SIGNER.reply_address("3"),
        In_Reply_To=first,
        References=f"<old@x.test> {second} <foreign@x.test>",
        Subject="Re: Printer [#77]",
    )
    assert found.tickets == ("3", "1", "2")
    assert found.tag == "77"
    assert claims(Subject="Printer").tickets == ()


def test_words_that_would_break_an_id_are_refused():
    for word in ("", "a.b", "A", "1042>", "ї"):
        with pytest.raises(ValueError, match="signed"):
            SIGNER.message_id(word, "1", RANDOM)
    with pytest.raises(ValueError, match="current"):
        Signer(keys={"a": b"k"}, current="b", mailbox="s@x.test")
    assert "kkk" not in repr(SIGNER)


def test_addresses_of_an_earlier_mailbox_still_prove_their_ticket():
    renamed = Signer(
        keys=SIGNER.keys, current="a", mailbox="help@firm.test", earlier=(SIGNER.mailbox,)
    )
    assert renamed.read_reply_address(SIGNER.reply_address("1042")) == "1042"
    assert renamed.read_bounce_address(SIGNER.bounce_address("1042", "7")) == OwnId("1042", "7")
    assert renamed.reply_address("1042").startswith("help+1042.")
    assert SIGNER.read_reply_address(renamed.reply_address("1042")) is None
