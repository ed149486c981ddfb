"""What the Bot API answers over plain HTTP, whichever bot asks: updates, files, and refusals.

Which library carries what goes out is left to each `client`. Failures come out as `bot_refusals`,
and none of them holds the token.
"""

from typing import Any

from aiohttp import ClientResponse, ClientSession, ClientTimeout

from bots import calls
from bots.bot_refusals import Moved, Refused
from bots.calls import BROKEN, CONNECT_WITHIN, failure_of
from bots.failures import CallFailed, NotSent, Unclear
from bots.shape import Json, as_number, as_object, as_text, read_json

PUBLIC_SERVER = "https://api.telegram.org"
ANSWER_WITHIN = 60.0  # seconds
POLL_WITHIN = 25  # how long Telegram holds an empty poll
LARGEST_BATCH = 100
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
_OK = 200
_ITS_OWN_FAULT = 500  # and above, RFC 9110 15.6
_TOO_LARGE, _TOO_MANY = 413, 429  # said by whoever is in between with good reason


async def fetch_updates(session: ClientSession, url: str, offset: int | None) -> list[Any]:
    """Wait for updates from `offset` on, as they are; those before count as received."""
    asked: dict[str, Any] = {
        "timeout": POLL_WITHIN,
        "limit": LARGEST_BATCH,
        "allowed_updates": ALLOWED_UPDATES,
    }
    if offset is not None:
        asked["offset"] = offset
    result = await ask(session, url, asked, POLL_WITHIN + 20)
    if not isinstance(result, list):
        raise Unclear("updates are no list")
    return result


async def ask(session: ClientSession, url: str, asked: Json, seconds: float) -> Any:
    """What a method returns. Raises CallFailed."""
    within = ClientTimeout(total=seconds, sock_connect=CONNECT_WITHIN)
    try:
        async with session.post(url, json=asked, timeout=within) as answer:
            status, body = answer.status, await answer.read()
    except BROKEN as error:
        raise failure_of(error) from None
    return result_of(status, body)


async def download(session: ClientSession, url: str, limit: int, seconds: float) -> bytes:
    """Bring a file. Raises TooBig as soon as it is larger than `limit` bytes, CallFailed."""
    return await calls.download(session, url, limit, seconds, _judge_file)


def result_of(status: int, body: bytes) -> Any:
    """Raises CallFailed where the answer holds no result."""
    answer = _answer_in(body)
    if status == _OK and answer.get("ok") is True:
        return answer.get("result")
    raise _refusal_of(status, answer)


async def _judge_file(answer: ClientResponse) -> CallFailed | None:
    if answer.status == _OK:
        return None
    return _refusal_of(answer.status, _answer_in(await answer.read()))


def _refusal_of(status: int, answer: Json) -> CallFailed:
    """Only what the Bot API itself says is about a person, a message or our token."""
    if answer.get("ok") is False:
        parameters = as_object(answer.get("parameters"))
        moved_to = as_number(parameters.get("migrate_to_chat_id"))
        if moved_to is not None:
            return Moved(moved_to)
        refused_with = as_number(answer.get("error_code")) or status
        description = as_text(answer.get("description"))[:300]
        wait = as_number(parameters.get("retry_after")) or 0
        return Refused(refused_with, description, wait)
    if status in (_TOO_LARGE, _TOO_MANY):
        return Refused(status, "of a proxy")
    if status == _OK or status >= _ITS_OWN_FAULT:
        return Unclear(f"{status} without an answer of the Bot API")  # perhaps it was done
    return NotSent(f"{status} of a proxy")


def _answer_in(body: bytes) -> Json:
    try:
        return as_object(read_json(body))
    except ValueError:
        return {}
