"""What the agents' bot says back: deliveries in an agent's language, to where they have spoken."""

from dataclasses import dataclass, replace
from typing import Any

from intake.companion.said import Said
from intake.companion.showings import ANYBODY, CHANNEL
from intake.messages import Address
from intake.people import Agent
from intake.speech import Choice, NewDelivery, Operation, Text
from intake.wording import Wording

Rows = tuple[tuple[Choice, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    wording: Wording
    account: str
    desk_name: str
    language: str  # of whoever has none that is known

    def words(self, code: str, language: str, **values: Any) -> str:
        told = {"code": code, "desk": self.desk_name, **values}
        return self.wording.tell("told", language, told)

    def say(self, said: Said, agent: Agent, code: str, **values: Any) -> NewDelivery:
        """A sentence by its code."""
        return self.text(said, agent.language, self.words(code, agent.language, **values))

    def text(self, said: Said, language: str, text: str, rows: Rows = ()) -> NewDelivery:
        return NewDelivery(
            address=self.address(said.chat),
            body=Text(text=text, choices=rows),
            thread=(said.topic,) if said.topic else (),
            language=language,
        )

    def say_to_anybody(self, said: Said, language: str, code: str) -> NewDelivery:
        """The only words that go to a chat which is no agent's, or not any more."""
        return replace(self.text(said, language, self.words(code, language)), subject=ANYBODY)

    def prompt(self, said: Said, agent: Agent, number: int, verb: str, name: str) -> NewDelivery:
        """A question whose answer is for this ticket."""
        words = self.words(f"prompt_{verb}", agent.language, number=number, name=name)
        return replace(self.of_ticket(said, agent, number, Text(text=words)), subject=verb)

    def of_ticket(self, said: Said, agent: Agent, number: int, body: Text) -> NewDelivery:
        """Into the ticket's topic, where the chat has topics."""
        return NewDelivery(
            address=self.address(said.chat),
            body=body,
            ticket_id=number,
            language=agent.language,
        )

    def toast(self, said: Said, agent: Agent, code: str = "", **values: Any) -> NewDelivery:
        """What ends the waiting of a tapped button: there is one for every tap."""
        text = self.words(code, agent.language, **values) if code else ""
        return self.tap_ended(said, agent.language, text)

    def tap_ended(self, said: Said, language: str, text: str) -> NewDelivery:
        return NewDelivery(
            address=self.address(said.chat),
            body=Text(text=text),
            operation=Operation.ANSWER_TAP,
            target_external_id=said.tap_id,
            language=language,
        )

    def problem(self, said: Said, agent: Agent, code: str, values: dict[str, str]) -> NewDelivery:
        """What could not be done, as the pages say it."""
        words = self.wording.problem(agent.language, code, values)
        if said.tap_id:
            return self.tap_ended(said, agent.language, words)
        return self.text(said, agent.language, words)

    def address(self, chat: str) -> Address:
        return Address(channel=CHANNEL, account=self.account, external_id=chat)
