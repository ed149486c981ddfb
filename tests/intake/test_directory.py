"""Mails and phones are compared in one form, however they were written."""

import pytest

from intake.directory import phone_of_contact, plain_mail, plain_phone


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (" Olena.Kovalenko@Example.ORG ", "olena.kovalenko@example.org"),
        ("ЇЖАК@приклад.укр", "їжак@приклад.укр"),
        ("i\u0308@example.org", "\u00ef@example.org"),
        ("stra\u00dfe@example.org", ""),  # strasse@ may be somebody else
        ("\u212aarl@example.org", ""),  # the sign for kelvin
        ("SMTP:Olena@Example.org", "olena@example.org"),
        ("mailto:olena@example.org", "olena@example.org"),
        ("sip:olena@example.org", ""),
        ("X500:/o=example/cn=olena@example.org", ""),
        ("olena@xn--80aikifvh.xn--j1amh", "olena@приклад.укр"),
        ("olena@xn--80aikifvh.Example.org", "olena@приклад.example.org"),
        ("olena@приклад.xn--j1amh", "olena@приклад.укр"),
        ("olena@xn--a.example.org", "olena@xn--a.example.org"),  # stands for nothing
        ("xn--olena@example.org", "xn--olena@example.org"),
        ("olena", ""),
        ("olena@example", ""),
        ("Olena <olena@example.org>", ""),
        ("a@example.org, b@example.org", ""),
        (f"{'a' * 250}@example.org", ""),
    ],
)
def test_a_mail_has_one_form_or_is_none(written, plain):
    assert plain_mail(written) == plain


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("+380 (67) 123-45-67", "+380671234567"),
        ("067 123 45 67", "+380671234567"),
        ("00380671234567", "+380671234567"),
        ("067 123 45 67 ext. 12", ""),
        ("12", ""),
        ("n/a", ""),
        ("", ""),
    ],
)
def test_a_phone_is_e164_or_none(written, plain):
    assert plain_phone(written, "uk", "UA") == plain


@pytest.mark.parametrize("digits", ["380671234567", "+380671234567"])
def test_what_a_messenger_tells_is_international_already(digits):
    assert phone_of_contact(digits) == "+380671234567"
