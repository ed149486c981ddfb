"""Every address of the inbox, in one list. A route's name is that of its page's file."""

from collections.abc import Mapping

from aiohttp import web

from inbox.errors import ShowAgain
from inbox.live import show_live
from inbox.pages import (
    delivery_redirect,
    delivery_retry,
    entry_show,
    file_retry,
    file_show,
    first_show,
    health_count,
    health_live,
    health_ready,
    language_set,
    link_undo,
    login_show,
    login_submit,
    logout_submit,
    original_show,
    person_link,
    person_propose,
    person_show,
    quarantine_dismiss,
    quarantine_list,
    quarantine_requeue,
    telegram_link,
    telegram_quiet,
    telegram_show,
    telegram_unlink,
    ticket_approve,
    ticket_ask,
    ticket_assign,
    ticket_list,
    ticket_note,
    ticket_priority,
    ticket_reply,
    ticket_show,
    ticket_split,
    ticket_status,
    ticket_take,
)
from inbox.static_files import StaticFiles

TICKET = "/tickets/{ticket:[0-9]+}"
DELIVERY = "/deliveries/{delivery:[0-9]+}"


def routes(static: StaticFiles) -> list[web.RouteDef]:
    return [
        web.get("/", first_show.show, name="first_show"),
        web.get("/login", login_show.show, name="login_show"),
        web.post("/login", login_submit.submit, name="login_submit"),
        web.post("/logout", logout_submit.submit, name="logout_submit"),
        web.post("/language", language_set.submit, name="language_set"),
        web.get("/tickets", ticket_list.show, name="ticket_list"),
        web.get(TICKET, ticket_show.show, name="ticket_show"),
        web.get(TICKET + "/entries/{entry:[0-9]+}", entry_show.show, name="entry_show"),
        web.post(TICKET + "/reply", ticket_reply.submit, name="ticket_reply"),
        web.post(TICKET + "/approve", ticket_approve.submit, name="ticket_approve"),
        web.post(TICKET + "/ask", ticket_ask.submit, name="ticket_ask"),
        web.post(TICKET + "/note", ticket_note.submit, name="ticket_note"),
        web.post(TICKET + "/take", ticket_take.submit, name="ticket_take"),
        web.post(TICKET + "/assign", ticket_assign.submit, name="ticket_assign"),
        web.post(TICKET + "/split", ticket_split.submit, name="ticket_split"),
        web.post(TICKET + "/status", ticket_status.submit, name="ticket_status"),
        web.post(TICKET + "/priority", ticket_priority.submit, name="ticket_priority"),
        web.post(DELIVERY + "/retry", delivery_retry.submit, name="delivery_retry"),
        *_of_people(),
        web.post(DELIVERY + "/redirect", delivery_redirect.submit, name="delivery_redirect"),
        web.get("/files/{file:[0-9]+}", file_show.show, name="file_show"),
        web.post("/files/{file:[0-9]+}/retry", file_retry.submit, name="file_retry"),
        web.get("/originals/{sha256:[0-9a-f]{64}}", original_show.show, name="original_show"),
        *_of_quarantine(),
        *_of_telegram(),
        web.get("/live", show_live, name="live_show"),
        web.get("/static/{name}", static.show, name="static_show"),
        web.get("/healthz", health_live.show, name="health_live"),
        web.get("/readyz", health_ready.show, name="health_ready"),
        web.get("/metrics", health_count.show, name="health_count"),
    ]


def _of_quarantine() -> list[web.RouteDef]:
    return [
        web.get("/quarantine", quarantine_list.show, name="quarantine_list"),
        web.post(
            "/quarantine/{envelope:[0-9]+}/requeue",
            quarantine_requeue.submit,
            name="quarantine_requeue",
        ),
        web.post(
            "/quarantine/{envelope:[0-9]+}/dismiss",
            quarantine_dismiss.submit,
            name="quarantine_dismiss",
        ),
    ]


def _of_people() -> list[web.RouteDef]:
    person = "/people/{person:[0-9]+}"
    return [
        web.get(person, person_show.show, name="person_show"),
        web.get(f"{person}/link", person_link.show, name="person_link"),
        web.post(f"{person}/propose", person_propose.submit, name="person_propose"),
        web.post("/links/{link:[0-9]+}/undo", link_undo.submit, name="link_undo"),
    ]


def _of_telegram() -> list[web.RouteDef]:
    return [
        web.get("/telegram", telegram_show.show, name="telegram_show"),
        web.post("/telegram/link", telegram_link.submit, name="telegram_link"),
        web.post("/telegram/unlink", telegram_unlink.submit, name="telegram_unlink"),
        web.post("/telegram/quiet", telegram_quiet.submit, name="telegram_quiet"),
    ]


def pages_again() -> Mapping[str, ShowAgain]:
    """Which page a post shows again when what was entered can't be taken."""
    of_ticket = (
        "reply", "ask", "approve", "note", "take", "assign", "status", "priority", "split",
    )  # fmt: skip
    return {
        **{f"ticket_{verb}": ticket_show.show_again for verb in of_ticket},
        "quarantine_requeue": quarantine_list.show_again,
        "quarantine_dismiss": quarantine_list.show_again,
        "person_propose": person_link.show_again,
        "telegram_link": telegram_show.show_again,
        "telegram_unlink": telegram_show.show_again,
        "telegram_quiet": telegram_show.show_again,
    }
