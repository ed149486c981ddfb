"""What a list of people changes in the directory. Pure: lists are read and rows written elsewhere.

A row is the employee whose id it bears, else the one whose work mail it has, else the one of its
phone and name. What a list does not tell stays as it is; what it tells as empty is empty.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches

from intake.directory import Employee

LONGEST = 200  # characters of a name, an id or any other fact
TITLES = frozenset(("dr", "ing", "mgr", "phd", "prof", "doc", "dott", "mr", "mrs", "ms"))
_WORD = re.compile(r"\w{2,}(?!\w|\.)")  # `O.` and `Ing.` tell nobody apart
_GIVEN_ONCE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
LIKE = 0.75  # how like a name or mail must be to be perhaps the same, written with slips
MOST_SLIPS = 20  # of one list
COMPARED = tuple(one.name for one in fields(Employee) if one.name != "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something of a row that could not be taken. `code` names the sentence for it."""

    code: str
    line: int
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one row of a list tells. `line` is where it stands there, counted from 1."""

    line: int
    name: str
    external_id: str = ""
    mails: tuple[str, ...] | None = None  # None: not told
    phones: tuple[str, ...] | None = None
    facts: Mapping[str, str] = field(default_factory=dict)  # place, machine and the like
    is_active: bool = True
    is_same: bool | None = None  # as whoever had its id before, where somebody has said
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """An employee as the directory had them, and as the list has them."""

    line: int
    before: Employee
    after: Employee

    @property
    def mails_lost(self) -> frozenset[str]:
        """Whoever has left reads none of theirs any more."""
        kept = self.after.mails if self.after.is_active else ()
        return frozenset({*self.before.mails, *self.after.mails} - {*kept})

    @property
    def differences(self) -> Sequence[tuple[str, object, object]]:
        """Each fact that is another one now, before and after."""
        pairs = ((one, getattr(self.before, one), getattr(self.after, one)) for one in COMPARED)
        return [(name, before, after) for name, before, after in pairs if before != after]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A mail or phone that several active employees have: it will find none of them."""

    value: str
    names: tuple[str, ...]
    ids: tuple[int, ...]  # 0 of who is new


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that one list changes."""

    added: tuple[tuple[int, Employee], ...]  # with their lines; their ids are still to be given
    changed: tuple[Changed, ...]
    left: tuple[Employee, ...]
    refused: tuple[Remark, ...]
    remarks: tuple[Remark, ...]
    shared: tuple[Shared, ...]
    unchanged: int

    @property
    def mails_lost(self) -> frozenset[tuple[int, str]]:
        """Of employees, by id, the mailboxes that are theirs no more, or not theirs alone."""
        changed = {(one.before.id, mail) for one in self.changed for mail in one.mails_lost}
        left = {(one.id, mail) for one in self.left for mail in one.mails}
        shared = {(number, one.value) for one in self.shared for number in one.ids}
        return frozenset(changed | left | shared)

    def owners_lost(self, gained: Collection[str]) -> frozenset[int]:
        """Employees one of whose mailboxes others read now; `gained` are new to somebody."""
        changed = {one.before.id for one in self.changed if one.mails_lost}
        shared = {number for one in self.shared if one.value in gained for number in one.ids}
        return frozenset({*changed, *shared, *(one.id for one in self.left)} - {0})


class Known:
    """The directory as it is, by what a row may be known by."""

    def __init__(self, employees: Sequence[Employee], source: str) -> None:
        self._source = source
        self._by_id = {one.external_id: one for one in employees if self._is_kept(one)}
        self._by_mail: defaultdict[str, list[Employee]] = defaultdict(list)
        self._by_phone: defaultdict[tuple[str, str], list[Employee]] = defaultdict(list)
        for one in employees:
            for mail in one.mails:
                self._by_mail[mail].append(one)
            for phone in one.phones:
                self._by_phone[phone, _plain(one.name)].append(one)

    def find(self, told: Told) -> Employee | None:
        if told.external_id in self._by_id:
            return self._by_id[told.external_id]
        for mail in told.mails or ():
            if found := self._only(self._by_mail.get(mail, ()), told):
                return found
        if told.mails:
            return None
        for phone in told.phones or ():
            if found := self._only(self._by_phone.get((phone, _plain(told.name)), ()), told):
                return found
        return None

    def _only(self, having: Sequence[Employee], told: Told) -> Employee | None:
        """Whoever has another id in the same list is somebody else; who has left yields.

        Under quite another name nobody goes on or comes back: that mailbox has a successor.
        """
        others = [one for one in having if not (told.external_id and self._is_kept(one))]
        same = [one for one in others if is_same_name(one.name, told.name)]
        choice = [one for one in same if one.is_active] or same
        return choice[0] if len(choice) == 1 else None

    def _is_kept(self, employee: Employee) -> bool:
        """Whether this list knows them by an id."""
        return employee.source == self._source and bool(employee.external_id)


def plan(known: Sequence[Employee], rows: Sequence[Told], source: str, *, is_whole: bool) -> Plan:
    """`is_whole`: whoever of this source the rows do not name has left."""
    book = Known(known, source)
    lines: dict[object, int] = {}  # by what a row is known by: where that stood first
    added: list[tuple[int, Employee]] = []
    changed: list[Changed] = []
    refused: list[Remark] = []
    named: set[int] = set()
    for told in rows:
        before = book.find(told)
        if before is not None:
            named.add(before.id)
        reason = _refusal(told, before, lines)
        if reason is not None:
            refused.append(reason)
        elif before is None or _is_given_on(told, before):
            added.append((told.line, _merged(Employee(id=0, name=""), told, source)))
            if before is not None:
                gone = replace(before, external_id="", is_active=False)
                changed.append(Changed(line=told.line, before=before, after=gone))
        else:
            after = _merged(before, told, source)
            changed.append(Changed(line=told.line, before=before, after=after))
    left = tuple(_left(known, rows, source, named)) if is_whole else ()
    news = {one.before.id: one.after for one in changed} | {one.id: one for one in left}
    different = tuple(one for one in changed if one.differences)
    return Plan(
        added=tuple(added),
        changed=different,
        left=left,
        refused=tuple(refused),
        remarks=tuple(remark for told in rows for remark in told.remarks),
        shared=tuple(_shared([news.get(one.id, one) for one in known], added)),
        unchanged=len(changed) - len(different),
    )


def _refusal(told: Told, before: Employee | None, lines: dict[object, int]) -> Remark | None:
    """Why the row can't be taken; what is taken is noted in `lines`."""
    if not told.name or not _has_key(told):
        return Remark(code="no_key" if told.name else "no_name", line=told.line)
    long = [one for one in (told.name, told.external_id, *told.facts.values()) if _is_long(one)]
    if long:
        return Remark(code="too_long", line=told.line, values={"value": f"{long[0][:40]}…"})
    if before is not None and told.is_same is None and _is_perhaps_another(told, before):
        values = {"id": told.external_id, "before": before.name, "after": told.name}
        return Remark(code="another", line=told.line, values=values)
    for key in _keys(told, before):
        first = lines.setdefault(key, told.line)
        if first != told.line:
            return Remark(code="twice", line=told.line, values={"first": str(first)})
    return None


def _is_given_on(told: Told, before: Employee) -> bool:
    """Somebody has said that the id is another person's now."""
    return told.is_same is False and _is_perhaps_another(told, before)


def _is_perhaps_another(told: Told, before: Employee) -> bool:
    """All that is the same is an id, which some lists give on to others.

    Whoever is given another's id would have their chats.
    """
    if told.external_id != before.external_id or _GIVEN_ONCE.fullmatch(told.external_id):
        return False
    theirs = {*(told.mails or ()), *(told.phones or ())}
    if not theirs:
        return not _words(before.name) & _words(told.name)
    return not (is_same_name(before.name, told.name) or theirs & {*before.mails, *before.phones})


def _left(
    known: Sequence[Employee], rows: Sequence[Told], source: str, named: Collection[int]
) -> Iterator[Employee]:
    """Nobody whose a row may be that says not who it is: slips stand in names and mails alike."""
    doubtful = [told for told in rows if not _has_key(told)]
    names = dict.fromkeys(_plain(told.name) for told in doubtful if told.name)
    written = (remark.values["value"] for told in doubtful for remark in told.remarks)
    mails = dict.fromkeys(map(_before_at, written))
    for one in known:
        is_gone = one.source == source and one.id not in named and one.is_active
        if is_gone and not (_is_like(_plain(one.name), names) or _is_any_like(one.mails, mails)):
            yield replace(one, is_active=False)


def _is_any_like(mails: Sequence[str], written: Collection[str]) -> bool:
    return any(_is_like(_before_at(mail), written) for mail in mails)


def _before_at(mail: str) -> str:
    """What sets it apart from others of the same domain."""
    return mail.partition("@")[0].casefold()


def _is_like(word: str, written: Collection[str]) -> bool:
    """Slips are few: where hundreds of rows say not who they are, a column is missing."""
    if word in written:
        return True
    return len(written) <= MOST_SLIPS and bool(get_close_matches(word, [*written], 1, LIKE))


def _has_key(told: Told) -> bool:
    return bool(told.external_id or told.mails or told.phones)


def _keys(told: Told, before: Employee | None) -> Iterator[object]:
    """What no other row of the list may have as well."""
    if before is not None:
        yield before.id
    if told.external_id:
        yield ("id", told.external_id)
    elif told.mails:
        yield ("mail", told.mails[0])  # the others may be shared
    else:
        yield from (("phone", phone, _plain(told.name)) for phone in told.phones or ())


def _merged(before: Employee, told: Told, source: str) -> Employee:
    is_same_list = before.source == source
    return replace(
        before,
        name=told.name,
        mails=before.mails if told.mails is None else told.mails,
        phones=before.phones if told.phones is None else told.phones,
        source=source,
        external_id=told.external_id or (before.external_id if is_same_list else ""),
        is_active=told.is_active,
        place=told.facts.get("place", before.place),
        machine=told.facts.get("machine", before.machine),
        language=told.facts.get("language", before.language),
        department=told.facts.get("department", before.department),
        organization=told.facts.get("organization", before.organization),
    )


def _shared(known: Sequence[Employee], added: Sequence[tuple[int, Employee]]) -> Iterator[Shared]:
    having: defaultdict[str, list[Employee]] = defaultdict(list)
    for one in (*known, *(employee for _, employee in added)):
        for value in (*one.mails, *one.phones) if one.is_active else ():
            having[value].append(one)
    for value, owners in sorted(having.items()):
        if owners[1:]:
            names, ids = zip(*((one.name, one.id) for one in owners), strict=True)
            yield Shared(value=value, names=names, ids=ids)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def is_same_name(one: str, other: str) -> bool:
    """Names grow and shrink: by a middle name, a title, initials, a second surname.

    Half of a name in common is not enough: a successor may be another Olena, or a relative.
    """
    words, others = _words(one), _words(other)
    is_within = words <= others or others <= words
    return _plain(one) == _plain(other) or bool(words and others and is_within)


def _words(name: str) -> frozenset[str]:
    """Without titles and initials, which many share, and without marks: `Novak` is `Novák`."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return frozenset(_WORD.findall(bare)) - TITLES


def _is_long(text: str) -> bool:
    return len(text) > LONGEST
