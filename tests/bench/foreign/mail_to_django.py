"""django-helpdesk makes tickets of mails in process: `mail_to_django.py LETTERS FOLDER TURNS URL`.

On SQLite, or on the PostgreSQL that is named. Its answers go to nowhere.
"""

import logging
import sys
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from turns import timed

APPS = (
    "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes",
    "django.contrib.sessions", "django.contrib.sites", "django.contrib.messages",
    "django.contrib.staticfiles", "django.contrib.humanize", "rest_framework",
    "helpdesk",
)  # fmt: skip


TEMPLATES = "django.template.backends.django.DjangoTemplates"


def set_up(folder, url=""):
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.configure(
        SECRET_KEY="of-the-bench-" * 4,
        INSTALLED_APPS=APPS,
        TEMPLATES=[{"BACKEND": TEMPLATES, "APP_DIRS": True}],
        DATABASES={"default": _database(folder, url)},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        MEDIA_ROOT=str(folder / "media"),
        STATIC_URL="/static/",
        SITE_ID=1,
        USE_TZ=True,
        HELPDESK_TEAMS_MODE_ENABLED=False,
    )
    django.setup()
    from django.urls import include, path

    settings.ROOT_URLCONF = (path("", include("helpdesk.urls", namespace="helpdesk")),)
    call_command("migrate", verbosity=0)


def _database(folder, url):
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "helpdesk.db"}
    there = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": there.path.lstrip("/"),
        "USER": there.username,
        "HOST": parse_qs(there.query)["host"][0],  # the folder of its socket
    }


def receive(queue, letters):
    from helpdesk.email import extract_email_metadata

    logger = logging.getLogger("helpdesk.of.the.bench")
    logger.setLevel(logging.ERROR)
    for letter in letters:
        if extract_email_metadata(letter.decode(), queue, logger) is None:
            raise RuntimeError("a mail was refused")


def main():
    path, folder, turns = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    set_up(folder, *sys.argv[4:])
    from helpdesk.models import Queue

    queue = Queue.objects.create(slug="it", title="IT", allow_email_submission=True)
    timed(path, turns, partial(receive, queue))


if __name__ == "__main__":
    main()
