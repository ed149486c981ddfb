"""Web addresses in people's words become links; everything else is escaped, nothing is markup."""

import re
from typing import Final

from markupsafe import Markup, escape

ADDRESS: Final = re.compile(r"https?://[^\s<>\"'`\u00ab\u00bb]{1,2000}")
TRAILING: Final = ".,;:!?)]}\u2026"
LINK: Final = Markup('<a href="{0}" rel="noopener noreferrer nofollow" target="_blank">{0}</a>')


def linked(text: str) -> Markup:
    if "://" not in text:
        return escape(text)
    parts: list[Markup] = []
    end = 0
    for found in ADDRESS.finditer(text):
        address = found.group().rstrip(TRAILING)
        parts += [escape(text[end : found.start()]), LINK.format(address)]
        end = found.start() + len(address)
    parts.append(escape(text[end:]))
    return Markup("").join(parts)
