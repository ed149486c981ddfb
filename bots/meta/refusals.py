"""How the Graph API says no. Texts never hold a token; `send` says what each means."""

from bots.failures import CallFailed

PROOF = "appsecret_proof"  # which goes with each call, and stands in what Meta says of a wrong one


class Refused(CallFailed):
    """Meta said no: its own code and subcode."""

    def __init__(
        self,
        number: int,
        detail: int,
        words: str,
        *,
        is_passing: bool = False,
        retry_after: float = 0.0,
    ) -> None:
        """`is_passing`, says Meta; `retry_after` are seconds, 0 where it tells none."""
        named = f"{number}/{detail}" if detail else f"{number}"
        super().__init__(f"{named} {words}".strip())
        self.number = number
        self.detail = detail
        self.is_passing = is_passing
        self.retry_after = retry_after
