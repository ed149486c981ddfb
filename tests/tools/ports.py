"""Ports for servers that must be told theirs before they start.

One that the system gives to a connection may not be there any more when the server starts, or when
it starts again after it was killed. So these lie below those that the system gives, and no process
of the tests gives one of them twice. Where a server can choose, it is told 0.
"""

import random
import socket

GIVEN = range(20_000, 32_000)
LEFT = random.SystemRandom().sample(GIVEN, len(GIVEN))  # in an order of this process's own


def free_port() -> int:
    while True:
        port = LEFT.pop()
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):  # nobody listens there
                return port
