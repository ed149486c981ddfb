"""The load: as many keep-alive connections as asked for, each with one request under way.

Run as a process of its own (`python -m tests.bench.load`), told what to do by one JSON object on
standard input; prints one JSON object. Made so plain that it costs a fraction of any server.
"""

import asyncio
import json
import sys
import time
from dataclasses import asdict, dataclass, field

import orjson

UPDATE = {
    "id": 0,
    "is_bot": False,
    "first_name": "Olena",
    "last_name": "Kovalenko",
    "username": "olena_kovalenko",
    "language_code": "uk",
}
TEXT = "Доброго дня! Принтер на третьому поверсі не друкує, INV-20418, терміново."
WARM = 0.2  # seconds at the start that do not count
SENT_AT = 1_795_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """`paths` are asked for in turn; without any, updates are posted to `post_to`.

    Ends after `within` seconds, or after `count` requests where that is given.
    """

    port: int
    connections: int
    within: float = 2.0
    count: int = 0
    paths: tuple[str, ...] = ()
    post_to: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    first: int = 1  # the first update's number
    people: int = 5_000
    texts: tuple[str, ...] = (TEXT,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What came of it; spans in milliseconds."""

    count: int
    seconds: float
    failed: int
    p50: float
    p95: float
    p99: float
    cpu: float = 0.0  # of the load itself, seconds
    began: float = 0.0  # by perf_counter, which all processes of a machine share

    @property
    def rate(self):
        return self.count / self.seconds


async def run(load):
    """In a process of its own, so that neither side waits for the other's interpreter."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bench.load",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate(json.dumps(asdict(load)).encode())
    if process.returncode:
        raise RuntimeError("the load failed")
    answered = Answered(**json.loads(out))
    if answered.failed:
        raise RuntimeError(f"{answered.failed} of {answered.count} requests failed")
    return answered


class Requests:
    """The bytes to send, one request after the other."""

    def __init__(self, load):
        head = [f"Host: 127.0.0.1:{load.port}", *(f"{k}: {v}" for k, v in load.headers.items())]
        self._lines = "\r\n".join(head)
        self._load = load
        self._sent = 0
        self._gets = [
            f"GET {path} HTTP/1.1\r\n{self._lines}\r\n\r\n".encode() for path in load.paths
        ]

    def next(self):
        load, place = self._load, self._sent
        if load.count and place >= load.count:
            return None
        self._sent += 1
        if self._gets:
            return self._gets[place % len(self._gets)]
        body = update(load.first + place, load.people, load.texts)
        head = (
            f"POST {load.post_to} HTTP/1.1\r\n{self._lines}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


def update(number, people, texts):
    person = 10_000_000 + number % people
    sender = {**UPDATE, "id": person}
    chat = {"id": person, "type": "private", "first_name": "Olena", "last_name": "Kovalenko"}
    message = {
        "message_id": number,
        "from": sender,
        "chat": chat,
        "date": SENT_AT,
        "text": texts[number % len(texts)],
    }
    return orjson.dumps({"update_id": number, "message": message})


class Connection(asyncio.Protocol):
    """One request under way; the next one leaves when its answer is complete."""

    def __init__(self, requests, spans, is_over):
        self._requests = requests
        self._spans = spans  # (moment of the answer, how long it took)
        self._is_over = is_over
        self._buffer = b""
        self.failed = 0
        self.ended = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self._transport = transport
        self._send()

    def data_received(self, data):
        self._buffer = self._buffer + data if self._buffer else data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        if len(self._buffer) < end + 4 + _length(self._buffer[:end]):
            return
        now = time.perf_counter()
        self._spans.append((now, now - self._sent_at))
        if self._buffer[9:12] != b"200":
            self.failed += 1
        self._buffer = b""
        if self._is_over(now):
            self._end()
        else:
            self._send()

    def connection_lost(self, error):
        if not self.ended.done():
            self.failed += 1
            self.ended.set_result(None)

    def _send(self):
        request = self._requests.next()
        if request is None:
            self._end()
            return
        self._sent_at = time.perf_counter()
        self._transport.write(request)

    def _end(self):
        if not self.ended.done():
            self.ended.set_result(None)
        self._transport.close()


def _length(head):
    at = head.lower().find(b"content-length:")
    if at < 0:
        raise ValueError("an answer without Content-Length")
    return int(head[at + 15 :].split(b"\r\n", 1)[0])


async def make(load):
    requests, spans = Requests(load), []
    started = time.perf_counter()
    ends_at = started + load.within + WARM if not load.count else float("inf")
    loop = asyncio.get_running_loop()
    connections = []
    for _ in range(load.connections):
        _, connection = await loop.create_connection(
            lambda: Connection(requests, spans, lambda now: now >= ends_at),
            "127.0.0.1",
            load.port,
        )
        connections.append(connection)
    await asyncio.gather(*(connection.ended for connection in connections))
    warm_at = started + (0 if load.count else WARM)
    last = max((at for at, _ in spans), default=warm_at)
    counted = [span for at, span in spans if at >= warm_at]
    return Answered(
        count=len(counted),
        seconds=max(last - warm_at, 1e-9),
        failed=sum(connection.failed for connection in connections),
        cpu=time.process_time(),
        began=started,
        **_spread(counted),
    )


def _spread(spans):
    ordered = sorted(spans) or [0.0]
    return {
        f"p{share}": 1000 * ordered[min(len(ordered) - 1, len(ordered) * share // 100)]
        for share in (50, 95, 99)
    }


def main():
    import uvloop

    load = Load(**json.loads(sys.stdin.read()))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sys.stdout.write(json.dumps(asdict(runner.run(make(load)))))


if __name__ == "__main__":
    main()
