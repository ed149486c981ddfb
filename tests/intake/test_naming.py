"""Names are asked of the platform; whoever it tells nothing of goes on without."""

from intake.errors import Away
from intake.flow.naming import Naming
from intake.messages import Address
from intake.people import Handle


def handle(number):
    address = Address(channel="messenger", account="7", external_id=str(number))
    return Handle(id=number, person_id=number, address=address)


class People:
    def __init__(self, *numbers):
        self.nameless, self.called = [handle(number) for number in numbers], {}

    async def people(self, _channel, _account, limit):
        return [one for one in self.nameless if one.person_id not in self.called][:limit]

    async def call(self, person, name):
        self.called[person.person_id] = name


class Profiles:
    def __init__(self, **told):
        self.told, self.is_away = told, False

    async def name_of(self, external_id):
        if self.is_away:
            raise Away("no answer")
        return self.told.get(f"of_{external_id}", "")


def asking(people, profiles):
    return Naming(nameless=people, namer=profiles, channel="messenger", account="7")


async def test_each_gets_the_name_that_is_told_or_none():
    people = People(1, 2)
    assert await asking(people, Profiles(of_1="Olena")).step() == 2
    assert people.called == {1: "Olena", 2: ""}
    assert await asking(people, Profiles()).step() == 0


async def test_who_could_not_be_asked_about_is_asked_about_again():
    people, profiles = People(1), Profiles(of_1="Olena")
    profiles.is_away = True
    assert await asking(people, profiles).step() == 0
    assert people.called == {}
    profiles.is_away = False
    await asking(people, profiles).step()
    assert people.called == {1: "Olena"}
