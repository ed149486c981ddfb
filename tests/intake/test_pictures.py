"""A photo or file may be the answer: a picture of the error is attached to the field "error"."""

from dataclasses import replace

import pytest

from intake.decisions import CardStep
from intake.messages import IncomingFile, MessageKind
from intake.people import LANGUAGES
from intake.tickets import FileState, StoredFile
from tests.intake.cast import (
    DIALOGUE,
    FORMS,
    MAILBOX,
    NOW,
    a_situation,
    a_ticket,
    an_entry,
    says,
)

PHOTO = IncomingFile(source="{}", name="photo.jpg", media_type="image/jpeg", size=90_000)
LOG = IncomingFile(source="{}", name="outlook.log", media_type="text/plain", size=900)
VOICE = IncomingFile(source="{}", name="voice.ogg", media_type="audio/ogg", size=900)
LOGO = replace(PHOTO, name="image001.png", media_type="image/png", size=4_000, is_inline=True)
WORD = {"uk": "фото", "en": "photo", "sk": "fotka", "el": "φωτογραφία", "it": "foto"}


def decide(message, *tickets, **more):
    return DIALOGUE.decide(a_situation(*tickets, **more), message, NOW)


def a_software_ticket(**more):
    given = {
        "category": "software",
        "answers": {"symptom": "не відкривається", "application": "Excel"},
        "asked": ("error", "started", "tried", "urgency"),
    }
    return a_ticket(**(given | more))


def changed(decision):
    return [(change.what, change.before, change.after) for change in decision.changes]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_photo_while_the_error_is_asked_answers_it_and_the_card_says_so(language):
    decision = decide(says(files=(PHOTO,)), a_software_ticket(language=language))
    assert decision.ticket.answers["error"] == WORD[language]
    assert decision.ticket.asked == ("started", "tried", "urgency")
    assert decision.card is CardStep.REFRESH
    assert decision.shows == "error"
    assert changed(decision) == [("answer:error", "", WORD[language])]
    assert WORD[language] in [chip.value for chip in FORMS.card(decision.ticket, NOW).known]


def test_a_caption_is_read_as_answers_beside_the_photo():
    decision = decide(says("з ранку, не можу працювати", files=(PHOTO,)), a_software_ticket())
    answers = decision.ticket.answers
    assert (answers["error"], answers["started"]) == ("фото", "2026-11-23")
    assert decision.ticket.asked == ("tried",)
    assert decision.shows == "error"


def test_the_words_of_an_error_in_the_caption_stand_as_the_answer_beside_the_photo():
    decision = decide(says("1. 0x80070005", files=(PHOTO,)), a_software_ticket())
    assert decision.ticket.answers["error"] == "0x80070005"
    assert decision.shows == "error"


def test_a_caption_that_names_the_error_attaches_the_photo_when_nothing_is_asked():
    ticket = a_software_ticket(asked=(), card_id=None)
    decision = decide(says("ось яка помилка", files=(PHOTO,)), ticket)
    assert decision.ticket.answers["error"] == "фото"
    assert decision.ticket.asked == ()
    assert decision.shows == "error"


def test_a_photo_when_nothing_like_it_is_asked_is_simply_on_the_timeline():
    decision = decide(says(files=(PHOTO,)), a_ticket())
    assert "error" not in decision.ticket.answers
    assert decision.keeps_message
    assert (decision.shows, decision.card) == ("", CardStep.NONE)


def test_a_file_is_an_answer_like_a_photo_and_a_voice_message_is_none():
    assert decide(says(files=(LOG,)), a_software_ticket()).ticket.answers["error"] == "файл додано"
    assert "error" in decide(says(files=(VOICE,)), a_software_ticket()).ticket.asked


def test_what_was_answered_by_a_photo_or_declined_is_never_asked_again():
    first = decide(says(files=(PHOTO,)), a_software_ticket()).ticket
    second = decide(says("з ранку"), first).ticket
    assert "error" not in second.asked
    third = decide(says("1. не знаю"), a_software_ticket()).ticket
    assert "error" not in decide(says(files=(PHOTO,)), third).ticket.answers


def test_a_first_message_may_bring_the_error_along():
    decision = decide(says("Outlook не відкривається", files=(PHOTO,)))
    assert decision.opens.answers["error"] == "фото"
    assert decision.shows == "error"


def test_by_mail_a_screenshot_answers_and_a_logo_does_not():
    ticket = a_software_ticket(address=MAILBOX)
    situation = {"proven_ticket": ticket}
    screenshot = replace(LOGO, size=150_000)
    shown = decide(says("Ось.", address=MAILBOX, files=(screenshot,)), ticket, **situation)
    assert shown.ticket.answers["error"] == "фото"
    plain = decide(says("Ось.", address=MAILBOX, files=(LOGO,)), ticket, **situation)
    assert "error" not in plain.ticket.answers


def test_a_file_of_the_form_page_answers_the_error_too():
    ticket = a_software_ticket()
    message = says("", MessageKind.FORM, uploads=(3,))
    decision = decide(message, ticket, proven_ticket=ticket)
    assert decision.ticket.answers["error"] == "файл додано"
    assert decision.shows == "error"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("anna.vcf", "text/vcard"),
        ("anna.vcf", "application/octet-stream"),
        ("smime.p7s", "application/pkcs7-signature"),
        ("signature.asc", "application/pgp-signature"),
        ("winmail.dat", "application/ms-tnef"),
        ("invite.ics", "text/calendar"),
    ],
)
def test_what_a_mail_program_adds_to_each_mail_is_no_picture_of_the_error(name, kind):
    added = IncomingFile(source="{}", name=name, media_type=kind, size=4_000)
    ticket = a_software_ticket(address=MAILBOX)
    mail = says("з ранку", address=MAILBOX, subject="Re: Excel", files=(added,))
    decision = decide(mail, ticket, named_ticket=ticket)
    assert "error" in decision.ticket.asked
    assert decision.ticket.answers["started"] == "2026-11-23"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "а що таке помилка?"),
        ("en", "what do you mean by error?"),
        ("sk", "čo je tá chyba?"),
        ("el", "τι εννοείτε σφάλμα;"),
        ("it", "cosa intendete per errore?"),
    ],
)
def test_who_asks_what_an_error_is_has_not_shown_it_with_the_photo_before(language, text):
    ticket = a_ticket(language=language)
    photo = StoredFile(
        id=1, name="photo.jpg", media_type="image/jpeg", size=90_000, state=FileState.STORED
    )
    last = an_entry(ticket, minutes_ago=1, text="", files=(photo,))
    decision = decide(says(text), ticket, last_entry=last)
    assert "error" not in decision.ticket.answers
