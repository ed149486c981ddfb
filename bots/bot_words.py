"""The words of a Telegram message, with the addresses that stand unseen behind some of them.

Pure. Telegram's apps show such words as links: who reads the bare words elsewhere would never
learn where they lead. What an agent writes goes out with them; of a requester's they are told
apart, since nothing is to be understood out of an address that nobody has written.
"""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from bots.shape import Json, as_list, as_number, as_object, as_text
from bots.web_addresses import is_told

MOST_LINKS = 100  # of one message, as Telegram keeps them
MOST_TOLD = 8
LONGEST_WORDS = 60
LONGEST_ADDRESS = 2048
_ENTITIES = {"text": "entities", "caption": "caption_entities"}
_WEB = ("http://", "https://")
_UTF16 = "utf-16-le"  # Telegram counts in its units, two bytes each


class _Link(NamedTuple):
    end: int  # in bytes
    words: str
    url: str


def words_of(message: Json, name: str = "text") -> str:
    """The `text` or `caption`, each address in brackets behind the words that hide it."""
    text = message.get(name)
    if not isinstance(text, str):
        return ""
    raw = text.encode(_UTF16, "surrogatepass")
    for link in sorted(_hidden(message, name), reverse=True):
        raw = raw[: link.end] + f" ({link.url})".encode(_UTF16) + raw[link.end :]
    return as_text(raw.decode(_UTF16, "surrogatepass"))


def hidden_links(message: Json) -> str:
    """`page (https://…), form (https://…)`, "" where nothing is hidden."""
    found = (link for name in _ENTITIES for link in _hidden(message, name))
    told = dict.fromkeys(f"{link.words[:LONGEST_WORDS]} ({link.url})" for link in found)
    return ", ".join(islice(told, MOST_TOLD))


def _hidden(message: Json, name: str) -> Iterator[_Link]:
    text, links = message.get(name), as_list(message.get(_ENTITIES[name]))
    if not links or not isinstance(text, str):
        return
    raw = text.encode(_UTF16, "surrogatepass")
    for entity in map(as_object, links[:MOST_LINKS]):
        url = as_text(entity.get("url"))[:LONGEST_ADDRESS]
        start, length = as_number(entity.get("offset")), as_number(entity.get("length"))
        if start is None or length is None or entity.get("type") != "text_link":
            continue
        end = 2 * (start + length)
        words = as_text(raw[2 * start : end].decode(_UTF16, "replace"))
        is_link = url.startswith(_WEB) and start >= 0 < length and end <= len(raw)
        if is_link and not is_told(url, words):
            yield _Link(end, words, url)
