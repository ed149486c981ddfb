"""viberbot, and the blocking transport it brings along, are loaded only where Viber is served."""

import subprocess
import sys

import pytest

from tests.house import tree


@pytest.mark.parametrize("module", ["desk.cli", "desk.roles", "desk.doctor", "bots.files"])
def test_a_desk_without_viber_does_not_load_its_library(module):
    code = f"import sys, {module}; print('viberbot' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tree.ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
