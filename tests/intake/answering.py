"""Replies to a card, read as the dialogue reads them."""

from datetime import datetime

from intake.replies.answers import read_answers

NOW = datetime.fromisoformat("2026-11-23T09:15:00+02:00")  # a Monday
COMPUTER = ("asset", "os", "started", "tried", "urgency")
LAPTOP = COMPUTER[1:]


def answered(reader, text, asked, category, language="en", **more):
    return read_answers(
        text, asked=asked, category=category, language=language, now=NOW, reader=reader, **more
    )
