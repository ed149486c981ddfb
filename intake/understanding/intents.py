"""What a message wants, and what it is about: counts of telling phrases, and a few plain rules."""

import re
from collections.abc import Sequence

from intake.understanding.lexicon import Hit
from intake.understanding.reading import Reading

REPORT, REQUEST, QUESTION, STATUS, HUMAN = "report", "request", "question", "status", "human"
GREETING, THANKS, ABUSE, OTHER = "greeting", "thanks", "abuse", "other"
SUBSTANTIAL = (REPORT, REQUEST, QUESTION)
EMPTY_WORDS = (
    "speech.greeting",
    "speech.please",
    "speech.filler",
    "speech.function",
    "intent.thanks",
    "intent.solved",
    "speech.closing",
)
ABOUT = ("computer", "software", "printer", "telephony", "network", "email", "access", "request")
SURE, LIKELY = 5, 2


def read_intent(reading: Reading) -> str:
    if not reading.tokens:
        return OTHER
    return _small_talk(reading) or _wanted(reading)


def _count(reading: Reading, label: str) -> int:
    return len(reading.hits.get(label, ()))


def _small_talk(reading: Reading) -> str:
    troubles = _count(reading, "trouble.broken")
    topics = len(reading.below("about")) + len(reading.below("surely"))
    matter = troubles + topics
    rules = (
        (ABUSE, _count(reading, "intent.abuse") > troubles and topics <= 1),
        (HUMAN, bool(_count(reading, "intent.human")) and matter <= 1),
        (STATUS, _is_status(reading, troubles)),
        (THANKS, _is_thanks(reading, troubles)),
        # Words that mark a language may be words about a thing: those are no greeting.
        (GREETING, not matter and _is_greeting(reading)),
        (OTHER, _count(reading, "intent.other") > matter),
        (OTHER, not (matter or _count(reading, "intent.request") or _asked(reading))),
    )
    return next((intent for intent, is_so in rules if is_so), "")


def _asked(reading: Reading) -> int:
    return _count(reading, "intent.question")


def _is_thanks(reading: Reading, troubles: int) -> bool:
    if _is_asking(reading):
        return False
    solved = [h for h in reading.hits.get("intent.solved", ()) if not _is_negated(reading, h)]
    if solved and not troubles:
        return True
    return bool(_count(reading, "intent.thanks")) and _rest(reading) <= 2


def _is_status(reading: Reading, troubles: int) -> bool:
    """Beside trouble it takes more than one sign that an old ticket is meant."""
    count = _count(reading, "intent.status")
    return count >= max(2, troubles) if troubles else count > 0


def _is_greeting(reading: Reading) -> bool:
    rest = _rest(reading)
    is_short = len(reading.tokens) <= 7 and not _is_asking(reading)
    return rest == 0 or (is_short and rest <= 1 and _count(reading, "speech.greeting") > 0)


def _is_negated(reading: Reading, hit: Hit) -> bool:
    return bool(reading.found("speech.negation", max(0, hit.first - 2), hit.first))


def _is_asking(reading: Reading) -> bool:
    is_greek = reading.language == "el" and re.search(r"[^\W\d];", reading.text) is not None
    return "?" in reading.text or is_greek


def _rest(reading: Reading) -> int:
    """Words that no empty phrase covers."""
    covered: set[int] = set()
    for label in EMPTY_WORDS:
        for hit in reading.hits.get(label, ()):
            covered.update(range(hit.first, hit.after))
    return len(reading.tokens) - len(covered)


def _wanted(reading: Reading) -> str:
    """Trouble is reported even where help is asked for; an order ("reset it") is a request."""
    requests = _uncovered(reading, "intent.request", "intent.question")
    questions = _uncovered(reading, "intent.question", "intent.request")
    if not _is_asking(reading):
        questions = [hit for hit in questions if _opens(reading, hit)]
    if reading.hits.get("intent.demand"):
        return REQUEST
    if _count(reading, "trouble.broken"):
        return REPORT
    if questions and (_is_asking(reading) or len(questions) >= len(requests)):
        return QUESTION
    return REQUEST if requests else REPORT


def _opens(reading: Reading, hit: Hit) -> bool:
    """Whether a word like "when" begins a clause: inside one it joins, it does not ask."""
    return any(
        c.first <= hit.first <= c.first + 1 and c.first < hit.after for c in reading.clauses
    )


def _uncovered(reading: Reading, label: str, other: str) -> list[Hit]:
    """Phrases of a list that no longer phrase of the other list explains better."""
    longer = reading.hits.get(other, ())
    return [
        hit
        for hit in reading.hits.get(label, ())
        if not any(
            o.first <= hit.first
            and hit.after <= o.after
            and o.after - o.first > hit.after - hit.first
            for o in longer
        )
    ]


def read_category(reading: Reading, intent: str, known: Sequence[str]) -> str | None:
    if intent not in SUBSTANTIAL:
        return None
    if intent == QUESTION:
        return QUESTION if QUESTION in known else None
    scores = {name: _score(reading, name, intent) for name in ABOUT if name in known}
    best = max(scores, key=lambda name: scores[name], default=None)
    return best if best is not None and scores[best] > 0 else None


def _score(reading: Reading, name: str, intent: str) -> float:
    """Sure phrases count most; a wish is for access or for things, seldom for anything else."""
    score = SURE * _unquoted(reading, f"surely.{name}") + LIKELY * _unquoted(
        reading, f"about.{name}"
    )
    if name == "software" and reading.hits.get("application"):
        score += 1
    if intent != REQUEST:
        return 0 if name == "request" else score
    if name == "request":
        return score + 2 * LIKELY
    return score if name == "access" else score / 2


def _unquoted(reading: Reading, label: str) -> int:
    """Phrases outside quotation marks: what a message on the screen names, it need not concern."""
    tokens = reading.tokens
    return sum(
        not any(q.start <= tokens[hit.first].start < q.end for q in reading.quotes)
        for hit in reading.hits.get(label, ())
    )
