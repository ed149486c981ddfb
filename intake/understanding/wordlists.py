"""Lists of words that rules of several modules ask for, by the names that they have in `words`."""

SOLVED = "intent.solved"
UNKNOWN, LATER = "decline.unknown", "decline.later"
HASTE = "concept.urgent"
BROKEN = ("trouble.broken", "trouble.weak")
HELP = "concept.help_word"
CALLS = (HELP, *BROKEN)
NO = ("speech.negation", "speech.no", "concept.no_word")
DENYING = ("speech.not", "speech.negation")
PASSWORD = "concept.password"  # noqa: S105
LINK = "place.link"  # between a place and what it is a part of: “in”, “on”
