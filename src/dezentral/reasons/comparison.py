"""What two plans differ in, as frames and as text."""

from __future__ import annotations

import html
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from dezentral.domain import Override
from dezentral.domain.displays import columns_table
from dezentral.domain.policy import Level
from dezentral.wording import Language, counted, level_name, listed, number, say, tenths

if TYPE_CHECKING:
    import pandas as pd

CHANGES = ("moved", "unit", "placed", "unplaced")


class MoveRow(NamedTuple):
    """One household that is somewhere else in plan b than in plan a."""

    household: str
    size: int
    change: str
    from_site: str | None
    from_unit: str | None
    to_site: str | None
    to_unit: str | None


class DistrictRow(NamedTuple):
    """One district: loads in persons, rates per 1,000 inhabitants."""

    district: str
    name: str
    load_a: int
    load_b: int
    change: int
    rate_a: float
    rate_b: float


@dataclass(frozen=True, slots=True)
class OverrideCost:
    """One decision by hand that only one of the plans has: the levels with it and without it."""

    plan: str
    entry: Override
    with_it: tuple[float, ...]
    without_it: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What plan b does otherwise than plan a.

    The frames are the office's own data and keep everything; `str()` and the HTML view name no household and no site.
    Every access gives a fresh frame.

    Attributes
    ----------
    moves
        Who is elsewhere: household, size, change (``"moved"``, ``"unit"`` = another unit kind at the same site,
        ``"placed"``, ``"unplaced"``), from_site, from_unit, to_site, to_unit (None = unplaced); by household id.
    levels
        level (1 = most important), goals, value_a, value_b, change (value_b − value_a; less is better).
    districts
        district, name, load_a, load_b, change (persons), rate_a, rate_b (persons per 1,000 inhabitants, NaN without
        inhabitants), in the order of the instance.
    overrides
        One row per decision by hand that only one of the plans has, in order: plan (``"a"`` or ``"b"``), household,
        site, unit, by, reason, violations, and for each level i with_i (value of that plan), without_i (value of that
        plan with the household where the other plan has it) and cost_i (with_i − without_i). A decision that a later
        one on the same household supersedes costs nothing.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    ...     households=[dz.Household(id="h", size=3)],
    ... )
    >>> placed = dz.Plan(placements=[dz.Placement(household="h", site="s", unit="flat")])
    >>> changes = dz.compare(city, dz.Policy(levels=[dz.Level(dz.Placed())]), dz.Plan(unplaced=["h"]), placed)
    >>> changes.levels[["value_a", "value_b", "change"]].to_numpy().tolist()
    [[3.0, 0.0, -3.0]]
    """

    move_rows: tuple[MoveRow, ...] = field(repr=False)
    policy_levels: tuple[Level, ...] = field(repr=False)
    values_a: tuple[float, ...]
    values_b: tuple[float, ...]
    district_rows: tuple[DistrictRow, ...] = field(repr=False)
    override_costs: tuple[OverrideCost, ...] = field(repr=False)

    @property
    def moves(self) -> pd.DataFrame:
        """Who is elsewhere: one row per household."""
        import pandas as pd  # noqa: PLC0415  keeps `import dezentral` light

        frame = pd.DataFrame(self.move_rows, columns=pd.Index(MoveRow._fields), dtype=object)
        return frame.astype({"size": "int64"})

    @property
    def levels(self) -> pd.DataFrame:
        """The levels: one row each."""
        import pandas as pd  # noqa: PLC0415

        values = zip(self.policy_levels, self.values_a, self.values_b, strict=True)
        rows = [(i, level_name(level), a, b, b - a) for i, (level, a, b) in enumerate(values, 1)]
        return pd.DataFrame(rows, columns=pd.Index(["level", "goals", "value_a", "value_b", "change"]))

    @property
    def districts(self) -> pd.DataFrame:
        """The districts: one row each."""
        import pandas as pd  # noqa: PLC0415

        frame = pd.DataFrame(self.district_rows, columns=pd.Index(DistrictRow._fields))
        whole = dict.fromkeys(("load_a", "load_b", "change"), "int64")
        return frame.astype({**whole, "rate_a": "float64", "rate_b": "float64"})

    @property
    def overrides(self) -> pd.DataFrame:
        """The decisions by hand that only one plan has, and what each costs."""
        import pandas as pd  # noqa: PLC0415

        n = len(self.policy_levels)
        said = ["plan", "household", "site", "unit", "by", "reason", "violations"]
        values = [f"{name}_{i}" for name in ("with", "without", "cost") for i in range(1, n + 1)]
        rows = [
            (row.plan, *(getattr(row.entry, name) for name in said[1:]), *row.with_it, *row.without_it, *_cost(row))
            for row in self.override_costs
        ]
        return pd.DataFrame(rows, columns=pd.Index([*said, *values])).astype(dict.fromkeys(values, "float64"))

    def text(self, language: Language = "en") -> str:
        """Return the comparison as sentences and tables, in English or German."""
        return "\n".join([*self._sentences(language), "", self.districts_text(language)])

    def districts_text(self, language: Language = "en") -> str:
        """Return the loads of the districts as a table of text."""
        return self._shown_districts(language).to_string(index=False)

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        lines = "".join(f"<li>{html.escape(line)}</li>" for line in self._sentences("en"))
        shown = self._shown_districts("en")
        return f"<ul>{lines}</ul>{columns_table(shown.columns.tolist(), shown.to_numpy().tolist(), {0})}"

    def _sentences(self, language: Language) -> list[str]:
        found = Counter(row.change for row in self.move_rows)
        told = [
            say(f"decisions.compare.{change}", language, households=counted(found[change], "household", language))
            for change in CHANGES
            if found[change]
        ]
        head = listed(told, language) if told else say("decisions.compare.nobody", language)
        levels = [
            say(
                "decisions.compare.level",
                language,
                level=str(i),
                goals=level_name(level, language),
                a=number(a, language),
                b=number(b, language),
                change=_signed(b - a, language),
            )
            for i, (level, a, b) in enumerate(zip(self.policy_levels, self.values_a, self.values_b, strict=True), 1)
        ]
        return [
            say("decisions.compare.head", language, changes=head),
            *levels,
            *(self._by_hand(row, language) for row in self.override_costs),
        ]

    @staticmethod
    def _by_hand(row: OverrideCost, language: Language) -> str:
        costs = [
            say("decisions.compare.cost", language, level=str(i), change=_signed(cost, language))
            for i, cost in enumerate(_cost(row), 1)
            if cost
        ]
        return say(
            "decisions.compare.override",
            language,
            plan=row.plan,
            by=row.entry.by,
            costs=listed(costs, language) if costs else say("decisions.compare.free", language),
        )

    def _shown_districts(self, language: Language) -> pd.DataFrame:
        import pandas as pd  # noqa: PLC0415

        rows = [
            (
                row.name or row.district,
                number(row.load_a, language),
                number(row.load_b, language),
                _signed(row.change, language),
                tenths(row.rate_a, language),
                tenths(row.rate_b, language),
            )
            for row in self.district_rows
        ]
        head = [say(f"decisions.compare.column.{name}", language) for name in _SHOWN]
        return pd.DataFrame(rows, columns=pd.Index(head))


_SHOWN = ("district", "load_a", "load_b", "change", "rate_a", "rate_b")


def _cost(row: OverrideCost) -> tuple[float, ...]:
    return tuple(own - other for own, other in zip(row.with_it, row.without_it, strict=True))


def _signed(value: float, language: Language) -> str:
    shown = number(value, language)
    return f"+{shown}" if value > 0 and shown != "0" else shown.replace("-", "−")
