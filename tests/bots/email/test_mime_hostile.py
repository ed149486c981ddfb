"""Mails made to break a reader: cut where too much, never an error, time in step with size."""

import time

import pytest

from bots.email import quoting
from bots.email.mime import read

HEAD = b"From: ivan@evil.test\r\nSubject: x\r\n"
SIZE = 4000


def nested(depth):
    """Multiparts in one another, with words in the outermost one."""
    opened = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n)
        for n in range(depth)
    )
    return HEAD + opened + b"\r\nwords\r\n"


def with_html(source):
    return HEAD + b"Content-Type: text/html\r\n\r\n" + source.encode()


def of_parts(count):
    part = b"--b\r\nContent-Type: text/plain\r\n\r\na\r\n"
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part * count


CASES = {
    "nested": nested,
    "parts": of_parts,
    "encoded words": lambda n: HEAD + b"Subject: " + b"=?utf-8?q?a?= " * n + b"\r\n\r\nwords",
    "words left open": lambda n: b"Subject: " + b"=?utf-8?q?a" * n + b"\r\n\r\nwords",
    "addresses": lambda n: HEAD + b"To: " + b"a@b.test, " * n + b"\r\n\r\nwords",
    "quoted strings": lambda n: b"From: " + b'"a" ' * n + b"<a@b.test>\r\n\r\nwords",
    "open quotes": lambda n: b"From: " + b'"\\' * n + b"\r\n\r\nwords",
    "parentheses": lambda n: b"From: " + b"(" * n + b"\r\n\r\nwords",
    "angles": lambda n: b"From: " + b"<" * n + b"\r\n\r\nwords",
    "name pieces": lambda n: (
        HEAD
        + b"Content-Disposition: attachment; "
        + b"; ".join(b"filename*%d*=a" % i for i in range(n))
        + b"\r\n\r\nwords"
    ),
    "parameters": lambda n: HEAD + b"Content-Type: text/plain" + b"; a=b" * n + b"\r\n\r\nwords",
    "headers": lambda n: HEAD + b"X-A: b\r\n" * n + b"\r\nwords",
    "broken headers": lambda n: HEAD + b"no header\r\n" * n + b"To: a@b.test\r\n\r\nwords",
    "references": lambda n: HEAD + b"References: " + b"<a@b> " * n + b"\r\n\r\nwords",
    "quote lines": lambda n: HEAD + b"\r\nwords\r\n" + b"> a\r\nb\r\n" * n,
    "attributions": lambda n: HEAD + b"\r\n" + b"2026 a@b.test wrote:\r\n> a\r\n" * n,
    "header blocks": lambda n: HEAD + b"\r\n" + b"From: a\r\nDate: 1.1.2026\r\nTo: b\r\n" * n,
    "signatures": lambda n: HEAD + b"\r\nwords\r\n" + b"-- \r\na\r\n" * n,
    "reports": lambda n: (
        HEAD
        + b"Content-Type: multipart/report; boundary=b\r\n\r\n"
        + b"--b\r\n\r\nwords\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        + b"A: b\r\n\r\n" * n
    ),
    "flowed": lambda n: HEAD + b"Content-Type: text/plain; format=flowed\r\n\r\n" + b"a \r\n" * n,
    "uuencode": lambda n: HEAD + b"\r\nwords\r\n" + b"begin 644 a\r\nend\r\n" * n,
    "long line": lambda n: HEAD + b"\r\nwords " + b"a" * n * 10,
    "base64": lambda n: HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"YQ==" * n,
    "deep html": lambda n: with_html("<div>" * n + "words"),
    "attributes": lambda n: with_html("words<a " + "x=y " * n + ">"),
    "comments": lambda n: with_html("words" + "<!--" * n),
    "select": lambda n: with_html("words" + "<select><option>" * n),
    "entities": lambda n: with_html("words" + "&amp;" * n),
    "open tags": lambda n: with_html("words" + "<a " * n),
    "quotes in tags": lambda n: with_html("words" + '<a b="' * n),
    "left open": lambda n: with_html(
        "words" + "".join(f"<p><b id={i}></p>" for i in range(190)) + "<p>x</p>" * n
    ),
}


def spent(raw):
    started_at = time.process_time()
    read(raw)
    return time.process_time() - started_at


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_mail_is_read_in_time(case):
    raw = CASES[case](SIZE)
    assert spent(raw) < 1.0
    small, large = (min(spent(CASES[case](size)) for _ in range(2)) for size in (SIZE, SIZE * 4))
    assert large < max(small, 0.02) * 10  # four times the size; sixteen would be quadratic


@pytest.mark.parametrize(
    "case", [c for c in CASES if c not in {"nested", "name pieces", "base64", "flowed"}]
)
def test_a_hostile_mail_still_shows_its_words(case):
    found = read(CASES[case](50))
    assert found.full_text.strip()
    if "words" in CASES[case](1).decode():
        assert "words" in found.full_text


def test_what_is_too_much_is_cut_and_said():
    assert "nesting_cut" in read(nested(100)).notices
    assert "words" in read(nested(100)).full_text
    assert "parts_cut" in read(of_parts(600)).notices
    assert "addresses_cut" in read(CASES["addresses"](300)).notices
    assert len(read(CASES["addresses"](300)).to) == 200
    assert "headers_cut" in read(CASES["encoded words"](6000)).notices
    assert "html_not_shown" in read(with_html("<div>" * 300 + "words")).notices
    assert len(read(CASES["references"](1)).references) == 1
    many = b"".join(b"<%d@b> " % n for n in range(300))
    found = read(HEAD + b"References: " + many + b"\r\n\r\nx")
    assert (len(found.references), found.references[-1]) == (100, "<299@b>")


def test_too_much_text_and_too_many_files_are_cut_and_said():
    found = read(HEAD + b"\r\n" + b"a b\r\n" * 300_000)
    assert len(found.full_text) <= 1024 * 1024
    assert "text_cut" in found.notices
    assert found.attachments[0].name == "message.txt"
    part = b"--b\r\nContent-Type: image/png; name=a.png\r\n\r\na\r\n"
    raw = HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part * 60
    assert len(read(raw).attachments) == 50
    assert "attachments_cut" in read(raw).notices


def test_html_too_big_to_be_shown_is_kept_as_a_file():
    found = read(with_html("<p>words</p>" * 100_000))
    assert found.html is None
    assert "words" in found.text
    assert [one.name for one in found.attachments] == ["message.html"]


@pytest.mark.parametrize("cut", range(0, 700, 13))
def test_a_mail_cut_anywhere_is_read(cut):
    whole = (
        b"From: =?utf-8?B?0J7Qu9C10L3QsA==?= <o@f.test>\r\nSubject: =?koi8-u?Q?=F0=D2=C9?=\r\n"
        b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: multipart/alter'
        b'native; boundary="y"\r\n\r\n--y\r\n\r\nplain\r\n--y\r\nContent-Type: text/html; charset'
        b"=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=D0=9F=D1=80</p>\r\n"
        b"--y--\r\n--x\r\nContent-Type: application/pdf; name*=utf-8''%D0%B0.pdf\r\nContent-Trans"
        b"fer-Encoding: base64\r\n\r\nJVBERi0xLjQ=\r\n--x--\r\n"
    )
    read(b"X: " + whole[:cut])
    read(b"X: " + whole[cut:])
    read(whole[:cut] + b"\xff\x00=" + whole[cut + 3 :])


def test_very_many_lines_are_shown_as_they_are():
    text = "a\n" * 30_000
    assert quoting.new_words(text).shown == text


def test_half_a_letter_that_utf_7_can_write_breaks_nothing():
    found = read(HEAD + b"Content-Type: text/html; charset=utf-7\r\n\r\n<p>words +2AA-</p>")
    assert (found.text, found.html) == ("words", "<p>words </p>")


def test_guesses_at_charsets_are_few_in_one_mail():
    names = b", ".join(b"=?utf-8?q?=ff=%02x?= <a%d@b.test>" % (n % 256, n) for n in range(190))
    assert spent(b"".join(b"%s: %s\r\n" % (n, names) for n in (b"To", b"Cc")) + HEAD) < 1.0


def test_many_long_parts_are_read_as_one_text_and_the_rest_are_files():
    part = b"--b\r\nContent-Type: text/html\r\n\r\n" + b"<p>x<br>" * 40_000 + b"\r\n"
    few, raw = (
        HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part * count
        for count in (2, 8)
    )
    assert spent(raw) < spent(few) * 10  # four times the size; sixteen would be quadratic
    found = read(raw)
    assert "x" in found.text
    assert "text_cut" in found.notices
    assert len(found.attachments) == 8


DEAREST = {  # to read, of what is cheap to write
    "base64 texts in a row": HEAD
    + b"Content-Type: a/b\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + b"QQ==" * 2_000_000,
    "uuencoded lines of nothing": HEAD
    + b"Content-Type: a/b\r\nContent-Transfer-Encoding: uuencode\r\n\r\n"
    + b"M\n" * 4_000_000,
    "entities that are none": with_html("words" + "&notit" * 170_000),
    "angles of no tag": with_html("words" + "<" * 1_000_000),
    "rules of no quote": with_html(
        "<div style='border-top:solid'></div>words" * 12_000,
    ),
}


@pytest.mark.parametrize("case", DEAREST)
def test_the_dearest_megabytes_are_read_in_time_too(case):
    assert spent(DEAREST[case]) < 1.5


@pytest.mark.parametrize("number", ["9" * 5000, "x" + "f" * 5000])
def test_an_entity_beyond_all_letters_is_no_error(number):
    wild = with_html("<div>" * 300 + f"words &#{number}; and more")
    parts = (
        b"--b\r\nContent-Type: text/html\r\n\r\n<p>words &#" + number.encode() + b";\r\n--b--\r\n"
    )
    chosen = HEAD + b"Content-Type: multipart/alternative; boundary=b\r\n\r\n" + parts
    assert read(wild).text == "words \N{REPLACEMENT CHARACTER} and more"
    assert "words" in read(chosen).text
