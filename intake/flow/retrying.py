"""How long something is tried that the world does not take or give: a day, ever more slowly.

For sends and files alike. How long an account as a whole rests is left to `outward`.
"""

from datetime import timedelta
from typing import Final

GIVE_UP_AFTER: Final = timedelta(hours=24)
LONGEST_PAUSE: Final = timedelta(minutes=15)


def pause_after(tries: int) -> timedelta:
    """Before the next try, when `tries` were in vain."""
    return min(timedelta(seconds=2 ** min(tries, 20)), LONGEST_PAUSE)


def is_enough(tries: int) -> bool:
    """Whether the pauses between so many tries add up to the time after which one gives up.

    Time in which nobody was there to try does not count.
    """
    pauses = (pause_after(number) for number in range(1, tries))
    return sum(pauses, timedelta()) >= GIVE_UP_AFTER
