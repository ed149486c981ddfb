"""A Dovecot of the tests' own: one mailbox on the loopback interface, run as an ordinary user.

Mail is delivered straight into its Maildir, as a delivery agent does it. `tests/tools/install.sh`
installs the programs.
"""

import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from itertools import count
from pathlib import Path

from tests.tools.camp import camp
from tests.tools.ports import free_port

PROGRAM = Path("/usr/sbin/dovecot")
START_WITHIN = 10  # seconds
CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{folder}/Maildir
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder} allow_all_users=yes
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service auth {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
namespace inbox {{
  inbox = yes
}}
"""


class Dovecot:
    """Started by `start`, gone without a trace after `remove`."""

    password = "secret"

    def __init__(self) -> None:
        if not PROGRAM.exists():
            raise FileNotFoundError("Dovecot is not installed: run tests/tools/install.sh")
        self.folder = Path(tempfile.mkdtemp(prefix="dovecot-", dir=camp()))
        self.port = free_port()
        self._account = _ordinary_account()
        self._delivered = count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self._write_configuration()

    def start(self) -> None:
        self._process = subprocess.Popen(
            [str(PROGRAM), "-F", "-c", str(self.folder / "dovecot.conf")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            user=self._account.pw_uid if os.geteuid() == 0 else None,
            group=self._account.pw_gid if os.geteuid() == 0 else None,
            extra_groups=[] if os.geteuid() == 0 else None,
        )
        ends_at = time.monotonic() + START_WITHIN
        while not self._greets():
            if self._has_ended(within=0.02) or time.monotonic() > ends_at:
                raise RuntimeError(f"dovecot failed: {self._log()}")

    def stop(self) -> None:
        """The server in order, and then the sessions that would live on without it."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(START_WITHIN)
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def deliver(self, raw: bytes, *, age: float = 0.0) -> None:
        """Into the Maildir: written beside it, then moved in, so that no half mail is seen.

        It arrived `age` seconds ago.
        """
        name = f"{int(time.time())}.{next(self._delivered):06}.firstline"
        written = self.folder / "Maildir" / "tmp" / name
        written.write_bytes(raw)
        os.utime(written, (time.time() - age,) * 2)
        self._give(written)
        written.rename(self.folder / "Maildir" / "new" / name)

    def forget_uids(self) -> None:
        """As after a repair or a move: the next session finds a new UIDVALIDITY and new uids."""
        for path in (self.folder / "Maildir").glob("dovecot*"):
            path.unlink()

    def _write_configuration(self) -> None:
        account = self._account
        text = CONFIGURATION.format(
            folder=self.folder,
            user=account.pw_name,
            group=_group_name(account.pw_gid),
            uid=account.pw_uid,
            gid=account.pw_gid,
            password=self.password,
            port=self.port,
        )
        (self.folder / "dovecot.conf").write_text(text)
        for name in ("run", "state", "Maildir", "Maildir/tmp", "Maildir/new", "Maildir/cur"):
            (self.folder / name).mkdir()
        for path in (self.folder, *self.folder.rglob("*")):
            self._give(path)

    def _give(self, path: Path) -> None:
        if os.geteuid() == 0:
            os.chown(path, self._account.pw_uid, self._account.pw_gid)

    def _has_ended(self, within: float) -> bool:
        try:
            return self._process is not None and self._process.wait(within) is not None
        except subprocess.TimeoutExpired:
            return False

    def _greets(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                return connection.recv(4) == b"* OK"
        except OSError:
            return False

    def _log(self) -> str:
        log = self.folder / "log"
        return log.read_text()[-2000:] if log.exists() else ""


def _ordinary_account() -> pwd.struct_passwd:
    """Mail processes refuse to run as root."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())


def _group_name(number: int) -> str:
    return grp.getgrgid(number).gr_name
