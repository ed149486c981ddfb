"""Carries out what is wanted about linking, within one transaction: proofs and links.

Whoever asks hears the same whether an address is known here or not, so that nobody can learn who
works here; a code goes only to where the directory or an earlier mail says that its person reads,
and is good only for the handle that asked. What a message wants is read by `wishes`, what is said
left to `words`.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from intake.approving import LET_IN, Approving
from intake.bot_entries import changed_by_bot
from intake.directory import Employee
from intake.errors import NotFound
from intake.identity import own_mails
from intake.linking.mailboxes import Claim, Mailboxes
from intake.linking.words import Telling, Words
from intake.links import (
    Answers,
    Asks,
    Follows,
    Link,
    NamesMail,
    NewProof,
    Proof,
    Secrets,
    ShowsPhone,
    TypesCode,
    Way,
    Wish,
    WritesFrom,
    hash_of_code,
)
from intake.people import Handle, Person
from intake.ports import Work
from intake.recording import Cause
from intake.tickets import Change, NewEntry

PROVEN_WITHIN = timedelta(minutes=10)
COUNTED_WITHIN = timedelta(hours=1)
MOST_PER_HANDLE = 3  # codes in that time
MOST_PER_MAILBOX = 10  # for chats that are new, and as many for others
SETTLED_AFTER = timedelta(days=1)  # a chat is not new any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    secrets: Secrets
    telling: Telling
    mailboxes: Mailboxes
    approving: Approving
    bot_name: str

    async def carry_out(self, work: Work, cause: Cause, wish: Wish) -> None:
        """All of it in the caller's transaction; what is said back is posted with it."""
        match wish:
            case Asks():
                await self._ask(work, cause)
            case NamesMail(mail=mail):
                claim = await self.mailboxes.claim(work, cause.situation.person, mail)
                await self._send_code(work, cause, claim)
            case ShowsPhone():
                await self._take_phone(work, cause, wish)
            case TypesCode():
                await self._take_code(work, cause, wish)
            case Follows():
                await self._follow(work, cause, wish)
            case Answers():
                await self._take_answer(work, cause, wish)
            case WritesFrom():
                await self._take_mailbox(work, cause, wish)

    # what is asked

    async def _ask(self, work: Work, cause: Cause) -> None:
        """For a number or an address, whichever can be had."""
        await work.ask_proof(_asked(cause, Way.CODE))
        values = {
            "has_mail": bool(self.telling.mail_account),
            "channel": cause.message.address.channel,
        }
        words = Words(template="link_how", values=values, phone="button_phone")
        await self._say(work, cause, words)

    async def _follow(self, work: Work, cause: Cause, wish: Follows) -> None:
        """A link may have been handed on: it counts with a code from where it was sent to."""
        token = self.secrets.hash("token", wish.token)
        known = await self._handle_of(work, wish.ticket) if wish.ticket is not None else None
        if known is None or await work.is_used(token):
            await self._say(work, cause, Words(template="link_over"))
        elif known.person_id == cause.situation.person.id:
            await self._say(work, cause, Words(template="link_known"))
        else:
            claim = await self.mailboxes.follow(work, cause.situation.person, known, token)
            if claim.where is None:
                await self._say(work, cause, Words(template="link_over"))
            else:
                await self._send_code(work, cause, claim)

    async def _handle_of(self, work: Work, number: int) -> Handle | None:
        """Where that ticket came from."""
        try:
            ticket = await work.ticket(number)
        except NotFound:
            return None
        return await work.handle_at(ticket.address)

    async def _send_code(self, work: Work, cause: Cause, claim: Claim) -> None:
        handle = cause.situation.handle
        if await self._is_too_often(work, cause, claim):
            await self._say(work, cause, Words(template="link_later"))
            return
        code = self.secrets.code()
        asked = replace(
            _asked(cause, claim.way),
            subject=claim.subject,
            token=claim.token,
            code_hash=hash_of_code(self.secrets, handle, code),
            employee_id=claim.employee_id,
            known_id=claim.known_id,
        )
        await work.ask_proof(asked)
        if claim.where is not None:
            values = {"code": f"{code[:4]} {code[4:]}", "channel": handle.address.channel}
            language = claim.language or cause.situation.person.language
            words = Words(template="link_code", values=values)
            await self.telling.say(work, claim.where, language, words)
        await self._say(work, cause, Words(template="link_sent", values={"way": claim.way.value}))

    async def _is_too_often(self, work: Work, cause: Cause, claim: Claim) -> bool:
        """Chats that are new can't use up what a mailbox gets for those that are not.

        An address that nobody has is counted alike. Nor do any use up what is for whoever has a
        link from the mailbox itself.
        """
        since, handle = cause.now - COUNTED_WITHIN, cause.situation.handle
        if await work.count_proofs(handle.id, since) >= MOST_PER_HANDLE:
            return True
        if claim.token:
            return await work.count_follows(claim.token, since) >= MOST_PER_HANDLE
        settled = cause.now - SETTLED_AFTER
        count = await work.count_proofs_of(claim.subject, since, handle.id, settled)
        return count >= MOST_PER_MAILBOX

    # what is shown

    async def _take_phone(self, work: Work, cause: Cause, wish: ShowsPhone) -> None:
        """Anybody can send a card: without the platform's word it is a claim like a mail."""
        employee = await work.directory.find_by_phone(wish.phone)
        if wish.is_proven and employee is not None:
            person = await self._person_of(work, employee, cause)
            await self._join(work, cause, person, Way.CONTACT)
        elif wish.is_proven or not self.telling.mail_account:
            if not wish.is_aside:
                values = {"has_mail": bool(self.telling.mail_account)}
                await self._say(work, cause, Words(template="link_unknown", values=values))
        else:
            claim = Claim(way=Way.CODE, subject=self.secrets.hash("phone", wish.phone))
            mails = await own_mails(work.directory, employee) if employee is not None else ()
            if mails:
                claim = await self.mailboxes.claim(work, cause.situation.person, mails[0])
            await self._send_code(work, cause, claim)

    async def _take_mailbox(self, work: Work, cause: Cause, wish: WritesFrom) -> None:
        """The employee is known elsewhere already. What was undone once is not linked again."""
        await work.hold_directory()
        handle, to = cause.situation.handle, await work.person_of(wish.employee_id)
        if to is None or to.id == handle.person_id or await work.has_undone(handle.id, to.id):
            return
        if not await self.mailboxes.still_writes(work, handle, wish.employee_id):
            return
        link = await self._move(work, handle, to, Way.MAIL, cause.now)
        await self.telling.tell(work, link, to, "link_told")
        await self._let_in(work, to, cause.now)

    async def _take_code(self, work: Work, cause: Cause, wish: TypesCode) -> None:
        proof = wish.proof
        is_over = not proof.is_open(cause.now) or await self._is_used(work, proof)
        left = -1 if is_over else await work.try_proof(proof)
        given = hash_of_code(self.secrets, cause.situation.handle, wish.code)
        if left < 0 or not hmac.compare_digest(proof.code_hash, given):
            template = "link_wrong" if left > 0 else "link_over"
            await self._say(work, cause, Words(template=template, values={"left": left}))
            return
        await work.use_proof(proof)
        await work.hold_directory()
        person = cause.situation.person
        if not await self.mailboxes.still_holds(work, person, proof):
            await self._say(work, cause, Words(template="link_over"))
            return
        await self._join_reader(work, cause, proof)

    async def _join_reader(self, work: Work, cause: Cause, proof: Proof) -> None:
        """With whoever reads where the code went."""
        known = await work.handle(proof.known_id) if proof.known_id is not None else None
        reader = await work.person(known.person_id) if known is not None else None
        employee = await work.directory.find(proof.employee_id) if proof.employee_id else None
        if employee is not None:
            person = await self._person_of(work, employee, cause, reader)
        else:
            assert reader is not None  # noqa: S101 - nobody's mailbox holds no code
            person = reader
        if reader is not None and reader.id != person.id:
            await self._gather(work, reader, person, proof, cause.now)
        await self._join(work, cause, person, proof.way)

    async def _is_used(self, work: Work, proof: Proof) -> bool:
        """Two chats may have opened one link side by side: the first code counts."""
        return bool(proof.token) and await work.is_used(proof.token)

    async def _person_of(
        self, work: Work, employee: Employee, cause: Cause, reader: Person | None = None
    ) -> Person:
        """Who writes as this employee: the one known as such, else who reads their mailbox."""
        person = await work.person_of(employee.id)
        if person is not None:
            return person
        reader = reader or await self._reader_of(work, employee)
        if reader is not None and reader.employee_id is None:
            await work.point_to_employee(reader.id, employee.id)
            return replace(reader, employee_id=employee.id)
        return await work.make_person(employee, cause.situation.person.language)

    async def _reader_of(self, work: Work, employee: Employee) -> Person | None:
        """Of the first mailbox that is theirs alone."""
        mails = await own_mails(work.directory, employee)
        if not mails:
            return None
        known = await work.handle_at(self.telling.mailbox(mails[0]))
        return await work.person(known.person_id) if known is not None else None

    # what becomes of it

    async def _join(self, work: Work, cause: Cause, to: Person, way: Way) -> None:
        handle = cause.situation.handle
        if handle.person_id == to.id:
            await self._say(work, cause, Words(template="link_known"))
        else:
            link = await self._move(work, handle, to, way, cause.now)
            words = Words(template="linked", values={"name": to.name}, link=link)
            await self._say(work, cause, words)
            await self.telling.tell(work, link, to, "link_told")
        await self._let_in(work, to, cause.now)

    async def _let_in(self, work: Work, person: Person, now: datetime) -> None:
        """What was held while nobody knew whose it was goes on."""
        if person.is_approved or await work.employee_of(person.id) is not None:
            await self.approving.release(work, person.id, self._changed(LET_IN, person.name, now))

    async def _gather(
        self, work: Work, reader: Person, to: Person, proof: Proof, now: datetime
    ) -> None:
        """Who reads the mailbox was known apart from the employee whose it is."""
        if reader.employee_id in (None, to.employee_id):
            for handle in await work.handles_of(reader.id):
                await self._move(work, handle, to, proof.way, now)

    async def _move(self, work: Work, handle: Handle, to: Person, way: Way, now: datetime) -> Link:
        link = await work.propose_link(handle, to.id, way, by="", key=self.secrets.key())
        made, numbers = await work.make_link(link, to)
        await self._note(work, made, numbers, "linked", now)
        return made

    async def propose(self, work: Work, handle: Handle, to: Person, by: str) -> Link:
        """An agent thinks so; nothing moves before the person has said yes."""
        key = self.secrets.key()
        link = await work.propose_link(handle, to.id, Way.AGENT, by=by, key=key)
        await self.telling.tell(work, link, to, "link_proposed")
        return link

    async def _take_answer(self, work: Work, cause: Cause, wish: Answers) -> None:
        """At a handle of the person who was told, or at the one that was linked."""
        await work.hold_directory()
        person, handle = cause.situation.person, cause.situation.handle
        try:
            link = await work.link(wish.link_id)
        except NotFound:
            await self._say(work, cause, Words(template="link_over"))
            return
        is_theirs = link.to_person_id == person.id or (
            link.handle.id == handle.id and not link.is_asked
        )
        if not is_theirs or not self.is_keyed(link, wish.key):
            await self._say(work, cause, Words(template="link_over"))
            return
        template = await self.answer(work, link, is_so=wish.is_so, by=person.name, now=cause.now)
        if link.handle.id != handle.id:  # which hears of it anyway
            await self._say(work, cause, Words(template=template))

    def is_keyed(self, link: Link, key: str) -> bool:
        return hmac.compare_digest(link.key.encode(), key.encode())

    async def answer(self, work: Work, link: Link, *, is_so: bool, by: str, now: datetime) -> str:
        """What is said of a link; returns the template that tells what came of it.

        The directory is held by then: a list that waits for it ends links as well.
        """
        to = await work.person(link.to_person_id)
        if is_so and link.is_asked and await self.mailboxes.may_be_of(work, link.handle, to):
            made, numbers = await work.make_link(link, to)
            await self._note(work, made, numbers, "linked", now)
            words = Words(template="linked", values={"name": to.name}, link=made)
            await self.telling.say(work, link.handle.address, to.language, words)
            await self._let_in(work, to, now)
            return "link_agreed"
        if is_so or not (link.is_asked or link.is_live):
            return "link_over"
        back_to = await work.person(link.from_person_id)
        numbers = await work.undo_link(link, back_to, by)
        await self._note(work, link, numbers, "unlinked", now)
        if link.is_asked:
            return "link_refused"
        await self.telling.say(
            work, link.handle.address, back_to.language, Words(template="unlinked")
        )
        return "link_undone"

    async def _note(
        self, work: Work, link: Link, numbers: Sequence[int], what: str, now: datetime
    ) -> None:
        """On the timelines of what has moved."""
        changed = self._changed(what, link.handle.address.channel, now)
        for number in numbers:
            by = link.by or self.bot_name
            await work.add_entry(replace(changed, ticket_id=number, author_name=by))

    def _changed(self, what: str, after: str, now: datetime) -> NewEntry:
        """Of a ticket that is still to be named."""
        return changed_by_bot(0, Change(what=what, after=after), now, self.bot_name)

    async def _say(self, work: Work, cause: Cause, words: Words) -> None:
        """To whoever has asked, there."""
        place, language = cause.message.address, cause.situation.person.language
        await self.telling.say(work, place, language, words)


def _asked(cause: Cause, way: Way) -> NewProof:
    return NewProof(
        handle_id=cause.situation.handle.id,
        way=way,
        asked_at=cause.now,
        expires_at=cause.now + PROVEN_WITHIN,
    )
