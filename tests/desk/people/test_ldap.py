"""People come from a real LDAP server: page by page, by TLS that is checked, or not at all."""

import asyncio
from contextlib import asynccontextmanager, suppress

import pytest

from desk.doctor import check_ldap
from desk.findings import Mark
from desk.ldap import LdapSettings
from desk.people import ldap
from desk.people.commands import bring_ldap
from desk.people.ldap import read_people
from desk.people.rows import Home
from desk.settings import Settings
from intake.errors import Invalid, Unavailable
from tests.tools.slapd import Slapd

HOME = Home(language="uk", country="UA")
COUNT = 1203  # more than the pages of one search
HEAD = """\
dn: dc=firma,dc=example
objectClass: dcObject
objectClass: organization
dc: firma
o: Firma

dn: cn=reader,dc=firma,dc=example
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: reader
userPassword: {password}

dn: cn=short,dc=firma,dc=example
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: short
userPassword: {password}

"""
PERSON = """\
dn: uid=p{at},dc=firma,dc=example
objectClass: inetOrgPerson
uid: p{at}
cn: Person {at}
sn: {at}
mail: p{at}@firma.example
telephoneNumber: +38044{at:07}
roomNumber: {at}

"""
OLENA = """\
dn: uid=olena,dc=firma,dc=example
objectClass: inetOrgPerson
uid: olena
cn:: 0J7Qu9C10L3QsCDQmtC+0LLQsNC70LXQvdC60L4=
sn: K
mail: Olena@firma.example
mail: o.k@firma.example
mobile: 067 123 45 67
preferredLanguage: uk-UA
departmentNumber: IT
o: Firma

"""


@pytest.fixture(scope="module")
def slapd():
    server = Slapd(host="localhost")
    try:
        people = "".join(PERSON.format(at=at) for at in range(COUNT))
        server.start(HEAD.format(password=server.password) + OLENA + people)
        yield server
    finally:
        server.stop()


def settings_of(slapd, **more):
    given = {
        "url": slapd.ldaps,
        "ca_file": slapd.ca,
        "bind_dn": slapd.reader,
        "password": slapd.password,
        "base": slapd.base,
        **more,
    }
    return LdapSettings(**given)


@pytest.mark.parametrize("scheme", ["ldap", "ldaps"])
async def test_all_people_come_page_by_page_by_tls(slapd, scheme):
    found = await read_people(settings_of(slapd, url=getattr(slapd, scheme)), HOME)
    assert len(found.rows) == COUNT + 1
    olena = next(row for row in found.rows if row.name == "Олена Коваленко")
    assert olena.external_id
    assert set(olena.mails) == {"olena@firma.example", "o.k@firma.example"}
    assert olena.phones == ("+380671234567",)
    assert olena.facts == {
        "place": "",
        "department": "IT",
        "organization": "Firma",
        "language": "uk",
    }
    assert "uid=olena,dc=firma,dc=example" in found.labels


@pytest.mark.parametrize("scheme", ["ldap", "ldaps"])
@pytest.mark.parametrize(
    "wrong",
    [
        {"ca_file": None},  # signed by nobody whom the system knows
        {"host": "127.0.0.1"},  # of another name
    ],
)
async def test_a_server_that_does_not_prove_who_it_is_is_told_nothing(slapd, scheme, wrong):
    url = getattr(slapd, scheme).replace("localhost", wrong.get("host", "localhost"))
    unsure = settings_of(slapd, url=url, **{k: v for k, v in wrong.items() if k == "ca_file"})
    with pytest.raises(Unavailable) as caught:
        await read_people(unsure, HOME)
    assert caught.value.code == "ldap_away"
    assert slapd.password not in str(caught.value.values)


@pytest.mark.parametrize(
    "wrong", [{"password": "guessed"}, {"base": "dc=elsewhere"}, {"bind_dn": "", "password": ""}]
)
async def test_a_refusal_is_told_with_its_reason_and_without_the_password(slapd, wrong):
    with pytest.raises(Invalid) as caught:
        await read_people(settings_of(slapd, **wrong), HOME)
    assert caught.value.code == "ldap_refused"
    assert caught.value.values["reason"]
    assert "guessed" not in str(caught.value.values)


async def test_a_part_of_the_people_is_no_list_of_them(slapd):
    with pytest.raises(Invalid) as refused:
        await read_people(settings_of(slapd, bind_dn="cn=short,dc=firma,dc=example"), HOME)
    assert refused.value.code == "ldap_cut"


async def test_the_password_may_lie_in_a_file(slapd, tmp_path):
    path = tmp_path / "password"
    path.write_text(f"{slapd.password}\n")
    only_olena = settings_of(
        slapd, password="", password_file=path, filter="(uid=olena)", attributes="id=uid name=cn"
    )
    [row] = (await read_people(only_olena, HOME)).rows
    assert (row.external_id, row.mails) == ("olena", None)


@pytest.mark.parametrize(
    ("more", "code"),
    [({"url": ""}, "ldap_off"), ({"filter": "(uid=nobody)"}, "people_empty")],
)
async def test_where_nobody_is_found_or_looked_for_nothing_changes(slapd, more, code):
    with pytest.raises(Invalid) as caught:
        await read_people(settings_of(slapd, **more), HOME)
    assert caught.value.code == code


async def test_the_doctor_says_how_it_stands(slapd, tmp_path):
    async def found(**more):
        [one] = await check_ldap(Settings(folder=tmp_path, ldap=settings_of(slapd, **more)))
        return one.mark, one.code

    assert await found() == (Mark.FINE, "ldap")
    assert await found(filter="(uid=nobody)") == (Mark.WRONG, "ldap_empty")
    assert await found(password="guessed") == (Mark.WRONG, "ldap_refused")
    assert await found(url="ldaps://127.0.0.1:1") == (Mark.WRONG, "ldap_away")
    [off] = await check_ldap(Settings(folder=tmp_path))
    assert (off.mark, off.code) == (Mark.FINE, "ldap_off")


async def test_the_command_brings_them_once(slapd, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name, value in settings_of(slapd, filter="(|(uid=olena)(uid=p7))").model_dump().items():
        if name in ("url", "ca_file", "bind_dn", "base", "filter"):
            monkeypatch.setenv(f"FIRSTLINE_LDAP__{name.upper()}", str(value))
    monkeypatch.setenv("FIRSTLINE_LDAP__PASSWORD", slapd.password)

    async def bring(*, is_whole, is_trial=False):
        await bring_ldap(is_whole=is_whole, is_trial=is_trial, same={})
        return capsys.readouterr().out

    assert "nothing has been changed" in await bring(is_whole=False, is_trial=True)
    brought = await bring(is_whole=True)
    assert "uid=p7,dc=firma,dc=example: added Person 7." in brought
    assert "Added: 2." in brought
    assert "Unchanged: 2." in await bring(is_whole=True)


@asynccontextmanager
async def answering(how):
    """A port where something else listens than LDAP."""

    is_over = asyncio.Event()

    async def serve(reader, writer):
        await reader.read(1000)
        writer.write(how)
        with suppress(ConnectionError):
            await reader.read()  # until the other side has had enough
            writer.close()
            await writer.wait_closed()
        is_over.set()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]
        await is_over.wait()


IN_HTML = b"HTTP/1.1 400 Bad Request\r\n\r\n<html></html>" * 9
HALF = b"\x30\x84\x00\x00\x10\x00\x02"  # of an answer


@pytest.mark.parametrize("how", [IN_HTML, HALF])
async def test_what_is_no_ldap_or_never_ends_is_told_so_in_one_line(monkeypatch, how):
    monkeypatch.setattr(ldap, "STALLS_WITHIN", 0.5)
    async with answering(how) as port:
        strange = LdapSettings(url=f"ldap://127.0.0.1:{port}", starttls=False, base="dc=x")
        with pytest.raises(Unavailable) as caught:
            await read_people(strange, HOME)
    assert caught.value.code == "ldap_away"
    assert "\n" not in caught.value.values["reason"]
