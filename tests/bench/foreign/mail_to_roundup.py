"""Roundup makes issues of mails, in process: `mail_to_roundup.py LETTERS FOLDER TURNS`.

Its classic tracker on SQLite. The senders are known to it: it would send strangers away. Its answers
go to nowhere. Writes a line of JSON for each turn: how many, seconds, seconds of CPU.
"""

import io
import json
import pickle
import subprocess
import sys
import time
from pathlib import Path

SETTINGS = {
    ("tracker", "web"): "http://localhost/issues/",
    ("mail", "domain"): "firma.example",
    ("mail", "host"): "localhost",
    ("mail", "debug"): "/dev/null",
}


def tracker_in(home):
    admin = str(Path(sys.executable).with_name("roundup-admin"))
    subprocess.run([admin, "-i", home, "install", "classic", "sqlite"], check=True, stdout=sys.stderr)
    _set_up(Path(home, "config.ini"))
    subprocess.run([admin, "-i", home, "initialise", "of-the-bench"], check=True, stdout=sys.stderr)
    from roundup import instance

    return instance.open(home)


def _set_up(path):
    lines, section = [], ""
    for line in path.read_text().splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        key = line.lstrip("# ").partition("=")[0].strip()
        value = SETTINGS.get((section, key)) if "=" in line else None
        lines.append(line if value is None else f"{key} = {value}")
    path.write_text("\n".join(lines) + "\n")


def introduce(tracker, count):
    database = tracker.open("admin")
    for number in range(count):
        address = f"person{number}@example.com"
        database.user.create(username=f"person{number}", address=address, roles="User")
    database.commit()
    database.close()


def receive(tracker, letters):
    from roundup.scripts.roundup_mailgw import parse_arguments

    _, arguments = parse_arguments(["roundup-mailgw"])
    for letter in letters:
        if not tracker.MailGW(tracker, arguments).main(io.BytesIO(letter)):  # the id of its issue
            raise RuntimeError("a mail was refused")


def main():
    letters = pickle.loads(Path(sys.argv[1]).read_bytes())
    turns = int(sys.argv[3])
    tracker = tracker_in(str(Path(sys.argv[2], "roundup")))
    introduce(tracker, len(letters))
    count = len(letters) // turns
    for turn in range(turns):
        started, cpu = time.perf_counter(), time.process_time()
        receive(tracker, letters[turn * count : (turn + 1) * count])
        spent = time.perf_counter() - started, time.process_time() - cpu
        print(json.dumps([count, *spent]), flush=True)


if __name__ == "__main__":
    main()
