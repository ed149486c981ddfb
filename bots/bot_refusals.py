"""How the Bot API says no. Texts never hold the token; `bot_results` says what each means."""

from bots.failures import CallFailed


class Refused(CallFailed):
    """The server said no: its status, its words, and how long to wait where it told."""

    def __init__(self, status: int, description: str, retry_after: float = 0) -> None:
        super().__init__(f"{status} {description}".strip())
        self.status = status
        self.description = description
        self.retry_after = retry_after


class Moved(Refused):
    """The group is a supergroup now, with another number."""

    def __init__(self, chat_id: int) -> None:
        super().__init__(400, "group chat was upgraded to a supergroup chat")
        self.chat_id = chat_id
