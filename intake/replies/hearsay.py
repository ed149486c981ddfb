"""What a screen says as far as somebody remembers: “something about a certificate”.

Pure. What is quoted word by word is found by the models.
"""

from intake.understanding.asked import Asked
from intake.understanding.fields import ERROR
from intake.understanding.phrases import hits_of
from intake.understanding.reading import Reading, covered_by

TABLE = "hearsay"
SHORTEST, LONGEST = 2, 8  # words behind “something about”
AROUND = ("speech.function", "speech.filler", "speech.answer_lead", "concept.message_shown")


def remembered(whole: Reading, asked: Asked) -> dict[str, str]:
    """The clause from “something about” on, where the error is asked for."""
    if ERROR not in asked.fields or asked.is_explicit:
        return {}
    said = hits_of(whole, TABLE, is_mixed=True)
    shows = covered_by(said["shows"])
    small = whole.covered(AROUND) | shows
    for hit in said["vaguely"]:
        own = whole.clause_at(hit.first)
        is_told = own.after - hit.first > SHORTEST  # in Slovak the thing is a part of the phrase
        is_short = is_told and own.after - hit.after <= LONGEST
        if is_short and small.issuperset(range(own.first, hit.first)):
            return {ERROR: whole.text[whole.tokens[hit.first].start : own.end]}
    return {}
