"""Whether a message takes its ticket back: "please cancel", "no longer needed".

Pure. "Cancel my VPN access" is a wish of its own: beside the word for cancelling only the ticket
may be named, and what the open tickets are about. What is then asked is left to `smalltalk`.
"""

from collections.abc import Sequence

from intake.matching import telling, told_by
from intake.messages import Message
from intake.people import LANGUAGES
from intake.tickets import Kind, Ticket
from intake.understanding import Reader
from intake.understanding.phrases import may_say, said_of
from intake.understanding.reading import Clause, Reading
from intake.understanding.wordlists import BROKEN, SOLVED
from intake.utterances import Talk

TABLE = "withdrawing"
TAKING = ("calls_off", "needless")
COURTESIES = (
    "intent.thanks", "speech.please", "speech.closing", "speech.greeting", "concept.sorry",
    "concept.gratitude_praise", "concept.ok_yes", "decline.rest",
)  # fmt: skip
WISHES = ("intent.request", "intent.demand")
ABOUT = "about."
MOST_WORDS = 20  # who takes something back is brief


def withdrawn(
    reader: Reader, here: Sequence[Ticket], message: Message, language: str
) -> Talk | None:
    """WITHDRAWN where it says no more than that, SOLVED where it says so as well.

    People mix languages.
    """
    if message.files or len(message.text.split()) > MOST_WORDS:
        return None
    own = reader.hear_in(language, message)
    languages = (language, *(each for each in LANGUAGES if each != language))
    said = (each for each in languages if may_say(own.text, each, TABLE, *TAKING))
    readings = (own if each == language else reader.reread(own, each) for each in said)
    return next((talk for reading in readings if (talk := _taken_back(reading, here))), None)


def calls_off(reading: Reading) -> bool:
    """“Please cancel my VPN access”: what something begins with that is to be cancelled."""
    said = said_of(reading, TABLE)
    small = said["beside"] | reading.covered(COURTESIES)
    first = next((at for at in range(len(reading.tokens)) if at not in small), None)
    return first in said["calls_off"]


def _taken_back(reading: Reading, here: Sequence[Ticket]) -> Talk | None:
    said = said_of(reading, TABLE)
    if not (said["calls_off"] or said["needless"]):
        return None
    small = set[int]().union(*said.values()) | reading.covered(COURTESIES)
    numbers, theirs = _theirs(reading, here)
    broken = [f"about.{one.category}" for one in here if one.kind is Kind.INCIDENT]
    named = said["ticket"] | numbers | reading.covered(broken)  # what is broken nobody cancels
    is_said, besides, is_named = False, [], False
    for clause in reading.clauses:
        own = set(clause.words)
        names_it = bool(own & said["calls_off"] and own & named)
        if not own <= (small | theirs if names_it else small):
            besides.append(clause)
        elif own & (said["calls_off"] | said["needless"]):
            is_said = True
            is_named |= names_it
    if not is_said or any(_tells_more(reading, one, theirs, is_named=is_named) for one in besides):
        return None
    is_over = any(reading.has(SOLVED, clause) for clause in besides)
    return Talk.SOLVED if is_over else Talk.WITHDRAWN


def _theirs(reading: Reading, here: Sequence[Ticket]) -> tuple[set[int], set[int]]:
    """The words that say which of the open tickets is meant: its number; that, or its thing."""
    about = reading.covered([f"about.{ticket.category}" for ticket in here])
    told = {stem for ticket in here for stem in telling(told_by(ticket))}
    ids = {str(ticket.id) for ticket in here}
    words = [reading.says(at, at + 1) for at in range(len(reading.tokens))]
    numbers = {at for at, word in enumerate(words) if word in ids}
    return numbers, numbers | about | {at for at, word in enumerate(words) if telling(word) & told}


def _tells_more(reading: Reading, clause: Clause, ours: set[int], *, is_named: bool) -> bool:
    """A trouble or thing of its own; “a colleague gave me one” is but a reason.

    Who has called the ticket by name may speak of other things.
    """
    if reading.has_any(BROKEN, clause):
        return True
    names = reading.covered([label for label in reading.hits if label.startswith(ABOUT)])
    is_apart = bool(names.intersection(clause.words) - ours)
    return not is_named and (is_apart or reading.has_any(WISHES, clause))
