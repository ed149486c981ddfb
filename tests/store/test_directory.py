"""Employees are found by what is theirs alone, and persons point to them."""

import pytest

from intake.messages import Address, Sender
from store.directory import Directory
from tests.store.cast import IVAN, OLENA, message, situation_of

MAKE = """
    INSERT INTO employee (organization_id, name, place, machine, language, department, source,
        external_id, is_active, changed_at)
    VALUES ((SELECT id FROM organization WHERE name = ''), $1, 'room 14', 'PC-1', 'uk', '', 'csv',
        $2, $3, 0) RETURNING id
"""
CONTACT = "INSERT INTO employee_contact (employee_id, kind, value) VALUES ($1, $2, $3)"


@pytest.fixture
def directory(database):
    return Directory(database)


async def employee(database, name, *, phone="", mail="", key="", is_active=True):
    async with database.transaction() as session:
        [row] = await session.fetch(MAKE, name, key, is_active)
        for kind, value in (("phone", phone), ("mail", mail)):
            if value:
                await session.execute(CONTACT, row["id"], kind, value)
    return row["id"]


async def test_an_employee_is_found_by_id_phone_and_mail(database, directory):
    found = await employee(
        database, "Olena Kovalenko", phone="+380671234567", mail="olena@example.org"
    )
    by_id = await directory.find(found)
    assert (by_id.name, by_id.place, by_id.machine) == ("Olena Kovalenko", "room 14", "PC-1")
    assert (by_id.mails, by_id.phones) == (("olena@example.org",), ("+380671234567",))
    assert await directory.find_by_phone("+380671234567") == by_id
    assert await directory.find_by_mail("olena@example.org") == by_id


async def test_what_two_share_finds_neither(database, directory):
    await employee(database, "Olena", phone="+380441112233", mail="desk@example.org")
    await employee(database, "Ivan", phone="+380441112233", mail="desk@example.org")
    assert await directory.find_by_phone("+380441112233") is None
    assert await directory.find_by_mail("desk@example.org") is None


async def test_who_has_left_is_found_by_id_alone_and_hides_nobody(database, directory):
    gone = await employee(database, "Ivan", phone="+380441112233", is_active=False)
    assert await directory.find_by_phone("+380441112233") is None
    assert not (await directory.find(gone)).is_active
    new = await employee(database, "Olena", phone="+380441112233")
    assert (await directory.find_by_phone("+380441112233")).id == new


@pytest.mark.parametrize("number", [0, -1, 999_999, 2**70])
async def test_an_id_that_no_row_has_finds_nobody(directory, number):
    assert await directory.find(number) is None


async def test_empty_words_find_nobody_also_where_contacts_are_empty(database, directory):
    made = await employee(database, "Olena")
    async with database.transaction() as session:
        await session.execute(CONTACT, made, "phone", "")
    assert await directory.find_by_phone("") is None


async def test_a_person_points_to_an_employee_until_that_is_taken_back(database, store):
    found = await employee(database, "Olena Kovalenko")
    async with store.work() as work:
        person = (await situation_of(work, message(address=OLENA))).person
        assert person.employee_id is None
        await work.point_to_employee(person.id, found)
        assert (await situation_of(work, message(address=OLENA))).person.employee_id == found
        assert (await situation_of(work, message(address=IVAN))).person.employee_id is None
        await work.point_to_employee(person.id, None)
        assert (await situation_of(work, message(address=OLENA))).person.employee_id is None


async def test_a_transaction_finds_what_it_has_written(store, database):
    made = await employee(database, "Olena", phone="+380441112233")
    async with store.work() as work:
        assert (await work.directory.find_by_phone("+380441112233")).id == made


WORK = Address(channel="email", account="support@firma.example", external_id="olena@firma.example")


async def employee_behind(store, address=WORK, *, is_proven):
    sender = Sender(name="Olena", external_id=address.external_id, is_proven=is_proven)
    async with store.work() as work:
        return (await situation_of(work, message(address=address, sender=sender))).employee


async def test_a_mail_is_an_employees_only_where_it_is_proven(database, store):
    made = await employee(database, "Olena", mail="olena@firma.example")
    assert await employee_behind(store, is_proven=False) is None
    assert (await employee_behind(store, is_proven=True)).id == made


async def test_a_mailbox_of_two_proves_neither_and_one_of_who_has_left_nobody(database, store):
    await employee(database, "Olena", mail="olena@firma.example", is_active=False)
    assert await employee_behind(store, is_proven=True) is None
    for name in ("Olena", "Ivan"):
        await employee(database, name, mail="olena@firma.example")
    assert await employee_behind(store, is_proven=True) is None


async def test_a_chat_whose_number_reads_like_a_mail_proves_nothing(database, store):
    await employee(database, "Olena", mail="olena@firma.example")
    chat = Address(channel="telegram", account="7", external_id="olena@firma.example")
    assert await employee_behind(store, chat, is_proven=True) is None
