"""A list becomes the directory, all of it or nothing, with as few statements for many rows."""

import pytest

from intake.importing import Told
from store.directory import Directory
from store.importing import Importing, all_employees

OLENA = Told(
    line=2,
    name="Olena Kovalenko",
    external_id="E1",
    mails=("olena@example.org", "o@example.org"),
    phones=("+380671234567",),
    facts={"place": "14", "machine": "INV-1", "organization": "ACME"},
)
IVAN = Told(line=3, name="Ivan", mails=("ivan@example.org",), facts={"organization": "ACME"})


@pytest.fixture
def importing(database, clock):
    return Importing(database, clock)


async def bring(importing, *rows, **more):
    given = {"source": "csv", "is_whole": False, "is_trial": False, **more}
    return await importing.run(rows, given.pop("source"), **given)


async def test_people_of_a_list_are_in_the_directory_and_found(importing, database):
    await bring(importing, OLENA, IVAN)
    olena, ivan = await all_employees(database)
    assert (olena.name, olena.mails, olena.phones) == (OLENA.name, OLENA.mails, OLENA.phones)
    assert (olena.place, olena.machine, olena.organization) == ("14", "INV-1", "ACME")
    assert (olena.source, olena.external_id, olena.is_active) == ("csv", "E1", True)
    directory = Directory(database)
    assert await directory.find_by_mail("o@example.org") == olena
    assert await directory.find_by_mail("ivan@example.org") == ivan
    [row] = await database.fetch("SELECT count(*) AS count FROM organization")
    assert row["count"] == 2


async def test_the_same_list_again_writes_nothing(importing, database, clock):
    await bring(importing, OLENA, IVAN)
    before = await database.fetch("SELECT * FROM employee ORDER BY id")
    clock.advance(60)
    again = await bring(importing, OLENA, IVAN)
    assert again.unchanged == 2
    assert await database.fetch("SELECT * FROM employee ORDER BY id") == before


async def test_a_change_takes_the_place_of_what_was_there(importing, database):
    await bring(importing, OLENA, IVAN)
    moved = Told(line=2, name="Olena P", external_id="E1", mails=("o@example.org",), phones=())
    await bring(importing, moved)
    olena, ivan = await all_employees(database)
    assert (olena.name, olena.mails, olena.phones) == ("Olena P", ("o@example.org",), ())
    assert ivan.mails == IVAN.mails
    assert await Directory(database).find_by_mail("olena@example.org") is None


async def test_a_trial_says_the_same_and_changes_nothing(importing, database):
    tried = await bring(importing, OLENA, IVAN, is_trial=True)
    assert not await all_employees(database)
    assert await bring(importing, OLENA, IVAN) == tried


async def test_who_is_missing_from_a_whole_list_is_found_by_id_alone(importing, database):
    await bring(importing, OLENA, IVAN)
    planned = await bring(importing, IVAN, is_whole=True)
    directory = Directory(database)
    assert [one.name for one in planned.left] == [OLENA.name]
    assert await directory.find_by_mail("olena@example.org") is None
    assert not (await directory.find(planned.left[0].id)).is_active


async def test_a_list_that_breaks_off_leaves_nothing_behind(importing, database, monkeypatch):
    monkeypatch.setattr("store.importing.ADD_CONTACT", "INSERT INTO nowhere VALUES ($1)")
    with pytest.raises(Exception, match="nowhere"):
        await bring(importing, OLENA, IVAN)
    assert not await all_employees(database)


async def test_ten_thousand_people_cost_no_more_statements_than_two(
    importing, database, queries, monkeypatch
):
    session_of = database._session

    def counted(connection):
        session = session_of(connection)
        queries.watch(session)
        return session

    monkeypatch.setattr(database, "_session", counted)
    await bring(importing, OLENA, IVAN)
    for_two, queries.count = queries.count, 0
    rows = [
        Told(line=at, name=f"P {at}", external_id=str(at), mails=(f"p{at}@example.org",))
        for at in range(10_000)
    ]
    await bring(importing, *rows)
    assert queries.count <= for_two
    assert len(await all_employees(database)) == 10_002
