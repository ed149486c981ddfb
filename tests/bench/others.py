"""What other help desks did where they were measured.

They can't be started here: `pace` says by how much to scale their figures.
"""

DJANGO_HELPDESK = 60.0  # mails to tickets a second, in process, SQLite
ROUNDUP = 85.0  # the same, from known senders
ROUNDUP_LIST = 11.0  # list pages a second at 100,000 tickets, 8 clients, SQLite
DJANGO, OF_ROUNDUP = "django-helpdesk (then, scaled)", "Roundup (then, scaled)"
