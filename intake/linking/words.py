"""What is said about links: to whoever asks, and wherever the person was known before.

In a chat a link has buttons, in a mail the address of a page. Who is told what is decided in
`joining`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from intake.identity import own_mails
from intake.links import Link
from intake.messages import Address
from intake.people import Person
from intake.ports import Work
from intake.speech import Choice, NewDelivery, Text
from intake.wording import Wording

MOST_TOLD = 5  # handles that hear of a link
MAIL = "email"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is to be said, before it has words."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    link: Link | None = None  # that its buttons answer
    phone: str = ""  # the template of a button that hands over the own number


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """`mail_account` is "" without a mailbox; `page` is the address of links, "" without one."""

    wording: Wording
    mail_account: str
    page: str

    async def say(self, work: Work, place: Address, language: str, words: Words) -> None:
        link, is_mail = words.link, place.channel == MAIL
        url = f"{self.page}/{link.id}.{link.key}" if link and is_mail and self.page else ""
        told = {**words.values, "is_mail": is_mail, "url": url}
        if "channel" in told:
            told["channel_word"] = self.wording.say("link_channel", language, told)
        choices = () if link is None or is_mail else self._choices(link, language)
        phone = self.wording.say(words.phone, language, {}) if words.phone else ""
        text = self.wording.say(words.template, language, told)
        delivery = NewDelivery(
            address=place,
            body=Text(text=text, choices=choices, phone=phone),
            subject=self.wording.say("link_subject", language, {}) if is_mail else "",
            language=language,
        )
        await work.post(delivery)

    async def tell(self, work: Work, link: Link, to: Person, template: str) -> None:
        """At the newest handles that are known, and in the mailbox; not at what was linked."""
        known = [one for one in await work.handles_of(to.id) if one.id != link.handle.id]
        places = [one.address for one in known if one.is_reachable][-MOST_TOLD:]
        if not any(place.channel == MAIL for place in places):
            places += await self._mailbox_of(work, to)
        linked = link.handle.address
        mailbox = linked.external_id if linked.channel == MAIL else ""
        values = {"channel": linked.channel, "agent": link.by, "mailbox": mailbox}
        words = Words(template=template, values=values, link=link)
        for place in places:
            if place != linked:
                await self.say(work, place, to.language, words)

    async def _mailbox_of(self, work: Work, person: Person) -> list[Address]:
        employee = await work.directory.find(person.employee_id) if person.employee_id else None
        if employee is None or not self.mail_account:
            return []
        mails = await own_mails(work.directory, employee)
        return [self.mailbox(mails[0])] if mails else []

    def channel(self, link: Link, language: str) -> str:
        values = {"channel": link.handle.address.channel}
        return self.wording.say("link_channel", language, values)

    def mailbox(self, mail: str) -> Address:
        return Address(channel=MAIL, account=self.mail_account, external_id=mail)

    def _choices(self, link: Link, language: str) -> tuple[tuple[Choice, ...], ...]:
        verbs = ("agree", "unlink") if link.is_asked else ("unlink",)
        return tuple(
            (
                Choice(
                    label=self.wording.say(f"button_{verb}", language, {}),
                    data=f"{verb}|{link.id}|{link.key}",
                ),
            )
            for verb in verbs
        )
