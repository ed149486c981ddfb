"""Lists of people as spreadsheets write them, in five languages."""

import pytest

from desk.people.rows import Home
from desk.people.table import read_table, write_table
from intake.directory import Employee
from intake.errors import Invalid
from intake.importing import plan

HOME = Home(language="uk", country="UA")
WHOLE = "id{0}name{0}mail{0}phone\n7{0}Olena Kovalenko{0}OLENA@example.org{0}067 123 45 67\n"


def read(text, encoding=""):
    content = text if isinstance(text, bytes) else text.encode()
    return read_table(content, encoding, HOME)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_are_apart_by_comma_semicolon_or_tab(separator):
    [row] = read(WHOLE.format(separator)).rows
    assert (row.line, row.external_id, row.name) == (2, "7", "Olena Kovalenko")
    assert (row.mails, row.phones) == (("olena@example.org",), ("+380671234567",))


@pytest.mark.parametrize(
    "header",
    [
        "Name,Work e-mail,Phone,Place,Computer,Language,Department,Company",
        "ПІБ,Робоча пошта,Телефон,Кімната,Комп'ютер,Мова,Відділ,Організація",
        "Meno a priezvisko,E-mail,Telefón,Miestnosť,Počítač,Jazyk,Oddelenie,Firma",
        "Ονοματεπώνυμο,E-mail,Τηλέφωνο,Γραφείο,Υπολογιστής,Γλώσσα,Τμήμα,Εταιρεία",
        "Nominativo,Posta elettronica,Telefono,Stanza,Computer,Lingua,Reparto,Azienda",
        "NAME , work_e-mail:,PHONE,place,COMPUTER,language,department,company",
    ],
)
def test_headers_are_read_in_five_languages(header):
    table = read(f"{header}\nOlena,o@example.org,+380671234567,14,INV-1,uk,IT,ACME\n")
    [row] = table.rows
    assert not table.unread
    assert (row.name, row.mails, row.phones) == ("Olena", ("o@example.org",), ("+380671234567",))
    assert row.facts == {
        "place": "14",
        "machine": "INV-1",
        "language": "uk",
        "department": "IT",
        "organization": "ACME",
    }


def test_first_and_last_names_make_a_name():
    [row] = read("Meno;Priezvisko;E-mail\nMarek;Novák;m@example.org\n").rows
    assert row.name == "Marek Novák"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_with_its_mark_and_without(encoding):
    [row] = read("name,mail\nЇжак,i@example.org\n".encode(encoding)).rows
    assert row.name == "Їжак"


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp1251", "Їжак Олена"), ("cp1253", "Ελένη"), ("cp1250", "Ľubica")]
)
def test_other_encodings_are_named_never_guessed(encoding, name):
    content = f"name,mail\nA,a@example.org\n{name},b@example.org\n".encode(encoding)
    with pytest.raises(Invalid) as caught:
        read(content)
    assert (caught.value.code, caught.value.values["line"]) == ("people_encoding", "3")
    assert read(content, encoding).rows[1].name == name


def test_lines_are_counted_as_an_editor_shows_them():
    rows = read('name,mail\n"Olena\nKovalenko",o@example.org\n\nIvan,i@example.org\n').rows
    assert [(row.line, row.name) for row in rows] == [(2, "Olena Kovalenko"), (5, "Ivan")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "people_no_name"),
        ("mail,phone\na@example.org,1\n", "people_no_name"),
        ("name,mail\n", "people_empty"),
        ("name,mail\n,\n", "people_empty"),
        ('name,mail\n"Olena,o@example.org\n', "people_broken"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_the_reason(text, code):
    with pytest.raises(Invalid) as caught:
        read(text)
    assert caught.value.code == code


def test_columns_that_nobody_knows_are_told():
    assert read("name,mail,Salary\nA,a@example.org,9\n").unread == ["Salary"]


def test_several_mails_and_phones_stand_in_one_cell_or_in_several_columns():
    [row] = read(
        "name,mail,phone,mobile\nA,a@example.org; b@example.org,044 111 22 33 / x,067 123 45 67\n"
    ).rows
    assert row.mails == ("a@example.org", "b@example.org")
    assert row.phones == ("+380671234567",)
    [row] = read('name,phone,mobile\nA,"(044) 111-22-33, +421 905 111 222",067 123 45 67\n').rows
    assert row.phones == ("+380441112233", "+421905111222", "+380671234567")


def test_a_slip_is_remarked_on_and_takes_nothing_away():
    [row] = read("id,name,mail,phone,language,active\n1,A,o@x,12,Klingon,perhaps\n").rows
    assert [one.code for one in row.remarks] == [
        "unread_mail",
        "unread_phone",
        "unread_language",
        "unread_active",
    ]
    assert (row.mails, row.phones, row.facts, row.is_active) == (None, None, {}, True)


@pytest.mark.parametrize("word", ["no", "Ні", "звільнена", "nie", "όχι", "cessato", "0"])
def test_who_has_left_is_read_in_five_languages(word):
    [row] = read(f"name,id,active\nA,1,{word}\n").rows
    assert not row.is_active


@pytest.mark.parametrize("word", ["uk", "UA", "uk-UA", "Українська", "ucraino"])
def test_languages_are_read_by_their_tags_and_names(word):
    [row] = read(f"name,id,language\nA,1,{word}\n").rows
    assert row.facts["language"] == "uk"


def test_a_short_row_tells_its_missing_cells_as_empty_and_a_long_one_has_nobodys():
    short, long = read("name,id,place\nA,1\nB,2,14,more\n").rows
    assert (short.facts["place"], long.facts["place"]) == ("", "14")


def test_what_is_written_out_reads_as_the_same():
    employee = Employee(
        id=1,
        name='Olena "Lena" Kovalenko, dr.',
        mails=("o@example.org", "olena@example.org"),
        phones=("+380671234567", "+421905111222"),
        place="14\u00a0b",
        machine="INV-1",
        language="uk",
        department="IT",
        organization="ACME",
        source="csv",
        external_id="E1",
        is_active=False,
    )
    again = plan([employee], read(write_table([employee])).rows, "csv", is_whole=True)
    assert [one.differences for one in again.changed] == [[("place", "14\u00a0b", "14 b")]]
