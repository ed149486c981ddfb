"""How a program speaks as a bot of the simulated Telegram."""

from __future__ import annotations

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)


async def client(telegram, token):
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
    return Bot(token, session=session), await session.create_session()


def buttons(*rows):
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=text, callback_data=wanted) for text, wanted in row]
            for row in rows
        ]
    )


async def messages(bot):
    return [update.message for update in await bot.get_updates() if update.message]
