"""The demo's morning: believable as written, and told to its end whoever answers."""

import contextlib

import pytest

from desk.demo.morning import STARTERS, STORY, Act, Chats, Mails, Notes, Replies, Sets, Takes
from desk.demo.picture import HEIGHT, WIDTH, draw_flickering_screen
from desk.demo.story import tell
from intake.errors import Conflict
from intake.tickets import Status
from simulators.mail_server import MailServer
from simulators.people import CAST, GIULIA, OLENA, TOM
from simulators.telegram_api import TelegramApi
from simulators.telegram_api.files import picture_size


class PaperDesk:
    """Writes down what agents do, and counts tickets up from 1001."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.done: list[tuple[str, str, int]] = []

    async def ticket_of(self, person, channel):
        self.asked.append((person.first_name, channel))
        return 1000 + len(self.asked)

    async def take(self, login, number):
        self.done.append(("take", login, number))

    async def note(self, login, number, text):
        self.done.append(("note", login, number))

    async def reply(self, login, number, text):
        self.done.append(("reply", login, number))

    async def set_status(self, login, number, status):
        self.done.append((status, login, number))


class ForgetfulDesk(PaperDesk):
    """Knows no ticket of the phone, and lets nobody take anything."""

    async def ticket_of(self, person, channel):
        return None if channel == "telegram" else await super().ticket_of(person, channel)

    async def take(self, login, number):
        raise Conflict("taken", name="Ivan")


@pytest.fixture
def mail():
    return MailServer()


async def test_the_story_ends_even_when_nobody_answers(mail):
    telegram, desk = TelegramApi(), PaperDesk()
    await tell(STORY, telegram=telegram, mail=mail, answer=desk, within=0.001)
    acts = [act for act in STORY if not isinstance(act, (Chats, Mails))]
    assert len(desk.done) == len(acts)
    assert ("pending", "sofia", 1005) in desk.done
    assert len(desk.asked) == len({act.ticket for act in acts})


async def test_what_cannot_be_done_is_left_out_and_the_story_goes_on(mail):
    telegram, desk = TelegramApi(), ForgetfulDesk()
    await tell(STORY, telegram=telegram, mail=mail, answer=desk, within=0.001)
    assert {(what, number) for what, _, number in desk.done} == {
        ("reply", 1001),
        ("on_hold", 1001),
        ("reply", 1002),
    }


async def test_people_write_what_the_story_says(mail):
    telegram = TelegramApi()
    await tell(STORY, telegram=telegram, mail=mail, answer=PaperDesk(), within=0.001)
    assert [one.subject for one in mail.mails(mail.support)] == [
        act.subject for act in STORY if isinstance(act, Mails) and act.subject
    ]
    assert mail.mails(mail.support)[-1].attachments[0].name == "export-log.txt"
    photos = [act.person for act in STORY if isinstance(act, Chats) and act.photo]
    entry = telegram.chat(photos[0])[-1]
    assert (entry.kind, entry.text[:10]) == ("photo", "Lo schermo")


async def test_a_mail_into_a_thread_answers_the_newest_mail(mail):
    first = Mails(ticket="folder", person=CAST[0], subject="Доступ", text="Прошу доступ")
    second = Mails(ticket="folder", person=CAST[0], text="Погоджує Ірина")
    mail.write("desk@firstline.test", "Re: Доступ", "Хто погоджує?", to=(CAST[0].email,))
    await tell(
        (first, second), telegram=TelegramApi(), mail=mail, answer=PaperDesk(), within=0.001
    )
    asked = mail.mails(CAST[0].email)[0]
    answers = mail.mails("desk@firstline.test")
    assert [one.in_reply_to for one in answers] == [asked.message_id]


def channel_of(act: Act) -> str:
    return "telegram" if isinstance(act, Chats) else "email"


def test_nobody_has_two_tickets_in_one_channel():
    opened = {
        (a.person.id, channel_of(a), a.ticket) for a in STORY if isinstance(a, (Chats, Mails))
    }
    assert len(opened) == len({(person, channel) for person, channel, _ in opened})


def test_the_visitors_people_have_nothing_open_in_telegram():
    shown = {person.id for person in CAST}
    chats = {a.ticket for a in STORY if isinstance(a, Chats) and a.person.id in shown}
    last = {act.ticket: act for act in STORY if act.ticket in chats}
    assert chats
    assert all(isinstance(act, Sets) and act.status == "solved" for act in last.values())


def test_agents_act_only_on_what_has_been_written_and_only_by_words_the_desk_knows():
    written = set()
    for act in STORY:
        if isinstance(act, (Chats, Mails)):
            written.add(act.ticket)
        assert act.ticket in written
        assert isinstance(act, (Chats, Mails, Takes, Notes, Replies, Sets))
        with contextlib.suppress(AttributeError):
            assert act.status in set(Status)


def test_the_photo_is_a_picture():
    assert picture_size(draw_flickering_screen()) == (WIDTH, HEIGHT)


def test_everybody_on_the_page_has_prepared_words():
    assert set(STARTERS) == {person.id for person in CAST} == {OLENA.id, TOM.id, GIULIA.id}
