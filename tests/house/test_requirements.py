"""Installs are the same everywhere: exact versions with hashes, from the index pip is set to."""

import re

import pytest

from tests.house import tree

FILES = (
    "requirements.txt",
    "requirements-dev.txt",
    "requirements-build.txt",
    "requirements-peers.txt",
)
URL = "://"


def pins(name: str) -> dict[str, str]:
    """Each requirement with its version and environment marker."""
    text = (tree.ROOT / name).read_text(encoding="utf-8")
    joined = re.sub(r"\\\n", " ", text)
    lines = [line for line in joined.splitlines() if line and not line.lstrip().startswith("#")]
    return {line.split("==")[0]: line for line in lines}


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_is_an_exact_version_with_a_hash(name):
    loose = [
        line
        for line in pins(name).values()
        if not re.match(
            r"[a-z0-9][a-z0-9._-]*(\[[a-z,]+\])?==\S+.*--hash=sha256:[0-9a-f]{64}", line
        )
    ]
    assert pins(name)
    assert not loose


@pytest.mark.parametrize("name", FILES)
def test_no_requirements_file_names_an_index(name):
    text = (tree.ROOT / name).read_text(encoding="utf-8")
    assert URL not in text
    assert not re.search(r"^\s*(-i|-f|--index|--extra-index|--find-links)", text, re.MULTILINE)


def test_the_requirements_files_agree_on_every_version():
    everything = pins("requirements-dev.txt")
    for name in ("requirements.txt", "requirements-build.txt"):
        other = {pin: line for pin, line in pins(name).items() if everything.get(pin) != line}
        assert not other, f"{name} differs: run `make pins`"
