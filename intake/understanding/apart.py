"""Of words that the model marks as one value, each of the two that are said in them."""

from dataclasses import replace
from itertools import pairwise

from intake.understanding.fields import ACCOUNT, SYSTEM
from intake.understanding.model import Span
from intake.understanding.naming import names_account, names_system
from intake.understanding.reading import Reading

LONGEST_SHORT = 5  # letters


def told_apart(reading: Reading, span: Span) -> list[Span]:
    """Of “for Emma Watts, SAP” the person and the system, where the model marks both as one."""
    if span.field not in (SYSTEM, ACCOUNT):
        return [span]
    edges = [own.first for own in reading.clauses if span.first < own.first < span.after]
    if not edges:
        return [span]
    found = []
    for first, after in pairwise([span.first, *edges, span.after]):
        own = reading.piece(reading.says(first, after))
        is_account = names_account(own)
        if is_account or names_system(own) or _is_abbreviation(own):
            field = ACCOUNT if is_account else SYSTEM
            found.append(replace(span, field=field, first=first, after=after))
    if len({own.field for own in found}) > 1:
        return found
    goes_on = reading.says(edges[0], span.after)[0].isupper()
    return [span if goes_on or span.field == SYSTEM else replace(span, after=edges[0])]


def _is_abbreviation(own: Reading) -> bool:
    """“CRM”, as systems are called, and people are not."""
    words = own.text.strip(" ,;.")
    return words.isalpha() and words.isupper() and len(words) <= LONGEST_SHORT
