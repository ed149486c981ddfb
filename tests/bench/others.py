"""Other help desks: what they do here in the same run, and what they did where they were measured.

How many mails they make tickets of is measured: each is a process of its own in `.venv-peers`,
given the letters that we are given, alone on the machine (`foreign/`). Their lists can't be
measured here, since filling them takes an hour: `pace` says by how much to scale what was.
"""

import asyncio
import json
import os
from pathlib import Path

from tests.bench import plan
from tests.bench.figures import median

ROUNDUP_LIST = 11.0  # list pages a second at 100,000 tickets, 8 clients, SQLite
LIST_OF_ROUNDUP = "Roundup (then, scaled)"
DJANGO, ROUNDUP = "django-helpdesk", "Roundup"
FOREIGN = Path(__file__).with_name("foreign")
PYTHON = Path(__file__).parents[2] / ".venv-peers" / "bin" / "python"
WITHIN = 300.0  # seconds


async def mail_rates(planned, engine, letters):
    """Mails to tickets a second, by name. Looked at once in a run; Roundup on SQLite alone."""
    theirs = {
        (DJANGO, engine): ("mail_to_django.py", engine),
        (ROUNDUP, plan.SQLITE): ("mail_to_roundup.py", plan.SQLITE),
    }
    for key, (script, on) in theirs.items():
        if key not in planned.measured:
            planned.measured[key] = await _rate(planned, script, on, letters)
    return {name: planned.measured[name, on] for name, on in theirs}


async def _rate(planned, script, engine, letters):
    place = planned.place()
    given = place / "letters"
    given.write_text(json.dumps([letter.decode("latin-1") for letter in letters]))
    _, url = planned.database(engine, place)
    where = (url,) if engine == plan.POSTGRESQL else ()
    turns = planned.size.rounds + 1
    said = await _said(PYTHON, FOREIGN / script, given, place, str(turns), *where)
    lines = [json.loads(line) for line in said.splitlines()[-turns:]]
    return median([count / seconds for count, seconds in lines[1:]])  # the first one warms up


async def _said(*arguments):
    process = await asyncio.create_subprocess_exec(
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
    )
    async with asyncio.timeout(WITHIN):
        said, complaints = await process.communicate()
    if process.returncode:
        raise RuntimeError(complaints.decode()[-3000:])
    return said.decode()
