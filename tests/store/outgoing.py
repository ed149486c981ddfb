"""Deliveries of the employees' bot, and how they fare."""

from intake.speech import (
    Card,
    Chip,
    Choice,
    Question,
)

BOT = ("telegram", "7")


async def post(store, *deliveries):
    async with store.work() as work:
        return [await work.post(delivery) for delivery in deliveries]


async def states(database):
    rows = await database.fetch("SELECT state, reason FROM delivery ORDER BY id")
    return [row["state"] for row in rows]


def texts(deliveries):
    return [delivery.body.text for delivery in deliveries]


CARD = Card(
    heading="#1001 · Printer",
    intro="Got it",
    known=(Chip(label="Where", value="3rd floor"),),
    ask="Please tell",
    questions=(
        Question(number=1, label="Asset", choices=(Choice(label="INV", data="set|1|a|b"),)),
    ),
    closing="Thanks",
    actions=(Choice(label="Send as is", data="send|1"),),
)
