"""Deliveries of the employees' bot."""

import hashlib
from dataclasses import replace

from intake.messages import Address
from intake.speech import (
    Card,
    Choice,
    Delivery,
    Enclosure,
    Question,
)
from simulators.people import OLENA

SCOPE = Question(
    number=1,
    label="Кого це стосується?",
    choices=(Choice(label="Лише мене", data="set|1042|scope|me"),),
)
CARD = Card(heading="#1042 · Принтер", intro="Дякую, Olena!", questions=(SCOPE,))
OTHER_CARD = replace(CARD, intro="Дякую, Olena! Це все.", questions=())
BLOBS = {}


def delivery(body=CARD, person=OLENA, **more):
    address = Address(channel="telegram", account="700800900", external_id=str(person.id))
    return Delivery(id=1, address=address, body=body, ticket_id=1042, **more)


def enclosure(name, content, media_type="application/pdf"):
    sha256 = hashlib.sha256(content).hexdigest()
    BLOBS[sha256] = content
    return Enclosure(name=name, media_type=media_type, size=len(content), sha256=sha256)


def shown(api):
    return api.answers(OLENA)
