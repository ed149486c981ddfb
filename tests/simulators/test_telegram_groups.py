"""The second bot's Telegram: groups, topics, taps of members; all traffic fits the schema."""

from __future__ import annotations

import pytest
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InputMediaPhoto,
)

from simulators import faults
from simulators.people import IVAN, MAREK, OLENA, SOFIA
from simulators.telegram_api import (
    NotPossibleOnPhone,
    Seat,
    Upload,
    draw_picture,
)
from tests.simulators.agents_bot import buttons, client, messages


async def test_two_bots_share_an_address_and_nothing_else(telegram, agents, bot):
    first, connections = await client(telegram, telegram.token)
    telegram.write(OLENA, "принтер")
    agents.press_start(MAREK, "code")
    assert [one.text for one in await messages(first)] == ["принтер"]
    assert [one.text for one in await messages(bot)] == ["/start code"]
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(OLENA.id, "hello")
    await bot.send_message(MAREK.id, "hello")
    assert telegram.calls("sendMessage") == []
    assert (await bot.get_me()).username == "desk_agents_bot"
    await connections.close()


async def test_a_token_that_no_bot_has_is_refused(telegram):
    stranger, connections = await client(telegram, "700800902:nobody")
    with pytest.raises(TelegramUnauthorizedError):
        await stranger.get_me()
    await connections.close()


async def test_a_bot_learns_that_it_is_in_a_group_and_what_it_may(bot, group):
    change = (await bot.get_updates())[0].my_chat_member
    assert (change.chat.id, change.chat.is_forum) == (group.id, True)
    assert change.new_chat_member.status == "administrator"
    assert (await bot.get_chat(group.id)).title == "First line"
    standing = await bot.get_chat_member(group.id, bot.id)
    assert standing.can_manage_topics
    assert (await bot.get_chat_member(group.id, SOFIA.id)).status == "member"
    with pytest.raises(TelegramBadRequest, match="PARTICIPANT_ID_INVALID"):
        await bot.get_chat_member(group.id, OLENA.id)


async def test_who_comes_and_goes_is_told(agents, bot, group):
    agents.join(OLENA, group)
    agents.leave(IVAN, group)
    came, went = await messages(bot)
    assert [one.id for one in came.new_chat_members] == [OLENA.id]
    assert went.left_chat_member.id == IVAN.id
    assert (await bot.get_chat_member(group.id, IVAN.id)).status == "left"
    with pytest.raises(NotPossibleOnPhone, match="not in the group"):
        agents.write(Seat(IVAN, group), "hello")


async def test_a_bot_without_rights_hears_little_and_opens_no_topic(agents, bot):
    group = agents.make_group("First line", MAREK, rights=False)
    seat = Seat(MAREK, group)
    hello = await bot.send_message(group.id, "hello")
    agents.write(seat, "talk among people")
    agents.write(seat, "/mine")
    agents.write(seat, "hey @desk_agents_bot")
    agents.reply(seat, hello.message_id, "hello to you")
    texts = [message.text for message in await messages(bot)]
    assert texts == ["/mine", "hey @desk_agents_bot", "hello to you"]
    with pytest.raises(TelegramBadRequest, match="not enough rights"):
        await bot.create_forum_topic(group.id, "#1042")


async def test_every_member_of_a_group_may_tap_and_alone_sees_the_answer(agents, bot, group):
    card = await bot.send_message(
        group.id, "card", reply_markup=buttons([("Take", "1|1042|take")])
    )
    agents.tap(Seat(SOFIA, group), "Take")
    agents.tap(Seat(IVAN, group), "Take", message_id=card.message_id)
    queries = [update.callback_query for update in await bot.get_updates()][-2:]
    assert [query.from_user.id for query in queries] == [SOFIA.id, IVAN.id]
    assert {query.message.message_id for query in queries} == {card.message_id}
    await bot.answer_callback_query(queries[1].id, text="Not for you")
    assert agents.last_answered_callbacks[-1].user_id == IVAN.id
    with pytest.raises(NotPossibleOnPhone, match="not in the group"):
        agents.tap(Seat(OLENA, group), "Take")


async def test_a_stale_or_forged_tap_brings_data_that_no_button_has(agents, bot, group):
    card = await bot.send_message(group.id, "card", reply_markup=buttons([("Take", "take")]))
    await bot.edit_message_text("solved", chat_id=group.id, message_id=card.message_id)
    with pytest.raises(NotPossibleOnPhone, match="no button"):
        agents.tap(Seat(MAREK, group), "Take")
    agents.tap_anyway(Seat(MAREK, group), "take", card.message_id)
    query = (await bot.get_updates())[-1].callback_query
    assert (query.data, query.message.reply_markup) == ("take", None)


async def test_a_forwarded_card_keeps_its_links_and_loses_its_buttons(agents, bot, group):
    rows = buttons([("Take", "take")]).inline_keyboard
    rows.append([InlineKeyboardButton(text="Open", url="https://desk.example/1042")])
    card = await bot.send_message(
        group.id, "<b>card</b>", parse_mode="HTML", reply_markup={"inline_keyboard": rows}
    )
    passed = agents.forward(Seat(IVAN, group), card.message_id, to=IVAN)
    assert passed.buttons[0][0].label == "Open"
    assert len(passed.buttons) == 1
    message = (await messages(bot))[-1]
    assert (message.chat.id, message.text) == (IVAN.id, "card")
    assert message.forward_origin.sender_user.id == bot.id
    with pytest.raises(NotPossibleOnPhone, match="no button"):
        agents.tap(IVAN, "Take")
    agents.tap(Seat(IVAN, group), "Take", message_id=card.message_id)


async def test_agents_correct_delete_and_send_files_in_topics(agents, bot, group):
    made = await bot.create_forum_topic(group.id, "#1042")
    seat = Seat(SOFIA, group, made.message_thread_id)
    written = agents.write(seat, "room 304")
    agents.edit(seat, written.message_id, "room 305")
    agents.delete(seat, written.message_id)
    agents.send_album(seat, [draw_picture(grey=10), draw_picture(grey=20)], caption="look")
    agents.send_document(seat, Upload(content=b"%PDF", name="guide.pdf"))
    agents.send_voice(seat)
    updates = (await bot.get_updates())[2:]
    assert [update.event_type for update in updates] == ["message", "edited_message"] + (
        ["message"] * 4
    )
    assert updates[1].edited_message.message_thread_id == made.message_thread_id
    assert {update.event.message_thread_id for update in updates} == {made.message_thread_id}
    with pytest.raises(NotPossibleOnPhone, match="only what they wrote"):
        agents.edit(Seat(MAREK, group), agents.chat(seat)[-1].message_id, "x")


async def test_a_group_that_moved_says_where_to_and_has_nothing_of_old(agents, bot):
    group = agents.make_group("First line", MAREK, SOFIA, is_forum=False)
    with pytest.raises(TelegramBadRequest, match="the chat is not a forum"):
        await bot.create_forum_topic(group.id, "#1042")
    card = await bot.send_message(group.id, "card")
    after = agents.migrate(group)
    with pytest.raises(TelegramMigrateToChat) as moved:
        await bot.send_message(group.id, "more")
    assert moved.value.migrate_to_chat_id == after.id
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("x", chat_id=after.id, message_id=card.message_id)
    left, came = (await messages(bot))[-2:]
    assert (left.chat.id, left.migrate_to_chat_id) == (group.id, after.id)
    assert (came.chat.id, came.migrate_from_chat_id) == (after.id, group.id)
    await bot.create_forum_topic(after.id, "#1042")
    with pytest.raises(NotPossibleOnPhone, match="has become a supergroup"):
        agents.write(Seat(MAREK, group), "hello")


async def test_a_bot_that_was_dismissed_is_told_and_reaches_nobody(agents, bot, group):
    card = await bot.send_message(group.id, "card")
    agents.dismiss_bot(group)
    with pytest.raises(TelegramForbiddenError, match="bot was kicked from the supergroup chat"):
        await bot.send_message(group.id, "more")
    with pytest.raises(TelegramForbiddenError):
        await bot.edit_message_text("x", chat_id=group.id, message_id=card.message_id)
    change = (await bot.get_updates())[-1].my_chat_member
    assert change.new_chat_member.status == "kicked"


async def test_more_than_twenty_calls_a_minute_to_a_group_are_too_many(agents, bot, group):
    card = await bot.send_message(group.id, "0")
    for number in range(1, 20):
        await bot.edit_message_text(str(number), chat_id=group.id, message_id=card.message_id)
    with pytest.raises(TelegramRetryAfter) as refusal:
        await bot.send_message(group.id, "one too many")
    assert 1 <= refusal.value.retry_after <= 60
    other = agents.make_group("Second line", SOFIA)
    await bot.send_message(other.id, "another group has its own minute")
    await bot.get_chat(group.id)
    agents.flood.clock.move(refusal.value.retry_after)
    await bot.send_message(group.id, "later")
    assert agents.flood.busiest(group.id) == 20
    assert agents.flood.busiest(other.id) == 1


async def test_an_album_counts_as_many_as_it_shows(agents, bot, group):
    photos = [InputMediaPhoto(media=BufferedInputFile(draw_picture(), "p.png"))] * 9
    await bot.send_media_group(group.id, photos)
    await bot.send_media_group(group.id, photos)
    with pytest.raises(TelegramRetryAfter):
        await bot.send_media_group(group.id, photos)
    await bot.send_message(group.id, "19")
    agents.flood.most = None
    await bot.send_media_group(group.id, photos)
    assert agents.flood.busiest(group.id) == 28


async def test_each_bot_has_its_own_faults(telegram, agents, bot, group):
    telegram.faults.inject(faults.server_error(), on="sendMessage")
    agents.faults.inject(faults.too_many_requests(7), on="createForumTopic")
    await bot.send_message(group.id, "the other's fault")
    with pytest.raises(TelegramRetryAfter) as refusal:
        await bot.create_forum_topic(group.id, "#1042")
    assert refusal.value.retry_after == 7
