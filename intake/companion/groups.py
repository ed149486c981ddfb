"""What happens to groups of agents: they move, put us out, let us in again, give us rights.

Telegram tells a bot of topics that it has made itself, too: so the number of one is known that was
made right before the process ended.
"""

import re
from typing import Final

from intake.companion.ports import CompanionWork
from intake.companion.said import Said, SaidKind
from intake.companion.speaker import Speaker

NEWS: Final = (SaidKind.MOVED, SaidKind.PUT_OUT, SaidKind.LET_IN, SaidKind.TOPIC_MADE)
_NUMBER = re.compile(r"(?:✓ )?#(\d{1,18}) ")  # at the beginning of a topic's name


def is_of_group(said: Said) -> bool:
    """Whether it is news of a group, whoever brought it about."""
    return said.kind in NEWS


async def receive_of_group(work: CompanionWork, speaker: Speaker, said: Said) -> None:
    match said.kind:
        case SaidKind.MOVED:
            await work.move_chat(speaker.account, said.chat, said.moved_to)
        case SaidKind.PUT_OUT:
            await leave_group(work, speaker, said.chat, said.text)
        case SaidKind.TOPIC_MADE:
            number = _NUMBER.match(said.text)
            if number is not None:
                where = (speaker.account, said.chat, int(number[1]))
                await work.adopt_topic(*where, said.topic, said.text)
        case _:
            await work.open_group(speaker.account, said.chat)
            if said.has_topics:
                await work.regain_topics(speaker.account, said.chat)


async def leave_group(work: CompanionWork, speaker: Speaker, chat: str, title: str = "") -> None:
    """Until it lets us in again, its tickets come to the agents on duty, who are told why."""
    if not await work.close_group(speaker.account, chat):
        return
    for one in await work.agent_chats(speaker.account):
        if one.is_on_duty:
            there, name = Said.to(one.chat), title or chat
            await work.post(speaker.say(there, one.agent, "put_out", group=name))
