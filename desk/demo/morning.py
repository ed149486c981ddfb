"""What people write in the demo: one believable morning, and first messages for the visitor.

These are the words of the simulated people, each in their own language, so nothing to translate.
How the morning is played is left to `story`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from desk.demo.picture import draw_flickering_screen
from simulators.mail_letters import Enclosure
from simulators.people import GIULIA, OLENA, TOM, Person

ANDRII: Final = Person(
    id=501011,
    first_name="Андрій",
    last_name="Мельник",
    username="andrii_melnyk",
    language_code="uk",
    email="andrii.melnyk@example.com",
)
GRACE: Final = Person(
    id=501012,
    first_name="Grace",
    last_name="Wood",
    username="grace_wood",
    language_code="en",
    email="grace.wood@example.com",
)
SARA: Final = Person(
    id=501013,
    first_name="Sara",
    last_name="Conti",
    username="sara_conti",
    language_code="it",
    email="sara.conti@example.com",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """Something somebody does about one ticket; `ticket` is the story's own name for it."""

    ticket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chats(_Step):
    """A person writes to the bot, perhaps with a photo. The bot is expected to react."""

    person: Person
    text: str
    photo: Callable[[], bytes] | None = None  # drawn when it is sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Mails(_Step):
    """A person writes to the support address; without a subject, into the mail thread."""

    person: Person
    text: str
    subject: str = ""
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Takes(_Step):
    login: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes(_Step):
    login: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Replies(_Step):
    login: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sets(_Step):
    """An agent moves the ticket to a status, such as `pending`."""

    login: str
    status: str


Act = Chats | Mails | Takes | Notes | Replies | Sets

_LOG: Final = b"""08:41:07 export started, report=rota-november
08:41:09 412 rows read
08:41:09 error: column "Department" not found
08:41:09 export stopped
"""

# Everybody has at most one ticket a channel, and whoever the page shows has none left open in
# Telegram: the visitor's first message there is to open a ticket of its own.
STORY: Final[tuple[Act, ...]] = (
    Chats(
        ticket="outlook",
        person=OLENA,
        text="Доброго ранку! Outlook не надсилає листи, пише помилку 0x800CCC0F. "
        "Вчора все було добре.",
    ),
    Takes(ticket="outlook", login="marek"),
    Chats(
        ticket="locked",
        person=TOM,
        text="Hi, my account is locked, I mistyped my password too often. My login is tbaker.",
    ),
    Replies(
        ticket="outlook",
        login="marek",
        text="Доброго ранку, Олено! Після нічного оновлення поштовий сервер відхиляв частину "
        "програм. Ми це виправили: закрийте Outlook, відкрийте знову, і листи підуть.",
    ),
    Takes(ticket="locked", login="marek"),
    Replies(
        ticket="locked",
        login="marek",
        text="Hi Tom, your account is open again. If you don't remember the password, choose a "
        "new one on the sign-in page; the code comes to your phone.",
    ),
    Sets(ticket="locked", login="marek", status="solved"),
    Chats(
        ticket="printer",
        person=ANDRII,
        text="Принтер на 2 поверсі друкує зі смугами, а тепер показує E5",
    ),
    Chats(ticket="printer", person=ANDRII, text="1. INV-20331 2. з учора"),
    Sets(ticket="outlook", login="marek", status="solved"),
    Mails(
        ticket="mouse",
        person=GIULIA,
        subject="Mouse nuovo",
        text="Buongiorno,\n\nil tasto sinistro del mio mouse non funziona più bene. Potrei averne "
        "uno nuovo, se possibile per mancini? Sono al secondo piano, stanza 214.\n\n"
        "Grazie mille\nGiulia\n",
    ),
    Takes(ticket="printer", login="marek"),
    Notes(
        ticket="printer",
        login="marek",
        text="E5 on this model is the fuser. A spare one is on the shelf, I go up at eleven.",
    ),
    Chats(
        ticket="vpn",
        person=GRACE,
        text="VPN disconnects every ten minutes since this morning, I work from home "
        "on Windows 11",
    ),
    Takes(ticket="mouse", login="sofia"),
    Replies(
        ticket="mouse",
        login="sofia",
        text="Buongiorno Giulia, ne abbiamo ordinato uno per mancini. Arriva giovedì e glielo "
        "portiamo in stanza 214.",
    ),
    Sets(ticket="mouse", login="sofia", status="on_hold"),
    Mails(
        ticket="folder",
        person=OLENA,
        subject="Доступ до папки «Договори»",
        text="Вітаю!\n\nМені потрібен доступ до спільної папки «Договори», щоб підготувати звіт "
        "до п'ятниці. Мій логін okovalenko.\n\nДякую,\nОлена\n",
    ),
    Takes(ticket="vpn", login="sofia"),
    Notes(
        ticket="vpn",
        login="sofia",
        text="Three others at home with the same provider are fine. Probably her Wi-Fi.",
    ),
    Replies(
        ticket="vpn",
        login="sofia",
        text="Hi Grace, could you plug the laptop into the router by cable for half an hour and "
        "tell me whether the VPN stays up? Then we know where to look.",
    ),
    Sets(ticket="vpn", login="sofia", status="pending"),
    Chats(
        ticket="screen",
        person=SARA,
        text="Lo schermo lampeggia e mostra delle righe colorate, vedi foto",
        photo=draw_flickering_screen,
    ),
    Replies(
        ticket="folder",
        login="sofia",
        text="Вітаю, Олено! Доступ до «Договорів» погоджує керівник відділу. Хто це у вас?",
    ),
    Mails(
        ticket="folder",
        person=OLENA,
        text="Погоджує Ірина Бондар, вона вже знає.",
    ),
    Mails(
        ticket="export",
        person=TOM,
        subject="Rota export stops with an error",
        text="Morning,\n\nthe rota export stops after two seconds. The log is attached. It worked "
        "last week and the rota goes out tomorrow at noon.\n\nTom\n",
        enclosures=(Enclosure(name="export-log.txt", media_type="text/plain", payload=_LOG),),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Starters:
    """What a visitor may send at once as one person, in that person's language."""

    openers: tuple[str, ...]
    answers: tuple[str, ...]  # to the card that comes after the first opener
    subject: str
    letter: str


STARTERS: Final[Mapping[int, Starters]] = {
    OLENA.id: Starters(
        openers=("принтер на 3 поверсі не друкує, E5", "Не працює інтернет у кабінеті 305"),
        answers=("1. INV-20418 2. з ранку",),
        subject="Потрібен ноутбук для новенької",
        letter="Вітаю!\n\nУ понеділок до нас приходить нова колега. Потрібен ноутбук і доступ до "
        "пошти. Кабінет 305.\n\nДякую,\nОлена",
    ),
    TOM.id: Starters(
        openers=(
            "VPN won't connect from home, it says error 809",
            "My laptop is very slow since the update",
        ),
        answers=("Since this morning, only me, I can't work",),
        subject="Projector in room 2.4 stays dark",
        letter="Hi,\n\nthe projector in room 2.4 stays dark, the lamp light blinks orange. We "
        "have a meeting with guests at three.\n\nThanks\nTom",
    ),
    GIULIA.id: Starters(
        openers=("Vorrei un mouse nuovo, il mio non funziona più", "Non riesco ad aprire Excel"),
        answers=("Stanza 214, entro venerdì",),
        subject="Telefono fisso senza linea",
        letter="Buongiorno,\n\nil telefono della stanza 214, interno 3317, da ieri non ha linea."
        "\n\nGrazie\nGiulia",
    ),
}

# What an agent may say at once: to the bot, and in the topic of a ticket.
COMMANDS: Final = ("/mine", "/free")
SAYINGS: Final = (
    "Hi! I'll have a look right away.",
    "// The spare one is on the shelf in the basement",
)
