"""What the desk says by itself carries the desk's own name."""

from datetime import UTC, datetime

import orjson

from bots.telegram.receive import envelope_of
from desk.settings import DeskSettings, Settings
from desk.wiring import build_desk
from intake.tickets import Author, Status

OLENA = {"id": 501, "is_bot": False, "first_name": "Olena"}
PRINTER = {
    "update_id": 1,
    "message": {
        "message_id": 1,
        "date": 1_764_000_000,
        "from": OLENA,
        "chat": {"id": 501, "type": "private"},
        "text": "the printer is on strike",
    },
}


async def test_the_desk_signs_by_its_own_name_that_a_ticket_is_solved(folder):
    settings = Settings(folder=folder, desk=DeskSettings(name="ІТ-служба"))
    desk = await build_desk(settings)
    try:
        arrived = envelope_of("7", orjson.dumps(PRINTER), datetime.now(UTC))
        await desk.service.accept([arrived])
        await desk.inward.step()
        marek = await desk.agents.add("marek", "Marek", "no hash", "en")
        await desk.service.set_status(marek, 1001, Status.SOLVED)
        said = await desk.listing.timeline(1001)
        signed = {line.author_name for line in said if line.author is Author.BOT}
    finally:
        await desk.close()
    assert signed == {"ІТ-служба"}
