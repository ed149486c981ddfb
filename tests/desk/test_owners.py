"""Whether the holder of a lease is gone: certain, or not claimed."""

import os
import subprocess
import sys

from desk.owners import is_gone, own_name

NAME_ITSELF = "from desk.owners import own_name; print(own_name())"


def name_of_a_child():
    """Its name, when it has ended."""
    ran = subprocess.run(
        [sys.executable, "-c", NAME_ITSELF], capture_output=True, text=True, check=True
    )
    return ran.stdout.strip()


def test_a_living_process_is_not_gone():
    assert not is_gone(own_name())


def test_an_ended_process_is_gone():
    assert is_gone(name_of_a_child())


def test_another_process_with_the_same_number_does_not_stand_for_the_dead():
    machine, _, started_at, token = own_name().split(":")
    assert is_gone(f"{machine}:{os.getpid()}:{int(started_at) - 1}:{token}")


def test_of_processes_elsewhere_nothing_is_claimed():
    _, *rest = name_of_a_child().split(":")
    assert not is_gone(":".join(["another-machine", *rest]))
    assert not is_gone(":".join(["", *rest]))
    assert not is_gone("host:17:abcd")
    assert not is_gone("")
