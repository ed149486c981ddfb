"""Calls the Bot API with python-telegram-bot. The only module that imports it: load this one late.

Its updater, job queue and rate limiter are left alone: what must survive is rows, and its updates
are fetched as plain JSON. Failures come out as `bots.bot_refusals`, which never hold the token.
"""

import os
from collections.abc import Awaitable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import quote

import structlog
from telegram import (
    Bot,
    BotCommand,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaDocument,
    InputMediaPhoto,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bots.agents.card import Rows
from bots.agents.places import Spot
from bots.bot_answers import (
    ANSWER_WITHIN,
    PUBLIC_SERVER,
    ask,
    download,
    fetch_updates,
)
from bots.bot_refusals import Moved, Refused
from bots.bot_uploads import Upload
from bots.calls import CONNECT_WITHIN, Line
from bots.failures import CallFailed, NotSent, Unclear
from bots.shape import as_object, as_text
from intake.speech import Link

UPLOAD_WITHIN = 300.0  # seconds
DOWNLOAD_WITHIN = 60.0  # what else agents write waits for it
AT_ONCE = 8  # connections
_PARSE_MODE = "HTML"
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_Result = TypeVar("_Result")

log = structlog.get_logger()


class AgentsTelegram:
    """The agents' bot. Every method raises CallFailed; message ids are the platform's numbers."""

    def __init__(self, token: str, server: str = PUBLIC_SERVER) -> None:
        os.environ.setdefault("PTB_TIMEDELTA", "true")  # else each wait that is told warns
        self.account = token.split(":", 1)[0]
        self.has_topics = False  # in private chats
        self._urls = (f"{server}/bot{token}", f"{server}/file/bot{token}")
        request = HTTPXRequest(
            connection_pool_size=AT_ONCE,
            connect_timeout=CONNECT_WITHIN,
            read_timeout=ANSWER_WITHIN,
            write_timeout=ANSWER_WITHIN,
            media_write_timeout=UPLOAD_WITHIN,
            pool_timeout=ANSWER_WITHIN,
        )
        self._request = request
        self._bot = Bot(
            token,
            base_url=f"{server}/bot",
            base_file_url=f"{server}/file/bot",
            request=request,
            get_updates_request=request,  # which it never uses, and else makes one of its own
        )
        self._line = Line()

    async def close(self) -> None:
        await self._request.shutdown()
        await self._line.close()

    # the beginning

    async def prepare_polling(self, commands: Mapping[str, Mapping[str, str]]) -> None:
        """Check the token, remove a webhook (what waits is kept), set the menu."""
        await self.introduce()
        webhook = await _called(self._bot.get_webhook_info())
        if webhook.url:
            log.warning("webhook removed, polling takes over", account=self.account)
            await _called(self._bot.delete_webhook())
        for language, described in commands.items():
            menu = [BotCommand(name, what) for name, what in described.items()]
            try:
                await _called(self._bot.set_my_commands(menu, language_code=language or None))
            except Refused as refusal:
                log.warning("menu refused", account=self.account, reason=str(refusal))
                return

    async def introduce(self) -> str:
        """Its name."""
        me = await _called(self._bot.get_me())
        self.has_topics = bool(me.has_topics_enabled)
        return me.username or ""

    # the way in

    async def updates(self, offset: int | None) -> list[Any]:
        """Wait for updates from `offset` on, as they are; those before count as received."""
        return await fetch_updates(self._line.session, f"{self._urls[0]}/getUpdates", offset)

    async def file_path(self, file_id: str) -> str:
        url, asked = f"{self._urls[0]}/getFile", {"file_id": file_id}
        described = as_object(await ask(self._line.session, url, asked, ANSWER_WITHIN))
        return as_text(described.get("file_path"))

    async def download(self, path: str, limit: int) -> bytes:
        """Bring a file. Raises TooBig as soon as it is larger than `limit` bytes."""
        url = f"{self._urls[1]}/{quote(path)}"
        return await download(self._line.session, url, limit, DOWNLOAD_WITHIN)

    # the way out

    async def say(self, spot: Spot, html: str, rows: Rows) -> int:
        sent = await _called(
            self._bot.send_message(
                spot.chat_id,
                html,
                parse_mode=_PARSE_MODE,
                link_preview_options=_NO_PREVIEW,
                reply_markup=ForceReply(selective=False) if spot.asks else _keyboard(rows),
                **_at(spot),
            )
        )
        return sent.message_id

    async def rewrite(self, chat_id: int, message_id: int, html: str, rows: Rows) -> None:
        """Replace text and buttons; without rows the buttons go away."""
        await _called(
            self._bot.edit_message_text(
                html,
                chat_id=chat_id,
                message_id=message_id,
                parse_mode=_PARSE_MODE,
                link_preview_options=_NO_PREVIEW,
                reply_markup=_keyboard(rows),
            )
        )

    async def delete(self, chat_id: int, message_id: int) -> None:
        await _called(self._bot.delete_message(chat_id, message_id))

    async def answer_tap(self, tap_id: str, text: str) -> None:
        await _called(self._bot.answer_callback_query(tap_id, text=text or None))

    async def send_file(self, spot: Spot, upload: Upload, html: str, rows: Rows) -> int:
        """One file, the text below it."""
        file = InputFile(upload.content, filename=upload.name, attach=False)
        more: dict[str, Any] = {
            "caption": html or None,
            "parse_mode": _PARSE_MODE,
            "reply_markup": _keyboard(rows),
            **_at(spot),
        }
        if upload.is_photo:
            sent = await _called(self._bot.send_photo(spot.chat_id, file, **more))
        elif upload.is_voice:
            sent = await _called(self._bot.send_voice(spot.chat_id, file, **more))
        else:
            sent = await _called(self._bot.send_document(spot.chat_id, file, **more))
        return sent.message_id

    async def send_album(self, spot: Spot, uploads: Sequence[Upload]) -> int:
        """2 to 10 files of one kind; the number of the last message."""
        are_photos = all(upload.is_photo for upload in uploads)
        kind = InputMediaPhoto if are_photos else InputMediaDocument
        media = [kind(upload.content, filename=upload.name) for upload in uploads]
        sent = await _called(self._bot.send_media_group(spot.chat_id, media, **_at(spot)))
        return sent[-1].message_id

    # topics

    async def create_topic(self, chat_id: int, name: str) -> int:
        topic = await _called(self._bot.create_forum_topic(chat_id, name))
        return topic.message_thread_id

    async def rename_topic(self, chat_id: int, topic: int, name: str) -> None:
        await _called(self._bot.edit_forum_topic(chat_id, topic, name=name))

    async def close_topic(self, chat_id: int, topic: int) -> None:
        await _called(self._bot.close_forum_topic(chat_id, topic))

    async def reopen_topic(self, chat_id: int, topic: int) -> None:
        await _called(self._bot.reopen_forum_topic(chat_id, topic))


async def _called(call: Awaitable[_Result]) -> _Result:
    """By what it was refused, and when it broke. Only what the Bot API says is told."""
    try:
        return await call
    except RetryAfter as error:
        raise Refused(429, "Too Many Requests", _seconds(error.retry_after)) from None
    except ChatMigrated as error:
        raise Moved(error.new_chat_id) from None
    except InvalidToken:
        raise Refused(401, "Unauthorized") from None
    except (Forbidden, BadRequest, Conflict) as error:
        raise Refused(_STATUS[type(error)], error.message[:300]) from None
    except NetworkError as error:
        raise _broken(error) from None
    except TelegramError as error:
        raise Unclear(type(error).__name__) from None
    except (TypeError, KeyError, ValueError):  # an answer of another shape: it was done perhaps
        raise Unclear("the answer has another shape") from None


# Of httpx: it did not come as far as the server.
_BEFORE = ("ConnectError", "ConnectTimeout", "PoolTimeout", "UnsupportedProtocol")
_STATUS: dict[type[TelegramError], int] = {Forbidden: 403, BadRequest: 400, Conflict: 409}


def _broken(error: NetworkError) -> CallFailed:
    """By what broke below the library, told by name: that is another library's still."""
    name = type(error.__cause__ or error).__name__
    return NotSent(name) if name in _BEFORE else Unclear(name)


def _seconds(pause: Any) -> float:
    return float(getattr(pause, "total_seconds", lambda: pause)())


def _at(spot: Spot) -> dict[str, Any]:
    more: dict[str, Any] = {}
    if spot.topic:
        more["message_thread_id"] = spot.topic
    if spot.quoted_id:
        more["reply_parameters"] = ReplyParameters(
            spot.quoted_id, allow_sending_without_reply=True
        )
    return more


def _keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows])


def _button(button: tuple[str, str] | Link) -> InlineKeyboardButton:
    if isinstance(button, Link):
        return InlineKeyboardButton(button.label, url=button.url)
    label, tap = button
    return InlineKeyboardButton(label, callback_data=tap)
