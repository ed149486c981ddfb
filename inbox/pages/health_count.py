"""For machines: what this process has counted (Prometheus)."""

from ipaddress import ip_address

from aiohttp import web
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from inbox.keys import SERVICES
from intake.errors import NotFound


async def show(request: web.Request) -> web.Response:
    """For the neighbourhood only: who comes through a proxy from outside sees nothing."""
    if "X-Forwarded-For" in request.headers or not is_near(request.remote or ""):
        raise NotFound("no_page")
    counted = generate_latest(request.app[SERVICES].registry)
    return web.Response(body=counted, headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})


def is_near(peer: str) -> bool:
    try:
        return ip_address(peer).is_private
    except ValueError:
        return False
