"""What of a message is said in it: quotes, signatures and footers are set apart.

Masked parts become blanks, so that positions stay those of the message.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from intake.forwards import is_forward
from intake.people import LANGUAGES
from intake.understanding.lexicon import lexicon, tokenize, tokens_of

QUOTE = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
HANDED_ON = re.compile(r"^-{3,}.*[^\W\d].*-{3,}$", re.MULTILINE)
SAID = ("application", "os", "place", "moment.day", "trouble", "tried", "urgency")
READ_AT_MOST, MOST_WORDS = 4_000, 600  # letters
SHORT = 1_000  # letters, too few for either
WORD = re.compile(r"\S+")
BLANKS = re.compile(r"(\s{80})\s+")
UNBROKEN = re.compile(r"(\S{256})(\S+)")  # what goes on longer is data and no word
LONGEST_CLOSING = 9  # words of a line that only closes
LONGEST_SIGNED = 8  # words of a line of a signature
LEAST_HEAD = 3  # lines
REMEMBERED = 8  # texts: several readers ask for those of one message


@dataclass(frozen=True, slots=True, kw_only=True)
class MailLines:
    """Lines that mail programs write, in all languages: people answer mail of any."""

    history: re.Pattern[str]  # what follows is the mail that was answered
    header: re.Pattern[str]
    head: re.Pattern[str]  # such lines in a row, others of a mail's head between them
    footer: re.Pattern[str]


@cache
def mail_lines() -> MailLines:
    tables = [lexicon(language).tables["pattern"] for language in LANGUAGES]

    def joined(name: str) -> str:
        return "|".join(pattern for table in tables for pattern in table[name])

    return MailLines(
        history=re.compile(rf"^(?:{joined('history')})", re.MULTILINE | re.DOTALL),
        header=re.compile(rf"^(?:-{{3,}}.*-{{3,}}|(?:{joined('header')}):.*)$", re.MULTILINE),
        head=re.compile(
            rf"^(?:(?:{joined('header')}):.*(?:\n|\Z)"
            rf"(?:[^\W\d][\w -]{{0,20}}:.*\n)?){{{LEAST_HEAD},}}",
            re.MULTILINE,
        ),
        footer=re.compile(rf"^(?:{joined('footer')}).*$", re.MULTILINE | re.IGNORECASE),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The message, its body (the rest blank) and its signature (the rest blank)."""

    text: str
    body: str
    signature: str


@lru_cache(maxsize=REMEMBERED)
def bounded(text: str) -> str:
    """What is read of a text: no pasted log as a whole, and no words that have no end.

    Whatever somebody needs stands in the beginning; searching more would keep others waiting.
    """
    broken = UNBROKEN.sub(lambda found: found[1] + " " * len(found[2]), text)
    if len(broken) <= SHORT:
        return broken.rstrip()
    left, end = READ_AT_MOST, 0
    for word in islice(WORD.finditer(broken), MOST_WORDS):
        left -= len(word.group())
        if left < 0:
            break
        end = word.end()
    return broken[:end]


@lru_cache(maxsize=REMEMBERED)
def readable(text: str) -> str:
    """The same, and no more blanks in a row than anybody means: readers walk them too."""
    return BLANKS.sub(r"\1", bounded(BLANKS.sub(r"\1", text)))


def lay_out(text: str, language: str) -> Layout:
    """`text` is bounded."""
    lines = mail_lines()
    shown = _blank(HANDED_ON, text, 1) if is_forward(text) else text
    history = lines.history.search(shown)
    said = shown if history is None else shown[: history.end()] + _blanks(shown[history.end() :])
    said = lines.head.sub(lambda found: _unless_head(found.group(), lines.header), said)
    said = _blank(lines.footer, _blank(QUOTE, _blank(lines.history, said)))
    first = said.lstrip().split("\n", 1)[0]
    if HANDED_ON.search(said) or lines.header.fullmatch(first):
        said = _blank(lines.header, said)
    cut = _signature_at(said, language)
    return Layout(
        text=text,
        body=said[:cut] + _blanks(said[cut:]),
        signature=_blanks(said[:cut]) + said[cut:],
    )


def _unless_head(block: str, header: re.Pattern[str]) -> str:
    """“Q:”, “A:”, “Q:” are questions and answers: each line of a head tells something else."""
    names = {line.partition(":")[0] for line in header.findall(block)}
    return _blanks(block) if len(names) >= LEAST_HEAD else block


def blanked(text: str, places: Iterable[tuple[int, int]]) -> str:
    """The text with blanks there, letter for letter: what stands behind stays where it is."""
    for start, end in places:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _blank(pattern: re.Pattern[str], text: str, most: int = 0) -> str:
    return pattern.sub(lambda found: _blanks(found.group()), text, count=most)


def _blanks(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _signature_at(text: str, language: str) -> int:
    """Where the signature begins; the length of the text where there is none."""
    lines = _lines(text)
    written = [at for at, (_, line) in enumerate(lines) if line.strip()]
    for at in written[1:]:
        start, line = lines[at]
        if line.strip() in ("--", "---", "-- ", "__", "___") or _closes(line, language):
            return start
    return _block_at(lines, written, language)


def _lines(text: str) -> list[tuple[int, str]]:
    found = []
    start = 0
    for line in text.split("\n"):
        found.append((start, line))
        start += len(line) + 1
    return found


def _closes(line: str, language: str) -> bool:
    words = tokens_of(line, language)
    first = next(words, None)
    if first is None or not lexicon(language).net.begun(first.word):
        return False
    tokens = [first, *islice(words, LONGEST_CLOSING)]
    is_short = len(tokens) <= LONGEST_CLOSING
    return is_short and "speech.closing" in lexicon(language).beginning(tokens)


def _is_named(block: list[str], language: str) -> bool:
    """Whether names and numbers make up most of it: "Windows 11" is no signature."""
    if any(_is_phone_line(line) for line in block):
        return True
    words = re.findall(r"[^\W_]+", " ".join(block))
    large = [word for word in words if word[0].isupper() or word[0].isdigit()]
    if len(block) == 1:
        found = lexicon(language).find(tokenize(block[0], language))
        said = any(label.startswith(SAID) for label in found)
        return len([w for w in large if w.isalpha()]) > 1 and not said
    return len(large) * 2 >= len(words)


def _block_at(lines: list[tuple[int, str]], written: list[int], language: str) -> int:
    """A last paragraph of short lines without a sentence is a signature too."""
    end = lines[-1][0] + len(lines[-1][1])
    if len(written) < 2:
        return end
    first = written[-1]
    while first - 1 in written:
        first -= 1
    block = [lines[at][1] for at in range(first, written[-1] + 1)]
    is_apart = first > written[0]
    if is_apart and all(_is_signed(line) for line in block) and _is_named(block, language):
        return lines[first][0]
    return _last_line_at(lines, written, end)


def _is_signed(line: str) -> bool:
    words = line.split()
    is_short = len(words) <= LONGEST_SIGNED and not line.rstrip().endswith(("?", "!", ":", ";"))
    is_listed = re.match(r"\s*(?:\d{1,2}\s*[.):-]|[a-zα-ωа-я]\))", line) is not None
    begins_large = line.lstrip()[:1].isupper() or line.lstrip()[:1] in "+(0123456789"
    return (
        is_short and begins_large and not is_listed and "@" not in line and ": " not in line[:16]
    ) or _is_phone_line(line)


def _is_phone_line(line: str) -> bool:
    return re.fullmatch(r"\s*(?:\w{1,8}[.:]\s*)?\+?[\d\s()/.-]{8,20}\s*", line) is not None


def _last_line_at(lines: list[tuple[int, str]], written: list[int], end: int) -> int:
    """A last line that is only a name, or a name with a place or a number."""
    at = written[-1]
    line = lines[at][1]
    words = re.findall(r"[^\W\d_]+", line)
    large = [word for word in words if word[:1].isupper()]
    names = 1 < len(large) >= len(words) / 2 and len(words) <= LONGEST_SIGNED
    if (
        names
        and re.search(r"\d{3}|,", line)
        and not line.rstrip().endswith(("?", "!"))
        and at > written[0]
    ):
        return lines[at][0]
    return end
