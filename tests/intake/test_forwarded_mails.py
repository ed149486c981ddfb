"""A mail that is handed on is read below its head, and the head itself says nothing."""

import pytest

from tests.intake.cast import NOW
from tests.intake.desk import READER

HEADS = {
    "Original Message": """FW: Printer
Please help Kate.

-----Original Message-----
From: Kate <kate@firma.example>
Sent: Friday, 27 November 2026 10:00
To: Tom
Subject: Printer
""",
    "en": """FW: Printer
________________________________
From: Kate <kate@firma.example>
Sent: Friday, 27 November 2026 10:00
To: Tom
Subject: Printer
""",
    "uk": """Fwd: Принтер
Від: Катерина <kate@firma.example>
Надіслано: п'ятниця, 27 листопада 2026 р. 10:00
Кому: Олена <olena@firma.example>
Тема: Принтер
""",
    "sk": """FW: Tlačiareň
Od: Katka <kate@firma.example>
Odoslané: piatok 27. novembra 2026 10:00
Komu: Jana <jana@firma.example>
Predmet: Tlačiareň
""",
    "el": """ΠΡΘ: Εκτυπωτής
Από: Κατερίνα <kate@firma.example>
Στάλθηκε: Παρασκευή, 27 Νοεμβρίου 2026 10:00
Προς: Γιώργος <george@firma.example>
Θέμα: Εκτυπωτής
""",
    "it": """I: Stampante
Da: Katia <kate@firma.example>
Inviato: venerdì 27 novembre 2026 10:00
A: Giulia <giulia@firma.example>
Oggetto: Stampante
""",
}
SAID = {
    "en": "the printer in the warehouse prints blank pages. Sticker INV-77001.",
    "uk": "принтер на складі друкує порожні сторінки. Наклейка INV-77001.",
    "sk": "tlačiareň v sklade tlačí prázdne strany. Nálepka INV-77001.",
    "el": "ο εκτυπωτής στην αποθήκη βγάζει λευκές σελίδες. Αυτοκόλλητο INV-77001.",
    "it": "la stampante in magazzino stampa pagine bianche. Etichetta INV-77001.",
}


@pytest.mark.parametrize("head", HEADS)
def test_what_is_handed_on_is_read_and_the_day_of_its_head_is_not(head):
    language = head if head in SAID else "en"
    mail = f"{HEADS[head]}\n{SAID[language]}"
    understood = READER.understand(mail, hint_language=language, now=NOW)
    assert understood.answers.keys() == {"symptom", "asset", "location"}
    assert understood.answers["asset"] == "INV-77001"


def test_below_an_answer_the_mail_that_is_answered_stays_unread():
    mail = HEADS["Original Message"].replace("FW:", "RE:") + f"\n{SAID['en']}"
    understood = READER.understand(mail, hint_language="en", now=NOW)
    assert "asset" not in understood.answers


def test_questions_with_their_answers_are_no_head():
    reply = "Q: Since when?\nA: since 13:20\nQ: Who?\nA: only me\nQ: Where?\nA: in room 12"
    understood = READER.understand(reply, hint_language="en", now=NOW)
    assert understood.answers["location"] == "room 12"
