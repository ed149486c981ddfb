"""Rows to the core's dataclasses and back; speech as JSON.

Nothing here reads or writes the database.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import orjson

from intake.directory import Employee
from intake.links import Proof, Way
from intake.messages import Address, AutomaticKind, Envelope
from intake.people import Agent, Handle, Person
from intake.speech import (
    Card,
    Chip,
    Choice,
    Delivery,
    Enclosure,
    Link,
    Operation,
    Question,
    Speech,
    Text,
)
from intake.tickets import (
    Ask,
    Author,
    Change,
    Entry,
    EntryKind,
    FileState,
    Kind,
    Priority,
    Status,
    StoredFile,
    Ticket,
)
from store.moments import from_micros, maybe_moment
from store.session import Row


def to_json(value: object) -> str:
    """Texts from outside may hold halves of surrogate pairs, which JSON in UTF-8 can't."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return orjson.dumps(_mended(value)).decode()


def _mended(value: object) -> object:
    match value:
        case str():
            return value.encode("utf-8", "replace").decode()
        case Mapping():
            return {str(_mended(key)): _mended(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_mended(inner) for inner in value]
        case _:
            return value


def words_of(text: str) -> tuple[str, ...]:
    return tuple(orjson.loads(text))


def address(row: Row) -> Address:
    return Address(channel=row["channel"], account=row["account"], external_id=row["address"])


def envelope(row: Row) -> Envelope:
    return Envelope(
        id=row["id"],
        channel=row["channel"],
        account=row["account"],
        key=row["key"],
        conversation=row["conversation"],
        payload=bytes(row["payload"]),
        received_at=from_micros(row["received_at"]),
        attempts=row["attempts"],
        is_requeued=bool(row["requeued_by"]),
    )


def person(row: Row) -> Person:
    return Person(
        id=row["person_id"],
        name=row["name"],
        language=row["language"],
        employee_id=row["employee_id"],
        is_approved=row["approved_at"] is not None,
    )


def employee(row: Row, mails: Iterable[str], phones: Iterable[str]) -> Employee:
    return Employee(
        id=row["id"],
        name=row["name"],
        mails=tuple(mails),
        phones=tuple(phones),
        place=row["place"],
        machine=row["machine"],
        language=row["language"],
        department=row["department"],
        organization=row["organization"],
        source=row["source"],
        external_id=row["external_id"],
        is_active=bool(row["is_active"]),
    )


def handle(row: Row) -> Handle:
    return Handle(
        id=row["id"],
        person_id=row["person_id"],
        address=address(row),
        is_reachable=bool(row["is_reachable"]),
        heard_at=maybe_moment(row["heard_at"]),
        link=row["link"],
    )


def proof(row: Row) -> Proof:
    return Proof(
        id=row["id"],
        handle_id=row["handle_id"],
        way=Way(row["way"]),
        asked_at=from_micros(row["asked_at"]),
        expires_at=from_micros(row["expires_at"]),
        subject=row["subject"],
        token=row["token"],
        code_hash=row["code_hash"],
        employee_id=row["employee_id"],
        known_id=row["known_id"],
        tries=row["tries"],
        is_spent=bool(row["is_spent"]),
    )


def agent(row: Row) -> Agent:
    return Agent(
        id=row["id"],
        login=row["login"],
        name=row["name"],
        language=row["language"],
        is_active=bool(row["is_active"]),
    )


def ticket(row: Row) -> Ticket:
    return Ticket(
        id=row["id"],
        person_id=row["person_id"],
        requester=row["requester"],
        address=address(row),
        language=row["language"],
        subject=row["subject"],
        status=Status(row["status"]),
        kind=Kind(row["kind"]),
        category=row["category"],
        priority=Priority(row["priority"]),
        created_at=from_micros(row["created_at"]),
        updated_at=from_micros(row["updated_at"]),
        answers=orjson.loads(row["answers"]),
        declined=frozenset(words_of(row["declined"])),
        assumed=frozenset(words_of(row["assumed"])),
        asked=words_of(row["asked"]),
        numbered=words_of(row["numbered"]),
        correcting_since=maybe_moment(row["correcting_since"]),
        card_id=row["card_id"],
        ask=Ask(**orjson.loads(row["ask"])) if row["ask"] else None,
        is_complete=bool(row["is_complete"]),
        assignee_id=row["assignee_id"],
        assignee=row["assignee"],
        first_response_at=maybe_moment(row["first_response_at"]),
        preview=row["preview"],
        waits_for_agent=bool(row["waits_for_agent"]),
        flag=row["flag"],
        undelivered=row["undelivered"],
        is_held=bool(row["is_held"]),
        version=row["version"],
    )


def ask_to_json(ask: Ask | None) -> str:
    return to_json({"agent": ask.agent, "words": ask.words}) if ask else ""


def entry(row: Row, files: Iterable[StoredFile] = ()) -> Entry:
    """The row carries the delivery that took the entry out: `delivery_id`, state, reason."""
    return Entry(
        id=row["id"],
        ticket_id=row["ticket_id"],
        kind=EntryKind(row["kind"]),
        author=Author(row["author"]),
        author_name=row["author_name"],
        at=from_micros(row["happened_at"]),
        text=row["text"],
        full_text=row["full_text"],
        change=_change(row),
        files=tuple(files),
        edited_at=maybe_moment(row["edited_at"]),
        automatic=AutomaticKind(row["automatic"]),
        original=row["original"],
        facts=orjson.loads(row["facts"]),
        delivery_id=row["delivery_id"],
        delivery_state=row["delivery_state"] or "",
        delivery_reason=row["delivery_reason"] or "",
        delivery_account=(row["delivery_channel"] or "", row["delivery_account"] or ""),
        external_id=row["external_id"],
        channel=row["channel"] or "",
    )


def _change(row: Row) -> Change | None:
    if row["change_what"] is None:
        return None
    return Change(what=row["change_what"], before=row["change_before"], after=row["change_after"])


def stored_file(row: Row) -> StoredFile:
    return StoredFile(
        id=row["id"],
        name=row["name"],
        media_type=row["media_type"],
        size=row["size"],
        state=FileState(row["state"]),
        sha256=row["sha256"],
        account=(row["channel"], row["account"]),
        ticket_id=row["ticket_id"],
    )


def enclosure(row: Row) -> Enclosure:
    return Enclosure(
        name=row["name"], media_type=row["media_type"], size=row["size"], sha256=row["sha256"]
    )


def delivery(row: Row) -> Delivery:
    """As it stands in its row: what stands in others', its target's and its files', is not in."""
    return Delivery(
        id=row["id"],
        attempts=row["attempts"],
        address=address(row),
        body=speech_from_json(row["body"]),
        operation=Operation(row["operation"]),
        ticket_id=row["ticket_id"],
        entry_id=row["entry_id"],
        target_id=row["target_id"],
        target_external_id=row["target_external_id"],
        subject=row["subject"],
        quoted_id=row["quoted_id"],
        thread=words_of(row["thread"]),
        is_automatic=bool(row["is_automatic"]),
        language=row["language"],
    )


def speech_to_json(speech: Speech) -> str:
    kind = "card" if isinstance(speech, Card) else "text"
    try:
        return orjson.dumps({"speech": kind, "body": speech}).decode()
    except TypeError:
        return to_json({"speech": kind, "body": asdict(speech)})


def button_in_json(tap: str) -> str:
    """What stands in the JSON of a speech with a button of just this data, and of no other."""
    return f'"data":{to_json(tap)}'


def speech_from_json(text: str) -> Speech:
    kept = orjson.loads(text)
    body: dict[str, Any] = kept["body"]
    return _card(body) if kept["speech"] == "card" else _text(body)


def _text(body: dict[str, Any]) -> Text:
    rows = tuple(tuple(Choice(**choice) for choice in row) for row in body["choices"])
    return Text(
        text=body["text"],
        choices=rows,
        signature=body["signature"],
        files=tuple(body["files"]),
        phone=body.get("phone", ""),
    )


def _card(body: dict[str, Any]) -> Card:
    return Card(
        heading=body["heading"],
        intro=body["intro"],
        known=tuple(Chip(**chip) for chip in body["known"]),
        ask=body["ask"],
        questions=tuple(_question(question) for question in body["questions"]),
        closing=body["closing"],
        actions=tuple(Choice(**choice) for choice in body["actions"]),
        form=Link(**form) if (form := body.get("form")) else None,
        ways=tuple(Link(**way) for way in body.get("ways", ())),
        signature=body.get("signature", ""),
    )


def _question(body: dict[str, Any]) -> Question:
    choices = tuple(Choice(**choice) for choice in body["choices"])
    return Question(
        number=body["number"],
        label=body["label"],
        hint=body["hint"],
        choices=choices,
        is_phone=body.get("is_phone", False),
    )
