"""What a message wants, and what it is about: counts of telling phrases, and a few plain rules."""

from collections.abc import Sequence

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
    wishes = _count(reading, "intent.request")
    if _count(reading, "intent.abuse") and not troubles and topics <= 1:
        return ABUSE
    if _count(reading, "intent.human") and troubles + topics <= 1:
        return HUMAN
    if _count(reading, "intent.status"):
        return STATUS
    if _is_thanks(reading, troubles):
        return THANKS
    if _rest(reading) == 0 and topics + troubles + wishes == 0:
        return GREETING
    if _count(reading, "intent.other") > topics + troubles:
        return OTHER
    return "" if topics + troubles + wishes + _count(reading, "intent.question") else OTHER


def _is_thanks(reading: Reading, troubles: int) -> bool:
    solved, thanks = _count(reading, "intent.solved"), _count(reading, "intent.thanks")
    if solved and not _is_turning(reading):
        return troubles == 0
    return bool(thanks) and _rest(reading) <= 2


def _is_turning(reading: Reading) -> bool:
    """ "Thanks for yesterday, but now..." begins something new."""
    return bool(reading.hits.get("speech.split")) and _count(reading, "trouble.broken") > 0


def _rest(reading: Reading) -> int:
    """Words that no empty phrase covers."""
    covered: set[int] = set()
    for label in EMPTY_WORDS:
        for hit in reading.hits.get(label, ()):
            covered.update(range(hit.first, hit.after))
    return len(reading.tokens) - len(covered)


def _wanted(reading: Reading) -> str:
    troubles = _count(reading, "trouble.broken")
    request, question = _count(reading, "intent.request"), _count(reading, "intent.question")
    is_asking = "?" in reading.text or (reading.language == "el" and ";" in reading.text)
    if question and not troubles and (is_asking or question > request):
        return REQUEST if request and not _asks_first(reading) else QUESTION
    if request and request >= troubles:
        return REQUEST
    return REPORT


def _asks_first(reading: Reading) -> bool:
    first = {
        label: min(hit.first for hit in reading.hits[label])
        for label in ("intent.question", "intent.request")
    }
    return first["intent.question"] < first["intent.request"]


def read_category(reading: Reading, intent: str, known: Sequence[str]) -> str | None:
    if intent not in SUBSTANTIAL:
        return None
    if intent == QUESTION:
        return QUESTION if QUESTION in known else None
    scores = {name: _score(reading, name, intent) for name in ABOUT if name in known}
    best = max(scores, key=lambda name: scores[name], default=None)
    return best if best is not None and scores[best] > 0 else None


def _score(reading: Reading, name: str, intent: str) -> float:
    sure = len(reading.hits.get(f"surely.{name}", ()))
    likely = len(reading.hits.get(f"about.{name}", ()))
    score = SURE * sure + LIKELY * likely
    if name == "request":
        return score + LIKELY if intent == REQUEST else 0
    return score
