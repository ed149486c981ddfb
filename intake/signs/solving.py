"""Whether a trouble is over: what sounds so, and what is said to the question.

Pure. The question itself is put by `smalltalk`, its tap is taken by `taps`.
"""

from collections.abc import Mapping
from datetime import timedelta

from intake.messages import Message
from intake.people import LANGUAGES
from intake.signs.endings import asks_for_news, wants_it_open
from intake.signs.works_again import OVER, says_again
from intake.situations import Situation
from intake.tickets import Status, Ticket
from intake.understanding import Reader
from intake.understanding.choices import read_agreement
from intake.understanding.lexicon import Hit
from intake.understanding.phrases import hits_of, said_of
from intake.understanding.reading import Reading
from intake.understanding.stops import question_marks
from intake.understanding.wordlists import BROKEN, NO, SOLVED
from intake.utterances import Talk

REOPENS_WITHIN = timedelta(days=7)  # after it was solved
# by what is asked, a yes to it as a tap
SAYS_SO: Mapping[str, str] = {Talk.SOLVED: "solve", Talk.WITHDRAWN: "withdraw"}
WORKING = "working"  # how the work goes
COURTESIES = (
    "intent.thanks", "speech.closing", "speech.greeting", "speech.please", "speech.filler",
    "concept.gratitude_praise", "concept.sorry", SOLVED,
)  # fmt: skip
YES = ("concept.ok_yes", "speech.yes")
LASTING = ("tried.fails", "concept.did_not_help", "concept.again_recurring")  # “still”, “again”
REFUSING = (*NO, *LASTING, *BROKEN)
STOPS, SMALL = "concept.stops_working", ("speech.function", "speech.filler")
POLITE = ("intent.thanks", "speech.closing", "concept.gratitude_praise")  # “no problem”
MERE_THANKS = ("concept.ok_yes", "concept.thanks", "intent.thanks")  # “ok grazie”
SIGNS = {"👍": True, "👌": True, "✅": True, "🆗": True, "👎": False, "❌": False}


def sounds_solved(reading: Reading) -> bool:
    """“It works now”; “ok grazie” is mere thanks."""
    return bool(_solved(reading))


def says_no_more_than_solved(reading: Reading) -> bool:
    """Whether no word of it tells anything else, whatever else it is taken for."""
    if not sounds_solved(reading) or _takes_back(reading):
        return False
    own = [*hits_of(reading, OVER)["solved"], *says_again(reading)]
    said = {at for hit in own for at in words(hit)}
    return bool(said) and said | reading.covered((*COURTESIES, *SMALL)) >= set(
        range(len(reading.tokens))
    )


def is_refused(reading: Reading) -> bool:
    """“Thanks, but no”, “it is not solved”, “works now, but only in black and white”."""
    if sounds_solved(reading):
        return _takes_back(reading)
    polite = reading.covered(POLITE) | asks_for_news(reading)
    return not polite.issuperset(reading.covered(REFUSING))


def is_wished(reading: Reading) -> bool:
    """“I want it fixed”, “it's back”: of solving it speaks, but not of its being done."""
    return bool(_said(reading)) and not _solved(reading)


def is_said_unsolved(reading: Reading) -> bool:
    """“My ticket is not solved”."""
    is_of_solving = reading.has_any((SOLVED, "concept.repair_fix"))
    return is_of_solving and not _solved(reading) and is_refused(reading)


def goes_on(reading: Reading) -> bool:
    """“It's still jamming”, “reopen it”: it names nothing because it is about the same."""
    said = reading.covered((*NO, *LASTING)) - asks_for_news(reading)
    return bool(said or said_of(reading, OVER)["still"]) or wants_it_open(reading)


def _takes_back(reading: Reading) -> bool:
    solved = _solved(reading)
    begin = min((hit.first for hit in solved), default=0)
    own = {at for hit in solved for at in words(hit)}  # "by itself" is no "only"
    turns = [hit for hit in hits_of(reading, OVER)["turns"] if not own.issuperset(words(hit))]
    ends = [hit.after for hit in turns if hit.first >= begin]
    more = range(ends[0] if ends else len(reading.tokens), len(reading.tokens))
    is_slow = bool(hits_of(reading, WORKING)["slowly"])
    return is_slow or not reading.covered(COURTESIES).issuperset(more)


def _solved(reading: Reading) -> list[Hit]:
    hits = _said(reading)
    if not hits or is_asked(reading):
        return []
    back = said_of(reading, OVER)["returns"] | reading.covered(LASTING)
    hits = [hit for hit in hits if not back.issuperset(words(hit))]
    return [hit for hit in hits if not _is_denied(reading, hit) and not _is_code(reading, hit)]


def _said(reading: Reading) -> list[Hit]:
    polite = reading.covered(MERE_THANKS)
    listed = [*reading.hits.get(SOLVED, ()), *hits_of(reading, OVER)["solved"]]
    hits = [*listed, *says_again(reading)]
    return [hit for hit in hits if not polite.issuperset(words(hit))]


def is_asked(reading: Reading) -> bool:
    """“Is it solved?”, “I want it fixed”: whoever asks or wishes does not say that it is."""
    asks = any(mark in reading.text for mark in question_marks(reading.language))
    return asks or bool(said_of(reading, OVER)["wished"])


def _is_code(reading: Reading, hit: Hit) -> bool:
    """“E5 is back”; “printer 2 works” is of a thing with a number."""
    before = reading.tokens[hit.first - 1].word if hit.first else ""
    return before.isalnum() and not before.isdecimal() and any(map(str.isdigit, before))


def _is_denied(reading: Reading, hit: Hit) -> bool:
    """Whether “not” stands before it in its clause, or what it does has stopped.

    Words of two clauses say “it was working, now it works”, and of “now it isn't” the contrary.
    """
    touched = [own for own in reading.clauses if own.first < hit.after and hit.first < own.after]
    is_not = any(reading.found(label, touched[0].first, hit.first) for label in NO)
    is_no_more = any(reading.has(label, own) for own in touched[1:] for label in NO)
    stops = any(_leads_to(reading, one, hit) for one in reading.hits.get(STOPS, ()))
    return is_not or is_no_more or stops


def _leads_to(reading: Reading, stops: Hit, hit: Hit) -> bool:
    """“It stopped working again”, with no more than small words between."""
    between = range(stops.after, hit.first)
    return stops.first < hit.first and reading.covered(SMALL).issuperset(between)


def asked_of(situation: Situation, message: Message) -> Ticket | None:
    """The ticket that the person heard last is solved, or was asked whether it is over.

    Whatever an agent has said since is what a later yes or no would answer.
    """
    last, solved = situation.last_entry, just_solved(situation, message)
    if solved is not None:
        return solved
    if last is None or last.facts.get("asks") not in SAYS_SO:
        return None
    live = (ticket for ticket in situation.live_tickets if ticket.id == last.ticket_id)
    return next((ticket for ticket in live if ticket.waits_for_agent), None)


def just_solved(situation: Situation, message: Message) -> Ticket | None:
    """The ticket that no words have opened again yet."""
    last = situation.last_ticket
    if last is None or last.status is not Status.SOLVED:
        return None
    return last if message.sent_at - last.updated_at < REOPENS_WITHIN else None


def agrees(reader: Reader, ticket: Ticket, message: Message, talk: Talk | None) -> bool | None:
    """Whether it is over; “no, that is all” ends what was solved, and leaves open what is not."""
    if talk is Talk.ENDING and not ticket.status.is_live:
        return True
    reading = reader.hear(message, ticket.language)
    return agreement(reader, ticket.language, reading, talk)


def agreement(
    reader: Reader, language: str, reading: Reading, talk: Talk | None = None
) -> bool | None:
    """A bare yes or no in any language, first in this one; None where anything else is said.

    Thanks may stand around it; of a nod, words like “ok” and “not yet” are enough.
    """
    signs = [SIGNS[letter] for letter in reading.text if letter in SIGNS]
    if not reading.tokens:
        return signs[0] if signs else None
    for each in (language, *LANGUAGES):
        is_yes = read_agreement(reader.reread(reading, each))
        if is_yes is not None:
            return is_yes
    for labels, is_yes in ((NO, False), (YES, True)):
        said = reading.covered(labels)
        if (talk is Talk.NOD and said) or (talk is Talk.THANKS and 0 in said):
            return is_yes
    return None


def words(hit: Hit) -> range:
    return range(hit.first, hit.after)
