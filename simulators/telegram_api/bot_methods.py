"""The methods about the bot itself: its profile, its updates, its webhook."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import orjson

from simulators.telegram_api.errors import bad_request, conflict
from simulators.telegram_api.webhook import WebhookSettings

if TYPE_CHECKING:
    from simulators.telegram_api.calls import Call
    from simulators.telegram_api.chats import Json
    from simulators.telegram_api.methods import Method
    from simulators.telegram_api.world import World

_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LONGEST_SECRET = 256
MOST_COMMANDS = 100
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def get_me(world: World, _call: Call) -> Json:
    return world.bot


def set_my_commands(world: World, call: Call) -> bool:
    commands = call.params.get("commands")
    if not isinstance(commands, list) or len(commands) > MOST_COMMANDS:
        raise bad_request("can't parse commands list")
    for command in commands:
        if not _COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:  # noqa: PLR2004
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.profile["commands", _scope(call), call.text("language_code")] = commands
    return True


def get_my_commands(world: World, call: Call) -> Any:
    return world.profile.get(("commands", _scope(call), call.text("language_code")), [])


def delete_my_commands(world: World, call: Call) -> bool:
    world.profile.pop(("commands", _scope(call), call.text("language_code")), None)
    return True


def _scope(call: Call) -> str:
    scope = call.params.get("scope") or {"type": "default"}
    return orjson.dumps(scope, option=orjson.OPT_SORT_KEYS).decode()


def _set_words(name: str, limit: int, world: World, call: Call) -> bool:
    if len(call.text(name)) > limit:
        raise bad_request(f"{name} is too long")
    world.profile[name, call.text("language_code")] = call.text(name)
    return True


def _get_words(name: str, world: World, call: Call) -> Json:
    return {name: world.profile.get((name, call.text("language_code")), "")}


async def get_updates(world: World, call: Call) -> orjson.Fragment:
    if world.webhook.settings is not None:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    _remember_allowed(world, call)
    batch = await world.updates.poll(
        call.number("offset"), call.number("limit", 100), call.number("timeout")
    )
    return orjson.Fragment(batch)


async def set_webhook(world: World, call: Call) -> bool:
    settings = _read_settings(call)
    _remember_allowed(world, call)
    if call.params.get("drop_pending_updates"):
        world.updates.drop()
    if settings == world.webhook.settings:
        return True
    await world.webhook.close()
    if settings is not None:
        world.updates.end_poll("terminated by setWebhook request")
        world.webhook.open(settings)
    return True


async def delete_webhook(world: World, call: Call) -> bool:
    if call.params.get("drop_pending_updates"):
        world.updates.drop()
    await world.webhook.close()
    return True


def get_webhook_info(world: World, _call: Call) -> Json:
    webhook = world.webhook
    answer: Json = {
        "url": webhook.settings.url if webhook.settings else "",
        "has_custom_certificate": bool(webhook.settings and webhook.settings.certified),
        "pending_update_count": len(world.updates.pending),
    }
    if webhook.settings:
        answer["max_connections"] = webhook.settings.max_connections
        answer["ip_address"] = "127.0.0.1"
    if webhook.last_error:
        answer["last_error_date"] = webhook.last_error_at
        answer["last_error_message"] = webhook.last_error
    if world.updates.allowed:
        answer["allowed_updates"] = sorted(world.updates.allowed)
    return answer


def _remember_allowed(world: World, call: Call) -> None:
    allowed = call.params.get("allowed_updates")
    if isinstance(allowed, list):
        world.updates.allowed = frozenset(map(str, allowed))


def _read_settings(call: Call) -> WebhookSettings | None:
    url, secret = call.text("url"), call.text("secret_token")
    if not url:
        return None
    parts = urlsplit(url)
    # Telegram takes HTTPS only; a bot on this machine has no certificate, as with a local server.
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if len(secret) > LONGEST_SECRET:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    return WebhookSettings(
        url=url,
        secret=secret,
        max_connections=min(max(call.number("max_connections", 40), 1), 100),
        certified="certificate" in call.uploads,
    )


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyDescription": partial(_set_words, "description", 512),
    "getMyDescription": partial(_get_words, "description"),
    "setMyShortDescription": partial(_set_words, "short_description", 120),
    "getMyShortDescription": partial(_get_words, "short_description"),
    "getWebhookInfo": get_webhook_info,
}
SLOW_METHODS = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
}
