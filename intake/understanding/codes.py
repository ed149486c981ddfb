"""What is printed on labels and screens: asset labels, errors, lines, logins, paths."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from intake.understanding.phones import CANDIDATE, as_phone
from intake.understanding.reading import Reading

MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PATH = re.compile(r"\\\\[\w.$-]+(?:\\[^\s\\,;:*?\"<>|]+)*|\b[A-Za-z]:\\[^\s,;:*?\"<>|]*")
LOGIN = re.compile(
    r"(?<![\w@.\\])(?:[a-z]{1,12}[._][a-z][a-z._]*\d*|[a-z]{3,14}_[a-z]{1,3})(?![\w@])"
)
CODED = r"[^\W_][\w/.-]*[^\W_]|\d"

ASSET = re.compile(
    r"(?<![\w.-])(?:"
    r"(?:INV|NB|PC|WS|PRN|PRT|LT|NTB|PL|SN|DT|TAB|MON|SRV|IT|MFP|ІНВ|ПК|НБ)"
    r"[ -]?(?:[A-Z0-9]{1,8}-)*\d{2,}[A-Z0-9-]*"
    r"|(?:DESKTOP|LAPTOP|PC|NB|WS|LT|NTB|PRN|PRT|SRV|ПК|НБ)(?:-[A-Z0-9]{1,10}){1,4}"
    r")(?![\w-])",
    re.IGNORECASE,
)
ERROR = re.compile(
    r"(?<![\w.-])(?:0x[0-9A-Fa-f]{2,8}|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|\d\d\.[0-9A-F]{2,4}(?:\.\d\d)?"
    r"|#(?:REF|N/A|VALUE|NAME|DIV/0|NULL|NUM|ССЫЛКА|ЗНАЧ|HODNOTA)[!?]?"
    r"|[45]\d\d[ -]\d\.\d{1,2}\.\d{1,3}(?:[ ][A-Za-z][\w ]{3,50})?"
    r"|(?:SC|C|E|F|U|J|B|H)[- ]?\d{1,5}(?:-\d{1,4})?|ORA-\d{4,5}|HTTP[ ]?\d{3}|KB\d{6,7})(?![\w-])"
)
ERROR_LETTERED = re.compile(r"(?:SC|C|E|F|U|J|B|H)[- ]?\d{1,5}(?:-\d{1,4})?")
SERIAL = re.compile(r"(?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9][A-Z0-9-]{5,19}|\d{4,10}")


@dataclass(frozen=True, slots=True)
class Found:
    """A value where it stands."""

    start: int
    end: int
    value: str


def next_code(reading: Reading, after: int, *, words: int = 4, least: int = 1) -> Found | None:
    """The code that follows a cue: the next word with a digit, whole."""
    tokens = reading.tokens
    if after > len(tokens) or after == 0:
        return None
    begin = tokens[after - 1].end
    limit = tokens[min(len(tokens), after + words) - 1].end if after < len(tokens) else begin
    pattern = r"(?<![^\W_])(?=[^\s]*\d)[^\W_](?:[\w/.-]*[^\W_])?"
    for found in re.finditer(pattern, reading.text[begin:limit]):
        between = reading.text[begin : begin + found.start()].lstrip(".")
        if re.search(r"(?<!\b\w)[.!?;]\s", between):
            return None
        start, end = begin + found.start(), begin + found.end()
        end = _whole(reading.text, end)
        value = reading.text[start:end]
        if len(re.sub(r"\W", "", value)) >= least:
            return Found(start, end, value)
    return None


def _whole(text: str, end: int) -> int:
    """To the end of the word that a limit in tokens may have cut."""
    more = re.match(r"[\w/-]*[^\W_]", text[end:])
    return end + more.end() if more and text[end - 1 : end].strip() else end


def _is_label(written: str) -> bool:
    """Whether it is printed so: INV 5512 is, inv 5512 is a number with a word before it."""
    has_digit = re.search(r"\d", written) is not None
    return has_digit and (" " not in written or written[:2].isupper())


def find_assets(reading: Reading) -> list[Found]:
    if "assets" not in reading.remembered:
        reading.remembered["assets"] = _assets(reading)
    found: list[Found] = reading.remembered["assets"]
    return found


def _assets(reading: Reading) -> list[Found]:
    found = [
        Found(m.start(), m.end(), m.group())
        for m in ASSET.finditer(reading.text)
        if _is_label(m.group())
    ]
    taken = [(f.start, f.end) for f in found]
    for hit in reading.hits.get("cue.asset", ()):
        code = next_code(reading, hit.after, least=3)
        if code and not any(start < code.end and code.start < end for start, end in taken):
            found.append(code)
    return sorted(found, key=lambda f: f.start)


def find_errors(reading: Reading) -> list[Found]:
    """Codes and shown words, the surest first."""
    return [*_quoted_errors(reading), *_coded_errors(reading), *_cued_errors(reading)]


def _quoted_errors(reading: Reading) -> Iterator[Found]:
    for quote in reading.quotes:
        before = reading.token_at(quote.start)
        cues = reading.found("cue.error", max(0, before - 5), before)
        inside = reading.found("trouble.shown", before, reading.token_at(quote.end))
        if cues or inside or ERROR.search(quote.text):
            yield Found(quote.inner, quote.inner + len(quote.text), quote.text.strip(" .,"))


def _coded_errors(reading: Reading) -> Iterator[Found]:
    assets = find_assets(reading)
    for match in ERROR.finditer(reading.text):
        if any(asset.start < match.end() and match.start() < asset.end for asset in assets):
            continue
        if ERROR_LETTERED.fullmatch(match.group()) and not _is_shown(reading, match.start()):
            continue
        yield Found(match.start(), match.end(), match.group().strip())


def _is_shown(reading: Reading, position: int) -> bool:
    """Whether a code like E5 is an error: beside a word like "shows", not in "block E5"."""
    at = reading.token_at(position)
    is_place = reading.found("place.head", max(0, at - 2), at)
    return not is_place and bool(
        reading.found("cue.error", max(0, at - 6), at)
        or reading.below("trouble")
        or reading.found("about.printer")
    )


def _cued_errors(reading: Reading) -> Iterator[Found]:
    for hit in reading.hits.get("cue.error_number", ()):
        code = next_code(reading, hit.after, words=2)
        if code and reading.tokens[hit.after - 1].end + 4 >= code.start:
            yield code
    for hit in reading.hits.get("cue.error", ()):
        told = TOLD.match(reading.text, reading.tokens[hit.after - 1].end)
        if told and len(told[1].split()) <= LONGEST_TOLD:
            yield Found(told.start(1), told.end(1), told[1])
            continue
        clause = next(c for c in reading.clauses if c.first <= hit.first < c.after)
        shown = reading.found("trouble.shown", hit.after, clause.after)
        if shown and shown[0].first - hit.after <= 2 and clause.after - hit.after <= LONGEST_SHOWN:
            start, end = reading.tokens[hit.after].start, clause.end
            yield Found(start, end, reading.text[start:end])


def find_extension(reading: Reading) -> Found | None:
    for hit in reading.hits.get("cue.extension", ()):
        code = next_code(reading, hit.after, words=3)
        if code is None:
            continue
        long = next((n for n in find_numbers(reading) if n.start <= code.start < n.end), None)
        if long or re.fullmatch(r"\d[\d/-]{0,6}", code.value):
            return long or code
    return None


SPELLED_LEAST = 9
LONGEST_TOLD = 10
TOLD = re.compile(
    r"\s?:\s?([^\W\d_][^\n;!?«»\"„“”]*?[^\s.,;!?])(?=[.,;!?]?(?:\s|$))(?<!\w:)(?=[.!?;\n,]|\s*$)"
)
LONGEST_SHOWN = 7  # words


def find_spelled(reading: Reading) -> str:
    """A telephone number said in words: "oh seven four double oh one ..."."""
    spoken = {
        hit.first: label.removeprefix("digit.")
        for label, hits in reading.hits.items()
        if label.startswith("digit.")
        for hit in hits
    }
    run = ""
    times = 1
    for at, token in enumerate(reading.tokens):
        if token.word in ("double", "triple"):
            times = 2 if token.word == "double" else 3
        elif at in spoken:
            run += spoken[at] * times
            times = 1
        elif len(run) >= SPELLED_LEAST:
            break
        else:
            run = ""
    return run if len(run) >= SPELLED_LEAST else ""


def find_numbers(reading: Reading) -> list[Found]:
    """Telephone numbers of the body, as written."""
    return [
        Found(m.start(), m.end(), m.group().strip())
        for m in CANDIDATE.finditer(reading.text)
        if as_phone(m.group(), reading.language)
    ]


def find_account(reading: Reading) -> Found | None:
    mail = MAIL.search(reading.text)
    if mail:
        return Found(mail.start(), mail.end(), mail.group())
    for hit in reading.hits.get("cue.account", ()):
        named = _login_after(reading, hit.after)
        if named:
            return named
    login = LOGIN.search(reading.text)
    return Found(login.start(), login.end(), login.group()) if login else None


def _login_after(reading: Reading, after: int) -> Found | None:
    if after >= len(reading.tokens):
        return None
    begin = reading.tokens[after - 1].end
    match = re.match(
        r"[\s:=–—(«\"-]{0,4}(?:(?:μου|mou|is|je|è) )?([A-Za-z][\w.-]{1,24}\w)",
        reading.text[begin:],
    )
    if match is None:
        return None
    value = match[1]
    is_foreign = reading.language in ("uk", "el") and not reading.found(
        "application", after, after + 1
    )
    is_native = re.search(r"[Ͱ-ӿ]", reading.text) is not None
    is_login = (
        re.search(r"[\d._]", value)
        or (value.isupper() and len(value) > 4)
        or (is_foreign and is_native)
    )
    start = begin + match.start(1)
    return Found(start, start + len(value), value) if is_login else None


def find_path(reading: Reading) -> Found | None:
    path = PATH.search(reading.text)
    return Found(path.start(), path.end(), path.group().rstrip(".")) if path else None
