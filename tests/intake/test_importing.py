"""What a list of people changes: who a row is, what it says, and who is missing from it."""

import pytest

from intake.directory import Employee
from intake.importing import Changed, Remark, Told, plan

OLENA = Employee(
    id=1,
    name="Olena Kovalenko",
    mails=("olena@example.org",),
    phones=("+380671234567",),
    place="14",
    source="csv",
    external_id="E1",
)


def planned(known, *rows, source="csv", is_whole=False):
    return plan(known, rows, source, is_whole=is_whole)


def as_told(employee, line=2, **more):
    given = {
        "name": employee.name,
        "external_id": employee.external_id,
        "mails": employee.mails,
        "phones": employee.phones,
        "facts": {"place": employee.place},
        **more,
    }
    return Told(line=line, **given)


def test_the_same_list_twice_changes_nothing():
    again = planned([OLENA], as_told(OLENA))
    assert (again.added, again.changed, again.left, again.unchanged) == ((), (), (), 1)


def test_a_change_is_told_with_what_was_there_before():
    [one] = planned([OLENA], as_told(OLENA, facts={"place": "15"})).changed
    assert one == Changed(line=2, before=OLENA, after=one.after)
    assert one.differences == [("place", "14", "15")]


def test_what_a_list_does_not_tell_stays_and_what_it_tells_as_empty_is_empty():
    silent = Told(line=2, name=OLENA.name, external_id="E1")
    assert planned([OLENA], silent).unchanged == 1
    [one] = planned([OLENA], as_told(OLENA, mails=(), facts={"place": ""})).changed
    assert (one.after.mails, one.after.place, one.after.phones) == ((), "", OLENA.phones)


@pytest.mark.parametrize(
    "told",
    [
        Told(line=2, name="Olena Petrenko", external_id="E1"),
        Told(line=2, name="Olena Kovalenko-Petrenko", mails=("olena@example.org",)),
        Told(line=2, name="olena  kovalenko", phones=("+380671234567",)),
    ],
)
def test_a_row_is_known_by_its_id_else_its_mail_else_its_phone_and_name(told):
    [one] = planned([OLENA], told).changed
    assert one.before == OLENA


@pytest.mark.parametrize(
    "told",
    [
        Told(line=2, name="Olena Kovalenko", external_id="E2"),
        Told(line=2, name="Olena Kovalenko", external_id="E2", mails=OLENA.mails),
        Told(line=2, name="Olena Kovalenko", mails=("olena.k@example.org",)),
        Told(line=2, name="Ivan", phones=OLENA.phones),
    ],
)
def test_a_namesake_and_whoever_has_another_id_or_mail_is_somebody_else(told):
    found = planned([OLENA], told)
    assert [one.name for _, one in found.added] == [told.name]
    assert not found.changed


def test_another_list_takes_over_whom_it_knows_by_mail():
    [one] = planned([OLENA], as_told(OLENA, external_id="uid-7"), source="ldap").changed
    assert (one.after.id, one.after.source, one.after.external_id) == (1, "ldap", "uid-7")


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (Told(line=2, name="", mails=("a@example.org",)), "no_name"),
        (Told(line=2, name="Olena"), "no_key"),
        (Told(line=2, name="Olena", mails=()), "no_key"),
        (Told(line=2, name="O" * 201, external_id="7"), "too_long"),
    ],
)
def test_a_row_that_says_too_little_or_too_much_is_refused_by_its_line(told, code):
    found = planned([], told)
    assert [(one.code, one.line) for one in found.refused] == [(code, 2)]
    assert not found.added


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (as_told(OLENA), as_told(OLENA, line=9, name="Ivan")),
        (
            Told(line=2, name="Ivan", mails=("ivan@example.org",)),
            Told(line=9, name="Petro", mails=("ivan@example.org",)),
        ),
        (
            Told(line=2, name="Ivan", phones=("+380501112233",)),
            Told(line=9, name="ivan", phones=("+380501112233",)),
        ),
    ],
)
def test_of_two_rows_of_one_person_the_second_is_refused(first, second):
    [one] = planned([OLENA], first, second).refused
    assert (one.code, one.line, one.values["first"]) == ("twice", 9, "2")


def test_a_mail_or_phone_of_several_is_told():
    ivan = Told(line=2, name="Ivan", external_id="E2", mails=OLENA.mails, phones=OLENA.phones)
    found = planned([OLENA], ivan)
    assert [(one.value, one.names) for one in found.shared] == [
        ("+380671234567", ("Olena Kovalenko", "Ivan")),
        ("olena@example.org", ("Olena Kovalenko", "Ivan")),
    ]


def test_who_is_missing_has_left_only_where_the_list_is_whole_and_only_of_its_own():
    other = Employee(id=2, name="Ivan", source="ldap", external_id="7", mails=("i@example.org",))
    row = Told(line=2, name="Petro", external_id="E3")
    assert not planned([OLENA, other], row).left
    [left] = planned([OLENA, other], row, is_whole=True).left
    assert (left.id, left.is_active) == (OLENA.id, False)


def test_whose_row_is_refused_has_not_left():
    found = planned([OLENA], as_told(OLENA, name=""), is_whole=True)
    assert found.refused
    assert not found.left


def test_whose_row_has_lost_what_it_is_known_by_has_not_left():
    ivan = Employee(id=2, name="Ivan", mails=("i@example.org",), source="csv")
    unreadable = Told(line=2, name="olena  Kovalenko")
    found = planned([OLENA, ivan], unreadable, is_whole=True)
    assert [one.code for one in found.refused] == ["no_key"]
    assert [one.name for one in found.left] == ["Ivan"]


def test_who_comes_back_works_here_again():
    gone = planned([OLENA], Told(line=2, name="P", external_id="9"), is_whole=True).left[0]
    [one] = planned([gone], as_told(OLENA)).changed
    assert one.differences == [("is_active", False, True)]
    assert not planned([gone], Told(line=2, name="P", external_id="9"), is_whole=True).left


def test_who_has_left_yields_an_address_to_whoever_has_it_now():
    gone = Employee(id=1, name="Ivan", mails=("i@example.org",), source="csv", is_active=False)
    here = Employee(id=2, name="Iryna", mails=("i@example.org",), source="csv")
    [one] = planned(
        [gone, here],
        Told(line=2, name="Iryna P", mails=("i@example.org",)),
    ).changed
    assert one.before == here


@pytest.mark.parametrize(
    ("before", "now", "is_same"),
    [
        ("Novák, J.", "Ján Novák", True),
        ("Jan Novak", "Ing. Ján Novák", True),
        ("Olena Kovalenko", "Olena Kovalenko-Petrenko", True),
        ("O.", "O.", True),
        ("Ing. Ján Novák", "Ing. Mária Horváthová", False),
        ("O. Kovalenko", "O. Petrenko", False),
        ("Olena Kovalenko", "Olena Petrenko", False),
    ],
)
def test_a_mailbox_goes_on_under_a_name_whose_words_all_stand_in_the_other(before, now, is_same):
    known = Employee(id=1, name=before, mails=("o@example.org",), source="csv")
    plan = planned([known], Told(line=2, name=now, mails=("o@example.org",)))
    assert (bool(plan.changed or plan.unchanged), bool(plan.added)) == (is_same, not is_same)


@pytest.mark.parametrize(
    ("name", "mail"),
    [
        ("Olena Kovalenko", "olena@@example.org"),
        ("Olna Kovalenk", "olena@@example.org"),
        ("K., O. (warehouse)", "olena@@example.org"),
        ("Olna Kovalenk", "?"),
        ("", "olena@@example.org"),
    ],
)
def test_whose_row_has_slips_in_name_and_mail_alike_has_not_left(name, mail):
    unread = Remark(code="unread_mail", line=2, values={"value": mail})
    ivan = Employee(id=2, name="Ivan Bondar", mails=("ivan@example.org",), source="csv")
    row = Told(line=2, name=name, remarks=(unread,))
    assert [one.id for one in planned([OLENA, ivan], row, is_whole=True).left] == [2]


def test_two_who_share_a_second_mailbox_are_two():
    olena = Told(line=2, name="Olena", mails=("olena@example.org", "hall@example.org"))
    ivan = Told(line=3, name="Ivan", mails=("ivan@example.org", "hall@example.org"))
    plan = planned([], olena, ivan)
    assert (len(plan.added), plan.refused) == (2, ())
    assert [one.value for one in plan.shared] == ["hall@example.org"]


IVAN = {"name": "Ivan Melnyk", "mails": ("ivan@example.org",), "phones": ("+380501112233",)}


@pytest.mark.parametrize(
    "told",
    [
        as_told(OLENA, **IVAN),
        as_told(OLENA, name="Olena Petrenko", mails=("petrenko@example.org",), phones=None),
        Told(line=2, name="Ivan Melnyk", external_id="E1"),
    ],
)
def test_an_id_of_which_all_else_is_another_is_asked_about(told):
    """Whoever is given it would have the chats of whoever had it."""
    asked = planned([OLENA], told, is_whole=True)
    values = {"id": "E1", "before": "Olena Kovalenko", "after": told.name}
    assert asked.refused == (Remark(code="another", line=2, values=values),)
    assert (asked.added, asked.changed, asked.left) == ((), (), ())


@pytest.mark.parametrize(
    "more",
    [
        {"name": "Olena Petrenko", "mails": ("petrenko@example.org",)},
        {"mails": ("o.k@example.org",), "phones": ()},
        {**IVAN, "is_same": True},
    ],
)
def test_an_id_that_somebody_surely_has_still_is_not_asked_about(more):
    [one] = planned([OLENA], as_told(OLENA, **more)).changed
    assert one.after.id == 1


def test_an_id_that_no_server_gives_twice_is_believed():
    guid = "6f9619ff-8b86-d011-b42d-00c04fc964ff"
    known = Employee(id=1, name="Olena", mails=("o@example.org",), source="ldap", external_id=guid)
    told = as_told(known, **IVAN)
    assert planned([known], told, source="ldap").changed[0].after.id == 1


def test_whoever_is_given_an_id_is_somebody_new_and_who_had_it_has_left():
    given = planned([OLENA], as_told(OLENA, **IVAN, is_same=False))
    [(line, ivan)] = given.added
    [gone] = given.changed
    assert (line, ivan.name, ivan.external_id, ivan.id) == (2, "Ivan Melnyk", "E1", 0)
    assert (gone.before, gone.after.is_active, gone.after.external_id) == (OLENA, False, "")
    assert given.mails_lost == {(1, "olena@example.org")}
