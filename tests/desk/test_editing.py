"""What Olena edits is seen: new words bring a ticket back, a new photo stands beside the old."""

from intake.agent_words import Reply
from intake.tickets import Status
from tests.desk.phone import a_message

PRINTER = "принтер не друкує"
BURNS = "не допомогло, вже горить!"


def photo(size):
    return [{"file_id": f"f{size}", "file_unique_id": f"u{size}", "width": 9, "height": 9}
            | {"file_size": size}]  # fmt: skip


async def edit(exchange, number, text="", **content):
    edited = a_message(number, 1, text) | {"edit_date": 1} | content
    if not text:
        del edited["text"]
    await exchange.update_of(edited_message=edited)
    await exchange.work()


async def test_an_edit_opens_what_was_solved_and_waits_for_the_agent(exchange, marek):
    await exchange.write(PRINTER)
    await exchange.desk.service.reply(marek, 1001, Reply(text="Перезавантажте", once="1"))
    number = await exchange.write("добре, зараз зроблю")
    await exchange.desk.service.set_status(marek, 1001, Status.SOLVED)
    await exchange.work()
    await edit(exchange, number, BURNS)
    (line,) = (await exchange.desk.listing.tickets("open", 0)).lines
    assert (line.preview, line.waits_for_agent) == (BURNS, True)


async def test_a_new_photo_stands_beside_the_old_one_and_the_same_one_comes_once(exchange):
    number = await exchange.write("", photo=photo(1000), caption=PRINTER)
    await edit(exchange, number, photo=photo(1000), caption=f"{PRINTER}!")
    assert len((await exchange.timeline(1001))[0].files) == 1
    await edit(exchange, number, photo=photo(2000), caption=f"{PRINTER}!")
    entry = (await exchange.timeline(1001))[0]
    first, second = entry.files
    assert (first.size, second.size) == (1000, 2000)
    assert first.name != second.name
    assert entry.text == f"{PRINTER}!"
