"""All tickets and files of a person: complete, theirs alone, and read as they are sorted."""

from dataclasses import replace

import pytest

from intake.errors import NotFound
from intake.tickets import Status
from store.files import Files
from store.listing import FILES_OF_PERSON, NEWEST, OF_PERSON
from tests.store.cast import IVAN, OLENA, new_entry
from tests.store.test_listing import many, walk


async def with_files(store, database, number, *names):
    files = Files(database)
    ids = [await files.add_upload(name, "text/plain", 4, "a" * 64) for name in names]
    async with store.work() as work:
        await work.add_entry(new_entry(number, text="See there", stored_files=tuple(ids)))


async def person_of(listing, number):
    return (await listing.ticket(number)).person_id


async def test_all_tickets_of_a_person_settled_ones_too_and_nobody_elses(store, listing):
    numbers = await many(store, 9)
    await many(store, 3, address=IVAN)
    async with store.work() as work:
        ticket = await work.ticket(numbers[4])
        await work.save_ticket(replace(ticket, status=Status.CLOSED))
    olena = await person_of(listing, numbers[0])
    seen = await walk(lambda cursor: listing.tickets_of(olena, cursor, limit=4))
    assert seen == sorted(numbers, reverse=True)


async def test_all_files_of_a_person_once_the_newest_tickets_first(store, listing, database):
    older, newer = await many(store, 2)
    (ivans,) = await many(store, 1, address=IVAN)
    await with_files(store, database, newer, "a.txt", "b.txt")
    await with_files(store, database, older, "c.txt")
    await with_files(store, database, ivans, "secret.txt")
    await with_files(store, database, older, "d.txt")
    olena, cursor, seen = await person_of(listing, older), "", []
    while True:
        page = await listing.files_of(olena, cursor, limit=1)
        seen += [(file.ticket_id, file.name) for file in page.files]
        cursor = page.older
        if not cursor:
            break
    assert seen == [(newer, "b.txt"), (newer, "a.txt"), (older, "d.txt"), (older, "c.txt")]


@pytest.mark.parametrize("cursor", ["", "x", "1.2", "9" * 40, "-1"])
async def test_a_cursor_that_is_none_shows_the_first_page(store, listing, cursor):
    (number,) = await many(store, 1)
    olena = await person_of(listing, number)
    assert [line.id for line in (await listing.tickets_of(olena, cursor)).lines] == [number]
    assert (await listing.files_of(olena, cursor)).files == ()


async def test_a_person_is_known_by_name_and_nobody_else_is(store, listing):
    (number,) = await many(store, 1, address=OLENA)
    olena = await person_of(listing, number)
    assert (await listing.person(olena)).name == "Olena"
    for nobody in (olena + 1000, 0, 2**70):
        with pytest.raises(NotFound):
            await listing.person(nobody)


ASKED = {OF_PERSON: (1, NEWEST, 26), FILES_OF_PERSON: (1, NEWEST, NEWEST, NEWEST, 25)}


async def plan_of(database, sql, values):
    """What a planner does that takes no short cut through small tables."""
    if not database.dialect.is_postgresql:
        rows = await database.fetch(f"EXPLAIN QUERY PLAN {sql}", *values)
        return [row["detail"] for row in rows]
    async with database.transaction() as session:
        for way in ("seqscan", "bitmapscan", "sort", "hashjoin", "mergejoin"):
            await session.execute(f"SET LOCAL enable_{way} = off")
        await session.execute(f"PREPARE asked AS {sql}")
        rows = await session.fetch(f"EXPLAIN EXECUTE asked {values}")
        await session.execute("DEALLOCATE asked")
    return [row["QUERY PLAN"].strip().removeprefix("->").strip() for row in rows]


@pytest.mark.parametrize("sql", ASKED)
async def test_no_page_of_a_person_sorts_more_than_it_shows(database, sql):
    plan = await plan_of(database, sql, ASKED[sql])
    assert any("ticket_of_person" in line for line in plan)
    assert not any(line.startswith(("Sort  (", "USE TEMP B-TREE FOR ORDER BY")) for line in plan)
