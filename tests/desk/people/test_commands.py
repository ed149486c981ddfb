"""`firstline people` as an administrator runs it."""

import pytest

from desk.people import commands
from intake.errors import Invalid

LIST = "id,name,mail,place\n1,Olena Kovalenko,olena@example.org,14\n2,Ivan,ivan@example.org,15\n"


@pytest.fixture
def bring(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder.parent)

    async def run(path, *, encoding="", is_whole=False, is_trial=False, **same):
        await commands.bring_file(path, encoding, is_whole=is_whole, is_trial=is_trial, same=same)
        return capsys.readouterr().out

    return run


@pytest.fixture
def people(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(LIST, "utf-8")
    return path


async def test_a_list_is_tried_brought_and_brought_again(bring, people):
    tried = await bring(people, is_trial=True)
    assert "nothing has been changed" in tried
    brought = await bring(people)
    assert "line 2: added Olena Kovalenko." in brought
    assert "Added: 2. Changed: 0. Unchanged: 0." in brought
    assert "Added: 0. Changed: 0. Unchanged: 2." in await bring(people)


async def test_changes_are_told_with_before_and_after_and_who_has_left_by_name(bring, people):
    await bring(people)
    people.write_text(LIST.replace(",14", ",16").replace("2,Ivan,ivan@example.org,15\n", ""))
    told = await bring(people, is_whole=True)
    assert "line 2: changed Olena Kovalenko. place: “14” → “16”." in told
    assert "Ivan has left." in told
    assert "Changed: 1. Unchanged: 0. Left: 1." in told


async def test_rows_that_are_left_out_are_told_with_their_line(bring, people):
    people.write_text(f"{LIST}3,,x@example.org,\n1,Twin,,\n4,Petro,p@x,\n")
    told = await bring(people)
    assert "line 4: left out, there is no name." in told
    assert "line 5: left out, it is the same person as at line 2." in told
    assert "line 6: “p@x” is no mail address." in told
    assert "Rows left out: 2." in told


async def test_an_id_that_may_be_anothers_now_is_asked_about_and_told(bring, people):
    await bring(people)
    people.write_text("id,name,mail\nE,Olena,olena@example.org\n")
    await bring(people)
    people.write_text("id,name,mail\nE,Petro Bondar,petro@example.org\n")
    asked = await bring(people)
    assert "line 2: left out, id E was that of Olena, and is that of Petro Bondar now." in asked
    assert "with --id E=another" in asked
    told = await bring(people, E=False)
    assert "line 2: added Petro Bondar." in told
    assert "works here: yes → no" in told
    assert "Unchanged: 1." in await bring(people, E=False)


async def test_what_is_written_out_can_be_brought_back(bring, people, tmp_path, capsys):
    await bring(people)
    await commands.write_out(tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text("utf-8").startswith("id,name,mail,phone,place,")
    assert "Unchanged: 2." in await bring(tmp_path / "out.csv", is_whole=True)
    await commands.write_out(None)
    assert "Olena Kovalenko" in capsys.readouterr().out


async def test_a_file_in_another_encoding_is_refused_by_name_and_read_when_told(bring, people):
    people.write_bytes(LIST.replace("Olena", "Олена").encode("cp1251"))
    with pytest.raises(Invalid, match="people_encoding"):
        await bring(people)
    assert "Олена" in await bring(people, encoding="cp1251")
