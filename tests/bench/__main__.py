"""The command line of the measurements: `make bench ARGS="--quick --json figures.json"`."""

import asyncio
import importlib
import json
import logging
import os
import platform
import sqlite3
import time
from pathlib import Path

import click
import structlog

from tests.bench import figures, pace, plan

AREAS = ("accepting", "understanding", "tickets", "mails", "pages", "outbox", "house", "replying")


@click.command()
@click.option("--quick", is_flag=True, help="About a minute, for a first look.")
@click.option("--large", is_flag=True, help="Also lists of a million tickets.")
@click.option("--only", multiple=True, type=click.Choice(AREAS), help="Only these areas.")
@click.option("--engine", type=click.Choice(("sqlite", "postgresql")), help="Only this engine.")
@click.option("--json", "target", type=click.Path(path_type=Path), help="Also write JSON there.")
@click.option("--markdown", type=click.Path(path_type=Path), help="Also write Markdown there.")
def main(*, quick, large, only, engine, target, markdown):
    """Measure, and print each area's table as it is done."""
    size = plan.QUICK if quick else plan.LARGE if large else plan.FULL
    engines = {"sqlite": (plan.SQLITE,), "postgresql": (plan.POSTGRESQL,)}
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    chosen = engines.get(engine, (plan.SQLITE, plan.POSTGRESQL))
    found = []
    try:
        asyncio.run(_measure(size, chosen, only or AREAS, found))
    finally:  # what was measured before something failed is kept
        if target is not None:
            target.write_text(json.dumps(figures.as_json(found, _facts()), indent=1) + "\n")
        if markdown is not None:
            markdown.write_text(figures.as_markdown(found) + "\n")


async def _measure(size, engines, areas, found):
    with plan.prepared(size, engines) as planned:
        for name in areas:
            started = time.perf_counter()
            await pace.look(planned)
            area = await importlib.import_module(f"tests.bench.{name}").measure(planned)
            click.echo(figures.as_table(area))
            click.echo(f"({name}: {time.perf_counter() - started:.0f} s)\n")
            found += area


def _facts():
    return {
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "sqlite": sqlite3.sqlite_version,
        "load": os.getloadavg()[0],
    }


if __name__ == "__main__":
    main()
