"""What the directory says of a new ticket counts for less than what the person has said."""

import pytest

from intake.directory import Employee
from intake.memory import Remembered, assume
from intake.profile import answers_of
from tests.intake.cast import CATALOGUE, a_ticket

OLENA = Employee(
    id=1, name="Olena", phones=("+380671234567", "+380441112233"), place="14", machine="NB-0442"
)


def test_place_machine_and_phone_are_answers_where_the_category_asks_the_directory():
    found = {one.field: one.value for one in answers_of(CATALOGUE, "computer", OLENA)}
    assert found == {"asset": "NB-0442", "location": "14", "phone": "+380671234567"}


def test_a_printers_number_is_never_that_of_the_employees_machine():
    assert "asset" not in {one.field for one in answers_of(CATALOGUE, "printer", OLENA)}


@pytest.mark.parametrize(
    ("category", "employee"),
    [
        ("computer", None),
        (None, OLENA),
        ("question", OLENA),
        ("computer", Employee(id=2, name="")),
    ],
)
def test_where_nothing_is_known_nothing_is_assumed(category, employee):
    assert not answers_of(CATALOGUE, category, employee)


def test_what_was_said_before_and_now_comes_first():
    ticket = a_ticket(category="computer", answers={"location": "16"}, asked=())
    told = answers_of(CATALOGUE, "computer", OLENA)
    said = [Remembered(field="phone", category="", value="+380501112233")]
    assuming, _ = assume(CATALOGUE, ticket, (*told, *said))
    assert assuming.answers["location"] == "16"
    assert assuming.answers["phone"] == "+380501112233"
    assert assuming.assumed == {"phone", "asset"}
