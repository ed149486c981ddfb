"""The composer in a real browser: what is left is counted live, and as the server would cut it."""

import json

import pytest
from playwright.async_api import expect

from bots.cutting import split_text
from intake.people import Handle
from intake.terms import Length, Unit
from tests.inbox.fakes import NOW
from tests.inbox.sample import TELEGRAM, entry
from tests.inbox.test_browser import COMPOSER, GAP, page, say  # noqa: F401 - a fixture
from tests.inbox.test_composer import MAIL, VIBER, handle

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
LENGTHS = [
    Length(longest=40, unit=Unit.UTF16, most_parts=4),
    Length(longest=40, unit=Unit.BYTES, most_parts=4),
    Length(longest=40, unit=Unit.CHARACTERS, most_bytes=60, most_parts=4),
]
TEXTS = [
    "short",
    "word " * 40,
    "x" * 170,
    "Перше речення. Друге речення, довше за перше!\n\nІ ще один абзац після порожнього рядка.\n"
    * 2,
    "👩‍👩‍👧‍👦" * 12 + " and then e\u0301" * 20,
    "Ελληνικά; ναι· «καλά» " * 9,
    "a" * 39 + "👍🏽" + "b" * 39,
    "\n\n\n" + "line\n" * 30,
]
COUNT = """async ([text, terms]) => {
    const address = document.querySelector("script[type=module]").src.replace(/inbox[^/]*$/, "");
    const { countParts } = await import(`${address}cutting.js`);
    return countParts(text, terms);
}"""


def terms_of(length):
    return {
        "longest": length.longest,
        "unit": length.unit.value,
        "mostBytes": length.most_bytes,
        "mostParts": length.most_parts,
    }


@pytest.mark.parametrize("length", LENGTHS, ids=lambda length: length.unit.value)
async def test_the_page_cuts_as_the_senders_do(page, length):  # noqa: F811
    await page.goto("/tickets/1042")
    for text in TEXTS:
        parts = [one for one in split_text(text, length.longest, length.of) if one.strip()]
        assert await page.evaluate(COUNT, [text, terms_of(length)]) == len(parts), json.dumps(text)


async def test_what_is_left_is_counted_while_somebody_writes(page, desk):  # noqa: F811
    desk.listing.people[1] = [handle(1, TELEGRAM), handle(2, MAIL)]
    await page.goto("/tickets/1042")
    left = page.locator("[data-left]")
    await expect(left).to_have_text("4,096 characters left")
    await page.fill(COMPOSER, "👍 гаразд")  # two units, a space, six letters, and the signature
    await expect(left).to_have_text(
        f"{4096 - 9 - len(chr(10) * 2 + '— Marek Hnatiuk'):,} characters left"
    )
    await page.fill(COMPOSER, "word " * 1000)
    await expect(left).to_have_text("Goes as 2 messages")
    await page.fill(COMPOSER, "word " * 3900)
    await expect(left).to_have_text("Too long for messages: goes as a file")
    await page.click("label[for=way-2]")
    await expect(left).to_have_text("")
    await page.click("label[for=way-1]")
    await expect(left).to_have_text("Too long for messages: goes as a file")


async def test_an_answer_by_another_way_goes_there_by_keys_as_well(page, desk):  # noqa: F811
    desk.listing.people[1] = [handle(1, TELEGRAM), handle(2, MAIL)]
    await page.goto("/tickets/1042")
    await page.fill(COMPOSER, "By mail then")
    await page.click("label[for=way-2]")
    await page.press(COMPOSER, "Control+Enter")
    await expect(page.locator(COMPOSER)).to_have_value("")
    assert desk.service.ways == [2]


async def test_news_leave_the_choice_and_tell_that_a_window_has_shut(page, desk):  # noqa: F811
    open_now = Handle(id=3, person_id=1, address=VIBER, heard_at=NOW)
    desk.listing.people[1] = [handle(1, TELEGRAM), handle(2, MAIL), open_now]
    await page.goto("/tickets/1042")
    await page.click("label[for=way-2]")
    say(desk, 90, "Одну хвилину")
    await expect(page.locator("#e90")).to_be_visible()
    await expect(page.locator("#way-2")).to_be_checked()
    await page.click("label[for=way-1]")
    await page.evaluate("document.activeElement.blur()")
    desk.listing.people[1] = [handle(1, TELEGRAM), handle(2, MAIL), handle(3, VIBER)]
    desk.bell.ring("ticket:1042")
    await expect(page.locator("#way-3")).to_be_disabled()


async def test_news_that_come_while_a_way_is_pressed_leave_the_choice(page, desk):  # noqa: F811
    desk.listing.people[1] = [handle(1, TELEGRAM), handle(2, MAIL)]
    await page.goto("/tickets/1042")
    await page.hover("label[for=way-2]")
    await page.mouse.down()
    say(desk, 90, "Одну хвилину")
    await expect(page.locator("#e90")).to_be_visible()
    await page.mouse.up()
    await expect(page.locator("#way-2")).to_be_checked()


async def test_on_a_phone_the_way_is_chosen_by_a_tap(page, desk):  # noqa: F811
    desk.listing.people[1] = [handle(1, TELEGRAM), handle(2, MAIL)]
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.goto("/tickets/1042")
    await page.fill(COMPOSER, "By mail then")
    await page.click("label[for=way-2]")
    await expect(page.locator("#way-2")).to_be_checked()


async def test_on_a_phone_a_note_is_chosen_by_one_tap(page, desk):  # noqa: F811
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.goto("/tickets/1042")
    await page.click("label[for=mode-note]")
    await expect(page.locator("#mode-note")).to_be_checked()
    await page.fill(COMPOSER, "The hinge is worn")
    await page.press(COMPOSER, "Control+Enter")
    await expect(page.locator(COMPOSER)).to_have_value("")
    assert desk.service.done == [("note", "marek", 1042, "The hinge is worn")]


async def test_what_is_typed_while_words_are_on_their_way_stays(page, desk):  # noqa: F811
    async def type_on(route):
        await page.locator(COMPOSER).press_sequentially(" And ask HR")
        await route.continue_()

    await page.goto("/tickets/1042")
    await page.click("label[for=mode-note]")
    await page.fill(COMPOSER, "The hinge is worn.")
    await page.route("**/note", type_on, times=1)
    await page.press(COMPOSER, "Control+Enter")
    await expect(page.locator(COMPOSER)).to_have_value("And ask HR")
    await page.reload()
    await expect(page.locator(COMPOSER)).to_have_value("And ask HR")
    await page.press(COMPOSER, "Control+Enter")
    await expect(page.locator(COMPOSER)).to_have_value("")
    kept = [("note", "marek", 1042, text) for text in ("The hinge is worn.", "And ask HR")]
    assert desk.service.done == kept


async def test_the_newest_entry_that_grows_stays_above_the_box(page, desk):  # noqa: F811
    told = desk.listing.entries[1042]
    told += [entry(50 + n, text="Слово\n" * 6) for n in range(41)]
    await page.goto("/tickets/1042")
    assert await page.evaluate(GAP) >= 0
    told[-1] = entry(90, text="Слово\n" * 9)
    desk.bell.ring("ticket:1042")
    await expect(page.locator("#e90")).to_contain_text("Слово\n" * 9)
    assert await page.evaluate(GAP) >= 0
