"""What other help desks did where they were measured, and how quick this machine is now.

They can't be started here. Their figures stand for a day when the bare handler answered a known
number of requests a second; the bare handler of this run says by how much to scale them.
"""

BARE_THEN = 20_000  # requests a second on uvloop, 64 connections
DJANGO_HELPDESK = 60.0  # mails to tickets a second, in process, SQLite
ROUNDUP = 85.0  # the same, from known senders
ROUNDUP_LIST = 11.0  # list pages a second at 100,000 tickets, 8 clients, SQLite
DJANGO, OF_ROUNDUP = "django-helpdesk (then, scaled)", "Roundup (then, scaled)"


def scaled(figure, planned):
    """None where the bare handler was not measured in this run."""
    bare = planned.measured.get("bare")
    return figure * bare / BARE_THEN if bare else figure
