"""The command line: `firstline run`, `demo`, `doctor`, `agent`, `backup` and the rest.

Each command only reads its arguments. What it does is imported when it runs, so that `--help` is
quick and only who serves Telegram pays for aiogram. Ctrl-C until then is left to `entry`.
"""

import asyncio
import signal
import sys
from collections.abc import Callable, Coroutine, Mapping, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TypeVar

import click

from desk.role_names import ROLES
from intake.errors import FirstlineError, Invalid

T = TypeVar("T")
ENCODINGS = ("utf-8", "utf-16", "cp1251", "cp1253", "cp1250", "cp1252")


def main() -> None:
    """The entry point; an expected error is one line and exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal may lack letters: that stops nothing
            stream.reconfigure(errors="replace")
    try:
        cli(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except FirstlineError as error:
        click.echo(f"firstline: {_words_for(error)}", err=True)
        sys.exit(1)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="firstline")
def cli() -> None:
    """Chatbot-first intake for IT help desks."""


@cli.command()
@click.argument("roles", nargs=-1, type=click.Choice(ROLES))
def run(roles: tuple[str, ...]) -> None:
    """Serve: everything in one process, or only the ROLES named."""
    from desk import roles as serving
    from desk import upgrading

    if _wait_for(upgrading.is_behind()):
        upgrading.upgrade()
    _wait_for(serving.serve(frozenset(roles or ROLES)))


@cli.command()
@click.option("--port", default=8080, show_default=True, help="Port of the web pages.")
def demo(port: int) -> None:
    """Try it: the real program in a simulated outside world."""
    try:
        from desk.demo import running
    except ModuleNotFoundError as error:
        raise Invalid("demo_missing", module=error.name or "") from error
    _wait_for(running.run(port))


@cli.command()
def doctor() -> None:
    """Check the set-up and say how to mend what is wrong."""
    from desk import doctor as checks

    sys.exit(_wait_for(checks.run()))


@cli.command()
def migrate() -> None:
    """Bring the database to this version; `run` does it too."""
    from desk import keeping

    _wait_for(keeping.migrate())


@cli.command()
@click.argument("target", type=click.Path(path_type=Path))
def backup(target: Path) -> None:
    """Copy database, files and keys into the new folder TARGET while everything runs."""
    from desk import keeping

    _wait_for(keeping.back_up(target))


@cli.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@click.option("--overwrite", is_flag=True, help="Also over a database that is in use.")
def restore(source: Path, *, overwrite: bool) -> None:
    """Bring back what `backup` wrote to SOURCE. Stop the desk first."""
    from desk import keeping

    _wait_for(keeping.restore(source, overwrite=overwrite))


@cli.group()
def agent() -> None:
    """Agents, the people who answer."""


@agent.command("add")
@click.argument("login")
@click.option("--name", default="", help="Signs the answers; asked for where it is not given.")
@click.option("--language", type=click.Choice(("uk", "en", "sk", "el", "it")), default=None)
def agent_add(login: str, name: str, language: str | None) -> None:
    """Add an agent who may sign in as LOGIN."""
    from desk import keeping

    agent = keeping.new_agent(login, name or _ask_name(), language)
    _wait_for(keeping.add_agent(agent, _ask_password()))


@agent.command("password")
@click.argument("login")
def agent_password(login: str) -> None:
    """Give LOGIN a new password."""
    from desk import keeping

    _wait_for(keeping.set_password(login, _ask_password()))


@agent.command("remove")
@click.argument("login")
def agent_remove(login: str) -> None:
    """Shut LOGIN out at once; open tickets are nobody's, done ones keep the name."""
    from desk import keeping

    _wait_for(keeping.remove_agent(login))


@cli.group()
def people() -> None:
    """The directory: people and organizations, whether they have written or not."""


def brings(command: Callable[..., None]) -> Callable[..., None]:
    """What every command that brings a list may be told."""
    trial = click.option("--dry-run", "is_trial", is_flag=True, help="Only say what would change.")
    whole = click.option(
        "--all", "is_whole", is_flag=True, help="Whoever is not in the list has left."
    )
    same = click.option(
        "--id",
        "same",
        multiple=True,
        callback=_read_same,
        metavar="ID=same|another",
        help="Whether an id is still the same person's, where that is asked.",
    )
    return trial(whole(same(command)))


def _read_same(
    _context: click.Context, _option: click.Parameter, said: Sequence[str]
) -> Mapping[str, bool]:
    found = {}
    for one in said:
        number, _, word = one.rpartition("=")
        if not number or word not in ("same", "another"):
            raise click.BadParameter(f"{one!r} says neither {number or 'ID'}=same nor =another")
        found[number] = word == "same"
    return found


@people.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--encoding", type=click.Choice(ENCODINGS), help="Where it is not UTF-8.")
@brings
def people_import(
    file: Path, encoding: str | None, *, is_whole: bool, is_trial: bool, same: Mapping[str, bool]
) -> None:
    """Bring the people of FILE (CSV) into the directory."""
    from desk.people import commands

    brought = commands.bring_file(
        file, encoding or "", is_whole=is_whole, is_trial=is_trial, same=same
    )
    _wait_for(brought)


@people.command("ldap")
@brings
def people_ldap(*, is_whole: bool, is_trial: bool, same: Mapping[str, bool]) -> None:
    """Bring the people of the LDAP server into the directory."""
    from desk.people import commands

    _wait_for(commands.bring_ldap(is_whole=is_whole, is_trial=is_trial, same=same))


@people.command("export")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
def people_export(file: Path | None) -> None:
    """Write the directory to FILE, or here, as `import` reads it."""
    from desk.people import commands

    _wait_for(commands.write_out(file))


@cli.group()
def viber() -> None:
    """Viber, the channel that must be told where we are."""


@viber.command("webhook")
def viber_webhook() -> None:
    """Tell Viber where to bring messages; the desk must be running and reached from outside."""
    from desk import webhooks

    click.echo(_wait_for(webhooks.set_viber()))


@cli.group()
def meta() -> None:
    """Messenger and Instagram, which must be told where we are."""


@meta.command("webhook")
def meta_webhook() -> None:
    """Tell Meta where to bring messages; the desk must be running and reached from outside."""
    from desk import webhooks

    click.echo(_wait_for(webhooks.set_meta()))


@cli.command()
@click.argument("items", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def understand(items: Path) -> None:
    """Print what is understood of each line of ITEMS (JSON lines), one prediction a line."""
    from desk import keeping

    for line in keeping.understand(items):
        click.echo(line)


@cli.command()
def exchange() -> None:
    """Try a conversation here in the terminal: write, see the card, answer it."""
    from desk import exchange as playing

    _wait_for(playing.play())


def _words_for(error: FirstlineError) -> str:
    """In English: what is wrong may be the settings, and with them the language."""
    from datetime import UTC

    from intake.wording import Wording

    values = {"code": error.code, "values": error.values}
    return Wording(UTC).report("problem", "en", values)


def _ask_name() -> str:
    _mind_interrupts()
    return str(click.prompt("Name"))


def _ask_password() -> str:
    """From the terminal, or a line of standard input: never an argument, which others can see."""
    _mind_interrupts()
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\n")


def _wait_for(work: Coroutine[Any, Any, T]) -> T:
    import uvloop

    from desk import logs

    logs.set_up()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.get_loop()
        _mind_interrupts()
        return runner.run(work)


def _mind_interrupts() -> None:
    """From now on Ctrl-C ends what is under way in order."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
