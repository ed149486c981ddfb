"""A person whose card's message is gone, or never came, still hears what is left to say.

By the real parts, on both engines.
"""

import pytest

from intake.speech import Card, Operation, Permanent, Unknown

PRINTER = "принтер на 3 поверсі не друкує, E5"
NOT_FOUND = Permanent(reason="400 Bad Request: message to edit not found")


def cards_since(exchange, count):
    sent = [each for each in exchange.phone.sent[count:] if isinstance(each.body, Card)]
    return [(each.operation, len(each.body.questions)) for each in sent]


async def test_who_has_deleted_the_card_and_answers_one_of_two_questions_is_asked_the_other(
    exchange,
):
    await exchange.write(PRINTER)
    asked, count = len(exchange.phone.cards()[0].body.questions), len(exchange.phone.sent)
    exchange.phone.answers = [NOT_FOUND]
    await exchange.write("INV-20418")
    assert cards_since(exchange, count) == [
        (Operation.EDIT, asked - 1),
        (Operation.SEND, asked - 1),
    ]


async def test_the_card_that_went_anew_is_the_ticket_s_card(exchange):
    await exchange.write(PRINTER)
    exchange.phone.answers = [NOT_FOUND]
    await exchange.write("INV-20418")
    anew, count = exchange.phone.number, len(exchange.phone.sent)
    await exchange.tap("send|1001")
    edit = next(each for each in exchange.phone.sent[count:] if each.operation is Operation.EDIT)
    assert (edit.target_provider_id, edit.body.questions) == (str(anew), ())


@pytest.mark.parametrize("end", [Unknown(reason="time-out"), Permanent(reason="400")])
async def test_who_perhaps_never_got_the_card_gets_one_with_their_next_words(exchange, end):
    exchange.phone.answers = [end]
    await exchange.write(PRINTER)
    asked, count = len(exchange.phone.cards()[0].body.questions), len(exchange.phone.sent)
    await exchange.write("INV-20418")
    assert cards_since(exchange, count) == [(Operation.SEND, asked - 1)]
    assert len(await exchange.tickets()) == 1
