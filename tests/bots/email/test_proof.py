"""Who a mail is from counts where our own server says so, and nothing else does."""

import pytest

from bots.email.headers import read_block
from bots.email.proof import is_vouched_for

OLENA, SERVER = "olena@firma.example", "mx.firma.example"


def vouched_for(*results, sender=OLENA, server=SERVER, more=""):
    fields = "".join(f"Authentication-Results: {result}\r\n" for result in results)
    raw = f"{fields}From: Olena <{sender}>\r\n{more}\r\nhello".encode()
    return is_vouched_for(read_block(raw, 0, len(raw), is_top=True).headers, sender, server)


@pytest.mark.parametrize(
    "result",
    [
        "mx.firma.example; dmarc=pass header.from=firma.example",
        "MX.Firma.Example 1; spf=fail smtp.mailfrom=x.example; dmarc = pass (p=none dis=none)"
        " header.from=FIRMA.example",
        "mx.firma.example;\r\n dkim=pass (2048-bit key; (nested) comment) header.d=firma.example",
        "mx.firma.example; dkim=fail header.d=firma.example; dkim=pass header.i=@firma.example",
        "mx.firma.example; auth=pass smtp.auth=olena@firma.example",
        'mx.firma.example; dmarc=pass reason="a; b" header.from="firma.example"',
    ],
)
def test_a_passed_check_of_the_senders_own_domain_vouches(result):
    assert vouched_for(result)


@pytest.mark.parametrize(
    "result",
    [
        "mx.firma.example; none",
        "mx.firma.example; dmarc=fail header.from=firma.example",
        "mx.firma.example; spf=pass smtp.mailfrom=firma.example",
        "mx.firma.example; dkim=pass header.d=evil.example",
        "mx.firma.example; dkim=pass header.d=firma.example.evil.example",
        "mx.firma.example; dmarc=pass header.from=evil.example",
        "mx.firma.example; auth=pass smtp.auth=ivan@firma.example",
        "mx.firma.example (; dmarc=pass header.from=firma.example)",
        'mx.firma.example; x=y reason="; dmarc=pass header.from=firma.example"',
        "mx.firma.example.evil.example; dmarc=pass header.from=firma.example",
        "evil.example; dmarc=pass header.from=firma.example",
        "",
        ";;;",
    ],
)
def test_nothing_else_does(result):
    assert not vouched_for(result)


def test_what_a_sender_has_written_below_our_servers_word_counts_for_nothing():
    forged = f"{SERVER}; dmarc=pass header.from=firma.example"
    assert not vouched_for(f"{SERVER}; dmarc=fail header.from=firma.example", forged)
    assert not vouched_for(f"{SERVER}; none", forged)
    assert vouched_for("other.example; none", forged)


def test_without_the_servers_name_nobody_is_vouched_for():
    assert not vouched_for("; dmarc=pass header.from=firma.example", server="")


def test_a_mail_of_two_senders_is_of_neither():
    passed = f"{SERVER}; dmarc=pass header.from=firma.example"
    assert not vouched_for(passed, more="From: ceo@firma.example\r\n")
