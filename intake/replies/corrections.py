"""What somebody has said before and takes back: a value may be corrected, and the change is kept.

Only on a plain word: what is denied ("not X but Y"), stands under the number or label of its
question, follows the name of a number, comes with a word of correcting and little else, or was
waited for since a tap on "correct". What a message merely mentions changes nothing. What an edited
message changes is left to `edited_values`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from intake.forms import CATEGORY, numbers
from intake.messages import Message
from intake.replies.answers import read_answers
from intake.replies.denials import Denial, find_denials, instead_of, words_instead, words_of
from intake.replies.foreign_clauses import choice_of, is_told_elsewhere, told_alone, without_told
from intake.replies.lone_corrections import grown, said_anew
from intake.replies.lone_pieces import lone_values
from intake.replies.mistaken_troubles import trouble_instead
from intake.replies.mistyped import mistyped
from intake.replies.plainness import is_plain, lone_count, taken_back
from intake.replies.taking import agreed
from intake.tickets import Change, Ticket
from intake.understanding import Reader
from intake.understanding.cutting import split_reply
from intake.understanding.evidence import Evidence
from intake.understanding.fields import DEVICE, ERROR, SYMPTOM, TRIED, URGENCY
from intake.understanding.fitting import may_be_text
from intake.understanding.labelling import lone_label
from intake.understanding.layout import blanked
from intake.understanding.parts import Part
from intake.understanding.questions import CLAUSES
from intake.understanding.reading import Reading
from intake.understanding.single import read_value

BY_NAME = ("code", "phone")  # types that are nobody's by chance: "the number is NB-0443"
LONGEST_NAMING = 8  # words: "the inventory number is INV-20419" and little more
LONGEST_REGRET = 16  # with "sorry, I made a mistake in my last message" before it
BY_TYPE = ("code", "moment", "choice")  # types whose words are of no other
UNTYPED = ("moment", "choice")  # types whose values are ours, not the words that were said
NUMBER = "reply.number"
Places = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """The ticket with corrected values, a change for each, and what is said beside them."""

    ticket: Ticket
    changes: tuple[Change, ...] = ()
    beside: str = ""


def correct(reader: Reader, ticket: Ticket, message: Message) -> Corrected:
    """What the message says anew of what is known; the words that say so answer nothing else."""
    nothing = Corrected(ticket=ticket, beside=message.text)
    known = known_of(reader, ticket)
    if not (message.text and known and ticket.category):
        return nothing
    restated = _Restated.of(reader, ticket, _heard(reader, ticket, message))
    news = {name: value for name, value in restated.values().items() if value != known.get(name)}
    if not news:
        return nothing
    beside = restated.beside(news) if restated.is_taken_back else message.text
    return replace(with_values(ticket, news), beside=beside)


def known_of(reader: Reader, ticket: Ticket) -> dict[str, str]:
    """What stands on the ticket, without fields that the catalogue has lost since."""
    fields = reader.catalogue.fields
    return {name: value for name, value in ticket.answers.items() if name in fields}


def _heard(reader: Reader, ticket: Ticket, message: Message) -> Reading:
    """In the ticket's language where that alone takes something back: "scusi, NB-0443"."""
    whole = reader.hear(message, ticket.language)
    if whole.language == ticket.language:
        return whole
    own = reader.reread(whole, ticket.language)
    return own if taken_back(own) and not taken_back(whole) else whole


def with_values(ticket: Ticket, news: Mapping[str, str]) -> Corrected:
    """The old and the new of each are on the timeline."""
    changes = tuple(
        Change.of_answer(name, before=ticket.answers.get(name, ""), after=value)
        for name, value in news.items()
    )
    told = replace(
        ticket,
        answers={**ticket.answers, **news},
        declined=ticket.declined - news.keys(),
        assumed=ticket.assumed - news.keys(),
    )
    return Corrected(ticket=told, changes=changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Restated:
    """A message that may say anew what is known, and the words in it that show it."""

    reader: Reader
    ticket: Ticket
    known: Mapping[str, str]
    whole: Reading
    denials: Mapping[str, Denial]
    rest: Reading  # without what is denied
    back: Places  # of words that take back

    @staticmethod
    def of(reader: Reader, ticket: Ticket, whole: Reading) -> "_Restated":
        known = known_of(reader, ticket)
        denials = find_denials(reader, known, whole)
        rest = _without(reader, whole, [(one.start, one.end) for one in denials.values()])
        return _Restated(
            reader=reader,
            ticket=ticket,
            known=known,
            whole=whole,
            denials=denials,
            rest=rest,
            back=taken_back(rest),
        )

    @property
    def is_waited_for(self) -> bool:
        """Whether the person has tapped "correct", and so means all that is said."""
        return self.ticket.is_corrected_at(self.whole.now)

    @property
    def is_taken_back(self) -> bool:
        return bool(self.denials or self.back)

    def values(self) -> dict[str, str]:
        """By field what is said in place of the known value."""
        if self._mistyped:
            return self._mistyped
        parts = dict(self._own_parts())
        named = [name for name in self.known if self._is_named(name)]
        is_reply, state = bool(self.ticket.asked), self._state() | self._trouble()
        if not (self.is_taken_back or parts or named or self.is_waited_for or is_reply):
            return self._anew() | state
        said = {} if self._is_counted else self._said()
        found = lone_values(self.reader, self.rest, self._unasked(), said) if is_reply else {}
        found |= {n: said[n] for n in said if self._is_meant(n, said, is_named=n in named)}
        found |= {name: self._value_of(part, name, said) for name, part in parts.items()}
        found |= {name: self._instead(name, said) for name in self.denials}
        told = {name: found[name] for name in self.known if name in found}
        if self.is_waited_for:
            told |= self._meant_since_tap(said)
        taken = {name: value for name, value in told.items() if value}
        return (taken or self._anew()) | state

    @property
    def _mistyped(self) -> dict[str, str]:
        """“Oh sorry, 321”; a day and a choice hold digits that nobody typed."""
        fields = self.reader.catalogue.fields
        typed = {n: said for n, said in self._unasked().items() if fields[n].type not in UNTYPED}
        return mistyped(typed, self.rest)

    @property
    def _is_counted(self) -> bool:
        """“Not 10, 11”."""
        return bool(self.denials and lone_count(self.rest))

    def _instead(self, name: str, said: Mapping[str, str]) -> str:
        """What stands in place of the value that is denied, or ""."""
        denial, value = self.denials[name], said.get(name, "")
        counted = instead_of(self.reader, name, denial, self.rest)
        return counted or value or words_instead(self.reader, name, denial, self.rest)

    def _anew(self) -> dict[str, str]:
        """What a message after a finished card is all about; what was tried grows by it."""
        if self.ticket.asked or self.denials:
            return {}
        reader, whole, known = self.reader, self.whole, self._unasked()
        told = reader.said(whole, self.ticket.category or "")
        tried = {TRIED: told[TRIED]} if TRIED in told else {}
        found = said_anew(reader, whole, known, tried | self._said())
        if TRIED in found:
            found[TRIED] = grown(reader, whole, known[TRIED], found[TRIED])
        return found

    def _state(self) -> dict[str, str]:
        """How the work goes: "now I can't work at all" says what is so; "still slow" little.

        And what is all that is said: "everyone has it". A device alone may be another one.
        """
        value = choice_of(self.whole, URGENCY) if URGENCY in self._unasked() else ""
        hits = self.whole.hits.get(f"{URGENCY}.{value}", ())
        is_plain_word = all(hit.after - hit.first == 1 for hit in hits) and bool(hits)
        state = {URGENCY: value} if value and not is_plain_word else {}
        return told_alone(self.whole, self._unasked().keys() - {DEVICE}, asked=()) | state

    def _trouble(self) -> dict[str, str]:
        """“It doesn't jam, it won't turn on”."""
        known = self._unasked().get(SYMPTOM, "")
        told = trouble_instead(known, self.whole) if known else ""
        return {SYMPTOM: told} if told else {}

    def _unasked(self) -> dict[str, str]:
        """What is known for sure, and so is no answer."""
        others = {*self.ticket.asked, *self.ticket.assumed}
        return {name: value for name, value in self.known.items() if name not in others}

    def _meant_since_tap(self, said: Mapping[str, str]) -> dict[str, str]:
        """All of it but an error's own sentence: that it is shown is no other trouble."""
        error = said.get(ERROR, "")
        return {
            name: value
            for name, value in said.items()
            if name not in self.ticket.asked and not (error and name in CLAUSES and error in value)
        }

    def beside(self, news: Mapping[str, str]) -> str:
        """The words without those that correct; none where they say nothing else."""
        if any(is_plain(self.rest, name, news, is_whole=True) for name in news):
            return ""
        if self._is_counted or self._mistyped:
            return ""
        text = blanked(without_told(self.rest, news), self.back)
        for value in news.values():
            text = text.replace(value, " " * len(value))
        return text if any(map(str.isalnum, text)) else ""

    def _said(self) -> dict[str, str]:
        """All values of the message: as it would answer, else as it would tell, what is new."""
        ticket, reader = self.ticket, self.reader
        words = _without(reader, self.rest, [*self.back, *self._turns()])
        answers = read_answers(
            words.text,
            asked=self._fields(),
            numbered=numbers(ticket),
            category=ticket.category,
            language=words.language,
            now=words.now,
            reader=reader,
        )
        told = reader.said(words, ticket.category or "")
        likely = {n: said for n, said in told.items() if not is_told_elsewhere(words, n, said)}
        pairs = [*likely.items(), *answers.filled.items()]
        said = {name: value for name, value in pairs if self._is_news(name, value)}
        return said or self._only_fit(words)

    def _only_fit(self, words: Reading) -> dict[str, str]:
        """Of "it was Monday" the model makes nothing, and one known field alone can take it."""
        fields = self.reader.catalogue.fields
        typed = [name for name in self._fields() if fields[name].type in BY_TYPE]
        values = {name: read_value(words, name) for name in typed}
        fits = {
            name: value
            for name, value in values.items()
            if value and not is_told_elsewhere(words, name, value)
        }
        return fits if len(fits) == 1 else {}

    def _is_news(self, name: str, value: str) -> bool:
        """Of "I was wrong about the floor" the floor is none."""
        is_text = name in self.known and self.reader.catalogue.fields[name].type == "text"
        return not is_text or not words_of(value) <= words_of(self.known[name])

    def _turns(self) -> Places:
        """“But” leads to what stands instead, and is no part of it."""
        hits = self.rest.hits.get("reply.instead", ()) if self.denials else ()
        return [self.rest.letters(hit) for hit in hits]

    def _fields(self) -> tuple[str, ...]:
        """What a reply may be about. Nobody corrects by chance what the trouble is."""
        known = (name for name in self.known if self.is_waited_for or name not in CLAUSES)
        asked = (name for name in self.ticket.asked if name != CATEGORY)
        return tuple(dict.fromkeys([*asked, *known]))

    def _is_named(self, name: str) -> bool:
        """Whether it is called by its name: "the number NB-0443", "the error is E7".

        "INV" in front of its digits is the number itself.
        """
        rest = self.rest
        if len(rest.tokens) > (LONGEST_REGRET if self.back else LONGEST_NAMING):
            return False
        is_number = self.reader.catalogue.fields[name].type in BY_NAME
        numbers = rest.hits.get(NUMBER, ()) if is_number else ()
        equals = {hit.first for hit in rest.hits.get("speech.equals", ())}
        return any(
            (is_number or bool(self.back) or hit.after in equals)
            and not any(map(str.isdigit, rest.says(hit.first, hit.after + 1)))
            for hit in (*rest.hits.get(f"field.{name}", ()), *numbers)
            if hit.after < len(rest.tokens)
        )

    def _is_meant(self, name: str, said: Mapping[str, str], *, is_named: bool) -> bool:
        if name not in said or name == SYMPTOM:
            return False
        if name in CLAUSES and len(said) == 1:  # "sorry, it didn't help"
            return False
        if is_named and is_plain(self.rest, name, said, is_whole=False):
            return True
        return bool(self.back) and is_plain(self.rest, name, said, is_whole=True)

    def _own_parts(self) -> Iterator[tuple[str, Part]]:
        """Parts under the number or label of a question that is answered."""
        listed = self.reader.listed(
            (*self.ticket.asked, *self.known), self.ticket.category, numbers(self.ticket)
        )
        rest = self.rest
        reply = split_reply(rest, listed)
        lone = lone_label(rest.text, listed, rest.language)
        for part in reply.parts if reply.is_explicit else lone:
            labelled = next((name for name in part.fields if name in self._fields()), "")
            name = listed.at(part.numbers) or labelled
            if name in self.known and name not in self.ticket.asked:
                yield name, part

    def _value_of(self, part: Part, name: str, said: Mapping[str, str]) -> str:
        """What a part says of its field, where it plainly answers that and nothing else."""
        rest = self.rest
        piece = self.reader.read_alone(part.text, rest)
        others = {other: value for other, value in said.items() if other != name}
        if any(value in part.text for value in others.values()):
            return ""
        if self.reader.catalogue.fields[name].type == "text":
            is_code = any(shape.name == "label" for shape in Evidence(piece).shapes)
            if is_code or not may_be_text(piece, name):
                return ""
            told = said.get(name, "")
            return told if told and told in part.text else read_value(piece, name)
        pressed = self.reader.catalogue.value_named(name, part.text) or agreed(
            self.reader, piece, name
        )
        value = pressed or read_value(piece, name)
        is_all = bool(pressed) or is_plain(piece, name, {name: value}, is_whole=True)
        return value if value and is_all else ""


def _without(reader: Reader, reading: Reading, places: Places) -> Reading:
    """As a message of its own: what is quoted or signs the whole one corrects nothing."""
    if not places:
        return reading
    text = blanked(reading.text, places)
    return reader.read_alone(text, reading)
