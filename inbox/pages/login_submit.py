"""Checks login and password and opens a session; slow and alike for known and unknown logins."""

import asyncio
from datetime import timedelta
from typing import Final

import structlog
from aiohttp import web

from inbox import throttle
from inbox.browsers import remember_browser
from inbox.errors import Problem, say_problem
from inbox.frame import is_own_path
from inbox.guard import start_session
from inbox.keys import FORM, PASSWORDS, SERVICES
from inbox.pages.login_show import draw_login
from intake.people import Agent
from intake.posted_forms import Form

LOGIN_LIMIT: Final = 100
DOOR: Final = web.AppKey("door", asyncio.Semaphore)  # one at a time: no try slips past the count
log = structlog.get_logger()


async def submit(request: web.Request) -> web.StreamResponse:
    services, form = request.app[SERVICES], request[FORM]
    login = form.text("login", LOGIN_LIMIT).strip().casefold()
    attempt = throttle.attempt_of(request, login, services)
    async with request.app[DOOR]:
        if pause := await throttle.pause_before(attempt, services):
            log.warning("login_throttled")
            return _put_off(request, form, pause)
        agent = await _agent_with(request, login, form.text("password"))
        if agent is None:
            log.warning("login_refused")
            await throttle.note_failure(attempt, services)
            return _refuse(request, form, say_problem(request, 401, "wrong_login"))
    wanted = form.text("next", 2000)
    response = web.Response(status=303)
    response.headers["Location"] = wanted if is_own_path(wanted) else "/"
    await start_session(response, agent.id, services)
    remember_browser(response, login, services)
    log.info("logged_in", agent=agent.id)
    return response


async def _agent_with(request: web.Request, login: str, password: str) -> Agent | None:
    services, passwords = request.app[SERVICES], request.app[PASSWORDS]
    known = await services.agents.by_login(login)
    agent, password_hash = known if known is not None else (None, None)
    is_right = await passwords.is_right(password_hash, password)
    if agent is None or password_hash is None or not is_right or not agent.is_active:
        return None
    if passwords.is_outdated(password_hash):
        anew = await passwords.hash_aside(password)
        await services.agents.renew_hash(login, password_hash, anew)
    return agent


def _refuse(request: web.Request, form: Form, problem: Problem) -> web.Response:
    return draw_login(
        request,
        wanted=form.text("next", 2000),
        login=form.text("login", LOGIN_LIMIT),
        problem=problem,
    )


def _put_off(request: web.Request, form: Form, pause: timedelta) -> web.Response:
    code = "throttled" if pause >= throttle.WINDOW else "slowed"
    page = _refuse(request, form, say_problem(request, 429, code))
    page.headers["Retry-After"] = str(int(pause.total_seconds()))
    return page
