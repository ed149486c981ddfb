"""How a call of the Bot API can fail, without the library that made it.

`client` raises these; what each means for a delivery is decided in `send`. Their texts never hold
the token.
"""

from intake.errors import Away


class CallFailed(Away):
    """A call that brought no result."""


class Refused(CallFailed):
    """The server said no: its status, its words, and how long to wait where it told."""

    def __init__(self, status: int, description: str, retry_after: float = 0) -> None:
        super().__init__(f"{status} {description}".strip())
        self.status = status
        self.description = description
        self.retry_after = retry_after


class NotSent(CallFailed):
    """It did not come as far as the platform: surely nothing happened."""


class Unclear(CallFailed):
    """The request went out and no clear answer came: perhaps it was done."""


class Moved(Refused):
    """The group is a supergroup now, with another number."""

    def __init__(self, chat_id: int) -> None:
        super().__init__(400, "group chat was upgraded to a supergroup chat")
        self.chat_id = chat_id
