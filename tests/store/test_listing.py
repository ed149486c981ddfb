"""Lists, pages, counts and search: quick, complete, newest first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.errors import NotFound
from intake.messages import Address
from intake.tickets import EntryKind, Status
from store.listing import page_sql
from store.search import Search, words_in
from tests.store.cast import (
    IVAN,
    NOW,
    OLENA,
    envelope,
    message,
    new_entry,
    new_ticket,
    opened,
    opening,
    situation_of,
)


@pytest.fixture
def search(database):
    return Search(database)


async def many(store, count, address=OLENA, **more):
    made = []
    async with store.work() as work:
        situation = await situation_of(work, message(address=address))
        for number in range(count):
            at = NOW + timedelta(seconds=number // 2)  # pairs share a moment
            made.append(await opening(work, new_ticket(situation, opened_at=at, **more)))
    return [ticket.id for ticket in made]


async def walk(page):
    """All numbers of a paged list."""
    cursor, seen = "", []
    while True:
        got = await page(cursor)
        seen += [line.id for line in got.lines]
        cursor = got.older
        if not cursor:
            return seen


async def test_pages_together_show_every_ticket_once_newest_first(store, listing):
    numbers = await many(store, 25)
    seen = await walk(lambda cursor: listing.tickets("all", 1, cursor, limit=7))
    assert seen == sorted(numbers, reverse=True)


async def test_each_view_shows_its_own(store, listing):
    new, mine, other, solved = [await opened(store) for _ in range(4)]
    async with store.work() as work:
        await work.save_ticket(replace(mine, status=Status.OPEN, assignee_id=1, assignee="Marek"))
        await work.save_ticket(replace(other, status=Status.PENDING, assignee_id=2))
        await work.save_ticket(replace(solved, status=Status.SOLVED, assignee_id=1))
    views = {
        view: {line.id for line in (await listing.tickets(view, 1)).lines}
        for view in ("new", "mine", "open", "all")
    }
    assert views == {
        "new": {new.id},
        "mine": {mine.id},
        "open": {new.id, mine.id, other.id},
        "all": {new.id, mine.id, other.id, solved.id},
    }
    with pytest.raises(NotFound):
        await listing.tickets("everything", 1)


@pytest.mark.parametrize("cursor", ["x", "1", "1.x", "9" * 40 + "." + "9" * 40, "-1.-1"])
async def test_a_made_up_cursor_shows_the_first_page(store, listing, cursor):
    await many(store, 2)
    assert len((await listing.tickets("all", 1, cursor)).lines) == 2


async def test_counts_stop_at_a_hundred(journal, store, listing):
    await many(store, 103)
    await journal.accept([envelope(1)])
    async with store.work() as work:
        [poison] = await work.take_envelopes(NOW, 1)
        await work.quarantine_envelope(poison, "Unreadable: so strange")
    assert await listing.counts(1) == {"new": 100, "mine": 0, "open": 100, "quarantined": 1}
    [shown] = (await listing.quarantined()).envelopes
    assert (shown.key, shown.error, shown.payload) == (
        "1",
        "Unreadable: so strange",
        b'{"update_id": 1}',
    )


async def quarantined(journal, store, *keys):
    await journal.accept([envelope(key, key) for key in keys])
    async with store.work() as work:
        for poison in await work.take_envelopes(NOW, 100):
            await work.quarantine_envelope(poison, "Unreadable: so strange")


async def all_of(listed):
    """Keys page by page."""
    cursor, pages = "", []
    while not pages or cursor:
        page = await listed(cursor, limit=2)
        pages.append([one.key for one in page.envelopes])
        cursor = page.older
    return pages


async def test_every_quarantined_envelope_is_on_some_page(journal, store, listing):
    await quarantined(journal, store, *"abcde")
    assert await all_of(listing.quarantined) == [["e", "d"], ["c", "b"], ["a"]]
    assert await all_of(listing.dismissed) == [[]]
    assert len((await listing.quarantined("no cursor")).envelopes) == 5


async def test_what_was_dismissed_is_listed_apart_and_no_longer_counted(
    journal, store, listing, clock
):
    await quarantined(journal, store, *"abc")
    held = (await listing.quarantined()).envelopes
    for one in held:
        clock.advance(1)
        async with store.work() as work:
            await work.dismiss_envelope(one.id, "Marek", clock.now())
    assert (await listing.counts(1))["quarantined"] == 0
    assert await all_of(listing.dismissed) == [["a", "b"], ["c"]]
    last = (await listing.dismissed()).envelopes[0]
    assert (last.dismissed_by, last.dismissed_at) == ("Marek", clock.now())
    assert last.payload == held[-1].payload


async def test_no_list_reads_the_whole_table(database, store):
    await many(store, 400)
    async with database.transaction() as session:
        await session.execute("UPDATE ticket SET status = 'closed' WHERE id % 20 <> 0")
        await session.execute("UPDATE ticket SET assignee_id = 1 WHERE id % 40 = 0")
        await session.execute("ANALYZE")
    for view in ("new", "mine", "open", "all"):
        given = [1] if view == "mine" else []
        sql = page_sql(view)
        if database.dialect.is_postgresql:
            async with database.transaction() as session:
                # A table of some pages is quicker read whole; what matters is that it can.
                await session.execute("SET LOCAL enable_seqscan = off")
                await session.execute("SET LOCAL enable_sort = off")
                rows = await session.fetch("EXPLAIN " + sql, *given, 2**62, 2**62, 51)
            plan = "\n".join(row[0] for row in rows)
            assert "Index Scan" in plan, view
            assert "Seq Scan" not in plan, view
            assert "Sort" not in plan, view
        else:
            rows = await database.fetch("EXPLAIN QUERY PLAN " + sql, *given, 2**62, 2**62, 51)
            plan = "\n".join(row["detail"] for row in rows)
            assert "SEARCH ticket USING INDEX" in plan, view
            assert "TEMP B-TREE" not in plan, view


async def test_a_ticket_and_its_timeline_are_read_in_the_order_of_arrival(store, listing):
    ticket = await opened(store)
    async with store.work() as work:
        await work.add_entry(new_entry(ticket.id, "sent earlier", at=NOW - timedelta(days=1)))
    assert await listing.ticket(ticket.id) == ticket
    assert [entry.text for entry in await listing.timeline(ticket.id)] == [
        "the printer is on strike",
        "sent earlier",
    ]
    [handle] = await listing.handles(ticket.person_id)
    assert handle.address == OLENA
    for number in (0, 999, 10**30):
        with pytest.raises(NotFound):
            await listing.ticket(number)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Принтер на 3 поверсі", ["принтер", "на", "3", "поверсі"]),
        ("ΕΚΤΥΠΩΤΉΣ", ["εκτυπωτησ"]),
        ("Tlačiareň je pokazená!", ["tlaciaren", "je", "pokazena"]),
        ("l'ufficio_2 è giù", ["l", "ufficio", "2", "e", "giu"]),
        ("INV-20418", ["inv", "20418"]),
        ("її", ["іі"]),
        ("''; DROP -- \x00 *", ["drop"]),
    ],
)
def test_words_are_the_same_however_they_are_typed(text, words):
    assert words_in(text) == words


async def find(listing, words):
    return [line.id for line in (await listing.search(words)).lines]


async def test_words_are_found_in_any_case_with_and_without_accents(store, listing, search):
    uk = (await opened(store, "Принтер на третьому поверсі")).id
    el = (await opened(store, "Ο εκτυπωτής δεν τυπώνει", IVAN)).id
    assert await find(listing, "принтер") == []
    assert await search.reindex() == 2
    assert await search.reindex() == 0
    assert await find(listing, "ПРИНТЕР поверсі") == [uk]
    assert await find(listing, "εκτυπωτης") == [el]
    assert await find(listing, "τυπ") == [el]  # the last word may be a beginning
    assert await find(listing, "τυπ εκτυπωτης") == []
    assert await find(listing, "ivan") == [el]
    assert await find(listing, "INV-20418") == [el, uk]
    assert await find(listing, "printer") == [el, uk]  # the subject


async def test_a_person_is_found_by_an_address(store, listing, search):
    koi = Address(channel="email", account="desk@example.org", external_id="koi@example.com")
    carp = replace(koi, external_id="carp@example.com")
    of_koi, of_carp = (await opened(store, address=koi)).id, (await opened(store, address=carp)).id
    await search.reindex()
    assert await find(listing, "koi@example.com") == [of_koi]
    assert await find(listing, "KOI@exam") == [of_koi]
    assert await find(listing, "example.com") == [of_carp, of_koi]


async def test_a_number_finds_its_ticket_at_once(store, listing):
    numbers = await many(store, 3)
    assert await find(listing, str(numbers[1])) == [numbers[1]]
    assert await find(listing, f" #{numbers[2]}") == [numbers[2]]
    assert await find(listing, "#9999") == []


@pytest.mark.parametrize(
    "words",
    ["", "   ", "*", '"', "' OR 1=1", "a AND NOT", "NEAR(x y)", ":*", "\x00", "😀", "9" * 99],
)
async def test_odd_questions_find_nothing_and_break_nothing(store, listing, search, words):
    await opened(store)
    await search.reindex()
    assert await find(listing, words) == []


async def test_changed_words_are_found_after_the_next_round(store, listing, search):
    ticket = await opened(store)
    await search.reindex()
    async with store.work() as work:
        await work.add_entry(new_entry(ticket.id, "scanner", kind=EntryKind.NOTE))
    assert await find(listing, "scanner") == []
    assert await search.reindex() == 1
    assert await find(listing, "scanner") == [ticket.id]
    async with store.work() as work:
        timeline = await listing.timeline(ticket.id)
        await work.edit_entry(timeline[-1].id, "keyboard", NOW)
    await search.reindex()
    assert await find(listing, "scanner") == []
    assert await find(listing, "keyboard") == [ticket.id]


@pytest.fixture(params=[(500, 2_000), (3, 2_000), (3, 3)])
def every_way(request, monkeypatch):
    """Hits are met among the newest, gathered and sorted, or met walking back."""
    for name, count in zip(("NEAR", "RARE"), request.param, strict=True):
        monkeypatch.setattr(f"store.search.{name}", count)


@pytest.mark.usefixtures("every_way")
async def test_found_tickets_are_paged_newest_first(store, listing, search):
    numbers = await many(store, 12)
    while await search.reindex(5):
        pass
    seen = await walk(lambda cursor: listing.search("printer", cursor, limit=5))
    assert seen == sorted(numbers, reverse=True)


@pytest.mark.parametrize("near", [500, 2])
async def test_a_long_beginning_finds_all_that_begins_so_and_nothing_else(
    store, listing, search, monkeypatch, near
):
    monkeypatch.setattr("store.search.NEAR", near)
    texts = ["networking", "network", "netwo", "networks fail", "a networked disk", "networker"]
    numbers = [(await opened(store, text)).id for text in texts]
    await search.reindex()
    for words, places in {
        "network": [5, 4, 3, 1, 0],
        "networke": [5, 4],
        "networks": [3],
        "network fail": [],
        "fail networks": [3],
        "networx": [],
    }.items():
        assert await find(listing, words) == [numbers[place] for place in places], words


async def test_a_common_word_is_found_among_the_newest_alone(store, listing, search, monkeypatch):
    """However many tickets have it: that is what keeps a search quick."""
    await many(store, 12)
    await search.reindex()

    async def never(*_given):
        raise AssertionError("all hits were gathered")

    monkeypatch.setattr(Search, "_matched", never)
    monkeypatch.setattr(Search, "_gathered", never)
    page = await listing.search("printer", limit=5)
    assert len(page.lines) == 5
