"""“The label printer in the warehouse prints blanks”, said while a card asks where the scanner is.

Pure. Such words would settle what is asked, and are of another machine all the same: they begin
with it, say what is wrong with it, and that is not what is wrong with the ticket's. So it is with
ways to connect: VPN is not the Wi-Fi.
"""

from intake.matching import telling
from intake.signs.things import MACHINES, is_other_machine, machines
from intake.tickets import Ticket
from intake.understanding import Understanding
from intake.understanding.fields import CONNECTION, SYMPTOM
from intake.understanding.lexicon import Hit
from intake.understanding.reading import Clause, Reading
from intake.understanding.wordlists import BROKEN

KINDS = (f"{MACHINES}.", f"{CONNECTION}.")
FARTHEST = 2  # words before the name: “the badge printer”
BESIDE = "place.beside"  # “next to”
UNKNOWN = "device.peripheral"  # any of them


def leading(reading: Reading, understood: Understanding) -> frozenset[str]:
    """The kinds of machine that begin the clause of a trouble."""
    found = [
        (label, clause)
        for label in _kinds(reading)
        for clause in reading.clauses
        if _may_tell(reading, clause)
        and any(_is_led_by(reading, clause, hit) for hit in reading.hits[label])
    ]
    if not found or SYMPTOM not in understood.spans:
        return frozenset()
    start, end = understood.spans[SYMPTOM]
    return frozenset(label for label, own in found if own.start <= start < end <= own.end)


def is_of_another(
    theirs: frozenset[str], told: Reading, reading: Reading, understood: Understanding
) -> bool:
    """Whether what they lead is not said of the ticket that is `told` of."""
    families = {label.partition(".")[0] for label in theirs}
    ours = frozenset(label for label in _kinds(told) if label.partition(".")[0] in families)
    if not ours or ours & theirs:
        return False
    parts = machines(reading)
    if parts and not is_other_machine(parts, machines(told)):  # “the laptop doesn't see it”
        return False
    return not telling(understood.answers[SYMPTOM]) & telling(told.text)


def may_be_led_away(ticket: Ticket) -> bool:
    """Whether its own trouble is known."""
    return SYMPTOM in ticket.answers and SYMPTOM not in ticket.asked


def _kinds(reading: Reading) -> frozenset[str]:
    labels = (label for label in reading.hits if label.startswith(KINDS))
    return frozenset(labels) - {UNKNOWN}


def _may_tell(reading: Reading, clause: Clause) -> bool:
    """Not “the printer is on the 2nd floor”, nor “the printer prints fine”."""
    is_told = reading.has_any(BROKEN, clause)
    is_said_to_be = reading.has("speech.equals", clause)
    return not reading.has("trouble.works", clause) and (is_told or not is_said_to_be)


def _is_led_by(reading: Reading, clause: Clause, hit: Hit) -> bool:
    """Not “next to the printer”."""
    is_first = 0 <= hit.first - clause.first <= FARTHEST
    return is_first and not reading.found(BESIDE, clause.first, hit.first)
