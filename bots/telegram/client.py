"""Calls the Bot API with aiogram. The only module that imports it: load this one late.

aiogram builds and carries the requests; answers stay plain JSON, so that a field it does not know
yet never turns a message that was sent into a failure. Failures come out as `bots.failures`, which
say what happened and never hold the token; what they mean is left to the callers.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteWebhook,
    EditMessageText,
    GetFile,
    GetMe,
    GetWebhookInfo,
    Response,
    SendDocument,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendVoice,
    SetMyCommands,
    SetWebhook,
    TelegramMethod,
)
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyParameters,
    WebAppInfo,
)
from aiohttp import ClientTimeout

from bots.bot_answers import (
    ALLOWED_UPDATES,
    ANSWER_WITHIN,
    PUBLIC_SERVER,
    download,
    fetch_updates,
    result_of,
)
from bots.bot_refusals import Refused
from bots.bot_uploads import Upload
from bots.calls import CONNECT_WITHIN, failure_of
from bots.failures import Unclear
from bots.shape import as_list, as_number, as_object, as_text
from bots.telegram.card import Phone, Rows
from intake.speech import Link

UPLOAD_WITHIN = 300  # seconds
DOWNLOAD_WITHIN = 120.0
_PARSE_MODE = "HTML"
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

log = structlog.get_logger()


class Telegram:
    """One bot. Every method raises CallFailed; message ids are the platform's numbers."""

    def __init__(self, token: str, server: str = PUBLIC_SERVER) -> None:
        self.account = token.split(":", 1)[0]
        self._session = _Session(api=TelegramAPIServer.from_base(server))
        self._bot = Bot(token, session=self._session)

    async def close(self) -> None:
        await self._session.close()

    # the beginning

    async def prepare_polling(self, commands: Mapping[str, Mapping[str, str]]) -> None:
        """Check the token, remove a webhook (what waits is kept), set the menu."""
        await self._introduce()
        webhook = as_object(await self._call(GetWebhookInfo()))
        if webhook.get("url"):
            log.warning("webhook removed, polling takes over", account=self.account)
            await self._call(DeleteWebhook())
        await self._set_commands(commands)

    async def prepare_webhook(
        self, url: str, secret: str, commands: Mapping[str, Mapping[str, str]]
    ) -> None:
        """Check the token, set the webhook where it differs (what waits is kept), set the menu.

        Telegram does not tell the secret it knows, so the address carries a mark of it.
        """
        await self._introduce()
        mark = hashlib.sha256(f"webhook mark {secret}".encode()).hexdigest()[:8]
        wanted = f"{url}?mark={mark}"
        webhook = as_object(await self._call(GetWebhookInfo()))
        allowed = sorted(map(as_text, as_list(webhook.get("allowed_updates"))))
        if webhook.get("url") != wanted or allowed != sorted(ALLOWED_UPDATES):
            await self._call(
                SetWebhook(url=wanted, secret_token=secret, allowed_updates=list(ALLOWED_UPDATES))
            )
            log.info("webhook set", account=self.account)
        if error := as_text(webhook.get("last_error_message")):
            log.warning("webhook had trouble", account=self.account, error=error)
        await self._set_commands(commands)

    async def _introduce(self) -> None:
        me = as_object(await self._call(GetMe()))
        log.info("bot known", account=self.account, username=as_text(me.get("username")))

    async def _set_commands(self, commands: Mapping[str, Mapping[str, str]]) -> None:
        """The menu per language; "" is what everybody else sees. Without it all still works."""
        for language, described in commands.items():
            menu = [BotCommand(command=name, description=d) for name, d in described.items()]
            try:
                await self._call(SetMyCommands(commands=menu, language_code=language or None))
            except Refused as refusal:
                log.warning("menu refused", account=self.account, reason=str(refusal))
                return

    # the way in

    async def updates(self, offset: int | None) -> list[Any]:
        """Wait for updates from `offset` on, as they are; those before count as received."""
        url = self._session.api.api_url(self._bot.token, "getUpdates")
        return await fetch_updates(await self._session.create_session(), url, offset)

    async def file_path(self, file_id: str) -> str:
        described = as_object(await self._call(GetFile(file_id=file_id)))
        return as_text(described.get("file_path"))

    async def download(self, path: str, limit: int) -> bytes:
        """Bring a file. Raises TooBig as soon as it is larger than `limit` bytes."""
        url = self._session.api.file_url(self._bot.token, quote(path))
        return await download(await self._session.create_session(), url, limit, DOWNLOAD_WITHIN)

    # the way out

    async def say(self, chat_id: int, html: str, rows: Rows, quoted_id: int | None) -> int:
        method = SendMessage(
            chat_id=chat_id,
            text=html,
            parse_mode=_PARSE_MODE,
            link_preview_options=_NO_PREVIEW,
            reply_markup=_keyboard(rows),
            reply_parameters=_quoting(quoted_id),
        )
        return _message_id(await self._call(method))

    async def rewrite(self, chat_id: int, message_id: int, html: str, rows: Rows) -> None:
        """Replace text and buttons; without rows the buttons go away."""
        method = EditMessageText(
            chat_id=chat_id,
            message_id=message_id,
            text=html,
            parse_mode=_PARSE_MODE,
            link_preview_options=_NO_PREVIEW,
            reply_markup=_inline_keyboard(rows),
        )
        await self._call(method)

    async def answer_tap(self, tap_id: str, text: str) -> None:
        await self._call(AnswerCallbackQuery(callback_query_id=tap_id, text=text or None))

    async def send_file(
        self, chat_id: int, upload: Upload, html: str, rows: Rows, quoted_id: int | None
    ) -> int:
        """One file, the text below it."""
        file = BufferedInputFile(upload.content, upload.name)
        more: dict[str, Any] = {
            "caption": html or None,
            "parse_mode": _PARSE_MODE,
            "reply_markup": _keyboard(rows),
            "reply_parameters": _quoting(quoted_id),
        }
        method: TelegramMethod[Any]
        if upload.is_photo:
            method = SendPhoto(chat_id=chat_id, photo=file, **more)
        elif upload.is_voice:
            method = SendVoice(chat_id=chat_id, voice=file, **more)
        else:
            method = SendDocument(chat_id=chat_id, document=file, **more)
        return _message_id(await self._call(method, UPLOAD_WITHIN))

    async def send_album(
        self, chat_id: int, uploads: Sequence[Upload], quoted_id: int | None
    ) -> int:
        """2 to 10 files of one kind; the number of the last message."""
        files = [BufferedInputFile(upload.content, upload.name) for upload in uploads]
        are_photos = all(upload.is_photo for upload in uploads)
        media = [
            InputMediaPhoto(media=file) if are_photos else InputMediaDocument(media=file)
            for file in files
        ]
        method = SendMediaGroup(
            chat_id=chat_id, media=list(media), reply_parameters=_quoting(quoted_id)
        )
        sent = as_list(await self._call(method, UPLOAD_WITHIN))
        return _message_id(sent[-1] if sent else None)

    async def _call(self, method: TelegramMethod[Any], within: int | None = None) -> Any:
        try:
            return await self._bot(method, within)
        except TelegramNetworkError as error:
            raise failure_of(error.__cause__ or error) from None
        except UnicodeDecodeError:
            raise Unclear("the answer is no text") from None
        except UnicodeError as error:
            raise failure_of(error) from None


class _Session(AiohttpSession):
    """aiogram's way to the server, with our time-outs and without its reading of answers."""

    def __init__(self, api: TelegramAPIServer) -> None:
        super().__init__(api=api)
        self.timeout = ClientTimeout(total=ANSWER_WITHIN, sock_connect=CONNECT_WITHIN)  # type: ignore[assignment]

    def check_response(
        self,
        bot: Bot,  # noqa: ARG002 - the signature is theirs
        method: TelegramMethod[Any],  # noqa: ARG002
        status_code: int,
        content: str,
    ) -> Response[Any]:
        result = result_of(status_code, content.encode("utf-8", "surrogatepass"))
        return Response[Any].model_construct(ok=True, result=result)

    async def close(self) -> None:
        if self._session is not None:  # theirs naps a quarter of a second on top
            await self._session.close()


def _message_id(message: Any) -> int:
    number = as_number(as_object(message).get("message_id"))
    if number is None:
        raise Unclear("the message has no number")
    return number


def _keyboard(rows: Rows) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | None:
    phones = [button for row in rows for button in row if isinstance(button, Phone)]
    if phones:
        return _phone_keyboard(phones)
    return _inline_keyboard(rows)


def _phone_keyboard(phones: Sequence[Phone]) -> ReplyKeyboardMarkup:
    """It goes when it is tapped."""
    row = [KeyboardButton(text=phone.label, request_contact=True) for phone in phones]
    return ReplyKeyboardMarkup(keyboard=[row], resize_keyboard=True, one_time_keyboard=True)


def _inline_keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    taps = [[_button(button) for button in row if not isinstance(button, Phone)] for row in rows]
    return InlineKeyboardMarkup(inline_keyboard=taps) if taps else None


def _button(button: tuple[str, str] | Link) -> InlineKeyboardButton:
    if not isinstance(button, Link):
        label, tap = button
        return InlineKeyboardButton(text=label, callback_data=tap)
    if button.app_url:
        return InlineKeyboardButton(text=button.label, web_app=WebAppInfo(url=button.app_url))
    return InlineKeyboardButton(text=button.label, url=button.url)


def _quoting(message_id: int | None) -> ReplyParameters | None:
    """Say it without the quote when the person has deleted what is quoted."""
    if message_id is None:
        return None
    return ReplyParameters(message_id=message_id, allow_sending_without_reply=True)
