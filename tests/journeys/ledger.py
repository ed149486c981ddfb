"""What the database holds in the end, and whether it is all of what happened and no more."""

import json
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing

TABLES = {
    name: f"SELECT * FROM {name} ORDER BY id"  # noqa: S608 - names of ours
    for name in ("envelope", "ticket", "entry", "file", "delivery")
}
CHANGING = ("telegram", "email")  # where a card is there once
MOST_PARTS = 4  # messages that an answer may become
REST = """SELECT
    (SELECT count(*) FROM envelope) AS envelopes,
    (SELECT count(*) FROM delivery) AS deliveries,
    (SELECT count(*) FROM envelope WHERE state = 'waiting')
    + (SELECT count(*) FROM delivery WHERE state IN ('waiting', 'sending'))
    + (SELECT count(*) FROM file WHERE state = 'waiting') AS unrested"""


def read_sqlite(path, sql):
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(sql)]


class Ledger:
    """All rows at rest. Each `check` is a sentence that must hold."""

    def __init__(self, rows):
        self.entries = rows["entry"]
        self.deliveries = rows["delivery"]
        self.envelopes = rows["envelope"]
        self.tickets = rows["ticket"]
        self.files = rows["file"]

    def messages(self, author, channel=None):
        return [
            row
            for row in self.entries
            if row["kind"] == "message"
            and row["author"] == author
            and channel in (None, row["channel"])
        ]

    def sends(self, channel):
        return [
            row
            for row in self.deliveries
            if row["operation"] == "send" and row["channel"] == channel
        ]

    def check_arrivals(self, updates, mails):
        """One envelope for each thing that arrived, all received."""
        found = Counter(row["channel"] for row in self.envelopes)
        assert found == Counter(telegram=updates, email=mails)
        self.check_all_received()

    def check_all_received(self):
        left = [row for row in self.envelopes if row["state"] != "done"]
        told = [(row["id"], row["state"], row["attempts"], row["error"]) for row in left]
        assert not left, f"{len(left)} not received: {told[:5]}"

    def check_telegram_messages(self, crowd):
        """Each message once, with its last words, in the order of its conversation."""
        found = [
            ((int(row["address"]), int(row["external_id"])), row["text"])
            for row in self.messages("requester", "telegram")
        ]
        _check_same(found, crowd.said)
        assert _by_conversation(key for key, _ in found) == _by_conversation(crowd.said)
        edits = [row for row in self.entries if row["change_what"] == "edited"]
        assert len(edits) == crowd.edits
        numbers = {row["id"]: row for row in self.entries}
        files = Counter(
            (
                int(numbers[row["entry_id"]]["address"]),
                int(numbers[row["entry_id"]]["external_id"]),
            )
            for row in self.files
        )
        assert files == crowd.files
        assert {row["state"] for row in self.files} <= {"stored"}

    def check_taps(self, crowd):
        """Each tap has one answer, and no answer is without a tap."""
        answered = Counter(
            row["target_external_id"]
            for row in self.deliveries
            if row["operation"] == "answer_tap" and row["channel"] == "telegram"
        )
        assert answered == Counter(crowd.taps)

    def check_mails(self, writers):
        found = [
            ((row["address"], row["external_id"]), row["text"])
            for row in self.messages("requester", "email")
        ]
        _check_same(found, writers.said)
        assert _by_conversation(key for key, _ in found) == _by_conversation(writers.said)

    def channel_of(self, number):
        return next(row["channel"] for row in self.tickets if row["id"] == number)

    def check_said(self, channel, chatters):
        """Each message once, in the order of its conversation."""
        found = [
            ((row["address"], row["external_id"]), row["text"])
            for row in self.messages("requester", channel)
        ]
        _check_same(found, chatters.said)
        assert _by_conversation(key for key, _ in found) == _by_conversation(chatters.said)

    def check_pushed(self, channel, chatters):
        """What was sent is in its chat once; only what is unknown may be there besides."""
        known = {"sent", "delivered", "seen"}
        sends = self.sends(channel)
        assert {row["state"] for row in sends} <= {*known, "unknown"}
        for user_id, shown in chatters.shown().items():
            own = [row for row in sends if row["address"] == user_id]
            sent = [row["provider_id"] for row in own if row["state"] in known]
            parts = [part for row in own for part in json.loads(row["parts"] or "[]")]
            ids = [one for one, _ in shown]
            assert len(set(sent)) == len(sent)
            assert {*sent, *parts} <= set(ids)
            unknown = sum(row["state"] == "unknown" for row in own)
            assert len(ids) - len(sent) - len(parts) <= unknown * MOST_PARTS
            _check_words(own, [text for _, text in shown])

    def check_nothing_invented(self):
        """Every other line of a timeline is the bot's, said once; every ticket has one card.

        Where cards can't change in place, they may be sent again.
        """
        authors = {row["author"] for row in self.entries if row["kind"] == "message"}
        assert authors <= {"requester", "agent", "bot"}
        said = Counter(row["entry_id"] for row in self.deliveries if row["entry_id"] is not None)
        spoken = [*self.messages("bot"), *self.messages("agent")]
        assert said == Counter(row["id"] for row in spoken)
        cards = Counter(
            row["ticket_id"]
            for row in self.deliveries
            if row["operation"] == "send" and _is_card(row)
        )
        assert set(cards) == {row["id"] for row in self.tickets}
        changing = [row["id"] for row in self.tickets if row["channel"] in CHANGING]
        assert {cards[number] for number in changing} <= {1}
        with_messages = {row["ticket_id"] for row in self.messages("requester")}
        opened_by_tap = {row["ticket_id"] for row in self.entries} - with_messages
        moved = {row["ticket_id"] for row in self.messages("bot")}
        assert (
            opened_by_tap <= moved
        )  # a ticket whose only message was moved away still has a card

    def check_replies(self, office):
        """Each answer of the agent stands once on its ticket."""
        found = {row["text"]: row["ticket_id"] for row in self.messages("agent")}
        assert found == office.said
        assert len(self.messages("agent")) == len(office.said)

    def check_chats(self, telegram, people, *, has_one_writer=True):
        """What was accepted is in its chat once and in order; what is unknown at most once.

        A card of which nobody knew whether it arrived goes once more when it asks something else.
        Of what several processes write at the same moment only the same ticket's has an order.
        """
        states = {row["state"] for row in self.sends("telegram")}
        assert states <= {"accepted", "unknown"}
        for person in people:
            shown = {one.message_id: one.text for one in telegram.chat(person) if one.from_bot}
            sends = [row for row in self.sends("telegram") if row["address"] == str(person.id)]
            accepted = _accepted(sends)
            cards = [row for row in sends if _is_card(row)]
            anew = [row for row in cards if row["attempts"] > 1]
            moved = {int(row["provider_id"]) for row in anew if row["provider_id"]}
            for own in [sends] if has_one_writer else _by_ticket(sends):
                steady = [number for number in _accepted(own) if number not in moved]
                assert steady == sorted(set(steady)), f"{person.id}: {accepted}"
            assert len(set(accepted)) == len(accepted)
            assert set(accepted) <= set(shown)
            _check_cards(cards, shown.values())
            _check_texts([row for row in sends if not _is_card(row)], shown.values())
            _check_words(sends, list(shown.values()))

    def check_mailboxes(self, mail, people):
        sends = self.sends("email")
        assert {row["state"] for row in sends} <= {"accepted", "unknown"}
        boxes = {person: mail.mails(person) for person in people}
        delivered = Counter(one.message_id for box in boxes.values() for one in box)
        assert set(delivered.values()) <= {1}
        accepted = {row["provider_id"] for row in sends if row["state"] == "accepted"}
        unknown = sum(row["state"] == "unknown" for row in sends)
        assert accepted <= set(delivered)
        assert len(delivered) - len(accepted) <= unknown
        for person, box in boxes.items():
            own = [row for row in sends if row["address"] == person]
            _check_words(own, [one.text for one in box])

    @property
    def unknown(self):
        return sum(row["state"] == "unknown" for row in self.deliveries)


def _by_ticket(sends):
    found = defaultdict(list)
    for row in sends:
        found[row["ticket_id"]].append(row)
    return found.values()


def _accepted(sends):
    return [int(row["provider_id"]) for row in sends if row["state"] == "accepted"]


def _is_card(row):
    return json.loads(row["body"])["speech"] == "card"


def _check_cards(cards, shown):
    """Each ticket's card is there as often as it went at most."""
    found = Counter(text.split(maxsplit=1)[0] for text in shown if text.startswith("#"))
    went = {f"#{row['ticket_id']}": row["attempts"] for row in cards}
    assert set(found) <= set(went)
    too_often = {number: count for number, count in found.items() if count > went[number]}
    assert not too_often, (too_often, went)


def _check_texts(sends, shown):
    """What is no card is never sent again by itself: only the unknown may be there or not."""
    count = sum(not text.startswith("#") for text in shown)
    states = Counter(row["state"] for row in sends)
    assert states["accepted"] <= count <= states["accepted"] + states["unknown"], (count, states)


def _check_same(found, said):
    """Each once, none lost, none invented, all in the words that were said."""
    wanted, got = Counter(said.items()), Counter(found)
    lost, extra = list(wanted - got), list(got - wanted)
    assert wanted == got, f"{len(lost)} lost: {lost[:5]}; {len(extra)} too many: {extra[:5]}"


def _check_words(sends, shown):
    """An agent's words are there as often as the delivery says, and never twice."""
    for row in sends:
        if not row["is_automatic"]:
            words = json.loads(row["body"])["body"]["text"]
            count = sum(text.startswith(words) or f"\n{words}" in text for text in shown)
            assert count == 1 or (count == 0 and row["state"] == "unknown"), (count, row)


def _by_conversation(keys):
    """The messages of each address, in order."""
    found = defaultdict(list)
    for address, message in keys:
        found[address].append(message)
    return found
