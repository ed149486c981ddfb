"""How a call of the Graph API can fail. Texts never hold a token; `send` says what each means."""

from intake.errors import Away

PROOF = "appsecret_proof"  # which goes with each call, and stands in what Meta says of a wrong one


class CallFailed(Away):
    """A call that brought no result."""


class Refused(CallFailed):
    """Meta said no: its own code and subcode."""

    def __init__(self, number: int, detail: int, words: str) -> None:
        named = f"{number}/{detail}" if detail else f"{number}"
        super().__init__(f"{named} {words}".strip())
        self.number = number
        self.detail = detail
        self.is_passing = False  # says Meta
        self.retry_after = 0.0


class NotSent(CallFailed):
    """It did not come as far as the platform: surely nothing happened."""


class Unclear(CallFailed):
    """The request went out and no clear answer came: perhaps it was done."""
