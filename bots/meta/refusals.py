"""How the Graph API says no. Texts never hold a token; `send` says what each means."""

from bots.failures import CallFailed

PROOF = "appsecret_proof"  # which goes with each call, and stands in what Meta says of a wrong one


class Refused(CallFailed):
    """Meta said no: its own code and subcode."""

    def __init__(self, number: int, detail: int, words: str) -> None:
        named = f"{number}/{detail}" if detail else f"{number}"
        super().__init__(f"{named} {words}".strip())
        self.number = number
        self.detail = detail
        self.is_passing = False  # says Meta
        self.retry_after = 0.0
