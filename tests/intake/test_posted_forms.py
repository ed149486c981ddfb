"""Forms are read whatever bytes they hold."""

import pytest

from intake.posted_forms import _read_fields, _read_parts, as_number, clean, file_name


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe=%ff%00&&&=&a", b"%", b"a=" * 500, b"a=%ED%A0%80", b"\0" * 100],
)
def test_no_bytes_break_a_plain_form(body):
    for value in _read_fields(body).values.values():
        value.encode("utf-8")
        assert "\x00" not in value


PART = b'--b\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--b",
        b"--b--",
        b"--b\r\n\r\n--b--",
        PART % (b"\xff", b"", b"\xff\0"),
        PART % (b"f", b'; filename="\xff\0/\\.."', b"x"),
        b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
    ],
)
def test_no_bytes_break_a_form_with_files(body):
    form = _read_parts(body, b"b")
    assert all(upload.name for upload in form.uploads)


def test_a_file_arrives_byte_by_byte():
    content = b"\r\n--a\r\n\r\nb\x00\xff\r\n"
    form = _read_parts(PART % (b"f", b'; filename="a %22b%22.bin"', content) + b"--b--\r\n", b"b")
    assert form.uploads[0].content == content
    assert form.uploads[0].name == 'a "b".bin'


def test_a_field_and_an_empty_file_field():
    body = PART % (b"text", b"", "Привіт".encode()) + PART % (b"f", b'; filename=""', b"")
    form = _read_parts(body + b"--b--\r\n", b"b")
    assert form.values == {"text": "Привіт"}
    assert form.uploads == ()


@pytest.mark.parametrize(
    ("claimed", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\y.png", "y.png"),
        ("", "file"),
        ("/", "file"),
        ("a\r\nb.txt", "a b.txt"),
        ("a\u2028b\u2029c\td\x85.txt", "a b c d.txt"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ("x" * 300 + ".pdf", "x" * 108 + ".pdf"),
    ],
)
def test_a_file_name_is_one_short_line(claimed, name):
    assert file_name(claimed) == name


def test_line_ends_become_one_kind():
    assert clean("a\r\nb\rc\n\td\x07") == "a\nb\nc\n\td"


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), ("", None), ("-1", None), ("١٢", None), ("9" * 16, None)]
)
def test_a_number_fits_every_database(text, number):
    assert as_number(text) == number
