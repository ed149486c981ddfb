"""A photo that somebody in the demo sends: a screen with coloured stripes, drawn by code."""

import struct
import zlib
from typing import Final

WIDTH: Final = 720
HEIGHT: Final = 480
Colour = tuple[int, int, int]

_WALL: Final = (214, 207, 196)
_TABLE: Final = (150, 116, 86)
_FRAME: Final = (34, 36, 40)
_SCREEN: Final = (38, 74, 110)
_WINDOW: Final = (232, 236, 240)
_TITLE: Final = (120, 140, 164)
_STRIPES: Final = ((236, 64, 122), (102, 204, 120), (250, 214, 80), (70, 190, 220))
_BAR: Final = (24, 40, 58)


def draw_flickering_screen() -> bytes:
    """Give a PNG of a monitor whose picture is torn by stripes."""
    rows = [bytearray(_row(y)) for y in range(HEIGHT)]
    _fill(rows, (60, 40, 660, 380), _FRAME)
    _fill(rows, (330, 380, 390, 420), _FRAME)
    _fill(rows, (250, 412, 470, 428), _FRAME)
    _fill(rows, (74, 54, 646, 366), _SCREEN)
    _fill(rows, (74, 344, 646, 366), _BAR)
    _fill(rows, (120, 90, 470, 290), _WINDOW)
    _fill(rows, (120, 90, 470, 112), _TITLE)
    for number in range(6):
        _fill(rows, (140, 132 + 24 * number, 400 - 37 * (number % 3), 142 + 24 * number), _TITLE)
    for number in range(11):
        left, top = 74 + (number * 173) % 430, 62 + number * 26
        right = min(left + 150 + (number * 71) % 190, 646)
        _fill(rows, (left, top, right, top + 5 + number % 4), _STRIPES[number % 4])
    for number in range(5):
        left = 520 + number * 22
        _fill(rows, (left, 54, left + 6, 366), _STRIPES[(number + 1) % 4])
    return _png(rows)


def _row(y: int) -> bytes:
    """One line of wall or table, a little darker towards the bottom, as a phone would see it."""
    colour = _WALL if y < HEIGHT * 5 // 6 else _TABLE
    return bytes(part - y // 16 for part in colour) * WIDTH


def _fill(rows: list[bytearray], box: tuple[int, int, int, int], colour: Colour) -> None:
    left, top, right, bottom = box
    line = bytes(colour) * (right - left)
    for y in range(top, bottom):
        rows[y][3 * left : 3 * right] = line


def _png(rows: list[bytearray]) -> bytes:
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    chunks = ((b"IHDR", head), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)
