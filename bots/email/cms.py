"""What a signed S/MIME mail holds that is no multipart: words within the signature (RFC 5652, 5).

Only as much of BER as leads there; whether the signature is right is not looked at. Hostile bytes
give None.
"""

SIGNED = bytes.fromhex("06092a864886f70d010702")
PLAIN = bytes.fromhex("06092a864886f70d010701")
SEQUENCE, SET, INTEGER, OCTETS, OCTETS_IN_PIECES, FIRST = 0x30, 0x31, 0x02, 0x04, 0x24, 0xA0
END = b"\0\0"
INDEFINITE = 0x80
DEPTH_LIMIT = 20


class _Strange(Exception):
    """These bytes are nothing of what we look for."""


def signed_content(given: bytes) -> bytes | None:
    """The mail within; None where there is none, as in an encrypted one."""
    try:
        return _content(_Walk(given))
    except (_Strange, IndexError):
        return None


def _content(walk: "_Walk") -> bytes:
    walk.enter(SEQUENCE)
    walk.expect(SIGNED)
    walk.enter(FIRST)
    walk.enter(SEQUENCE)
    walk.skip(INTEGER)
    walk.skip(SET)
    walk.enter(SEQUENCE)
    walk.expect(PLAIN)
    walk.enter(FIRST)
    return walk.octets()


class _Walk:
    """From element to element."""

    def __init__(self, given: bytes) -> None:
        self._given = given
        self._at = 0

    def expect(self, piece: bytes) -> None:
        if not self._given.startswith(piece, self._at):
            raise _Strange
        self._at += len(piece)

    def enter(self, tag: int) -> int | None:
        """Go to what is in it; returns where that ends, None where its end is marked."""
        if self._given[self._at] != tag:
            raise _Strange
        return self._head()

    def skip(self, tag: int) -> None:
        if self._given[self._at] != tag:
            raise _Strange
        self._pass_over(0)

    def octets(self) -> bytes:
        """In one piece, or in many that stand in a row."""
        if self._given[self._at] == OCTETS:
            return self._piece()
        end = self.enter(OCTETS_IN_PIECES)
        pieces = []
        while self._given[self._at] == OCTETS and self._at != end:
            pieces.append(self._piece())
        return b"".join(pieces)

    def _piece(self) -> bytes:
        end = self.enter(OCTETS)
        if end is None:
            raise _Strange
        piece, self._at = self._given[self._at : end], end
        return piece

    def _pass_over(self, depth: int) -> None:
        if depth > DEPTH_LIMIT:
            raise _Strange
        end = self._head()
        if end is None:
            while not self._given.startswith(END, self._at):
                self._pass_over(depth + 1)
            end = self._at + len(END)
        self._at = end

    def _head(self) -> int | None:
        """Past tag and length."""
        first, self._at = self._given[self._at + 1], self._at + 2
        if first < INDEFINITE:
            return self._within(first)
        count = first - INDEFINITE
        if not count:
            return None
        length = int.from_bytes(self._given[self._at : self._at + count], "big")
        self._at += count
        return self._within(length)

    def _within(self, length: int) -> int:
        end = self._at + length
        if end > len(self._given):
            raise _Strange
        return end
