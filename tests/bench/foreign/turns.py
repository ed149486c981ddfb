"""Turns of letters, timed; for scripts that know nothing of ours but the file that we wrote."""

import json
import sys
import time
from pathlib import Path


def timed(path, turns, receive):
    """Hands over the letters in so many turns; writes how many, and the seconds, for each."""
    letters = [letter.encode("latin-1") for letter in json.loads(Path(path).read_text())]
    count = len(letters) // turns
    for turn in range(turns):
        own = letters[turn * count : (turn + 1) * count]
        started = time.perf_counter()
        receive(own)
        sys.stdout.write(json.dumps([count, time.perf_counter() - started]) + "\n")
