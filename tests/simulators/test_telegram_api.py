"""The simulated Telegram as a real aiogram bot meets it; all traffic is checked by the schema."""

from __future__ import annotations

import asyncio

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramConflictError, TelegramForbiddenError
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    KeyboardButton,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyParameters,
    Update,
)
from aiohttp import web

from simulators.people import OLENA, TOM
from simulators.telegram_api import (
    NotPossibleOnPhone,
    TelegramApi,
    Upload,
    draw_picture,
)
from tests.schemas.botapi import validate_object, validate_request, validate_update


@pytest.fixture
async def telegram():
    async with TelegramApi() as telegram:
        yield telegram
    for call in telegram.requests:
        validate_request(call.method, call.params)
    for update in telegram.updates:
        validate_update(update)
    for person in (OLENA, TOM):
        for entry in telegram.chat(person):
            validate_object("Message", entry.wire)


@pytest.fixture
async def bot(telegram):
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
    bot = Bot(telegram.token, session=session)
    yield bot
    await (await session.create_session()).close()  # its own close takes a nap of 0.25 s


def buttons(*rows):
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=text, callback_data=wanted) for text, wanted in row]
            for row in rows
        ]
    )


async def test_a_bot_learns_its_name(bot):
    me = await bot.get_me()
    assert me.is_bot
    assert me.username == "service_desk_bot"


async def test_updates_come_again_until_the_offset_confirms_them(telegram, bot):
    telegram.press_start(OLENA, "code-42")
    telegram.write(OLENA, "принтер не друкує")
    first = await bot.get_updates()
    again = await bot.get_updates()
    assert [update.update_id for update in first] == [update.update_id for update in again]
    assert [update.message.text for update in first] == ["/start code-42", "принтер не друкує"]
    assert first[0].message.from_user.language_code == "uk"
    assert await bot.get_updates(offset=first[1].update_id + 1) == []
    assert telegram.unconfirmed == 0


async def test_a_long_poll_ends_as_soon_as_somebody_writes(telegram, bot):
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await telegram.until(lambda: telegram.calls("getUpdates"))
    telegram.write(OLENA, "привіт")
    async with asyncio.timeout(20):
        assert [update.message.text for update in await poll] == ["привіт"]


async def test_a_second_poller_ends_the_first_with_a_conflict(telegram, bot):
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await telegram.until(lambda: telegram.calls("getUpdates"))
    assert await bot.get_updates(timeout=0) == []
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
        await first


async def test_updates_that_are_not_allowed_are_not_kept(telegram, bot):
    await bot.get_updates(allowed_updates=["message"])
    telegram.write(OLENA, "hello")
    telegram.block(OLENA)
    assert [sorted(update) for update in telegram.updates] == [["message", "update_id"]]


async def test_a_text_with_marks_arrives_plain_with_entities(telegram, bot):
    telegram.write(OLENA, "hi")
    html = 'Заявка <b>1042</b> &lt;😀&gt; <a href="https://a.example/?x=1&amp;y=2">форма</a>'
    sent = await bot.send_message(OLENA.id, html, parse_mode="HTML")
    assert sent.text == "Заявка 1042 <😀> форма"
    assert [(one.type, one.offset, one.length) for one in sent.entities] == [
        ("bold", 7, 4),
        ("text_link", 17, 5),
    ]
    assert sent.entities[1].url == "https://a.example/?x=1&y=2"
    entry = telegram.chat(OLENA)[-1]
    assert entry.from_bot
    assert entry.html == html


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("  \n ", "message text is empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
        ("<b>open", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ("a <blink>b", 'Unsupported start tag "blink" at byte offset 2'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
    ],
)
async def test_texts_that_telegram_refuses_are_refused(telegram, bot, text, complaint):
    telegram.write(OLENA, "hi")
    with pytest.raises(TelegramBadRequest) as refusal:
        await bot.send_message(OLENA.id, text, parse_mode="HTML")
    assert refusal.value.message.startswith("Bad Request: ")
    assert complaint in refusal.value.message


async def test_a_stranger_cannot_be_written_to_first(bot):
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(TOM.id, "hello")


async def test_who_blocks_the_bot_is_told_and_hears_nothing(telegram, bot):
    telegram.write(OLENA, "hi")
    telegram.block(OLENA)
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(OLENA.id, "hello")
    telegram.unblock(OLENA)
    await bot.send_message(OLENA.id, "hello")
    changes = [update.my_chat_member for update in (await bot.get_updates())[1:]]
    assert [change.new_chat_member.status for change in changes] == ["kicked", "member"]


async def test_a_tap_reaches_the_bot_and_its_answer_the_person(telegram, bot):
    telegram.write(TOM, "the printer is broken")
    card = await bot.send_message(
        TOM.id, "Which floor?", reply_markup=buttons([("Third", "f|3"), ("Fourth", "f|4")])
    )
    query_id = telegram.tap(TOM, "Fourth")
    query = (await bot.get_updates())[-1].callback_query
    assert (query.id, query.data, query.message.message_id) == (query_id, "f|4", card.message_id)
    assert query.chat_instance
    await bot.answer_callback_query(query.id, text="Noted", show_alert=True)
    answer = telegram.last_answered_callbacks[-1]
    assert (answer.callback_query_id, answer.text, answer.show_alert) == (query_id, "Noted", True)
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_callback_query(query.id)


async def test_a_button_with_too_much_behind_it_is_refused(telegram, bot):
    telegram.write(TOM, "hi")
    await bot.send_message(TOM.id, "ok", reply_markup=buttons([("yes", "я" * 32)]))
    with pytest.raises(TelegramBadRequest, match="BUTTON_DATA_INVALID"):
        await bot.send_message(TOM.id, "no", reply_markup=buttons([("yes", "я" * 33)]))


async def test_a_phone_taps_only_what_it_shows(telegram):
    telegram.write(TOM, "hi")
    with pytest.raises(NotPossibleOnPhone, match="no button 'Fourth'"):
        telegram.tap(TOM, "Fourth")


async def test_a_card_is_edited_in_place_once(telegram, bot):
    telegram.write(TOM, "hi")
    card = await bot.send_message(TOM.id, "1 of 2", reply_markup=buttons([("a", "a")]))
    where = {"chat_id": TOM.id, "message_id": card.message_id}
    await bot.edit_message_text("2 of 2", **where)
    entry = telegram.chat(TOM)[-1]
    assert (entry.text, entry.edited, entry.buttons) == ("2 of 2", True, ())
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_text("2 of 2", **where)
    await bot.edit_message_reply_markup(reply_markup=buttons([("b", "b")]), **where)
    assert telegram.chat(TOM)[-1].buttons[0][0].label == "b"
    assert telegram.chat(TOM)[-1].text == "2 of 2"


async def test_what_is_gone_or_not_its_own_a_bot_cannot_edit(telegram, bot):
    written = telegram.write(TOM, "hi")
    sent = await bot.send_message(TOM.id, "hello")
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("x", chat_id=TOM.id, message_id=written.message_id)
    await bot.delete_message(TOM.id, sent.message_id)
    assert telegram.chat(TOM)[-1].deleted
    assert telegram.answers(TOM) == []
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("x", chat_id=TOM.id, message_id=sent.message_id)
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(TOM.id, sent.message_id)


async def test_people_quote_and_correct_messages(telegram, bot):
    telegram.write(OLENA, "принтер")
    card = await bot.send_message(OLENA.id, "Який поверх?")
    answer = telegram.reply(OLENA, card.message_id, "2", quote="поверх")
    telegram.edit(OLENA, answer.message_id, "3")
    replied, edited = (await bot.get_updates())[1:]
    assert replied.message.reply_to_message.message_id == card.message_id
    assert replied.message.quote.text == "поверх"
    assert edited.edited_message.message_id == answer.message_id
    assert edited.edited_message.text == "3"
    assert edited.edited_message.edit_date
    sent = await bot.send_message(
        OLENA.id, "ok", reply_parameters=ReplyParameters(message_id=answer.message_id)
    )
    assert sent.reply_to_message.text == "3"
    assert telegram.chat(OLENA)[-1].reply_to == answer.message_id


async def test_an_album_comes_as_one_update_a_photo(telegram, bot):
    pictures = [draw_picture(200, 100, grey) for grey in (10, 20, 30)]
    telegram.send_album(OLENA, pictures, caption="екран")
    messages = [update.message for update in await bot.get_updates()]
    assert len({message.media_group_id for message in messages}) == 1
    assert [message.caption for message in messages] == ["екран", None, None]
    largest = messages[1].photo[-1]
    assert (largest.width, largest.height) == (200, 100)
    assert (await bot.download(largest)).read() == pictures[1]


async def test_a_document_keeps_name_type_and_content(telegram, bot):
    upload = Upload(content=b"%PDF-1.7 x", name="рахунок.pdf", mime_type="application/pdf")
    telegram.send_document(OLENA, upload, caption="ось")
    message = (await bot.get_updates())[0].message
    assert (message.document.file_name, message.document.mime_type) == (
        "рахунок.pdf",
        "application/pdf",
    )
    assert (await bot.download(message.document)).read() == b"%PDF-1.7 x"


async def test_a_file_over_20_mb_is_announced_but_not_given(telegram, bot):
    upload = Upload(content=b"x", name="disk.img", claimed_size=(20 << 20) + 1)
    telegram.send_document(OLENA, upload)
    document = (await bot.get_updates())[0].message.document
    assert document.file_size == (20 << 20) + 1
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await bot.get_file(document.file_id)


async def test_other_kinds_of_messages_parse_and_fit_the_schema(telegram, bot):
    telegram.send_voice(TOM)
    telegram.send_video(TOM, caption="look")
    telegram.send_sticker(TOM)
    telegram.share_contact(TOM)
    telegram.share_contact(TOM, OLENA)
    telegram.share_location(TOM, 48.15, 17.11)
    telegram.send_poll(TOM, "Lunch?", ["yes", "no"])
    messages = [update.message for update in await bot.get_updates()]
    kinds = ["voice", "video", "sticker", "contact", "contact", "location", "poll"]
    assert [message.content_type for message in messages] == kinds
    assert [message.contact.user_id for message in messages[3:5]] == [TOM.id, OLENA.id]


async def test_the_bot_sends_files_by_upload_and_by_id(telegram, bot):
    telegram.write(OLENA, "hi")
    note = BufferedInputFile(b"text", filename="нотатка.txt")
    sent = await bot.send_document(OLENA.id, note, caption="<i>ось</i>", parse_mode="HTML")
    assert sent.document.file_name == "нотатка.txt"
    assert sent.caption == "ось"
    await bot.send_document(OLENA.id, sent.document.file_id)
    photo = await bot.send_photo(OLENA.id, BufferedInputFile(draw_picture(), "p.png"))
    await bot.send_voice(OLENA.id, BufferedInputFile(b"OggS", "v.ogg"))
    await bot.send_video(OLENA.id, BufferedInputFile(b"ftyp", "v.mp4"))
    files = [entry.files[0] for entry in telegram.answers(OLENA)]
    assert [one.kind for one in files] == ["document", "document", "photo", "voice", "video"]
    assert (await bot.download(photo.photo[-1])).read() == draw_picture()
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await bot.send_photo(OLENA.id, note)
    with pytest.raises(TelegramBadRequest, match="wrong file identifier"):
        await bot.send_photo(OLENA.id, "nonsense")


async def test_the_bot_sends_albums_of_one_kind(telegram, bot):
    telegram.write(OLENA, "hi")
    photo = InputMediaPhoto(media=BufferedInputFile(draw_picture(), "p.png"), caption="a")
    document = InputMediaDocument(media=BufferedInputFile(b"x", "x.txt"))
    sent = await bot.send_media_group(OLENA.id, [photo, photo])
    assert len({message.media_group_id for message in sent}) == 1
    assert [len(entry.files) for entry in telegram.answers(OLENA)] == [1, 1]
    with pytest.raises(TelegramBadRequest, match="can't be mixed"):
        await bot.send_media_group(OLENA.id, [photo, document])


async def test_small_things_a_bot_does_are_seen(telegram, bot):
    written = telegram.write(OLENA, "hi")
    await bot.send_chat_action(OLENA.id, "typing")
    assert telegram.world.chat_of(OLENA).action == "typing"
    await bot.set_message_reaction(OLENA.id, written.message_id, [ReactionTypeEmoji(emoji="👍")])
    assert telegram.chat(OLENA)[0].reactions == ("👍",)
    await bot.send_location(OLENA.id, 50.45, 30.52)
    await bot.send_contact(OLENA.id, "+380441112233", "Desk")
    assert [entry.kind for entry in telegram.answers(OLENA)] == ["location", "contact"]
    assert telegram.world.chat_of(OLENA).action == ""


async def test_a_key_of_the_reply_keyboard_shares_the_own_contact(telegram, bot):
    telegram.write(OLENA, "hi")
    keys = [[KeyboardButton(text="Мій номер", request_contact=True)]]
    await bot.send_message(OLENA.id, "Ваш номер?", reply_markup=ReplyKeyboardMarkup(keyboard=keys))
    telegram.press(OLENA, "Мій номер")
    contact = (await bot.get_updates())[-1].message.contact
    assert (contact.user_id, contact.phone_number) == (OLENA.id, OLENA.phone.lstrip("+"))


async def test_an_aiogram_dispatcher_serves_people_by_polling(telegram, bot):
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message):
        await message.reply(f"echo {message.text}", reply_markup=buttons([("Take", "take")]))

    @dispatcher.callback_query()
    async def take(query):
        await query.message.edit_text("taken")
        await query.answer("yours")

    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False))
    telegram.write(TOM, "hello")
    answer = await telegram.until(lambda: telegram.answers(TOM))
    assert answer[0].text == "echo hello"
    telegram.tap(TOM, "Take")
    await telegram.until(lambda: telegram.last_answered_callbacks)
    assert telegram.answers(TOM)[0].text == "taken"
    await telegram.until(lambda: telegram.unconfirmed == 0)
    await dispatcher.stop_polling()
    await polling


async def test_aiogram_sets_a_webhook_and_reads_what_comes(telegram, bot):
    came = []

    async def receive(request):
        came.append(Update.model_validate(await request.json(), context={"bot": bot}))
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", receive)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await bot.set_webhook(url, secret_token="x" * 20, allowed_updates=["message"])
    state = await bot.get_webhook_info()
    assert (state.url, state.allowed_updates) == (url, ["message"])
    telegram.write(OLENA, "привіт")
    await telegram.until(lambda: telegram.unconfirmed == 0)
    assert [update.message.text for update in came] == ["привіт"]
    await bot.delete_webhook()
    await runner.cleanup()


async def test_commands_and_descriptions_are_kept_by_language(bot):
    await bot.set_my_commands([BotCommand(command="new", description="Нова")], language_code="uk")
    await bot.set_my_description("Опис", language_code="uk")
    await bot.set_my_short_description("Коротко")
    assert (await bot.get_my_commands(language_code="uk"))[0].description == "Нова"
    assert await bot.get_my_commands() == []
    assert (await bot.get_my_description(language_code="uk")).description == "Опис"
    with pytest.raises(TelegramBadRequest, match="BOT_COMMAND_INVALID"):
        await bot.set_my_commands([BotCommand(command="Нова", description="x")])
