"""In a real browser: sending by keys, news by themselves, and no word lost on the way."""

import re
from dataclasses import replace

import pytest
import pytest_asyncio
from playwright.async_api import expect

from intake.errors import Conflict, Unavailable
from tests.inbox.conftest import TOKEN, browser_of_a_stranger, sign_in
from tests.inbox.fakes import MAREK, SOFIA
from tests.inbox.sample import NOW, entry, ticket

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
COMPOSER = "[data-composer] textarea"


@pytest_asyncio.fixture(loop_scope="module")
async def page(chromium, desk):
    """Marek's page. What it reports as an error, or what its policy blocks, fails the test."""
    complaints = []
    async with browser_of_a_stranger(desk) as browser:
        root = str(sign_in(desk, browser).make_url("/")).rstrip("/")
        context = await chromium.new_context(
            base_url=root, viewport={"width": 1440, "height": 900}, reduced_motion="reduce"
        )
        await context.add_cookies([{"name": "firstline", "value": TOKEN, "url": root}])
        page = await context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: complaints.append(error.message))
        page.on("console", lambda line: complaints.append(line.text) if is_policy(line) else None)
        yield page
        await context.close()
    assert complaints == []


def is_policy(line):
    return "Content Security Policy" in line.text


# How far above the box the newest entry ends, once nothing scrolls any more.
GAP = """async () => {
    const at = (chosen) => document.querySelector(chosen).getBoundingClientRect();
    const gap = () => at("[data-composer]").top - at("#e90").bottom;
    for (let frame = 0; frame < 120 && gap() < 0; frame += 1) {
        await new Promise(requestAnimationFrame);
    }
    return gap();
}"""


def sign_in_anew(desk, agent):
    """In another window of the browser."""
    for key, session in desk.agents.sessions.items():
        desk.agents.sessions[key] = replace(session, agent=agent, csrf="of-the-later-session")


def say(desk, number, text):
    desk.listing.entries[1042].append(entry(number, text=text, at=NOW))
    desk.bell.ring("ticket:1042")


async def test_ctrl_enter_sends_and_the_box_is_ready_again(page, desk):
    await page.goto("/tickets/1042")
    await page.fill(COMPOSER, "Вже йду")
    await page.press(COMPOSER, "Control+Enter")
    await expect(page.locator(COMPOSER)).to_have_value("")
    await expect(page.locator(COMPOSER)).to_be_focused()
    assert desk.service.done == [("reply", "marek", 1042, "Вже йду", (), False)]


async def test_in_note_mode_ctrl_enter_keeps_a_note(page, desk):
    await page.goto("/tickets/1042")
    await page.click("label[for=mode-note]")
    await expect(page.get_by_role("button", name="Send", exact=True)).to_be_hidden()
    await page.fill(COMPOSER, "The hinge is worn")
    await page.press(COMPOSER, "Control+Enter")
    await expect(page.locator(COMPOSER)).to_have_value("")
    assert desk.service.done == [("note", "marek", 1042, "The hinge is worn")]


async def test_after_a_note_the_next_words_are_a_note_and_after_a_reply_a_reply(page, desk):
    await page.goto("/tickets/1042")
    await page.click("label[for=mode-note]")
    for words in ("The hinge is worn", "Ask HR about her"):
        await page.fill(COMPOSER, words)
        await page.press(COMPOSER, "Control+Enter")
        await expect(page.locator(COMPOSER)).to_have_value("")
        await expect(page.locator(COMPOSER)).to_be_focused()
        await expect(page.get_by_text("Only agents see a note")).to_be_visible()
        await expect(page.get_by_role("button", name="Send", exact=True)).to_be_hidden()
    await page.click("label[for=mode-reply]")
    await page.fill(COMPOSER, "Вже йду")
    await page.press(COMPOSER, "Control+Enter")
    await expect(page.locator(COMPOSER)).to_have_value("")
    await expect(page.locator("#mode-reply")).to_be_checked()
    assert [done[0] for done in desk.service.done] == ["note", "note", "reply"]


async def test_news_arrive_while_somebody_types(page, desk):
    await page.goto("/tickets/1042")
    await page.locator(COMPOSER).press_sequentially("Half a sent")
    await page.evaluate("document.querySelector('#e13').dataset.same = 'yes'")
    say(desk, 90, "Одну хвилину, ще одне!")
    await expect(page.locator("#e90")).to_contain_text("ще одне")
    await page.locator(COMPOSER).press_sequentially("ence")
    await expect(page.locator(COMPOSER)).to_have_value("Half a sentence")
    assert await page.locator("#e13").get_attribute("data-same") == "yes"


async def test_what_happens_before_the_page_listens_is_shown_as_well(page, desk, monkeypatch):
    listen = desk.bell.listen

    def late(topics):
        if not desk.bell.listened:
            desk.listing.entries[1042].append(entry(96, text="Вже працює", at=NOW))
        return listen(topics)  # rang for nobody

    monkeypatch.setattr(desk.bell, "listen", late)
    await page.goto("/tickets/1042")
    await expect(page.locator(".timeline")).to_contain_text("Вже працює")


async def test_a_tab_that_opens_in_the_background_takes_no_connection_until_it_is_looked_at(
    page, desk
):
    await page.add_init_script(
        "Object.defineProperty(document, 'hidden', {get: () => !window.isLookedAt})"
    )
    await page.goto("/tickets/1042", wait_until="load")
    say(desk, 97, "Сталося тим часом")
    await expect(page.locator(COMPOSER)).to_be_visible()
    assert desk.bell.listened == []
    await page.evaluate(
        "window.isLookedAt = true; document.dispatchEvent(new Event('visibilitychange'))"
    )
    await expect(page.locator("#e97")).to_contain_text("тим часом")
    assert len(desk.bell.listened) == 1


async def test_eight_windows_side_by_side_share_one_stream_and_all_hear_news(page, desk):
    windows = [page, *[await page.context.new_page() for _ in range(7)]]
    for number, window in enumerate(windows):
        await window.goto("/tickets/1042" if number % 2 else "/tickets?view=all")
        await expect(window.get_by_role("heading", level=1)).to_be_visible()
    say(desk, 98, "Чути всюди")
    for window in windows[1::2]:
        await expect(window.locator("#e98")).to_contain_text("всюди")
    assert desk.bell.listened == [["tickets", "ticket:*"]]
    await windows[0].close()
    say(desk, 99, "Чути й далі")
    await expect(windows[7].locator("#e99")).to_contain_text("далі")


BROKEN = """SharedWorker = class extends SharedWorker {
    constructor() { super("/static/none.js"); }
}"""

SILENT = """SharedWorker = class extends SharedWorker {
    constructor() { super("/static/stream.js", { type: "module" }); }
}"""


@pytest.mark.parametrize("lacks", ["delete window.SharedWorker", BROKEN, SILENT])
async def test_a_window_that_shares_nothing_has_a_stream_of_its_own(page, desk, lacks):
    await page.add_init_script(lacks)
    await page.goto("/tickets/1042")
    say(desk, 98, "Чути й так")
    await expect(page.locator("#e98")).to_contain_text("й так")
    assert desk.bell.listened == [["ticket:1042"]]


async def test_who_reads_the_newest_sees_what_comes_above_the_box(page, desk):
    await page.set_viewport_size({"width": 1440, "height": 600})
    await page.goto("/tickets/1042")
    await page.evaluate("scrollTo(0, document.body.scrollHeight)")
    say(desk, 90, "Одну хвилину\n" * 4)
    await expect(page.locator("#e90")).to_be_visible()
    assert await page.evaluate(GAP) >= 0


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
async def test_a_ticket_opens_at_its_newest_entry(page, desk, size):
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    desk.listing.entries[1042] += [entry(50 + n, text="Слово\n" * 6) for n in range(41)]
    await page.goto("/tickets/1042")
    await expect(page.locator("#e90")).to_be_in_viewport()
    assert await page.evaluate(GAP) >= 0


async def test_news_below_are_announced_to_who_reads_above(page, desk):
    await page.set_viewport_size({"width": 1000, "height": 500})
    await page.goto("/tickets/1042")
    await page.evaluate("scrollTo(0, 0)")
    await expect(page.locator("[data-news] a")).to_be_hidden()
    say(desk, 91, "Ще є питання")
    await expect(page.locator("[data-news] a")).to_be_visible()
    assert await page.evaluate("scrollY") == 0
    await page.click("[data-news] a")
    await expect(page.locator("[data-news] a")).to_be_hidden()


async def test_answers_appear_by_themselves_on_a_ticket_that_nobody_has_taken(page, desk):
    unanswered = ticket(1042, assignee_id=None, assignee="", answers={})
    desk.listing.rows[1042] = unanswered
    await page.goto("/tickets/1042")
    await expect(page.locator("#facts")).not_to_contain_text("INV-20418")
    desk.listing.rows[1042] = replace(unanswered, answers={"asset": "INV-20418"})
    say(desk, 94, "1. INV-20418")
    await expect(page.locator("#facts")).to_contain_text("INV-20418")


async def test_a_choice_half_made_is_not_undone_by_news(page, desk):
    await page.goto("/tickets/1042")
    await page.select_option("#status", "pending")
    desk.listing.rows[1042] = replace(desk.listing.rows[1042], subject="Another subject")
    say(desk, 92, "And this")
    await expect(page.locator("h1")).to_contain_text("Another subject")
    assert await page.locator("#status").input_value() == "pending"


async def test_words_survive_a_reload_and_a_lost_connection(page, desk):
    await page.goto("/tickets/1042")
    await page.fill(COMPOSER, "Not lost")
    await page.reload()
    await expect(page.locator(COMPOSER)).to_have_value("Not lost")
    await page.route("**/reply", lambda route: route.abort())
    await page.press(COMPOSER, "Control+Enter")
    await expect(page.locator("[data-composer] [data-problem]")).to_contain_text(
        "Your text is kept"
    )
    await page.unroute("**/reply")
    await page.press(COMPOSER, "Control+Enter")
    await expect(page.locator(COMPOSER)).to_have_value("")
    assert len(desk.service.done) == 1


async def test_a_page_that_says_what_was_refused_hears_news_and_keeps_words(page, desk):
    desk.listing.rows[1042] = replace(desk.listing.rows[1042], assignee_id=None, assignee="")
    desk.service.trouble = Conflict("taken", name="Sofia Ferraro")
    await page.goto("/tickets/1042")
    await page.get_by_role("button", name="Take this ticket").click()
    await expect(page.get_by_role("alert").first).to_contain_text("Sofia Ferraro")
    say(desk, 90, "Одну хвилину, ще одне!")
    await expect(page.locator("#e90")).to_contain_text("ще одне")
    await page.fill(COMPOSER, "Not lost there")
    await page.goto("/tickets/1042")
    await expect(page.locator(COMPOSER)).to_have_value("Not lost there")


async def test_a_page_that_is_refused_its_news_says_so_until_it_has_them(page, desk, monkeypatch):
    await page.clock.install()
    await page.goto("/tickets/1042")
    strip = page.locator("[data-connection]")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    with monkeypatch.context() as away:
        away.setattr(desk.agents, "trouble", Unavailable("database"))
        say(desk, 90, "Вже працює")
        await expect(strip).to_be_visible()
    await page.clock.fast_forward("00:06")
    await expect(page.locator("#e90")).to_contain_text("Вже працює")
    await expect(strip).to_be_hidden()


async def test_words_survive_the_end_of_the_session(page, desk):
    await page.goto("/tickets/1042")
    await page.fill(COMPOSER, "Not lost either")
    desk.agents.sessions.clear()
    await page.press(COMPOSER, "Control+Enter")
    await expect(page.locator("[data-composer] [data-problem]")).to_contain_text("signed out")
    await expect(page.locator(COMPOSER)).to_have_value("Not lost either")


async def test_one_click_splits_a_second_trouble_off(page, desk):
    desk.listing.entries[1042].append(
        entry(60, text="Paper jam. Also, no sound", facts={"besides": "no sound"})
    )
    desk.listing.rows[1043] = ticket(1043, subject="no sound")
    await page.goto("/tickets/1042")
    box = page.locator(".besides")
    await expect(box).to_contain_text("no sound")
    await box.get_by_role("button").click()
    await expect(page).to_have_url(re.compile(r"/tickets/1043$"))
    assert desk.service.done == [("split", 1042, 60)]


async def test_words_of_an_earlier_session_go_out_with_their_file_at_one_press(page, desk):
    await page.goto("/tickets/1042")
    await page.fill(COMPOSER, "Kept and sent")
    log = {"name": "log.txt", "mimeType": "text/plain", "buffer": b"42"}
    await page.set_input_files('[data-composer] input[type="file"]', log)
    sign_in_anew(desk, MAREK)
    await page.press(COMPOSER, "Control+Enter")
    await expect(page.locator(COMPOSER)).to_have_value("")
    [done] = desk.service.done
    assert (done[3], len(done[4])) == ("Kept and sent", 1)


async def test_words_of_another_agents_session_go_out_at_the_second_press(page, desk):
    await page.goto("/tickets/1042")
    await page.fill(COMPOSER, "Kept and sent")
    sign_in_anew(desk, SOFIA)
    await page.press(COMPOSER, "Control+Enter")
    problem = page.locator("[data-composer] [data-problem]")
    await expect(problem).to_contain_text("what you wrote is kept")
    assert desk.service.done == []
    await page.press(COMPOSER, "Control+Enter")
    await expect(page.locator(COMPOSER)).to_have_value("")
    assert [done[3] for done in desk.service.done] == ["Kept and sent"]


async def test_the_list_is_walked_and_searched_by_keys(page, desk):
    await page.goto("/tickets")
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await expect(page.locator("#t1041 a")).to_be_focused()
    desk.listing.rows = {1050: ticket(1050, subject="Brand new")} | desk.listing.rows
    desk.bell.ring("tickets")
    await expect(page.locator("#t1050")).to_be_visible()
    await expect(page.locator("#t1041 a")).to_be_focused()
    await page.keyboard.press("/")
    await page.keyboard.type("sap")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile(r"q=sap"))


async def test_no_page_is_wider_than_the_screen(page):
    wide = {}
    for width in (390, 1440):
        await page.set_viewport_size({"width": width, "height": 844})
        for path in ("/tickets", "/tickets/1042", "/tickets/1039", "/quarantine", "/tickets/7"):
            await page.goto(path)
            script = "document.documentElement.scrollWidth - innerWidth"
            wide[path, width] = await page.evaluate(script)
    assert {place: by for place, by in wide.items() if by > 0} == {}


async def test_a_name_without_a_space_is_no_wider_than_a_phone(page, desk):
    name = "W" * 120
    desk.listing.rows |= {1042: replace(desk.listing.rows[1042], requester=name)}
    written = desk.listing.entries[1042]
    desk.listing.entries[1042] = [replace(entry, author_name=name) for entry in written]
    await page.set_viewport_size({"width": 390, "height": 844})
    for path in ("/tickets", "/tickets/1042"):
        await page.goto(path)
        assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


async def test_on_a_phone_the_box_to_answer_in_is_at_hand(page):
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.goto("/tickets/1042")
    await expect(page.locator(COMPOSER)).to_be_in_viewport()
    await page.focus(COMPOSER)
    await expect(page.get_by_role("button", name="Send", exact=True)).to_be_in_viewport()


async def test_every_control_has_a_name(page):
    await page.goto("/tickets/1042")
    nameless = await page.evaluate(
        """[...document.querySelectorAll("input:not([type=hidden]), select, textarea, button, a")]
        .filter((it) => !it.labels?.length && !it.textContent.trim() && !it.ariaLabel
          && !it.querySelector("img[alt]")).map((it) => it.outerHTML)"""
    )
    assert nameless == []


async def test_details_are_asked_for_and_news_do_not_undo_half_made_ticks(page, desk):
    await page.goto("/tickets/1042")
    await page.get_by_text("Ask for details").click()
    await expect(page.get_by_label("Location")).to_be_checked()
    await page.get_by_label("Phone").check()
    await page.locator("h1").click()
    desk.listing.rows[1042] = replace(desk.listing.rows[1042], subject="Another subject")
    say(desk, 93, "And this")
    await expect(page.locator("h1")).to_contain_text("Another subject")
    await expect(page.get_by_label("Phone")).to_be_checked()
    await page.fill("#ask-words", "Which floor is it?")
    await page.get_by_role("button", name="Send the questions").click()
    await expect(page).to_have_url(re.compile("#latest"))
    asked = ("location", "phone")
    assert desk.service.done == [("ask", "marek", 1042, asked, "Which floor is it?")]


async def test_a_printed_ticket_shows_what_was_said_and_no_box_over_it(page):
    await page.goto("/tickets/1042")
    await page.emulate_media(media="print")
    await expect(page.locator("[data-composer]")).to_be_hidden()
    await expect(page.get_by_role("button", name="Assign")).to_be_hidden()
    await expect(page.locator(".entry .words").first).to_be_visible()
    stuck = "() => [...document.querySelectorAll('body *')].filter((one) => "
    stuck += "one.checkVisibility() && getComputedStyle(one).position === 'sticky').length"
    assert await page.evaluate(stuck) == 0
