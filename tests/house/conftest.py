"""The rules read the whole project; nothing of that stays for the tests that come after."""

import pytest

from tests.house import tree


@pytest.fixture(scope="package", autouse=True)
def forgotten():
    """The syntax trees of all files are 200 MB."""
    yield
    tree.parsed.cache_clear()
