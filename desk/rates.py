"""How fast each channel may be sent to, and how large the files are that it brings."""

from datetime import timedelta

from intake.flow.pace import Pace, Rate

SECOND = timedelta(seconds=1)
PACES = {
    # Bot API: 30 a second over all, about one a second in a chat with short bursts.
    "telegram": lambda: Pace(
        account=Rate(count=25, within=SECOND), address=Rate(count=3, within=3 * SECOND)
    ),
    # The same; of a group some 20 a minute, edits included. A message may be three calls, where
    # its topic was deleted: 16 leave room for that below 18.
    "agents": lambda: Pace(
        account=Rate(count=25, within=SECOND),
        address=Rate(count=3, within=3 * SECOND),
        group=Rate(count=16, within=60 * SECOND),
    ),
    # REST API: a hundred an hour to whoever does not answer; more over all than we ever send.
    "viber": lambda: Pace(
        account=Rate(count=20, within=SECOND), address=Rate(count=100, within=3600 * SECOND)
    ),
    # Meta: 300 a second; beyond 40 the Page's own inbox suffers.
    **dict.fromkeys(
        ("messenger", "instagram"),
        lambda: Pace(account=Rate(count=30, within=SECOND), address=Rate(count=5, within=SECOND)),
    ),
    "email": lambda: Pace(
        account=Rate(count=20, within=SECOND), address=Rate(count=5, within=SECOND)
    ),
}
# That come in.
LARGEST_FILES_MB = {
    "telegram": 20,
    "agents": 20,
    "viber": 50,
    "messenger": 25,
    "instagram": 25,
    "email": 50,
}
