"""Whatever a mail repeats, reading it takes time in step with its length: in every reader.

A pattern that tries a place twice is quick on everything but the one letter that it is slow on. So
each reader is fed every letter and mark, and what means something to it, over and over.
"""

import string
import time

import pytest

from bots.email import (
    addresses,
    attachments,
    bodies,
    bounces,
    charsets,
    headers,
    html,
    mime,
    proof,
    quoting,
    structure,
)
from desk.limits import CpuLimit
from intake.errors import Unreadable

SIZE = 4000  # letters; what grows with the square takes seconds then
UNSUSPICIOUS = 0.03  # seconds
MORE = 4
ENDLESS = 3.0  # seconds
PRINTED = [*string.printable, "\xa0", "я", "ς", "ß", "…", "»", "\u200b", "\u0301", "\udcff", "\0"]
REPEATED = [
    *("a ", "- ", "-a", "--a", "--- ", "--- a", "a@", "a.", "a@b.c ", "1.", "1 ", "a:", "a: b\n"),
    *("> ", ">a\n", "> a\nb\n", "-- \n", "> a\n-- \n1\n", "1. a\n", "> 1. a\nb\n", "a\n", "\n \n"),
    *("\r\n", "From: a\nDate: 1.1.2026\nTo: b@c.de\n", "On 1 Jan 2026 a@b.c wrote:\n", "* a *:"),
    *("begin 644 a\n", "=?", "=?utf-8?b?", "=?utf-8?q?a", "=?a?q?=ff?= ", "?=", "=ff", "; a=b"),
    *('; a="', '"\\', "(a", "<a", "<a@", ",a@b,", "\\a", "<a>", "</", "<!--", "<!", "<a b='"),
    *("<p>x<br>", "<b>x</b>", "<b>x", "<td>x", "<li>", "<ul><li>x", "<blockquote>x", "<style>"),
    *("<pre>\n", "&#1;", "&amp", '<div style="border-top: solid">', "a\n\n", "Status: 5.1.1\n\n"),
]
ENDS = ("", "x", "\n> x")


def as_bytes(text):
    return text.encode("utf-8", "surrogateescape")


def of_block(text):
    return headers.read_block(text, 0, len(text), is_top=True)


def of_header(name, text):
    found = headers.Headers({name: [text]})
    return mime._date(found), mime._ids(found, name)


def read_html(text):
    source = headers.clean_body(text)
    if html.is_tame(source):
        html.clean(source)
        mime._text_of(source)
    else:
        html.strip(source)


READERS = {
    "quoting": quoting.new_words,
    "quoting behind words": lambda text: quoting.new_words("words\n" + text),
    "flowed lines": lambda text: bodies.flowed(text, delsp=True),
    "names of files": attachments.safe_name,
    "files in words": attachments.without_uu,
    "html": read_html,
    "blocks of headers": lambda text: of_block(as_bytes(text)),
    "encoded words": lambda text: headers.decode(as_bytes(text)),
    "addresses": lambda text: addresses.read(as_bytes(text)),
    "parameters": lambda text: structure._fields(as_bytes(text)),
    "results of authentication": lambda text: list(proof._results(text)),
    "dates and ids": lambda text: of_header("date", as_bytes(text)),
    "boundaries": lambda text: structure.Reader(
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" + as_bytes(text)
    ).read(),
    "reports": lambda text: bounces._reports(as_bytes(text)),
}


def spent(reader, text):
    started_at = time.process_time()
    with CpuLimit(ENDLESS):
        reader(text)
    return time.process_time() - started_at


def grows_too_fast(reader, unit, end):
    def of(size):
        return unit * (size // len(unit)) + end

    try:
        if spent(reader, of(SIZE)) < UNSUSPICIOUS:
            return False
        small, large = (min(spent(reader, of(n)) for _ in range(3)) for n in (SIZE, SIZE * MORE))
    except Unreadable:
        return True
    return large > max(small, UNSUSPICIOUS / 2) * MORE * 2  # the square would be MORE * MORE


@pytest.mark.parametrize("name", READERS)
def test_no_repetition_slows_a_reader_down(name):
    reader = READERS[name]
    with charsets.of_one_mail():
        slow = [
            (unit, end)
            for unit in (*PRINTED, *REPEATED)
            for end in ENDS
            if grows_too_fast(reader, unit, end)
        ]
    assert slow == []
