"""A mail server that answers whatever a test wants it to."""

import asyncio
from contextlib import asynccontextmanager


class Answering:
    """An SMTP server that gives the answers it was told to, by the command's first word.

    One that depends on the whole line is a function of it.
    """

    def __init__(self, **answers):
        self.answers = {"greeting": "220 hi", "EHLO": "250-x\r\n250 AUTH PLAIN", "DATA": "354 go",
                        "AUTH": "235 in", "QUIT": "221 bye"} | answers  # fmt: skip

    @asynccontextmanager
    async def serving(self):
        """Gives the port."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        async with server:
            yield server.sockets[0].getsockname()[1]

    async def _serve(self, reader, writer):
        writer.write(f"{self.answers['greeting']}\r\n".encode())
        while line := await reader.readline():
            word = line.split()[0].decode().upper()
            answer = self.answers.get(word, "250 ok")
            writer.write(f"{answer(line) if callable(answer) else answer}\r\n".encode())
            if word == "DATA" and self.answers["DATA"].startswith("354"):
                await reader.readuntil(b"\r\n.\r\n")
                writer.write(f"{self.answers.get('text', '250 ok')}\r\n".encode())
        writer.close()
