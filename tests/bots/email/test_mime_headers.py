"""Subjects, senders and dates are read however they were written."""

import pytest

from bots.email.addresses import Address
from bots.email.mime import read
from tests.bots.email.raw_mails import UKRAINIAN, mail


@pytest.mark.parametrize(
    ("header", "subject"),
    [
        ("=?utf-8?B?0J/RgNC40L3RgtC10YA=?=", "Принтер"),
        ("=?utf-8?b?0J/RgNC40L3RgtC10YA?=", "Принтер"),  # padding left out
        ("=?utf-8?Q?=D0=9F=D1=80?= =?utf-8?Q?=D0=B8=D0=BD=D1=82=D0=B5=D1=80?=", "Принтер"),
        ("=?utf-8?Q?=D0=9F=D1?= =?utf-8?Q?=80=D0=B8=D0=BD=D1=82=D0=B5=D1=80?=", "Принтер"),
        ("=?utf-8?B?0J/RgNC40L3Rg?=\r\n =?utf-8?B?tC10YA=?=", "Принтер"),
        ("=?koi8-u?Q?=F0=D2=C9=CE=D4=C5=D2?= and =?windows-1253?Q?=E5=E4=FE?=", "Принтер and εδώ"),
        ("=?utf-8?Q?=D0=9F=D1=80=D0=B8=D0=BD=D1=82=D0=B5=D1=80", "Принтер"),
        ("=?utf-8?Q?=D0=9F=D1=80=D0=B8 =D0=BD=D1=82=D0=B5=D1=80?=", "При нтер"),
        ("=?utf-8*uk?Q?=D0=9F=D1=80?=", "Пр"),
        ("=?ISO-2022-JP?B?GyRCJUYlOSVIGyhC?=", "テスト"),
        ("=?iso-2022-jp?B?GyRCLSEtIhsoQg==?=", "①②"),
        ("=?unicode-1-1-utf-7?Q?+BB8EQA-?=", "Пр"),
        ("=?no-such?Q?abc?=", "abc"),
        ("a\u202eb\u200bc\x00d\x07", "abcd"),
        ("", ""),
        ("=?utf-8?Q??=", ""),
    ],
)
def test_a_subject_is_decoded_however_it_was_written(header, subject):
    assert read(mail(Subject=header)).subject == subject


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "koi8-u"])
def test_raw_letters_in_headers_are_repaired(charset):
    subject = "Принтер не друкує, допоможіть".encode(charset)
    raw = mail(
        Subject=None,
        From=None,
        head=[
            b"Subject: " + subject,
            b"From: " + "Олена Коваль".encode(charset) + b" <o@firm.test>",
        ],
        kind=f"text/plain; charset={charset}",
    )
    found = read(raw)
    assert found.subject == "Принтер не друкує, допоможіть"
    assert found.from_ == Address("Олена Коваль", "o@firm.test")


@pytest.mark.parametrize(
    ("header", "name", "address"),
    [
        ("olena@firm.test", "", "olena@firm.test"),
        ('"Koval, Olena" <olena@firm.test>', "Koval, Olena", "olena@firm.test"),
        ("Koval, Olena <olena@firm.test>", "Koval, Olena", "olena@firm.test"),
        ("olena@firm.test (Olena Koval)", "Olena Koval", "olena@firm.test"),
        ("=?utf-8?Q?Evil=2C_=3Cx=40evil.test=3E?= <olena@firm.test>",
         "Evil, <x@evil.test>", "olena@firm.test"),
        ("<<olena@firm.test>>", "", "olena@firm.test"),
        ("Olena <olena @ firm.test>", "Olena", "olena@firm.test"),
        ('"olena@firm.test" <olena@firm.test>', "olena@firm.test", "olena@firm.test"),
        ("=?utf-8?B?0J7Qu9C10L3QsA==?= <olena@firm.test>", "Олена", "olena@firm.test"),
        ('"=?utf-8?B?0J7Qu9C10L3QsA==?=" <olena@firm.test>', "Олена", "olena@firm.test"),
        ("mailto:olena@firm.test", "", "olena@firm.test"),
        ('"Olena <olena@firm.test>', "Olena", "olena@firm.test"),
        ("Olena", "Olena", ""),
        ("", "", ""),
        ("<>", "", ""),
    ],
)  # fmt: skip
def test_a_sender_is_found_however_it_was_written(header, name, address):
    assert read(mail(From=header)).from_ == Address(name, address)


def test_without_from_the_answer_address_or_the_return_path_names_the_sender():
    assert read(mail(From="Olena", Reply_To="<o@firm.test>")).from_ == Address(
        "Olena", "o@firm.test"
    )
    assert (
        read(mail(From=None, head=["Return-Path: <o@firm.test>"])).from_.address == "o@firm.test"
    )


@pytest.mark.parametrize(
    "date",
    ["yesterday", "", "Mon, 99 Foo 2026", "Mon, 1 Jan 1900 00:00:00 +0000", "1" * 400, None],
)
def test_a_date_that_is_none_is_none(date):
    assert read(mail(Date=date)).sent_at is None


def test_headers_go_on_after_a_line_that_is_none():
    raw = (
        b"From nobody Mon Nov 23 2026\r\nX-Odd: 1\r\nthis is no header\r\n"
        b"From: o@firm.test\r\nSubject: Still here\r\nanother broken line\r\n"
        b"Content-Type: text/plain; charset=koi8-u\r\n\r\n" + UKRAINIAN.encode("koi8-u")
    )
    found = read(raw)
    assert (found.from_.address, found.subject, found.text) == (
        "o@firm.test", "Still here", UKRAINIAN)  # fmt: skip
