"""The portal's pages: the form as it opens, what is posted, and the word that it has arrived.

A post is accepted like any message: files first, then an envelope in the journal, and only then
the page says so. Who opens a link needs no login; the link is the proof.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, Final

import orjson
from aiohttp import web
from aiohttp.typedefs import Handler

from bots.portal.answering import PATH as LINK_PATH
from bots.portal.answering import Answering
from bots.portal.checking import FILES, FILES_LIMIT, NOTE, Checked, Checking
from bots.portal.drafts import Draft, KeptFile, opened, posted
from bots.portal.drawing import PortalDrawing, headers
from bots.portal.links import APP, Expired, Forged, FormLinks
from bots.portal.mini_app import NotProven, read_proof
from bots.portal.translate import ACCOUNT, CHANNEL
from intake.errors import NotFound, Unavailable
from intake.forms import Forms
from intake.linking.service import Links
from intake.lists import Listing
from intake.media_types import media_type
from intake.messages import Address, Envelope
from intake.ports import Blobs, Clock, Files
from intake.posted_forms import Form, Upload, read_body
from intake.tickets import Status, Ticket

# Read up to three times what is taken, so that whoever attaches too much loses no word.
BODY_LIMIT: Final = 3 * FILES_LIMIT
STATUSES: Final = {
    "forged": 404,
    "expired": 410,
    "settled": 409,
    "closed": 409,
    "unproven": 403,
    "too_large": 413,
    "away": 503,
}
DEEPER: Final = frozenset(
    {"portal_app", "portal_app_open", "portal_sent", "portal_link", "portal_link_take"}
)
UNFIT: Final = 422
KEY_BYTES: Final = 16

Accept = Callable[[Sequence[Envelope]], Awaitable[int]]


class Refusal(Exception):
    """A page that only says why there is no form. `reason` names its words."""

    def __init__(self, reason: str, ticket: Ticket | None = None, heir: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.ticket = ticket
        self.heir = heir


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalServices:
    """Everything behind the pages. Without a bot there is no Mini App."""

    links: FormLinks
    forms: Forms
    checking: Checking
    drawing: PortalDrawing
    listing: Listing
    files: Files
    blobs: Blobs
    accept: Accept
    linking: Links
    clock: Clock
    language: str  # of pages that know no ticket
    is_secure: bool = False
    bot_token: str = field(default="", repr=False)
    bot_account: str = ""


def portal_app(services: PortalServices) -> web.Application:
    """A sub-application, below the address that `links` writes."""
    pages = _Pages(services)
    app = web.Application(middlewares=[pages.guard])
    app.router.add_get("/static/{name}", pages.show_file, name="portal_file")
    if services.bot_token:  # with none, anybody could sign a proof
        app.router.add_get("/app/{token}", pages.show_app, name="portal_app")
        app.router.add_post("/app/{token}", pages.open_app, name="portal_app_open")
    app.router.add_get(LINK_PATH, pages.answering.show, name="portal_link")
    app.router.add_post(LINK_PATH, pages.answering.take, name="portal_link_take")
    app.router.add_get("/{token}", pages.show, name="portal_form")
    app.router.add_post("/{token}", pages.take, name="portal_form_take")
    app.router.add_get("/{token}/sent", pages.show_sent, name="portal_sent")
    return app


class _Pages:
    def __init__(self, services: PortalServices) -> None:
        self._services = services
        self.answering = Answering(links=services.linking, draw=self._draw)
        self._headers = headers(is_secure=services.is_secure, is_framed=bool(services.bot_token))

    @web.middleware
    async def guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Turns refusals into pages, and gives every answer its headers."""
        try:
            response = await handler(request)
        except Refusal as refusal:
            response = self._refuse(request, refusal)
        except Unavailable:
            response = self._refuse(request, Refusal("away"))
            response.headers["Retry-After"] = "5"
        except web.HTTPException as answer:
            answer.headers.update(self._headers)
            raise
        for name, value in self._headers.items():
            response.headers.setdefault(name, value)
        return response

    # the form

    async def show(self, request: web.Request) -> web.Response:
        ticket = await self._ticket(request)
        once = secrets.token_urlsafe(KEY_BYTES)
        draft = opened(ticket, self._services.forms.catalogue, once)
        return self._draw(request, "form", ticket.language, self._form(ticket, draft, {}))

    async def take(self, request: web.Request) -> web.Response:
        ticket = await self._ticket(request, is_filled=True)
        try:
            form = await _read(request)
        except web.HTTPRequestEntityTooLarge as error:
            raise Refusal("too_large", ticket) from error
        draft = self._proven(posted(form, self._services.forms.catalogue), ticket)
        checked = self._services.checking.check(
            draft, form.uploads, ticket.language, self._services.clock.now()
        )
        if FILES not in checked.errors:
            draft = await self._keep(draft, ticket, form.uploads)
        if form.text("step") == "category":  # only another choice of fields; nothing is sent
            return self._draw(request, "form", ticket.language, self._form(ticket, draft, {}))
        if checked.errors:
            values = self._form(ticket, draft, checked.errors)
            page = self._draw(request, "form", ticket.language, values)
            page.set_status(UNFIT)
            return page
        if draft.says_anything:
            await self._services.accept([self._envelope(ticket, draft, checked)])
        if draft.is_unseen and ticket.status.is_live:
            rest = draft.going_on(secrets.token_urlsafe(KEY_BYTES))
            values = {**self._form(ticket, rest, {}), "is_noted": True}
            return self._draw(request, "form", ticket.language, values)
        raise web.HTTPSeeOther(f"{request.match_info['token']}/sent")

    async def show_sent(self, request: web.Request) -> web.Response:
        ticket = await self._ticket(request, is_filled=True)
        heir = await self._services.listing.heir(ticket.id)
        ticket = await self._services.listing.ticket(heir) if heir is not None else ticket
        values = {
            "number": ticket.id,
            "due": self._due(ticket),
            "channel": ticket.address.channel,
            "token": request.match_info["token"],
        }
        return self._draw(request, "sent", ticket.language, values)

    async def _ticket(self, request: web.Request, *, is_filled: bool = False) -> Ticket:
        return await self._open(request.match_info["token"], is_filled=is_filled)

    async def _open(self, token: str, *, is_filled: bool = False, **purpose: str) -> Ticket:
        """What was filled in before its ticket was over opens that again, like words do."""
        try:
            number = self._services.links.read(token, self._services.clock.now(), **purpose)
            ticket = await self._services.listing.ticket(number)
        except Expired as error:
            raise Refusal("expired") from error
        except (Forged, NotFound) as error:
            raise Refusal("forged") from error
        if ticket.status.is_live or is_filled:
            return ticket
        if ticket.status is Status.SOLVED:
            raise Refusal("settled", ticket)
        raise Refusal("closed", ticket, await self._services.listing.heir(number))

    def _proven(self, draft: Draft, ticket: Ticket) -> Draft:
        """Only files that came with this ticket's form."""
        kept = [
            file
            for file in draft.kept
            if self._services.links.is_marked(ticket.id, file.id, file.mark)
        ]
        return replace(draft, kept=tuple(kept))

    async def _keep(self, draft: Draft, ticket: Ticket, uploads: Sequence[Upload]) -> Draft:
        """Stored now, so that a page shown again need not ask for them again."""
        kept = list(draft.kept)
        for upload in uploads:
            digest = await asyncio.to_thread(self._services.blobs.write, upload.content)
            kind = media_type(upload.content, name=upload.name)
            upload_id = await self._services.files.add_upload(
                upload.name, kind, len(upload.content), digest
            )
            mark = self._services.links.mark(ticket.id, upload_id)
            kept.append(KeptFile(id=upload_id, mark=mark, name=upload.name, digest=digest))
        return replace(draft, kept=tuple(kept))

    def _envelope(self, ticket: Ticket, draft: Draft, checked: Checked) -> Envelope:
        """The same words sent twice are one envelope; other words of the same page another."""
        said = {
            "ticket": ticket.id,
            "language": ticket.language,
            "answers": dict(checked.answers),
            "note": checked.note,
        }
        files = [file.digest or str(file.id) for file in draft.kept]
        mark = sha256(orjson.dumps([said, files])).hexdigest()[:KEY_BYTES]
        return Envelope(
            channel=CHANNEL,
            account=ACCOUNT,
            key=f"{ticket.id}:{draft.once}:{mark}",
            conversation=f"ticket:{ticket.id}",
            payload=orjson.dumps(
                {
                    **said,
                    "category": draft.category,
                    "uploads": [file.id for file in draft.kept],
                }
            ),
            received_at=self._services.clock.now(),
        )

    def _form(self, ticket: Ticket, draft: Draft, errors: Mapping[str, str]) -> dict[str, Any]:
        missing, known = self._services.drawing.inputs(ticket, draft, errors)
        chosen = self._services.forms.catalogue.categories.get(draft.category)
        return {
            "number": ticket.id,
            "subject": ticket.subject,
            "due": self._due(ticket),
            "ways": self._services.forms.ways(ticket, self._services.clock.now()),
            "category": draft.category,
            "category_label": chosen.label.get(ticket.language, "") if chosen else "",
            "categories": self._services.drawing.categories(ticket.language),
            "missing": missing,
            "known": known,
            "draft": draft,
            "was": draft.was.to_json(),
            "errors": {NOTE: "", FILES: "", **errors},
            "has_errors": bool(errors),
            "is_noted": False,
            "wrong": [each for each in (*missing, *known) if each.error],
        }

    def _due(self, ticket: Ticket) -> str:
        """The promise, until somebody has answered, or should have."""
        return self._services.forms.promised(ticket, ticket.language, self._services.clock.now())

    # the Mini App

    async def show_app(self, request: web.Request) -> web.Response:
        """Empty but for the script that hands on what Telegram says of its visitor."""
        ticket = await self._open(request.match_info["token"], purpose=APP)
        return self._draw(request, "app", ticket.language, {})

    async def open_app(self, request: web.Request) -> web.Response:
        ticket = await self._open(request.match_info["token"], purpose=APP)
        now = self._services.clock.now()
        try:
            proof = (await _read(request)).text("proof")
            visitor = read_proof(proof, self._services.bot_token, now)
        except NotProven as error:
            raise Refusal("unproven", ticket) from error
        chat = Address(
            channel="telegram", account=self._services.bot_account, external_id=visitor.chat_id
        )
        opening = Envelope(
            channel=CHANNEL,
            account=ACCOUNT,
            key=f"app:{visitor.mark}",
            conversation=f"ticket:{ticket.id}",
            payload=orjson.dumps({"opened": ticket.id}),
            received_at=now,
        )
        # Whoever shows the same proof again has read it elsewhere.
        if chat != ticket.address or not await self._services.accept([opening]):
            raise Refusal("unproven", ticket)
        form = self._services.links.token(ticket.id, now)
        raise web.HTTPSeeOther(f"../{form}")

    # drawing

    async def show_file(self, request: web.Request) -> web.Response:
        found = self._services.drawing.file(request.match_info["name"], request.query.get("v", ""))
        if found is None:
            raise web.HTTPNotFound
        return found

    def _refuse(self, request: web.Request, refusal: Refusal) -> web.Response:
        ticket = refusal.ticket
        language = ticket.language if ticket else self._services.language
        values = {
            "reason": refusal.reason,
            "number": ticket.id if ticket else None,
            "heir": refusal.heir,
        }
        page = self._draw(request, "refused", language, values)
        page.set_status(STATUSES[refusal.reason])
        return page

    def _draw(
        self, request: web.Request, template: str, language: str, values: Mapping[str, Any]
    ) -> web.Response:
        # Relative, so that a proxy may serve us below an address of its own.
        is_deeper = request.match_info.route.name in DEEPER
        root = {"root": "../" if is_deeper else "", **values}
        text = self._services.drawing.page(template, language, root)
        return web.Response(text=text, content_type="text/html")


async def _read(request: web.Request) -> Form:
    body = await request.clone(client_max_size=BODY_LIMIT).read()
    return read_body(body, request.headers.get("Content-Type", ""))
