"""The words of a Telegram message, with the addresses that stand unseen behind some of them.

Pure. Telegram's apps show such words as links: who reads the bare words elsewhere would never
learn where they lead.
"""

from collections.abc import Iterator
from typing import NamedTuple

from bots.shape import Json, as_list, as_number, as_object, as_text
from bots.web_addresses import is_told

MOST_LINKS = 100  # of one message, as Telegram keeps them
LONGEST_ADDRESS = 2048
_ENTITIES = {"text": "entities", "caption": "caption_entities"}
_WEB = ("http://", "https://")
_UTF16 = "utf-16-le"  # Telegram counts in its units, two bytes each


class _Link(NamedTuple):
    end: int  # in bytes
    start: int
    url: str


def words_of(message: Json, name: str = "text") -> str:
    """The `text` or `caption`, each address in brackets behind the words that hide it."""
    text = message.get(name)
    links = sorted(_links(message.get(_ENTITIES[name])), reverse=True)
    if not links or not isinstance(text, str):
        return as_text(text)
    raw = text.encode(_UTF16, "surrogatepass")
    for link in links:
        shown = raw[link.start : link.end].decode(_UTF16, "replace")
        if link.end <= len(raw) and not is_told(link.url, shown):
            raw = raw[: link.end] + f" ({link.url})".encode(_UTF16) + raw[link.end :]
    return as_text(raw.decode(_UTF16, "surrogatepass"))


def _links(entities: object) -> Iterator[_Link]:
    for entity in map(as_object, as_list(entities)[:MOST_LINKS]):
        url = as_text(entity.get("url"))
        start, length = as_number(entity.get("offset")), as_number(entity.get("length"))
        if entity.get("type") != "text_link" or not url.startswith(_WEB):
            continue
        if start is not None and length is not None and start >= 0 < length:
            yield _Link((start + length) * 2, start * 2, url[:LONGEST_ADDRESS])
