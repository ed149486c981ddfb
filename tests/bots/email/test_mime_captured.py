"""One mail of each family, as files: what people must see of it."""

from pathlib import Path

import pytest

from bots.email.mime import read

MAILS = Path(__file__).parents[2] / "captured" / "email"
# file: subject, new words, names of attachments, class
SEEN = {
    "uk_gmail_reply": ("Re: Принтер не друкує", "Дякую, принтер уже друкує.", [], "normal"),
    "sk_outlook_reply": (
        "RE: Tlačiareň",
        "Dobrý deň,\n\ntlačiareň stále netlačí.",
        [],
        "normal",
    ),
    "el_thunderbird_cp1253": (
        "Εκτυπωτής",
        "Ο εκτυπωτής στον τρίτο όροφο δεν τυπώνει, και το δίκτυο είναι αργό.",
        [],
        "normal",
    ),
    "it_apple_mail": (
        "Non riesco più ad accedere",
        "Ecco lo schermo:\n\nE qui l’errore.",
        ["schermata n° 1.png"],
        "normal",
    ),
    "en_out_of_office": ("Automatic reply: Printer", "I am away until Monday.", [], "auto_reply"),
    "ja_iso_2022_jp": ("プリンターの件", "プリンターが動きません。", [], "normal"),
    "uk_koi8u_no_label": (
        "Не працює пошта",
        "Доброго дня! Пошта не відкривається, їжте каву в ґанку.",
        [],
        "normal",
    ),
    "uk_cp1251_said_utf8": (
        "Мережа",
        "Мережа зникає кожні п’ять хвилин, їдальня теж без зв’язку.",
        [],
        "normal",
    ),
    "broken_headers": ("VPN не працює", "VPN words", [], "normal"),
    "nested_forward": ("Fwd: error", "See the mail inside.", ["Помилка 5.eml"], "normal"),
    "bounce": (
        "Undelivered Mail Returned to Sender",
        "The mail could not be delivered.",
        ["delivery-status-1.txt", "Re_ Printer.eml"],
        "bounce",
    ),
    "invitation": ("Maintenance", "Maintenance on Friday.", ["text-1.ics"], "normal"),
    "pgp_encrypted": ("...", "", ["file-1.bin", "encrypted.asc"], "normal"),
    "signed": ("Signed", "Signed words.", ["smime.p7s"], "normal"),
    "newsletter": ("50 % off", "Buy now", [], "bulk"),
    "image_only": ("", "", ["IMG_1.JPG"], "normal"),
    "uuencoded": ("Log", "The log is here:", ["log.txt"], "normal"),
    "form_with_reply_to": (
        "New request",
        "Ім'я: Олена\nПошта: olena@firm.test\nДата: 23.11.2026 10:15\nТекст: не працює сканер",
        [],
        "normal",
    ),
    "no_words": ("Зателефонуйте мені", "", [], "normal"),
}


def captured(name):
    return read((MAILS / f"{name}.eml").read_bytes())


def test_every_captured_mail_is_expected():
    assert {path.stem for path in MAILS.glob("*.eml")} == set(SEEN)


@pytest.mark.parametrize("name", SEEN)
def test_a_captured_mail_shows_what_was_written(name):
    found = captured(name)
    assert (
        found.subject,
        found.text,
        [one.name for one in found.attachments],
        found.mail_class,
    ) == SEEN[name]
    assert found.text in found.full_text or found.full_text == found.text
    assert len(found.content_key) == 64


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
