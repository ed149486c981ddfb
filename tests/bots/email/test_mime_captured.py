"""One mail of each family, as files: what people must see of it."""

from pathlib import Path

import pytest

from bots.email.mime import identify, read

MAILS = Path(__file__).parents[2] / "captured" / "email"


def captured(name):
    return read((MAILS / f"{name}.eml").read_bytes())


@pytest.mark.parametrize("path", sorted(MAILS.glob("*.eml")), ids=lambda path: path.stem)
def test_the_new_words_of_a_captured_mail_are_among_all_of_it(path):
    found = read(path.read_bytes())
    assert found.text in found.full_text
    assert len(identify(path.read_bytes()).key) == 64


def test_the_quoted_part_stays_in_the_full_text():
    assert "Спробуйте ще раз." in captured("uk_gmail_reply").full_text
    assert "Skúste ju reštartovať." in captured("sk_outlook_reply").full_text
    assert "Δοκιμάστε ξανά." in captured("el_thunderbird_cp1253").full_text


def test_people_are_found_in_captured_mails():
    assert captured("broken_headers").from_.address == "olena@firm.test"
    assert captured("ja_iso_2022_jp").from_.name == "田中"
    assert captured("form_with_reply_to").reply_to[0].address == "olena@firm.test"
    assert captured("bounce").recipients == ("support+b.1042.7.x@firm.test",)


def test_an_invisible_preheader_is_not_text():
    found = captured("newsletter")
    assert "preheader" not in found.full_text
    assert "remote_images" in found.notices


@pytest.mark.parametrize("name", ["smime_opaque", "smime_opaque_in_pieces"])
def test_words_within_a_signature_are_read(name):
    found = captured(name)
    assert found.text == "Сканер не бачить мережу, кабінет 214"
    assert found.notices == ("signed_not_checked",)
    assert [one.name for one in found.attachments] == ["smime.p7m"]
