"""The timeline of a ticket as its page shows it: words chosen, text escaped, files described.

What is said about a delivery stands in templates/inbox/words.txt by its state.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from inbox.attachments import Attachment, Attachments
from inbox.drawing import Voice
from inbox.moments import When
from inbox.ports import Labels
from inbox.rows import category_label
from inbox.web_addresses import linked
from intake.messages import AutomaticKind
from intake.posted_forms import as_number
from intake.speech import DeliveryState, Text
from intake.splitting import PARTED
from intake.terms import Reaching
from intake.tickets import Author, Change, Entry, EntryKind
from intake.undelivered import UNSERVED

ON_THE_WAY = (DeliveryState.WAITING, DeliveryState.SENDING)
MARKED_FACTS = (
    "unsupported",
    "notices",
    "cut",
    "flag",
    "shows",
    "besides",
    PARTED,
    "gave",
    "unsure",
    "told",
    "asks",
    "claimed",
    "goes_with",
    "home",
    "had",
    "outside",
    "deletion",
)  # shown as marks, not as name and value
LEADING = ("split_off", "split_from", "moved_to", "moved_from", "follows")
ABOUT_ANSWERS = ("answer", "assumed", "confirmed", "doubted", "taken_along")
LOST = (DeliveryState.FAILED, DeliveryState.GONE)
LONGEST = 8_000  # characters of an entry on the page, which is drawn anew at all that happens
TRY_AGAIN = (DeliveryState.FAILED, DeliveryState.GONE, DeliveryState.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """How an outgoing message fared."""

    id: int
    state: str  # sending, stranded, delivered, failed, unknown, blocked
    word: str
    reason: str
    is_own_word: bool  # the reason is ours, in the agent's language
    may_retry: bool
    may_go_elsewhere: bool  # it surely did not arrive
    account: tuple[str, str]
    messages: int  # that the words became; 0 for a file


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One entry. `look` is requester, other, agent, bot, note or change."""

    id: int
    look: str
    author: str
    by: str  # the channel, where a ticket is spoken on several
    when: When
    text: Markup
    full_text: Markup | None
    is_cut: bool  # only the beginning is here; a page of its own has all
    earlier: Markup | None  # what stood there before an edit
    original: str  # SHA-256 of the mail as it came, "" where there is none
    marks: tuple[str, ...]
    edited: When | None
    facts: tuple[tuple[str, str], ...]
    attachments: tuple[Attachment, ...]
    dispatch: Dispatch | None
    besides: str  # the second trouble that may become a ticket of its own, "" where none
    what: str  # of a change: what changed, and its values before and after in words
    before: str
    after: str
    other: int | None  # the ticket that a change leads to


class Timeline:
    """Turns entries into lines, in one agent's language."""

    def __init__(
        self,
        voice: Voice,
        labels: Labels,
        now: datetime,
        category: str | None,
        reaching: Reaching,
    ) -> None:
        self._voice = voice
        self._labels = labels
        self._now = now
        self._category = category  # of the ticket
        self._reaching = reaching
        self._attachments = Attachments(voice, reaching.is_served)

    def lines(self, entries: Sequence[Entry]) -> list[Line]:
        channels = {_channel_of(entry) for entry in entries} - {""}
        return [self._line(entry, is_one_of=len(channels) > 1) for entry in entries]

    def pictures(self, entries: Sequence[Entry]) -> dict[str, list[Attachment]]:
        """Files that are answers, by their field."""
        pictures: dict[str, list[Attachment]] = {}
        for entry in entries:
            if field := entry.facts.get("shows", ""):
                pictures.setdefault(field, []).extend(self._attachments.draw(entry.files))
        return pictures

    def _line(self, entry: Entry, *, is_one_of: bool) -> Line:
        change = entry.change
        what, before, after = self._change(change) if change else ("", "", "")
        is_longer = entry.full_text.strip() not in ("", entry.text.strip())
        is_cut = max(len(entry.text), len(entry.full_text)) > LONGEST
        return Line(
            id=entry.id,
            look=look_of(entry),
            author=entry.author_name or self._nameless(entry),
            by=self._voice.word("channel", _channel_of(entry)) if is_one_of else "",
            when=self._voice.moments.when(entry.at, self._now),
            text=linked(_beginning(entry.text)),
            full_text=linked(entry.full_text) if is_longer and not is_cut else None,
            is_cut=is_cut,
            earlier=linked(change.before) if change and change.what == "edited" else None,
            original=entry.original,
            marks=self._marks(entry),
            edited=self._voice.moments.when(entry.edited_at, self._now)
            if entry.edited_at and "deletion" not in entry.facts
            else None,
            facts=tuple(
                (self._voice.word("fact", name), value)
                for name, value in entry.facts.items()
                if name not in MARKED_FACTS and value
            ),
            attachments=self._attachments.draw(entry.files),
            dispatch=self._dispatch(entry),
            besides="" if PARTED in entry.facts else entry.facts.get("besides", ""),
            what=what,
            before=before,
            after=after,
            other=as_number(after) if change and change.what in LEADING else None,
        )

    def _nameless(self, entry: Entry) -> str:
        """Nobody tells who of us has written elsewhere, but it was one of us."""
        return self._voice.words["colleague" if "outside" in entry.facts else "no_name"]

    def _marks(self, entry: Entry) -> tuple[str, ...]:
        words = self._voice.words
        marks = []
        if entry.author is Author.OTHER:
            marks.append(words["mark_other"])
        plain = ("outside", "deletion", "claimed")
        marks += [words[f"mark_{fact}"] for fact in plain if fact in entry.facts]
        if entry.automatic is not AutomaticKind.NO:
            marks.append(self._voice.word("automatic", entry.automatic))
        if "unsupported" in entry.facts:
            kind = self._voice.word("platform", entry.facts["unsupported"])
            marks.append(f"{words['mark_unsupported']}: {kind}")
        if "flag" in entry.facts:
            marks.append(self._voice.word("mark", entry.facts["flag"]))
        if "cut" in entry.facts:
            marks.append(words["notice_too_large"])
        notices = entry.facts.get("notices", "").split(", ")
        marks += [self._voice.word("notice", notice) for notice in notices if notice]
        return tuple(marks)

    def _dispatch(self, entry: Entry) -> Dispatch | None:
        if entry.delivery_id is None or not entry.delivery_state:
            return None
        state = dispatch_state(entry.delivery_state)
        if state == "sending" and not self._reaching.is_served(entry.delivery_account):
            state = "stranded"
        reason = entry.delivery_reason  # where it has arrived, that it was charged for
        is_ours = reason == UNSERVED
        return Dispatch(
            id=entry.delivery_id,
            state=state,
            word=self._voice.word("delivery", state),
            reason=self._voice.word("reason", reason) if is_ours else reason,
            is_own_word=is_ours,
            may_retry=entry.delivery_state in TRY_AGAIN,
            may_go_elsewhere=entry.delivery_state in LOST,
            account=entry.delivery_account,
            messages=self._messages(entry),
        )

    def _messages(self, entry: Entry) -> int:
        """By the terms of the channel as they are now."""
        terms = self._reaching.terms.get(entry.delivery_account[0])
        if terms is None or entry.author is not Author.AGENT:
            return 1
        return terms.messages(Text(text=entry.text, signature=entry.author_name))

    def _change(self, change: Change) -> tuple[str, str, str]:
        what, field = change.kind, change.field
        word = self._voice.word("change", what)
        if field and what in ABOUT_ANSWERS:
            label = self._label(field) if what == "answer" else f"{self._label(field)}, {word}"
            return label, self._shown(field, change.before), self._shown(field, change.after)
        if what == "edited":
            return word, "", ""
        if what in ("declined", "sent_as_is", "goes_on"):
            names = (field or change.before).split(",")
            return word, "", ", ".join(self._label(name) for name in names)
        return word, self._value(what, change.before), self._value(what, change.after)

    def _label(self, field: str) -> str:
        if field in self._labels.fields:
            return self._labels.label(field, self._voice.language, self._category)
        return self._voice.word("change", field)  # the category is asked like a field

    def _shown(self, field: str, value: str) -> str:
        if not value or field not in self._labels.fields:  # the catalogue has lost it since
            return value
        return self._labels.show(field, value, self._voice.language)

    def _value(self, what: str, value: str) -> str:
        if what in ("status", "priority", "kind"):
            return self._voice.word(what, value) if value else ""
        if what == "category":
            return category_label(self._labels, value, self._voice.language)
        if what == "by":
            return self._voice.word("channel", value)
        if what == "assignee" and not value:
            return self._voice.words["nobody"]
        return value


def _beginning(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _channel_of(entry: Entry) -> str:
    """By which it came or went; notes and changes by none."""
    return (entry.delivery_account[0] or entry.channel) if entry.kind is EntryKind.MESSAGE else ""


def look_of(entry: Entry) -> str:
    return entry.author.value if entry.kind is EntryKind.MESSAGE else entry.kind.value


def dispatch_state(delivery_state: str) -> str:
    """The states that matter to an agent."""
    if delivery_state in ON_THE_WAY:
        return "sending"
    known = {
        DeliveryState.ACCEPTED: "delivered",
        DeliveryState.SENT: "sent",
        DeliveryState.DELIVERED: "delivered",
        DeliveryState.SEEN: "seen",
        DeliveryState.GONE: "blocked",
        DeliveryState.FAILED: "failed",
    }
    return {state.value: word for state, word in known.items()}.get(delivery_state, "unknown")
