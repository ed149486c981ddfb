"""Whatever people do, in whatever order it arrives: what must always hold of an exchange."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from intake.forms import CATEGORY
from intake.messages import Address, IncomingFile, MessageKind
from intake.people import LANGUAGES, Agent
from intake.service import Asking, Reply
from intake.shares import Share
from intake.smalltalk import small_talk
from intake.speech import Card, Operation
from intake.tickets import Author, EntryKind, Status
from tests.intake.cast import CATALOGUE, CHAT, FORMS, PATIENCE, says
from tests.intake.desk import READER, Desk, done

CHATS = (CHAT, Address(channel="telegram", account="7", external_id="200"))
PAGE = Address(channel="portal", account="", external_id="form")
THANKS = "дякую!"
TEXTS = (
    "принтер на 3 поверсі не друкує, E5",
    "ноутбук не вмикається з ранку, NB-0442",
    "the VPN drops every ten minutes, Windows 11",
    "Potrebujem druhý monitor do piatku",
    "το Outlook δεν ανοίγει από χθες",
    "non riesco ad accedere al gestionale, utente m.rossi",
    "1. INV-20418 2. з ранку",
    "не знаю",
    "1. don't know\n2. since Monday\n3. restarted twice",
    "asset INV-77, the rest I don't know",
    "Windows 11, celá firma",
    "принтер на 5 поверсі жує папір",
    "my Outlook keeps crashing",
    "стало гірше",
    "correction: 2nd floor",
    "Принтер",
    "Computer",
    "hello",
    THANKS,
    "як там моя заявка?",
    "хочу поговорити з людиною",
    "?",
)
FORM_WORDS = ("INV-20418", "з ранку", "2 поверх", "", "щось", "m.rossi")
BURST = timedelta(minutes=1)
MAREK = Agent(id=1, login="marek", name="Marek Novák")
words = st.sampled_from(TEXTS)
chats = st.sampled_from(CHATS)


class Exchanges(RuleBasedStateMachine):
    """Olena and Ivan write to one desk; an agent works on their tickets."""

    def __init__(self):
        super().__init__()
        self.desk, self.number = Desk(), 0
        self.arrived = {}  # key: message
        self.held, self.talk = [], set()
        self.heard_at = {}  # address: when something was last said there
        self.settled = {}  # ticket: fields that were answered or declined
        self.reminded, self.wanted, self.touched = [], set(), set()

    # what people do

    @rule(chat=chats, text=words)
    def write(self, chat, text):
        self.arrive(self.said(chat, text))

    @rule(chat=chats, text=words)
    def write_what_is_delayed(self, chat, text):
        self.held.append(self.said(chat, text))

    @rule()
    def the_delayed_comes(self):
        while self.held:
            self.arrive(self.held.pop())

    @precondition(lambda self: self.arrived)
    @rule(pick=st.data(), text=words)
    def answer_a_message(self, pick, text):
        """Anybody may quote any number: those of others mean nothing in one's own chat."""
        chat = pick.draw(chats)
        known = [m.external_id for m in self.arrived.values()]
        known += [f"d{n + 1}" for n in range(len(self.desk.rows.deliveries))]
        quoted_id = pick.draw(st.sampled_from(known))
        self.arrive(replace(self.said(chat, text), quoted_id=quoted_id))

    @rule(chat=chats, count=st.integers(1, 3), text=st.sampled_from(("", *TEXTS[:2])))
    def send_photos(self, chat, count, text):
        album = f"g{self.number}" if count > 1 else ""
        for at in range(count):
            photo = IncomingFile(source=f"f{at}", name=f"{at}.jpg")
            message = self.said(chat, "" if at else text)
            self.arrive(replace(message, files=(photo,), album=album))

    @precondition(lambda self: self.buttons())
    @rule(pick=st.data(), chat=chats)
    def tap(self, pick, chat):
        choice = pick.draw(st.sampled_from(self.buttons()))
        tap = says(kind=MessageKind.TAP, address=chat, tap=choice, tap_id="t", external_id="")
        self.arrive(tap)

    @precondition(lambda self: self.buttons("move|"))
    @rule(pick=st.data())
    def tap_where_a_message_belongs(self, pick):
        self.tap_own(pick.draw(st.sampled_from(self.buttons("move|"))))

    @precondition(lambda self: self.buttons("correct|"))
    @rule(pick=st.data(), text=words)
    def correct(self, pick, text):
        choice = pick.draw(st.sampled_from(self.buttons("correct|")))
        self.tap_own(choice)
        self.arrive(self.said(self.desk.rows.tickets[int(choice.split("|")[1])].address, text))

    def tap_own(self, choice):
        chat = self.desk.rows.tickets[int(choice.split("|")[1])].address
        tap = says(kind=MessageKind.TAP, address=chat, tap=choice, tap_id="t", external_id="")
        self.arrive(tap)

    @precondition(lambda self: self.texts())
    @rule(pick=st.data(), text=words)
    def edit(self, pick, text):
        """Of a message that was delayed only the edit comes: order is kept within a chat."""
        message = pick.draw(st.sampled_from(self.texts()))
        self.held = [held for held in self.held if held.external_id != message.external_id]
        self.arrive(replace(message, kind=MessageKind.EDIT, text=text))

    @precondition(lambda self: self.arrived)
    @rule(pick=st.data())
    def the_platform_repeats_itself(self, pick):
        key = pick.draw(st.sampled_from(sorted(self.arrived)))
        before = (dict(self.desk.rows.entries), len(self.desk.rows.deliveries))
        self.desk.receive(self.arrived[key], key)
        assert before == (self.desk.rows.entries, len(self.desk.rows.deliveries))

    @precondition(lambda self: self.desk.rows.tickets)
    @rule(pick=st.data())
    def fill_the_form(self, pick):
        ticket = pick.draw(st.sampled_from(sorted(self.desk.rows.tickets.values(), key=by_id)))
        fields = CATALOGUE.categories[ticket.category].ask if ticket.category else ()
        answers = {name: pick.draw(st.sampled_from(FORM_WORDS)) for name in fields}
        answers[CATEGORY] = pick.draw(st.sampled_from(("", *CATALOGUE.categories)))
        form = self.said(PAGE, "")
        self.arrive(replace(form, kind=MessageKind.FORM, answers=answers, proven_ticket=ticket.id))

    @precondition(lambda self: self.desk.rows.tickets)
    @rule(pick=st.data(), status=st.sampled_from(list(Status)))
    def an_agent_goes_on(self, pick, status):
        number = pick.draw(st.sampled_from(sorted(self.desk.rows.tickets)))
        ticket = self.desk.rows.tickets[number]
        worked = replace(ticket, status=status, first_response_at=self.desk.moment)
        self.desk.rows.tickets[number] = worked
        self.touched.add(number)

    @precondition(lambda self: self.desk.rows.tickets)
    @rule(pick=st.data())
    def an_agent_answers(self, pick):
        number = pick.draw(st.sampled_from(sorted(self.desk.rows.tickets)))
        done(self.desk.service.reply(MAREK, number, Reply(text="Вже дивлюся", once="")))

    @precondition(lambda self: self.desk.rows.tickets)
    @rule(pick=st.data())
    def an_agent_asks(self, pick):
        """For anything that the category knows, also what was answered or declined."""
        live = [t for t in self.desk.rows.tickets.values() if t.status.is_live]
        if live:
            ticket = pick.draw(st.sampled_from(sorted(live, key=by_id)))
            names = st.sampled_from(FORMS.askable(ticket))
            fields = pick.draw(st.sets(names, min_size=1, max_size=3))
            done(self.desk.service.ask(MAREK, ticket.id, Asking(fields=fields, once="")))
            assert set(self.desk.rows.tickets[ticket.id].asked) == fields
            assert self.desk.rows.tickets[ticket.id].status is Status.PENDING
            self.settled[ticket.id] = self.settled.get(ticket.id, set()) - fields
            self.wanted.add(ticket.id)

    @rule(minutes=st.sampled_from((1, 15, 250, 600, 1500)))
    def time_passes(self, minutes):
        self.desk.moment += timedelta(minutes=minutes)

    @rule()
    def timers_ring(self):
        before, silent = dict(self.desk.rows.tickets), self.nobody_has_spoken()
        posted = len(self.desk.rows.deliveries)
        self.desk.ring()
        for delivery in self.desk.rows.deliveries[posted:]:
            if delivery.operation is Operation.SEND:
                assert delivery.ticket_id in silent
                assert before[delivery.ticket_id].status.is_live
                assert is_open(self.desk.moment)
                self.reminded.append(delivery.ticket_id)
        for number, ticket in self.desk.rows.tickets.items():
            assert ticket.answers == before[number].answers
            assert ticket.asked in (before[number].asked, ())

    def nobody_has_spoken(self):
        """Tickets whose card is the last word of all that were said there or in that chat."""
        rows, silent = self.desk.rows, set()
        for ticket in rows.tickets.values():
            card = ticket.card_id and rows.deliveries[ticket.card_id - 1].entry_id
            since = [e for e in rows.entries.values() if card and e.id > card]
            chat = [e for e in since if rows.origins[e.id][0] == ticket.address]
            here = [e for e in since if e.ticket_id == ticket.id and has_spoken(e)]
            if card and not (chat or here):
                silent.add(ticket.id)
        return silent

    @rule()
    def the_desk_restarts(self):
        self.desk.restart()

    # how it arrives

    def said(self, chat, text):
        self.number += 1
        message = says(text, address=chat, external_id=f"m{self.number}")
        return replace(message, sent_at=self.desk.moment)

    def arrive(self, message):
        key = f"k{len(self.arrived)}"
        before, deliveries = dict(self.desk.rows.tickets), len(self.desk.rows.deliveries)
        entries = dict(self.desk.rows.entries)
        self.desk.receive(message, key)
        self.arrived[key] = message
        for entry in entries.values():
            if self.desk.rows.entries[entry.id].ticket_id != entry.ticket_id:
                self.check_move(entry, self.desk.rows.entries[entry.id].ticket_id)
        self.note_small_talk(message, before)
        if message.kind is MessageKind.TEXT and message.text != THANKS:  # which may end it
            self.check_answered(message, self.desk.rows.deliveries[deliveries:])
        after = self.desk.rows.tickets
        assert len(after) <= len(before) + (not self.opens_nothing(message))
        writer = self.writer(message)
        others = {n: t for n, t in before.items() if t.person_id != writer}
        assert all(after[number] == ticket for number, ticket in others.items())
        for delivery in self.desk.rows.deliveries[deliveries:]:
            assert self.desk.rows.handles[delivery.address].person_id == writer
            assert delivery.ticket_id not in others

    def check_answered(self, message, since):
        """At once, unless the bot has spoken there within the minute: then it was one burst."""
        heard_at = self.heard_at.get(message.address)
        if any(delivery.address == message.address for delivery in since):
            self.heard_at[message.address] = self.desk.moment
        elif heard_at is None or self.desk.moment - heard_at > BURST:
            raise AssertionError(f"nobody answered {message.text!r}")

    def check_move(self, entry, target):
        """What the message gave has left with it, both timelines say so, and it may be asked."""
        source = self.desk.rows.tickets[entry.ticket_id]
        gave = Share.read(entry.facts) or Share()
        for name, value in gave.answers.items():
            assert source.answers.get(name) != value or gave.before.get(name) == value
        marks = [(e.ticket_id, e.change.what, e.change.after) for e in self.changes_now()]
        assert (source.id, "moved_to", str(target)) in marks
        assert (target, "moved_from", str(source.id)) in marks
        self.settled[source.id] = set()

    def changes_now(self):
        return [e for e in self.desk.rows.entries.values() if e.change is not None]

    def writer(self, message):
        if message.kind is MessageKind.FORM:
            return self.desk.owner_of(message.proven_ticket)
        return self.desk.rows.handles[message.address].person_id

    def opens_nothing(self, message):
        is_tap = message.kind is MessageKind.TAP and not message.tap.endswith("|new")
        return is_tap or message.kind is MessageKind.FORM

    def note_small_talk(self, message, before):
        """Small talk amid no ticket is answered and kept nowhere."""
        if message.kind in (MessageKind.TEXT, MessageKind.EDIT):
            language = LANGUAGES[0]
            read = READER.understand(message.text, hint_language=language, now=message.sent_at)
            own = [t for t in before.values() if t.person_id == self.writer(message)]
            has_live = any(t.status.is_live for t in own)
            if not has_live and small_talk(READER, message, read):
                self.talk.add((message.address, message.external_id))

    def buttons(self, beginning=""):
        found = dict.fromkeys(
            choice.data for delivery in self.desk.rows.deliveries for choice in choices(delivery)
        )
        return [data for data in found if data.startswith(beginning)]

    def texts(self):
        return [m for m in (*self.arrived.values(), *self.held) if m.kind is MessageKind.TEXT]

    # what must hold

    @invariant()
    def nobody_is_reminded_twice(self):
        assert len(self.reminded) == len(set(self.reminded))

    @invariant()
    def nothing_breaks(self):
        assert not self.desk.rows.quarantined

    @invariant()
    def each_message_is_on_exactly_one_timeline(self):
        origins = self.desk.rows.origins
        kept = [(origins[e.id][0], e.external_id) for e in self.desk.requester_entries()]
        assert len(kept) == len(set(kept))
        albums = {(a[0], a[1]) for a in origins.values() if a[1]}
        for message in self.arrived.values():
            place = (message.address, message.external_id)
            if message.kind is MessageKind.TAP or (message.address, message.album) in albums:
                continue
            assert place in kept or place in self.talk

    @invariant()
    def whatever_is_open_has_something_said_in_it(self):
        spoken = {
            entry.ticket_id for entry in self.desk.rows.entries.values() if has_spoken(entry)
        }
        for ticket in self.desk.rows.tickets.values():
            if ticket.id not in spoken and ticket.id not in self.touched:
                assert (ticket.status, ticket.asked) == (Status.CLOSED, ())
                assert set(ticket.answers) <= ticket.assumed

    @invariant()
    def a_guess_gives_no_values(self):
        for entry in self.desk.requester_entries():
            if entry.facts.get("unsure"):
                gave = Share.read(entry.facts)
                assert (dict(gave.answers), gave.declined, gave.category) == ({}, (), "")

    @invariant()
    def no_photo_is_lost_or_doubled(self):
        first = [m for m in self.arrived.values() if m.kind is not MessageKind.EDIT]
        sent = sum(len(message.files) for message in first)
        assert sum(len(entry.files) for entry in self.desk.requester_entries()) == sent

    def cards(self):
        """Each card that went out, by its delivery, as it looks now."""
        shown = {}
        for number, delivery in enumerate(self.desk.rows.deliveries, start=1):
            if isinstance(delivery.body, Card):
                is_new = delivery.operation is Operation.SEND
                shown[number if is_new else delivery.target_id] = delivery
        return shown

    @invariant()
    def each_ticket_has_one_card_at_a_time(self):
        asking = {}
        for number, delivery in self.cards().items():
            if delivery.body.questions:
                assert delivery.ticket_id not in asking
                asking[delivery.ticket_id] = number
        for number, card_id in asking.items():
            assert self.desk.rows.tickets[number].card_id == card_id

    @invariant()
    def another_card_comes_only_when_an_agent_asks(self):
        sent = [
            d.ticket_id
            for d in self.desk.rows.deliveries
            if isinstance(d.body, Card) and d.operation is Operation.SEND
        ]
        assert {number for number in sent if sent.count(number) > 1} <= self.wanted

    @invariant()
    def the_card_asks_for_all_that_is_missing_at_once(self):
        cards = self.cards()
        for ticket in self.desk.rows.tickets.values():
            if ticket.ask is None and ticket.asked not in ((), (CATEGORY,)):
                missing = FORMS.asked(ticket.category, ticket.answers, ticket.declined)
                assert ticket.asked == missing
            if ticket.card_id is not None:
                shown = cards[ticket.card_id].body.questions
                assert shown == FORMS.card(ticket, ticket.created_at).questions

    @invariant()
    def only_own_words_are_assumed(self):
        """Whatever stands from before was once said, by the same person."""
        said = {(e.ticket_id, e.change.after) for e in self.changes("answer", "confirmed")}
        for ticket in self.desk.rows.tickets.values():
            own = [
                t.id for t in self.desk.rows.tickets.values() if t.person_id == ticket.person_id
            ]
            told = {value for number, value in said if number in own} | self.opened_with(own)
            assert {ticket.answers[name] for name in ticket.assumed} <= told
            assert not ticket.assumed & ticket.declined

    def changes(self, *kinds):
        return [e for e in self.changes_now() if e.change.what.partition(":")[0] in kinds]

    def opened_with(self, numbers):
        """What first messages of these tickets said."""
        return {value for number in numbers for value in self.desk.rows.opened[number].values()}

    @invariant()
    def nothing_is_asked_again(self):
        for ticket in self.desk.rows.tickets.values():
            known = self.settled.setdefault(ticket.id, set())
            said = (ticket.answers.keys() - ticket.assumed) | ticket.declined
            known |= said - set(ticket.asked if ticket.ask else ())
            assert not known & set(ticket.asked)


def has_spoken(entry):
    is_said = entry.author is Author.AGENT and entry.kind is EntryKind.MESSAGE
    return is_said or entry.author is Author.REQUESTER


def is_open(moment):
    return PATIENCE.opens_at(moment) <= moment


def by_id(ticket):
    return ticket.id


def choices(delivery):
    body = delivery.body
    if isinstance(body, Card):
        asked = [choice for question in body.questions for choice in question.choices]
        return [*asked, *body.actions]
    return [choice for row in body.choices for choice in row]


TestExchanges = Exchanges.TestCase
TestExchanges.settings = settings(
    max_examples=100, stateful_step_count=30, derandomize=True, database=None
)
