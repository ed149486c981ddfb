"""Agents, their sessions and failed logins."""

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.errors import Conflict, NotFound
from intake.tickets import Status
from store.agents import Agents
from store.listing import Listing
from tests.store.cast import NOW, opened


@pytest.fixture
def agents(database):
    return Agents(database)


async def test_an_agent_is_found_by_login_in_any_case(agents):
    marek = await agents.add("Marek", "Marek Novák", "hash", "sk")
    assert await agents.by_login("MAREK ") == (marek, "hash")
    assert await agents.by_login("ivan") is None
    assert await agents.agent(marek.id) == marek
    assert await agents.active() == [marek]
    with pytest.raises(Conflict):
        await agents.add("marek", "Another", "hash", "en")
    with pytest.raises(NotFound):
        await agents.agent(99)


async def test_a_session_lasts_its_time_and_ends_when_closed(agents):
    marek = await agents.add("marek", "Marek", "hash", "sk")
    await agents.open_session(marek.id, "token", "csrf", NOW, 3600)
    session = await agents.session("token", NOW + timedelta(seconds=3599))
    assert (session.agent, session.csrf) == (marek, "csrf")
    assert session.expires_at == NOW + timedelta(hours=1)
    assert await agents.session("token", NOW + timedelta(hours=1)) is None
    await agents.close_session("token")
    assert await agents.session("token", NOW) is None


async def test_a_new_password_ends_old_sessions(agents):
    marek = await agents.add("marek", "Marek", "hash", "sk")
    await agents.open_session(marek.id, "token", "csrf", NOW, 3600)
    await agents.set_password("marek", "new hash")
    assert (await agents.by_login("marek"))[1] == "new hash"
    assert await agents.session("token", NOW) is None
    with pytest.raises(NotFound):
        await agents.set_password("ivan", "hash")


async def test_the_same_password_hashed_anew_ends_no_session(agents):
    marek = await agents.add("marek", "Marek", "weak", "sk")
    await agents.open_session(marek.id, "token", "csrf", NOW, 3600)
    await agents.renew_hash("marek", "weak", "strong")
    assert (await agents.by_login("marek"))[1] == "strong"
    assert await agents.session("token", NOW) is not None


async def test_a_password_that_was_changed_meanwhile_is_not_written_over(agents):
    await agents.add("marek", "Marek", "weak", "sk")
    await agents.set_password("marek", "another one")
    await agents.renew_hash("marek", "weak", "strong")
    assert (await agents.by_login("marek"))[1] == "another one"


async def test_a_new_session_sweeps_out_those_that_are_over(database, agents):
    marek = await agents.add("marek", "Marek", "hash", "sk")
    await agents.open_session(marek.id, "old", "csrf", NOW, 60)
    await agents.open_session(marek.id, "new", "csrf", NOW + timedelta(minutes=2), 60)
    rows = await database.fetch("SELECT token_hash FROM session")
    assert [row["token_hash"] for row in rows] == ["new"]


async def test_an_agent_keeps_the_language_they_chose(agents):
    marek = await agents.add("marek", "Marek", "hash", "sk")
    await agents.set_language(marek.id, "uk")
    assert (await agents.agent(marek.id)).language == "uk"


async def test_failed_logins_are_counted_per_subject_since_a_moment(agents):
    await agents.note_failed_login("sofia", NOW)
    for minutes in (0, 5, 6):
        await agents.note_failed_login("marek|192.0.2.1", NOW + timedelta(minutes=minutes))
    now = NOW + timedelta(minutes=6)
    assert await agents.failed_logins("marek|192.0.2.1", NOW + timedelta(minutes=1), now) == 2
    assert await agents.failed_logins("marek|192.0.2.1", NOW, now) == 3
    later = NOW + timedelta(days=2)
    await agents.note_failed_login("marek|192.0.2.1", later)
    assert await agents.failed_logins("marek|192.0.2.1", NOW, later) == 1


async def test_failed_logins_of_a_clock_that_was_put_back_since_are_forgotten(agents):
    for minutes in (0, 5, 60):
        await agents.note_failed_login("marek", NOW + timedelta(minutes=minutes))
    now = NOW + timedelta(minutes=5)
    assert await agents.failed_logins("marek", NOW, now) == 2
    await agents.note_failed_login("marek", now)
    assert await agents.failed_logins("marek", NOW, NOW + timedelta(hours=2)) == 3


async def test_who_is_removed_is_shut_out_at_once_and_leaves_what_is_not_done(
    database, agents, store
):
    marek = await agents.add("marek", "Marek Novák", "hash", "sk")
    sofia = await agents.add("sofia", "Sofia", "hash", "sk")
    await agents.open_session(marek.id, "token", "csrf", NOW, 3600)
    done, left, hers = [(await opened(store)).id for _ in range(3)]
    for number, who, status in (
        (done, marek, Status.SOLVED),
        (left, marek, Status.OPEN),
        (hers, sofia, Status.OPEN),
    ):
        async with store.work() as work:
            ticket = await work.ticket(number)
            taken = replace(ticket, assignee_id=who.id, assignee=who.name, status=status)
            await work.save_ticket(taken)
    assert await agents.remove("Marek", "Firstline", NOW) == 1
    assert await agents.session("token", NOW) is None
    assert await agents.active() == [sofia]
    listing = Listing(database)
    whose = [(await listing.ticket(number)).assignee for number in (done, left, hers)]
    assert whose == ["Marek Novák", "", "Sofia"]
    change = (await listing.timeline(left))[-1]
    assert (change.author_name, change.change.before, change.change.after) == (
        "Firstline",
        "Marek Novák",
        "",
    )
    with pytest.raises(NotFound):
        await agents.remove("marek", "Firstline", NOW)


async def test_who_was_removed_may_come_back_as_the_same_agent(agents):
    marek = await agents.add("marek", "Marek Novák", "hash", "sk")
    await agents.remove("marek", "Firstline", NOW)
    again = await agents.add("marek", "Marek", "new hash", "en")
    assert (again.id, again.name) == (marek.id, "Marek")
    assert await agents.by_login("marek") == (again, "new hash")
