"""Servers to be compared with, each a process: `python -m tests.bench.peers NAME PORT`.

`bare`: aiohttp reads the JSON and answers. `aiogram`: its own webhook handler with a handler that
does nothing. Neither stores anything; both run on uvloop, as Firstline does.
"""

import asyncio
import sys

import orjson
from aiohttp import web

PATH = "/updates"
SECRET = "a-secret-of-the-bench"


def bare():
    async def receive(request):
        orjson.loads(await request.read())
        return web.Response()

    app = web.Application()
    app.router.add_post(PATH, receive)
    return app


def aiogram():
    from aiogram import Bot, Dispatcher, Router
    from aiogram.webhook.aiohttp_server import SimpleRequestHandler

    router = Router()

    @router.message()
    async def ignore(message):
        return None

    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    app = web.Application()
    handler = SimpleRequestHandler(
        dispatcher, Bot("700800900:bench"), handle_in_background=False, secret_token=SECRET
    )
    handler.register(app, path=PATH)
    return app


async def serve(app, port):
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


def main():
    import uvloop

    name, port = sys.argv[1:]
    app = {"bare": bare, "aiogram": aiogram}[name]()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(app, int(port)))


if __name__ == "__main__":
    main()
