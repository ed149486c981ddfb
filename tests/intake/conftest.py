"""What tests of the core ask for: one reader, which reads the word lists once for all."""

import pytest

from tests.intake.cast import READER


@pytest.fixture(scope="session")
def reader():
    return READER
