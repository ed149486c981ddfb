"""What a file is, by its bytes."""

from intake.media_types import UNKNOWN_TYPE, media_type

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32


def test_the_bytes_count_more_than_what_was_said():
    assert media_type(PNG, said="text/html") == "image/png"


def test_what_has_no_signature_is_what_was_said():
    assert media_type(b"a line of a log", said="text/plain") == "text/plain"


def test_what_nobody_knows_is_just_bytes():
    assert media_type(b"a line of a log") == UNKNOWN_TYPE
    assert media_type(b"") == UNKNOWN_TYPE
