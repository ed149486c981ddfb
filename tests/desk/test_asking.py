"""An agent asks for details: one card in their name, and the answer comes back to them."""

import pytest

from intake.agent_words import Asking, Reply
from intake.errors import Conflict, Invalid
from intake.speech import Card, Operation
from intake.tickets import Author, Status

PRINTER = "принтер на 3 поверсі не друкує, E5"


async def ask(exchange, agent, *fields, number=1001, **more):
    asking = Asking(fields=fields, **({"once": "ask-1"} | more))
    await exchange.desk.service.ask(agent, number, asking)
    await exchange.work()
    return await exchange.desk.listing.ticket(number)


def cards_now(exchange):
    """Each card in the chat as it looks now."""
    shown = {}
    for number, delivery in enumerate(exchange.phone.sent, start=101):
        if isinstance(delivery.body, Card):
            is_new = delivery.operation is Operation.SEND
            shown[str(number) if is_new else delivery.target_provider_id] = delivery.body
    return list(shown.values())


async def test_the_card_asks_for_what_was_ticked_and_is_signed(exchange, marek):
    await exchange.write(PRINTER)
    ticket = await ask(exchange, marek, "phone", "asset", words="Щоб підійти одразу з деталлю.")
    assert (ticket.status, ticket.asked) == (Status.PENDING, ("asset", "phone"))
    assert ticket.first_response_at is not None
    first, card = cards_now(exchange)
    assert [question.label for question in card.questions] == ["Номер на наклейці", "Ваш телефон"]
    assert (card.intro, card.signature) == ("Щоб підійти одразу з деталлю.", "Marek Novák")
    assert not first.questions
    entry = next(e for e in await exchange.timeline(1001) if e.author is Author.AGENT)
    assert "1. Номер на наклейці\n2. Ваш телефон" in entry.text
    assert entry.delivery_state == "accepted"


async def test_the_card_before_it_has_nothing_left_to_tap(exchange, marek):
    await exchange.write(PRINTER)
    await exchange.write("1. INV-20418 2. з ранку")
    await ask(exchange, marek, "phone")
    first, _ = cards_now(exchange)
    assert (first.questions, first.actions, first.form, first.closing) == ((), (), None, "")
    assert first.known


async def test_the_answer_fills_the_fields_and_the_ticket_comes_back(exchange, marek):
    await exchange.write(PRINTER)
    await ask(exchange, marek, "asset", "phone")
    await exchange.write("1. INV-20418 2. +380501112233")
    ticket = await exchange.desk.listing.ticket(1001)
    assert (ticket.answers["asset"], ticket.answers["phone"]) == ("INV-20418", "+380501112233")
    assert (ticket.status, ticket.asked, ticket.ask) == (Status.OPEN, (), None)
    assert ticket.waits_for_agent
    changes = [e.change for e in await exchange.timeline(1001) if e.change is not None]
    status = [(c.before, c.after) for c in changes if c.what == "status"]
    assert status == [("new", "pending"), ("pending", "open")]
    assert "Marek Novák" in exchange.phone.texts()[-1]
    assert [card.questions for card in cards_now(exchange)] == [(), ()]


async def test_a_tap_that_answers_the_last_question_brings_the_ticket_back(exchange, marek):
    await exchange.write(PRINTER)
    await ask(exchange, marek, "scope", "urgency")
    await exchange.tap("set|1001|scope|team")
    assert (await exchange.desk.listing.ticket(1001)).status is Status.PENDING
    await exchange.tap("set|1001|urgency|minor")
    ticket = await exchange.desk.listing.ticket(1001)
    assert (ticket.status, ticket.waits_for_agent) == (Status.OPEN, True)


async def test_what_stands_already_may_be_asked_and_confirmed(exchange, marek):
    await exchange.write(PRINTER)
    await exchange.write("1. INV-20418 2. з ранку")
    await ask(exchange, marek, "asset")
    await exchange.write("INV-20418")
    ticket = await exchange.desk.listing.ticket(1001)
    assert (ticket.asked, ticket.status) == ((), Status.OPEN)
    await ask(exchange, marek, "asset", once="ask-2")
    await exchange.write("INV-777")
    assert (await exchange.desk.listing.ticket(1001)).answers["asset"] == "INV-777"


async def test_what_was_declined_is_asked_again_only_by_an_agent(exchange, marek):
    await exchange.write(PRINTER)
    await exchange.write("1. не знаю 2. з ранку")
    ticket = await exchange.desk.listing.ticket(1001)
    assert (ticket.declined, ticket.asked) == ({"asset"}, ())
    ticket = await ask(exchange, marek, "asset")
    assert (ticket.declined, ticket.asked) == (set(), ("asset",))
    await exchange.write("не знаю")
    ticket = await exchange.desk.listing.ticket(1001)
    assert (ticket.declined, ticket.asked, ticket.status) == ({"asset"}, (), Status.OPEN)


async def test_a_second_card_closes_the_first_and_a_form_sent_twice_sends_one(exchange, marek):
    await exchange.write(PRINTER)
    await ask(exchange, marek, "asset")
    await ask(exchange, marek, "asset")
    assert len(cards_now(exchange)) == 2
    await ask(exchange, marek, "phone", once="ask-2")
    assert [len(card.questions) for card in cards_now(exchange)] == [0, 0, 2]


async def test_where_the_category_is_not_known_it_is_what_is_asked(exchange, marek):
    await exchange.write("щось дивне сьогодні коїться, гляньте")
    assert (await exchange.desk.listing.ticket(1001)).category is None
    ticket = await ask(exchange, marek, "category", "asset")
    assert ticket.asked == ("category",)
    await exchange.tap("cat|1001|printer")
    ticket = await exchange.desk.listing.ticket(1001)
    assert (ticket.category, ticket.ask) == ("printer", None)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ((), "nothing_to_ask"),
        (("item",), "nothing_to_ask"),
        (
            ("symptom", "asset", "location", "started", "scope", "error", "tried"),
            "too_many_questions",
        ),
    ],
)
async def test_a_card_asks_for_one_to_six_fields_of_its_category(exchange, marek, fields, code):
    await exchange.write(PRINTER)
    with pytest.raises(Invalid, match=code):
        await ask(exchange, marek, *fields)
    assert len(exchange.phone.cards()) == 1


async def test_a_solved_ticket_is_not_asked_about(exchange, marek):
    await exchange.write(PRINTER)
    await exchange.desk.service.set_status(marek, 1001, Status.SOLVED)
    with pytest.raises(Conflict):
        await ask(exchange, marek, "asset")


async def test_a_reply_of_the_agent_leaves_the_card_as_it_is(exchange, marek):
    await exchange.write(PRINTER)
    await ask(exchange, marek, "asset")
    await exchange.desk.service.reply(marek, 1001, Reply(text="Чекаю на номер", once="1"))
    await exchange.work()
    assert [len(card.questions) for card in cards_now(exchange)] == [0, 1]
    await exchange.write("INV-20418")
    assert (await exchange.desk.listing.ticket(1001)).answers["asset"] == "INV-20418"


async def test_a_form_that_asks_twice_asks_once_and_with_other_words_again(exchange, marek):
    await exchange.write(PRINTER)
    for words in ("Щоб підійти.", "Щоб підійти.", "Щоб підійти з деталлю."):
        await ask(exchange, marek, "phone", words=words)
    await ask(exchange, marek, "asset", words="Щоб підійти з деталлю.")
    own = [e for e in await exchange.timeline(1001) if e.author is Author.AGENT and e.text]
    assert len(own) == 3


async def test_a_second_card_keeps_what_the_first_asked_and_nobody_answered(exchange, marek):
    await exchange.write(PRINTER)
    await ask(exchange, marek, "asset", "phone", once="ask-1")
    await exchange.write("1. INV-20418")
    ticket = await ask(exchange, marek, "scope", once="ask-2")
    assert set(ticket.asked) == {"scope", "phone"}
    assert [len(card.questions) for card in cards_now(exchange)] == [0, 0, 2]


async def test_what_an_agent_unticks_is_asked_no_more(exchange, marek):
    await exchange.write(PRINTER)
    await ask(exchange, marek, "asset", "phone", once="ask-1")
    ticket = await ask(exchange, marek, "scope", once="ask-2", given_up=("asset", "scope"))
    assert set(ticket.asked) == {"scope", "phone"}


async def test_what_the_desk_itself_asks_is_not_added_to_an_agents_card(exchange, marek):
    await exchange.write(PRINTER)
    assert (await ask(exchange, marek, "phone")).asked == ("phone",)
