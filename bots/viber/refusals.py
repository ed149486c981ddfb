"""How a call of Viber's API can fail. Texts never hold the token; `send` says what each means."""

from intake.errors import Away


class CallFailed(Away):
    """A call that brought no result."""


class Refused(CallFailed):
    """Viber said no: the status within its answer, or else the one of HTTP."""

    def __init__(self, status: int, words: str, *, is_http: bool = False) -> None:
        super().__init__(f"{'HTTP ' if is_http else ''}{status} {words}".strip())
        self.status = status
        self.is_http = is_http
        self.retry_after = 0.0


class NotSent(CallFailed):
    """It did not come as far as the platform: surely nothing happened."""


class Unclear(CallFailed):
    """The request went out and no clear answer came: perhaps it was done."""
