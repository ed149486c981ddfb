"""What happens, where a reply tells it in words that nothing knows: “goes to sleep, wifi, home”.

Pure. The card asks for it first and people answer it first: what opens the reply and says nothing
else that is asked is taken for it.
"""

from collections.abc import Mapping

from intake.replies.foreign_clauses import choice_of, puts_off
from intake.replies.plainness import TROUBLE
from intake.understanding.asked import Asked
from intake.understanding.questions import CHOICES
from intake.understanding.reading import Clause, Reading

SHORTEST = 2  # words
COURTEOUS = (
    "speech.greeting",
    "speech.please",
    "speech.closing",
    "intent.thanks",
    "intent.asking",
)
DECLINING = ("decline.", "concept.dont_know", "tried.", "reply.")
ELSEWHERE = ("place.head", "place.beside", "place.home", "place.city", "reply.floor")


def happening(whole: Reading, asked: Asked, filled: Mapping[str, str]) -> dict[str, str]:
    """The first clause, where the first question is what happens and nothing has answered it."""
    if asked.is_explicit or asked.fields[:1] != (TROUBLE,) or TROUBLE in filled:
        return {}
    told = (own for own in whole.clauses if not any(whole.has(name, own) for name in COURTEOUS))
    clause = next(told, None)
    if clause is None or not _is_else(whole, clause, filled):
        return {}
    return {TROUBLE: whole.text[clause.start : clause.end]}


def _is_else(whole: Reading, clause: Clause, filled: Mapping[str, str]) -> bool:
    """Whether it says nothing that answers another question."""
    said = whole.within(clause)
    is_named = any(value in said.text for value in filled.values())
    is_chosen = any(choice_of(said, name) for name in CHOICES)
    is_other = said.moments or any(
        label.startswith(DECLINING) or label in ELSEWHERE for label in said.hits
    )
    is_long = clause.after - clause.first >= SHORTEST
    return is_long and not (is_named or is_chosen or is_other or puts_off(said))
