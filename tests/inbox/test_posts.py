"""What agents do: replies, notes, work on tickets, and what happens when it can't be done."""

import io
import re
from dataclasses import replace

import pytest
from aiohttp import FormData

from intake.errors import Conflict, Invalid, NotAllowed, NotFound, Unavailable
from intake.tickets import Ask, Change, EntryKind, Priority, Status
from tests.inbox.conftest import CSRF
from tests.inbox.sample import PIXEL, entry

ONCE = "a-one-time-key"
TWO = "The printer is jammed. Also, there is no sound at all"


async def post(client, path, **fields):
    return await client.post(path, data={"csrf": CSRF, **fields}, allow_redirects=False)


async def test_a_reply_goes_out_without_javascript(agent, desk):
    page = await (await agent.get("/tickets/1042")).text()
    form = page[page.index('<form class="composer"') :]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    body = FormData({**hidden, "mode": "reply", "text": "Вже\r\nйду"})
    body.add_field("files", io.BytesIO(), filename="", content_type="application/octet-stream")
    answer = await agent.post("/tickets/1042/reply", data=body, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/tickets/1042#latest")
    assert desk.service.done == [("reply", "marek", 1042, "Вже\nйду", (), False)]


async def test_a_form_sent_twice_has_one_effect(agent, desk):
    for _ in range(2):
        answer = await post(agent, "/tickets/1042/reply", once=ONCE, text="Once")
        assert answer.status == 303
    assert len(desk.service.done) == 1


async def test_each_page_brings_a_new_one_time_key(agent):
    pages = [await (await agent.get("/tickets/1042")).text() for _ in range(2)]
    keys = {re.search(r'name="once" value="([^"]+)"', page).group(1) for page in pages}
    assert len(keys) == 2


async def test_send_and_solve_solves(agent, desk):
    await post(agent, "/tickets/1042/reply", once=ONCE, text="Done", solves="yes")
    assert desk.service.done[0][-1] is True


async def test_what_is_marked_as_a_note_is_never_sent_out(agent, desk):
    await post(agent, "/tickets/1042/reply", once=ONCE, text="hinge is worn", mode="note")
    await post(agent, "/tickets/1042/note", once=ONCE + "2", text="hinge is worn", mode="reply")
    assert [done[0] for done in desk.service.done] == ["note", "note"]


@pytest.mark.parametrize(
    ("path", "mode", "stays"),
    [("reply", "note", "note"), ("note", "reply", "note"), ("reply", "reply", "reply")],
)
async def test_the_page_that_follows_is_in_the_mode_of_what_was_written(
    agent, desk, path, mode, stays
):
    form = {"csrf": CSRF, "once": ONCE, "text": "hinge is worn", "mode": mode}
    followed = await (await agent.post(f"/tickets/1042/{path}", data=form)).text()
    desk.service.trouble = Invalid("text_too_long", limit="4")
    refused = await (await agent.post(f"/tickets/1042/{path}", data=form)).text()
    for page in (followed, refused):
        chosen = re.findall(r'name="mode" value="(\w+)" checked', page)
        assert chosen == [stays]


async def test_files_are_stored_and_go_with_the_reply(agent, desk):
    body = FormData({"csrf": CSRF, "once": ONCE, "text": "Here"}, quote_fields=False)
    body.add_field(
        "files", io.BytesIO(PIXEL), filename="C:\\photos\\кришка.png", content_type="text/html"
    )
    body.add_field(
        "files", io.BytesIO(b"plain words"), filename="a.txt", content_type="text/plain"
    )
    answer = await agent.post("/tickets/1042/reply", data=body, allow_redirects=False)
    assert answer.status == 303
    assert desk.service.done[0][4] == (1, 2)
    assert [upload[:3] for upload in desk.files.uploads] == [
        ("кришка.png", "image/png", len(PIXEL)),
        ("a.txt", "text/plain", 11),
    ]
    assert PIXEL in desk.blobs.contents.values()


async def test_too_many_files_are_refused_and_the_words_kept(agent, desk):
    body = FormData({"csrf": CSRF, "once": ONCE, "text": "my words"})
    for number in range(11):
        body.add_field("files", io.BytesIO(b"x"), filename=f"{number}.txt")
    answer = await agent.post("/tickets/1042/reply", data=body)
    assert answer.status == 422
    assert "my words</textarea>" in await answer.text()
    assert desk.files.uploads == []


async def test_an_empty_file_is_refused_by_name_and_the_words_kept(agent, desk):
    body = FormData({"csrf": CSRF, "once": ONCE, "text": "my words"})
    body.add_field("files", io.BytesIO(b"x"), filename="full.txt")
    body.add_field("files", io.BytesIO(b""), filename="empty.txt")
    answer = await agent.post("/tickets/1042/reply", data=body)
    assert answer.status == 422
    page = await answer.text()
    assert "empty.txt is empty" in page
    assert "my words</textarea>" in page
    assert desk.files.uploads == desk.service.done == []


async def test_a_reply_above_the_limit_is_too_large(agent, desk):
    body = FormData({"csrf": CSRF, "once": ONCE, "text": "big"})
    body.add_field("files", io.BytesIO(bytes(26 * 1024 * 1024)), filename="disk.img")
    answer = await agent.post("/tickets/1042/reply", data=body)
    assert answer.status == 413
    assert "25 MB" in await answer.text()
    assert desk.service.done == []


async def test_other_forms_take_a_megabyte(agent, desk):
    form = io.BytesIO(f"csrf={CSRF}&status=open&text={'x' * 1_100_000}".encode())
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await agent.post("/tickets/1042/status", data=form, headers=kind)
    assert answer.status == 413
    assert desk.service.done == []


async def test_a_page_shown_again_names_an_address_it_can_be_had_from(agent, desk):
    desk.service.trouble = Conflict("taken", name="Sofia Ferraro")
    for path, address in [
        ("/tickets/1042/take", "/tickets/1042"),
        ("/quarantine/5/requeue", "/quarantine"),
    ]:
        answer = await post(agent, path)
        assert answer.status == 409
        page = await answer.text()
        assert f'data-address="{address}"' in page
        assert f'name="back" value="{address}"' in page  # where a change of language leads


@pytest.mark.parametrize("once", ["", "short", "no spaces", "Ж" * 12, "x" * 65])
async def test_a_reply_needs_its_one_time_key(agent, desk, once):
    answer = await post(agent, "/tickets/1042/reply", once=once, text="kept words")
    assert answer.status == 422
    assert "kept words</textarea>" in await answer.text()
    assert desk.service.done == []


async def test_work_on_a_ticket(agent, desk):
    for path, fields in [
        ("take", {}),
        ("assign", {"assignee": "2"}),
        ("assign", {"assignee": ""}),
        ("status", {"status": "pending"}),
        ("priority", {"priority": "low"}),
    ]:
        assert (await post(agent, f"/tickets/1042/{path}", **fields)).status == 303
    assert desk.service.done == [
        ("take", "marek", 1042),
        ("assign", 1042, 2),
        ("assign", 1042, None),
        ("status", 1042, Status.PENDING),
        ("priority", 1042, Priority.LOW),
    ]


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("assign", {"assignee": "x"}),
        ("assign", {"assignee": "9" * 30}),
        ("assign", {}),
        ("status", {"status": "lost"}),
        ("status", {}),
        ("priority", {"priority": "highest"}),
        ("priority", {}),
    ],
)
async def test_what_is_not_on_the_list_is_refused(agent, desk, path, fields):
    answer = await post(agent, f"/tickets/1042/{path}", **fields)
    assert answer.status == 422
    assert "from the list" in await answer.text()
    assert desk.service.done == []


async def test_a_delivery_is_sent_again(agent, desk):
    answer = await post(agent, "/deliveries/13/retry")
    assert answer.headers["Location"] == "/tickets/1042#latest"
    assert desk.service.done == [("retry", 13)]


async def test_a_file_is_fetched_again(agent, desk):
    answer = await post(agent, "/files/3/retry")
    assert answer.headers["Location"] == "/tickets/1042#latest"
    assert desk.service.done == [("fetch", 3)]


@pytest.mark.parametrize(
    ("back", "shown"),
    [
        ("", "/quarantine"),
        ("/quarantine?older=52", "/quarantine?older=52"),
        ("//evil.example/quarantine", "/quarantine"),
        ("/logout", "/quarantine"),
    ],
)
async def test_an_envelope_is_processed_again_or_dismissed_on_its_page(agent, desk, back, shown):
    for verb in ("requeue", "dismiss"):
        answer = await post(agent, f"/quarantine/7/{verb}", back=back)
        assert answer.headers["Location"] == shown
    assert desk.service.done == [("requeue", 7), ("dismiss", "marek", 7)]


@pytest.mark.parametrize(
    ("trouble", "status", "words"),
    [
        (Invalid("empty_text"), 422, "nothing to send yet"),
        (Invalid("text_too_long", limit="20000"), 422, "longer than 20000 characters"),
        (Invalid("never heard of"), 422, "can't be taken as it is"),
        (Conflict("taken", name="<b>Sofia</b>"), 409, "&lt;b&gt;Sofia&lt;/b&gt; has taken"),
        (Conflict("stale"), 409, "Somebody else was faster"),
    ],
)
async def test_what_can_not_be_done_shows_the_ticket_again_with_the_words(
    agent, desk, trouble, status, words
):
    desk.service.trouble = trouble
    answer = await post(agent, "/tickets/1042/reply", once=ONCE, text="my <i>words</i>")
    page = await answer.text()
    assert answer.status == status
    assert words in page
    assert "my &lt;i&gt;words&lt;/i&gt;</textarea>" in page


@pytest.mark.parametrize(
    ("trouble", "status"),
    [(NotAllowed("agent_inactive"), 403), (NotFound("no_ticket"), 404), (Unavailable(), 503)],
)
async def test_other_errors_have_their_page(agent, desk, trouble, status):
    desk.service.trouble = trouble
    answer = await post(agent, "/tickets/1042/take")
    assert answer.status == status
    assert ("Retry-After" in answer.headers) == (status == 503)
    assert "That did not work" in await answer.text()


@pytest.mark.parametrize("place", ["reply", "note"])
async def test_while_the_database_is_away_nothing_that_was_typed_is_lost(agent, desk, place):
    desk.service.trouble = Unavailable()
    answer = await post(agent, f"/tickets/1042/{place}", once=ONCE, text="my <i>words</i>", to="7")
    page = await answer.text()
    assert answer.status == 503
    assert "my &lt;i&gt;words&lt;/i&gt;</textarea>" in page
    assert f'<form action="/tickets/1042/{place}" method="post">' in page
    for name, value in {"once": ONCE, "csrf": CSRF, "to": "7"}.items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in page


async def test_nor_where_it_can_not_even_be_asked_who_writes(agent, desk):
    desk.agents.trouble = Unavailable()
    answer = await post(agent, "/tickets/1042/reply", once=ONCE, text="my words")
    assert answer.status == 503
    assert "my words</textarea>" in await answer.text()


async def test_a_password_is_never_shown_again(stranger, desk):
    desk.agents.trouble = Unavailable()
    form = {"login": "marek", "password": "correct horse battery"}
    answer = await stranger.post("/login", data=form)
    assert answer.status == 503
    assert "correct horse" not in await answer.text()


@pytest.mark.parametrize(("method", "path"), [("GET", "/nowhere"), ("POST", "/tickets")])
async def test_what_is_no_page_says_so_in_the_agents_language(agent, desk, method, path):
    await desk.agents.set_language(1, "sk")
    answer = await agent.request(method, path, headers={"Accept-Language": "it"})
    assert answer.status in (404, 405)
    assert '<html lang="sk"' in await answer.text()


async def test_a_post_to_a_page_that_takes_none_is_refused(agent):
    answer = await post(agent, "/tickets")
    assert answer.status == 405
    assert "GET" in answer.headers["Allow"]


async def test_the_missing_fields_stand_ticked_and_one_click_asks_for_them(agent, desk):
    page = await (await agent.get("/tickets/1042")).text()
    form = page[page.index('action="/tickets/1042/ask"') :]
    form = form[: form.index("</form>")]
    ticked = re.findall(r'name="ask-(\w+)" value="yes" checked', form)
    assert ticked == ["location"]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    body = {**hidden, "ask-location": "yes", "ask-scope": "yes", "words": "Which floor?"}
    answer = await agent.post("/tickets/1042/ask", data=body, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/tickets/1042#latest")
    assert desk.service.done == [
        ("ask", "marek", 1042, ("location", "scope"), "Which floor?"),
    ]


async def test_what_an_agent_has_asked_in_vain_stands_ticked_and_may_be_unticked(agent, desk):
    ask = Ask(agent="Marek Hnatiuk", words="")
    asked = replace(desk.listing.rows[1042], asked=("scope", "started"), ask=ask)
    desk.listing.rows[1042] = asked
    page = await (await agent.get("/tickets/1042")).text()
    ticked = re.findall(r'name="ask-(\w+)" value="yes" checked', page)
    hidden = re.findall(r'type="hidden" name="(waits-\w+)" value="yes"', page)
    assert set(ticked) == {"scope", "started"}
    assert set(hidden) == {"waits-scope", "waits-started"}
    body = {"once": ONCE, **dict.fromkeys(hidden, "yes"), "ask-scope": "yes", "ask-asset": "yes"}
    await post(agent, "/tickets/1042/ask", **body)
    assert desk.service.done == [("ask", "marek", 1042, ("scope", "asset"), "")]
    assert desk.service.given_up == ("started",)


async def test_boxes_say_what_is_known_already(agent):
    page = await (await agent.get("/tickets/1042")).text()
    asset = page[page.index('for="ask-asset"') :].split("</label>")[0]
    scope = page[page.index('for="ask-scope"') :].split("</label>")[0]
    assert "INV-20418" in asset
    assert "doesn&#39;t know" in scope


async def test_a_card_that_cannot_go_shows_the_boxes_as_they_were(agent, desk):
    desk.service.trouble = Invalid("too_many_questions", limit="6")
    body = {"once": ONCE, "ask-asset": "yes", "words": "Please"}
    answer = await post(agent, "/tickets/1042/ask", **body)
    page = await answer.text()
    assert answer.status == 422
    assert "at most 6 things" in page
    assert re.findall(r'name="ask-(\w+)" value="yes" checked', page) == ["asset"]
    assert '<details class="asking" open>' in page
    assert ">Please</textarea>" in page


async def test_a_ticket_without_a_category_can_only_be_asked_for_it(agent):
    page = await (await agent.get("/tickets/1041")).text()
    assert re.findall(r'name="ask-(\w+)"', page) == ["category"]


async def test_a_solved_ticket_offers_no_questions(agent):
    page = await (await agent.get("/tickets/1031")).text()
    assert "/tickets/1031/ask" not in page


async def test_a_second_trouble_is_split_off_without_javascript(agent, desk):
    desk.listing.entries[1042].append(entry(60, text=TWO, facts={"besides": "no sound at all"}))
    page = await (await agent.get("/tickets/1042")).text()
    form = page[page.index('<form class="besides"') :]
    assert "no sound at all" in form[: form.index("</form>")]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[:600]))
    answer = await agent.post("/tickets/1042/split", data=hidden, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/tickets/1043")
    assert desk.service.done == [("split", 1042, 60)]


async def test_what_is_split_off_already_leads_to_its_ticket_and_is_not_offered_again(agent, desk):
    change = Change(what="split_off", after="1043")
    desk.listing.entries[1042] += [
        entry(60, text=TWO, facts={"besides": "no sound at all", "parted": "1043"}),
        entry(61, kind=EntryKind.CHANGE, change=change),
    ]
    page = await (await agent.get("/tickets/1042")).text()
    assert '<form class="besides"' not in page
    assert '<a class="after" href="/tickets/1043">#1043</a>' in page


async def test_splitting_asks_for_an_entry(agent, desk):
    answer = await post(agent, "/tickets/1042/split", entry="x")
    assert answer.status == 404
    assert desk.service.done == []


async def test_whose_card_is_held_is_let_in_by_a_button_that_is_there_only_then(agent, desk):
    assert "/tickets/1042/approve" not in await (await agent.get("/tickets/1042")).text()
    desk.listing.rows[1042] = replace(desk.listing.rows[1042], is_held=True)
    page = await (await agent.get("/tickets/1042")).text()
    assert "gets no card until somebody lets them in" in page
    assert 'action="/tickets/1042/approve"' in page
    answer = await post(agent, "/tickets/1042/approve")
    assert (answer.status, answer.headers["Location"]) == (303, "/tickets/1042#latest")
    assert desk.service.done == [("approve", "marek", 1042)]
