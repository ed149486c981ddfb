"""What agents and pages ask about links, one commit each; chats go by way of `joining` alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.access import require_agent
from intake.errors import Conflict, NotFound
from intake.linking.joining import Joining
from intake.links import Found, Link
from intake.people import Agent, Person
from intake.ports import Clock, Store, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A link as its person is shown it; `channel` in their language."""

    link: Link
    language: str
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    store: Store
    joining: Joining
    clock: Clock

    async def of(self, person_id: int) -> Sequence[Link]:
        """Live or asked, newest first."""
        async with self.store.work() as work:
            return await work.links_of(person_id)

    async def find(self, words: str) -> Sequence[Found]:
        async with self.store.work() as work:
            return await work.find_people(words)

    async def propose(self, agent: Agent, handle_id: int, whose: Found) -> None:
        """The person is asked; nothing moves before their yes. Raises NotFound, Conflict."""
        require_agent(agent)
        async with self.store.work() as work:
            handle = await work.handle(handle_id)
            if handle is None:
                raise NotFound("no_handle")
            to = await self._person(work, whose)
            if handle.person_id == to.id:
                raise Conflict("linked_already")
            if not await self.joining.mailboxes.may_be_of(work, handle, to):
                raise Conflict("linked_elsewhere")
            await self.joining.propose(work, handle, to, agent.name)

    async def _person(self, work: Work, whose: Found) -> Person:
        """An employee who has not written becomes a person now."""
        if whose.employee_id is None:
            return await work.person(whose.person_id or 0)
        employee = await work.directory.find(whose.employee_id)
        if employee is None or not employee.is_active:
            raise NotFound("no_person")
        known = await work.person_of(employee.id)
        return known or await work.make_person(employee, "en")

    async def undo(self, agent: Agent, link_id: int) -> None:
        """Also of what is only proposed. Raises NotFound, Conflict where it is over."""
        require_agent(agent)
        async with self.store.work() as work:
            await work.hold_directory()
            link = await work.link(link_id)
            if not (link.is_asked or link.is_live):
                raise Conflict("link_over")
            now = self.clock.now()
            await self.joining.answer(work, link, is_so=False, by=agent.name, now=now)

    async def told(self, link_id: int, key: str) -> Told:
        """For a page that asks what to do. Raises NotFound for whoever was not told of it."""
        async with self.store.work() as work:
            link = await self._keyed(work, link_id, key)
            language = (await work.person(link.to_person_id)).language
            channel = self.joining.telling.channel(link, language)
            return Told(link=link, language=language, channel=channel)

    async def answer(self, link_id: int, key: str, *, is_so: bool) -> str:
        """By whoever was told; returns the template that tells what came of it."""
        async with self.store.work() as work:
            await work.hold_directory()
            link = await self._keyed(work, link_id, key)
            by = (await work.person(link.to_person_id)).name
            now = self.clock.now()
            return await self.joining.answer(work, link, is_so=is_so, by=by, now=now)

    async def _keyed(self, work: Work, link_id: int, key: str) -> Link:
        link = await work.link(link_id)
        if not self.joining.is_keyed(link, key):
            raise NotFound("no_link")
        return link
