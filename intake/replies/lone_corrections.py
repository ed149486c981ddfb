"""What a message says otherwise than before, and nothing else: “it's in room 14”, “since Tuesday”.

Pure. Alone after a finished card that is a correction to anybody; amid other words it is a mere
mention, and changes nothing. What takes something back is left to `corrections`.
"""

from collections.abc import Mapping

from intake.replies.plainness import AROUND, words_of_value
from intake.understanding import Reader
from intake.understanding.fields import LOCATION, STARTED, TRIED
from intake.understanding.phrases import said_of
from intake.understanding.reading import Reading
from intake.understanding.single import read_value

TABLE = "anew"
SMALL = (*AROUND, "speech.function", "speech.filler_after", "moment.since", "moment.around")
SINCE = ("moment.since", "moment.begin")
PLACES = ("place.head", "place.beside", "place.counted", "place.city", "reply.floor")
NUMBERS = ("place.ordinal", "moment.ordinal", "reply.nth")
TELLING = ("trouble.broken", "trouble.weak", "intent.solved", "speech.negation", "speech.not")
TOGETHER = "{}; {}"  # what was tried, and what was tried since


def said_anew(
    reader: Reader, reading: Reading, known: Mapping[str, str], said: Mapping[str, str]
) -> dict[str, str]:
    """Of the known fields the values that all of the message is about; {} where it says more."""
    told = {name: value for name in known if (value := _told(reader, reading, name, said))}
    words = set[int]().union(*(words_of_value(reading, name, told[name]) for name in told))
    around = said_of(reading, TABLE)
    small = reading.covered(SMALL) | around["around"] | around["began"]
    telling = reading.covered(TELLING) - words - {0}  # "no, it's in room 14" opens so
    is_all = len(words | small) == len(reading.tokens)
    return told if is_all and not telling else {}


def _told(reader: Reader, reading: Reading, name: str, said: Mapping[str, str]) -> str:
    """The value, where something shows that it is this field's."""
    match reader.catalogue.fields[name].type:
        case "code" | "phone":
            return said.get(name, "") if said else read_value(reading, name)
        case "moment":
            is_begun = reading.has_any(SINCE)
            is_begun |= bool(said_of(reading, TABLE)["began"])
            return said.get(name, "") if is_begun and name == STARTED else ""
        case _ if name == LOCATION:
            value = said.get(name, "")
            return value if _is_place(reading, value) else ""
        case _ if name == TRIED:
            return said.get(name, "")
        case _:
            return ""


def _is_place(reading: Reading, value: str) -> bool:
    """Whether lists know every word of it: rooms, floors, their numbers."""
    own = words_of_value(reading, LOCATION, value) if value else set[int]()
    known = reading.covered((*PLACES, *NUMBERS, "speech.function"))
    known |= {at for at in own if any(map(str.isdigit, reading.says(at, at + 1)))}
    return bool(own) and own <= known and not own <= reading.covered(("speech.function",))


def grown(reader: Reader, reading: Reading, before: str, after: str) -> str:
    """What was tried at last beside what was tried before; “nothing” gives way."""
    old, new = (reader.read_alone(words, reading) for words in (before, after))
    if len(old.covered(("tried.none", "speech.function"))) == len(old.tokens):
        return after
    return before if _words(new) <= _words(old) else TOGETHER.format(before, after)


def _words(reading: Reading) -> set[str]:
    """What it says of its own: “tried another charger” no more than “another charger”."""
    small = reading.covered((*SMALL, f"field.{TRIED}")) | said_of(reading, TABLE)["around"]
    return {token.word for at, token in enumerate(reading.tokens) if at not in small}
