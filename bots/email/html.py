"""HTML of strangers: a guard before any library, the cleaning, and a linear way to plain text.

The guard keeps away what makes HTML libraries slow or silent (deep nesting, huge tags). What it
turns away still becomes text, by `strip`. The layout of text from cleaned HTML is in html_text.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape as unescaped
from itertools import islice
from threading import local
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import nh3

SIZE_LIMIT = 1024 * 1024
DEPTH_LIMIT = 200
ATTRIBUTE_LIMIT = 100
TAG_LIMIT = 64 * 1024
REPEATED_LIMIT = 250_000
TOKEN_LIMIT = 50_000
ENTITY_LIMIT = 50_000
LOOKED_AT = 2_000  # tags and texts, for the first word

_MARKUP = re.compile(r"<[a-zA-Z/!?]")  # any other "<" is text
_TAG_NAME = re.compile(r"</?([a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(
    r"[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|((?![\"'])[^\s>]*)))?"
)
_TAG_END = re.compile(r"[\s/]*>")
_NO_LETTER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{7,});?")  # no alphabet has so many
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
_UNSEEN = frozenset({"script", "style", "title", "iframe", "noembed", "noframes", "head"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
    | {"param", "track"}
)
# Closed by what follows, so that many open ones are no depth.
_CLOSED_ALONE = frozenset({"p", "li", "td", "th", "tr", "dt", "dd", "option", "tbody", "thead"})
# Left open, they are opened again in each block that follows: a small mail becomes a huge one.
_REPEATED = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small"}
    | {"strike", "strong", "tt", "u"}
)
BLOCKS = frozenset(
    {"address", "article", "blockquote", "br", "center", "dd", "div", "dl", "dt", "fieldset"}
    | {"figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li"}
    | {"main", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul"}
)

_KEPT_TAGS = frozenset(
    {"a", "abbr", "address", "b", "bdi", "bdo", "big", "blockquote", "br", "center", "cite"}
    | {"code", "col", "colgroup", "dd", "del", "div", "dl", "dt", "em", "figcaption", "figure"}
    | {"font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark"}
    | {"ol", "p", "pre", "q", "s", "samp", "section", "small", "span", "strike", "strong", "sub"}
    | {"sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var"}
)
_TABLE_CELL = {"align", "valign", "colspan", "rowspan", "dir"}
_SHOWN_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "td": _TABLE_CELL,
    "th": _TABLE_CELL,
    "ol": {"start", "type"},
    "div": {"dir", "align"},
    "p": {"dir", "align"},
    "span": {"dir"},
    "table": {"dir", "align"},
    "blockquote": {"type"},
}
# What the search for quotes and hidden text looks at; never shown.
_MARKS = {"class", "id", "style", "type", "cite", "hidden"}
_SCHEMES = {"http", "https", "mailto", "tel", "cid"}


@dataclass(frozen=True, slots=True)
class Token:
    kind: str  # "open", "close", "text"
    name: str = ""  # of the tag, lower case
    text: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    size: int = 0

    def get(self, attribute: str) -> str:
        return next((value for name, value in self.attributes if name == attribute), "")


def tokens(html: str) -> Iterator[Token]:
    """Tags and text as a browser's tokenizer sees them; every step moves forward."""
    position = 0
    while position < len(html):
        found = _MARKUP.search(html, position)
        if not found:
            yield Token("text", text=html[position:])
            return
        opened = found.start()
        if opened > position:
            yield Token("text", text=html[position:opened])
        token, position = _markup(html, opened)
        if token:
            yield token
        if token and token.kind == "open" and token.name in _RAW:
            end = _end_of_raw(html, token.name, position)
            if token.name not in _UNSEEN:
                yield Token("text", text=html[position:end])
            position = end


def _markup(html: str, start: int) -> tuple[Token | None, int]:
    if html.startswith("<!--", start):
        end = html.find("-->", start + 2)
        return None, end + 3 if end >= 0 else len(html)
    named = _TAG_NAME.match(html, start)
    if named:
        return _tag(html, start, named)
    end = html.find(">", start)
    return None, end + 1 if end >= 0 else len(html)


def _tag(html: str, start: int, named: re.Match[str]) -> tuple[Token | None, int]:
    kind = "close" if html.startswith("</", start) else "open"
    position = named.end()
    attributes: list[tuple[str, str]] = []
    while not (closed := _TAG_END.match(html, position)):
        found = _ATTRIBUTE.match(html, position)
        if not found or found.end() == position:
            return None, len(html)  # the text ends inside the tag
        value = found[2] or found[3] or found[4] or ""
        attributes.append((found[1].lower(), value))
        position = found.end()
    size = closed.end() - start
    return Token(kind, named[1].lower(), "", tuple(attributes), size), closed.end()


def _end_of_raw(html: str, name: str, start: int) -> int:
    found = re.compile(rf"</{name}[\s/>]", re.IGNORECASE).search(html, start)
    return found.start() if found else len(html)


def is_tame(html: str) -> bool:
    """Whether the libraries may see it: its size, tags, levels, attributes, length of a tag."""
    if len(html) > SIZE_LIMIT or html.count("<") > TOKEN_LIMIT or html.count("&") > ENTITY_LIMIT:
        return False
    open_now: Counter[str] = Counter()
    depth = reopened = repeated = 0
    for count, token in enumerate(tokens(html)):
        if count >= TOKEN_LIMIT or token.size > TAG_LIMIT:
            return False
        if len(token.attributes) > ATTRIBUTE_LIMIT:
            return False
        if token.kind == "open":
            repeated += reopened
        if token.name not in _VOID and token.name not in _CLOSED_ALONE:
            step = _step(open_now, token)
            depth += step
            reopened += step * (token.name in _REPEATED)
        if depth > DEPTH_LIMIT or repeated > REPEATED_LIMIT:
            return False
    return True


def _step(open_now: Counter[str], token: Token) -> int:
    """How many levels deeper: 1, 0 or -1."""
    if token.kind == "open":
        open_now[token.name] += 1
        return 1
    if token.kind == "close" and open_now[token.name]:
        open_now[token.name] -= 1
        return -1
    return 0


def unescape(text: str) -> str:
    """Entities as letters; Python itself raises at numbers of thousands of digits."""
    return unescaped(_NO_LETTER.sub("\N{REPLACEMENT CHARACTER}", text))


def shows_words(html: str) -> bool:
    looked_at = islice(tokens(html), LOOKED_AT)
    return any(token.kind == "text" and unescape(token.text).strip() for token in looked_at)


def strip(html: str) -> str:
    """Text without any library, for what the guard turns away or the cleaning loses.

    Of very many tags the first; such a body is a file too.
    """
    out: list[str] = []
    for token in islice(tokens(html), TOKEN_LIMIT):
        if token.kind == "text":
            out.append(unescape(token.text))
        elif token.name in BLOCKS:
            out.append("\n")
    lines = (" ".join(line.split()) for line in "".join(out).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def mark(html: str) -> str:
    """Cleaned, but with the marks by which quotes are found: for html_text only."""
    return _marking().clean(html)


def clean(html: str) -> tuple[str, bool]:
    """What may be shown in a sandboxed frame, and whether images of the web were left out.

    Images stay only with `cid:`, whoever shows them replaces that by an address of ours.
    """
    return _showing().clean(html)


def _cleaner(**more: Any) -> "nh3.Cleaner":
    import nh3

    return nh3.Cleaner(
        tags=set(_KEPT_TAGS),
        clean_content_tags={"script", "style", "title"},
        url_schemes=_SCHEMES,
        **more,
    )


class _Showing(local):
    """Of each thread its own, since it notes what it leaves out."""

    def __init__(self) -> None:
        self._has_blocked = False
        self._cleaner = _cleaner(
            attributes=_SHOWN_ATTRIBUTES,
            attribute_filter=self._filtered,
            link_rel="noopener noreferrer nofollow",
        )

    def clean(self, html: str) -> tuple[str, bool]:
        self._has_blocked = False
        return self._cleaner.clean(html), self._has_blocked

    def _filtered(self, tag: str, attribute: str, value: str) -> str | None:
        if tag == "img" and attribute == "src" and not value.lower().startswith("cid:"):
            self._has_blocked = True
            return None
        return value


# Made once, with the first mail that needs one: that takes longer than to clean a usual mail.
@cache
def _marking() -> "nh3.Cleaner":
    return _cleaner(attributes={"*": _MARKS, **_SHOWN_ATTRIBUTES}, link_rel=None)


@cache
def _showing() -> _Showing:
    return _Showing()
