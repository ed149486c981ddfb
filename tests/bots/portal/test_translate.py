"""A form's envelope becomes a message that an agent can read."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bots.portal.translate import FormTranslator
from intake.catalogue import Catalogue
from intake.errors import Unreadable
from intake.messages import Envelope, MessageKind

CAPTURED = Path(__file__).resolve().parents[2] / "captured" / "portal" / "form.json"
TRANSLATE = FormTranslator(labels=Catalogue.shipped())


def envelope(payload):
    return Envelope(
        channel="portal",
        account="desk",
        key="1",
        conversation="ticket:1042",
        payload=payload,
        received_at=datetime(2026, 11, 23, 9, 10, tzinfo=UTC),
    )


def test_a_form_carries_its_answers_as_typed_and_its_files():
    (message,) = TRANSLATE(envelope(CAPTURED.read_bytes()))
    assert message.kind is MessageKind.FORM
    assert message.proven_ticket == 1042
    assert message.uploads == (12, 13)
    assert message.answers["started"] == "вчора після обіду"
    assert message.answers["tried"] == ""


def test_the_timeline_reads_as_labels_and_words():
    (message,) = TRANSLATE(envelope(CAPTURED.read_bytes()))
    assert message.text.splitlines()[:3] == [
        "Принтер",
        "Номер на наклейці: INV-20418",
        "Коли почалося: вчора після обіду",
    ]
    assert message.text.endswith("Друкує лише з мого комп'ютера.")


def test_an_opened_mini_app_asks_nothing_of_the_core():
    (message,) = TRANSLATE(envelope(b'{"opened": 1042}'))
    assert message.kind is MessageKind.IRRELEVANT


@pytest.mark.parametrize("payload", [b"", b"{}", b"[]", b'{"ticket": "x"}', b"\xff"])
def test_anything_else_is_for_a_person_to_see(payload):
    with pytest.raises(Unreadable):
        TRANSLATE(envelope(payload))
