"""Reading mails: families of awkward headers, charsets, bodies and attachments."""

import base64
import quopri
from datetime import UTC, datetime

import pytest

from bots.email.addresses import Address
from bots.email.mime import identify, read
from intake.errors import Unreadable
from tests.bots.email.raw_mails import (
    GREEK,
    HTML,
    JAPANESE,
    PLAIN,
    SLOVAK,
    SUPPORT,
    UKRAINIAN,
    mail,
    multipart,
)


def test_a_plain_mail_is_read_whole():
    found = read(
        mail(
            UKRAINIAN,
            In_Reply_To="<t.1@firm.test>",
            References="<a@b.test>\r\n <t.1@firm.test>",
            Cc='"Sofia, second line" <Sofia@Firm.test>',
            Reply_To="olena.private@home.test",
            head=["Delivered-To: support+1042.abc@firm.test"],
        )
    )
    assert found.message_id == "<one@firm.test>"
    assert found.in_reply_to == ("<t.1@firm.test>",)
    assert found.references == ("<a@b.test>", "<t.1@firm.test>")
    assert found.from_ == Address("Olena", "olena@firm.test")
    assert found.reply_to == (Address("", "olena.private@home.test"),)
    assert found.cc == (Address("Sofia, second line", "Sofia@firm.test"),)
    assert found.recipients == (SUPPORT, "sofia@firm.test", "support+1042.abc@firm.test")
    assert found.sent_at == datetime(2026, 11, 23, 8, 15, tzinfo=UTC)
    assert found.text == found.full_text == UKRAINIAN
    assert (found.html, found.attachments, found.notices) == (None, (), ())


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("koi8-u", UKRAINIAN),
        ("koi8-r", UKRAINIAN),  # said koi8-r, holds Ukrainian letters
        ("windows-1251", UKRAINIAN),
        ("windows-1253", GREEK),
        ("iso-8859-7", GREEK),
        ("windows-1250", SLOVAK),
        ("iso-8859-2", SLOVAK),
        ("iso-8859-1", "Perché la stampante è così lenta?"),
        ("iso-8859-15", "10 € al mese"),
        ("iso-2022-jp", JAPANESE),
        ("shift_jis", JAPANESE),
        ("gb2312", "打印机不工作"),
        ("big5", "印表機不工作"),
        ("euc-kr", "프린터가 작동하지 않습니다"),
        ("utf-7", UKRAINIAN),
        ("utf-16", UKRAINIAN),
        ("utf-8-sig", UKRAINIAN),
    ],
)
def test_a_declared_charset_is_decoded(charset, text):
    codec = "koi8-u" if charset == "koi8-r" else charset
    named = "utf-8" if charset == "utf-8-sig" else charset
    raw = base64.encodebytes(text.encode(codec))
    head = ["Content-Transfer-Encoding: base64"]
    assert read(mail(raw, kind=f'text/plain; charset="{named}"', head=head)).text == text


@pytest.mark.parametrize("charset", ["utf-8", "koi8-u", "windows-1251", "windows-1253"])
@pytest.mark.parametrize("label", ["", "; charset=unknown-8bit", "; charset=no-such", "=x; y"])
def test_a_charset_that_says_nothing_is_guessed(charset, label):
    text = GREEK if charset == "windows-1253" else UKRAINIAN
    found = read(mail(text.encode(charset), kind=f"text/plain{label}"))
    assert found.text == text


@pytest.mark.parametrize(
    ("label", "inside"),
    [("utf-8", "windows-1251"), ("us-ascii", "koi8-u"), ("iso-8859-1", "utf-8")],
)
def test_a_wrong_label_is_seen_through(label, inside):
    raw = mail(UKRAINIAN.encode(inside), kind=f"text/plain; charset={label}")
    assert read(raw).text == UKRAINIAN


@pytest.mark.parametrize(
    "codec", ["punycode", "idna", "unicode_escape", "zlib", "rot13", "x" * 90]
)
def test_a_codec_that_is_no_charset_of_mails_is_refused(codec):
    assert read(mail("a\\u0041-b", kind=f"text/plain; charset={codec}")).text == "a\\u0041-b"


def test_a_body_that_begins_without_a_blank_line_is_the_text():
    found = read(b"From: o@firm.test\r\nSubject: Hi\r\nHello there, no blank line here")
    assert (found.subject, found.text) == ("Hi", "Hello there, no blank line here")


def test_bytes_that_are_no_mail_become_text():
    assert read(b"just words").text == "just words"
    assert read(b"\xff\xfe\x00\x01\x02").mail_class == "normal"
    with pytest.raises(Unreadable):
        read(b" \r\n\r\n")


def test_a_mail_with_carriage_returns_only_is_read():
    assert read(b"From: o@firm.test\rSubject: Hi\r\rHello").text == "Hello"


def test_of_alternatives_the_html_is_taken():
    found = read(multipart(PLAIN + "see HTML", HTML + "<p>Hello <b>there</b></p>",
                           subtype="alternative"))  # fmt: skip
    assert (found.text, found.html) == ("Hello there", "<p>Hello <b>there</b></p>")


def test_of_alternatives_plain_is_taken_where_the_html_shows_nothing():
    found = read(multipart(PLAIN + "words", HTML + "<p>&nbsp;<br></p>", subtype="alternative"))
    assert (found.text, found.html) == ("words", None)


def test_inline_texts_in_a_row_are_joined_in_order():
    picture = ("Content-Type: image/png; name=a.png\r\nContent-Disposition: inline\r\n"
               "Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=")  # fmt: skip
    found = read(multipart(PLAIN + "first", picture, PLAIN + "second"))
    assert found.text == "first\n\nsecond"
    (one,) = found.attachments
    assert (one.name, one.payload, one.is_inline) == ("a.png", b"\x89PNG\r\n\x1a\n", True)


def test_a_picture_that_the_html_shows_is_inline_and_another_is_not():
    def picture(cid):
        return (f"Content-Type: image/png\r\nContent-ID: <{cid}>\r\n"
                "Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=")  # fmt: skip

    found = read(multipart(HTML + '<img src="cid:a@x"><img src="http://t.test/p.gif">',
                           picture("a@x"), picture("b@x"), subtype="related"))  # fmt: skip
    assert [(one.name, one.is_inline) for one in found.attachments] == [
        ("image-1.png", True),
        ("image-2.png", False),
    ]
    assert 'src="cid:a@x"' in found.html
    assert "t.test" not in found.html
    assert "remote_images" in found.notices


def test_html_is_cleaned_of_everything_that_acts():
    source = (
        '<script>x()</script><p onclick="x()" style="position:fixed">a</p>'
        '<a href="javascript:x()">b</a><a href="https://ok.test">c</a><iframe src=//e></iframe>'
        "<form action=//e><input name=p></form><svg onload=x()></svg>"
    )
    shown = read(mail(source, kind="text/html; charset=utf-8")).html
    for word in ("script", "onclick", "style", "iframe", "form", "input", "svg", "onload"):
        assert word not in shown
    assert 'rel="noopener noreferrer nofollow"' in shown


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ('Content-Disposition: attachment; filename="акт.pdf"', "акт.pdf"),
        ("Content-Disposition: attachment; filename*=utf-8''%D0%B0%D0%BA%D1%82.pdf", "акт.pdf"),
        (
            "Content-Disposition: attachment; filename*0*=utf-8''%D0%B0%D0; "
            "filename*1*=%BA%D1%82.pdf",
            "акт.pdf",
        ),
        ('Content-Disposition: attachment; filename*1="t.pdf"; filename*0="ac"', "act.pdf"),
        ('Content-Disposition: attachment; filename="=?koi8-u?Q?=C1=CB=D4?=.pdf"', "акт.pdf"),
        ('Content-Type: application/pdf; name="act; 1.pdf"', "act; 1.pdf"),
        ('Content-Disposition: attachment; filename="../../etc/pass\x00wd. ."', "passwd"),
        ('Content-Disposition: attachment; filename="C:\\\\dir\\\\a.exe"', "a.exe"),
        ('Content-Disposition: attachment; filename="gpj.\u202eexe"', "gpj.exe"),
        ("Content-Disposition: attachment; filename=" + "x" * 500 + ".pdf", "x" * 196 + ".pdf"),
        ("Content-Disposition: attachment", "file-1.bin"),
    ],
)
def test_a_file_name_is_found_and_made_safe(fields, name):
    kind = "" if "Content-Type" in fields else "Content-Type: application/octet-stream\r\n"
    found = read(multipart(PLAIN + "text", f"{kind}{fields}\r\n\r\nbytes"))
    assert [one.name for one in found.attachments] == [name]
    assert found.attachments[0].payload == b"bytes"


def test_two_files_of_one_name_are_both_kept():
    part = "Content-Type: text/csv; name=a.csv\r\n\r\n"
    found = read(multipart(part + "1", part + "2"))
    assert [one.payload for one in found.attachments] == [b"1", b"2"]


@pytest.mark.parametrize(
    ("encoding", "body", "text"),
    [
        ("base64", b"not base64 at all, only words.", "not base64 at all, only words."),
        ("base64", b"SGVsbG8=\r\nIHRoZXJl", "Hello there"),
        ("base64", b"SGVsbG8", "Hello"),
        ("quoted-printable", quopri.encodestring(UKRAINIAN.encode()), UKRAINIAN),
        ("quoted-printable", b"100 = 10=0D=0A=ZZ =", "100 = 10\n=ZZ "),
        ('"7bit"', UKRAINIAN.encode(), UKRAINIAN),
        ("no-such", UKRAINIAN.encode(), UKRAINIAN),
    ],
)
def test_a_wrong_transfer_encoding_loses_no_words(encoding, body, text):
    found = read(mail(body, head=[f"Content-Transfer-Encoding: {encoding}"]))
    assert found.text.strip() == text.strip()


def test_a_mail_in_a_mail_is_an_attachment_named_by_its_subject():
    inner = mail("inner text", Subject="=?utf-8?B?0J/RgNC40L3RgtC10YA=?=").decode()
    found = read(multipart(PLAIN + "look", "Content-Type: message/rfc822\r\n\r\n" + inner))
    assert found.text == "look"
    assert [(one.name, one.media_type) for one in found.attachments] == [
        ("Принтер.eml", "message/rfc822")
    ]
    assert b"inner text" in found.attachments[0].payload


def test_uuencoded_files_in_text_become_attachments():
    found = read(mail("see file\n\nbegin 644 cat.txt\n#0V%T\n`\nend\n\nthanks\n"))
    assert [(one.name, one.payload) for one in found.attachments] == [("cat.txt", b"Cat")]
    assert found.text.split() == ["see", "file", "thanks"]


def test_a_uuencoded_file_without_end_is_text_as_it_was_written():
    text = "see file\n\nbegin 755 cat.txt\n#0V%T\nbegin 644 dog.txt"
    found = read(mail(f"{text}\n"))
    assert (found.text, found.attachments) == (text, ())


def test_flowed_lines_are_joined():
    body = "This is one \nlong line.\n> quoted \n> too\nnew\n"
    found = read(mail(body, kind="text/plain; format=flowed"))
    assert found.full_text == "This is one long line.\n> quoted too\nnew"


def test_a_multipart_without_boundaries_shows_what_it_holds():
    assert read(mail("words here", kind="multipart/alternative")).text == "words here"
    assert read(mail("words here", kind="multipart/mixed; boundary=zzz")).text == "words here"


def test_a_last_boundary_that_is_missing_loses_nothing():
    raw = mail(b"--b1\r\n" + PLAIN.encode() + b"one\r\n--b1\r\n" + PLAIN.encode() + b"two",
               kind="multipart/mixed; boundary=b1")  # fmt: skip
    assert read(raw).text == "one\n\ntwo"


def test_signed_and_encrypted_mails_say_so():
    signed = read(multipart(PLAIN + "words", "Content-Type: application/pgp-signature\r\n\r\nx",
                            subtype="signed"))  # fmt: skip
    assert (signed.text, signed.notices) == ("words", ("signed_not_checked",))
    encrypted = read(
        multipart("Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1",
                  "Content-Type: application/octet-stream\r\n\r\nx", subtype="encrypted")
    )  # fmt: skip
    assert (encrypted.text, encrypted.notices) == ("", ("encrypted",))
    assert len(encrypted.attachments) == 2
    smime = read(mail("MIIB", kind="application/pkcs7-mime; smime-type=enveloped-data"))
    assert smime.notices == ("encrypted",)


def test_what_is_signed_in_the_open_is_read_without_its_armour():
    found = read(mail(
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nThe scanner is dead\n- - since noon\n"
        "-----BEGIN PGP SIGNATURE-----\n\niQEz\n=abcd\n-----END PGP SIGNATURE-----\n"
    ))  # fmt: skip
    assert found.text == "The scanner is dead\n- since noon"
    assert found.notices == ("signed_not_checked",)
    half = read(mail("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nThe scanner is dead"))
    assert "The scanner is dead" in half.text


def test_a_file_alone_is_an_attachment_and_the_text_is_empty():
    found = read(mail(b"%PDF-1.4", kind="application/pdf; name=a.pdf"))
    assert (found.text, [one.name for one in found.attachments]) == ("", ["a.pdf"])


def test_an_invitation_in_an_alternative_is_kept_as_a_file():
    found = read(multipart(PLAIN + "come", HTML + "<p>come</p>",
                           "Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR",
                           subtype="alternative"))  # fmt: skip
    assert [one.name for one in found.attachments] == ["text-1.ics"]


def test_the_key_tells_a_copy_from_a_reused_message_id():
    one = identify(mail("a")).key
    assert identify(mail("a", head=["Received: by mx"])).key == one
    assert identify(mail("b")).key != one
    assert identify(mail("a", Subject="other")).key != one


def test_punctuation_that_hides_or_breaks_is_gone_from_text():
    assert read(mail(b"a\x00b\r\nc\x07")).text == "ab\nc"


def test_a_mail_is_identified_as_it_is_read():
    """What its headers don't say of their letters, its text says for both."""
    header = b"Subject: " + "їжа".encode("koi8-u")
    raw = mail(
        "їжа".encode("koi8-u"), kind="text/plain; charset=koi8-u", Subject=None, head=[header]
    )
    found, identity = read(raw), identify(raw)
    assert found.subject == "їжа"
    assert identity.subject == found.subject
    assert identity.sender == found.from_.address
