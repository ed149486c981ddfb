"""Mails from IMAP to tickets: fetched, kept, parsed, understood, ticket and card committed."""

import asyncio
import time
from contextlib import ExitStack

from simulators import mail_letters
from simulators.mail_server import MailServer
from tests.bench import others, plan, processes, rows, words
from tests.bench.figures import Figure, median

AREA = "mails"
SUPPORT = "support@firma.example"
ROLES = ("web", "worker", "mail")
ALONE, TOGETHER = "mail to ticket, from IMAP", "the same, a second worker"


async def measure(planned):
    figures = []
    for engine in planned.engines:
        theirs = await others.mail_rates(planned, engine, letters_of(planned))
        figures += _figures(theirs, engine, ALONE, await _ingested(planned, engine))
        if engine == plan.POSTGRESQL:  # SQLite is served by one process alone
            both = await _ingested(planned, engine, second=("worker",))
            figures += _figures(theirs, engine, TOGETHER, both)
    return figures


def letters_of(planned):
    """Of all turns together, the one to warm up as well."""
    return _letters(0, planned.size.mails * (planned.size.rounds + 1))


def _figures(theirs, engine, what, measured):
    rate, cpu = measured
    for name, target in ((others.DJANGO, 5.0), (others.ROUNDUP, 4.0)):
        yield Figure(
            area=AREA,
            what=what,
            engine=engine,
            ours=rate,
            unit="mails/s",
            cpu=cpu,
            beside=name,
            other=theirs[name],
            target=target,
        )


async def _ingested(planned, engine, second=()):
    """Mails a second, and the CPU time that the first process gives to each."""
    place = planned.place()
    settings, url = planned.database(engine, place)
    server = MailServer(support=SUPPORT)
    await server.start()
    try:
        settings |= mailbox(server)
        with ExitStack() as stack:
            ours = stack.enter_context(processes.program(place, settings, *ROLES))
            await ours.until_served("/healthz", (200,))
            if second:
                other = stack.enter_context(processes.program(place, settings, *second))
                await other.until_said("serving")
            async with rows.looking(url) as looking:
                await looking.until("SELECT count(*) FROM cursor", 1)
                return await _turns(planned, server, ours, looking)
    finally:
        await mailbox_closed(server)


async def _turns(planned, server, ours, looking):
    count, sent = planned.size.mails, 0
    rates, cpu = [], 0.0
    for turn in range(planned.size.rounds + 1):
        letters = _letters(sent, count)
        sent += count
        before, started = ours.cpu, time.perf_counter()
        for letter in letters:
            server.deliver_raw(letter)
        await looking.until(rows.TICKETS, sent)
        if turn:  # the first one warms up
            rates.append(count / (time.perf_counter() - started))
            cpu += ours.cpu - before
    return median(rates), 1000 * cpu / (count * planned.size.rounds)


async def mailbox_closed(server):
    """Whoever still waits for mail there is woken, so that no task is left behind."""
    await server.stop()
    server.boxes.bell.ring()
    await asyncio.sleep(0.1)


def mailbox(server):
    return {
        "FIRSTLINE_EMAIL__ADDRESS": SUPPORT,
        "FIRSTLINE_EMAIL__IMAP_HOST": "127.0.0.1",
        "FIRSTLINE_EMAIL__IMAP_PORT": str(server.imap_port),
        "FIRSTLINE_EMAIL__IMAP_TLS": "false",
        "FIRSTLINE_EMAIL__SMTP_HOST": "127.0.0.1",
        "FIRSTLINE_EMAIL__SMTP_PORT": str(server.smtp_port),
        "FIRSTLINE_EMAIL__SMTP_TLS": "none",
        "FIRSTLINE_EMAIL__PASSWORD": server.password,
        "FIRSTLINE_EMAIL__FIRST_CARDS_AN_HOUR": "1000000",  # each gets its card, all are new
    }


def _letters(first, count):
    """Of as many people; every second one with HTML beside its text."""
    texts = words.texts("email")
    letters = []
    for number in range(first, first + count):
        text = texts[number % len(texts)]
        paragraphs = text.replace("&", "&amp;").replace("<", "&lt;").split("\n")
        html = "".join(f"<p style='margin:0 0 8pt'>{one}</p>" for one in paragraphs)
        parts = {"html": f"<html><body>{html}</body></html>"} if number % 2 else {}
        person = f"Person {number} <person{number}@example.com>"
        subject = " ".join(text.split()[:6])
        letter = mail_letters.build(person, subject, text, to=(SUPPORT,), **parts)
        letters.append(letter.as_bytes())
    return letters
