"""How the agents' bot stands in the groups of the settings, as `firstline doctor` asks Telegram.

What is wrong with the bot itself is found by `doctor`, and said once.
"""

from typing import Any

from aiohttp import ClientSession

from bots.bot_answers import ask
from bots.bot_refusals import Moved, Refused
from bots.failures import CallFailed
from bots.shape import as_object, as_text
from desk.findings import Finding, fine, warning, wrong
from desk.settings import Settings

ANSWER_WITHIN = 10.0  # seconds
_OF_THE_BOT = (401, 404)  # its token
_INSIDE = ("creator", "administrator", "member", "restricted")


async def check_agents_groups(settings: Settings) -> list[Finding]:
    chosen = settings.agents_bot
    if not chosen.is_on:
        return []
    url = f"{chosen.api_url}/bot{chosen.token.get_secret_value()}"
    async with ClientSession() as session:
        found = [
            await _standing(session, url, (chat, chosen.account))
            for chat in sorted(set(chosen.by_queue.values()))
        ]
    return [finding for finding in found if finding is not None]


async def _standing(session: ClientSession, url: str, who: tuple[str, str]) -> Finding | None:
    """In that group, of that bot. Nothing where Telegram can't be asked at all."""
    chat, bot = who
    asked = {"chat_id": int(chat)}
    try:
        group = as_object(await ask(session, f"{url}/getChat", asked, ANSWER_WITHIN))
        asked["user_id"] = int(bot)
        member = as_object(await ask(session, f"{url}/getChatMember", asked, ANSWER_WITHIN))
    except Moved as moved:
        return warning("agents_group_moved", group=chat, now=str(moved.chat_id))
    except CallFailed as failure:
        if not isinstance(failure, Refused) or failure.status in _OF_THE_BOT:
            return None
        return wrong("agents_group_gone", group=chat, reason=failure.description)
    return _found(as_text(group.get("title")) or chat, group, member)


def _found(title: str, group: dict[str, Any], member: dict[str, Any]) -> Finding:
    is_inside = member.get("status") in _INSIDE and member.get("is_member") is not False
    if not is_inside:
        return wrong("agents_group_gone", group=title, reason=as_text(member.get("status")))
    if group.get("is_forum") is not True:
        return warning("agents_group_plain", group=title)
    if member.get("can_manage_topics") is not True:
        return warning("agents_group_rights", group=title)
    return fine("agents_group", group=title)
