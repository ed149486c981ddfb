"""Reads a list of people from a file (CSV), whatever marks apart its columns, and writes one.

Encodings are never guessed: a wrong guess spoils names without a word.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desk.people.rows import Home, told
from desk.people.words import meanings, plain
from intake.directory import Employee
from intake.errors import Invalid
from intake.importing import Told

SEPARATORS = (",", ";", "\t")
NAMING = ({"name"}, {"first_name"}, {"last_name"})
UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # its byte order marks
HEADER = (
    "id",
    "name",
    "mail",
    "phone",
    "place",
    "machine",
    "language",
    "department",
    "organization",
    "active",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of a file. `unread` are headers of columns that nobody here knows."""

    rows: Sequence[Told]
    unread: Sequence[str]


def read_table(content: bytes, encoding: str, home: Home) -> Table:
    """`encoding` "" means UTF-8, or UTF-16 with its mark. Raises Invalid."""
    text = _decoded(content, encoding)
    separator = max(SEPARATORS, key=lambda one: _known_columns(text, one))
    lines = _records(text, separator)
    _, header = next(lines, (0, []))
    columns = [meanings("columns").get(plain(title), "") for title in header]
    if not any(need <= set(columns) for need in NAMING):
        raise Invalid("people_no_name", header=", ".join(header)[:200])
    rows = [told(line, _by_column(columns, cells), home) for line, cells in lines if any(cells)]
    if not rows:
        raise Invalid("people_empty")
    unread = [title for title, column in zip(header, columns, strict=True) if not column]
    return Table(rows=rows, unread=[title for title in unread if title.strip()])


def write_table(employees: Sequence[Employee]) -> str:
    """What `read_table` reads."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(HEADER)
    writer.writerows(_cells(one) for one in employees)
    return target.getvalue()


def _decoded(content: bytes, encoding: str) -> str:
    if not encoding and content.startswith(UTF_16):
        encoding = "utf-16"
    named = encoding or "utf-8"
    try:
        return content.decode("utf-8-sig" if named == "utf-8" else named)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Invalid("people_encoding", line=str(line), encoding=named) from error


def _known_columns(text: str, separator: str) -> int:
    _, header = next(_records(text, separator), (0, []))
    return sum(plain(title) in meanings("columns") for title in header)


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each with the line that it begins on; a cell may hold line breaks."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Invalid("people_broken", line=str(begins), reason=str(error)) from error


def _by_column(columns: Sequence[str], cells: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """What a short row leaves out is empty; what stands beyond the header is nobody's."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for at, column in enumerate(columns):
        if column:
            found[column].append(cells[at] if at < len(cells) else "")
    return dict(found)


def _cells(employee: Employee) -> Sequence[str]:
    return (
        employee.external_id,
        employee.name,
        "; ".join(employee.mails),
        "; ".join(employee.phones),
        employee.place,
        employee.machine,
        employee.language,
        employee.department,
        employee.organization,
        "yes" if employee.is_active else "no",
    )
