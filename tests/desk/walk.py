"""Three people, four mailboxes that change hands, an agent with slips: anything in any order.

A walk takes steps by chance and looks after each whether anybody was told another's words. People
are honest: they type the codes that they read, and agree to what is theirs; nobody else is.
"""

import re
from dataclasses import dataclass

from intake.agent_words import Reply
from intake.errors import FirstlineError
from intake.importing import Told
from intake.links import Found
from store.importing import Importing
from tests.desk.town import CODE

MAILS = [f"m{number}@firma.example" for number in range(4)]
ASK = "what is the status of my tickets?"
WORD = re.compile(r"WORD\d+X")
PAGE = re.compile(r"/form/link/(\d+)\.([\w-]+)")
PAUSES = (5, 60, 700, 4000)  # seconds
SHARED = "of several"  # words that are nobody's in particular


@dataclass(frozen=True)
class Human:
    name: str
    telegram: int
    viber: str
    phone: str


HUMANS = [
    Human("Olena Kovalenko", 501, "olena==", "+380671234501"),
    Human("Ivan Bondar", 502, "ivan==", "+380671234502"),
    Human("Sofia Melnyk", 503, "sofia==", "+380671234503"),
]


class Walk:
    def __init__(self, town, chance, agent):
        self.town, self.chance, self.agent = town, chance, agent
        self.readers = {mail: {chance.choice(HUMANS)} for mail in MAILS}  # as it truly is
        self.sole = set()  # mailboxes that the list gives to one alone
        self.owners, self.mailed, self.looked = {}, {}, {}
        self.told = []  # what has happened, for whoever has to find out why

    async def step(self):
        often = {
            self.bring: 2,
            self.write: 4,
            self.mail: 4,
            self.type_code: 5,
            self.follow: 2,
            self.show_phone: 1,
            self.propose: 2,
            self.undo: 1,
            self.ask: 5,
            self.ask_by_mail: 3,
            self.answer: 2,
        }
        [what] = self.chance.choices([*often], [*often.values()])
        self.told.append(what.__name__)
        await what()
        self.look()
        self.town.clock.advance(self.chance.choice(PAUSES))

    # nobody is told another's words

    def look(self):
        for human in HUMANS:
            self._look_at("telegram", human.telegram, {human})
            self._look_at("viber", human.viber, {human})
        for mail in MAILS:
            self._look_at("email", mail, self.readers[mail])

    def _look_at(self, channel, where, humans):
        words = self.town.heard(channel, where)
        known = self.looked.get(where, 0)
        self.looked[where] = len(words)
        for word in WORD.findall("\n".join(words[known:])):
            others = [one.name for one in humans if one not in self.owners[word]]
            assert not others, (word, where, others, self.told)

    def _word(self, owners):
        word = f"WORD{len(self.owners)}X"
        self.owners[word] = set(owners)
        return word

    # what the list says

    async def bring(self):
        """Mailboxes have one owner, two or none; people leave, come back, or are forgotten."""
        assigned = {human: set() for human in HUMANS}
        for mail in MAILS:
            for human in self.chance.sample(HUMANS, self.chance.choice((0, 1, 1, 1, 2))):
                assigned[human].add(mail)
        here = {human for human in HUMANS if self.chance.random() > 0.2}
        listed = [human for human in HUMANS if self.chance.random() > 0.1]
        rows = [
            Told(
                line=2,
                name=human.name,
                external_id=human.viber,
                mails=tuple(sorted(assigned[human])),
                phones=(human.phone,),
                is_active=human in here,
            )
            for human in listed
        ]
        self.told.append([(row.name, row.mails, row.is_active) for row in rows])
        importing = Importing(self.town.desk.database, self.town.clock)
        await importing.run(rows, "csv", is_whole=True, is_trial=False)
        self._hand_over({one: assigned[one] for one in listed if one in here})

    def _hand_over(self, assigned):
        self.sole = set()
        for mail in MAILS:
            readers = {human for human, mails in assigned.items() if mail in mails}
            if readers & self.readers[mail]:  # who shares a mailbox has what lies there
                for word in self.mailed.get(mail, ()):
                    self.owners[word] |= readers
            self.readers[mail] = readers or self.readers[mail]
            if len(readers) == 1:
                self.sole.add(mail)

    # what people do

    def _somebody(self):
        human = self.chance.choice(HUMANS)
        return human, self.chance.choice([("telegram", human.telegram), ("viber", human.viber)])

    def _reader(self):
        mail = self.chance.choice(MAILS)
        return self.chance.choice(sorted(self.readers[mail], key=HUMANS.index)), mail

    async def write(self):
        human, place = self._somebody()
        await self.town.say(*place, f"my laptop {self._word([human])} does not start")

    async def mail(self):
        human, mail = self._reader()
        word = SHARED
        if mail in self.sole:
            word = self._word([human])
            self.mailed.setdefault(mail, []).append(word)
        send = self.chance.choice([self.town.vouched_mail, self.town.vouched_mail, self.town.mail])
        await send(f"{human.name} <{mail}>", f"The printer {word} prints blank pages")

    async def type_code(self):
        (human, place), mail = self._somebody(), self.chance.choice(MAILS)
        known = len(self.town.heard("email", mail))
        await self.town.say(*place, f"link {mail}")
        if self.chance.random() < 0.15:
            await self.bring()
        await self._type(human, place, mail, known)

    async def follow(self):
        human, mail = self._reader()
        known = len(self.town.heard("email", mail))
        try:
            token = self.town.token(mail)
        except (IndexError, ValueError):
            return  # no card has come there
        await self.town.telegram(human.telegram, text=f"/start {token}")
        await self._type(human, ("telegram", human.telegram), mail, known)

    async def _type(self, human, place, mail, known):
        codes = CODE.findall("\n".join(self.town.heard("email", mail)[known:]))
        if codes and human in self.readers[mail]:
            await self.town.say(*place, codes[-1])

    async def show_phone(self):
        human, _ = self._somebody()
        await self.town.telegram(human.telegram, text="/link")
        await self.town.share(human.telegram, human.phone.lstrip("+"))

    async def ask(self):
        _, place = self._somebody()
        await self.town.say(*place, ASK)

    async def ask_by_mail(self):
        human, mail = self._reader()
        await self.town.vouched_mail(f"{human.name} <{mail}>", "status", ASK)

    # what agents do

    async def propose(self):
        """Any chat to anybody; whoever it truly is may agree, wherever they read of it."""
        fetch = self.town.desk.database.fetch
        handles = await fetch("SELECT id, address FROM handle ORDER BY id")
        people = await fetch("SELECT id FROM person ORDER BY id")
        if not handles:
            return
        handle, whose = self.chance.choice(handles), self.chance.choice(people)
        letters = {mail: len(self.town.heard("email", mail)) for mail in MAILS}
        buttons = [self.town.button("telegram", one.telegram, "agree") for one in HUMANS]
        try:
            found = Found(name="", person_id=whose["id"])
            await self.town.desk.links.propose(self.agent, handle["id"], found)
        except FirstlineError:
            return
        await self.town.work()
        if self.chance.random() < 0.4:
            await self.bring()
        await self._agree(self._owners_of(handle["address"]), letters, buttons)

    def _owners_of(self, address):
        owners = {one for one in HUMANS if address in (str(one.telegram), one.viber)}
        owners |= self.readers.get(address, set())
        return owners if len(owners) == 1 else set()

    async def _agree(self, owners, letters, buttons):
        for mail in MAILS:
            asked = PAGE.findall("\n".join(self.town.heard("email", mail)[letters[mail] :]))
            for number, key in asked if self.readers[mail] & owners else ():
                try:
                    await self.town.desk.links.answer(int(number), key, is_so=True)
                except FirstlineError:
                    continue  # it is over
        for human, before in zip(HUMANS, buttons, strict=True):
            now = self.town.button("telegram", human.telegram, "agree")
            if human in owners and now != before:
                await self.town.tap(human.telegram, now)

    async def undo(self):
        links = await self.town.links()
        if links:
            try:
                await self.town.desk.links.undo(self.agent, self.chance.choice(links))
            except FirstlineError:
                return  # it is over
            await self.town.work()

    async def answer(self):
        """With a word for whoever has asked; a list may come before it is sent."""
        rows = await self.town.desk.database.fetch("SELECT id, subject FROM ticket ORDER BY id")
        asked = [(row["id"], found[0]) for row in rows if (found := WORD.findall(row["subject"]))]
        if not asked:
            return
        number, about = self.chance.choice(asked)
        word = self._word(())
        self.owners[word] = self.owners[about]
        try:
            reply = Reply(text=f"It is {word}", once=word)
            await self.town.desk.service.reply(self.agent, number, reply)
        except FirstlineError:
            return  # nobody is reached there
        if self.chance.random() < 0.2:
            await self.bring()
        await self.town.work()
