"""A photo comes first and the words after it: they are one report, called by its words."""

import pytest

from intake.tickets import EntryKind

PHOTO = [{"file_id": "f1", "file_unique_id": "u1", "width": 9, "height": 9, "file_size": 9000}]
REPORTS = {
    "uk": "Outlook не відкривається з учора, дивіться фото",
    "en": "Outlook won't open since yesterday, see photo",
    "sk": "Outlook sa od včera neotvára, pozri fotku",
    "el": "Το Outlook δεν ανοίγει από χθες, δείτε τη φωτογραφία",
    "it": "Outlook non si apre da ieri, vedi foto",
}


async def ticket_of(exchange):
    return await exchange.desk.listing.ticket(1001)


@pytest.mark.parametrize("language", REPORTS)
async def test_the_photo_is_the_error_and_the_words_are_the_title(exchange, language):
    await exchange.write("", photo=PHOTO)
    assert ".jpg" in (await ticket_of(exchange)).subject
    await exchange.write(REPORTS[language])
    ticket = await ticket_of(exchange)
    assert ticket.subject == REPORTS[language]
    assert "error" in ticket.answers
    assert "error" not in ticket.asked
    messages = [e for e in await exchange.timeline(1001) if e.kind is EntryKind.MESSAGE]
    assert messages[0].facts["shows"] == "error"


async def test_a_photo_of_what_shows_no_error_gives_the_title_alone(exchange):
    await exchange.write("", photo=PHOTO)
    await exchange.write("потрібна нова мишка")
    ticket = await ticket_of(exchange)
    assert ticket.subject == "потрібна нова мишка"
    assert "error" not in ticket.answers


async def test_what_the_words_say_of_the_error_stays_the_answer(exchange):
    await exchange.write("", photo=PHOTO)
    await exchange.write("принтер не друкує, помилка E5")
    assert (await ticket_of(exchange)).answers["error"] == "E5"


async def test_words_before_the_photo_stay_the_title(exchange):
    await exchange.write("принтер не друкує")
    await exchange.write("", photo=PHOTO)
    await exchange.write("3 поверх")
    assert (await ticket_of(exchange)).subject == "принтер не друкує"


async def test_thanks_after_a_photo_are_no_title(exchange):
    await exchange.write("", photo=PHOTO)
    await exchange.write("дякую!")
    assert ".jpg" in (await ticket_of(exchange)).subject
