"""What was measured, beside what, against which target; as a table and as JSON."""

import statistics
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line. With `beside` the target is about the ratio to it, else about `ours` itself."""

    area: str
    what: str
    engine: str
    ours: float
    unit: str
    beside: str = ""
    other: float | None = None
    target: float | None = None
    is_floor: bool = True  # at least the target; else at most
    cpu: float | None = None  # our milliseconds of CPU for one
    more: dict[str, float] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        return self.ours / self.other if self.other else None

    @property
    def is_met(self) -> bool | None:
        if self.target is None:
            return None
        judged = self.ratio if self.beside else self.ours
        if judged is None:
            return None
        return judged >= self.target if self.is_floor else judged <= self.target


def median(values):
    return statistics.median(values)


def as_json(figures, facts):
    lines = [asdict(one) | {"ratio": one.ratio, "is_met": one.is_met} for one in figures]
    return {"machine": facts, "figures": lines}


HEAD = ("what", "on", "measured", "CPU each", "beside", "ratio", "target", "")


def as_table(figures):
    rows = [HEAD, *(_row(one) for one in figures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    rows.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def as_markdown(figures):
    rows = [HEAD, tuple("---" for _ in HEAD), *(_row(one) for one in figures)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(one):
    beside = f"{one.beside}: {number(one.other)}" if one.beside else ""
    ratio = f"{one.ratio:.2f} x" if one.ratio is not None else ""
    return (
        one.what,
        one.engine,
        f"{number(one.ours)} {one.unit}",
        f"{one.cpu:.3f} ms" if one.cpu is not None else "",
        beside,
        ratio,
        _target(one),
        {True: "met", False: "NOT MET", None: ""}[one.is_met],
    )


def _target(one):
    if one.target is None:
        return ""
    sign = ">=" if one.is_floor else "<="
    return f"{sign} {one.target:g} {'x' if one.beside else one.unit}"


def number(value):
    if value is None:
        return "?"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
