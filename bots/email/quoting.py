"""What a person wrote now, without what the mail program quoted below or above it.

Finds quotes by their shape (quote marks, a line with date and address, a block of `Word: value`
lines), so no language is needed. The full text is kept by the caller. What is shown is as it was
written: answers stand under their questions, and wherever else own words might stand between
quotes, nothing is cut. What answers are read out of is another text, which nobody is shown.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

LINE_LIMIT = 20_000
SIGNATURE_LINES = 20
_ATTRIBUTION_LINES = 3
_ATTRIBUTION_CHARACTERS = 300
_HEADER_LINES = 3
_HEADER_CHARACTERS = 500
_NEAR = 100  # lines
_KNOWN_LINE = 20  # shorter lines say nothing about where they come from
_KNOWN_SHARE = 0.6
_BELOW_QUESTION = 2  # lines: its hint and its choices
_BY_HAND = 5  # lines: so few are quoted for what is said about them

_LETTER = re.compile(r"\w")
_DATE = re.compile(r"\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}|\b(?:19|20)\d\d\b|\b\d{1,2}[:.]\d{2}\b")
_YEAR_OR_DAY = re.compile(r"\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}|\b(?:19|20)\d\d\b")
_ADDRESS = re.compile(r"[^\s<>@]{1,128}@[^\s<>@]{1,255}\.[^\s<>@]{2,}")
_SPEECH = re.compile(
    r"\b(?:wrote|writes|said|пише|писа[вл]а?|написа[вл]а?|пишет|napísala?|píše|napsala?"
    r"|έγραψε|γράφει|ha scritto|scrive|schrieb|a écrit|escribió|napisała?|pisze|escreveu)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^[*_\s]{0,3}([^\W\d_][^:\n]{0,30}?)[*_\s]{0,3}:[*_]{0,3}(?:\s+(.*)|)$")
_FROM = frozenset(
    {"from", "від", "от", "od", "von", "de", "da", "από", "van", "fra", "från", "kimden"}
    | {"відправник", "отправитель", "odosielateľ", "odesílatel", "nadawca", "mittente"}
    | {"αποστολέας", "expéditeur", "absender", "feladó", "lähettäjä", "remitente"}
)
_BARE_RULE = 5  # marks at least
_TITLED_RULE = "---"
_LONGEST_TITLE = 62
_FOOTER = re.compile(
    r"^(?:sent from (?:my|mail)|get outlook for|надіслано з|відправлено з|отправлено с"
    r"|odoslané z|odosláno z|inviato da|στάλθηκε από|enviado desde|gesendet von)\b.{0,60}$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"[>\s]*(\d{1,2})[.)]\s")
_CONTACT = re.compile(r"@|\+?\d[\d\s()-]{6,}|https?://|www\.")


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines `start` to `end` (not included) that are a quote with what announces it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Words:
    """`shown` is what was written; `read` the same for whoever looks for answers in it."""

    shown: str
    read: str  # without quotes, each answer behind the number of its question


@dataclass(frozen=True, slots=True)
class _Said:
    """What stands between two quotes, and the lines of the question right above it."""

    lines: list[str]
    question: list[str]

    @property
    def numbered(self) -> list[str]:
        found = _NUMBERED.match(self.question[0]) if self.question else None
        if found is None or _NUMBERED.match(self.lines[0]):
            return self.lines
        return [f"{found[1]}. {self.lines[0]}", *self.lines[1:]]


def new_words(text: str, *, known_parent: str | None = None, marker: str | None = None) -> Words:
    """Shows the whole text where nothing would be left or answers stand between quotes.

    `known_parent` is our own last text of the thread; `marker` a line that our mails begin with.
    """
    lines = text.split("\n")
    if len(lines) > LINE_LIMIT:
        return Words(text, text)
    end = min(_marked(lines, marker), _known(lines, known_parent), _headed(lines))
    body = lines[:end] if _worded(lines) <= end else lines
    runs = _runs(body)
    signatures = _signatures(body, runs)
    shown, read = (_joined(kept) or text for kept in _own(body, runs, signatures))
    return Words(shown, read)


def _joined(lines: list[str]) -> str:
    return _without_footer("\n".join(lines).strip("\n").rstrip()).lstrip("\n")


def _is_quoted(line: str) -> bool:
    return line.lstrip().startswith(">")


def _is_rule(line: str) -> bool:
    """`_____`, `-----` or `--- Title ---`. By its ends: a pattern would try every place."""
    bare = line.strip()
    title = bare.strip("-")
    if not title or not bare.strip("_"):
        return len(bare) >= _BARE_RULE
    name = title.removeprefix(" ").removesuffix(" ")
    is_between = bare.startswith(_TITLED_RULE) and bare.endswith(_TITLED_RULE)
    return is_between and len(name) <= _LONGEST_TITLE and name == name.strip()


def _worded(lines: list[str]) -> int:
    """How many lines from the top hold own words; more than there are where none do."""
    never = len(lines)
    own = (
        place
        for place, line in enumerate(lines)
        if line.strip() and not _is_quoted(line) and not _is_rule(line)
    )
    lettered = (place for place, line in enumerate(lines) if _LETTER.search(line))
    return max(next(own, never), next(lettered, never)) + 1


def _marked(lines: list[str], marker: str | None) -> int:
    if marker:
        for place, line in enumerate(lines):
            if marker in line:
                return _announced(lines, place)
    return len(lines)


def _known(lines: list[str], parent: str | None) -> int:
    """Where the rest of the text is mostly our own last mail."""
    if not parent:
        return len(lines)
    ours = {_bare(line) for line in parent.split("\n") if len(_bare(line)) >= _KNOWN_LINE}
    remaining = known = 0
    best = len(lines)
    for place in range(len(lines) - 1, -1, -1):
        bare = _bare(lines[place])
        if not bare:
            continue
        remaining += 1
        known += bare in ours
        if bare in ours and known >= _KNOWN_SHARE * remaining:
            best = place
    return _announced(lines, best) if best < len(lines) else best


def _bare(line: str) -> str:
    return " ".join(line.lstrip("> \t").split()).casefold()


def _headed(lines: list[str]) -> int:
    """Where a block of copied headers begins that has own words before it."""
    worded = _worded(lines)
    for place in range(len(lines)):
        if not _LABEL.match(lines[place]) or not _is_block(lines, place):
            continue
        start = place
        while start and (not lines[start - 1].strip() or _is_rule(lines[start - 1])):
            start -= 1
        if worded <= start:
            return start
    return len(lines)


def _is_block(lines: list[str], place: int) -> bool:
    block = []
    for line in lines[place : place + 10]:
        found = _LABEL.match(line)
        if not found:
            break
        block.append((found[1].casefold().strip(), (found[2] or "")[:_HEADER_CHARACTERS]))
    if len(block) < _HEADER_LINES:
        return False
    has_date = any(_YEAR_OR_DAY.search(value) and _DATE.search(value) for _, value in block)
    has_address = any(_ADDRESS.search(value) for _, value in block)
    above = next((line for line in reversed(lines[max(0, place - 3) : place]) if line.strip()), "")
    is_announced = _is_rule(above)
    is_from = block[0][0] in _FROM
    return has_date and (is_from or (is_announced and has_address))


def _announced(lines: list[str], place: int) -> int:
    """The start of the attribution right above `place`, or `place` itself."""
    above = place
    while above and (not lines[above - 1].strip() or lines[above - 1].strip() == ">"):
        above -= 1
    for count in range(1, _ATTRIBUTION_LINES + 1):
        start = above - count
        if start < 0 or not lines[start].strip():
            break
        if _is_attribution(" ".join(lines[start:above])):
            return start
    return place


def _is_attribution(text: str) -> bool:
    joined = text.replace("*", "").strip("> \t")
    if not joined.endswith(":") or len(joined) > _ATTRIBUTION_CHARACTERS:
        return False
    signs = (_DATE.search(joined), _ADDRESS.search(joined), _SPEECH.search(joined))
    return sum(map(bool, signs)) > 1


def _runs(lines: list[str]) -> list[_Run]:
    """Quotes with their attributions; blank lines between quoted ones belong to them."""
    runs: list[_Run] = []
    place = 0
    while place < len(lines):
        if not _is_quoted(lines[place]):
            place += 1
            continue
        end = last = place
        while end < len(lines) and (_is_quoted(lines[end]) or not lines[end].strip()):
            last = end if _is_quoted(lines[end]) else last
            end += 1
        runs.append(_Run(_announced(lines, place), last + 1))
        place = end
    if not runs and lines:
        start = _announced(lines, len(lines))
        runs = [_Run(start, len(lines))] if start < len(lines) else []
    return runs


def _signatures(lines: list[str], runs: list[_Run]) -> list[_Run]:
    """From `-- ` to the next quote or the end."""
    found: list[_Run] = []
    starts = [run.start for run in runs]
    worded = _worded(lines)
    for place, line in enumerate(lines):
        if line.rstrip() != "--" or (found and place < found[-1].end):
            continue
        following = bisect_right(starts, place)
        end = starts[following] if following < len(starts) else len(lines)
        words = [one for one in lines[place + 1 : min(end, place + _NEAR)] if one.strip()]
        is_sure = line == "-- " or any(_CONTACT.search(one) for one in words)
        if is_sure and len(words) <= SIGNATURE_LINES and worded <= place:
            found.append(_Run(place, end))
    return found


def _own(
    lines: list[str], runs: list[_Run], signatures: list[_Run]
) -> tuple[list[str], list[str]]:
    """What is shown, and what is read."""
    hidden = {place for run in [*runs, *signatures] for place in range(run.start, run.end)}
    own = [place for place, line in enumerate(lines) if place not in hidden and line.strip()]
    if not own:
        return lines, lines
    first, last = own[0], own[-1]
    is_between = any(first < run.start and run.end <= last for run in runs)
    is_between = is_between or (len(runs) > 1 and runs[0].end <= first and last < runs[-1].start)
    if not is_between:
        kept = [line for place, line in enumerate(lines) if place not in hidden]
        return kept, kept
    said = _said(lines, runs, hidden)
    read = [line for one in said for line in ("", *one.numbered)]
    if _are_answers(said):
        return [line for one in said for line in ("", *one.question, *one.lines)], read
    is_whole = len(runs) == 1 and sum(map(_is_quoted, lines)) > _BY_HAND
    return ([line for one in said for line in ("", *one.lines)] if is_whole else lines), read


def _said(lines: list[str], runs: list[_Run], hidden: set[int]) -> list[_Said]:
    ends = [run.end for run in runs]
    questions = [[], *(_question(lines[run.start : run.end]) for run in runs)]
    found = []
    for (start, end), question in zip(pairwise([0, *ends, len(lines)]), questions, strict=True):
        own = [lines[place].rstrip() for place in range(start, end) if place not in hidden]
        block = "\n".join(own).strip("\n")
        found += [_Said(block.split("\n"), question)] if block else []
    return found


def _question(quoted: list[str]) -> list[str]:
    """The numbered line that a quote ends with, and what belongs to it right below."""
    told = [line.rstrip() for line in quoted]
    while told and not _bare(told[-1]):
        told.pop()
    for count in range(1, _BELOW_QUESTION + 2):
        asked = told[-count:]
        if len(asked) < count or not _bare(asked[0]):
            return []
        if _NUMBERED.match(asked[0]):
            return asked
    return []


def _are_answers(said: list[_Said]) -> bool:
    """Whether each stands under its question, but for a greeting above and a word below."""
    answers = [place for place, one in enumerate(said) if one.question]
    if not answers or answers != list(range(answers[0], answers[-1] + 1)):
        return False
    return answers[0] < 2 and len(said) - answers[-1] < 3  # noqa: PLR2004 - one on either side


def _without_footer(text: str) -> str:
    """Without the line that a telephone adds, if other words are left."""
    above, separator, last = text.rpartition("\n")
    return above.rstrip() if separator and above.strip() and _FOOTER.match(last.strip()) else text
