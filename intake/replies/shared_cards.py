"""What is handed over and not written: a contact, a place on the map.

Pure. A phone's app writes their words. So a contact answers what asks for a telephone number and
nothing else, and degrees of latitude answer nothing: to a card they look like an inventory number
or a date. People are shown all of it.
"""

from dataclasses import replace

from intake.messages import Message
from intake.replies.copied_cards import NOTHING


def without_digits(message: Message) -> Message:
    """As it is read; what people wrote stays as it is."""
    if phone := message.facts.get("contact", ""):
        return replace(message, read_as=f"tel. {phone}")
    if "location" in message.facts:
        return replace(message, read_as=NOTHING)
    return message
