"""Which account the mail of a desk is: the first address that it had, whatever it has now.

Handles, threads, outbox and cursor name the account, so that none of them is lost when the address
changes, be it by one letter's case. Pure; where reading then goes on is left to `places`.
"""

from collections.abc import Mapping

from bots.email.places import Place


def account_of(address: str, cursors: Mapping[str, str]) -> str:
    """`cursors` are how far was read, by account: that with this address, or that read last."""
    spelled = [known for known in cursors if known.casefold() == address.casefold()]
    return max(
        spelled or cursors,
        key=lambda known: _newest_at(cursors[known]),
        default=address.casefold(),
    )


def _newest_at(position: str) -> float:
    place = Place.parse(position)
    return place.newest_at.timestamp() if place else 0.0
