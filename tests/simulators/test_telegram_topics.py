"""Topics of the second bot's Telegram: opened, named, closed, deleted; what is said in them."""

from __future__ import annotations

import pytest
from aiogram.exceptions import (
    TelegramBadRequest,
)
from aiogram.types import (
    ReplyParameters,
)

from simulators.people import MAREK, OLENA, SOFIA
from simulators.telegram_api import (
    NotPossibleOnPhone,
    Seat,
)
from tests.simulators.agents_bot import client, messages


async def test_a_topic_is_opened_named_closed_and_opened_again(agents, bot, group):
    made = await bot.create_forum_topic(group.id, "#1042 · printer")
    where = {"chat_id": group.id, "message_thread_id": made.message_thread_id}
    await bot.edit_forum_topic(**where, name="#1042 · printer · Olena")
    await bot.close_forum_topic(**where)
    topic = group.topic_named("#1042")
    assert (topic.id, topic.name, topic.is_closed) == (
        made.message_thread_id,
        "#1042 · printer · Olena",
        True,
    )
    await bot.reopen_forum_topic(**where)
    assert not topic.is_closed
    shown = [entry.kind for entry in agents.chat(Seat(MAREK, group, topic.id))]
    told = [
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
    ]
    assert shown == told
    heard = await messages(bot)  # of topics a bot is told what it does itself, too
    assert [message.content_type for message in heard] == told
    assert {message.from_user.id for message in heard} == {bot.id}


async def test_a_topic_that_is_so_already_is_not_modified(bot, group):
    made = await bot.create_forum_topic(group.id, "#1042")
    where = {"chat_id": group.id, "message_thread_id": made.message_thread_id}
    with pytest.raises(TelegramBadRequest, match="TOPIC_NOT_MODIFIED"):
        await bot.edit_forum_topic(**where, name="#1042")
    with pytest.raises(TelegramBadRequest, match="TOPIC_NOT_MODIFIED"):
        await bot.reopen_forum_topic(**where)


@pytest.mark.parametrize(
    ("name", "complaint"),
    [("  ", "must be non-empty"), ("x" * 129, "too long"), ("😀" * 65, "too long")],
)
async def test_a_topic_needs_a_name_of_some_length(bot, group, name, complaint):
    with pytest.raises(TelegramBadRequest, match=complaint):
        await bot.create_forum_topic(group.id, name)


async def test_what_people_do_to_topics_is_told_but_for_deleting(agents, bot, group):
    topic = agents.create_topic(Seat(MAREK, group), "Lunch")
    seat = Seat(MAREK, group, topic.id)
    agents.rename_topic(seat, "Lunch at one")
    agents.close_topic(seat)
    agents.reopen_topic(seat)
    agents.delete_topic(seat)
    created, edited, closed, reopened = await messages(bot)
    assert created.forum_topic_created.name == "Lunch"
    assert edited.forum_topic_edited.name == "Lunch at one"
    assert closed.forum_topic_closed is not None
    assert reopened.forum_topic_reopened is not None
    with pytest.raises(NotPossibleOnPhone, match="no such topic"):
        agents.close_topic(seat)


async def test_what_is_said_in_a_topic_bears_its_number_and_beginning(agents, bot, group):
    made = await bot.create_forum_topic(group.id, "#1042")
    number = made.message_thread_id
    card = await bot.send_message(group.id, "card", message_thread_id=number)
    seat = Seat(MAREK, group, number)
    agents.write(seat, "plain")
    agents.reply(seat, card.message_id, "answer")
    _, plain, answer = await messages(bot)
    assert card.is_topic_message
    assert (plain.message_thread_id, plain.is_topic_message) == (number, True)
    assert plain.reply_to_message.message_id == number
    assert plain.reply_to_message.forum_topic_created.name == "#1042"
    assert answer.reply_to_message.message_id == card.message_id
    assert [entry.reply_to for entry in agents.chat(seat)[1:]] == [None, None, card.message_id]


async def test_an_answer_goes_to_the_topic_of_what_it_quotes(agents, bot, group):
    made = await bot.create_forum_topic(group.id, "#1042")
    other = await bot.create_forum_topic(group.id, "#1043")
    written = agents.write(Seat(MAREK, group, made.message_thread_id), "hello")
    quoting = ReplyParameters(message_id=written.message_id)
    sent = await bot.send_message(group.id, "yes", reply_parameters=quoting)
    assert sent.message_thread_id == made.message_thread_id
    with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
        await bot.send_message(
            group.id,
            "yes",
            message_thread_id=other.message_thread_id,
            reply_parameters=quoting,
        )


async def test_the_general_topic_has_no_number_and_a_thread_there_is_no_topic(agents, bot, group):
    hello = await bot.send_message(group.id, "good morning")
    assert hello.message_thread_id is None
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await bot.send_message(group.id, "x", message_thread_id=1)
    agents.reply(Seat(MAREK, group), hello.message_id, "morning")
    answer = (await messages(bot))[0]
    assert (answer.message_thread_id, answer.is_topic_message) == (hello.message_id, None)
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await bot.send_message(group.id, "x", message_thread_id=answer.message_thread_id)


async def test_a_deleted_topic_takes_everything_with_it(agents, bot, group):
    made = await bot.create_forum_topic(group.id, "#1042")
    where = {"chat_id": group.id, "message_thread_id": made.message_thread_id}
    card = await bot.send_message(text="card", **where)
    agents.delete_topic(Seat(MAREK, group, made.message_thread_id))
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await bot.send_message(text="more", **where)
    with pytest.raises(TelegramBadRequest, match="TOPIC_ID_INVALID"):
        await bot.close_forum_topic(**where)
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("x", chat_id=group.id, message_id=card.message_id)
    assert group.topic_named("#1042") is None
    again = await bot.create_forum_topic(group.id, "#1042")
    assert await bot.delete_forum_topic(group.id, again.message_thread_id)


async def test_in_a_closed_topic_only_who_runs_the_group_may_write(agents, bot, group):
    made = await bot.create_forum_topic(group.id, "#1042")
    await bot.close_forum_topic(group.id, made.message_thread_id)
    with pytest.raises(NotPossibleOnPhone, match="the topic is closed"):
        agents.write(Seat(SOFIA, group, made.message_thread_id), "late")
    agents.write(Seat(MAREK, group, made.message_thread_id), "the owner may")
    await bot.send_message(group.id, "so may I", message_thread_id=made.message_thread_id)
    agents.grant_rights(group, rights=False)
    with pytest.raises(TelegramBadRequest, match="TOPIC_CLOSED"):
        await bot.send_message(group.id, "no more", message_thread_id=made.message_thread_id)


async def test_private_chats_have_topics_where_the_bot_has_them(telegram, agents, bot):
    assert (await bot.get_me()).has_topics_enabled
    agents.press_start(MAREK)
    made = await bot.create_forum_topic(MAREK.id, "#1042")
    where = {"chat_id": MAREK.id, "message_thread_id": made.message_thread_id}
    sent = await bot.send_message(text="card", **where)
    assert (sent.is_topic_message, sent.reply_to_message) == (True, None)
    seat = Seat(MAREK, topic=made.message_thread_id)
    agents.write(seat, "answer")
    assert (await messages(bot))[-1].message_thread_id == made.message_thread_id
    assert [entry.text for entry in agents.chat(seat)] == ["", "card", "answer"]
    with pytest.raises(TelegramBadRequest, match="the chat is not a forum"):
        await bot.close_forum_topic(**where)
    agents.delete_topic(seat)
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await bot.send_message(text="more", **where)
    agents.create_topic(MAREK, "of my own")
    assert (await messages(bot))[-1].forum_topic_created.name == "of my own"


async def test_a_bot_without_topics_has_none_in_private_chats(telegram):
    bot, connections = await client(telegram, telegram.token)
    telegram.press_start(OLENA)
    assert not (await bot.get_me()).has_topics_enabled
    with pytest.raises(TelegramBadRequest, match="the chat is not a forum"):
        await bot.create_forum_topic(OLENA.id, "#1042")
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await bot.send_message(OLENA.id, "x", message_thread_id=1001)
    with pytest.raises(NotPossibleOnPhone, match="no topics"):
        telegram.create_topic(OLENA, "mine")
    await connections.close()
