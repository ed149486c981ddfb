"""Cuts a reply at the numbers before its answers: "1.", "2)", "3 -", "4-a,5-b", "#6", "first ...".

Which of these ways a reply takes is left to `cutting`.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

from intake.understanding.folding import plain
from intake.understanding.lexicon import Hits, Token, lexicon, tokenize, tokens_of
from intake.understanding.parts import Listed, Part
from intake.understanding.phrases import phrases, whole
from intake.understanding.reading import Reading
from intake.understanding.wordlists import UNKNOWN

KEYCAP = "\ufe0f?\u20e3"
NUMBERED = (
    r"(?:(?<=\n)|(?<=\s)|^)(?:\((?=[1-9a-fα-ζа-е]\)))?"
    r"(?:(?:(?P<range>[1-9]\s?[-–]\s?[1-9])|(?P<several>[1-9](?:(?:\s?[,+&]\s?|AND)[1-9])+))"
    r"(?:\s?[:.)]|\s(?=[^\W\d]))"
    rf"|(?P<number>[1-9])(?:{KEYCAP}|\s?[.)\]:=→](?!\d)|/(?=\s)|\s?->|[\s]?[-–—](?=\s)|\.(?=[^\W\d]))"
    r"|(?P<letter>[a-fα-ζа-е])\))\s*"
)
TIGHT = re.compile(
    r"(?:^|(?<=[,;\n]))\s*(?P<number>[1-9])(?:\s?[-–—]|[.):](?!\d))\s*(?=\S)"
)  # "1-a,2-b"
HYPHENS = re.compile(r"(?:^|(?<=\s))(?P<number>[1-9])[-–—](?=[^\s\d])")  # "1-a 2-b 3-c"
BARE = re.compile(r"(?:^|(?<=\s))(?P<number>[1-9])[^\S\n]+(?=\S)")  # "1 NB-0442 2 win11"
DASH = re.compile(r"\s*[-–—]+\s*")
LONGEST_PHRASE = 16  # words of any list
SHORTEST_RUN = 3  # bare numbers inside a line: two may count things
HYPHENED = re.compile(r"\d[-–—]\s*")
LETTERS = {letter: n for run in ("abcdef", "αβγδεζ", "абвгде") for n, letter in enumerate(run, 1)}
NTH_MARK = re.compile(r"\s*[—–:,-]|\s+(?:είναι|is|è|je)\b")
NOUNS = ("reply.floor", "moment.month", "moment.unit", "place.head", "place.counted")
COUNTED = ("reply.floor", "moment.month")  # nouns that an ordinal stands before


def dashed(body: str, listed: Listed, language: str) -> Iterator[Part]:
    """A dash in the place of an answer: in "1 - 2 yesterday 3 - 4 no" no mark after the number."""
    marks = list(BARE.finditer(body))
    parts = list(_cut(body, marks))
    is_one_each = len(marks) >= SHORTEST_RUN and _is_whole(marks, listed)
    if is_one_each and any(DASH.fullmatch(part.text) for part in parts):
        yield from parts


def tight(body: str, listed: Listed, language: str) -> Iterator[Part]:
    """A number before each, and little between them: "1-NB-0442,2-since morning"."""
    for pattern, shortest in ((TIGHT, 2), (HYPHENS, SHORTEST_RUN)):
        marks = list(pattern.finditer(body))
        numbers = [int(mark["number"]) for mark in marks]
        is_run = len(marks) >= shortest and numbers == [*range(1, len(marks) + 1)]
        is_whole = len(marks) <= len(listed.numbered)
        if is_run and is_whole and not body[: marks[0].start()].strip():
            yield from _cut(body, marks)
            return


def named(body: str, listed: Listed, language: str) -> Iterator[Part]:
    """With a word or a sign for it before each number: "#2 windows", "question 2: windows"."""
    marks = list(_naming().finditer(plain(body)))
    numbers = [int(mark["number"]) for mark in marks]
    is_asked = all(number <= len(listed.numbered) for number in numbers)
    if marks and is_asked and not body[: marks[0].start()].strip():
        yield from _cut(body, marks)


@cache
def _naming() -> re.Pattern[str]:
    before = whole("numbering", "before")
    mark = r"\s?[.:)=–—-]"  # without one a word before a number may be of the answer itself
    return re.compile(
        rf"(?<!\S)(?:[#№]\s?|q(?=[1-9])|{before}\.?\s?[#№]?(?=[1-9]{mark}))"
        rf"(?P<number>[1-9])(?:{mark}|(?=\s))(?!\d)\s*(?=\S)"
    )


@cache
def _counted(language: str) -> frozenset[str]:
    """In that language alone: a Greek "not" reads like the day of another."""
    return frozenset(map(plain, phrases("numbering", "counted", language)))


def numbered(body: str, listed: Listed, language: str) -> Iterator[Part]:
    count = len(listed.numbered)
    found = (mark for mark in _before().finditer(body) if _is_mark(mark, body, count))
    marks = [mark for mark in found if not _is_amount(mark, body, language)]
    if marks and len(_numbers(marks[0])) > 1:
        marks = list(_with_bare(marks, body))
    if not _is_run(marks):
        marks = [mark for mark in marks if not is_ordinal(mark, body, language)]
    at_starts = [mark for mark in marks if _begins_line(mark, body)]
    if len(at_starts) > 1:
        marks = at_starts  # "since the 9. of November" inside a line is no number
    if len(marks) == 1 and is_ordinal(marks[0], body, language):
        return
    if marks and _is_of_word(marks[0], body):
        return
    if len(marks) > 1 or (marks and not body[: marks[0].start()].strip()):
        yield from _cut(body, marks)


@cache
def _before() -> re.Pattern[str]:
    """Of several numbers words may join the last: "1, 2 and 3 no idea"."""
    return re.compile(NUMBERED.replace("AND", rf"\s{whole('numbering', 'and')}\s"), re.IGNORECASE)


def _with_bare(marks: Sequence[re.Match[str]], body: str) -> Iterator[re.Match[str]]:
    """Behind "1,2 don't know" a bare 3 goes on counting."""
    further = list(_apart(BARE.finditer(body, marks[0].end()), marks))
    named: set[int] = set()
    for mark in sorted([*marks, *further], key=re.Match.start):
        if mark not in further or int(mark["number"]) == _next(named):
            named.update(_numbers(mark))
            yield mark


def _next(named: Collection[int]) -> int:
    """The first number that has not been named: behind "1 and 3" it is 2."""
    return next(number for number in range(1, len(named) + 2) if number not in named)


def rightly_numbered(parts: Sequence[Part], listed: Listed) -> Sequence[Part]:
    """The parts, counted anew where as many are open but the numbers can't be right.

    So "1. 1. 2. 5. 6." of five is, and "3) 4) 5)" of three.
    """
    numbers = [part.numbers for part in parts]
    is_one_each = len(parts) == len(listed.fields) and all(len(own) == 1 for own in numbers)
    is_one_each &= {*listed.fields} <= {*listed.numbered}  # what an agent asks may bear no number
    is_possible = len({*numbers}) == len(parts) and max(numbers) <= (len(listed.numbered),)
    if not is_one_each or is_possible or numbers != sorted(numbers):
        return parts
    places = [listed.numbered.index(name) + 1 for name in listed.fields]
    return [replace(part, numbers=(n,)) for part, n in zip(parts, places, strict=True)]


def _is_run(marks: Sequence[re.Match[str]]) -> bool:
    """Whether they count 1, 2, 3: those of "not the 3. floor but the 2." do not."""
    numbers = [number for mark in marks for number in _numbers(mark)]
    return numbers == [*range(1, len(numbers) + 1)]


def _is_amount(mark: re.Match[str], body: str, language: str) -> bool:
    """“1-2 days”, “1,2 GB”, but not “1-2: no idea”, nor “1,2 no idea”."""
    if not (mark["range"] or mark["several"]) or mark.group().rstrip()[-1] in ":.)":
        return False
    tokens = _following(mark, body, language)
    return not (tokens and UNKNOWN in lexicon(language).beginning(tokens))


def is_ordinal(mark: re.Match[str], body: str, language: str) -> bool:
    """Whether it counts floors or days and no answers: "2. poschodie", but not "2. floor 3"."""
    tokens = _following(mark, body, language)
    follows_number = len(tokens) > 1 and tokens[1].word.isdecimal()
    begun = lexicon(language).beginning(tokens) if tokens and not follows_number else ()
    return any(label.startswith(COUNTED) for label in begun)


def _following(mark: re.Match[str], body: str, language: str) -> list[Token]:
    """As many words as a phrase may have."""
    return list(islice(tokens_of(body[mark.end() :], language), LONGEST_PHRASE))


def _is_mark(mark: re.Match[str], body: str, count: int) -> bool:
    """A lone figure before a hyphen inside a line may be part of a name or a time."""
    at_line_start = mark.start() == 0 or body[mark.start() - 1] == "\n"
    if mark["number"] and not at_line_start:
        is_hyphened = HYPHENED.fullmatch(mark.group()) is not None  # "1- NB-0442"
        return int(mark["number"]) <= count + 3 and not is_hyphened
    if not mark["letter"] or at_line_start:
        return True
    # inside a line a letter goes on where the one before it has stood
    before = chr(ord(mark["letter"]) - 1)
    return LETTERS[mark["letter"].lower()] == 1 or f"{before})" in body[: mark.start()]


def barely_numbered(body: str, listed: Listed, language: str) -> Iterator[Part]:
    """Numbers without a mark after them, where they surely count answers and not things."""
    marks = _bare(body, language)
    lines = [mark for mark in marks if _begins_line(mark, body)]
    if len(lines) > 1 and _counts(lines, listed):
        yield from _cut(body, lines)
    elif len(marks) == 1 and lines and _is_not_known(body[marks[0].end() :], language):
        yield from _cut(body, marks)
    elif lines[:1] == marks[:1]:
        run = marks if _is_whole(marks, listed) else list(_rising_by_one(marks))
        if sum(map(len, map(_numbers, run))) >= SHORTEST_RUN and _counts(run, listed):
            yield from _cut(body, run)


def _bare(body: str, language: str) -> list[re.Match[str]]:
    """Each number alone, and several before what is said of them all: "1 NB-7 2 and 3 no idea"."""
    several = [mark for mark in _before().finditer(body) if mark["range"] or mark["several"]]
    joined = [mark for mark in several if not _is_amount(mark, body, language)]
    return sorted([*joined, *_apart(BARE.finditer(body), joined)], key=re.Match.start)


def _apart(
    marks: Iterable[re.Match[str]], others: Sequence[re.Match[str]]
) -> Iterator[re.Match[str]]:
    """Those that share no letter with any of the others."""
    for mark in marks:
        if not any(mark.start() < one.end() and one.start() < mark.end() for one in others):
            yield mark


def _is_not_known(text: str, language: str) -> bool:
    """Whether it opens with "don't know", of which there are not two: "2 don't know"."""
    tokens = tokenize(text, language)
    return bool(tokens) and UNKNOWN in lexicon(language).beginning(tokens)


def _counts(marks: Sequence[re.Match[str]], listed: Listed) -> bool:
    """Whether the numbers rise from the first question, or stand once for each."""
    numbers = [number for mark in marks for number in _numbers(mark)]
    open_ones = [n for n, name in enumerate(listed.numbered, 1) if name in listed.fields]
    begins = numbers[0] in (1, *open_ones[:1])
    return (begins and numbers == sorted(set(numbers))) or _is_whole(marks, listed)


def _is_whole(marks: Sequence[re.Match[str]], listed: Listed) -> bool:
    numbers = (number for mark in marks for number in _numbers(mark))
    return sorted(numbers) == [*range(1, len(listed.fields) + 1)]


def _rising_by_one(marks: Sequence[re.Match[str]]) -> Iterator[re.Match[str]]:
    named: set[int] = set()
    for mark in marks:
        first, *_ = own = _numbers(mark)
        if not named:
            named.update(range(1, first))
        if first == _next(named):
            named.update(own)
            yield mark


def _is_of_word(mark: re.Match[str], body: str) -> bool:
    """Whether it stands behind a word and begins no count: “Lab 2. Dec 4. Approved”."""
    number = mark.groupdict().get("number") or "1"
    is_pointed = number != "1" and mark.group().startswith(f"{number}.")
    return is_pointed and body[: mark.start()].rstrip(" ")[-1:].isalnum()


def _begins_line(mark: re.Match[str], body: str) -> bool:
    return not body[: mark.start()].rpartition("\n")[2].strip()


def _cut(body: str, marks: Sequence[re.Match[str]]) -> Iterator[Part]:
    """From each mark to the next."""
    for at, mark in enumerate(marks):
        end = marks[at + 1].start() if at + 1 < len(marks) else len(body)
        piece = body[mark.end() : end]
        numbers = _numbers(mark)
        if len(numbers) > 1:
            yield from _shared_out(piece, mark.end(), numbers)
        elif piece.strip():
            yield Part(text=piece, start=mark.end(), mark=mark.start(), numbers=numbers)


def _numbers(mark: re.Match[str]) -> tuple[int, ...]:
    named = mark.groupdict()
    if named.get("range"):
        first, last = int(mark["range"][0]), int(mark["range"][-1])
        return tuple(range(first, last + 1)) or (first,)
    if named.get("several"):
        return tuple(int(digit) for digit in mark["several"] if digit.isdigit())
    if named.get("letter"):
        return (LETTERS[mark["letter"].lower()],)
    return (int(mark["number"]),)


def _shared_out(piece: str, start: int, numbers: tuple[int, ...]) -> Iterator[Part]:
    """One each of "1-3: a, b, c", where the count fits; not of "1,2 no, 3 today"."""
    cut = [m for m in re.finditer(r"[^,;\n]+", piece) if m.group().strip()]
    is_further = any(BARE.match(own.group().lstrip()) for own in cut)
    if len(cut) == len(numbers) and not is_further:
        for number, found in zip(numbers, cut, strict=True):
            yield Part(text=found.group(), start=start + found.start(), numbers=(number,))
    else:
        yield Part(text=piece, start=start, numbers=numbers)


def ordinals(reading: Reading, listed: Listed) -> Iterator[Part]:
    """Numbers in words: "first: ... second: ...", "to point 1: ...", "first ... second ..."."""
    body, tokens, found = reading.text, reading.tokens, reading.hits
    nth = sorted(
        (hit.first, hit.after, int(hit.label.rpartition(".")[2]))
        for hit in reading.below("reply.nth")
    )
    if len(nth) < 2:  # mostly
        return
    marked = [mark for mark in nth if NTH_MARK.match(body[tokens[mark[1] - 1].end :])]
    marks = marked if len(marked) > 1 else nth
    numbers = [number for _, _, number in marks]
    is_run = _runs(numbers, len(listed.numbered))
    is_told = (
        is_run
        and _opens(found, marks[:1])
        and not _counts_things(tokens, found, marks, reading.language)
    )
    if not (marks is marked or is_told):
        return
    for at, (first, after, number) in enumerate(marks):
        start = tokens[after - 1].end
        end = tokens[marks[at + 1][0]].start if at + 1 < len(marks) else len(body)
        piece = body[start:end].lstrip(" —–:,-")
        mark = tokens[first].start
        yield Part(text=piece, start=end - len(piece), mark=mark, numbers=(number,))


def _runs(numbers: Sequence[int], count: int) -> bool:
    """Whether they count the answers; of three and more some may be left out on the way."""
    is_whole = numbers == [*range(1, len(numbers) + 1)]
    is_rising = numbers == sorted({*numbers}) and numbers[:1] == [1]
    is_run = is_whole or (is_rising and len(numbers) >= SHORTEST_RUN)
    return is_run and max(numbers, default=0) <= count


Nth = Sequence[tuple[int, int, int]]  # words from, up to, and the number


def _opens(found: Hits, marks: Nth) -> bool:
    """Whether no more than an article stands before."""
    small = {hit.first for hit in found.get("speech.function", ())}
    return all(at in small for first, _, _ in marks for at in range(first))


def _counts_things(tokens: Sequence[Token], found: Hits, marks: Nth, language: str) -> bool:
    """Whether a floor, a room or a time follows: "first floor, second door"."""
    nouns = {
        hit.first for label, hits in found.items() if label.startswith(NOUNS) for hit in hits
    } | {at for at, token in enumerate(tokens) if plain(token.word) in _counted(language)}
    return any(after in nouns or after == len(tokens) for _, after, _ in marks)
