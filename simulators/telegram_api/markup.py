"""Telegram's HTML: plain text and entities out of marked text, with its complaints.

Offsets count UTF-16 units, as Telegram does. Markdown modes are not simulated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from simulators.telegram_api.errors import bad_request

TEXT_LIMIT = 4096
_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
}
_PIECES = re.compile(
    r"<(?P<closing>/?)(?P<tag>[^\s>]*)(?P<rest>[^>]*)(?P<end>>?)"
    r"|&(?P<name>#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);?"
)
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))")


def utf16_length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def parse_marked(text: str, parse_mode: str | None) -> tuple[str, list[dict[str, Any]]]:
    """Give the plain text and its entities; refuse what Telegram would refuse."""
    if not parse_mode:
        return _strip(text, [])
    if parse_mode.upper() != "HTML":
        raise bad_request("unsupported parse_mode")
    if "<" not in text and "&" not in text:
        return _strip(text, [])
    reader = _Reader(source=text)
    reader.read()
    return _strip("".join(reader.plain), sorted(reader.entities, key=lambda e: e["offset"]))


@dataclass(slots=True)
class _Open:
    tag: str
    offset: int
    entity: dict[str, Any]


@dataclass(slots=True)
class _Reader:
    source: str
    plain: list[str] = field(default_factory=list)
    length: int = 0
    stack: list[_Open] = field(default_factory=list)
    entities: list[dict[str, Any]] = field(default_factory=list)

    def read(self) -> None:
        position = 0
        for piece in _PIECES.finditer(self.source):
            self._add(self.source[position : piece.start()])
            position = piece.end()
            if piece["name"] is not None:
                self._add(_character(piece))
            elif piece["closing"]:
                self._close(piece)
            else:
                self._open(piece)
        self._add(self.source[position:])
        if self.stack:
            tag = self.stack[-1].tag
            raise _complaint(f'Can\'t find end tag corresponding to start tag "{tag}"')

    def _add(self, text: str) -> None:
        self.plain.append(text)
        self.length += utf16_length(text)

    def _open(self, piece: re.Match[str]) -> None:
        tag = piece["tag"].lower()
        if tag not in _TAGS and (piece["rest"] or piece["end"]):
            at = _byte_offset(piece)
            raise _complaint(f'Unsupported start tag "{tag}" at byte offset {at}')
        if not piece["end"]:
            raise _complaint(f"Unclosed start tag at byte offset {_byte_offset(piece)}")
        self.stack.append(_Open(tag, self.length, _entity(tag, piece["rest"])))

    def _close(self, piece: re.Match[str]) -> None:
        tag = piece["tag"].lower()
        if not piece["end"]:
            raise _complaint(f"Unclosed end tag at byte offset {_byte_offset(piece)}")
        if not self.stack:
            raise _complaint(f"Unexpected end tag at byte offset {_byte_offset(piece)}")
        opened = self.stack.pop()
        if tag and tag != opened.tag:
            at = _byte_offset(piece)
            raise _complaint(
                f'Unmatched end tag at byte offset {at}, expected "</{opened.tag}>", '
                f'found "</{tag}>"'
            )
        length = self.length - opened.offset
        if length and opened.entity:
            self.entities.append({"offset": opened.offset, "length": length, **opened.entity})


def _entity(tag: str, rest: str) -> dict[str, Any]:
    if tag == "blockquote" and "expandable" in rest:
        return {"type": "expandable_blockquote"}
    if tag != "a":
        return {"type": _TAGS[tag]}
    found = _ATTRIBUTE.search(rest)
    url = next((value for value in found.groups()[1:] if value), "") if found else ""
    for name, character in _NAMED.items():
        url = url.replace(f"&{name};", character)
    return {"type": "text_link", "url": url} if url else {}


def _character(piece: re.Match[str]) -> str:
    name = piece["name"]
    if name in _NAMED:
        return _NAMED[name]
    if re.fullmatch(r"#\d{1,6}", name):
        return chr(int(name[1:]))
    if re.fullmatch(r"#x[0-9a-fA-F]{1,5}", name):
        return chr(int(f"0{name[1:]}", base=0))
    return piece[0]


def _byte_offset(piece: re.Match[str]) -> int:
    return len(piece.string[: piece.start()].encode())


def _complaint(reason: str) -> Exception:
    return bad_request(f"can't parse entities: {reason}")


def _strip(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """Cut the white space around a text, as the server does, and move the entities along."""
    kept = text.strip()
    if not entities or kept == text:
        return kept, entities
    cut = utf16_length(text[: len(text) - len(text.lstrip())])
    end = utf16_length(kept)
    moved = []
    for entity in entities:
        first = max(entity["offset"] - cut, 0)
        last = min(entity["offset"] - cut + entity["length"], end)
        if last > first:
            moved.append({**entity, "offset": first, "length": last - first})
    return kept, moved
