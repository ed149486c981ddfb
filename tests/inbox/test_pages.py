"""What agents read: lists, tickets, quarantine."""

import re
from dataclasses import replace

import pytest

from intake.messages import AutomaticKind
from intake.tickets import Author, Change, EntryKind, FileState, Status, StoredFile
from tests.inbox.conftest import CSRF
from tests.inbox.fakes import NOW
from tests.inbox.sample import entry, ticket


async def text_of(client, path, status=200):
    answer = await client.get(path)
    assert answer.status == status
    return await answer.text()


async def test_the_first_page_is_the_open_tickets(agent):
    page = await text_of(agent, "/")
    assert "Принтер на 3 поверсі не друкує, E5" in page
    assert re.search(r'view=open"\s+aria-current="page"', page)


async def test_a_ticket_that_waits_for_answers_no_more_says_so(agent, desk):
    row = desk.listing.rows[1042]
    desk.listing.rows[1042] = replace(row, asked=())
    change = Change(what="goes_on", before="location")
    desk.listing.entries[1042].append(entry(60, kind=EntryKind.CHANGE, change=change))
    listed = await text_of(agent, "/tickets?view=all")
    listed = listed[listed.index('id="t1042"') : listed.index('id="t1041"')]
    assert "goes on without answers" in listed
    assert "answers missing" not in listed
    page = await text_of(agent, "/tickets/1042")
    assert "Goes on without answers</b>" in page
    assert '<span class="after">Location</span>' in page
    assert "goes on without answers" in page[page.index('id="facts"') :]


async def test_a_row_says_who_where_what_and_how_long_ago(agent):
    page = await text_of(agent, "/tickets?view=all")
    row = page[page.index('id="t1042"') : page.index('id="t1041"')]
    for words in ("Олена Ткаченко", "Telegram", "Printer", "Open", "3 min. ago", "Marek Hnatiuk"):
        assert words in row
    assert "answers missing" in row
    assert "Waits for an answer." in row


async def test_a_solved_ticket_no_longer_asks_for_answers(agent):
    page = await text_of(agent, "/tickets?view=all")
    row = page[page.index('id="t1031"') : page.index('id="t1027"')]
    assert "Solved" in row
    assert "answers missing" not in row


async def test_counts_are_capped(agent):
    page = await text_of(agent, "/tickets")
    assert '<span class="count">99+</span>' in page
    assert '<span class="count">2</span>' in page


async def test_quarantine_is_in_sight_only_when_it_holds_something(agent, desk):
    assert 'href="/quarantine"' not in await text_of(agent, "/tickets")
    desk.listing.counted |= {"quarantined": 1}
    assert 'href="/quarantine"' in await text_of(agent, "/tickets")


async def test_older_tickets_keep_the_view(agent, desk):
    desk.listing.older = "2026:17"
    assert 'href="/tickets?view=mine&amp;older=2026%3A17"' in await text_of(
        agent, "/tickets?view=mine"
    )
    assert "Back to the newest" in await text_of(agent, "/tickets?view=mine&older=x")


async def test_a_search_asks_for_the_words_and_keeps_them_in_the_box(agent, desk):
    page = await text_of(agent, "/tickets?q=+sap+")
    assert desk.listing.searched == ["sap"]
    assert "Accesso SAP" in page
    assert 'value="sap"' in page


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/tickets?view=new", "No new tickets"),
        ("/tickets?view=mine", "You have no open tickets"),
        ("/tickets?view=open", "All done"),
        ("/tickets?view=all", "No tickets yet"),
        ("/tickets?q=zzz", "Nothing found"),
        ("/quarantine", "Nothing here"),
    ],
)
async def test_an_empty_page_says_what_to_do(agent, desk, path, words):
    desk.listing.rows, desk.listing.held = {}, []
    assert words in await text_of(agent, path)


async def test_the_timeline_tells_who_said_what(agent):
    page = await text_of(agent, "/tickets/1042")
    assert "Перезавантажила, тепер блимає жовтим" in page
    assert "Note: only agents see this" in page
    assert 'class="entry bot"' in page
    assert '<span class="before">New</span>' in page
    assert "<b>Inventory number</b>" in page


async def test_every_delivery_shows_how_it_fared(agent):
    page = await text_of(agent, "/tickets/1042") + await text_of(agent, "/tickets/1039")
    for word in ("Delivered", "Perhaps delivered", "Not delivered", "Sending"):
        assert f'<span class="sign">{word}</span>' in page
    assert '<span class="sign">Can&#39;t be reached there</span>' in page
    assert "550 5.1.1 mailbox unavailable" in page


@pytest.mark.parametrize("state", ["accepted", "sent", "delivered", "seen"])
async def test_an_answer_that_was_charged_for_says_so_wherever_it_is(agent, desk, state):
    charged = "charged for (billing_status 5)"
    desk.listing.entries[1042] = [
        replace(one, delivery_state=state, delivery_reason=charged if one.delivery_id else "")
        for one in desk.listing.entries[1042]
    ]
    assert charged in await text_of(agent, "/tickets/1042")


async def test_an_answer_whose_channel_is_not_set_up_is_told_so_at_once(agent, desk):
    desk.unserved = frozenset({("email", "support@firma.example")})
    page = await text_of(agent, "/tickets/1039")
    assert '<span class="sign">Waits: its channel is not set up here</span>' in page
    assert '<span class="sign">Sending</span>' not in page


async def test_why_it_came_back_is_said_in_the_agents_language(agent, desk):
    timeline = desk.listing.entries[1039]
    timeline[:] = [
        replace(entry, delivery_reason="unserved" if entry.delivery_id == 21 else "")
        for entry in timeline
    ]
    page = await text_of(agent, "/tickets/1039")
    assert '<span class="reason">Its channel was not set up here for a day.</span>' in page


async def test_what_did_not_surely_arrive_can_be_sent_again(agent):
    page = await text_of(agent, "/tickets/1042") + await text_of(agent, "/tickets/1039")
    assert re.findall(r"/deliveries/(\d+)/retry", page) == ["13", "21", "22"]


async def test_strange_messages_are_marked(agent):
    page = await text_of(agent, "/tickets/1039")
    for words in ("Not the requester", "Automatic reply", "Can&#39;t be shown here: sticker"):
        assert words in page
    assert "Show full text" in page


async def test_files_say_what_became_of_them(agent):
    page = await text_of(agent, "/tickets/1042")
    assert '<img src="/files/1?inline"' in page
    assert "482.1 KB" in page
    assert "too big to fetch" in page
    assert "being fetched" in page


async def test_answers_are_filled_declined_or_missing(agent):
    page = await text_of(agent, "/tickets/1042")
    facts = page[page.index('<aside class="facts"') :]
    assert re.search(r'class="filled"><dt>Inventory number</dt><dd>INV-20418', facts)
    assert re.search(r'class="declined"><dt>Who is affected</dt><dd>doesn&#39;t know', facts)
    assert re.search(r'class="missing"><dt>Location</dt><dd>not answered yet', facts)


async def test_what_the_catalogue_has_lost_is_shown_as_it_was(agent, desk):
    desk.listing.rows[1] = ticket(1, category="fax", answers={"toner": "black"})
    change = Change(what="answer:toner", before="red", after="black")
    desk.listing.entries[1] = [entry(1, kind=EntryKind.CHANGE, change=change)]
    page = await text_of(agent, "/tickets/1")
    assert "<dt>toner</dt><dd>black</dd>" in page
    assert "fax" in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change(what="declined:location"), '<b>Not known</b>: <span class="after">Location'),
        (Change(what="sent_as_is", before="asset,category"), "Inventory number, Category"),
        (Change(what="category", before="printer", after="access"), "Printer</span>"),
        (Change(what="edited", before="old words", after="new words"), "old words"),
        (Change(what="sent_again"), "<b>Sent again</b> <span"),
        (Change(what="assignee", before="Sofia", after=""), 'class="after">nobody'),
    ],
)
async def test_a_change_is_one_line_in_words(agent, desk, change, words):
    desk.listing.entries[1042] = [entry(1, kind=EntryKind.CHANGE, change=change)]
    assert words in await text_of(agent, "/tickets/1042")


async def test_what_was_cut_off_a_mail_is_said(agent, desk):
    facts = {"notices": "encrypted, text_cut", "cut": "40000000", "cc": "ivan@firma.example"}
    desk.listing.entries[1042] = [entry(1, facts=facts)]
    page = await text_of(agent, "/tickets/1042")
    for words in ("Encrypted, can&#39;t be read here", "Text shortened", "only the beginning"):
        assert words in page
    assert "<dt>Cc</dt><dd>ivan@firma.example</dd>" in page
    assert "40000000" not in page


async def test_what_only_taps_need_to_know_of_a_message_is_not_shown(agent, desk):
    told = dict.fromkeys(("gave", "home", "had", "told", "asks", "goes_with"), "needed-by-taps")
    desk.listing.entries[1042] = [entry(1, facts=told)]
    assert "needed-by-taps" not in await text_of(agent, "/tickets/1042")


async def test_what_a_colleague_said_elsewhere_and_what_was_taken_back_is_marked(agent, desk):
    outside = entry(1, author=Author.AGENT, author_name="", facts={"outside": "yes"})
    gone = entry(2, text="", edited_at=NOW, facts={"deletion": "yes"})
    desk.listing.entries[1042] = [outside, gone]
    page = await text_of(agent, "/tickets/1042")
    first, second = page.split('<header><b class="author">')[1:]
    assert first.startswith("A colleague</b>")
    assert "Written in the platform" in first
    assert "Taken back by its writer" in second
    assert "edited" not in second.partition("</header>")[0]


async def test_the_composer_says_where_the_answer_goes_and_who_signs(agent):
    page = await text_of(agent, "/tickets/1042")
    assert "To Олена Ткаченко, signed Marek Hnatiuk" in page


async def test_a_ticket_that_is_not_there_is_not_found(agent):
    page = await text_of(agent, "/tickets/7", status=404)
    assert "There is nothing at this address" in page


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("automatic", list(AutomaticKind))
async def test_every_status_and_kind_has_its_word(agent, desk, status, automatic):
    desk.listing.rows[1] = ticket(1, status=status, answers={}, category=None)
    desk.listing.entries[1] = [entry(1, automatic=automatic)]
    page = await text_of(agent, "/tickets/1")
    assert f'<span class="status {status}">{status}<' not in page
    assert f'<span class="tag">{automatic}<' not in page


@pytest.mark.parametrize(("tries", "said"), [(1, "after 1 try<"), (3, "after 3 tries<")])
async def test_quarantine_says_how_often_it_was_tried(agent, desk, tries, said):
    desk.listing.held = [replace(one, tries=tries) for one in desk.listing.held]
    assert said in await text_of(agent, "/quarantine")


async def test_a_file_that_could_not_be_fetched_can_be_tried_again(agent, desk):
    page = await text_of(agent, "/tickets/1042")
    assert 'action="/files/' not in page
    said = desk.listing.entries[1042][-1]
    lost = StoredFile(id=3, name="a.png", media_type="", size=None, state=FileState.FAILED)
    desk.listing.entries[1042][-1] = replace(said, files=(lost,))
    page = await text_of(agent, "/tickets/1042")
    assert "could not be fetched" in page
    assert 'action="/files/3/retry"' in page


async def test_quarantine_leads_to_what_came_before_and_back(agent, desk):
    desk.listing.older = "57"
    page = await text_of(agent, "/quarantine?older=108")
    assert 'href="/quarantine?older=57"' in page
    assert "Back to the newest" in page
    desk.listing.older = "90.57"
    page = await text_of(agent, "/quarantine?view=dismissed")
    assert 'href="/quarantine?view=dismissed&amp;older=90.57"' in page
    assert "Back to the newest" not in page


async def test_what_was_dismissed_is_apart_with_who_said_so(agent, desk):
    [held] = desk.listing.held
    filed = replace(held, id=8, dismissed_at=NOW)
    desk.listing.held += [filed, replace(filed, id=9, dismissed_by="Sofia <b>")]
    page = await text_of(agent, "/quarantine")
    assert re.findall(r'<li id="q(\d+)"', page) == ["7"]
    assert 'formaction="/quarantine/7/dismiss"' in page
    page = await text_of(agent, "/quarantine?view=dismissed")
    assert re.findall(r'<li id="q(\d+)"', page) == ["8", "9"]
    assert "Filed by the desk itself" in page
    assert "Dismissed by Sofia &lt;b&gt;" in page
    assert "formaction" not in page
    assert 'action="/quarantine/9/requeue"' in page


async def test_quarantine_shows_the_error_and_what_arrived(agent):
    page = await text_of(agent, "/quarantine")
    assert "Unreadable: part 3 has no end" in page
    assert "&lt;b&gt;hi&lt;/b&gt;" in page


async def test_quarantine_names_the_sender_and_the_subject_of_a_mail(agent, desk):
    told = b'{"sha256":"%s","from":"ivan@firma.example","subject":"<b>Help</b>"}' % (b"a" * 64)
    desk.listing.held = [replace(one, payload=told) for one in desk.listing.held]
    page = await text_of(agent, "/quarantine")
    assert "<b><bdi>&lt;b&gt;Help&lt;/b&gt;</bdi></b>" in page
    assert '<bdi class="quiet">ivan@firma.example</bdi>' in page
    assert f'href="/originals/{"a" * 64}"' in page


@pytest.mark.parametrize("payload", [b"", b"7", b'{"from": 7}', b"{}"])
async def test_quarantine_shows_envelopes_that_tell_nothing(agent, desk, payload):
    desk.listing.held = [replace(one, payload=payload) for one in desk.listing.held]
    assert "Unreadable: part 3 has no end" in await text_of(agent, "/quarantine")


async def test_an_agent_chooses_a_language(agent, desk):
    form = {"csrf": CSRF, "language": "uk", "back": "/tickets?view=mine"}
    answer = await agent.post("/language", data=form, allow_redirects=False)
    assert answer.headers["Location"] == "/tickets?view=mine"
    page = await text_of(agent, "/tickets?view=mine")
    assert '<html lang="uk">' in page
    assert "3 хв тому" in page


async def test_before_login_the_browser_chooses_the_language(stranger):
    answer = await stranger.get("/login", headers={"Accept-Language": "de-DE,it;q=0.8,en;q=0.5"})
    assert '<html lang="it">' in await answer.text()


async def test_a_page_costs_a_fixed_number_of_queries(agent, desk):
    asked = []
    for name in ("tickets", "counts", "ticket", "timeline", "handles"):
        real = getattr(desk.listing, name)

        async def counted(*args, real=real, name=name):
            asked.append(name)
            return await real(*args)

        setattr(desk.listing, name, counted)
    await text_of(agent, "/tickets")
    await text_of(agent, "/tickets/1042")
    assert asked == ["tickets", "counts", "ticket", "timeline", "handles", "counts"]


async def test_a_picture_that_is_an_answer_stands_beside_its_field(agent, desk):
    photo = replace(desk.listing.stored[1], id=9)
    shown = entry(60, text="", files=(photo,), facts={"shows": "error"})
    desk.listing.entries[1042].append(shown)
    desk.listing.rows[1042] = ticket(answers={"error": "фото"})
    page = await (await agent.get("/tickets/1042")).text()
    facts = page[page.index('<dl class="answers">') :]
    answer = facts[facts.index("фото") : facts.index("</dl>")]
    assert answer.index('<img src="/files/9?inline"') < answer.index("</div>")


async def test_what_stands_from_an_earlier_ticket_is_no_answer_of_this_one(agent, desk):
    desk.listing.rows[1042] = replace(desk.listing.rows[1042], assumed=frozenset({"phone"}))
    change = Change(what="assumed:phone", after="+380 44 555 0142")
    desk.listing.entries[1042].append(entry(61, kind=EntryKind.CHANGE, change=change))
    page = await text_of(agent, "/tickets/1042")
    facts = page[page.index('id="facts"') :]
    (assumed,) = re.findall(r'<div class="assumed">(.*?)</div>', facts)
    assert "+380 44 555 0142" in assumed
    assert "known from before, not confirmed" in assumed
    assert "<b>Phone, known from before</b>" in page


async def test_a_stranger_with_an_agents_name_is_told_apart(agent, desk):
    page = await text_of(agent, "/tickets/1042")
    assert "Has an agent's name" not in page
    assert "An agent has this name too" not in page
    name = (await desk.agents.active())[0].name
    desk.listing.entries[1042].append(entry(61, text="I am in charge", author_name=name))
    page = await text_of(agent, "/tickets/1042")
    assert page.count("Has an agent's name") == 1
    desk.listing.rows[1042] = replace(desk.listing.rows[1042], requester=name.upper())
    page = await text_of(agent, "/tickets/1042")
    assert "An agent has this name too" in page[page.index('id="facts"') :]


@pytest.mark.parametrize("part", ["text", "full_text"])
async def test_a_message_that_is_very_long_is_cut_and_read_whole_elsewhere(agent, desk, part):
    words = "<b>слово</b> " * 60_000
    desk.listing.entries[1042] = [entry(90 + n, text="Коротко") for n in range(40)]
    desk.listing.entries[1042] += [entry(n, **{"text": "Коротко", part: words}) for n in range(40)]
    page = await (await agent.get("/tickets/1042")).text()
    assert len(page.encode()) < 2_000_000
    assert page.count("Show full text") == 40
    answer = await agent.get("/tickets/1042/entries/7")
    assert await answer.text() == words
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert (await agent.get("/tickets/1042/entries/500")).status == 404
