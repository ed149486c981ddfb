"""Who is behind a mailbox, and whether a code that is sent there shows it.

A mailbox that the directory has is its one active employee's, or nobody's: several may read it,
or only people who have left. One that it does not have may be read by anybody who works here, so
that it makes nobody an employee, and joins no employee with anybody. What a code shows is asked
again when it is typed: mailboxes change hands meanwhile.
"""

from dataclasses import dataclass, replace

from intake.directory import plain_mail
from intake.identity import own_mails
from intake.linking.words import MAIL, Telling
from intake.links import Proof, Secrets, Way
from intake.messages import Address
from intake.people import Handle, Person
from intake.ports import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Whom somebody says to be, and where only that person reads: None where we know nobody."""

    way: Way
    subject: str
    token: str = ""
    where: Address | None = None
    employee_id: int | None = None
    known_id: int | None = None
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailboxes:
    secrets: Secrets
    telling: Telling

    async def claim(self, work: Work, asker: Person, mail: str) -> Claim:
        """That `asker` reads it."""
        where = self.telling.mailbox(mail)
        known = await work.handle_at(where)
        nobody = Claim(way=Way.CODE, subject=self._subject(mail))
        read = replace(nobody, where=where, known_id=known.id if known else None)
        if await work.directory.is_listed(mail):
            employee = await work.directory.find_by_mail(mail)
            if employee is None:
                return nobody
            return replace(read, employee_id=employee.id, language=employee.language)
        return read if known and await self._may_join(work, asker, known) else nobody

    async def follow(self, work: Work, asker: Person, known: Handle, token: str) -> Claim:
        """That `asker` reads where a link of ours was sent to."""
        if known.address.channel == MAIL:
            claim = await self.claim(work, asker, known.address.external_id)
            return replace(claim, way=Way.LINK, token=token)
        return Claim(
            way=Way.LINK,
            subject=self.secrets.hash(known.address.channel, known.address.external_id),
            token=token,
            where=known.address,
            known_id=known.id,
            language=(await work.person(known.person_id)).language,
        )

    async def still_holds(self, work: Work, asker: Person, proof: Proof) -> bool:
        """Whether what a code was sent for is so when it is typed."""
        if proof.employee_id is not None:
            employee = await work.directory.find(proof.employee_id)
            if employee is None or not employee.is_active:
                return False
            mails = await own_mails(work.directory, employee)
            return proof.subject in map(self._subject, mails)
        known = await work.handle(proof.known_id) if proof.known_id is not None else None
        if known is None or known.address.channel != MAIL:
            return known is not None
        is_listed = await work.directory.is_listed(known.address.external_id)
        return not is_listed and await self._may_join(work, asker, known)

    async def may_be_of(self, work: Work, handle: Handle, person: Person) -> bool:
        """Whether the directory does not deny what an agent thinks.

        What is one employee's is first undone, and who says yes in a mailbox must be one person.
        """
        owner = await work.employee_of(handle.person_id)
        if owner is not None and owner.id != person.employee_id:
            return False
        mail = handle.address.external_id
        if handle.address.channel == MAIL and await work.directory.is_listed(mail):
            employee = await work.directory.find_by_mail(mail)
            return employee is not None and person.employee_id in (None, employee.id)
        return person.employee_id is not None or await self._is_one(work, person)

    async def still_writes(self, work: Work, handle: Handle, employee_id: int) -> bool:
        """Whether a mailbox is this employee's alone."""
        employee = await work.directory.find_by_mail(plain_mail(handle.address.external_id))
        return employee is not None and employee.id == employee_id

    async def _is_one(self, work: Work, person: Person) -> bool:
        """Whether the directory has none of their mailboxes, or has it of one employee alone."""
        theirs = [one.address for one in await work.handles_of(person.id)]
        mails = [plain_mail(one.external_id) for one in theirs if one.channel == MAIL]
        owners = await work.directory.ids_by_mails(mails) if mails else {}
        others = [mail for mail in mails if mail not in owners]
        return not await work.directory.is_listed(*others)

    async def _may_join(self, work: Work, asker: Person, known: Handle) -> bool:
        reader = await work.person(known.person_id)
        return asker.employee_id is None and reader.employee_id is None

    def _subject(self, mail: str) -> str:
        return self.secrets.hash(MAIL, mail)
