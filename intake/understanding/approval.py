"""Who approves, where a clause says so in the active voice: "Dr Hartley has already said yes".

What is said in other ways ("approved by Tom Reid") the model marks by itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from intake.understanding.evidence import Evidence
from intake.understanding.fields import ACCOUNT, APPROVER
from intake.understanding.lexicon import Hit
from intake.understanding.naming import LOGINS, TABLE, approvals
from intake.understanding.phrases import hits_of, said_of
from intake.understanding.reading import Clause, Reading, covered_by
from intake.understanding.values import Found

AROUND = ("speech.function", "speech.article", "speech.filler", "speech.negation")
LACKS, LABELLING = "denied", (":", "-", "–", "—", "=", "→")
LONGEST = 5  # words of a name and an office
WORDS_OF_NAME, UNTELLING = 2, ("speech.latin", "act", "place.ordinal")
NEVER = ("speech.negation", "speech.not", "decline.unknown", "speech.question")
SHORTEST = 3  # letters of a name that opens a sentence


def with_approver(evidence: Evidence, found: Mapping[str, Found]) -> dict[str, Found]:
    """With the one who approves; a name beside a word of approval has not the account."""
    reading, account = evidence.reading, found.get(ACCOUNT)
    if account is not None and _is_beside(reading, account) and not _is_login(reading, account):
        found = {name: value for name, value in found.items() if name != ACCOUNT}
    found = _told(reading) | _granted(reading, found)
    if APPROVER in found:
        found[APPROVER] = _with_name_after(reading, _without_article(reading, found[APPROVER]))
        found |= _with_office_before(reading, found[APPROVER])
    return found


def _granted(reading: Reading, found: Mapping[str, Found]) -> dict[str, Found]:
    """Without a name of which is said that it has not approved."""
    named = found.get(APPROVER)
    if named is None or not named.end:
        return dict(found)
    clause = reading.clause_at_letter(named.start)
    told = [hit for hit in approvals(reading) if hit.first in clause.words]
    is_gone = bool(told) and all(_is_withheld(reading, hit, clause) for hit in told)
    return {name: own for name, own in found.items() if not (is_gone and name == APPROVER)}


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
    for hit in approvals(reading):
        clause = reading.clause_at(hit.first)
        if _is_withheld(reading, hit, clause):
            continue
        for side in _sides(reading, hit, clause):
            own = _trimmed(reading, side)
            if _names(reading, own):
                first, after = own[0], _with_name_behind(reading, clause, own[-1] + 1)
                start, end = reading.tokens[first].start, reading.tokens[after - 1].end
                return {APPROVER: Found(reading.text[start:end], start, end)}
    return {}


def _is_withheld(reading: Reading, hit: Hit, clause: Clause) -> bool:
    """Whether nobody has yet: “not approved by”, “without his consent”, “waiting for it”."""
    denying = [own for label in NEVER for own in reading.found(label, clause.first, clause.after)]
    lacking = (*hits_of(reading, LACKS)["without"], *hits_of(reading, TABLE)["awaits"])
    is_lacking = any(clause.first <= own.first < hit.first for own in lacking)
    return is_lacking or any(not hit.first <= own.first < hit.after for own in denying)


def _sides(reading: Reading, hit: Hit, clause: Clause) -> Iterator[range]:
    """Where the name may stand: behind a label, else in front of the word or behind it."""
    is_behind = hit in hits_of(reading, TABLE)["by"]
    if not is_behind:
        yield range(clause.first, hit.first)
    yield range(hit.after, clause.after)
    if not is_behind:
        yield _asked_before(reading, clause)
    elif hit.after == clause.after:
        yield _labelled(reading, clause)


def _labelled(reading: Reading, clause: Clause) -> range:
    """The clause behind a colon or a dash: “approval: Karen Hughes”."""
    after = next((own for own in reading.clauses if own.first == clause.after), clause)
    between = reading.text[clause.end : after.start].strip()
    return range(after.first, after.after) if between in LABELLING else range(0)


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
    said = said_of(reading, TABLE)
    around = reading.covered(AROUND) | said["fine_for"] | said["ask"]
    own = list(side)
    office = next((n for n, at in enumerate(own) if n and at in said["as"]), len(own))
    own = own[:office]
    while own and own[0] in around:
        own = own[1:]
    while own and own[-1] in around:
        own = own[:-1]
    return own


def _names(reading: Reading, own: Sequence[int]) -> bool:
    """Whether it names somebody: with a capital, or by an office."""
    if not 0 < len(own) <= LONGEST:
        return False
    if covered_by(reading.moments).issuperset(own):
        return False  # “we agreed on Friday”
    leads = said_of(reading, TABLE)["superior"]
    is_told = any(at in leads or _is_capital(reading, at) for at in own)
    return is_told or _is_name_in_small_letters(reading, own)


def _is_name_in_small_letters(reading: Reading, own: Sequence[int]) -> bool:
    """“joe tully”, of whose words no list knows any, as people type who use no capitals."""
    if len(own) != WORDS_OF_NAME or reading.says(own[0], own[-1] + 1).istitle():
        return False
    known = _known(reading)
    return known.isdisjoint(own) and all(reading.tokens[at].word.isalpha() for at in own)


def _known(reading: Reading) -> set[int]:
    """The words of lists that tell something: in none of these stands a name."""
    return reading.covered([label for label in reading.hits if not label.startswith(UNTELLING)])


def _is_capital(reading: Reading, at: int) -> bool:
    """The first word of a sentence tells nothing by its capital, if any list knows it."""
    token = reading.tokens[at]
    if not reading.text[token.start].isupper():
        return False
    is_first = at == 0 or token.is_opening
    is_name = len(token.word) >= SHORTEST and at not in _known(reading)
    return not is_first or is_name or _is_capital_too(reading, at + 1)


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


def _with_name_after(reading: Reading, named: Found) -> Found:
    """“The owner, | Mr Reid, | approves” where the office alone was found."""
    if not named.end or any(map(str.isupper, named.value)):
        return named
    last = reading.token_at(named.end - 1)
    after = _with_name_behind(reading, reading.clause_at(last), last + 1)
    if after == last + 1 or any(last < when.first < after for when in reading.moments):
        return named
    end = reading.tokens[after - 1].end
    return replace(named, value=reading.text[named.start : end], end=end)


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
