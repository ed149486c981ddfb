"""A display name is nobody's proof: what it would pass for is found out."""

import pytest

from intake.people import Agent, namesakes, plain_name, with_plain_at

AGENTS = [
    Agent(id=1, login="marek", name="Marek Novák"),
    Agent(id=2, login="sofia", name="Sofia"),
]


@pytest.mark.parametrize(
    "name",
    ["Marek Novák", "NOVAK, Marek", "Marek  Novák · IT", "Ｍarek Nov\u00ada\u0301k", "sofia"],
)
def test_a_name_that_reads_like_an_agents_is_found(name):
    assert namesakes([name, "Olena"], AGENTS) == {name}


@pytest.mark.parametrize("name", ["Marek", "Marek Kováč", "Sofia Papadaki", "", "Novák"])
def test_who_shares_a_part_of_a_name_is_nobodys_namesake(name):
    assert not namesakes([name], AGENTS)


@pytest.mark.parametrize(
    "name", ["o＠f.example", "o﹫f.example", "o (at) f.example", "o[AT]f.example"]
)
def test_what_reads_like_an_at_sign_is_one(name):
    assert with_plain_at(name) == "o@f.example"


@pytest.mark.parametrize("name", ["Olena Kovalenko", "Beata (Atlanta)", "Ната"])
def test_a_name_without_one_stays_as_it_is(name):
    assert with_plain_at(name) == name


def test_a_name_is_one_line_and_turns_nothing_beside_it_around():
    assert plain_name("\u202eOlena\n\u2067 Kovalenko\u202c ") == "Olena Kovalenko"
    assert plain_name("علي\u200cرضا 👩\u200d💻") == "علي\u200cرضا 👩\u200d💻"
