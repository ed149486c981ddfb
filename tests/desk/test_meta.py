"""A whole desk on Messenger and Instagram: what is answered past it, changed and taken back."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

import pytest
from pydantic import SecretStr

from bots.meta.receive import envelopes_of
from desk.channels import MetaSettings
from desk.settings import Settings, WebSettings
from desk.wiring import build_desk
from intake.flow.pace import Pace
from intake.speech import Accepted
from intake.tickets import Author
from tests.desk.phone import FREE, Phone

PAGE, INSTAGRAM, APP = "170002", "170003", 170001
OLENA = "7300111222333444"
HELP_DESK_INBOX = 263902037430900  # what Meta calls its own inbox


class MetaPhone(Phone):
    """Its platform says later how messages fare."""

    async def send(self, delivery, begin):
        receipt = await super().send(delivery, begin)
        return replace(receipt, has_receipts=True) if isinstance(receipt, Accepted) else receipt


class MetaExchange:
    """Olena writes, the desk works, the phone receives."""

    def __init__(self, desk, channel):
        self.desk, self.phone, self.mids = desk, MetaPhone(), count(1000)
        self.about, self.account = {
            "messenger": ("page", PAGE),
            "instagram": ("instagram", INSTAGRAM),
        }[channel]
        outward = desk.outward(channel, self.account, self.phone)
        self.outward = replace(outward, pace=Pace(account=FREE, address=FREE))

    async def event(self, about, *, is_ours=False):
        now = datetime.now(UTC)
        sides = [{"id": OLENA}, {"id": self.account}]
        sender, recipient = reversed(sides) if is_ours else sides
        event = {"sender": sender, "recipient": recipient, **about}
        event["timestamp"] = int(now.timestamp() * 1000)
        entry = {"id": self.account, "messaging": [event]}
        payload = json.dumps({"object": self.about, "entry": [entry]}).encode()
        await self.desk.service.accept(envelopes_of(payload, now))
        while await self.desk.inward.step() or await self.outward.step():
            pass

    async def write(self, text):
        mid = f"m_{next(self.mids)}"
        await self.event({"message": {"mid": mid, "text": text}})
        return mid

    async def echo(self, mid, text, **more):
        message = {"mid": mid, "is_echo": True, "text": text, **more}
        await self.event({"message": message}, is_ours=True)

    async def timeline(self):
        return list(await self.desk.listing.timeline(1001))

    async def words(self):
        return [entry.text for entry in await self.timeline() if entry.text]


@pytest.fixture(params=["messenger", "instagram"])
async def meta(request, store_url, tmp_path):
    settings = Settings(
        folder=tmp_path / "var",
        database=store_url,
        web=WebSettings(public_url="https://desk.example.org"),
        meta=MetaSettings(
            app_id=str(APP),
            app_secret=SecretStr("secret"),
            verify_token=SecretStr("word"),
            page_id=PAGE,
            page_token=SecretStr("EAA1"),
            instagram_id=INSTAGRAM,
        ),
    )
    desk = await build_desk(settings)
    try:
        yield MetaExchange(desk, request.param)
    finally:
        await desk.close()


async def test_the_first_message_is_a_ticket_and_a_tap_fills_its_field(meta):
    await meta.write("wifi не працює на 2 поверсі")
    (card,) = meta.phone.cards()
    choice = next(one for question in card.body.questions for one in question.choices)
    chosen = {"mid": "m_tap", "text": "…", "quick_reply": {"payload": f"tap:{choice.data}"}}
    await meta.event({"message": chosen})
    ticket = await meta.desk.listing.ticket(1001)
    assert choice.data.split("|")[2] in ticket.answers


async def test_an_answer_from_metas_own_inbox_is_on_the_timeline_as_said_outside(meta):
    await meta.write("принтер не друкує")
    said = len(meta.phone.sent)
    for _ in range(2):
        await meta.echo("m_out", "Вже дивлюся", app_id=HELP_DESK_INBOX)
    outside = [entry for entry in await meta.timeline() if "outside" in entry.facts]
    assert [(one.text, one.author, one.author_name) for one in outside] == [
        ("Вже дивлюся", Author.AGENT, "")
    ]
    ticket = await meta.desk.listing.ticket(1001)
    assert not ticket.waits_for_agent
    assert ticket.first_response_at is not None
    assert len(meta.phone.sent) == said


@pytest.mark.parametrize("named", [{}, {"app_id": APP}])
async def test_our_own_words_come_back_and_add_nothing(meta, named):
    await meta.write("принтер не друкує")
    before = await meta.words()
    await meta.echo(str(meta.phone.number), "Дякую!", **named)
    assert await meta.words() == before
    assert (await meta.desk.listing.ticket(1001)).waits_for_agent


async def test_a_message_that_is_taken_back_is_gone_and_what_it_told_stays_with_the_ticket(meta):
    mid = await meta.write("принтер не друкує, INV-20418")
    await meta.event({"message": {"mid": mid, "is_deleted": True}})
    assert "INV-20418" not in " ".join(
        entry.text for entry in await meta.timeline() if entry.author is Author.REQUESTER
    )
    gone = [entry for entry in await meta.timeline() if "deletion" in entry.facts]
    assert [(one.text, one.author) for one in gone] == [("", Author.REQUESTER)]
    assert (await meta.desk.listing.ticket(1001)).answers["asset"] == "INV-20418"


async def test_no_word_of_what_is_taken_back_is_left_in_the_database(meta):
    await meta.write("принтер не друкує")
    mid = await meta.write("password Rosebud")
    for number, word in enumerate(("Daffodil", "Hyacinth"), 1):
        edit = {"mid": mid, "text": f"password {word}", "num_edit": number}
        await meta.event({"message_edit": edit})
    await meta.event({"message": {"mid": mid, "is_deleted": True}})
    changes = [entry.change.what for entry in await meta.timeline() if entry.change]
    assert changes == ["edited", "edited", "deleted"]
    told = await everything(meta.desk.database)
    assert [word for word in ("Rosebud", "Daffodil", "Hyacinth", "принтер") if word in told] == [
        "принтер"
    ]


async def everything(database):
    statements = (
        "SELECT * FROM envelope",
        "SELECT * FROM entry",
        "SELECT * FROM ticket",
        "SELECT * FROM delivery",
        "SELECT * FROM remembered",
    )
    rows = [[*row] for sql in statements for row in await database.fetch(sql)]
    return json.dumps(rows, default=lambda raw: bytes(raw).decode(), ensure_ascii=False)


@pytest.mark.parametrize(
    "words",
    [
        "My laptop shows a blue screen, Rosebud is on it",
        "Мій ноутбук не вмикається після оновлення, на екрані Rosebud",
        "printer Rosebud prints blank pages",
    ],
)
async def test_no_word_of_a_first_message_is_left_either(meta, words):
    """It gave the ticket its name, and an answer that our card and our notes repeat."""
    mid = await meta.write(words)
    await meta.write("what is the status?")
    await meta.event({"message": {"mid": mid, "is_deleted": True}})
    assert "Rosebud" not in await everything(meta.desk.database)


async def test_no_word_is_left_on_a_ticket_that_was_split_off(meta):
    mid = await meta.write("My laptop does not start. Also the printer Rosebud prints blank pages")
    [said] = [one for one in await meta.timeline() if one.author is Author.REQUESTER]
    marek = await meta.desk.agents.add("marek", "Marek", "-", "en")
    assert await meta.desk.service.split(marek, 1001, said.id) == 1002
    await meta.event({"message": {"mid": mid, "is_deleted": True}})
    assert "Rosebud" not in await everything(meta.desk.database)


async def test_what_a_split_off_part_has_answered_goes_with_it(meta):
    mid = await meta.write("My laptop won't start. Also the printer jams at Rosebud pages again")
    [said] = [one for one in await meta.timeline() if one.author is Author.REQUESTER]
    marek = await meta.desk.agents.add("marek", "Marek", "-", "en")
    assert await meta.desk.service.split(marek, 1001, said.id) == 1002
    before = (await meta.desk.listing.ticket(1002)).answers
    assert "Rosebud" in before["symptom"]
    await meta.event({"message": {"mid": mid, "is_deleted": True}})
    assert "Rosebud" not in await everything(meta.desk.database)
    assert "symptom" not in (await meta.desk.listing.ticket(1002)).answers


async def test_what_a_message_had_answered_before_it_was_edited_goes_with_it(meta):
    mid = await meta.write("the printer prints Rosebud pages only")
    edit = {"mid": mid, "text": "the printer on floor 3 prints blank pages", "num_edit": 1}
    await meta.event({"message_edit": edit})
    await meta.event({"message": {"mid": mid, "is_deleted": True}})
    assert "Rosebud" not in await everything(meta.desk.database)


async def test_no_word_is_left_on_a_ticket_that_the_message_has_left(meta):
    await meta.write("My laptop does not start")
    mid = await meta.write("the printer Rosebud on floor 3 prints blank pages")
    shown = [row for one in meta.phone.sent for row in getattr(one.body, "choices", ())]
    [tap] = [one.data for row in shown for one in row if one.data.startswith("move|")]
    chosen = {"mid": "m_tap", "text": "…", "quick_reply": {"payload": f"tap:{tap}"}}
    await meta.event({"message": chosen})
    await meta.event({"message": {"mid": mid, "is_deleted": True}})
    assert "Rosebud" not in await everything(meta.desk.database)


async def test_no_word_is_left_of_what_a_message_said_before_it_was_edited(meta):
    """It gave the ticket its name."""
    mid = await meta.write("the printer Rosebud prints blank pages")
    edit = {"mid": mid, "text": "the printer on floor 3 prints blank pages", "num_edit": 1}
    await meta.event({"message_edit": edit})
    assert (await meta.desk.listing.ticket(1001)).subject == edit["text"]
    await meta.event({"message": {"mid": mid, "is_deleted": True}})
    assert "Rosebud" not in await everything(meta.desk.database)


async def test_what_is_taken_back_and_written_anew_is_the_tickets_again(meta):
    """Nobody can edit a message in Instagram: people take it back, and write another one."""
    mid = await meta.write("printer Rosebud prints blank pages")
    await meta.event({"message": {"mid": mid, "is_deleted": True}})
    await meta.write("the printer prints blank pages")
    ticket = await meta.desk.listing.ticket(1001)
    assert ticket.answers["symptom"] == "prints blank pages"
    assert ticket.subject == "the printer prints blank pages"


async def test_an_edit_takes_the_place_of_what_was_there(meta):
    mid = await meta.write("принтер не друкує")
    await meta.event({"message_edit": {"mid": mid, "text": "сканер не сканує", "num_edit": 1}})
    assert "сканер не сканує" in await meta.words()


async def test_all_until_a_moment_has_been_seen(meta):
    await meta.write("принтер не друкує")
    moment = int(datetime.now(UTC).timestamp() * 1000) + 1
    await meta.event({"read": {"watermark": moment}})
    states = {entry.delivery_state for entry in await meta.timeline() if entry.delivery_id}
    assert states == {"seen"}


SAID = {"message": {"mid": "m_1", "text": "принтер не друкує, password Rosebud"}}
TAKEN_BACK = {"message": {"mid": "m_1", "is_deleted": True}}


def rewritten(word, count):
    text = f"принтер не друкує, password {word}"
    return {"message_edit": {"mid": "m_1", "text": text, "num_edit": count}}


@pytest.mark.parametrize(
    "told",
    [
        (TAKEN_BACK, SAID),
        (TAKEN_BACK, rewritten("Rosebud", 1), SAID),
        (SAID, TAKEN_BACK, rewritten("Rosebud", 1)),
        (rewritten("Rosebud", 1), TAKEN_BACK, SAID),
        (rewritten("Rosebud", 1), SAID, TAKEN_BACK),
        (SAID, rewritten("Daffodil", 2), rewritten("Rosebud", 1), TAKEN_BACK),
    ],
)
async def test_what_is_taken_back_stands_nowhere_whatever_comes_first(meta, told):
    await meta.write("принтер не друкує")
    for event in told:
        await meta.event(event)
    assert "Rosebud" not in await everything(meta.desk.database)


async def test_nobody_is_asked_about_what_was_taken_back_before_it_came(meta):
    await meta.event(TAKEN_BACK)
    await meta.event(SAID)
    assert (await meta.desk.listing.tickets("all", 1)).lines == ()
    assert meta.phone.sent == []
    assert not (await meta.desk.listing.quarantined()).envelopes
    await meta.write("сканер не сканує")
    assert (await meta.desk.listing.ticket(1001)).subject == "сканер не сканує"


@pytest.mark.parametrize(
    "told",
    [
        (rewritten("Daffodil", 1), SAID),
        (SAID, rewritten("Daffodil", 2), rewritten("Hyacinth", 1)),
        (rewritten("Daffodil", "2"), rewritten("Hyacinth", "1"), SAID),
    ],
)
async def test_an_older_text_adds_nothing_to_a_newer_one(meta, told):
    for event in told:
        await meta.event(event)
    said = [one.text for one in await meta.timeline() if one.author is Author.REQUESTER]
    assert [text for text in said if text] == ["принтер не друкує, password Daffodil"]
    assert "Daffodil" in (await meta.desk.listing.ticket(1001)).subject + " ".join(said)
