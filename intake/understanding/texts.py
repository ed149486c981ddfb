"""Fields kept in the employee's words: symptoms, attempts, wishes and questions."""

from intake.understanding.lexicon import Hit, lexicon
from intake.understanding.reading import Clause, Reading
from intake.understanding.spans import Span, trim

MOST_CLAUSES = 3
LONGEST_ACT = 12  # words
LONGER_BY = 1.34  # a doubtful neighbour of at most this length changes little either way


def find_symptom(reading: Reading, removable: list[Span], subjects: list[Span]) -> list[Span]:
    """The first clauses that say what is wrong, without what other fields already say."""
    clauses = reading.clauses
    scores = [_trouble(reading, clause) for clause in clauses]
    seed = next((n for n, score in enumerate(scores) if score >= 2), None)
    if seed is None:
        seed = next((n for n, score in enumerate(scores) if score >= 1), None)
    if seed is None:
        seed = next((n for n, c in enumerate(clauses) if _may_tell(reading, c)), None)
    if seed is None:
        return []
    span = _trimmed(reading, clauses[seed].first, clauses[seed].after, removable)
    last = seed
    while last + 1 < len(clauses) and last - seed + 1 < MOST_CLAUSES:
        wider = _trimmed(reading, span[0], clauses[last + 1].after, removable)
        if not _continues(reading, clauses[last], clauses[last + 1], wider[1] - span[1], span):
            break
        last += 1
        span = wider
    span = _without_subject(reading, span, subjects)
    return [span] if span[1] > span[0] else []


def _may_tell(reading: Reading, clause: Clause) -> bool:
    """A first clause in words unknown to us that nothing else explains."""
    if clause.after - clause.first < 3 or is_taken(reading, clause):
        return False
    labels = ("speech.greeting", "speech.please", "intent.thanks", "speech.closing")
    if any(reading.has(label, clause) for label in labels):
        return False
    return bool(
        reading.below("about", clause.first, clause.after) or reading.has("application", clause)
    )


def _trimmed(reading: Reading, first: int, after: int, removable: list[Span]) -> Span:
    return trim(reading, (first, after), removable)


def _trouble(reading: Reading, clause: Clause) -> int:
    if is_taken(reading, clause):
        return 0
    broken = len(reading.found("trouble.broken", clause.first, clause.after))
    weak = reading.has("trouble.weak", clause) or reading.has("speech.negation", clause)
    return 2 * broken + weak


def is_taken(reading: Reading, clause: Clause) -> bool:
    """A clause about attempts, the urgency or what does work is no symptom."""
    if is_tried(reading, clause) or _works(reading, clause):
        return True
    if reading.has("decline.unknown", clause):
        return not reading.has("trouble.broken", clause)
    urgent = reading.below("urgency", clause.first, clause.after)
    troubles = reading.found("trouble.broken", clause.first, clause.after)
    return bool(urgent) and all(_overlaps(trouble, urgent) for trouble in troubles)


def _overlaps(hit: Hit, others: list[Hit]) -> bool:
    return any(hit.first < other.after and other.first < hit.after for other in others)


def _works(reading: Reading, clause: Clause) -> bool:
    """Something is said to work, and nothing not to."""
    works = reading.found("trouble.works", clause.first, clause.after)
    positive = [h for h in works if not _negation_before(reading, h.first)]
    return bool(positive) and not reading.has("trouble.broken", clause)


def _negation_before(reading: Reading, at: int) -> bool:
    return bool(reading.found("speech.negation", max(0, at - 2), at))


def _continues(reading: Reading, before: Clause, clause: Clause, more: int, span: Span) -> bool:
    if clause.sentence != before.sentence or is_taken(reading, clause):
        return False
    if reading.below("cue", clause.first, clause.first + 1) and not _breaks(reading, clause):
        return False
    if _breaks(reading, clause):
        return True
    is_short = more <= LONGER_BY * (span[1] - span[0])
    return is_short and more > 1 and not _says_else(reading, clause)


def _breaks(reading: Reading, clause: Clause) -> bool:
    return reading.has("trouble.broken", clause)


ELSE = (
    "speech.split",
    "speech.please",
    "intent.thanks",
    "intent.demand",
    "application",
    "speech.greeting",
)


def _says_else(reading: Reading, clause: Clause) -> bool:
    """Whether another field is at home in this clause."""
    if any(reading.has(label, clause) for label in ELSE):
        return True
    kinds = ("scope", "os", "connection", "place", "cue")
    if any(reading.below(kind, clause.first, clause.after) for kind in kinds):
        return True
    return any(when.first < clause.after and clause.first < when.after for when in reading.moments)


def _without_subject(reading: Reading, span: Span, subjects: list[Span]) -> Span:
    """Not "HP in the corridor doesn't print" but "doesn't print": make and place have fields."""
    troubles = reading.found("trouble.broken", *span)
    if not troubles:
        return span
    verb = min(hit.first for hit in troubles)
    ends = [after for first, after in subjects if span[0] <= first and after <= verb]
    ends += [when.after for when in reading.moments if span[0] < when.first and when.after <= verb]
    return (max(ends), span[1]) if ends and max(ends) - span[0] > 1 else span


def is_tried(reading: Reading, clause: Clause) -> bool:
    """What was done about it; not what was done before it began, nor what can't be done."""
    if reading.has("tried.none", clause) and _is_said(reading, clause):
        return True
    for hit in reading.found("tried.did", clause.first, clause.after):
        since = reading.found("moment.since", clause.first, hit.first)
        passive = reading.found("speech.passive", max(0, hit.first - 2), hit.first)
        if not (since or passive or _negation_before(reading, hit.first)):
            return True
    return _is_own_act(reading, clause)


EVENTS = (
    "moment.since",
    "trouble.broken",
    "speech.negation",
    "intent.request",
    "intent.thanks",
    "cue.asset",
)


def _is_own_act(reading: Reading, clause: Clause) -> bool:
    """By its grammar: a past tense in the first person that tells no trouble."""
    endings, auxiliaries, spared = lexicon(reading.language).acts
    if not endings or clause.after - clause.first > LONGEST_ACT:
        return False
    if any(reading.has(label, clause) for label in EVENTS):
        return False
    tokens = reading.tokens[clause.first : clause.after]
    is_first_person = not auxiliaries or any(token.word in auxiliaries for token in tokens)
    return is_first_person and any(
        len(token.word) > 4 and token.word.endswith(endings) and not token.word.startswith(spared)
        for token in tokens
    )


def _is_said(reading: Reading, clause: Clause) -> bool:
    """Whether it is more than "nothing": in a first message that takes a verb."""
    longest = max(
        (hit.after - hit.first for hit in reading.found("tried.none", clause.first, clause.after)),
        default=0,
    )
    return longest > 1


def find_tried(reading: Reading, removable: list[Span]) -> list[Span]:
    failures = [(hit.first, hit.after) for hit in reading.hits.get("tried.fails", ())]
    spans: list[Span] = []
    for at, clause in enumerate(reading.clauses):
        if is_tried(reading, clause) or _fails_next(reading, at):
            span = trim(
                reading, (_attempt(reading, clause), clause.after), [*removable, *failures]
            )
            if span[1] > span[0]:
                spans.append(span)
    return spans


def _fails_next(reading: Reading, at: int) -> bool:
    """A clause that nothing explains, and that "no luck" follows at once, was an attempt."""
    clauses = reading.clauses
    if at == 0 or at + 1 >= len(clauses):
        return False
    clause, following = clauses[at], clauses[at + 1]
    fails = reading.found("tried.fails", following.first, following.first + 1)
    is_free = not _breaks(reading, clause) and not _says_else(reading, clause)
    return bool(fails) and is_free and 1 < clause.after - clause.first <= LONGEST_ACT


def _attempt(reading: Reading, clause: Clause) -> int:
    """A long breath of speech is cut to where the attempt begins."""
    if clause.after - clause.first <= 8:
        return clause.first
    did = reading.found("tried.did", clause.first, clause.after)
    return did[0].first if did else clause.first


def find_question(reading: Reading) -> list[Span]:
    """The question itself, from its first word to its mark."""
    asked = sorted(reading.hits.get("intent.question", ()), key=lambda hit: hit.first)
    for hit in asked:
        clause = next(c for c in reading.clauses if c.first <= hit.first < c.after)
        last = _sentence_end(reading, clause)
        first = _first_word(reading, clause, asked)
        span = trim(reading, (first, last), [])
        if span[1] - span[0] > 2:
            return [span]
    return []


def _first_word(reading: Reading, clause: Clause, asked: list[Hit]) -> int:
    """After "I would like to ask", from the question proper."""
    own = [hit for hit in asked if clause.first <= hit.first < clause.after]
    leads = covered_ends(reading, "intent.asking")
    following = [hit.first for hit in own if hit.first in leads]
    return following[0] if following else own[0].first


def covered_ends(reading: Reading, label: str) -> set[int]:
    return {hit.after for hit in reading.hits.get(label, ())}


def _sentence_end(reading: Reading, clause: Clause) -> int:
    last = clause.after
    for other in reading.clauses:
        if other.sentence == clause.sentence and other.first >= clause.first:
            last = max(last, other.after)
    return last


def find_wish(reading: Reading, removable: list[Span]) -> list[Span]:
    """What is wanted done: from the first word of the wish to the end of its clause."""
    wished = [*reading.hits.get("intent.demand", ()), *reading.hits.get("intent.request", ())]
    for hit in sorted(wished, key=lambda hit: (hit.first, -hit.after)):
        clause = next(c for c in reading.clauses if c.first <= hit.first < c.after)
        after = _wish_end(reading, clause)
        first = hit.first if clause.after - hit.first > 2 else clause.first
        span = trim(reading, (first, after), removable)
        if span[1] - span[0] > 1:
            return [span]
    return []


def _wish_end(reading: Reading, clause: Clause) -> int:
    """The end of the wish: "forgot my password, can you reset it" is one."""
    following = [
        c for c in reading.clauses if c.first == clause.after and c.sentence == clause.sentence
    ]
    if following and reading.has("intent.demand", following[0]):
        return following[0].after
    return clause.after
