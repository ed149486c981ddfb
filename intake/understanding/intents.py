"""What a message wants, and whether it names a thing at all.

The model chooses; where a trouble would be lost as small talk, words overrule it. What the message
is about, and what it says of that, is left to `reader`.
"""

from collections.abc import Iterator

from intake.understanding import denied
from intake.understanding.chasing import TOPICS, chases, is_marked
from intake.understanding.evidence import Evidence
from intake.understanding.fields import CONNECTION
from intake.understanding.lexicon import Hit
from intake.understanding.model import Model, Weighed
from intake.understanding.phrases import hits_of, said_of
from intake.understanding.reading import Clause, Reading, covered_by
from intake.understanding.wordlists import BROKEN, SOLVED

SUBSTANTIAL = ("report", "request", "question")
ABUSE = "abuse"
TELLING = (*SUBSTANTIAL, "human", ABUSE)  # beside which something may be said
COURTEOUS = ("thanks", "greeting")
AGAIN = "concept.again_recurring"
NOTHING_SAID, EMPTY_TALK, QUESTION = "other", "greeting", "question"
EMPTY_LISTS = {
    "speech.greeting", "speech.please", "speech.filler", "speech.function", "speech.closing",
    "intent.thanks", "concept.ok_yes", "concept.no_word",
}  # fmt: skip
SAYING = (
    "intent.status", "concept.again_recurring", "concept.need", "concept.urgent", "scope.",
)  # fmt: skip  # "is somebody coming?", "it is back again" are said in small words
WELL = {
    *EMPTY_LISTS, SOLVED, "concept.works_again", "concept.works_fine", "concept.just_now",
    "concept.gratitude_praise", AGAIN,
}  # fmt: skip  # behind "it prints", where "it prints stripes" tells a trouble
SIGNS = {
    "thanks": {"intent.thanks", SOLVED},
    "status": {"intent.status", "concept.status_word"},
    "greeting": EMPTY_LISTS,
}
# A trouble taken for thanks would have no ticket.
SURE_WITHOUT_SIGN = {"thanks": 0.85, "greeting": 0.85, "status": 0.65}
SURE_OF_SMALL_TALK, SURE_OF_CONTENT = 0.5, 0.7
SURE_OF_TICKET, REFUSAL = 0.93, "concept.no_word"  # "no", where all other words are small too
PERSON = "human"
PLANNED = "concept.planned_outage"  # of which one asks, and has no ticket about it
SERVED = {"about.access", "about.telephony"}  # what such services are of
OPENING = ("speech.please", "speech.greeting", "speech.article")  # a clause that wishes
WISHES = ("about.request", "surely.request")  # "new" and "needed" are a topic of wishes alone
WISH, EMAIL, ADDRESS = "request", "email", "mail"
ASKING = {"intent.question", "intent.request", "speech.please"}
OF_TROUBLES = {"computer", "software", "printer", "network"}  # of 580 wishes none is about these


def wanted(model: Model, evidence: Evidence, weighed: Weighed) -> str:
    """Report, request, question, or what needs no ticket; in doubt one is opened."""
    if not len(evidence):
        return NOTHING_SAID
    chosen, sure = model.choose("intent", weighed)
    bars = {} if evidence.reading.hits.keys() & SIGNS.get(chosen, ()) else SURE_WITHOUT_SIGN
    is_sure = chosen in SUBSTANTIAL or sure >= bars.get(chosen, SURE_OF_SMALL_TALK)
    told = _told(evidence, chosen, sure, is_doubtful=_is_oath(evidence.reading, chosen, sure))
    return told or (chosen if is_sure else SUBSTANTIAL[0])


def _is_oath(reading: Reading, chosen: str, sure: float) -> bool:
    """Whether an insult is of a machine, or stands beside words that are answered all the same."""
    if chosen != ABUSE:
        return False
    return sure < SURE_OF_CONTENT or bool(said_of(reading, "reactions", is_mixed=True)["insults"])


def _told(evidence: Evidence, chosen: str, sure: float, *, is_doubtful: bool) -> str:
    """What its words say, whatever was chosen, or ""."""
    if (chosen in COURTEOUS or is_doubtful) and _goes_on_with_trouble(evidence.reading, chosen):
        return SUBSTANTIAL[0]
    if chosen == "thanks" and _works_badly(evidence):
        return SUBSTANTIAL[0]
    meant = _meant(evidence.reading, chosen)
    if meant or _is_repair(evidence.reading, chosen):
        return meant or SUBSTANTIAL[0]
    is_no = chosen in SUBSTANTIAL and REFUSAL in evidence.reading.hits
    bar = SURE_OF_TICKET if is_no else SURE_OF_CONTENT
    return EMPTY_TALK if sure < bar and _says_nothing(evidence) else ""


def _goes_on_with_trouble(reading: Reading, talk: str) -> bool:
    """Whether a trouble comes after “but”, “still”, or in a clause of its own that names a thing.

    Thanks for the last time and good mornings are no content.
    """
    if any(_tells_of_a_thing(reading, clause, talk) for clause in reading.clauses):
        return True
    turns = [*reading.hits.get("speech.split", ()), *reading.hits.get("tried.fails", ())]
    troubles = reading.hits.get("trouble.broken", ())
    return any(turn.first < trouble.first for turn in turns for trouble in troubles)


def _tells_of_a_thing(reading: Reading, clause: Clause, talk: str) -> bool:
    """“Laptop” after a greeting, “broken” amid oaths; after thanks, what is broken again."""
    is_broken = reading.has_any((*BROKEN, "speech.negation"), clause)
    is_again = talk != "thanks" or reading.has(AGAIN, clause)
    is_told = talk == "greeting" or (is_broken and is_again)
    things = (hit for hit in _naming(reading) if hit.label not in WISHES)
    return is_told and any(clause.holds(hit) for hit in things)


def _meant(reading: Reading, chosen: str) -> str:
    """What is plainly said, where the model takes it for something near it; else ""."""
    if chases(reading):
        return "status"
    if chosen == "status" and _is_of_plans(reading):
        return QUESTION
    if (chosen == "status" and _ails(reading)) or (chosen == PERSON and _is_simile(reading)):
        return SUBSTANTIAL[0]
    is_near = chosen in ("report", "human") or (chosen == "status" and not is_marked(reading))
    return WISH if is_near and _is_service(reading) else ""


def _is_simile(reading: Reading) -> bool:
    """“They hear me like a robot”: no other word speaks of a person."""
    hits = reading.hits.get(f"intent.{PERSON}", ())
    meant = (denied.is_meant_otherwise(reading, PERSON, hit.first, hit.after) for hit in hits)
    return bool(hits) and all(meant)


def _ails(reading: Reading) -> bool:
    """Whether something is wrong with a thing, and nothing is asked: “and the keyboard sticks”."""
    is_asked = is_marked(reading) or not reading.hits.keys().isdisjoint(SIGNS["status"])
    return not is_asked and bool(said_of(reading, "ailing")["ails"] and list(_naming(reading)))


def _is_of_plans(reading: Reading) -> bool:
    return PLANNED in reading.hits and reading.hits.keys().isdisjoint(SIGNS["status"])


def _is_service(reading: Reading) -> bool:
    """“Divert my calls”, “close the account of”, where its clause tells no trouble."""
    if SERVED.isdisjoint(reading.hits):
        return False
    broken = [hit for label in BROKEN for hit in reading.hits.get(label, ())]
    small = reading.covered(OPENING)
    return any(
        own.holds(hit)
        and small.issuperset(range(own.first, hit.first))
        and not any(own.holds(trouble) for trouble in broken)
        for hit in hits_of(reading, "wishes")["does"]
        for own in reading.clauses
    )


def _is_repair(reading: Reading, chosen: str) -> bool:
    """“Could the screen be fixed?” is no wish for a thing, and thanks for nothing."""
    is_asked = "intent.thanks" not in reading.hits and not ASKING.isdisjoint(reading.hits)
    is_near = chosen == WISH or (chosen == "thanks" and is_asked)
    return is_near and bool(said_of(reading, "wishes")["mends"])


def _works_badly(evidence: Evidence) -> bool:
    """“It prints stripes”: nobody is thanked, and that a printer prints is its own verb.

    Behind it stands what no list of what is said of things that work knows.
    """
    reading = evidence.reading
    if "intent.thanks" in reading.hits:
        return False
    things = covered_by(_naming(reading))
    return any(
        hit.after < clause.after
        and things.issuperset(range(hit.first, hit.after))
        and WELL.isdisjoint(evidence.lists[hit.after])
        and not denied.lacks(reading, reading.tokens[hit.after].start)
        for clause in reading.clauses
        for hit in reading.found(SOLVED, clause.first, clause.after)
    )


def topic_of(intent: str, category: str) -> str:
    """A wish for toner is about the wish, whatever it names."""
    return WISH if intent == WISH and category in OF_TROUBLES else category


def names_topic(reading: Reading, category: str) -> bool:
    """Whether it names a thing or service at all: "something strange happens here" does not."""
    if category == EMAIL and any(shape.name == ADDRESS for shape in reading.shapes):
        return True
    is_wish = category == WISH
    return any(is_wish or hit.label not in WISHES for hit in _naming(reading))


def _naming(reading: Reading) -> Iterator[Hit]:
    """The words that name a thing, a service or a wish, and are meant so."""
    for label, hits in reading.hits.items():
        if label.startswith(TOPICS):
            yield from (hit for hit in hits if not _is_other(reading, hit))


def _is_other(reading: Reading, hit: Hit) -> bool:
    """Words for a connection may name another thing: a stick."""
    return denied.is_meant_otherwise(reading, CONNECTION, hit.first, hit.after)


def _says_nothing(evidence: Evidence) -> bool:
    """Whether it is only "ok", "no", "well": every word stands in a list of such words."""
    is_saying = any(label.startswith(SAYING) for label in evidence.reading.hits)
    return not is_saying and all(
        any(name in EMPTY_LISTS for name in lists) for lists in evidence.lists
    )
