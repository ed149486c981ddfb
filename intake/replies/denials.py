"""“Not X but Y”: the known value that is denied, and what stands in its place.

Pure. What becomes of it is left to `corrections`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intake.matching import telling
from intake.replies.foreign_clauses import choice_of
from intake.replies.plainness import COUNT, lone_count
from intake.understanding import Reader
from intake.understanding.denied import denying
from intake.understanding.fitting import may_be_text
from intake.understanding.folding import plain
from intake.understanding.questions import CHOICES, CLAUSES
from intake.understanding.reading import Reading
from intake.understanding.single import read_value

# Up to a stop; the full stop of "3. floor" is none.
UP_TO_STOP = re.compile(r"(?:[^,;:!?\n.]|(?<=\b\d)\.|(?<=\b\d\d)\.|\.(?=\S))*")
WORD = re.compile(r"\w+")
DIGITS = re.compile(r"\d+")
SHORTEST_ENDING = 2  # digits of a label
MOST_DENIALS = 20  # nobody takes back more in one message
LONGEST_DENIED = 200  # letters: what is named stands among the first
LONGEST_INSTEAD = 5  # words of a place, a login, a name
NO_NAME = ("trouble.broken", "speech.negation", "speech.not", "speech.yes", "speech.no")


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """Where "not X" stands, and X; of the known value no more than its number may be said."""

    start: int
    end: int
    words: str  # X, or the value of which it is the number
    number: str = ""


def find_denials(reader: Reader, known: Mapping[str, str], reading: Reading) -> dict[str, Denial]:
    """By field; of what nobody has said before nothing is denied."""
    found = {}
    for first, after in sorted(_negations(reading))[:MOST_DENIALS]:
        if after == len(reading.tokens):
            continue
        start, begin = reading.tokens[first].start, reading.tokens[after].start
        for name, value in known.items():
            end = _end(reading, begin, after, value)
            words = reading.text[begin:end]
            if name not in CLAUSES and _is_same(reader, reading, name, (words, value)):
                number = words.strip() if COUNT.fullmatch(words.strip()) else ""
                whole = value if number else words
                found[name] = Denial(start=start, end=end, words=whole, number=number)
    return found


def _negations(reading: Reading) -> set[tuple[int, int]]:
    """Where "not" stands, or "it isn't", by its words and those after it."""
    equals = {hit.first: hit.after for hit in reading.hits.get("speech.equals", ())}
    plainly = {(hit.first, hit.after) for hit in reading.hits.get("speech.not", ())}
    verbally = {
        (hit.first, equals[hit.after])
        for hit in reading.hits.get("speech.negation", ())
        if hit.after in equals
    }
    opening = {
        (hit.first, hit.after)
        for hit in reading.hits.get("speech.no", ())
        if hit.first == 0 and reading.text[reading.tokens[hit.after - 1].end :].startswith(",")
    }  # "no, ..." answers what was said
    return (plainly | verbally | set(denying(reading))) - opening


def _end(reading: Reading, begin: int, first: int, value: str) -> int:
    """Of what is denied: at "but", at a stop, or with the value itself."""
    if reading.text.startswith(value, begin):
        return begin + len(value)
    stop = UP_TO_STOP.match(reading.text, begin)
    instead = (hit.first for hit in reading.found("reply.instead", first))
    turns = [reading.tokens[at].start for at in instead]
    return min([stop.end() if stop else begin, *turns])


def _is_same(reader: Reader, reading: Reading, name: str, pair: tuple[str, str]) -> bool:
    words, value = pair
    if reader.catalogue.fields[name].type == "text":
        told = telling(words)
        is_part = bool(told) and told <= telling(value)
        is_number = COUNT.fullmatch(words.strip()) and words_of(words) <= words_of(value)
        return bool(is_number) or is_part or plain(words.strip()) == plain(value)
    if reader.catalogue.fields[name].type == "code" and words.strip().isdecimal():
        return _ends_number(words.strip(), value)  # the 0442 of NB-0442
    if COUNT.fullmatch(words.strip()):  # "not 10, 11"
        return words_of(words) <= words_of(value) and name in CHOICES
    said = words[:LONGEST_DENIED]
    denied = value_in(reader.read_alone(said, reading), name)
    return bool(denied) and value in (denied, *_kinds(reader, name, denied))


def _ends_number(said: str, code: str) -> bool:
    """People name a label by its last digits."""
    runs = DIGITS.findall(code)
    return said in runs or (
        len(said) >= SHORTEST_ENDING and any(run.endswith(said) for run in runs)
    )


def value_in(piece: Reading, name: str) -> str:
    return choice_of(piece, name) if name in CHOICES else read_value(piece, name)


def _kinds(reader: Reader, name: str, value: str) -> Sequence[str]:
    """Who denies "windows" denies whatever version it was."""
    values = reader.catalogue.fields[name].values
    return [each for each in values if each.startswith(f"{value}-")]


def words_of(text: str) -> set[str]:
    return set(WORD.findall(plain(text)))


def instead_of(reader: Reader, name: str, denial: Denial, rest: Reading) -> str:
    """What the rest says in place of it; a lone number takes its noun from there."""
    kind, count = reader.catalogue.fields[name].type, lone_count(rest)
    if count and kind == "code":
        return _counted_anew(reader, name, denial, rest)
    named = "" if kind == "text" else value_in(rest, name)
    return named or (count and _counted_anew(reader, name, denial, rest))


def _counted_anew(reader: Reader, name: str, denial: Denial, rest: Reading) -> str:
    """What is denied with the one number of the rest in the place of its own."""
    piece = reader.read_alone(denial.words, rest)
    counted = DIGITS.search(denial.number) or COUNT.search(piece.text)
    nth = [hit for hit in piece.below("reply.nth") if hit.first + 1 == hit.after]
    if counted:
        number = denial.number or counted.group()
        begin = piece.text.rindex(number)
        end = begin + len(number)
    elif nth:
        begin, end = piece.tokens[nth[0].first].start, piece.tokens[nth[0].first].end
    else:
        return ""
    text = piece.text[:begin] + lone_count(rest) + piece.text[end:]
    return read_value(reader.read_alone(text, rest), name)


def words_instead(reader: Reader, name: str, denial: Denial, rest: Reading) -> str:
    """The few words of a text that stand in its place: "but office"; none that tell a trouble."""
    if reader.catalogue.fields[name].type != "text" or not rest.clauses:
        return ""
    follows = rest.token_at(denial.end)
    own = next((clause for clause in rest.clauses if follows < clause.after), rest.clauses[-1])
    first = follows if own.first < follows < own.after else own.first
    piece = reader.read_alone(rest.says(first, own.after), rest)
    is_brief = len(piece.tokens) <= LONGEST_INSTEAD
    is_name = not piece.has_any(NO_NAME)
    if is_brief and is_name and may_be_text(piece, name):
        return read_value(_without_turn(piece), name)
    return ""


def _without_turn(piece: Reading) -> Reading:
    turns = [hit.after for hit in piece.hits.get("reply.instead", ()) if hit.first == 0]
    start = piece.tokens[turns[0]].start if turns and turns[0] < len(piece.tokens) else 0
    return piece.piece(piece.text[start:])
