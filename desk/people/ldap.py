"""Reads the people of an LDAP server: one paged search, in a thread of its own.

What its answers tell of an employee is left to `rows`. Referrals are not followed: they would
carry our password to servers that nobody has named.
"""

import asyncio
import ssl
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desk.ldap import LdapSettings
from desk.people.rows import Home, told
from intake.errors import Invalid, Unavailable
from intake.importing import Told

if TYPE_CHECKING:
    from ldap3 import Connection

PAGE = 500  # entries; servers hand out a thousand at most
WITHIN = 10  # seconds to connect, and to wait for each answer
GUID = "objectguid"  # bytes, the only ones among what we ask for
GUID_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the server tells, and by what name it calls each of them."""

    rows: Sequence[Told]
    labels: Sequence[str]


async def read_people(settings: LdapSettings, home: Home) -> Found:
    """Raises Invalid where it is not set up or refuses us, Unavailable where nobody answers."""
    if not settings.is_on:
        raise Invalid("ldap_off")
    entries = await asyncio.to_thread(_search, settings)
    if not entries:
        raise Invalid("people_empty")
    rows = [
        told(line, _words(entry["raw_attributes"], settings.columns), home)
        for line, entry in enumerate(entries, start=1)
    ]
    return Found(rows=rows, labels=[entry["dn"] for entry in entries])


async def count_people(settings: LdapSettings) -> int:
    """Of the first page, for whoever only wants to know that it answers."""
    return await asyncio.to_thread(_count, settings)


def _search(settings: LdapSettings) -> Sequence[Mapping[str, Any]]:
    with _connected(settings) as connection:
        found = connection.extend.standard.paged_search(
            settings.base,
            settings.filter,
            attributes=sorted({name for names in settings.columns.values() for name in names}),
            paged_size=PAGE,
            generator=True,
        )
        entries = [entry for entry in found if entry["type"] == "searchResEntry"]
        told = connection.result
        if told[
            "result"
        ]:  # at its limits the library raises nothing: whoever is missing has not left
            raise Invalid("ldap_cut", reason=told["description"])
        return entries


def _count(settings: LdapSettings) -> int:
    with _connected(settings) as connection:
        connection.search(settings.base, settings.filter, attributes=["1.1"], paged_size=PAGE)
        return sum(entry["type"] == "searchResEntry" for entry in connection.response)


@contextmanager
def _connected(settings: LdapSettings) -> Iterator["Connection"]:
    """By TLS wherever it is not switched off, with the server's name and certificate checked."""
    try:
        import ldap3  # noqa: PLC0415 - an extra, only of who has such a server
        from ldap3.core.exceptions import LDAPException, LDAPOperationResult  # noqa: PLC0415
    except ImportError as error:
        raise Invalid("ldap_missing") from error
    try:
        tls = _checked_tls(ldap3.Tls, ssl.create_default_context(cafile=settings.ca_path))
        server = ldap3.Server(settings.url, tls=tls, get_info=ldap3.NONE, connect_timeout=WITHIN)
        connection = ldap3.Connection(
            server,
            user=settings.bind_dn or None,
            password=settings.secret() or None,
            read_only=True,
            check_names=False,
            auto_referrals=False,
            raise_exceptions=True,
            receive_timeout=WITHIN,
        )
        with _closed_after(connection):
            connection.open()
            if settings.starts_tls and not connection.start_tls():
                raise ssl.SSLError("StartTLS did not begin")
            connection.bind()
            yield connection
    except LDAPOperationResult as error:
        raise Invalid("ldap_refused", reason=error.description or type(error).__name__) from error
    except (LDAPException, OSError) as error:
        raise Unavailable("ldap_away", reason=f"{type(error).__name__}: {error}"[:200]) from error


@contextmanager
def _closed_after(connection: "Connection") -> Iterator[None]:
    """Also where it has failed: the library leaves that to the garbage collector."""
    try:
        yield
    finally:
        if connection.socket is not None:
            connection.socket.close()


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
