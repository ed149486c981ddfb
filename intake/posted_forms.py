"""Posted forms: the bytes of a request's body to fields and files, whatever bytes they are.

Reading the request is left to whoever serves the page, what the fields mean to the page.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import parse_qsl

FORM_LIMIT = 1024 * 1024
MAX_FIELDS = 100
MULTIPART = "multipart/form-data"
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # let a name read backwards: "gpj.exe"
MAX_NAME = 120
DISPOSITION = re.compile(rb"content-disposition:\s*form-data;([^\r\n]*)", re.IGNORECASE)
MEDIA_TYPE = re.compile(rb"content-type:\s*([\w.+-]+/[\w.+-]+)", re.IGNORECASE)
FIELD_NAME = re.compile(rb'(?<![\w*])name="([^"]*)"')
FILE_NAME = re.compile(rb'filename="([^"]*)"')
BOUNDARY = re.compile(r'boundary="?([^";,\s]{1,70})"?', re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as the browser sent it; its name and type are only claims."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The fields of one post, cleaned, and its files."""

    values: Mapping[str, str] = field(default_factory=dict)
    uploads: tuple[Upload, ...] = ()

    def text(self, name: str, limit: int = FORM_LIMIT) -> str:
        return self.values.get(name, "")[:limit]

    def number(self, name: str) -> int | None:
        return as_number(self.values.get(name, ""))


def as_number(text: str) -> int | None:
    """A whole number that fits every database, or None."""
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text) else None


def clean(text: str) -> str:
    """One kind of line end, without control characters and halves of characters."""
    return CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def read_body(body: bytes, content_type: str) -> Form:
    """The form of a body, by the header that came with it; empty where there is none."""
    if content_type.strip().lower().startswith(MULTIPART):
        boundary = BOUNDARY.search(content_type)
        if boundary is None:
            return Form()
        return _read_parts(body, boundary.group(1).encode("utf-8", "replace"))
    return _read_fields(body)


def _read_fields(body: bytes) -> Form:
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MAX_FIELDS
        )
    except ValueError:  # more fields than any form of ours has
        return Form()
    return Form(values={clean(name): clean(value) for name, value in pairs})


def _read_parts(body: bytes, boundary: bytes) -> Form:
    values: dict[str, str] = {}
    uploads: list[Upload] = []
    # Splitting is quick at any size, where line by line parsers would hold up the loop.
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary, MAX_FIELDS)[1:]:
        head, _, content = part.partition(b"\r\n\r\n")
        disposition = DISPOSITION.search(head)
        if disposition is None:
            continue
        name = FIELD_NAME.search(disposition.group(1))
        file_name = FILE_NAME.search(disposition.group(1))
        if file_name is not None:
            uploads.extend(_upload(file_name.group(1), head, content))
        elif name is not None:
            values[_decoded(name.group(1))] = _decoded(content)
    return Form(values=values, uploads=tuple(uploads))


def _upload(raw_name: bytes, head: bytes, content: bytes) -> list[Upload]:
    if not raw_name and not content:
        return []  # a file field that was left empty
    media_type = MEDIA_TYPE.search(head)
    claimed = media_type.group(1).decode("ascii", "replace").lower() if media_type else ""
    return [
        Upload(
            name=file_name(_decoded(raw_name).replace("%22", '"')),
            media_type=claimed or "application/octet-stream",
            content=content,
        )
    ]


def file_name(claimed: str) -> str:
    """The last part of a path, one line, not too long, never empty."""
    one_line = " ".join(TURNS.sub("", clean(claimed)).split())  # also at tabs, U+2028 and U+2029
    name = PurePosixPath(one_line.replace("\\", "/")).name.strip()
    if len(name) > MAX_NAME:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem[: MAX_NAME - 12]}{dot}{ending[:10]}" if stem else name[:MAX_NAME]
    return name or "file"


def _decoded(raw: bytes) -> str:
    return clean(raw.decode("utf-8", "replace"))
