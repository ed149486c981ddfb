"""Who approves, where a clause says so in the active voice: "Dr Hartley has already said yes".

What is said in other ways ("approved by Tom Reid") the model marks by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from intake.understanding.evidence import Evidence
from intake.understanding.fields import ACCOUNT, APPROVER
from intake.understanding.naming import LOGINS, TABLE, approvals
from intake.understanding.phrases import hits_of, said_of
from intake.understanding.reading import Clause, Reading
from intake.understanding.values import Found

AROUND = ("speech.function", "speech.article", "speech.filler", "speech.negation")
LONGEST = 5  # words of a name and an office
WORDS_OF_NAME, UNTELLING = 2, ("speech.latin", "act")
NEVER = ("speech.negation", "decline.unknown", "speech.question")


def with_approver(evidence: Evidence, found: Mapping[str, Found]) -> dict[str, Found]:
    """With the one who approves; a name beside a word of approval has not the account."""
    reading, account = evidence.reading, found.get(ACCOUNT)
    if account is not None and _is_beside(reading, account) and not _is_login(reading, account):
        found = {name: value for name, value in found.items() if name != ACCOUNT}
    found = _told(reading) | dict(found)
    if APPROVER in found:
        found[APPROVER] = _without_article(reading, found[APPROVER])
        found |= _with_office_before(reading, found[APPROVER])
    return found


def _without_article(reading: Reading, named: Found) -> Found:
    """“La caposala Moretti”, “my line manager Ian Webb” without the first word."""
    first = reading.token_at(named.start)
    leads, after = (
        hits_of(reading, TABLE)["own"],
        reading.token_at(max(named.start, named.end - 1)),
    )
    lead = next((hit for hit in leads if hit.first == first and hit.after <= after), None)
    if lead is None or named.value != reading.text[named.start : named.end]:
        return named
    start = reading.tokens[lead.after].start
    return replace(named, value=reading.text[start : named.end], start=start)


def _is_beside(reading: Reading, account: Found) -> bool:
    """Whether its clause has a word of approval, be it that nobody has approved yet."""
    clauses = (reading.clause_at(hit.first) for hit in approvals(reading))
    return any(own.start <= account.start < own.end for own in clauses)


def _is_login(reading: Reading, account: Found) -> bool:
    logins = (shape for shape in reading.shapes if shape.name in LOGINS)
    return any(shape.start < account.end and account.start < shape.end for shape in logins)


def _told(reading: Reading) -> dict[str, Found]:
    """The one that stands beside the word of approval, in front of it or else behind it.

    “Agreed with” has nobody in front of it.
    """
    behind = set(hits_of(reading, TABLE)["by"])
    for hit in approvals(reading):
        clause = reading.clause_at(hit.first)
        denying = [
            own for label in NEVER for own in reading.found(label, clause.first, clause.after)
        ]
        if any(not hit.first <= own.first < hit.after for own in denying):
            continue
        sides = (range(clause.first, hit.first), range(hit.after, clause.after))
        asked = _asked_before(reading, clause) if hit not in behind else range(0)
        for side in (*sides[hit in behind :], asked):
            own = _trimmed(reading, side)
            if _names(reading, own):
                first, after = own[0], _with_name_behind(reading, clause, own[-1] + 1)
                start, end = reading.tokens[first].start, reading.tokens[after - 1].end
                return {APPROVER: Found(reading.text[start:end], start, end)}
    return {}


def _asked_before(reading: Reading, clause: Clause) -> range:
    """Who is to be asked: “ask | Graham Pike, | he knows and agrees”."""
    at = reading.clauses.index(clause)
    before = reading.clauses[at - 1] if at else clause
    if at == 0 or before.sentence != clause.sentence:
        return range(0)
    opening = (before.first, before.first + 1)
    asked = (hit for hit in hits_of(reading, TABLE)["ask"] if hit.first in opening)
    return next((range(hit.after, before.after) for hit in asked), range(0))


def _trimmed(reading: Reading, side: range) -> Sequence[int]:
    """Without small words around it."""
    around = reading.covered(AROUND)
    own = list(side)
    while own and own[0] in around:
        own = own[1:]
    while own and own[-1] in around:
        own = own[:-1]
    return own


def _names(reading: Reading, own: Sequence[int]) -> bool:
    """Whether it names somebody: with a capital, or by an office."""
    if not 0 < len(own) <= LONGEST:
        return False
    leads = said_of(reading, TABLE)["superior"]
    is_told = any(at in leads or _is_capital(reading, at) for at in own)
    return is_told or _is_name_in_small_letters(reading, own)


def _is_name_in_small_letters(reading: Reading, own: Sequence[int]) -> bool:
    """“joe tully”, of whose words no list knows any, as people type who use no capitals."""
    if len(own) != WORDS_OF_NAME or reading.says(own[0], own[-1] + 1).istitle():
        return False
    telling = [label for label in reading.hits if not label.startswith(UNTELLING)]
    known = reading.covered(telling)
    return known.isdisjoint(own) and all(reading.tokens[at].word.isalpha() for at in own)


def _is_capital(reading: Reading, at: int) -> bool:
    """The first word of a sentence tells nothing by its capital."""
    token = reading.tokens[at]
    is_first = at == 0 or token.is_opening
    return reading.text[token.start].isupper() and (
        not is_first or _is_capital_too(reading, at + 1)
    )


def _is_capital_too(reading: Reading, at: int) -> bool:
    return at < len(reading.tokens) and reading.text[reading.tokens[at].start].isupper()


def _with_name_behind(reading: Reading, clause: Clause, after: int) -> int:
    """With the name in the next clause: "signed by my manager, Tom Reid"."""
    if after != clause.after:
        return after
    following = next((own for own in reading.clauses if own.first == after), None)
    if following is None or following.sentence != clause.sentence:
        return after
    is_short = following.after - following.first <= LONGEST
    return following.after if is_short and _is_capital_too(reading, following.after - 1) else after


def _with_office_before(reading: Reading, named: Found) -> dict[str, Found]:
    """With the office in the clause before: “my senior clerk, | Ms Frost, has consented”."""
    at = next((n for n, own in enumerate(reading.clauses) if named.start < own.end), 0)
    if at == 0:
        return {}
    before, clause = reading.clauses[at - 1], reading.clauses[at]
    own = before.words
    is_first = reading.covered(AROUND).issuperset(
        range(clause.first, reading.token_at(named.start))
    )
    is_near = before.sentence == clause.sentence and len(own) <= LONGEST
    is_office = not said_of(reading, TABLE)["superior"].isdisjoint(own)
    if not (is_first and is_near and is_office and named.end):
        return {}
    said = reading.text[before.start : named.end]
    return {APPROVER: replace(named, value=said, start=before.start)}
