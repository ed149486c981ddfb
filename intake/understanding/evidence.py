"""What is known of each word of a message, and of the whole: the evidence that the model weighs.

A feature is a short text. Those of word lists, shapes and punctuation are the same in all
languages, so that what is learned in one serves the others; those of words bear their language.
Nothing is decided here.
"""

from collections.abc import Iterable, Sequence
from functools import cache, cached_property, lru_cache
from itertools import pairwise

from intake.understanding.lexicon import lexicon
from intake.understanding.reading import Clause, Reading
from intake.understanding.shapes import Shape, outline

Features = list[str]  # of a message: looked up
Known = list[bytes]  # of a word: handed to crfsuite, which would encode a text each time
CLAUSE_LISTS = (
    "trouble", "tried", "urgency", "scope", "speech.negation", "speech.greeting",
    "speech.please", "speech.closing", "intent", "cue", "decline", "place", "moment",
    "about", "surely", "field", "concept.dont_know", "concept.no_such_label",
    "concept.later_tell",
)  # fmt: skip
NEIGHBOUR_LISTS = ("trouble", "tried", "urgency", "decline")
SHORTEST_ACT = 4  # letters
NEAR = (-1, 1)  # words
REMEMBERED = 4096  # words


class Prefixed(dict[str, bytes]):
    """`l=` before each name of a list, made once: names are few, words are many."""

    def __init__(self, prefix: str) -> None:
        super().__init__()
        self.prefix = prefix

    def __missing__(self, name: str) -> bytes:
        made = self[name] = f"{self.prefix}{name}".encode()
        return made


OWN, SHAPED, CLAUSE = Prefixed("l="), Prefixed("x="), Prefixed("cl=")
BEFORE, AFTER = Prefixed("c-"), Prefixed("c+")
LISTED_AT = {at: Prefixed(f"l{at}=") for at in NEAR}
SHAPED_AT = {at: Prefixed(f"x{at}=") for at in NEAR}
OUTLINED_AT = {at: f"h{at}" for at in NEAR}


def stem(word: str) -> str:
    """The beginning of a word, without most endings."""
    return word[:5] if len(word) > 6 else word[:4]


class Evidence:
    """The features of one reading."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.language = reading.language
        self.words = reading.words
        self.stems = [stem(word) for word in self.words]
        self.lists = self._lists()
        self.shapes = reading.shapes

    def __len__(self) -> int:
        return len(self.words)

    def _lists(self) -> list[list[str]]:
        """For each word the lists that it stands in, alone or within a phrase."""
        found: list[list[str]] = [[] for _ in self.words]
        for label, hits in self.reading.hits.items():
            for hit in hits:
                for at in range(hit.first, hit.after):
                    if label not in found[at]:
                        found[at].append(label)
        return found

    def covered(self, start: int, end: int) -> range:
        """The words that a run of letters touches."""
        first = after = self.reading.token_at(start)
        tokens = self.reading.tokens
        while after < len(tokens) and tokens[after].start < end:
            after += 1
        return range(first, after)

    @cached_property
    def of_words(self) -> list[Known]:
        """The features of each word, whatever the category."""
        shaped = self._shaped()
        outlines = [outline(self.reading.says(at, at + 1)) for at in range(len(self))]
        gaps = self._gaps()
        found = []
        for at in range(len(self)):
            own = self._own(at)
            own += (_told("h", outlines[at]), _told("gp", gaps[at]), _told("gn", gaps[at + 1]))
            own += map(SHAPED.__getitem__, shaped[at])
            for step in NEAR:
                if 0 <= at + step < len(outlines):
                    own.append(_told(OUTLINED_AT[step], outlines[at + step]))
                    own += map(SHAPED_AT[step].__getitem__, shaped[at + step])
            found.append(own)
        self._add_moments(found)
        self._add_quotes(found)
        return found

    def is_act(self, at: int) -> bool:
        """Whether a word ends as verbs do that tell what one has done."""
        return _is_act(self.words[at], self.language)

    def _own(self, at: int) -> Known:
        found = [*_of_word(self.words[at], self.language)]
        found += map(OWN.__getitem__, self.lists[at])
        for step in NEAR:
            beside = at + step
            if 0 <= beside < len(self.words):
                found.append(_beside(self.words[beside], self.language, step))
                found += map(LISTED_AT[step].__getitem__, self.lists[beside])
        return found

    def _shaped(self) -> list[list[str]]:
        found: list[list[str]] = [[] for _ in self.words]
        for shape in self.shapes:
            for nth, at in enumerate(self.covered(shape.start, shape.end)):
                found[at].append(f"{shape.name}{'I' if nth else 'B'}")
        return found

    def _gaps(self) -> list[str]:
        """What stands before each word, and after the last: marks, a new line, nothing."""
        text, tokens = self.reading.text, self.reading.tokens
        found = ["^"]
        for before, token in pairwise(tokens):
            between = text[before.end : token.start]
            found.append("|" if "\n" in between else between.replace(" ", "")[:2] or "_")
        return [*found, "$"]

    def _add_moments(self, found: list[Known]) -> None:
        for when in self.reading.moments:
            for at in range(when.first, min(when.after, len(self))):
                found[at].append(b"mI" if at > when.first else b"mB")
                found[at] += [_told("mr", role) for role in sorted(when.roles)]

    def _add_quotes(self, found: list[Known]) -> None:
        for quote in self.reading.quotes:
            for at in self.covered(quote.start, quote.end):
                found[at].append(b"q")

    @cached_property
    def clause_lists(self) -> list[list[str]]:
        """The lists that the words of each clause stand in."""
        within = (self.lists[clause.first : clause.after] for clause in self.reading.clauses)
        return [sorted(filter(_is_of_clauses, set().union(*lists))) for lists in within]

    @cached_property
    def of_places(self) -> list[Known]:
        """For each word the features of its clause, of those beside it, and its place there."""
        found: list[Known] = [[] for _ in self.words]
        clauses = self.reading.clauses
        for nth, clause in enumerate(clauses):
            shared = [*map(CLAUSE.__getitem__, self.clause_lists[nth])]
            shared += (b"cn=%d" % min(7, clause.after - clause.first), b"ci=%d" % min(nth, 4))
            if nth:
                shared += _named(BEFORE, self.clause_lists[nth - 1])
            if nth + 1 < len(clauses):
                shared += _named(AFTER, self.clause_lists[nth + 1])
            for at in range(clause.first, clause.after):
                found[at] = [*shared, *_place_in(clause, at)]
        return found

    @cached_property
    def of_message(self) -> Features:
        """The features of the whole message, for what it wants and what it is about."""
        language, printed = self.language, self._printed()
        said = [at for at in range(len(self)) if at not in printed]
        found = [f"w={language}{self.words[at]}" for at in said]
        found += [f"s={language}{self.stems[at]}" for at in said]
        found += [f"b={language}{self.stems[a]}_{self.stems[b]}" for a, b in pairwise(said)]
        for label, hits in self.reading.hits.items():
            count = sum(hit.first not in printed for hit in hits) if printed else len(hits)
            if count:
                found += (f"l={label}", f"l={label}:{min(3, count)}")
        if self.words:
            found += (f"f={language}{self.words[0]}", *(f"f={name}" for name in self.lists[0]))
        text = self.reading.text
        found += (f"n={min(8, len(self) // 4)}", f"q={'?' in text}", f"L={language}")
        found.append(f"bang={min(2, text.count('!'))}")
        return list(dict.fromkeys(found))

    def _printed(self) -> set[int]:
        """The words of printed labels: the NB of NB-0442 says of no machine what it is."""
        labels = (shape for shape in self.shapes if shape.name == "label")
        return {at for label in labels for at in self.covered(label.start, label.end)}

    def of_part(self, part: Iterable[int]) -> Features:
        """The features of some of its words, which answer one question."""
        own = list(part)
        found = {f"pw={self.language}{self.words[at]}" for at in own}
        found |= {f"ps={self.language}{self.stems[at]}" for at in own}
        found |= {f"pl={label}" for at in own for label in self.lists[at]}
        for a, b in pairwise(own):
            found.add(f"pb={self.language}{self.stems[a]}_{self.stems[b]}")
        return sorted({*found, f"pn={min(8, len(own))}"})

    def whole(self, names: Sequence[str], start: int, end: int) -> tuple[int, int]:
        """The run of letters widened to the shapes of these names that it touches."""
        for shape in self.shapes:
            if shape.name in names and _touches(shape, start, end):
                start, end = min(start, shape.start), max(end, shape.end)
        return start, end


def _touches(shape: Shape, start: int, end: int) -> bool:
    return shape.start < end and start < shape.end


@lru_cache(maxsize=REMEMBERED)
def _is_act(word: str, language: str) -> bool:
    """Whether it ends as verbs do that tell what one has done: "vymenil", "riavviato"."""
    acts = lexicon(language).tables["act"]
    is_long = len(word) > SHORTEST_ACT
    ends_so = is_long and word.endswith(tuple(acts["endings"]))
    return ends_so and not word.startswith(tuple(acts["spared"]))


@lru_cache(maxsize=REMEMBERED)
def _of_word(word: str, language: str) -> Sequence[bytes]:
    """What is known of a word wherever it stands; most words of a day come again."""
    own = (f"w={language}{word}", f"s={language}{stem(word)}", f"u={language}{word[-3:]}")
    return tuple(map(str.encode, (*own, "act") if _is_act(word, language) else own))


@lru_cache(maxsize=REMEMBERED)
def _beside(word: str, language: str, step: int) -> bytes:
    return f"s{step}={language}{stem(word)}".encode()


@lru_cache(maxsize=REMEMBERED)
def _told(name: str, value: str) -> bytes:
    return f"{name}={value}".encode()


@cache  # labels are few
def _is_of_clauses(label: str) -> bool:
    return label.startswith(CLAUSE_LISTS)


def _named(prefixed: Prefixed, labels: Iterable[str]) -> Known:
    return [prefixed[label] for label in labels if label.startswith(NEIGHBOUR_LISTS)]


def _place_in(clause: Clause, at: int) -> Known:
    return [b"cp=%d" % min(3, at - clause.first), b"ce=%d" % min(3, clause.after - 1 - at)]
