"""Somebody who watches two people and a desk, and knows what must hold of it.

They read screens and rows, never the desk's own judgement: what a text is they were told by hand,
what a category requires stands in the catalogue's file, and what was answered they remember.
"""

import json
import re
import tomllib
from pathlib import Path

CATALOGUE = tomllib.loads((Path(__file__).parents[2] / "intake/catalogue.toml").read_text("utf-8"))
QUESTION = re.compile(r"^(\d)\. (.+)$", re.MULTILINE)
CARD = re.compile(r"#(\d+)(?: ·|\n)")  # a reminder goes on in its line
LIVE = ("new", "open", "pending", "on_hold")
CATEGORY = "category"


def _labels():
    found = {}
    for name, about in CATALOGUE["field"].items():
        found |= dict.fromkeys(about["label"].values(), name)
        for category in CATALOGUE["category"].values():
            called = category.get("calls", {}).get(name, {}).get("label", {})
            found |= dict.fromkeys(called.values(), name)
    return found


LABELS = _labels()


class Seen:
    """All rows and screens at one moment."""

    def __init__(self, street):
        rows = street.rows()
        self.tickets = {row["id"]: _ticket(row) for row in rows["ticket"]}
        self.entries = {row["id"]: row for row in rows["entry"]}
        self.files, self.deliveries = rows["file"], rows["delivery"]
        self.envelopes = rows["envelope"]
        self.chats = {person: dict(chat) for person, chat in street.phones.chats.items()}

    def said(self):
        """Entries of requesters: their messages."""
        kinds = ("message", "requester")
        return [row for row in self.entries.values() if (row["kind"], row["author"]) == kinds]

    def changes(self, since):
        """Those that have come since then, as ticket, what and new value."""
        return [
            (row["ticket_id"], row["change_what"], row["change_after"])
            for number, row in self.entries.items()
            if number not in since.entries and row["kind"] == "change"
        ]

    def asking(self):
        """Each message on a phone that asks something of a ticket: ticket, and the fields."""
        found = []
        for chat in self.chats.values():
            for shown in chat.values():
                head, questions = CARD.match(shown.words), QUESTION.findall(shown.words)
                if head and questions:
                    names = tuple(LABELS.get(label, CATEGORY) for _, label in questions)
                    found.append((int(head.group(1)), names))
        return found

    def cards(self):
        """What each ticket asks for."""
        return dict(self.asking())

    def missing(self, number):
        ticket = self.tickets[number]
        if not ticket["category"]:
            return (CATEGORY,)
        known = ticket["answers"].keys() | ticket["declined"]
        needed = CATALOGUE["category"][ticket["category"]]["ask"]
        return tuple(name for name in needed if name not in known)

    def owner(self, number):
        return int(self.tickets[number]["address"])

    def is_live(self, number):
        return self.tickets[number]["status"] in LIVE


def _ticket(row):
    read = {name: json.loads(row[name] or "[]") for name in ("declined", "asked", "assumed")}
    return {**row, **read, "answers": json.loads(row["answers"])}


class Onlooker:
    """Keeps what was said and seen, and complains."""

    def __init__(self, street):
        self.street, self.seen = street, Seen(street)
        self.content = {}  # (person, message): photos; what must stand on a timeline
        self.albums = {}  # (person, album): its messages
        self.gave = {}  # (person, message): fields that its ticket has had since
        self.settled = {}  # ticket: fields that were answered or declined
        self.told = {}  # person: values they gave
        self.wanted = {}  # ticket: what an agent has asked for last
        self.quiet = set()  # tickets that need not ask any more
        self.recategorised = set()  # whose person wants another category
        self.reminded = []
        self.opened = {}  # ticket: the words that it stands open with

    def look(self, person=None, messages=(), *, may_open=0, asks=True):
        """After each thing that happened: what it did, and whether all still holds."""
        before, self.seen = self.seen, Seen(self.street)
        self._check_others(before, person)
        fresh = self.seen.tickets.keys() - before.tickets.keys()
        assert len(fresh) <= may_open, "a ticket too many"
        rung = {n for n, ticket in before.tickets.items() if ticket != self.seen.tickets[n]}
        self.quiet |= set() if asks else fresh | (rung if person is None else set())
        self._check_changes(before)
        self._note_gifts(before, messages)
        self._note_opening(before)
        self._note_moves(before)
        self._settle(before)
        self.check()

    def note(self, key, message, *, is_content):
        """A message has come, or its new words."""
        person, number = key
        photos, album = len(message.get("photo", ())), message.get("media_group_id")
        first = self.albums.setdefault((person, album), number) if album else number
        place = (person, str(first))
        if photos:
            self.content[place] = self.content.get(place, 0) + photos
        elif is_content:
            self.content[place] = 0

    def check_reminder(self, number, before):
        """Once, and only where nobody has said anything since the card."""
        assert number not in self.reminded, f"#{number} is reminded twice"
        self.reminded.append(number)
        assert before.is_live(number)
        sent = [
            row["entry_id"]
            for row in before.deliveries
            if (row["ticket_id"], row["operation"]) == (number, "send")
            and json.loads(row["body"])["speech"] == "card"
        ]
        said = [row["id"] for row in before.said() if row["ticket_id"] == number]
        assert max(sent) > max(said), f"#{number} is reminded after an answer"

    def check_form(self, number, typed, before):
        """One more entry at most, at its own ticket, and what was typed is the newest word."""
        new = [row for row in self.seen.said() if row["id"] not in before.entries]
        assert [row["ticket_id"] for row in new] in ([], [number]), "a form stands twice or astray"
        answers = self.seen.tickets[number]["answers"]
        for name, words in typed.items():
            field = name.removeprefix("f-")
            if new and CATALOGUE["field"].get(field, {}).get("type") == "text":
                assert answers[field] == words, f"{field} of #{number} is {answers[field]}"

    # what happened

    def _check_others(self, before, person):
        """Nobody else's tickets and chats have changed."""
        if person is not None:
            for number, ticket in before.tickets.items():
                if int(ticket["address"]) != person:
                    assert self.seen.tickets[number] == ticket, f"#{number} is another's"
            for other, chat in before.chats.items():
                assert other == person or self.seen.chats[other] == chat

    def _check_changes(self, before):
        """A value never changes silently: the timeline says so, or that its message has left."""
        changes = self.seen.changes(before)
        told = {(number, what.partition(":")[2]) for number, what, _ in changes}
        for number, ticket in before.tickets.items():
            now = self.seen.tickets[number]
            for name, value in ticket["answers"].items():
                if name not in ticket["assumed"] and now["answers"].get(name) != value:
                    assert (number, name) in told, f"{name} of #{number} changed silently"

    def _note_gifts(self, before, keys):
        """Of several that came at once each may have given it."""
        for number, ticket in self.seen.tickets.items():
            old = before.tickets.get(number, {"answers": {}, "declined": [], "assumed": []})
            had = (old["answers"].keys() - set(old["assumed"])) | set(old["declined"])
            has = (ticket["answers"].keys() - set(ticket["assumed"])) | set(ticket["declined"])
            for key in keys:
                self.gave.setdefault(key, set()).update(has - had)

    def _note_opening(self, before):
        """A ticket has its first message's words as long as these stand as they came."""
        for row in self.seen.said():
            if row["ticket_id"] not in before.tickets and row["id"] not in before.entries:
                self.opened.setdefault(row["ticket_id"], row["text"])
        gone = [row for number, row in before.entries.items() if row != self.seen.entries[number]]
        for row in gone:
            self.opened.pop(row["ticket_id"], None)

    def _note_moves(self, before):
        """What a message gave leaves with it, and may be asked again; both timelines say so."""
        changes = self.seen.changes(before)
        for number, row in before.entries.items():
            target = self.seen.entries[number]["ticket_id"]
            if target != row["ticket_id"]:
                assert (row["ticket_id"], "moved_to", str(target)) in changes
                assert (target, "moved_from", str(row["ticket_id"])) in changes
                key = (int(row["address"]), int(row["external_id"]))
                self.settled[row["ticket_id"]] -= self.gave.get(key, set())

    def _settle(self, before):
        asking = self.seen.cards()
        for number, ticket in self.seen.tickets.items():
            was = before.tickets.get(number, ticket)["category"]
            is_said = before.cards().get(number) == (CATEGORY,) != asking.get(number)
            is_chosen = is_said and number in self.recategorised
            if is_chosen or ticket["category"] not in (was, None):  # it has its own questions
                self.wanted.pop(number, None)
                self.recategorised.discard(number)
            told = ticket["answers"].keys() - set(ticket["assumed"])
            known = told | set(ticket["declined"])
            doubted = set(self.wanted.get(number, ())) & set(ticket["asked"])
            self.settled.setdefault(number, set()).update(known - doubted)
            owner = self.told.setdefault(self.seen.owner(number), set())
            owner |= {ticket["answers"][name] for name in told}

    # what must hold

    def check(self):
        assert {row["state"] for row in self.seen.envelopes} <= {"done", "waiting"}
        self.check_timelines()
        self.check_cards()
        self.check_what_is_over()
        self.check_memory()

    def check_timelines(self):
        """Each message stands once, and so does each of its photos."""
        found = {}
        for row in self.seen.said():
            if row["channel"] == "telegram":
                found.setdefault((int(row["address"]), row["external_id"]), []).append(row["id"])
        assert all(len(rows) == 1 for rows in found.values()), "a message stands twice"
        lost = [key for key in self.content if key not in found]
        assert not lost, f"{lost} stand nowhere"
        photos = {}
        for row in self.seen.files:
            photos[row["entry_id"]] = photos.get(row["entry_id"], 0) + 1
        for key, count in self.content.items():
            assert photos.get(found[key][0], 0) == count, f"photos of {key}"

    def check_cards(self):
        """One at a time for each ticket; it asks for all that lacks, and for nothing known."""
        asking = self.seen.asking()
        assert len(dict(asking)) == len(asking), "two cards ask for one ticket"
        for number, names in asking:
            if names == (CATEGORY,) and number in self.recategorised:
                continue
            again = self.settled[number] & set(names)
            assert not again, f"#{number} asks again for {again}"
            lacking = set(self.wanted.get(number) or self.seen.missing(number))
            assert set(names) == lacking - self.settled[number], f"#{number} asks for {names}"
            assert len(names) == len(set(names)) <= 6
        for number in self.seen.tickets:
            if self.seen.missing(number) and self.seen.is_live(number):
                assert number in dict(asking) or number in self.quiet, f"#{number} asks nothing"

    def check_what_is_over(self):
        """Its cards ask nothing and have no buttons."""
        for chat in self.seen.chats.values():
            for shown in chat.values():
                head = CARD.match(shown.words)
                if head and not self.seen.is_live(int(head.group(1))):
                    assert not shown.taps, shown.words
                    assert not QUESTION.search(shown.words), shown.words

    def check_memory(self):
        """What is assumed its own person has said before."""
        for number, ticket in self.seen.tickets.items():
            assumed = {ticket["answers"][name] for name in ticket["assumed"]}
            assert assumed <= self.told[self.seen.owner(number)], f"#{number} assumes {assumed}"
