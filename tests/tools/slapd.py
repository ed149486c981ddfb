"""A slapd of the tests' own: one database in a temporary folder, by TLS.

`tests/tools/install.sh` installs the program.
"""

import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from tests.tools.camp import camp
from tests.tools.ports import free_port

PROGRAM, LOADER = Path("/usr/sbin/slapd"), Path("/usr/sbin/slapadd")
START_WITHIN = 15  # seconds
CONFIGURATION = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {folder}/pid
TLSCACertificateFile {folder}/server.pem
TLSCertificateFile {folder}/server.pem
TLSCertificateKeyFile {folder}/key.pem
sizelimit size.soft=50 size.hard=50 size.prtotal=unlimited
disallow bind_anon
database mdb
suffix "{base}"
rootdn "{root}"
rootpw {password}
directory {folder}/data
limits dn.exact="cn=short,{base}" size.soft=50 size.hard=50 size.pr=1000 size.prtotal=700
limits * size.soft=50 size.hard=50 size.pr=1000 size.prtotal=unlimited
access to attrs=userPassword by anonymous auth
access to * by users read
"""


class Slapd:
    """Started by `start` with the entries of an LDIF, gone without a trace after `stop`."""

    base = "dc=firma,dc=example"
    root = "cn=root,dc=firma,dc=example"
    reader = "cn=reader,dc=firma,dc=example"
    password = "top-secret-word"

    def __init__(self, host="127.0.0.1"):
        if not PROGRAM.exists():
            raise FileNotFoundError("slapd is not installed: run tests/tools/install.sh")
        self.folder = Path(tempfile.mkdtemp(prefix="slapd-", dir=camp()))
        self.host = host
        self.plain, self.secured = free_port(), free_port()
        self._process = None

    @property
    def ca(self):
        return self.folder / "server.pem"

    @property
    def ldap(self):
        return f"ldap://{self.host}:{self.plain}"

    @property
    def ldaps(self):
        return f"ldaps://{self.host}:{self.secured}"

    def start(self, ldif):
        (self.folder / "data").mkdir()
        self._write_certificate()
        given = {name: getattr(self, name) for name in ("folder", "base", "root", "password")}
        (self.folder / "slapd.conf").write_text(CONFIGURATION.format(**given))
        conf = ["-f", str(self.folder / "slapd.conf")]
        subprocess.run([LOADER, *conf], input=ldif.encode(), check=True, capture_output=True)
        urls = f"{self.ldap}/ {self.ldaps}/"  # by name, since "localhost" may be ::1 first
        self._process = subprocess.Popen(
            [PROGRAM, *conf, "-h", urls, "-d", "0"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        ends_at = time.monotonic() + START_WITHIN
        while not self._answers():
            if self._has_ended(within=0.02) or time.monotonic() > ends_at:
                raise RuntimeError("slapd did not start")

    def stop(self):
        if self._process is not None:
            self._process.terminate()
            self._process.wait(START_WITHIN)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _write_certificate(self):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-days", "2", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=DNS:localhost",
             "-keyout", self.folder / "key.pem", "-out", self.ca],
            check=True,
            capture_output=True,
        )  # fmt: skip

    def _has_ended(self, within):
        try:
            return self._process.wait(within) is not None
        except subprocess.TimeoutExpired:
            return False

    def _answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.secured), timeout=1):
                return True
        except OSError:
            return False
