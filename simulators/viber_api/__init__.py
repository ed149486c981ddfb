"""A simulated Viber with one bot: its REST API over real HTTP, its callbacks, and people's phones.

Imports nothing of ours. Names are those of Viber's own documentation.
"""

from simulators.viber_api.chats import Chat, Entry
from simulators.viber_api.server import NAME, TOKEN, ViberApi

__all__ = ["NAME", "TOKEN", "Chat", "Entry", "ViberApi"]
