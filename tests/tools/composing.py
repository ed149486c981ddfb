"""Messages composed of pieces, as lessons: each way to list answers with each way to say them.

Nobody writes by hand every order, separator and aside with every kind of answer. The pieces stand
in `tests/intake/corpus/composing/<language>.toml`, whose head says how; what only a whole message
can show is left to the lessons beside them.
"""

import random
import re
import tomllib
from datetime import datetime, timedelta
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "intake" / "corpus" / "composing"
EACH, FIRSTS = 700, 250  # lessons a language: answers, first messages
# How often: what of a card is answered, and what stands beside
ANSWERED, ONE_ALONE, TROUBLE_TOO, MORE, ASIDE = 0.93, 0.14, 0.15, 0.15, 0.35
VOLUNTEERED = ("approver", "phone", "scope")
UNTOLD, NOTHING = "!", "-"  # values of pieces: it can't be told, nothing is said
ZONES = {"uk": "+02:00", "el": "+02:00", "en": "+00:00", "sk": "+01:00", "it": "+01:00"}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
APPS = (
    "Word", "Excel", "Teams", "SAP", "Photoshop", "AutoCAD", "Orion", "Fakturant", "Medora 7",
    "KROS", "Revit 2024", "Odoo", "Zetta", "Navision", "LabTrack", "StorePro", "PlanWin",
    "Kassa24", "Chrome", "Primavera P6", "eDoc", "GanttWise", "Blender", "TimeSheet Plus",
)  # fmt: skip
SYSTEMS = (
    "SAP", "Jira", "Navision", "Confluence", "Helios", "Orion", "SharePoint", "Odoo", "LabTrack",
    "KROS", "Power BI", "intranet", "HR Portal", "Zetta", "DocFlow", "GitLab", "StorePro",
)  # fmt: skip
LOGINS = (
    "jnovak", "o.petrenko", "mrossi2", "kpapas", "l.kral", "asmith", "user204", "vbondar",
    "gbianchi", "d.stone", "thalas", "zmorav", "e_marko", "pvarga", "nlys", "rhodgson",
)  # fmt: skip
MAILS = ("info@lipa.example", "j.novak@lipa.example", "sales@orbis.example", "m.r@stella.example")
CODES = ("0x80070005", "E-204", "503", "49.4C02", "1603", "ERR_17", "0x8004010F", "C2557", "-38")
INVENTORY = ("INV-{}07", "NB-{}", "PC{}", "10{}022", "ws-{}", "K-{}/2", "{}-11", "LT{}9", "nb {}")
STYLES = ("numbered", "numbered", "words", "labelled", *["listed"] * 10)
TWO_UNKNOWN = {"numbered": 0.3}  # of some, else seldom: “1,2 don't know”
SELDOM = 0.04
SEPARATORS = (", ", ". ", " / ", "; ", "\n", "\n", ", ", ". ", " ", " ", " - ", "... ")
MARKS = ("{}. ", "{}) ", "{} ", "{} - ", "{}: ", "{}.", "{})")


def composed(catalogue, language):
    """The lessons of one language, always the same."""
    text = FOLDER.joinpath(f"{language}.toml").read_text(encoding="utf-8")
    bank = tomllib.loads(text)
    chance = random.Random(f"answers {language}")  # noqa: S311 - lessons, no secrets
    answers = [_answer(catalogue, language, bank, chance, at) for at in range(EACH)]
    chance = random.Random(f"firsts {language}")  # noqa: S311 - as above
    return answers + [_first(language, bank, chance, at) for at in range(FIRSTS)]


def _first(language, bank, chance, at):
    """A first message: what is marked in it, and the pieces that it leaves room for."""
    kind = chance.choice(list(bank["first"]))
    intent, category = kind.split()
    now = _now(chance, language)
    gold = {}

    def piece(found):
        said, value = _piece(bank, found[1], category, chance)
        while value in (UNTOLD, NOTHING):
            said, value = _piece(bank, found[1], category, chance)
        gold[found[1]] = _value(value, now)
        return said

    written = re.sub(
        rf"{{({'|'.join(bank['field'])})}}", piece, chance.choice(bank["first"][kind])
    )
    text = _filled(bank, written, chance).partition(" | ")[0]
    for field in re.findall(r"<(\w+)>", text):
        marked = re.search(rf"<{field}>(.*?)</{field}>", text)
        gold[field] = re.sub(r"</?\w+>", "", marked[1])
    return {
        "id": f"{language}-c-f-{at:03d}", "kind": "first", "lang": language,
        "channel": "telegram", "now": now.isoformat(),
        "text": re.sub(r"</?\w+>", "", text), "intent": intent, "category": category,
        "gold": gold, "is_composed": True,
    }  # fmt: skip


def _now(chance, language):
    day, hour, minute = chance.randint(23, 27), chance.randint(12, 17), chance.randint(0, 59)
    return datetime.fromisoformat(f"2026-11-{day}T{hour}:{minute:02}:00{ZONES[language]}")


def _answer(catalogue, language, bank, chance, at):
    category = chance.choice([name for name in catalogue.categories if name != "question"])
    own = catalogue.categories[category]
    now = _now(chance, language)
    asked = [field for field in own.ask if field != "symptom" or chance.random() < 0.6]
    if category == "printer" and chance.random() < 0.5:
        asked.append("scope")
    told = _told(asked, own.welcome, chance)
    pieces = [(field, _piece(bank, field, category, chance)) for field in told]
    style = chance.choice(STYLES)
    if len(pieces) > 2 and chance.random() < TWO_UNKNOWN.get(style, SELDOM):
        first = chance.randrange(len(pieces) - 2)
        unknown = chance.choice(bank["value"]["unknown"]), UNTOLD
        pieces[first : first + 2] = [(field, unknown) for field in told[first : first + 2]]
    values = [(field, value) for field, (_, value) in pieces]
    gold = {name: _value(value, now) for name, value in values if value not in (UNTOLD, NOTHING)}
    declined = [field for field, value in values if value == UNTOLD and field in asked]
    is_told_unasked = len(told) == 1 and style == "listed" and not declined and at % 2
    return {
        "id": f"{language}-c-a-{at:03d}", "kind": "answer", "lang": language,
        "channel": "telegram", "now": now.isoformat(), "category": category,
        "text": _joined(bank, asked, pieces, style, chance), "gold": gold,
        "asked": [] if is_told_unasked else asked,
        "declined": declined, "is_composed": True,
    }  # fmt: skip


def _told(asked, welcome, chance):
    """Most of what was asked, seldom but one thing, now and then one that was not."""
    told = [field for field in asked if chance.random() < ANSWERED] or asked
    if chance.random() < ONE_ALONE:
        return [chance.choice(told)]
    if "symptom" not in asked and chance.random() < TROUBLE_TOO:
        told = [*told]
        told.insert(chance.randrange(len(told)), "symptom")
    more = [field for field in VOLUNTEERED if field in welcome]
    if more and chance.random() < MORE:
        told = [*told]
        told.insert(chance.randrange(len(told) + 1), chance.choice(more))
    return told


def _piece(bank, field, category, chance):
    """Its words, and its value or the span that is one."""
    own = bank["field"].get(f"{field} {category}") or bank["field"].get(field)
    written = chance.choice(bank["symptom"][category] if field == "symptom" else own)
    said, _, value = _filled(bank, written, chance).partition(" | ")
    span = re.search(r"\[(.*?)\]", said)
    plain = said.replace("[", "").replace("]", "")
    return plain, value or (span[1] if span else plain)


def _filled(bank, written, chance):
    number = chance.randint(100, 499)
    inventory = chance.choice(INVENTORY).format(number)
    fit = {
        "inv": inventory, "room": f"{number}", "nth": f"{number % 7 + 1}", "ext": f"{number}",
        "login": chance.choice(LOGINS), "mail": chance.choice(MAILS), "app": chance.choice(APPS),
        "sys": chance.choice(SYSTEMS), "code": chance.choice(CODES),
    }  # fmt: skip
    fit |= {name: chance.choice(words) for name, words in bank["value"].items()}
    filled = written.format(**fit)
    return f"{filled} | {inventory}" if "{inv}" in written and "|" not in written else filled


def _value(value, now):
    """Days and hours by the moment of the message; all else as it is."""
    if value.removeprefix("next ") in DAYS:
        day = DAYS.index(value.removeprefix("next "))
        ahead = (day - now.weekday() - 1) % 7 + 1
        back = (now.weekday() - day - 1) % 7 + 1
        when = now + timedelta(ahead if value.startswith("next ") else -back)
        return when.date().isoformat()
    if re.fullmatch(r"-\d+m", value):
        return (now - timedelta(minutes=int(value[1:-1]))).isoformat()
    if re.fullmatch(r"[+-]?\d", value):
        return (now + timedelta(int(value))).date().isoformat()
    if re.fullmatch(r"\d\d:\d\d", value):
        return now.replace(hour=int(value[:2]), minute=int(value[3:])).isoformat()
    return value


def _joined(bank, asked, pieces, style, chance):
    """The pieces as a list of one kind or another, with an aside now and then."""
    said = [words for _, (words, _) in pieces]
    if style == "labelled":
        labels = bank["label"]
        return chance.choice(("\n", ", ", "\n")).join(
            f"{chance.choice(labels[field])}: {words}" if field in labels else words
            for field, (words, _) in pieces
        )
    numbers = [asked.index(field) if field in asked else None for field, _ in pieces]
    if style in ("numbered", "words"):
        mark = chance.choice(MARKS)
        marks = [
            "" if at is None else mark.format(at + 1) if style == "numbered"
            else bank["value"]["ordinal"][at] + " " for at in numbers
        ]  # fmt: skip
        lines = [mark + words for mark, words in zip(marks, said, strict=True)]
        if style == "numbered":
            lines = _united(numbers, said, lines, chance)
        return chance.choice(("\n", " ", "\n", ", ")).join(lines)
    return _listed(said, bank, chance)


def _united(numbers, said, lines, chance):
    """Two answers in the same words as one with both numbers: “1,2 don't know”."""
    united = list(lines)
    for at in range(len(said) - 1):
        if said[at] == said[at + 1] and None not in numbers[at : at + 2]:
            both = chance.choice((",", ", ", "+", " + ", "/"))
            mark = chance.choice((" ", ": ", ". ", " - "))
            united[at] = f"{numbers[at] + 1}{both}{numbers[at + 1] + 1}{mark}{said[at]}"
            united[at + 1] = ""
    return [line for line in united if line]


def _opened(words):
    return words[:1].upper() + words[1:]


def _listed(said, bank, chance):
    separator = chance.choice(SEPARATORS)
    if chance.random() < ASIDE:
        said.insert(chance.choice((0, len(said))), chance.choice(bank["aside"]))
    if separator == ". " and chance.random() < 0.7:
        said = [words if words in (*LOGINS, *MAILS) else _opened(words) for words in said]
    return separator.join(said) + chance.choice(("", "", ".", "!"))
