"""Reads the people of an LDAP server: one paged search, in a thread of its own.

What its answers tell of an employee is left to `rows`. Referrals are not followed: they would
carry our password to servers that nobody has named.
"""

import asyncio
import socket
import ssl
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from desk.ldap import LdapSettings
from desk.people.rows import Home, told
from intake.errors import Invalid, Unavailable
from intake.importing import Told

if TYPE_CHECKING:
    from ldap3 import Connection

PAGE = 500  # entries; servers hand out a thousand at most
WITHIN = 10  # seconds to connect, and to wait for the next bytes
STALLS_WITHIN = 30  # seconds to wait for the next page
GUID = "objectguid"  # bytes, the only ones among what we ask for
GUID_BYTES = 16
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the server tells, and by what name it calls each of them."""

    rows: Sequence[Told]
    labels: Sequence[str]


async def read_people(settings: LdapSettings, home: Home) -> Found:
    """Raises Invalid where it is not set up or refuses us, Unavailable where nobody answers."""
    if not settings.is_on:
        raise Invalid("ldap_off")
    entries = await _asked(_search, settings)
    if not entries:
        raise Invalid("people_empty")
    rows = [
        told(line, _words(entry["raw_attributes"], settings.columns), home)
        for line, entry in enumerate(entries, start=1)
    ]
    return Found(rows=rows, labels=[entry["dn"] for entry in entries])


async def count_people(settings: LdapSettings) -> int:
    """Of the first page, for whoever only wants to know that it answers."""
    return await _asked(_count, settings)


@dataclass(slots=True)
class Watch:
    """Over a conversation: ends it where nothing whole comes for too long.

    The library waits for bytes alone, which a server may give one by one.
    """

    goes_on: Callable[[], object] = bool
    lines: list[socket.socket] = field(default_factory=list)

    def cut(self) -> None:
        """Whoever reads there reads no more."""
        for line in self.lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    @contextmanager
    def closing(self, connection: "Connection") -> Iterator[None]:
        """Also where it has failed: the library leaves that to the garbage collector."""
        try:
            yield
        finally:
            for line in (*self.lines, connection.socket):
                if line is not None:
                    line.close()


async def _asked(ask: Callable[[LdapSettings, Watch], Answer], settings: LdapSettings) -> Answer:
    """In a thread, which ends with its connection."""
    loop, watch = asyncio.get_running_loop(), Watch()
    try:
        async with asyncio.timeout(STALLS_WITHIN) as limit:
            watch.goes_on = partial(loop.call_soon_threadsafe, _prolong, limit, loop)
            return await asyncio.to_thread(ask, settings, watch)
    except TimeoutError as error:
        raise Unavailable("ldap_away", reason="nothing whole came in time") from error
    finally:
        watch.cut()


def _prolong(limit: asyncio.Timeout, loop: asyncio.AbstractEventLoop) -> None:
    if not limit.expired():
        limit.reschedule(loop.time() + STALLS_WITHIN)


def _search(settings: LdapSettings, watch: Watch) -> Sequence[Mapping[str, Any]]:
    entries = []
    with _connected(settings, watch) as connection:
        found = connection.extend.standard.paged_search(
            settings.base,
            settings.filter,
            attributes=sorted({name for names in settings.columns.values() for name in names}),
            paged_size=PAGE,
            generator=True,
        )
        for entry in found:
            watch.goes_on()
            if entry["type"] == "searchResEntry":
                entries.append(entry)
        told = connection.result
        # At its limits the library raises nothing: whoever is missing has not left.
        if told["result"]:
            raise Invalid("ldap_cut", reason=told["description"])
    return entries


def _count(settings: LdapSettings, watch: Watch) -> int:
    with _connected(settings, watch) as connection:
        connection.search(settings.base, settings.filter, attributes=["1.1"], paged_size=PAGE)
        return sum(entry["type"] == "searchResEntry" for entry in connection.response)


@contextmanager
def _connected(settings: LdapSettings, watch: Watch) -> Iterator["Connection"]:
    """By TLS wherever it is not switched off, with the server's name and certificate checked."""
    try:
        import ldap3  # noqa: PLC0415 - an extra, only of who has such a server
    except ImportError as error:
        raise Invalid("ldap_missing") from error
    with _failures_told():
        tls = _checked_tls(ldap3.Tls, ssl.create_default_context(cafile=settings.ca_path))
        connection = ldap3.Connection(
            ldap3.Server(settings.url, tls=tls, get_info=ldap3.NONE, connect_timeout=WITHIN),
            user=settings.bind_dn or None,
            password=settings.secret() or None,
            read_only=True,
            check_names=False,
            auto_referrals=False,
            raise_exceptions=True,
            receive_timeout=WITHIN,
        )
        with watch.closing(connection):
            connection.open()
            watch.lines.append(connection.socket)
            if settings.starts_tls and not connection.start_tls():
                raise ssl.SSLError("StartTLS did not begin")
            watch.lines.append(connection.socket)
            connection.bind()
            yield connection


@contextmanager
def _failures_told() -> Iterator[None]:
    """What the library raises, by its consequence."""
    from ldap3.core.exceptions import LDAPException, LDAPOperationResult  # noqa: PLC0415

    try:
        yield
    except LDAPOperationResult as error:
        raise Invalid("ldap_refused", reason=error.description or type(error).__name__) from error
    except (LDAPException, OSError) as error:
        raise Unavailable("ldap_away", reason=f"{type(error).__name__}: {error}"[:200]) from error
    except (LookupError, ValueError, TypeError, AttributeError) as error:  # the library's reader
        raise Unavailable("ldap_away", reason="what answers there is no LDAP") from error


def _checked_tls(tls: Any, context: ssl.SSLContext) -> Any:
    """By Python's own check of name and certificate, which closes what does not pass it."""

    class Checked(tls):  # type: ignore[misc]
        def wrap_socket(self, connection: Any, do_handshake: bool = True) -> None:  # noqa: ARG002, FBT001, FBT002
            host = connection.server.host
            connection.socket = context.wrap_socket(connection.socket, server_hostname=host)

    return Checked()


def _words(
    attributes: Mapping[str, Sequence[bytes]], columns: Mapping[str, Sequence[str]]
) -> Mapping[str, Sequence[str]]:
    """By column; of several attributes all that are there. What nobody has filled in is empty."""
    given = {name.casefold(): (name, values) for name, values in attributes.items()}
    return {
        column: [
            _text(name, value)
            for wanted in names
            for name, values in [given.get(wanted.casefold(), (wanted, ()))]
            for value in values
        ]
        for column, names in columns.items()
    }


def _text(name: str, value: bytes) -> str:
    if name.casefold() == GUID and len(value) == GUID_BYTES:
        return str(uuid.UUID(bytes_le=value))
    return value.decode("utf-8", "replace")
