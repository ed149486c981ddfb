"""JSON over HTTP to look into the mailboxes and to write as a person: for the demo page.

A sub-application; the mails themselves are in mail_server.
"""

import base64
import binascii
from dataclasses import asdict
from typing import Any

from aiohttp import web

from simulators.mail_faults import FAULT_NAMES
from simulators.mail_letters import Enclosure, Parts, ReceivedMail
from simulators.mail_server import MailServer

_SERVER = web.AppKey("mail_server", MailServer)


def application(server: MailServer) -> web.Application:
    """Give the result to `add_subapp`, under any prefix."""
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app[_SERVER] = server
    app.add_routes(
        [
            web.get("/mailboxes", list_mailboxes),
            web.get("/mailboxes/{address}/mails", list_mails),
            web.get("/mailboxes/{address}/mails/{uid:\\d+}", show_mail),
            web.get("/mailboxes/{address}/mails/{uid:\\d+}/raw", show_raw),
            web.get("/mailboxes/{address}/mails/{uid:\\d+}/attachments/{place:\\d+}", show_file),
            web.post("/mailboxes/{address}/mails/{uid:\\d+}/reply", reply),
            web.post("/mailboxes/{address}/write", write),
            web.post("/faults", inject_fault),
            web.delete("/faults", clear_faults),
        ]
    )
    return app


async def list_mailboxes(request: web.Request) -> web.Response:
    server = request.app[_SERVER]
    rows = [
        {"address": address, "mails": len(server.boxes.open(address).inbox.mails)}
        for address in server.boxes.addresses()
    ]
    return web.json_response({"support": server.support, "mailboxes": rows})


async def list_mails(request: web.Request) -> web.Response:
    found = request.app[_SERVER].mails(request.match_info["address"])
    after = request.query.get("after", "0")
    since = int(after) if after.isdecimal() else 0
    return web.json_response({"mails": [as_json(mail) for mail in found if mail.uid > since]})


async def show_mail(request: web.Request) -> web.Response:
    return web.json_response(as_json(_mail(request)))


async def show_raw(request: web.Request) -> web.Response:
    return web.Response(body=_mail(request).raw, content_type="text/plain", charset="utf-8")


async def show_file(request: web.Request) -> web.Response:
    files, place = _mail(request).attachments, int(request.match_info["place"])
    if place >= len(files):
        raise web.HTTPNotFound
    headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
    return web.Response(
        body=files[place].payload, content_type=files[place].media_type, headers=headers
    )


async def write(request: web.Request) -> web.Response:
    """Takes `subject`, `text` and what else `Parts` has; `name` is the writer's own name."""
    body = await _body(request)
    message_id = request.app[_SERVER].write(
        _writer(request, body),
        str(body.get("subject", "")),
        str(body.get("text", "")),
        **_parts(body),
    )
    return web.json_response({"message_id": message_id}, status=201)


async def reply(request: web.Request) -> web.Response:
    """Takes `text`, `name` and what else `Parts` has."""
    body = await _body(request)
    writer, text = _writer(request, body), str(body.get("text", ""))
    message_id = request.app[_SERVER].reply(writer, _mail(request), text, **_parts(body))
    return web.json_response({"message_id": message_id}, status=201)


async def inject_fault(request: web.Request) -> web.Response:
    body = await _body(request)
    if body.get("name") not in FAULT_NAMES:
        raise web.HTTPBadRequest(text=f"name one of {', '.join(FAULT_NAMES)}")
    request.app[_SERVER].faults.inject(
        body["name"], address=body.get("address"), times=body.get("times")
    )
    return web.Response(status=204)


async def clear_faults(request: web.Request) -> web.Response:
    request.app[_SERVER].faults.clear()
    return web.Response(status=204)


def _writer(request: web.Request, body: dict[str, Any]) -> str:
    person, name = request.match_info["address"], str(body.get("name", ""))
    return f"{name} <{person}>" if name else person


def _mail(request: web.Request) -> ReceivedMail:
    uid = int(request.match_info["uid"])
    for mail in request.app[_SERVER].mails(request.match_info["address"]):
        if mail.uid == uid:
            return mail
    raise web.HTTPNotFound


async def _body(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError as error:
        raise web.HTTPBadRequest(text="the body is not JSON") from error
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="the body is not a JSON object")
    return body


def _parts(body: dict[str, Any]) -> Parts:
    parts: Parts = {}
    for name in ("to", "cc", "references"):
        if body.get(name):
            parts[name] = tuple(map(str, body[name]))
    for name in ("html", "in_reply_to"):
        if body.get(name):
            parts[name] = str(body[name])  # type: ignore[literal-required]
    if body.get("attachments"):
        parts["attachments"] = tuple(_enclosure(one) for one in body["attachments"])
    return parts


def _enclosure(one: dict[str, Any]) -> Enclosure:
    try:
        payload = base64.b64decode(str(one["base64"]), validate=True)
    except (KeyError, binascii.Error) as error:
        raise web.HTTPBadRequest(text="an attachment needs base64") from error
    kind = str(one.get("media_type") or "application/octet-stream")
    return Enclosure(name=str(one.get("name") or "file"), media_type=kind, payload=payload)


def as_json(mail: ReceivedMail) -> dict[str, Any]:
    shown = asdict(mail)
    del shown["raw"], shown["headers"]
    shown["received_at"] = mail.received_at.isoformat()
    shown["attachments"] = [
        {"name": one.name, "media_type": one.media_type, "bytes": len(one.payload)}
        for one in mail.attachments
    ]
    return shown
