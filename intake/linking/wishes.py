"""What a message wants about linking: to be linked, to prove something, or to undo it. Pure.

A code counts only where one is asked of the very handle that types it, a mail address alone only
where no ticket is open that it may be said to, a link only where its token is ours. Names say
nothing. What follows is left to `joining`.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from intake.decisions import Decision
from intake.directory import phone_of_contact, plain_mail
from intake.links import (
    Answers,
    Asks,
    Follows,
    NamesMail,
    Proof,
    Secrets,
    ShowsPhone,
    TypesCode,
    Wish,
    WritesFrom,
    hash_of_code,
)
from intake.messages import AutomaticKind, Message, MessageKind
from intake.situations import Situation
from intake.speech import Option, Say
from intake.understanding.folding import plain
from intake.understanding.phrases import phrases

COMMAND = "link"
TAPS = {"agree": True, "unlink": False}
OFFER = Option(template="button_link", data=f"{COMMAND}|0")
NOTED = Say(template="noted")
_CODE = re.compile(r"(?:\d[ -]?){7}\d")
_LONGEST_WISH = 400  # characters
_KEY = re.compile(r"[A-Za-z0-9_-]{1,32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Linking:
    """`sends_codes`: there is a mailbox of ours to mail them from."""

    secrets: Secrets
    sends_codes: bool

    def decide(self, situation: Situation, message: Message, now: datetime) -> Decision | None:
        """None where the message wants something else, or something else as well."""
        wish = self._wish(situation, message, now)
        if wish is None:
            return None
        return Decision(wish=wish, tap_answer=NOTED if message.tap_id else None)

    def beside(self, decision: Decision, situation: Situation, message: Message) -> Decision:
        """A number that answers a card may link as well, and so may a mail that proves its sender.

        A welcome says how to be known here.
        """
        phone = phone_of_contact(message.facts.get("contact", ""))
        if phone and message.is_own_contact and decision.keeps_message:
            shown = ShowsPhone(phone=phone, is_proven=True, is_aside=True)
            return replace(decision, wish=shown)
        if (mailbox := _mailbox_of(situation, message)) is not None:
            return replace(decision, wish=mailbox)
        is_mail = bool(message.original)  # which has no button to tap
        if is_mail or not self.sends_codes or situation.person.employee_id is not None:
            return decision
        says = tuple(
            replace(say, options=(*say.options, OFFER)) if say.template == "welcome" else say
            for say in decision.says
        )
        return replace(decision, says=says)

    def _wish(self, situation: Situation, message: Message, now: datetime) -> Wish | None:
        match message.kind:
            case MessageKind.TAP:
                return _of_tap(message.tap)
            case MessageKind.START if self.secrets.is_token(message.payload):
                ticket = self.secrets.read_token(message.payload, now)
                return Follows(token=message.payload, ticket=ticket)
            case MessageKind.COMMAND if message.payload == COMMAND:
                return Asks()
            case MessageKind.TEXT if not message.files:
                return self._of_words(situation, message, now)
            case _:
                return None

    def _of_words(self, situation: Situation, message: Message, now: datetime) -> Wish | None:
        if contact := message.facts.get("contact", ""):
            return _of_contact(situation, message, contact, now)
        code, proof = code_in(message.text), situation.proof
        if code and proof is not None and self._is_meant(situation, proof, code, now):
            return TypesCode(code=code, proof=proof)
        words, mail = wish_in(message.text)
        if mail and self.sends_codes and (words or self._may_name_mail(situation, now)):
            return NamesMail(mail=mail)
        return Asks() if words and not mail else None

    def _is_meant(self, situation: Situation, proof: Proof, code: str, now: datetime) -> bool:
        """Of one that is over only the same once more, where it may be the number of a thing."""
        if proof.is_open(now) or not situation.live_tickets:
            return proof.asks_for_code
        return proof.code_hash == hash_of_code(self.secrets, situation.handle, code)

    def _may_name_mail(self, situation: Situation, now: datetime) -> bool:
        """An address alone may as well be an answer, to a card or to an agent."""
        return _is_asked_here(situation, now) or not situation.live_tickets


def _of_contact(
    situation: Situation, message: Message, contact: str, now: datetime
) -> Wish | None:
    """What is asked comes first; a card of somebody else is news about them."""
    phone = phone_of_contact(contact)
    if not phone or "forwarded_from" in message.facts:
        return None
    if _is_asked_here(situation, now):
        return ShowsPhone(phone=phone, is_proven=message.is_own_contact)
    if situation.live_tickets or not message.is_own_contact:
        return None  # to an agent perhaps; `beside` links by it as well
    return ShowsPhone(phone=phone, is_proven=True)


def _mailbox_of(situation: Situation, message: Message) -> WritesFrom | None:
    """Of a mail that our own server vouches for; nothing that a machine has sent."""
    is_surely = message.sender.is_proven and message.automatic is AutomaticKind.NO
    if not is_surely or situation.employee is None or situation.person.employee_id is not None:
        return None  # in a chat only who is linked is known as an employee
    return WritesFrom(employee_id=situation.employee.id)


def _is_asked_here(situation: Situation, now: datetime) -> bool:
    """Whether this very handle was asked who it is, a short time ago."""
    proof = situation.proof
    return proof is not None and not proof.asks_for_code and proof.is_open(now)


def _of_tap(tap: str) -> Wish | None:
    verb, *words = tap.split("|")
    if verb == COMMAND and words == ["0"]:
        return Asks()
    match words:
        case [number, key] if verb in TAPS and _is_number(number) and _KEY.fullmatch(key):
            return Answers(link_id=int(number), key=key, is_so=TAPS[verb])
        case _:
            return None


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) <= 18  # noqa: PLR2004 - of a row's id


def may_prove(message: Message) -> bool:
    """Whether it must be known what this handle was asked for."""
    if message.kind is not MessageKind.TEXT:
        return False
    return bool(code_in(message.text) or wish_in(message.text)[1] or message.facts.get("contact"))


def code_in(text: str) -> str:
    """Of words that are nothing but a code."""
    stripped = text.strip()
    if not (stripped.isascii() and _CODE.fullmatch(stripped)):
        return ""
    return "".join(letter for letter in stripped if letter.isdecimal())


def wish_in(text: str) -> tuple[str, str]:
    """The words that ask to be linked, and the address behind them or alone; "" for neither."""
    said = text.strip().removeprefix("/").split() if len(text) <= _LONGEST_WISH else []
    mail = said.pop() if said and "@" in said[-1] else ""
    words = plain(" ".join(said)).strip(" .!:")
    if words and words not in _words_of_linking():
        return "", ""
    return words, plain_mail(mail.strip("<>.,;"))


@cache
def _words_of_linking() -> frozenset[str]:
    return frozenset(plain(phrase) for phrase in phrases("linking", "asks"))
