"""Questions whose buttons are tickets: each shows its number and the first words of its subject.

Pure. Which tickets are to choose from is decided by whoever asks.
"""

from collections.abc import Sequence

from intake.headlines import cut
from intake.speech import Option, Say
from intake.tickets import Ticket

MOST_OTHERS = 2  # tickets to choose from beside the one it went to: one tap must be enough
LABEL_LENGTH = 24  # letters on a button
WHICH_SOLVED = "which_solved"


def on_button(ticket: Ticket, tap: str) -> Option:
    return Option(
        template="button_ticket",
        data=tap,
        values={"number": ticket.id, "subject": cut(ticket.subject, LABEL_LENGTH)},
    )


def which_solved(ticket: Ticket, live: Sequence[Ticket]) -> Say:
    """Which of several open ones is over; `ticket` is the likeliest."""
    others = [one for one in live if one.id != ticket.id][:MOST_OTHERS]
    options = tuple(on_button(one, f"solve|{{ticket}}|{one.id}") for one in (ticket, *others))
    return Say(template=WHICH_SOLVED, options=options)
