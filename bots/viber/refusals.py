"""How Viber's API says no. Texts never hold the token; `send` says what each means."""

from bots.failures import CallFailed


class Refused(CallFailed):
    """Viber said no: the status within its answer, or else the one of HTTP."""

    def __init__(
        self, status: int, words: str, *, is_http: bool = False, retry_after: float = 0.0
    ) -> None:
        super().__init__(f"{'HTTP ' if is_http else ''}{status} {words}".strip())
        self.status = status
        self.is_http = is_http
        self.retry_after = retry_after
