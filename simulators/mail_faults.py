"""Faults that a mail server can be told to show, for one address or all, some times or always."""

from dataclasses import dataclass
from typing import Literal, get_args

FaultName = Literal[
    "smtp_temporary",  # 451 for the recipient
    "smtp_permanent",  # 550 for the recipient
    "smtp_login",  # 535
    "smtp_drop_before_data",  # the connection ends at DATA, nothing was taken
    "smtp_drop_after_data",  # the mail was delivered, the connection ends without an answer
    "bounce",  # accepted with 250; a delivery report comes back to the envelope sender
    "imap_login",  # NO [AUTHENTICATIONFAILED]
    "imap_drop",  # the connection ends at the next command
    "imap_fetch",  # FETCH of bodies is answered with NO
]
FAULT_NAMES: tuple[str, ...] = get_args(FaultName)


@dataclass(slots=True, kw_only=True)
class Fault:
    name: str
    address: str | None
    times: int | None


class Faults:
    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def inject(
        self, name: FaultName, *, address: str | None = None, times: int | None = None
    ) -> None:
        """Without `times` the fault stays until `clear`; without `address` it is for all."""
        if name not in FAULT_NAMES:
            msg = f"no such fault: {name}"
            raise ValueError(msg)
        where = address.lower() if address else None
        self._waiting.append(Fault(name=name, address=where, times=times))

    def clear(self, name: FaultName | None = None) -> None:
        self._waiting = [fault for fault in self._waiting if name and fault.name != name]

    def take(self, name: FaultName, address: str = "") -> bool:
        """Whether the fault happens now; one of its times is used up."""
        for fault in self._waiting:
            if fault.name == name and fault.address in {None, address.lower()}:
                self._use(fault)
                return True
        return False

    def _use(self, fault: Fault) -> None:
        if fault.times is None:
            return
        fault.times -= 1
        if fault.times <= 0:
            self._waiting.remove(fault)
