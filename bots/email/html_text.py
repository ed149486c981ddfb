"""Text out of cleaned HTML, with quoted parts marked by `> ` so that quoting can find them.

Takes the output of `html.mark`, which is well-formed. Quotes are recognised by what mail programs
leave in the markup; a bare blockquote is the writer's own indentation. Nothing is cut here.
"""

import re
from dataclasses import dataclass, field

from bots.email.html import BLOCKS, Token, tokens, unescape

_QUOTE_CLASS = re.compile(
    r"(?:^|\s)(?:gmail_quote|gmail_attr|yahoo_quoted|protonmail_quote|tutanota_quote"
    r"|moz-cite-prefix|cite-prefix|mail-quote)(?:\s|$)"
)
_QUOTE_FROM_HERE = frozenset({"divrplyfwdmsg", "appendonsend", "olk_src_body_section"})
_OUTLOOK_RULE = re.compile(r"border-top:\s*solid|border:\s*none;\s*border-top")
_SIGNATURE_CLASS = re.compile(r"(?:^|\s)(?:gmail_signature|moz-signature)(?:\s|$)")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_HIDDEN_STYLE = re.compile(r"display:\s*none|mso-hide:\s*all")
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre"})
_START = re.compile(r"[0-9]{1,4}")
_VOID = frozenset({"br", "hr", "img", "col"})
_HEADER_LINES = 2  # that many `Word: value` lines make a rule an Outlook quote
_LOOK_AHEAD = 4000
_LOOKS = 50  # at rules, for the one below which a quote begins


@dataclass(slots=True)
class _Writer:
    lines: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)  # of the line that is being written
    quotes: int = 0
    pre: int = 0
    hidden: int = 0
    looks: int = 0

    def write(self, text: str) -> None:
        if self.hidden or not text:
            return
        if self.pre:
            first, *rest = text.split("\n")
            self._add(first)
            for line in rest:
                self.end_line(always=True)
                self._add(line)
            return
        text = _SPACES.sub(" ", text)
        if not self.pieces or self.pieces[-1].endswith(" "):
            text = text.lstrip(" ")
        self._add(text)

    def _add(self, text: str) -> None:
        if text:
            self.pieces.append(text)

    def end_line(self, *, always: bool = False) -> None:
        line = "".join(self.pieces)
        text = line if line == "-- " else line.rstrip()
        text = text.replace("\N{NO-BREAK SPACE}", " ")
        self.pieces.clear()
        if text.strip() or always:
            marks = "> " * self.quotes if text.strip() else ">" * bool(self.quotes)
            self.lines.append(marks + text)

    def end_paragraph(self) -> None:
        self.end_line()
        if self.lines and self.lines[-1].strip("> "):
            self.lines.append(">" if self.quotes else "")


@dataclass(slots=True)
class _Open:
    name: str
    is_quote: bool = False
    is_hidden: bool = False
    count: int = 0  # of an ordered list, the number of its last item


def from_html(marked: str) -> str:
    writer, stack = _Writer(), list[_Open]()
    all_tokens = list(tokens(marked))
    for place, token in enumerate(all_tokens):
        if token.kind == "text":
            writer.write(unescape(token.text))
        elif token.kind == "open":
            _open(writer, stack, token)
            if _quotes_from_here(writer, token, all_tokens, place):
                writer.end_line()
                writer.quotes = max(1, writer.quotes)
                stack.clear()  # what is open stays quoted to the end
        else:
            _close(writer, stack, token)
    writer.end_line()
    return re.sub(r"\n(?:>?\n){2,}", "\n\n", "\n".join(writer.lines)).strip("\n")


def _open(writer: _Writer, stack: list[_Open], token: Token) -> None:
    if token.name in BLOCKS:
        writer.end_line(always=token.name == "br")
    if token.name in _PARAGRAPHS:
        writer.end_paragraph()
    if token.name == "li":
        writer.write(_bullet(stack))
    elif token.name in {"td", "th"} and writer.pieces:
        writer.write(" ")
    elif token.name == "img":
        writer.write(unescape(token.get("alt")))
    if token.name not in _VOID:
        stack.append(_opened(writer, token))


def _bullet(stack: list[_Open]) -> str:
    listing = next((one for one in reversed(stack) if one.name in {"ol", "ul"}), None)
    if listing is None or listing.name == "ul":
        return "- "
    listing.count += 1
    return f"{listing.count}. "


def _opened(writer: _Writer, token: Token) -> _Open:
    one = _Open(
        token.name,
        is_quote=_is_quote(token),
        is_hidden=bool(_HIDDEN_STYLE.search(token.get("style").lower())),
        count=int(start) - 1 if _START.fullmatch(start := token.get("start")) else 0,
    )
    is_signature = bool(_SIGNATURE_CLASS.search(token.get("class")))
    if one.is_quote or is_signature:
        writer.end_line()
    if is_signature and not writer.quotes and not _has_mark(writer):
        writer.lines.append("-- ")
    writer.quotes += one.is_quote
    writer.hidden += one.is_hidden
    writer.pre += token.name == "pre"
    return one


def _close(writer: _Writer, stack: list[_Open], token: Token) -> None:
    if token.name in BLOCKS:
        writer.end_line()
    if stack and stack[-1].name == token.name:
        one = stack.pop()
        if one.is_quote:
            writer.end_line()
            writer.quotes -= 1
        writer.hidden -= one.is_hidden
        writer.pre -= one.name == "pre"
    if token.name in _PARAGRAPHS:
        writer.end_paragraph()


def _has_mark(writer: _Writer) -> bool:
    """Whether `-- ` stands already where the signature begins."""
    return any(line.strip() == "--" for line in writer.lines[-2:])


def _is_quote(token: Token) -> bool:
    kind = token.get("class").lower()
    if token.name == "blockquote":
        return (
            token.get("type").lower() == "cite"
            or bool(_QUOTE_CLASS.search(kind))
            or bool(token.get("cite"))
        )
    if "gmail_quote" in kind.split() or "gmail_quote_container" in kind.split():
        return False  # holds the quote and answers between; the quote itself is a blockquote
    return bool(_QUOTE_CLASS.search(kind))


def _quotes_from_here(writer: _Writer, token: Token, all_tokens: list[Token], place: int) -> bool:
    """Outlook marks only where the quote begins; it goes on to the end of the mail."""
    if token.get("id").lower().removeprefix("x_") in _QUOTE_FROM_HERE:
        return True
    if token.name != "div" or not _OUTLOOK_RULE.search(token.get("style").lower()):
        return False
    writer.looks += 1
    if writer.looks > _LOOKS:
        return False
    ahead, size = [], 0
    for following in all_tokens[place : place + 200]:
        ahead.append("\n" if following.name in BLOCKS else following.text)
        size += len(following.text)
        if size > _LOOK_AHEAD:
            break
    lines = [line.strip() for line in "".join(ahead).split("\n") if line.strip()]
    named = sum(1 for line in lines[:6] if re.match(r"[^\W\d_][\w .]{0,25}:\s*\S?", line))
    return named > _HEADER_LINES and any("@" in line or ":" in line[5:] for line in lines[:6])
