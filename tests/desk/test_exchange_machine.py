"""Whatever people do, in whatever order it arrives, over a real database that outlives programs.

Two people write, send photos, tap, edit and fill in forms; an agent works on their tickets. What
must hold of it, `onlooker` knows.
"""

import secrets
import shutil
from datetime import timedelta

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)

from intake.tickets import Status
from tests.conftest import Clock
from tests.desk.onlooker import CATALOGUE, Onlooker
from tests.desk.phone import a_message
from tests.desk.street import Street

OLENA, IVAN = 100, 200
TROUBLES = (
    "принтер на 3 поверсі не друкує, E5",
    "ноутбук не вмикається з ранку, NB-0442",
    "the VPN drops every ten minutes, Windows 11",
    "Potrebujem druhý monitor do piatku",
    "το Outlook δεν ανοίγει από χθες",
    "non riesco ad accedere al gestionale, utente m.rossi",
    "принтер на 5 поверсі жує папір",
    "my Outlook keeps crashing",
)
ANSWERS = (
    "1. INV-20418 2. з ранку",
    "1. don't know\n2. since Monday\n3. restarted twice",
    "asset INV-77, the rest I don't know",
    "Windows 11, celá firma",
    "стало гірше",
    "correction: 2nd floor",
    "Принтер",
    "Computer",
)
# Nothing that a timeline needs, though amid a ticket some of it belongs there.
HUMAN = "хочу поговорити з людиною"  # goes to a person at once, who asks what is needed
TALK = ("hello", "дякую!", "як там моя заявка?", HUMAN, "?", "не знаю")
FORM_WORDS = ("INV-20418", "з ранку", "2 поверх", "щось", "m.rossi")
PHOTO = {"file_unique_id": "a", "width": 800, "height": 600, "file_size": 90_000}

people = st.sampled_from((OLENA, IVAN))
texts = st.sampled_from((*TROUBLES, *ANSWERS, *TALK))


class Exchanges(RuleBasedStateMachine):
    """`make_street` gives a desk of its own to each."""

    def __init__(self, make_street):
        super().__init__()
        self.street = make_street()
        self.watch = Onlooker(self.street)
        self.number = 0
        self.messages = {}  # (person, message): as it came last
        self.payloads = []  # with their person
        self.held = []  # payloads on their way, with their person and message
        self.pages = []  # forms that are open in a browser, with their ticket
        self.buttons = []  # (person, tap): all that ever stood on a phone

    def teardown(self):
        self.street.close()

    # what people do

    @rule(person=people, text=texts)
    def write(self, person, text):
        self.send(self.message(person, text))

    @rule(person=people, text=texts)
    def write_what_is_delayed(self, person, text):
        self.held.append(self.message(person, text))

    @precondition(lambda self: self.held)
    @rule(dies=st.booleans())
    def the_delayed_comes_in_another_order(self, dies):
        """All at once, and perhaps the program ends before it has looked at it."""
        held, self.held = self.held[::-1], []
        self.take(*held, dies=dies)

    @precondition(lambda self: self.messages)
    @rule(person=people, text=texts, pick=st.data())
    def answer_a_message(self, person, text, pick):
        """Anybody may quote any number: those of others mean nothing in one's own chat."""
        shown = [number for chat in self.street.phones.chats.values() for number in chat]
        quoted = pick.draw(st.sampled_from([*shown, *(number for _, number in self.messages)]))
        self.send(self.message(person, text, reply_to_message=a_message(quoted, person, "")))

    @rule(person=people, count=st.integers(1, 3), text=st.sampled_from(("", *TROUBLES[:2])))
    def send_photos(self, person, count, text):
        album = f"album{self.number}" if count > 1 else ""
        for at in range(count):
            more = {"media_group_id": album} if album else {}
            more |= {"caption": text} if text and not at else {}
            photo = [{**PHOTO, "file_id": f"f{self.number}"}]
            self.send(self.message(person, "", photo=photo, **more))

    @precondition(lambda self: self.on_phones())
    @rule(pick=st.data())
    def tap(self, pick):
        person, tap = pick.draw(st.sampled_from(self.on_phones()))
        number, is_live = int(tap.split("|")[1]), self.is_live(int(tap.split("|")[1]))
        asks = self.watch.seen.cards().get(number, ())
        self.send_tap(person, tap)
        verb, *rest = tap.split("|")
        if verb == "set" and is_live and rest[1] in asks:
            assert self.watch.seen.tickets[number]["answers"][rest[1]] == rest[2]

    @precondition(lambda self: self.buttons)
    @rule(pick=st.data(), person=people)
    def tap_what_stood_anywhere(self, pick, person):
        """An app may show what has changed since, and a forger knows others' buttons."""
        self.send_tap(person, pick.draw(st.sampled_from(self.buttons))[1])

    @precondition(lambda self: self.on_phones("correct|"))
    @rule(pick=st.data(), text=texts)
    def correct(self, pick, text):
        person, tap = pick.draw(st.sampled_from(self.on_phones("correct|")))
        self.send_tap(person, tap)
        self.send(self.message(person, text))

    @precondition(lambda self: self.written())
    @rule(pick=st.data(), text=texts)
    def edit(self, pick, text):
        """Of a message that was delayed only the edit comes: order is kept within a chat."""
        key = pick.draw(st.sampled_from(self.written()))
        self.held = [one for one in self.held if one[1] != key]
        message = self.messages[key] = {**self.messages[key], "text": text}
        self.send(
            (self.street.payload(edited_message={**message, "edit_date": self.seconds()}), key)
        )

    @precondition(lambda self: self.payloads)
    @rule(pick=st.data())
    def the_platform_repeats_itself(self, pick):
        before = self.street.rows()
        self.street.accept(pick.draw(st.sampled_from(self.payloads)))
        self.street.work()
        assert self.street.rows() == before

    @precondition(lambda self: self.watch.seen.tickets)
    @rule(pick=st.data())
    def open_the_form(self, pick):
        number = pick.draw(st.sampled_from(sorted(self.watch.seen.tickets)))
        page = self.street.open_form(number)
        if self.is_live(number):
            self.pages.append((number, page))

    @precondition(lambda self: self.pages)
    @rule(pick=st.data(), stays=st.booleans(), repeats=st.booleans())
    def send_the_form(self, pick, stays, repeats):
        """Now or long after it was opened; who goes back may send it again, changed or not."""
        number, page = pick.draw(st.sampled_from(self.pages))
        if not stays:
            self.pages.remove((number, page))
        inputs = [name for name in page.values() if name.startswith("f-")]
        words = st.dictionaries(st.sampled_from(inputs), st.sampled_from(FORM_WORDS), max_size=3)
        typed = pick.draw(words) if inputs else {}
        category = pick.draw(st.sampled_from(("", *CATALOGUE["category"])))
        typed |= {"category": category} if category else {}
        before, was_live = self.watch.seen, self.is_live(number)
        status, *_ = [self.street.post_form(page, typed) for _ in range(1 + repeats)]
        self.street.work()
        self.look(before.owner(number))
        if was_live and status == 303:
            self.watch.check_form(number, typed, before)
        assert status in (303, 422) or not was_live

    # what else happens

    @precondition(lambda self: self.watch.seen.tickets)
    @rule(pick=st.data(), status=st.sampled_from(list(Status)))
    def an_agent_goes_on(self, pick, status):
        number = self.any_ticket(pick)
        self.street.set_status(number, status)
        self.watch.quiet.add(number)
        self.served(number)

    @precondition(lambda self: self.watch.seen.tickets)
    @rule(pick=st.data())
    def an_agent_answers(self, pick):
        number = self.any_ticket(pick)
        self.street.reply(number, "Вже дивлюся")
        self.watch.quiet.add(number)
        self.served(number)

    @precondition(lambda self: self.live())
    @rule(pick=st.data())
    def an_agent_asks(self, pick):
        """For anything that the category knows, also what was answered or declined.

        What an agent has asked in vain is asked on, unless it is given up.
        """
        number = pick.draw(st.sampled_from(self.live()))
        about = CATALOGUE["category"].get(self.watch.seen.tickets[number]["category"], {})
        known = [*about.get("ask", ()), *about.get("welcome", ())] or ["category"]
        fields = pick.draw(st.sets(st.sampled_from(known), min_size=1, max_size=3))
        is_waiting = self.watch.wanted.get(number)
        waiting = set(self.watch.seen.cards().get(number, ())) if is_waiting else set()
        given_up = (
            waiting - fields if pick.draw(st.booleans()) or len(waiting | fields) > 6 else ()
        )
        self.street.ask(number, fields, given_up)
        asked = (fields | waiting) - set(given_up)
        self.watch.wanted[number] = asked
        self.watch.settled[number] -= fields
        self.watch.recategorised.discard(number)
        self.watch.quiet.add(number)
        self.served(number)
        assert set(self.watch.seen.cards()[number]) == asked

    @rule(minutes=st.sampled_from((1, 15, 250, 600, 1500)))
    def time_passes(self, minutes):
        self.street.clock.moment += timedelta(minutes=minutes)

    @rule()
    def timers_ring(self):
        before = self.watch.seen
        self.street.ring()
        self.look(asks=False)
        for number, ticket in before.tickets.items():
            assert self.watch.seen.tickets[number]["answers"] == ticket["answers"]
        for row in self.watch.seen.deliveries[len(before.deliveries) :]:
            self.watch.quiet.add(row["ticket_id"])
            if row["operation"] == "send":
                self.watch.check_reminder(row["ticket_id"], before)

    @rule()
    def the_program_restarts(self):
        self.street.restart()
        self.look()

    # how it comes

    def message(self, person, text, **more):
        self.number += 1
        message = a_message(self.number, person, text) | {"date": self.seconds()} | more
        if not text:
            del message["text"]
        self.messages[person, self.number] = message
        return self.street.payload(message=message), (person, self.number)

    def seconds(self):
        return int(self.street.clock.now().timestamp())

    def send(self, sent):
        self.take(sent)

    def take(self, *sent, dies=False):
        self.street.accept(*(payload for payload, _ in sent))
        if dies:
            self.street.restart()
        self.street.work()
        self.payloads += [payload for payload, _ in sent]
        for _, key in sent:
            self.note(key)
        is_wish = any(self.messages[key].get("text") == HUMAN for _, key in sent)
        persons = {person for _, (person, _) in sent}
        person = persons.pop() if len(persons) == 1 else None
        keys = [key for _, key in sent]
        opening = [key for _, key in sent if self.may_open(key)]
        self.look(person, keys, may_open=len(opening), asks=not is_wish)

    def may_open(self, key):
        """Not where nothing is told, nor by the words of a trouble that stands open already."""
        person, message = key[0], self.messages[key]
        text = message.get("text", message.get("caption", ""))
        own = [number for number in self.live() if self.watch.seen.owner(number) == person]
        if not own and text in TALK:
            return text == HUMAN
        opened = {self.watch.opened.get(number) for number in own}
        return "photo" in message or not text or text not in opened

    def note(self, key):
        """What must stand on a timeline from now on."""
        message = self.messages[key]
        is_content = message.get("text", message.get("caption", "")) in (*TROUBLES, *ANSWERS)
        self.watch.note(key, message, is_content=is_content)

    def send_tap(self, person, tap):
        tapper, message = a_message(1, person, "")["from"], a_message(1, person, "card")
        query = {"id": f"cb{self.street.update}", "from": tapper, "data": tap, "message": message}
        payload = self.street.payload(callback_query={**query, "chat_instance": "1"})
        self.street.accept(payload)
        self.street.work()
        self.payloads.append(payload)
        number = int(tap.split("|")[1])
        if self.watch.seen.owner(number) == person:
            self.watch.quiet |= {number} if tap.startswith("send|") else set()
            self.watch.recategorised |= {number} if tap.startswith("recat|") else set()
        self.look(person, may_open=tap.endswith("|new"))

    def served(self, number):
        self.street.work()
        self.look(self.watch.seen.owner(number))

    def look(self, person=None, messages=(), may_open=0, asks=True):
        self.watch.look(person, messages, may_open=may_open, asks=asks)
        for owner, chat in self.street.phones.chats.items():
            for shown in chat.values():
                fresh = [(owner, tap) for tap in shown.taps if (owner, tap) not in self.buttons]
                self.buttons += fresh

    # what there is

    def on_phones(self, beginning=""):
        chats = self.street.phones.chats.items()
        return [
            (person, tap)
            for person, chat in chats
            for shown in chat.values()
            for tap in shown.taps
            if tap.startswith(beginning)
        ]

    def written(self):
        return [key for key, message in self.messages.items() if "text" in message]

    def any_ticket(self, pick):
        return pick.draw(st.sampled_from(sorted(self.watch.seen.tickets)))

    def live(self):
        return sorted(filter(self.is_live, self.watch.seen.tickets))

    def is_live(self, number):
        return self.watch.seen.is_live(number)


@pytest.fixture
def street_of(tmp_path):
    """Makes a street of its own for each life, around a database at this address."""

    def make(database):
        folder = tmp_path / secrets.token_hex(4)
        return Street(folder, database, Clock())

    return make


def test_whatever_people_do_it_holds(sqlite_template, tmp_path, street_of):
    def make_street():
        path = tmp_path / f"{secrets.token_hex(4)}.db"
        shutil.copy(sqlite_template, path)
        return street_of(f"sqlite:///{path}")

    live(make_street, lives=40)


@pytest.mark.postgresql
def test_it_holds_on_postgresql_too(postgresql, postgresql_template, street_of):
    names = []

    def make_street():
        names.append(f"desk_{secrets.token_hex(4)}")
        return street_of(postgresql.create(names[-1], postgresql_template))

    live(make_street, lives=10)
    for name in names:
        postgresql.drop(name)


def live(make_street, lives):
    chosen = settings(
        max_examples=lives,
        stateful_step_count=30,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),  # a life that fails is told as it was
    )
    run_state_machine_as_test(lambda: Exchanges(make_street), settings=chosen)
