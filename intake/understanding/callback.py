"""The number to call back on, where no words of the body name it: signed, or said in words."""

from intake.understanding.lexicon import lexicon, tokenize
from intake.understanding.phones import as_phone, find_phones
from intake.understanding.reading import Reading

SPELLED_LEAST = 9  # digits
LINE_BEFORE = 24  # letters that tell whose number it is
TIMES = {"double": 2, "triple": 3}


def find_callback(reading: Reading) -> str:
    """E.164, or ""."""
    return _signed(reading) or as_phone(_spelled(reading), reading.language, reading.country)


def lone_number(reading: Reading) -> str:
    """The only number in the body of a message that is about no line, or ""."""
    phones = [
        phone.number
        for phone in find_phones(reading.text, reading.language, reading.country)
        if not is_foreign(reading.text, phone.start, reading.language)
    ]
    return phones[0] if len(phones) == 1 else ""


def is_foreign(text: str, position: int, language: str) -> bool:
    """Whether the number at this place is a fax, a switchboard, somebody else's."""
    line = text[:position].rsplit("\n", 1)[-1][-LINE_BEFORE:]
    found = lexicon(language).find(tokenize(line, language))
    return bool(found.get("cue.not_phone"))


def _signed(reading: Reading) -> str:
    signature = reading.layout.signature
    for phone in find_phones(signature, reading.language, reading.country):
        if not is_foreign(signature, phone.start, reading.language):
            return phone.number
    return ""


def _spelled(reading: Reading) -> str:
    """The digits of "oh seven four double oh one ..."."""
    spoken = {
        hit.first: label.removeprefix("digit.")
        for label, hits in reading.hits.items()
        if label.startswith("digit.")
        for hit in hits
    }
    run = ""
    times = 1
    for at, token in enumerate(reading.tokens):
        if token.word in TIMES:
            times = TIMES[token.word]
        elif at in spoken:
            run += spoken[at] * times
            times = 1
        elif len(run) >= SPELLED_LEAST:
            break
        else:
            run = ""
    return run if len(run) >= SPELLED_LEAST else ""
