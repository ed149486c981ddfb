"""The way out to Messenger and Instagram beside the contract: codes, windows, replies, files."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bots.meta.refusals import Refused
from bots.meta.send import CLOSED, result_of
from intake.messages import Fate
from intake.speech import (
    Accepted,
    Card,
    Choice,
    Permanent,
    Question,
    RetryAfter,
    Text,
    Unknown,
    UserGone,
)
from simulators import faults
from simulators.graph_api.server import SEND
from simulators.people import OLENA
from tests.bots.contract.channel import SILENT, dumped
from tests.bots.contract.meta import InstagramChannel, MessengerChannel

SCOPE = Question(
    number=1,
    label="Кого це стосується?",
    choices=tuple(Choice(label=f"Відділ {n}", data=f"set|1042|scope|{n}") for n in range(3)),
)
WIDE = Question(
    number=2,
    label="Що саме?",
    choices=(Choice(label="Друкує порожні сторінки", data="set|1042|what|blank"),),
)
PHONE = Question(number=3, label="Ваш телефон", is_phone=True)
CARD = Card(heading="#1042 · Принтер", intro="Дякую!", questions=(SCOPE, WIDE, PHONE))


@pytest.fixture(params=[MessengerChannel, InstagramChannel], ids=["messenger", "instagram"])
async def meta(request):
    driver = request.param()
    async with driver.opened():
        yield driver


@pytest.fixture
async def messenger():
    driver = MessengerChannel()
    async with driver.opened():
        yield driver


@pytest.fixture
async def instagram():
    driver = InstagramChannel()
    async with driver.opened():
        yield driver


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ((1, 0), RetryAfter), ((2, 0), RetryAfter), ((4, 0), RetryAfter), ((17, 0), RetryAfter),
        ((32, 0), RetryAfter), ((613, 0), RetryAfter), ((80006, 0), RetryAfter),
        ((190, 463), RetryAfter), ((10, 0), RetryAfter), ((10, 1893063), RetryAfter),
        ((2635, 0), RetryAfter), ((200, 0), RetryAfter), ((10, 2018278), Permanent),
        ((100, 0), Permanent), ((100, 2018109), Permanent), ((999, 0), Permanent),
        ((100, 2018001), UserGone), ((200, 1545041), UserGone), ((551, 1545041), UserGone),
    ],
)  # fmt: skip
def test_each_code_has_one_meaning(code, kind):
    assert type(result_of(Refused(*code, "x"))) is kind


@pytest.mark.parametrize("code", [190, 10, 200, 368, 2635])
def test_what_is_about_the_account_rests_the_account(code):
    assert result_of(Refused(code, 0, "x")).is_refused


def test_a_chat_that_another_app_holds_rests_nobody_elses():
    assert isinstance(result_of(Refused(10, 2018300, "another app has this chat")), Permanent)


async def test_who_has_the_token_without_the_secret_of_the_app_sends_nothing(meta):
    meta.graph._proof = {"appsecret_proof": "0" * 64}
    assert (await meta.send()).is_refused  # it rests until that is mended, and nothing is lost
    assert not meta.phones.answers(OLENA)


async def test_meta_is_waited_for_as_long_as_it_asks(meta):
    meta.api.faults.inject(faults.too_many_requests(17), on=SEND)
    assert (await meta.send()).seconds == 17


async def test_within_a_day_an_answer_is_an_answer(meta):
    await meta.send()
    (said,) = meta.api.calls(SEND)
    assert (said["messaging_type"], said["recipient"]) == ("RESPONSE", {"id": meta.person})


@pytest.mark.parametrize(
    ("days", "is_automatic", "has_feature", "kind"),
    [
        (2, False, True, Accepted), (2, True, True, Permanent), (2, False, False, Permanent),
        (8, False, True, Permanent),
    ],
)  # fmt: skip
async def test_within_a_week_only_what_a_human_wrote(meta, days, is_automatic, has_feature, kind):
    meta.heard.ago = timedelta(days=days)
    meta.phones.be_silent(OLENA, days * 86_400)
    meta.sender = meta._sender(has_human_agent=has_feature)
    result = await meta.send(is_automatic=is_automatic)
    assert type(result) is kind
    if kind is Accepted:
        assert meta.api.calls(SEND)[0]["tag"] == "HUMAN_AGENT"
    else:
        assert (result.reason, meta.api.calls(SEND)) == (CLOSED, [])


async def test_what_is_too_long_for_a_button_is_read_whole(messenger):
    await messenger.send(CARD)
    (card,) = messenger.shown()
    assert [*card.buttons] == ["1 · Відділ 0", "1 · Відділ 1", "1 · Відділ 2"]
    assert "2. Що саме? (Друкує порожні сторінки)" in card.text
    assert "Відділ 0" not in card.text


async def test_a_label_that_just_fits_goes_without_its_number_if_one_question_has_it(
    messenger,
):
    def question(number, *labels):
        choices = tuple(Choice(label=one, data=f"set|1042|q{number}|{one}") for one in labels)
        return Question(number=number, label="?", choices=choices)

    long, short = "Δεν μπορώ να δουλέψω", "Ναι"
    both = Card(heading="#1042", intro="", questions=(question(1, short), question(2, long)))
    await messenger.send(both)
    assert [*messenger.shown()[-1].buttons] == [f"1 · {short}", long]
    again = replace(both, questions=(*both.questions, question(3, long, short)))
    await messenger.send(again)
    assert [*messenger.shown()[-1].buttons] == [f"1 · {short}"]


async def test_on_instagram_every_choice_is_read_since_a_computer_shows_no_buttons(instagram):
    await instagram.send(CARD)
    (card,) = instagram.shown()
    assert "1. Кого це стосується? (Відділ 0 / Відділ 1 / Відділ 2)" in card.text
    assert len(card.buttons) == 3


async def test_quick_replies_come_last_so_that_nothing_takes_them_away(meta):
    rows = ((Choice(label="Так", data="solve|1042"),),)
    file = meta.enclosure("a.pdf", b"%PDF", "application/pdf")
    await meta.send(Text(text="Ось він.", choices=rows), attachments=(file,))
    assert [bool(one.buttons) for one in meta.shown()] == [False, True]


async def test_a_number_is_shared_by_one_tap(messenger):
    await messenger.send(Card(heading="#1042", intro="", questions=(PHONE,)))
    (said,) = messenger.api.calls(SEND)
    assert said["message"]["quick_replies"] == [{"content_type": "user_phone_number"}]


async def test_what_instagram_takes_as_no_file_goes_as_a_link(instagram):
    file = instagram.enclosure("журнал.log", b"line", "text/plain")
    assert isinstance(await instagram.send(Text(text="Ось."), attachments=(file,)), Accepted)
    words, link = instagram.shown()
    assert words.text == "Ось."
    assert link.text.startswith("журнал.log\nhttp")


async def test_an_agents_very_long_words_go_as_a_file(messenger):
    result = await messenger.send(Text(text="слово " * 3000), is_automatic=False)
    assert isinstance(result, Accepted)
    assert [len(one.files) for one in messenger.shown()] == [0, 1]


async def test_a_version_that_is_over_rests_the_account(meta):
    meta.graph._address = meta.graph._address.replace("v26.0", "v12.0")
    assert (await meta.send()).is_refused


async def test_of_several_messages_each_is_known_by_its_id(meta):
    result = await meta.send(Text(text="слово " * 500))
    assert [*result.parts, result.provider_id] == [one.mid for one in meta.phones.answers(OLENA)]
    assert len(result.parts) > 0


async def test_what_breaks_in_the_middle_is_unknown(messenger):
    messenger.api.faults.inject(faults.server_error(), on=SEND, skip=1)
    result = await messenger.send(Text(text="слово " * 500))
    assert result.reason.startswith("1 of 2 messages arrived")
    assert result.parts == (messenger.phones.answers(OLENA)[0].mid,)


async def test_what_nobody_answered_is_told_by_its_echo(messenger):
    await messenger.provoke(SILENT)
    assert isinstance(await messenger.send(Text(text="слово " * 500)), Unknown)
    messenger.graph.timeout = 30
    await messenger.send(Text(text="слово " * 300))
    emitted = messenger.api.webhook.emitted
    told = [one for body in emitted for one in messenger.read(dumped(body))]
    receipts = [one.receipt for one in told if one.receipt and one.receipt.delivery_id]
    last = messenger.phones.answers(OLENA)[-1]
    assert [(one.provider_id, one.fate, one.delivery_id) for one in receipts] == [
        (last.mid, Fate.SENT, 7)
    ]
