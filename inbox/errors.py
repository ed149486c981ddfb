"""The one place where errors become pages: 403, 404, 409, 413, 422, 503, each in kind words.

A form that can't be taken shows its own page again, with the reason and what was typed. Where the
database is away that page can't be drawn: then what was typed stands below the reason.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler
from markupsafe import Markup

from inbox.drawing import draw, voice_of
from inbox.guard import LIMITS, SAFE_METHODS, SignedOut, StaleForm, keep_form
from inbox.keys import FORM, is_ours
from intake.errors import (
    Conflict,
    FirstlineError,
    Invalid,
    NotAllowed,
    NotFound,
    Unavailable,
)
from intake.posted_forms import FORM_LIMIT, Form

STATUSES: Final[Mapping[type[FirstlineError], int]] = {
    NotAllowed: 403,
    NotFound: 404,
    Conflict: 409,
    Invalid: 422,
    Unavailable: 503,
}
UNKNOWN: Final = 500
TICKET_PATH: Final = re.compile("/tickets/[0-9]{1,15}")
RETRY_WITHIN: Final = "5"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What went wrong, in the agent's words, and the status to answer with."""

    status: int
    sentence: Markup


ShowAgain = Callable[[web.Request, Problem], Awaitable[web.Response]]
SHOWN_AGAIN: Final = (Invalid, Conflict, StaleForm)
AGAIN: Final = web.AppKey("again", Mapping[str, ShowAgain])  # by route name


@web.middleware
async def turn_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except FirstlineError as error:
        return await _answer(request, error)
    except SignedOut as error:
        problem = say_problem(request, 401, "signed_out")
        ticket = TICKET_PATH.match(request.path)
        where = ticket.group() if ticket else "/"
        values = {"problem": problem, "login": "", "next": where, "kept": error.text}
        return draw(request, "login", values, problem.status)
    except web.HTTPException as answer:
        is_unknown = request.match_info.http_exception is not None
        if answer.status < web.HTTPBadRequest.status_code or not (is_unknown or is_ours(request)):
            raise
        page = _problem_page(request, say_problem(request, answer.status))
        if "Allow" in answer.headers:
            page.headers["Allow"] = answer.headers["Allow"]
        return page


async def _answer(request: web.Request, error: FirstlineError) -> web.Response:
    again = request.app[AGAIN].get(request.match_info.route.name or "")
    problem = _problem_of(request, error)
    if again is not None and isinstance(error, SHOWN_AGAIN):
        try:
            return await again(request, problem)
        except NotFound:  # there is no such page: then the reason stands alone
            pass
        except FirstlineError as second:  # the database went away
            problem = _problem_of(request, second)
    if problem.status == web.HTTPServiceUnavailable.status_code:
        return _problem_page(request, problem, await _typed(request))
    return _problem_page(request, problem)


async def _typed(request: web.Request) -> Form | None:
    """What was posted to a ticket; perhaps it could not even be asked who posts."""
    if request.method in SAFE_METHODS or not TICKET_PATH.match(request.path):
        return None
    if FORM in request:
        return request[FORM]
    try:
        return await keep_form(
            request, LIMITS.get(request.match_info.route.name or "", FORM_LIMIT)
        )
    except web.HTTPRequestEntityTooLarge:
        return None


def _problem_of(request: web.Request, error: FirstlineError) -> Problem:
    statuses = (STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)
    return say_problem(request, next(statuses, UNKNOWN), error.code, error.values)


def say_problem(
    request: web.Request, status: int, code: str = "", values: Mapping[str, str] | None = None
) -> Problem:
    """The sentence for an error's code; where it has none of its own, for the status."""
    voice = voice_of(request)
    template = request.app[voice.environment].get_template("inbox/problem.txt")
    sentence = template.render(status=status, code=code, values=values or {})
    # Escaped already: the environment escapes what `values` bring.
    return Problem(status=status, sentence=Markup(sentence.strip()))  # noqa: S704


def _problem_page(
    request: web.Request, problem: Problem, typed: Form | None = None
) -> web.Response:
    values = {"problem": problem, "typed": typed, "path": request.path}
    page = draw(request, "problem", values, problem.status)
    if problem.status == web.HTTPServiceUnavailable.status_code:
        page.headers["Retry-After"] = RETRY_WITHIN
    return page
