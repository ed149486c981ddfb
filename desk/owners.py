"""Names the process that holds a lease, and knows whether such a process is gone.

So a restart after a crash need not wait until the leases of the dead run out. It can be told only
of processes of this machine (and of this container); all others have their lease's whole time.
"""

import os
import secrets
from pathlib import Path

PROC = Path("/proc")
_STATE, _STARTED_AT = 0, 19  # words of /proc/PID/stat after the name (proc_pid_stat(5))
_DEAD = ("Z", "X")


def own_name() -> str:
    """`machine:pid:start:token`; the start tells a process from a later one of the same number."""
    pid = os.getpid()
    words = _status(pid)
    started_at = words[_STARTED_AT] if words else ""
    return f"{_machine()}:{pid}:{started_at}:{secrets.token_hex(4)}"


def is_gone(owner: str) -> bool:
    """Whether `owner` was a process of this machine and is no more; False in any doubt."""
    machine, pid, started_at, *_ = [*owner.split(":"), "", "", ""]
    if not (machine and started_at and pid.isdecimal()) or machine != _machine():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    words = _status(int(pid))
    return bool(words) and (words[_STATE] in _DEAD or words[_STARTED_AT] != started_at)


def _machine() -> str:
    """This boot of this machine and this space of process numbers."""
    try:
        boot = (PROC / "sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}/{(PROC / 'self/ns/pid').stat().st_ino}"
    except OSError:
        return ""


def _status(pid: int) -> list[str]:
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
