"""Who may become an agent: somebody with a login that can be typed and a name that can sign."""

import pytest

from desk.keeping import new_agent
from intake.errors import Invalid


@pytest.mark.parametrize(
    "login",
    ["", "  ", "marek novak", "../marek", "marek<b>", "-marek", "m" * 65, "marek\x00", "mar\nek"],
)
def test_what_nobody_can_type_at_the_door_is_no_login(login):
    with pytest.raises(Invalid) as refused:
        new_agent(login, "Marek Novák", None)
    assert refused.value.code == "wrong_login"


@pytest.mark.parametrize("name", ["", " \t", "M" * 101, "Marek\x1b[2J", "\u202ekeraM"])
def test_what_can_sign_no_answer_is_no_name(name):
    with pytest.raises(Invalid) as refused:
        new_agent("marek", name, None)
    assert refused.value.code == "wrong_name"


@pytest.mark.parametrize("login", ["марек.н", "m.novak@firma.sk", "marek-2", "M_N+x"])
def test_logins_and_names_of_any_script_are_taken(login):
    made = new_agent(f" {login} ", " Μάρεκ   Νόβακ ", "el")
    assert (made.login, made.name, made.language) == (login, "Μάρεκ Νόβακ", "el")
