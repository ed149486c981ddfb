"""Whether it is another machine's or another person's that works: news of a ticket, not its end.

Pure. “My colleague's laptop works fine”; “it works for all now” ends it. What sounds so is left to
`solving`.
"""

from collections.abc import Sequence

from intake.matching import telling, told_by
from intake.messages import Message
from intake.signs.things import named
from intake.signs.works_again import OVER
from intake.tickets import Ticket
from intake.understanding import Reader, Understanding
from intake.understanding.phrases import said_of
from intake.understanding.reading import Reading


def works_elsewhere(
    reader: Reader, here: Sequence[Ticket], message: Message, understood: Understanding
) -> bool:
    """Of a message by which something works; what the tickets tell of themselves is theirs."""
    reading = reader.hear_in(understood.language, message)
    said = said_of(reading, OVER)
    if said["anew"]:
        return False
    theirs = {stem for ticket in here for stem in telling(told_by(ticket))}
    working = _working(reading, said["works"])
    own = {at for at in working if telling(reading.says(at, at + 1)) & theirs}
    if working & said["elsewhere"] - own:
        return True
    ours, things = {ticket.category for ticket in here}, named(_only(reading, working), understood)
    return bool(things) and not (own or things & ours or None in ours)


def _working(reading: Reading, works: frozenset[int]) -> set[int]:
    """The words of the clauses in which something works.

    “Sorted, it was the cable” tells only why it did not.
    """
    spans = (clause.words for clause in reading.clauses)
    return {at for span in spans if works.intersection(span) for at in span}


def _only(reading: Reading, words: set[int]) -> Reading:
    """The reading of these words alone, each where it stood."""
    text = [" "] * len(reading.text)
    for at in words:
        token = reading.tokens[at]
        text[token.start : token.end] = reading.text[token.start : token.end]
    return reading.piece("".join(text))
