"""A simulated Meta with one Page on Messenger and one account of Instagram, over real HTTP.

Webhooks, Send API and people's phones. Imports nothing of ours. Names are those of Meta's own
documentation.
"""

from simulators.graph_api.chats import Chat, Entry
from simulators.graph_api.server import (
    APP_ID,
    APP_SECRET,
    INSTAGRAM_ID,
    INSTAGRAM_TOKEN,
    NAME,
    PAGE_ID,
    PAGE_TOKEN,
    VERIFY_TOKEN,
    VERSION,
    GraphApi,
)

__all__ = [
    "APP_ID",
    "APP_SECRET",
    "INSTAGRAM_ID",
    "INSTAGRAM_TOKEN",
    "NAME",
    "PAGE_ID",
    "PAGE_TOKEN",
    "VERIFY_TOKEN",
    "VERSION",
    "Chat",
    "Entry",
    "GraphApi",
]
