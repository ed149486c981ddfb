"""One person on many channels, by the real program: codes over real SMTP, links, the way back.

Each person asks from one app; the code is read in their work mailbox and typed in that chat.
"""

import re
from dataclasses import replace

import aiohttp
import pytest
import pytest_asyncio

from simulators.people import crowd
from tests.journeys.everywhere import World
from tests.journeys.program import Program, running, until

pytestmark = [pytest.mark.journey, pytest.mark.asyncio(loop_scope="module")]
APPS = ("telegram", "viber", "messenger", "instagram")
CODE = re.compile(r"\b(\d{4} \d{4})\b")
PAGE = re.compile(r"http\S+/form/link/\S+")
SETTINGS = {
    "FIRSTLINE_TELEGRAM__NAME": "servicedesk_bot",
    "FIRSTLINE_META__INSTAGRAM_NAME": "service.desk",
}
PEOPLE = [replace(one, language_code="en") for one in crowd(8)]
BY_CODE, BY_LINK = [*zip(APPS, PEOPLE[:4], strict=True)], [*zip(APPS, PEOPLE[4:], strict=True)]
ADDRESSES = {
    "telegram": "https://t.me/servicedesk_bot?start=",
    "viber": "viber://pa?chatURI=servicedesk&context=",
    "messenger": "https://m.me/170002?ref=",
    "instagram": "https://ig.me/m/service.desk?ref=",
}


class Chat:
    """One person in one app, whatever the app calls things."""

    def __init__(self, world, app, person):
        graph = {"messenger": world.graph.messenger, "instagram": world.graph.instagram}
        self.phones = {"telegram": world.telegram, "viber": world.viber, **graph}[app]
        self.app, self.person = app, person

    def write(self, text):
        self.phones.write(self.person, text)

    async def follow(self, token):
        """What the app does with a link that was tapped in a mail."""
        match self.app:
            case "telegram":
                self.write(f"/start {token}")
            case "viber":
                await self.phones.open_chat(self.person, token)
            case "instagram":
                self.phones.follow(self.person, token)
                self.write("hello")  # it tells with the first words of somebody new
            case _:
                self.phones.follow(self.person, token)

    async def heard(self, words):
        """Until the newest answers hold these words."""
        return await until(lambda: self._last(words), 30.0)

    def _last(self, words):
        said = [one.text for one in self.phones.answers(self.person)[-3:]]
        return next((text for text in reversed(said) if words in text), "")


class Mailbox:
    def __init__(self, world, person):
        self.mail, self.address = world.mail, person.email

    def write(self, subject, text):
        self.mail.write(self.address, subject, text)

    async def found(self, pattern):
        """What the newest mail holds that has such a thing."""

        def newest():
            for mail in reversed(self.mail.mails(self.address)):
                if found := re.search(pattern, mail.text):
                    return found
            return None

        return await until(newest, 30.0)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("linking")
    async with World() as world:
        program = Program(folder, {**world.settings, **SETTINGS})
        async with running(program):
            listed = [f"{one.id},{one.full_name},{one.email}" for one in PEOPLE]
            (folder / "people.csv").write_text("\n".join(["id,name,mail", *listed]) + "\n")
            await program.call("people", "import", str(folder / "people.csv"))
            await world.subscribe(program.url)
            await program.call("meta", "webhook")
            await until(lambda: world.telegram.calls("getUpdates"), 60.0)
            yield world


async def asked(office, chat, mailbox):
    """A ticket by mail, and a chat that wants to be linked with it: the ticket's number."""
    mailbox.write("The projector", "The projector in room 12 shows no picture.")
    number = (await mailbox.found(r"#(\d{4})"))[1]
    chat.write(f"link {mailbox.address}")
    chat.write((await mailbox.found(CODE))[1])
    await chat.heard("this chat is connected with you")
    return number


async def undo(page):
    async with aiohttp.request("GET", page) as answer:
        assert "A chat is connected with you" in await answer.text()
    async with aiohttp.request("POST", page, data={"answer": "no"}) as answer:
        assert "It is undone" in await answer.text()


@pytest.mark.parametrize(("app", "person"), BY_CODE)
async def test_a_code_from_the_work_mailbox_links_and_the_mailbox_undoes(office, app, person):
    chat, mailbox = Chat(office, app, person), Mailbox(office, person)
    number = await asked(office, chat, mailbox)
    chat.write("/status")
    await chat.heard(f"#{number}")
    told = await mailbox.found(rf"A chat in {app.capitalize()} was connected with you")
    await undo((await mailbox.found(PAGE))[0])
    await chat.heard("This chat is on its own again")
    chat.write("/status")
    await chat.heard("You have no open tickets")
    assert told


@pytest.mark.parametrize(("app", "person"), BY_LINK)
async def test_a_link_in_a_mail_and_the_code_that_follows_it_link(office, app, person):
    chat, mailbox = Chat(office, app, person), Mailbox(office, person)
    mailbox.write("The projector", "The projector in room 14 shows no picture.")
    token = (await mailbox.found(re.escape(ADDRESSES[app]) + r"(\S+)"))[1]
    await chat.follow(token)
    chat.write((await mailbox.found(CODE))[1])
    await chat.heard("this chat is connected with you")
