"""The way out: each send ends in exactly one of five ways, and people see what was meant."""

import re
from datetime import timedelta

import pytest

from desk.rates import PACES
from intake.errors import Unavailable
from intake.messages import MessageKind
from intake.speech import Accepted, Card, Choice, Operation, Permanent, Question, Text
from tests.bots.contract.channel import PAGE, SILENT
from tests.bots.contract.promises import of_every_fault, promised
from tests.conftest import Clock

SCOPE = Question(
    number=1,
    label="Кого це стосується?",
    choices=(
        Choice(label="Лише мене", data="set|1042|scope|me"),
        Choice(label="Увесь відділ", data="set|1042|scope|team"),
    ),
)
CARD = Card(heading="#1042 · Принтер", intro="Дякую, Olena!", questions=(SCOPE,))


@promised
async def test_an_answer_arrives_with_the_name_of_who_gave_it(channel):
    result = await channel.send(Text(text="Замінили <ролик> & картридж", signature="Marek"))
    (answer,) = channel.shown()
    assert isinstance(result, Accepted)
    assert result.provider_id
    assert "Замінили <ролик> & картридж" in answer.text
    assert "Marek" in answer.text


@of_every_fault
async def test_a_send_that_goes_wrong_ends_as_what_it_means(channel, fault, capfd):
    await channel.provoke(fault)
    result = await channel.send()
    assert type(result) is channel.ends[fault]
    assert result.reason
    assert len(channel.shown()) == (1 if fault in (PAGE, SILENT) else 0)
    told = result.reason + "".join(capfd.readouterr())
    assert not [secret for secret in channel.secrets if secret in told]


@promised
async def test_what_may_not_begin_is_not_sent(channel):
    async def begin():
        raise Unavailable("away")

    with pytest.raises(Unavailable):
        await channel.sender.send(channel.delivery(), begin)
    assert not channel.shown()


@promised
async def test_a_file_of_an_agent_arrives_under_its_name(channel):
    content = b"%PDF-1.7\r\n\x00\xff" * 500
    named = "Акт приймання — 3 поверх, кабінет 12 (остаточний варіант).pdf"
    file = channel.enclosure(named, content, "application/pdf")
    assert isinstance(await channel.send(Text(text="Ось він."), attachments=(file,)), Accepted)
    arrived = {name: got for one in channel.shown() for name, got in one.files.items()}
    assert arrived == {named: content}
    assert "Ось він." in "".join(one.text for one in channel.shown())


@promised
async def test_a_long_text_is_cut_by_the_platforms_own_unit_and_no_word_is_lost(channel):
    sentence = "Слово за словом 😀. "
    text = sentence * (channel.limit * 3 // 2 // channel.units(sentence))
    assert isinstance(await channel.send(Text(text=text)), Accepted)
    parts = [one.text for one in channel.shown()]
    assert len(parts) > 1
    assert max(map(channel.units, parts)) <= channel.limit
    assert words(" ".join(parts)) == words(text)


def words(text):
    return re.findall(r"\S+", text)


@promised
async def test_a_choice_is_a_button_that_comes_back_as_what_it_stands_for(channel):
    await channel.send(CARD)
    assert [*channel.shown()[-1].buttons] == ["Лише мене", "Увесь відділ"]
    message = await channel.tap("Увесь відділ")
    assert (message.kind, message.tap) == (MessageKind.TAP, "set|1042|scope|team")
    assert message.address.external_id == channel.person


@promised
async def test_a_choice_can_be_typed_just_as_well(channel):
    await channel.send(CARD)
    (card,) = channel.shown()
    assert "1. Кого це стосується?" in card.text
    assert "Увесь відділ" in card.text + " ".join(card.buttons)
    message = await channel.tap("1. увесь відділ")
    assert (message.kind, message.text) == (MessageKind.TEXT, "1. увесь відділ")


@promised
async def test_what_a_platform_cannot_edit_or_answer_says_so_and_disturbs_nobody(channel):
    edit = await channel.send(CARD, operation=Operation.EDIT)
    assert isinstance(edit, Permanent)
    assert await channel.send(operation=Operation.ANSWER_TAP) == Accepted()
    assert not channel.shown()


@promised
def test_the_rates_of_the_platform_are_kept(driver):
    for whom, most, seconds in driver.rates:
        people = 1 if whom == "address" else 60
        moments = sent_at_full_speed(PACES[driver.name](), people, seconds / 150)
        assert len(moments) > most
        spans = [end - start for start, end in zip(moments, moments[most:], strict=False)]
        assert min(spans) >= timedelta(seconds=seconds)


def sent_at_full_speed(pace, people, step):
    """When so many people get something, who all have more waiting than may go."""
    clock, moments = Clock(), []
    for _ in range(400):
        resting = set(pace.resting(clock.now()))
        free = [one for one in map(str, range(people)) if one not in resting]
        for address in free[: pace.room(clock.now())]:
            pace.note(address, clock.now())
            moments.append(clock.now())
        clock.advance(step)
    return moments
