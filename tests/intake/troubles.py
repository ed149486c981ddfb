"""Tickets that wait for answers, and whether a message beside them tells of another trouble."""

from datetime import datetime

from intake.placing.troubles import Troubles
from tests.intake.cast import CATALOGUE, FORMS, NOW, a_ticket, says
from tests.intake.desk import READER

TROUBLES = Troubles(forms=FORMS, reader=READER)


def waiting(category, language):
    asked = [name for name in CATALOGUE.categories[category].ask if name != "symptom"]
    return a_ticket(category=category, answers={}, asked=tuple(asked), language=language)


def told(item, *tickets):
    return told_beside(item, [tickets])[0]


def told_beside(item, situations):
    """How it is taken where these tickets are open, or those."""
    now = datetime.fromisoformat(item["now"]) if "now" in item else NOW
    message = says(item["text"], sent_at=now)
    understood = READER.understand(item["text"], hint_language=item["lang"], now=now)
    return [TROUBLES.tell(tickets, message, understood) for tickets in situations]
