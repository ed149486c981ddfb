"""A photo as answer, through the real parts, on both engines."""

from intake.speech import Operation

PHOTO = [{"file_id": "A", "file_unique_id": "a", "width": 800, "height": 600, "file_size": 90_000}]


async def test_a_photo_with_a_caption_answers_the_error_and_the_rest_in_one_message(exchange):
    await exchange.write("Excel не відкривається")
    await exchange.write("", photo=PHOTO, caption="з ранку, не можу працювати")
    (ticket,) = await exchange.tickets()
    assert ticket.answers["error"] == "фото"
    assert "started" in ticket.answers
    shown = [e for e in await exchange.timeline(ticket.id) if e.facts.get("shows") == "error"]
    assert [len(entry.files) for entry in shown] == [1]
    edited = exchange.phone.cards()[-1]
    assert edited.operation is Operation.EDIT
    assert "фото" in [chip.value for chip in edited.body.known]


async def test_further_photos_of_an_album_stand_beside_the_same_field(exchange):
    await exchange.write("Excel не відкривається")
    for _ in range(2):
        await exchange.write("", photo=PHOTO, media_group_id="album")
    (ticket,) = await exchange.tickets()
    shown = [e for e in await exchange.timeline(ticket.id) if e.facts.get("shows") == "error"]
    assert [len(entry.files) for entry in shown] == [2]
