"""Roundup makes issues of mails, in process: `mail_to_roundup.py LETTERS FOLDER TURNS`.

Its classic tracker on SQLite. The senders are known to it: it would send strangers away. Its
answers go to nowhere.
"""

import io
import json
import subprocess
import sys
from functools import partial
from pathlib import Path

from turns import timed

SETTINGS = {
    ("tracker", "web"): "http://localhost/issues/",
    ("mail", "domain"): "firma.example",
    ("mail", "host"): "localhost",
    ("mail", "debug"): "/dev/null",
}


def tracker_in(home):
    admin = str(Path(sys.executable).with_name("roundup-admin"))
    subprocess.run(
        [admin, "-i", home, "install", "classic", "sqlite"], check=True, stdout=sys.stderr
    )
    _set_up(Path(home, "config.ini"))
    subprocess.run(
        [admin, "-i", home, "initialise", "of-the-bench"], check=True, stdout=sys.stderr
    )
    from roundup import instance

    return instance.open(home)


def _administer(home, *words):
    admin = str(Path(sys.executable).with_name("roundup-admin"))
    subprocess.run([admin, "-i", home, *words], check=True, stdout=sys.stderr)


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
    path, folder, turns = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    tracker = tracker_in(str(folder / "roundup"))
    introduce(tracker, len(json.loads(Path(path).read_text())))
    timed(path, turns, partial(receive, tracker))


if __name__ == "__main__":
    main()
