"""Tickets that tell a story: for tests of the pages, and for looking at them."""

from datetime import timedelta

from intake.lists import HeldEnvelope
from intake.messages import Address, AutomaticKind
from intake.people import Handle
from intake.speech import DeliveryState
from intake.tickets import (
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
from tests.inbox.fakes import NOW, Desk

TELEGRAM = Address(channel="telegram", account="7000", external_id="5512001")
MAIL = Address(channel="email", account="help@firma.example", external_id="giulia@firma.example")
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63b8b16c0300044a01f3e6a29e3f0000000049454e44ae426082"
)


def ago(**span):
    return NOW - timedelta(**span)


def ticket(number=1042, **changes):
    values = {
        "id": number,
        "person_id": 1,
        "requester": "Олена Ткаченко",
        "address": TELEGRAM,
        "language": "uk",
        "subject": "Принтер на 3 поверсі не друкує, E5",
        "status": Status.OPEN,
        "kind": Kind.INCIDENT,
        "category": "printer",
        "priority": Priority.MEDIUM,
        "created_at": ago(minutes=47),
        "updated_at": ago(minutes=3),
        "answers": {"asset": "INV-20418", "started": "23.11.2026", "phone": "+380 44 555 0142"},
        "declined": frozenset({"scope"}),
        "asked": ("location",),
        "card_id": 11,
        "assignee_id": 1,
        "assignee": "Marek Hnatiuk",
        "preview": "Перезавантажила, тепер блимає жовтим. Ось фото.",
        "first_response_at": ago(minutes=31),
    }
    return Ticket(**(values | changes))


def entry(number, **changes):
    values = {
        "id": number,
        "ticket_id": 1042,
        "kind": EntryKind.MESSAGE,
        "author": Author.REQUESTER,
        "author_name": "Олена Ткаченко",
        "at": ago(minutes=60 - number),
        "text": "",
    }
    return Entry(**(values | changes))


def timeline():
    bot = {"author": Author.BOT, "author_name": "Firstline"}
    marek = {"author": Author.AGENT, "author_name": "Marek Hnatiuk"}
    change = {"kind": EntryKind.CHANGE, **marek}
    photo = StoredFile(
        id=1, name="принтер.png", media_type="image/png", size=482_113,
        state=FileState.STORED, sha256="photo",
    )  # fmt: skip
    video = StoredFile(
        id=2, name="video_2026-11-23.mp4", media_type="video/mp4", size=48_200_000,
        state=FileState.TOO_BIG,
    )  # fmt: skip
    log = StoredFile(
        id=3, name="device-log.txt", media_type="text/plain", size=None, state=FileState.WAITING
    )
    return [
        entry(13, text="принтер на 3 поверсі не друкує, E5"),
        entry(
            14, **bot, delivery_id=11, delivery_state=DeliveryState.ACCEPTED,
            text="Дякую, Олено! Я все записав. Перша лінія відповість до 16:00.\n"
            "1. Інвентарний номер\n2. Де це?\n3. Відколи?\n4. Кого це зачіпає?",
        ),
        entry(18, text="1. INV-20418 3. з ранку 4. не знаю"),
        entry(
            19, kind=EntryKind.CHANGE,
            change=Change(what="answer:asset", after="INV-20418"),
        ),
        entry(26, **change, change=Change(what="assignee", after="Marek Hnatiuk")),
        entry(27, **change, change=Change(what="status", before="new", after="open")),
        entry(
            29, **marek, delivery_id=12, delivery_state=DeliveryState.ACCEPTED,
            text="Добрий день, Олено! E5 — це відкрита кришка картриджа. Закрийте її, будь ласка, "
            "і перезавантажте принтер. Як це зробити: https://help.firma.example/printer/e5.",
        ),
        entry(
            41, author=Author.AGENT, author_name="Sofia Ferraro", kind=EntryKind.NOTE,
            text="Same printer as #0987 last week: the hinge is worn. There is a spare in the "
            "storage room on 2.",
        ),
        entry(
            57, text="Перезавантажила, тепер блимає жовтим. Ось фото.",
            files=(photo, video, log), edited_at=ago(minutes=2),
        ),
        entry(
            58, **marek, delivery_id=13, delivery_state=DeliveryState.UNKNOWN,
            delivery_reason="Timed out while reading the answer",
            text="Дякую за фото. Зараз піднімуся до вас із новою кришкою, буду за 15 хвилин.",
        ),
    ]  # fmt: skip


def mail_timeline():
    giulia = {"author_name": "Giulia Rinaldi", "ticket_id": 1039}
    return [
        entry(
            2, **giulia, text="Buongiorno, non riesco ad accedere a SAP da stamattina.",
            full_text="Buongiorno, non riesco ad accedere a SAP da stamattina.\n\n--\n"
            "Giulia Rinaldi\nAmministrazione\n\n> Il 20/11 ha scritto: ...",
            facts={"subject": "Accesso SAP"},
        ),
        entry(
            5, ticket_id=1039, author=Author.OTHER, author_name="Ivan", text="Me too!",
            automatic=AutomaticKind.REPLY,
        ),
        entry(
            9, ticket_id=1039, author=Author.AGENT, author_name="Marek Hnatiuk",
            text="L'accesso è stato ripristinato.", delivery_id=21,
            delivery_state=DeliveryState.FAILED, delivery_reason="550 5.1.1 mailbox unavailable",
        ),
        entry(10, ticket_id=1039, facts={"unsupported": "sticker"}),
        entry(
            11, ticket_id=1039, author=Author.AGENT, author_name="Marek Hnatiuk", text="Tutto ok?",
            delivery_id=22, delivery_state=DeliveryState.GONE, delivery_reason="bot was blocked",
        ),
        entry(
            12, ticket_id=1039, author=Author.AGENT, author_name="Marek Hnatiuk", text="Ciao",
            delivery_id=23, delivery_state=DeliveryState.WAITING,
            delivery_account=("email", "support@firma.example"),
        ),
    ]  # fmt: skip


OTHERS = [
    (1041, "VPN drops every ten minutes when I work from home", "Daniel Novák", MAIL, "new", None,
     "Since the update on Friday the connection is lost every ten minutes or so.", "", True, 9),
    (1040, "Нова співробітниця з понеділка: ноутбук і доступи", "Ірина Савчук", TELEGRAM, "new",
     "access", "Виходить Марія Коваль, бухгалтерія. Потрібен ноутбук, пошта і 1С.", "", True, 22),
    (1039, "Accesso SAP", "Giulia Rinaldi", MAIL, "open", "access",
     "Non riesco ad accedere a SAP da stamattina.", "Sofia Ferraro", False, 64),
    (1038, "Ο εκτυπωτής τυπώνει κενές σελίδες", "Νίκος Παπαδάκης", TELEGRAM, "pending", "printer",
     "Ευχαριστώ, θα το δοκιμάσω το απόγευμα.", "Marek Hnatiuk", False, 95),
    (1036, "Tlačiareň v recepcii hlási papier zaseknutý v zásobníku 2", "Zuzana Kováčová", MAIL,
     "on_hold", "printer", "Servis príde zajtra medzi 9:00 a 11:00.", "Sofia Ferraro", False, 180),
    (1031, "How do I share a calendar with another team?", "Tom Baker", TELEGRAM, "solved", None,
     "That worked, thank you!", "Marek Hnatiuk", False, 1500),
    (1027, "Monitor flickers", "Olena Shevchenko", TELEGRAM, "closed", None,
     "Replaced the cable.", "Marek Hnatiuk", False, 4400),
]  # fmt: skip


def other(row):
    number, subject, name, address, status, category, preview, assignee, waits, minutes = row
    return ticket(
        number, person_id=2, subject=subject, requester=name, address=address,
        status=Status(status),
        category=category, preview=preview, assignee=assignee, waits_for_agent=waits,
        assignee_id={"Marek Hnatiuk": 1, "Sofia Ferraro": 2}.get(assignee),
        updated_at=ago(minutes=minutes), is_complete=number % 2 == 0,
        priority=Priority.HIGH if number == 1041 else Priority.MEDIUM,
    )  # fmt: skip


def held():
    return HeldEnvelope(
        id=7, channel="email", account="help@firma.example", key="1699:4410",
        received_at=ago(hours=2), tries=1, error="Unreadable: part 3 has no end",
        payload=b"From: someone@firma.example\r\nSubject: =?utf-8?q?Scan\r\n\r\n\xff\xfe<b>hi</b>",
    )  # fmt: skip


def fill(desk: Desk) -> Desk:
    desk.listing.rows = {1042: ticket()} | {row[0]: other(row) for row in OTHERS}
    desk.listing.entries = {1042: timeline(), 1039: mail_timeline()}
    desk.listing.people = {
        1: [
            Handle(id=1, person_id=1, address=TELEGRAM),
            Handle(
                id=2,
                person_id=1,
                address=Address(
                    channel="email", account="help", external_id="olena@firma.example"
                ),
                is_reachable=False,
            ),
        ]
    }
    files = [file for line in timeline() for file in line.files]
    desk.listing.stored = {file.id: file for file in files}
    desk.blobs.contents["photo"] = PIXEL
    desk.listing.held = [held()]
    return desk
