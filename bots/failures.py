"""How a call of a platform's API can fail, without the library that made it.

Each channel's `client` raises these, and a `Refused` of its own, which bears what its platform
says beside the no. Their texts never hold a token. What a refusal means is left to each channel.
"""

from intake.errors import Away
from intake.speech import RetryAfter, SendResult, Unknown


class CallFailed(Away):
    """A call that brought no result."""


class NotSent(CallFailed):
    """It did not come as far as the platform: surely nothing happened."""


class Unclear(CallFailed):
    """The request went out and no clear answer came: perhaps it was done."""


def result_unanswered(failure: CallFailed) -> SendResult:
    """What it means for a message that was to be sent, where the platform did not refuse it."""
    if isinstance(failure, NotSent):
        return RetryAfter(seconds=0, reason=str(failure), is_away=True)
    return Unknown(reason=str(failure))
