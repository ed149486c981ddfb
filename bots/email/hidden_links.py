"""Where the linked words of a mail lead, for agents, who read the bare words.

Pure, over HTML that `html.clean` has made well-formed. Only the web's addresses count, and only
those behind words that the mail shows anew: quotes and signatures are cut by `quoting`.
"""

import re
from collections.abc import Iterator
from itertools import islice

from bots.email.html import unescape
from bots.web_addresses import is_told

LOOKED_AT = 500  # links of one mail
MOST = 8
LONGEST_WORDS = 60
LONGEST_ADDRESS = 500
_LINK = re.compile(r'<a\s[^>]*?href="(https?://[^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def hidden_links(html: str | None, words: str) -> str:
    """`page (https://…), form (https://…)`, "" where nothing is hidden."""
    if not html or "<a " not in html:
        return ""
    shown = _in_one_line(words)
    found = (f"{label[:LONGEST_WORDS]} ({url})" for label, url in _links(html) if label in shown)
    return ", ".join(islice(dict.fromkeys(found), MOST))


def _links(html: str) -> Iterator[tuple[str, str]]:
    for link in islice(_LINK.finditer(html), LOOKED_AT):
        url, label = unescape(link[1]), _in_one_line(unescape(_TAG.sub("", link[2])))
        if label and not is_told(url, label):
            yield label, url[:LONGEST_ADDRESS]


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
