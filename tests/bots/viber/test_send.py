"""The way out to Viber beside the contract: statuses, keyboards, links of files, what costs."""

import json
from dataclasses import replace
from datetime import timedelta
from urllib.parse import unquote

import aiohttp
import pytest

from bots.failures import CallFailed
from bots.files import FileLinks
from bots.viber.fetch import ViberFetcher
from bots.viber.refusals import Refused
from bots.viber.send import BILLED, CLOSED, result_of
from intake.speech import (
    Accepted,
    Card,
    Choice,
    Enclosure,
    Link,
    Permanent,
    Question,
    RetryAfter,
    Text,
    Unknown,
    UserGone,
)
from simulators import faults
from simulators.people import OLENA
from simulators.telegram_api import Upload
from simulators.viber_api import TOKEN
from simulators.viber_api.server import DOWNLOAD
from tests.bots.contract.viber import ViberChannel
from tests.bots.fakes import NOW, StandingClock
from tests.conftest import begun

PHONE = Question(number=1, label="Ваш телефон", is_phone=True)
SCOPE = Question(
    number=2,
    label="Кого це стосується?",
    choices=tuple(Choice(label=f"Відділ {n}", data=f"set|1042|scope|{n}") for n in range(3)),
)
FORM = Link(label="Форма", url="https://desk.example.org/form/a7")
CARD = Card(heading="#1042 · Принтер", intro="Дякую!", questions=(PHONE, SCOPE), form=FORM)


@pytest.fixture
async def viber():
    driver = ViberChannel()
    async with driver.opened():
        yield driver


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (1, Permanent), (2, RetryAfter), (3, Permanent), (4, Permanent), (5, UserGone),
        (6, UserGone), (7, RetryAfter), (8, Permanent), (9, RetryAfter), (10, RetryAfter),
        (11, UserGone), (12, RetryAfter), (13, Permanent), (14, Permanent), (15, RetryAfter),
        (99, Permanent),
    ],
)  # fmt: skip
def test_each_status_has_one_meaning(status, kind):
    assert type(result_of(Refused(status, "x"))) is kind


@pytest.mark.parametrize(
    ("status", "kind"),
    [(429, RetryAfter), (502, RetryAfter), (413, Permanent), (400, RetryAfter), (403, RetryAfter),
     (404, RetryAfter), (407, RetryAfter)],
)  # fmt: skip
def test_so_has_what_a_server_in_between_says(status, kind):
    assert type(result_of(Refused(status, "", is_http=True))) is kind


async def test_a_proxy_that_refuses_a_file_does_not_make_it_gone(viber):
    viber.api.send_file(OLENA, Upload(content=b"x" * 9, name="log.txt", mime_type="text/plain"))
    (message,) = viber._newest()
    viber.api.faults.inject(faults.barred(), on=DOWNLOAD)
    fetcher = ViberFetcher(viber.viber)
    with pytest.raises(CallFailed):
        await fetcher.fetch(message.files[0].source)
    assert await fetcher.fetch(message.files[0].source) == b"x" * 9


async def test_too_many_to_one_person_pauses_nobody_else(viber):
    viber.api.chat_of(OLENA).unanswered = 100
    assert (await viber.send()).seconds == 0


async def test_a_server_in_between_is_waited_for_as_long_as_it_asks(viber):
    viber.api.faults.inject(faults.too_many_requests(17), on="send_message")
    assert (await viber.send()).seconds == 17


async def test_a_card_brings_its_keyboard_with_the_version_that_shows_it(viber):
    await viber.send(CARD)
    (said,) = viber.api.calls("send_message")
    assert said["min_api_version"] >= 3
    assert said["receiver"] == viber.person
    assert "auth_token" not in said
    buttons = [(one["ActionType"], one["Text"]) for one in said["keyboard"]["Buttons"]]
    assert buttons == [
        ("reply", "Відділ 0"), ("reply", "Відділ 1"), ("reply", "Відділ 2"),
        ("share-phone", "Ваш телефон"), ("open-url", "Форма"),
    ]  # fmt: skip
    viber.api.tap(OLENA, "Ваш телефон")
    (message,) = viber._newest()
    assert message.facts == {"contact": OLENA.phone.lstrip("+")}


async def test_a_number_can_be_shared_below_plain_words_and_proves_nothing(viber):
    """Anybody's card comes in just the same way."""
    await viber.send(Text(text="Хто ви?", phone="Мій номер"))
    viber.api.tap(OLENA, "Мій номер")
    (message,) = viber._newest()
    assert message.facts == {"contact": OLENA.phone.lstrip("+")}
    assert not message.is_own_contact


async def test_what_asks_nothing_takes_the_keyboard_away(viber):
    await viber.send(CARD)
    await viber.send(Text(text="Готово"))
    assert viber.api.chat_of(OLENA).keyboard == []


async def test_the_keyboard_comes_with_the_last_of_several_messages(viber):
    rows = ((Choice(label="Так", data="solve|1042"),),)
    file = viber.enclosure("a.pdf", b"%PDF", "application/pdf")
    await viber.send(Text(text="слово " * 2000, choices=rows), attachments=(file,))
    assert [bool(one.buttons) for one in viber.shown()] == [False, False, True]


async def test_letters_of_many_bytes_keep_a_request_below_30_kb(viber):
    assert isinstance(await viber.send(Text(text="👩‍🔧 " * 3000)), Accepted)
    sizes = [len(json.dumps(one, ensure_ascii=False).encode())
             for one in viber.api.calls("send_message")]  # fmt: skip
    assert len(sizes) > 1
    assert max(sizes) < 30_000


async def test_a_very_long_text_comes_as_a_file_with_its_beginning(viber):
    words = "рядок журналу\n" * 3000
    assert isinstance(await viber.send(Text(text=words)), Accepted)
    beginning, file = viber.shown()
    assert beginning.text.startswith("рядок журналу")
    assert file.files["1042.txt"].decode() == words


async def test_what_breaks_in_the_middle_is_unknown_and_says_how_far_it_came(viber):
    viber.api.faults.inject(faults.server_error(), on="send_message").skip = 1
    result = await viber.send(Text(text="слово " * 2000))
    assert isinstance(result, Unknown)
    assert result.reason.startswith("1 of 2 messages arrived")


async def test_a_picture_is_shown_and_a_large_one_is_a_file(viber):
    small = viber.enclosure("екран.png", b"\x89PNG small", "image/png")
    large = replace(viber.enclosure("план.png", b"\x89PNG large", "image/png"), size=2 << 20)
    await viber.send(Text(text=""), attachments=(small, large))
    assert [one["type"] for one in viber.api.calls("send_message")] == ["picture", "file"]


async def test_a_file_larger_than_viber_takes_is_said_before_anything_goes_out(viber):
    large = replace(viber.enclosure("disk.img", b"x", "application/x"), size=60 << 20)
    result = await viber.send(Text(text="Образ"), attachments=(large,))
    assert isinstance(result, Permanent)
    assert not viber.shown()


# what costs money


@pytest.mark.parametrize(
    ("ago", "goes"), [(timedelta(hours=23, minutes=59), True), (timedelta(hours=24), False)]
)
async def test_outside_of_the_session_nothing_goes_that_costs(viber, ago, goes):
    viber.heard.ago = ago
    result = await viber.send()
    assert result == Permanent(reason=CLOSED) if not goes else isinstance(result, Accepted)


async def test_where_it_may_cost_it_goes_and_what_was_charged_is_noted(viber):
    viber.heard.ago = timedelta(days=3)
    viber.api.billing_status = BILLED
    result = await replace(viber.sender, sends_paid=True).send(viber.delivery(), begun)
    assert isinstance(result, Accepted)
    assert "billing_status 5" in result.reason


# links of files


class Later:
    def now(self):
        return NOW + timedelta(days=8)


def test_a_link_names_one_file_for_some_days_and_cannot_be_made_up():
    file = Enclosure(name="звіт.pdf", media_type="application/pdf", size=1, sha256="f" * 64)
    links = FileLinks(key=b"k" * 32, address="https://desk.example.org/", clock=StandingClock())
    link = links.link(file)
    assert link.startswith("https://desk.example.org/sent/")
    assert unquote(link).endswith("/звіт.pdf")
    token = link.split("/")[-2]
    read = links.read(token)
    assert (read.name, read.sha256) == (file.name, file.sha256)
    assert replace(links, clock=Later()).read(token) is None
    assert replace(links, key=b"x" * 32).read(token) is None
    for broken in ("", ".", token[1:], token + "A", token.replace(".", ""), "ґ.ґ"):
        assert links.read(broken) is None


async def test_a_link_that_leads_nowhere_is_404_and_what_it_gives_is_never_run(viber):
    file = viber.enclosure("x.html", b"<script>", "text/html")
    link = viber.sender.links.link(file)
    async with aiohttp.ClientSession() as session:
        async with session.get(link) as answer:
            assert answer.headers["Content-Disposition"].startswith("attachment")
            assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
            assert await answer.read() == b"<script>"
        viber.blobs.kept.clear()
        for gone in (link, link.replace("/sent/", "/files/A")):
            async with session.get(gone) as answer:
                assert answer.status == 404


async def test_no_failure_tells_the_token(viber, capfd):
    for status in range(1, 17):
        viber.api.faults.inject(faults.refuse(status, "refused"), on="send_message")
        assert TOKEN not in repr(await viber.send())
    assert TOKEN not in "".join(capfd.readouterr())
