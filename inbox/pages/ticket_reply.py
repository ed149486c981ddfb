"""Answers the requester, with files. What is marked as a note stays one, whatever was pressed."""

import asyncio
from functools import partial
from typing import Final

from aiohttp import web

from inbox.keys import DISK, FORM, SERVICES, SESSION
from inbox.numbers import number_in
from inbox.pages.ticket_note import once_of, save_note
from inbox.pages.ticket_show import NOTE
from intake.agent_words import Attached, Reply
from intake.errors import Invalid
from intake.media_types import media_type
from intake.posted_forms import Upload

MAX_FILES: Final = 10
MAX_TEXT: Final = 1024 * 1024


async def submit(request: web.Request) -> web.StreamResponse:
    form, number = request[FORM], number_in(request, "ticket")
    if form.text("mode") == NOTE:
        return await save_note(request)
    once = once_of(form)
    if len(form.uploads) > MAX_FILES:
        raise Invalid("too_many_files", limit=str(MAX_FILES))
    empty = next((upload.name for upload in form.uploads if not upload.content), None)
    if empty is not None:  # Telegram takes no such file, nor the words that go with it
        raise Invalid("empty_file", name=empty)
    files = [await _keep(request, upload) for upload in form.uploads]
    reply = Reply(
        text=form.text("text", MAX_TEXT),
        once=once,
        handle_id=form.number("to"),
        files=tuple(files),
        solves=form.text("solves") == "yes",
    )
    await request.app[SERVICES].service.reply(request[SESSION].agent, number, reply)
    raise web.HTTPSeeOther(f"/tickets/{number}#latest")


async def _keep(request: web.Request, upload: Upload) -> Attached:
    services = request.app[SERVICES]
    sha256 = await asyncio.get_running_loop().run_in_executor(
        request.app[DISK], partial(services.blobs.write, upload.content)
    )
    upload_id = await services.files.add_upload(
        upload.name,
        media_type(upload.content, said=upload.media_type),
        len(upload.content),
        sha256,
    )
    return Attached(id=upload_id, sha256=sha256)
