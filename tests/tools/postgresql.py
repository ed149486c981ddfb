"""A PostgreSQL server of the tests' own: a cluster in a temporary folder, reached by its socket.

A fresh database is a copy of a template. No test cuts the power, and what a process wrote outlives
the process, so that nothing waits for the disk; whoever measures speed asks for a server that
`syncs`, as a real one does.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from tests.tools.camp import camp, once
from tests.tools.memory import memory

USER = "firstline"
START_WITHIN = 60  # seconds
SHORT_LIVED = " -c fsync=off -c full_page_writes=off -c autovacuum=off -c jit=off"
DONE = "that is done"


def server_programs() -> Path:
    """The newest PostgreSQL's programs; `tests/tools/install.sh` installs one."""
    found = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if folders:
        return folders[-1].parent
    if found:
        return Path(found).parent
    raise FileNotFoundError("PostgreSQL is not installed: run tests/tools/install.sh")


def _version(path: Path) -> int:
    return int(path.parents[1].name)


def shared_server() -> "Server":
    """One for all workers of a run: to make its cluster takes seconds. It ends with the run."""
    return Server(Path(once("postgresql", _begun)))


def _begun() -> str:
    server = Server()
    server.start()
    return str(server.folder)


class Server:
    """Started by `start`, gone without a trace after `stop`; in `folder` there is one already."""

    def __init__(self, folder: Path | None = None, *, syncs: bool = False) -> None:
        self.folder = folder or _made_folder(None if syncs else camp() or memory())
        self.programs = server_programs()
        self._settings = (
            f"-k {self.folder} -c listen_addresses='' -c max_connections=100"
            " -c dynamic_shared_memory_type=mmap"  # which leaves nothing outside the folder
        )
        self._settings += "" if syncs else SHORT_LIVED
        self._account = _ordinary_account()
        self._line: subprocess.Popen[str] | None = None

    def start(self) -> None:
        cluster = str(self.folder / "cluster")
        self._run("initdb", "-D", cluster, "-U", USER, "-A", "trust", "-E", "UTF8",
                  "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        self.resume()

    def resume(self) -> None:
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", str(self.folder / "cluster"), "-o", self._settings,
                  "-l", log, "-w", "-t", str(START_WITHIN), "start")  # fmt: skip

    def halt(self) -> None:
        """As when the machine goes away; `resume` brings it back."""
        self.hang_up()
        self._run("pg_ctl", "-D", str(self.folder / "cluster"), "-m", "immediate", "-w", "stop")

    def stop(self) -> None:
        self.hang_up()
        pid = self.folder / "cluster" / "postmaster.pid"
        if pid.exists():
            os.kill(int(pid.read_text().splitlines()[0]), signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str) -> str:
        return f"postgres://{USER}@/{database}?host={self.folder}"

    def create(self, database: str, template: str = "template1") -> str:
        """By copying the template's files: half the work of writing them to the log as well."""
        self.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return self.url(database)

    def drop(self, database: str) -> None:
        self.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def execute(self, sql: str) -> None:
        """One psql is told everything: to start one for each costs as much as the work."""
        self._line = self._line or self._called()
        assert self._line.stdin is not None
        assert self._line.stdout is not None
        self._line.stdin.write(f"{sql};\n\\echo {DONE}\n")
        self._line.stdin.flush()
        said = ""
        for line in self._line.stdout:
            if line == f"{DONE}\n":
                return
            said += line
        self.hang_up()
        raise RuntimeError(f"psql failed: {said}")

    def _called(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(self.programs / "psql"), "-h", str(self.folder), "-U", USER, "-d", "postgres",
             "-X", "-q", "-v", "ON_ERROR_STOP=1"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )  # fmt: skip

    def hang_up(self) -> None:
        if self._line is not None:
            self._line.communicate()
            self._line = None

    def _run(self, program: str, *arguments: str) -> None:
        ran = subprocess.run(
            [str(self.programs / program), *arguments],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if program != "pg_ctl" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=START_WITHIN,
            **_switched(self._account),
        )
        if ran.returncode:
            raise RuntimeError(f"{program} failed: {ran.stdout or self._log()}")

    def _log(self) -> str:
        log = self.folder / "log"
        return log.read_text()[-2000:] if log.exists() else ""


def _made_folder(place: Path | None) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="postgresql-", dir=place))
    account = _ordinary_account()
    if account is not None:
        os.chown(folder, account.pw_uid, account.pw_gid)
    return folder


def _ordinary_account() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    known = {account.pw_name: account for account in pwd.getpwall()}
    names = ("postgres", "nobody")
    return next(known[name] for name in names if name in known)


def _switched(account: pwd.struct_passwd | None) -> dict[str, object]:
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
