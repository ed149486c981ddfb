# ruff: noqa
# fmt: off
#!/usr/bin/env python3
"""Scores predictions against an intake corpus (CORPUS.md). Standard library only.

    python score.py GOLD.jsonl PRED.jsonl     prints the scores as JSON
    python score.py GOLD.jsonl PRED.jsonl --errors   prints one line per difference instead
    python score.py --self-test [GOLD.jsonl]

A prediction is one JSON object a line: {"id", "intent", "category", "slots": {field: value}, "declined": [field]}.
A missing prediction counts as an empty one. None, "" and [] count as no value.

What is counted
  intent     over `first` items.
  category   over `first` items whose gold category is not null (on `answer` items the category is an input).
  slots      a predicted value that is right is a true positive; a wrong one is a false positive and, where gold has
             the field, a false negative too; a gold value not predicted is a false negative.
  whole      `answer` items with every gold slot right, no other slot, and exactly the gold `declined` fields
             (a field wrongly taken as declined is something wrong added).
  declined   precision and recall of the declined fields, given beside the others.
A score whose denominator is zero is 0.0 where gold or prediction has something to count, else null.
"""
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta

TEXT_F1 = 0.6
MOMENT_TOLERANCE = timedelta(hours=1)
TYPES = {
    "symptom": "text", "asset": "code", "device": "choice", "os": "choice", "memory": "quantity",
    "application": "text", "error": "text", "started": "moment", "tried": "text", "scope": "choice",
    "urgency": "choice", "location": "text", "phone": "phone", "extension": "code", "phone_service": "choice",
    "connection": "choice", "system": "text", "account": "text", "deadline": "moment", "item": "text",
    "approver": "text",
}


def fold(s):
    return unicodedata.normalize("NFKC", str(s)).casefold()


def words(s):
    """Lower-cased words, punctuation and symbols dropped (also inside a word: it's -> its, a@b.c -> abc)."""
    keep = "".join(c for c in fold(s) if not (unicodedata.category(c)[0] in "PS" or c in "\u02bc\u02b9"))
    return keep.split()


def text_f1(a, b):
    wa, wb = words(a), words(b)
    if not wa or not wb:
        return 1.0 if fold(a).split() == fold(b).split() else 0.0
    hit = sum((Counter(wa) & Counter(wb)).values())
    return 2 * hit / (len(wa) + len(wb))


def code(s):
    return "".join(c for c in fold(s) if not c.isspace() and unicodedata.category(c) != "Pd" and c not in "\u2212\u00ad")


def phone(s):
    s = str(s).strip()
    digits = re.sub(r"\D", "", s)
    return ("+" if s.startswith("+") else "") + digits


def quantity(v):
    if isinstance(v, (int, float)) and not isinstance(v, bool):
        return float(v)
    m = re.search(r"\d+(?:[.,]\d+)?", str(v))
    return float(m.group().replace(",", ".")) if m else None


def moment(v):
    """-> (date, None) or (date, datetime); None where it cannot be read."""
    s = str(v).strip().replace("Z", "+00:00")
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", s):
            return date.fromisoformat(s), None
        m = datetime.fromisoformat(s)
        return m.date(), m
    except ValueError:
        return None


def moments_equal(pred, gold, now):
    p, g = moment(pred), moment(gold)
    if p is None or g is None:
        return False
    tz = datetime.fromisoformat(now).tzinfo if now else None
    if g[1] is None:  # by date: as written, or as seen from where the message was sent
        if p[0] == g[0]:
            return True
        return bool(p[1] is not None and p[1].tzinfo and tz and p[1].astimezone(tz).date() == g[0])
    if p[1] is None:
        return False
    a, b = p[1], g[1]
    if a.tzinfo is None:
        a = a.replace(tzinfo=b.tzinfo or tz)
    if b.tzinfo is None:
        b = b.replace(tzinfo=a.tzinfo)
    return abs(a - b) <= MOMENT_TOLERANCE


def right(field, pred, gold, now=None):
    kind = TYPES.get(field, "text")
    if isinstance(pred, list):
        pred = " ; ".join(map(str, pred))
    if kind == "text":
        return text_f1(pred, gold) >= TEXT_F1 - 1e-9
    if kind == "code":
        return code(pred) == code(gold)
    if kind == "choice":
        return fold(pred).strip() == fold(gold).strip()
    if kind == "phone":
        return phone(pred) == phone(gold)
    if kind == "quantity":
        return quantity(pred) is not None and quantity(pred) == quantity(gold)
    return moments_equal(pred, gold, now)


def ratio(a, b, any_counted):
    return a / b if b else (0.0 if any_counted else None)


class Tally:
    def __init__(self):
        self.tp = self.fp = self.fn = 0

    def add(self, tp, fp, fn):
        self.tp += tp
        self.fp += fp
        self.fn += fn

    def json(self):
        tp, fp, fn = self.tp, self.fp, self.fn
        some = bool(tp or fp or fn)
        return {"precision": ratio(tp, tp + fp, some), "recall": ratio(tp, tp + fn, some),
                "f1": ratio(2 * tp, 2 * tp + fp + fn, some), "tp": tp, "fp": fp, "fn": fn}


class Share:
    def __init__(self):
        self.hit = self.n = 0

    def add(self, ok):
        self.hit += bool(ok)
        self.n += 1

    def json(self, name="accuracy"):
        return {name: self.hit / self.n if self.n else None, "right": self.hit, "n": self.n}


def score(gold, preds, on_error=None):
    byid = {}
    for p in preds:
        byid[p.get("id")] = p
    err = on_error or (lambda *a: None)
    intent, category, whole = defaultdict(Share), defaultdict(Share), defaultdict(Share)
    slots = {k: defaultdict(Tally) for k in ("overall", "by_kind", "by_lang", "by_field", "by_kind_lang")}
    declined = Tally()
    confusion = Counter()
    missing = 0
    for g in gold:
        p = byid.get(g["id"])
        if p is None:
            missing += 1
            p = {}
        lang, kind, now = g["lang"], g["kind"], g.get("now")
        if kind == "first":
            ok = p.get("intent") == g["intent"]
            intent["all"].add(ok)
            intent[lang].add(ok)
            if not ok:
                confusion[f'{g["intent"]} -> {p.get("intent")}'] += 1
                err(g, "intent", g["intent"], p.get("intent"))
            if g.get("category") is not None:
                ok = p.get("category") == g["category"]
                category["all"].add(ok)
                category[lang].add(ok)
                if not ok:
                    err(g, "category", g["category"], p.get("category"))
        want = g.get("gold") or {}
        have = {f: v for f, v in (p.get("slots") or {}).items() if v not in (None, "", [])}
        clean = True
        for f in sorted(set(want) | set(have)):
            if f in want and f in have:
                ok = right(f, have[f], want[f], now)
                c = (1, 0, 0) if ok else (0, 1, 1)
            else:
                ok, c = False, ((0, 0, 1) if f in want else (0, 1, 0))
            clean &= ok
            if not ok:
                err(g, f, want.get(f), have.get(f))
            for group, key in (("overall", "all"), ("by_kind", kind), ("by_lang", lang), ("by_field", f),
                               ("by_kind_lang", f"{kind}/{lang}")):
                slots[group][key].add(*c)
        if kind == "answer":
            dw, dh = set(g.get("declined") or []), set(p.get("declined") or [])
            declined.add(len(dw & dh), len(dh - dw), len(dw - dh))
            if dw != dh:
                err(g, "declined", sorted(dw), sorted(dh))
            ok = clean and dw == dh
            whole["all"].add(ok)
            whole[lang].add(ok)
    ids = {g["id"] for g in gold}

    def shares(d, name="accuracy"):
        out = d["all"].json(name)
        out["by_lang"] = {k: v.json(name) for k, v in sorted(d.items()) if k != "all"}
        return out

    inten = shares(intent)
    inten["confusion"] = dict(confusion.most_common())
    return {
        "items": {"gold": len(gold), "predicted": len(ids & set(byid)), "missing": missing,
                  "unknown_ids": sorted(str(i) for i in set(byid) - ids)},
        "intent": inten,
        "category": shares(category),
        "slots": {"overall": slots["overall"]["all"].json(),
                  **{k: {n: t.json() for n, t in sorted(slots[k].items())}
                     for k in ("by_kind", "by_lang", "by_kind_lang", "by_field")}},
        "answers_whole": shares(whole, "share"),
        "declined": declined.json(),
    }


def read(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def as_prediction(g):
    return {"id": g["id"], "intent": g.get("intent"), "category": g.get("category"), "slots": dict(g.get("gold") or {}),
            "declined": list(g.get("declined") or [])}


# ------------------------------------------------------------------------------------------------------- self-test
TOY = [
    {"id": "en-F-1", "kind": "first", "lang": "en", "now": "2026-11-18T10:20:00+02:00", "intent": "report",
     "category": "printer", "gold": {"symptom": "nobody can print", "location": "3rd floor", "asset": "INV-20418",
                                     "error": "E5", "started": "2026-11-18", "scope": "site"}},
    {"id": "uk-F-1", "kind": "first", "lang": "uk", "now": "2026-11-18T10:20:00+02:00", "intent": "greeting",
     "category": None, "gold": {}},
    {"id": "en-A-1", "kind": "answer", "lang": "en", "now": "2026-11-18T10:31:00+02:00", "category": "computer",
     "asked": ["asset", "os", "started", "tried", "urgency"], "declined": [],
     "gold": {"asset": "NB-0442", "os": "windows-11", "started": "2026-11-17", "tried": "restarted twice",
              "urgency": "blocked"}},
    {"id": "sk-A-1", "kind": "answer", "lang": "sk", "now": "2026-11-18T11:00:00+01:00", "category": "network",
     "asked": ["connection", "location", "started"], "declined": ["location"],
     "gold": {"connection": "wifi", "started": "2026-11-18T09:00:00+01:00", "phone": "+421905318224"}},
]
PERTURBED = [
    # category wrong; symptom (F1 .857), location (F1 .667), asset right; error and started wrong; scope missing
    {"id": "en-F-1", "intent": "report", "category": "computer",
     "slots": {"symptom": "Nobody can print anything!", "location": "floor", "asset": "inv 20418", "error": "E6",
               "started": "2026-11-17"}},
    # intent wrong, one slot invented
    {"id": "uk-F-1", "intent": "thanks", "category": None, "slots": {"symptom": "hi", "error": None}},
    # all right: a date compared with a date and time, a text at F1 .667
    {"id": "en-A-1", "slots": {"asset": "nb0442", "os": "windows-11", "started": "2026-11-17T14:00:00+02:00",
                               "tried": "restarted", "urgency": "blocked"}, "declined": []},
    # 90 minutes off is wrong, spaces in a phone are not; the declined field is not seen
    {"id": "sk-A-1", "slots": {"connection": "wifi", "started": "2026-11-18T10:30:00+01:00",
                               "phone": "+421 905 318 224"}, "declined": []},
]


def self_test(path=None):
    def near(a, b, what):
        assert a is not None and abs(a - b) < 1e-9, f"{what}: {a} is not {b}"

    def perfect(gold, name):
        s = score(gold, [as_prediction(g) for g in gold])
        near(s["intent"]["accuracy"], 1, name)
        near(s["category"]["accuracy"], 1, name)
        near(s["answers_whole"]["share"], 1, name)
        groups = [s["slots"]["overall"], s["declined"]]
        for k in ("by_kind", "by_lang", "by_kind_lang", "by_field"):
            groups += list(s["slots"][k].values())
        for t in groups:
            for m in ("precision", "recall", "f1"):
                near(t[m], 1, f"{name} {m}")
        for part in ("intent", "category"):
            for t in s[part]["by_lang"].values():
                near(t["accuracy"], 1, name)
        for t in s["answers_whole"]["by_lang"].values():
            near(t["share"], 1, name)

    def empty(gold, name):
        for preds in ([], [{"id": g["id"], "slots": {}, "declined": []} for g in gold]):
            s = score(gold, preds)
            near(s["slots"]["overall"]["recall"], 0, name)
            near(s["slots"]["overall"]["f1"], 0, name)
            near(s["intent"]["accuracy"], 0, name)
            near(s["category"]["accuracy"], 0, name)
            near(s["answers_whole"]["share"], 0, name)
            for t in s["slots"]["by_field"].values():
                near(t["recall"], 0, name)

    perfect(TOY, "toy against itself")
    empty(TOY, "toy, empty prediction")
    s = score(TOY, PERTURBED)
    o = s["slots"]["overall"]
    assert (o["tp"], o["fp"], o["fn"]) == (10, 4, 4), o
    near(o["precision"], 10 / 14, "precision")
    near(o["recall"], 10 / 14, "recall")
    near(o["f1"], 10 / 14, "f1")
    k = s["slots"]["by_kind"]
    assert [k["first"][x] for x in ("tp", "fp", "fn")] == [3, 3, 3], k
    assert [k["answer"][x] for x in ("tp", "fp", "fn")] == [7, 1, 1], k
    en = s["slots"]["by_lang"]["en"]
    near(en["precision"], 8 / 10, "en precision")
    near(en["recall"], 8 / 11, "en recall")
    near(s["slots"]["by_field"]["symptom"]["precision"], 1 / 2, "symptom precision")
    assert [s["slots"]["by_field"]["started"][x] for x in ("tp", "fp", "fn")] == [1, 2, 2]
    near(s["intent"]["accuracy"], 1 / 2, "intent")
    near(s["category"]["accuracy"], 0, "category")
    near(s["answers_whole"]["share"], 1 / 2, "whole")
    near(s["declined"]["recall"], 0, "declined")
    spurious = [as_prediction(g) for g in TOY]
    spurious[2]["declined"] = ["os"]
    near(score(TOY, spurious)["answers_whole"]["share"], 1 / 2, "a spurious decline is something wrong added")
    # normalisation
    now = "2026-11-18T10:20:00+02:00"
    assert right("asset", "PF3 K9-Z7m", "pf3k9z7M") and not right("asset", "PF3K9Z7N", "PF3K9Z7M")
    assert right("asset", "AB\u20111", "AB-1") and right("memory", "16 GB", 16) and not right("memory", 8, 16)
    assert right("started", "2026-11-18T08:15", "2026-11-18T09:00:00+02:00", now)
    assert right("started", "2026-11-18T07:00:00Z", "2026-11-18T09:00:00+02:00", now)
    assert not right("started", "2026-11-18T07:59", "2026-11-18T09:00:00+02:00", now)
    assert not right("started", "2026-11-18", "2026-11-18T09:00:00+02:00", now)
    assert right("started", "2026-11-17T22:30:00Z", "2026-11-18", now) and not right("started", "soon", "2026-11-18", now)
    assert right("tried", "RESTARTED, twice!", "restarted twice") and not right("tried", "restarted it once or", "restarted twice")
    assert right("tried", ["a b", "c"], "a b ; c") and right("symptom", "it's dead", "its dead")
    assert not right("account", "other@firma.ua", "buh@firma.ua") and right("phone", "+421 905-318-224", "+421905318224")
    if path:
        gold = read(path)
        perfect(gold, path)
        empty(gold, path)
    print("self-test passed" + (f" (also on {path})" if path else ""))


if __name__ == "__main__":
    args = [a for a in sys.argv[1:] if not a.startswith("--")]
    if "--self-test" in sys.argv:
        self_test(*args[:1])
    elif len(args) == 2:
        if "--errors" in sys.argv:
            score(read(args[0]), read(args[1]), lambda g, what, want, have: print(
                json.dumps([g["id"], what, want, have], ensure_ascii=False)))
        else:
            print(json.dumps(score(read(args[0]), read(args[1])), ensure_ascii=False, indent=1))
    else:
        sys.exit(__doc__)
