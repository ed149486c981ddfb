"""`firstline people` as an administrator runs it."""

import time

import pytest
from click.testing import CliRunner

from desk.cli import cli
from intake.errors import Invalid

LIST = "id,name,mail,place\n1,Olena Kovalenko,olena@example.org,14\n2,Ivan,ivan@example.org,15\n"


@pytest.fixture
def firstline(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        ran = CliRunner().invoke(cli, ["people", *arguments], catch_exceptions=False)
        return ran.stdout

    def run_or_raise(*arguments):
        cli.main(["people", *arguments], standalone_mode=False)

    run.or_raise = run_or_raise
    return run


@pytest.fixture
def people(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(LIST, "utf-8")
    return path


def test_a_list_is_tried_brought_and_brought_again(firstline, people):
    tried = firstline("import", str(people), "--dry-run")
    assert "nothing has been changed" in tried
    brought = firstline("import", str(people))
    assert "line 2: added Olena Kovalenko." in brought
    assert "Added: 2. Changed: 0. Unchanged: 0." in brought
    assert "Added: 0. Changed: 0. Unchanged: 2." in firstline("import", str(people))


def test_changes_are_told_with_before_and_after_and_who_has_left_by_name(firstline, people):
    firstline("import", str(people))
    people.write_text(LIST.replace(",14", ",16").replace("2,Ivan,ivan@example.org,15\n", ""))
    told = firstline("import", str(people), "--all")
    assert "line 2: changed Olena Kovalenko. place: “14” → “16”." in told
    assert "Ivan has left." in told
    assert "Changed: 1. Unchanged: 0. Left: 1." in told


def test_rows_that_are_left_out_are_told_with_their_line(firstline, people):
    people.write_text(f"{LIST}3,,x@example.org,\n1,Twin,,\n4,Petro,p@x,\n")
    told = firstline("import", str(people))
    assert "line 4: left out, there is no name." in told
    assert "line 5: left out, it is the same person as at line 2." in told
    assert "line 6: “p@x” is no mail address." in told
    assert "Rows left out: 2." in told


def test_what_is_written_out_can_be_brought_back(firstline, people, tmp_path):
    firstline("import", str(people))
    firstline("export", str(tmp_path / "out.csv"))
    assert (tmp_path / "out.csv").read_text("utf-8").startswith("id,name,mail,phone,place,")
    assert "Unchanged: 2." in firstline("import", str(tmp_path / "out.csv"), "--all")
    assert "Olena Kovalenko" in firstline("export")


def test_a_file_in_another_encoding_is_refused_by_name_and_read_when_told(firstline, people):
    people.write_bytes(LIST.replace("Olena", "Олена").encode("cp1251"))
    with pytest.raises(Invalid, match="people_encoding"):
        firstline.or_raise("import", str(people))
    assert "Олена" in firstline("import", str(people), "--encoding", "cp1251")


def test_ten_thousand_people_are_brought_within_seconds(firstline, people):
    rows = (f"{at},P {at},p{at}@example.org,{at % 90}\n" for at in range(10_000))
    people.write_text("id,name,mail,place\n" + "".join(rows))
    begins = time.process_time()
    firstline("import", str(people))
    firstline("import", str(people), "--all")
    assert time.process_time() - begins < 20
