"""How an employee reaches the desk: a chat in one of four apps, a mailbox, a form in a browser.

Each door shows what its person sees and takes what they do. All of it goes over real sockets, to
and from the platform that is simulated.
"""

import re
from html.parser import HTMLParser

import aiohttp

from simulators.mail_letters import Enclosure
from simulators.telegram_api import Upload, draw_picture

PICTURE = draw_picture(320, 240)
LINK = re.compile(r"https?://\S+/form/\S+")
CARD = re.compile(r"^#\d+")


class TelegramDoor:
    """A card changes in place, so that several of its buttons may be tapped one after another."""

    channel, taps_at_once = "telegram", True

    def __init__(self, world, person):
        self.phones, self.person, self.address = world.telegram, person, str(person.id)

    def write(self, text):
        self.phones.write(self.person, text)

    def show(self, text):
        self.phones.send_photo(self.person, PICTURE, caption=text)

    def tap(self, data):
        self.phones.tap(self.person, data)

    def turn_away(self):
        """The card stays where it is."""

    def _card(self):
        answers = self.phones.answers(self.person)
        return next((one for one in reversed(answers) if CARD.match(one.text)), None)

    @property
    def words(self):
        card = self._card()
        return card.text if card else ""

    @property
    def buttons(self):
        card = self._card()
        return [one for row in card.buttons for one in row] if card else []

    @property
    def taps(self):
        return [one.callback for one in self.buttons if one.callback]

    @property
    def moves(self):
        """What the newest message offers where it is not sure what one's words belong to."""
        newest = self.phones.answers(self.person)[-1]
        return moves_of(one.callback for row in newest.buttons for one in row)

    @property
    def link(self):
        return next((one.url for one in self.buttons if one.url), "")


class Pushed:
    """A chat in which nothing changes: what has come since the person's last act counts."""

    taps_at_once = False

    def __init__(self, phones, person):
        self.phones, self.person, self.acted_at = phones, person, 0

    @property
    def chat(self):
        return self.phones.chat_of(self.person)

    @property
    def address(self):
        return self.chat.user_id

    def write(self, text):
        self.turn_away()
        self.phones.write(self.person, text)

    def tap(self, data):
        self.turn_away()
        self.phones.tap(self.person, f"tap:{data}")

    def turn_away(self):
        self.acted_at = len(self.chat.entries)

    @property
    def moves(self):
        return moves_of(self.taps)

    @property
    def words(self):
        answers = self.phones.answers(self.person)
        return "\n".join(one.text for one in self.chat.entries[self.acted_at :] if one in answers)


class ViberDoor(Pushed):
    channel = "viber"

    def __init__(self, world, person):
        super().__init__(world.viber, person)

    def show(self, text):
        self.turn_away()
        self.phones.send_file(self.person, a_picture(), text)

    @property
    def taps(self):
        return [body.removeprefix("tap:") for body in self._bodies if body.startswith("tap:")]

    @property
    def link(self):
        return next((body for body in self._bodies if LINK.match(body)), "")

    @property
    def _bodies(self):
        return [one.get("ActionBody", "") for one in self.chat.keyboard]


class MetaDoor(Pushed):
    def __init__(self, world, person, channel):
        super().__init__(getattr(world.graph, channel), person)
        self.channel = channel

    def show(self, text):
        self.turn_away()
        self.phones.send_files(self.person, [a_picture()], text)

    @property
    def taps(self):
        payloads = [one.get("payload", "") for one in self.chat.replies]
        return [one.removeprefix("tap:") for one in payloads]

    @property
    def link(self):
        return found_link(self.words)


class MailDoor:
    """Answers stand above the mail that they answer."""

    channel, taps_at_once, taps, moves = "email", True, (), ()

    def __init__(self, world, person):
        self.server, self.address, self.said, self.count = world.mail, person.email, 0, 0

    def write(self, text, **parts):
        received, self.count = self.server.mails(self.address), self.count + 1
        self.turn_away()
        if received:
            self.server.reply(self.address, received[-1], text, **parts)
        else:
            self.server.write(self.address, " ".join(text.split()[:6]), text, **parts)

    def turn_away(self):
        self.said = len(self.server.mails(self.address))

    def show(self, text):
        picture = Enclosure(name="screen.jpg", media_type="image/jpeg", payload=PICTURE)
        self.write(text, attachments=[picture])

    @property
    def words(self):
        return "\n".join(one.text for one in self.server.mails(self.address)[self.said :])

    @property
    def link(self):
        return found_link(self.words)


DOORS = {
    "telegram": TelegramDoor,
    "viber": ViberDoor,
    "messenger": lambda world, person: MetaDoor(world, person, "messenger"),
    "instagram": lambda world, person: MetaDoor(world, person, "instagram"),
    "email": MailDoor,
}


def a_picture():
    return Upload(content=PICTURE, name="screen.jpg", mime_type="image/jpeg")


def moves_of(taps):
    return [tap for tap in taps if tap and tap.startswith("move|")]


def found_link(text):
    found = LINK.search(text)
    return found.group() if found else ""


class FormPage(HTMLParser):
    """A form as a browser without scripts has it: what is filled in, and what may be chosen."""

    def __init__(self, text):
        super().__init__()
        self.filled, self.choices, self._box, self._select = {}, {}, "", ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name, value = given.get("name", ""), given.get("value", "")
        match tag, given.get("type", ""):
            case "textarea", _:
                self._box, self.filled[name] = name, ""
            case "select", _:
                self._select, self.filled[name] = name, ""
            case "option", _ if "selected" in given:
                self.filled[self._select] = value
            case "input", "radio" | "checkbox":
                self.choices.setdefault(name, []).append(value)
                if "checked" in given:
                    self.filled[name] = value
            case "input", kind if name and kind != "file":
                self.filled[name] = value

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._box = ""

    def handle_data(self, text):
        if self._box:
            self.filled[self._box] += text


async def fill_form(link, answers, *, shows):
    """`answers`: words or a choice by field, None for what is not known. `shows`: a picture."""
    async with aiohttp.ClientSession() as browser:
        async with browser.get(link) as answer:
            assert answer.status == 200, await answer.text()
            page = FormPage(await answer.text())
        form = aiohttp.FormData(default_to_multipart=True, quote_fields=False)
        for name, words in (page.filled | typed(page, answers)).items():
            form.add_field(name, words)
        if shows:
            form.add_field("files", PICTURE, filename="screen.jpg", content_type="image/jpeg")
        async with browser.post(link, data=form) as answer:  # and where it leads to
            text = await answer.text()
            assert (answer.status, answer.url.path.endswith("/sent")) == (200, True), text


def typed(page, answers):
    inputs = {}
    for name, words in answers.items():
        is_choice = f"f-{name}" in page.choices
        if words is None:
            inputs |= {f"f-{name}": "?"} if is_choice else {f"u-{name}": "yes"}
        elif is_choice or f"f-{name}" in page.filled:
            inputs[f"f-{name}"] = words
        elif name == "category":
            inputs[name] = words
    return inputs
