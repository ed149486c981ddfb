"""Agents' passwords: argon2id, in threads of its own, one hash at a time.

Who may try how often is left to `throttle`.
"""

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

PASSWORD_LIMIT = 1024  # characters that count: hashing a megabyte would hold up all other logins


class Passwords:
    """Hashes and verifies. An unknown login costs the same time as a wrong password."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._threads = ThreadPoolExecutor(max_workers=1, thread_name_prefix="argon2")
        self._nobody = ""

    def hash(self, password: str) -> str:
        return self._hasher.hash(_counted(password))

    def is_outdated(self, password_hash: str) -> bool:
        """Whether it was made with weaker parameters than today's."""
        return self._hasher.check_needs_rehash(password_hash)

    async def hash_aside(self, password: str) -> str:
        """`hash` without holding up the loop."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self.hash, password)

    async def is_right(self, password_hash: str | None, password: str) -> bool:
        """None stands for a login that nobody has."""
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, self._verify, password_hash, password
        )

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _verify(self, password_hash: str | None, password: str) -> bool:
        if not self._nobody:
            self._nobody = self.hash(secrets.token_urlsafe())
        try:
            self._hasher.verify(password_hash or self._nobody, _counted(password))
        except (VerificationError, InvalidHashError):
            return False
        return password_hash is not None


def _counted(password: str) -> bytes:
    return password[:PASSWORD_LIMIT].encode("utf-8", "replace")
