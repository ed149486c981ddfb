"""What pieces of messages say by themselves, as lessons: values, and talk that is none.

Values are those of the labels and the parts of replies that hold them. Talk is what chases, thanks
or asks, and the clauses of first messages in which no label has anything.
"""

from intake.understanding.evidence import Evidence
from intake.understanding.reader import Reader
from intake.understanding.saying import BESIDE, KINDS, NONE, QUESTION, features

JOINED = " ; "
LONGEST_PART, LONGEST_NONE, LONGEST_TALK = 100, 80, 16  # letters, letters, words
SHORTEST_CLAUSE = 3  # words: a shorter one of a report may name what no label does
TALKING = ("status", "thanks", "human", "abuse", "greeting", "question", "other")


def saying_examples(reader: Reader, lessons, written):
    """The question, and each piece with the right answer to it."""
    found = dict.fromkeys(
        (own.evidence.language, own.evidence.reading.now, text.strip(" \n.,;"), kind)
        for own in lessons
        for text, kind in _pieces(own)
    )
    now = lessons[0].evidence.reading.now
    for item in written:
        if item["is_lesson"]:
            found[item["lang"], now, item["text"], KINDS.get(item["field"], BESIDE)] = None
    return QUESTION, [
        ([features(Evidence(reader.read(text, language=language, now=now)))], [kind])
        for language, now, text, kind in found
        if text
    ]


def _pieces(own):
    yield from _values(own)
    if own.asked:
        yield from _parts(own)
    else:
        yield from _talk(own)


def _texts(own):
    return {name: own.gold[name].split(JOINED) for name in KINDS if own.gold.get(name)}


def _values(own):
    for name, texts in _texts(own).items():
        for text in texts:
            yield text, KINDS[name]


def _parts(own):
    declined = own.item["declined"]
    for at, part in enumerate(own.asked.parts):
        name = own.asked.field_of(at)
        is_told = name in KINDS and name in own.gold
        if (is_told or name in declined) and len(part.text) < LONGEST_PART:
            yield part.text, KINDS[name] if is_told else NONE
    if declined and not own.gold and len(own.item["text"]) < LONGEST_NONE:
        yield own.item["text"], NONE


def _talk(own):
    reading, is_talk = own.evidence.reading, own.item["intent"] in TALKING
    if is_talk and len(reading.text.split()) <= LONGEST_TALK:
        yield reading.text, BESIDE
    values = [str(value).casefold() for value in own.gold.values()]
    texts = [text for found in _texts(own).values() for text in found]
    taken = [(reading.text.find(text), len(text)) for text in texts]
    for clause in reading.clauses:
        said = reading.text[clause.start : clause.end]
        is_taken = any(
            at < clause.end and clause.start < at + size for at, size in taken if at >= 0
        )
        is_named = any(value in said.casefold() for value in values)
        is_long = len(said.split()) >= SHORTEST_CLAUSE
        if is_talk or (is_long and not is_taken and not is_named):
            yield said, BESIDE
