"""What is said once a ticket is over: that nothing more is wanted, or of its having been closed.

Pure. Polite words end in whole messages alone: “no, that is all”; “thanks, but no” ends nothing.
That it is not over is told by `solving`, what is answered by `smalltalk`.
"""

from collections.abc import Set

from intake.understanding.phrases import said_of
from intake.understanding.reading import Reading
from intake.understanding.stops import question_marks

TABLE = "ended"
COURTESIES = ("intent.thanks", "speech.closing", "speech.greeting", "concept.gratitude_praise")


def is_ending(reading: Reading) -> bool:
    """“No, that is all”, “no worries”."""
    said = said_of(reading, TABLE)
    is_asked = any(sign in reading.text for sign in question_marks(reading.language))
    return not is_asked and _is_whole(reading, said["ends"], said["around"])


def asks_of_closing(reading: Reading, *, is_of_mending: bool = True) -> bool:
    """“Why did you close my ticket?”, “is it fixed?”."""
    said = said_of(reading, TABLE)
    done = said["done"] if is_of_mending and "?" in reading.text else set[int]()
    is_of_ticket = bool(said["closing"] and said["whose"]) or bool(done)
    asking = said["whose"] | said["asking"] | said["news"]
    return is_of_ticket and _is_whole(reading, said["closing"] | done, asking)


def wants_it_open(reading: Reading) -> bool:
    """“Please reopen my ticket”."""
    said = said_of(reading, TABLE)
    return _is_whole(reading, said["again"], said["whose"] | said["asking"])


def asks_for_news(reading: Reading) -> frozenset[int]:
    """The words of “when will it be fixed?” that ask, and deny nothing."""
    return said_of(reading, TABLE)["news"]


def _is_whole(reading: Reading, said: Set[int], small: Set[int]) -> bool:
    """Whether there is nothing else in it."""
    return reading.says_only(said, COURTESIES, small)
