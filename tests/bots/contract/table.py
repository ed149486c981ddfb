"""The contract as docs/channels.md shows it; `python -m tests.bots.contract.table` writes it."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.bots.contract import test_arriving, test_contents, test_leaving  # noqa: F401 - they promise
from tests.bots.contract.channel import FAULTS, Content
from tests.bots.contract.promises import CHANNELS, PROMISES

PAGE = Path(__file__).parents[3] / "docs" / "channels.md"
BLOCK = re.compile(r"(<!-- (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def written(page: str) -> str:
    """The page with every block as the suite has it."""
    return BLOCK.sub(
        lambda found: found[1] + "\n".join(BLOCKS[found[2]]()) + "\n" + found[3], page
    )


def promises() -> Iterator[str]:
    yield from _head("promise")
    for name in PROMISES:
        cells = (channel.exempt.get(name, "✓") for channel in CHANNELS)
        yield _row(name.removeprefix("test_").replace("_", " "), *cells)


def ends() -> Iterator[str]:
    yield from _head("what goes wrong")
    for fault in FAULTS:
        cells = (
            channel.ends[fault].__name__ if fault in channel.ends else "–" for channel in CHANNELS
        )
        yield _row(fault, *cells)


def contents() -> Iterator[str]:
    for channel in CHANNELS:
        yield f"### {channel.title}\n"
        yield _row("payload", "becomes", "files")
        yield "|---|---|---|"
        for name, content in channel.contents.items():
            yield _row(name, _what(content), ", ".join(content.files))
        yield ""


def _what(content: Content) -> str:
    kind = "filed" if content.kind is None else str(content.kind)
    return f"{kind} ({content.automatic})" if content.automatic != "no" else kind


def _head(title: str) -> Iterator[str]:
    yield _row(title, *(channel.title for channel in CHANNELS))
    yield "|---" * (len(CHANNELS) + 1) + "|"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


BLOCKS = {"promises": promises, "ends": ends, "contents": contents}

if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
