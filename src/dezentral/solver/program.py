"""The integer program of one level: rows over placement columns and auxiliary variables, as data.

One program is read twice: as an LP for bounds and prices, and by CP-SAT for plans. A column (t, p) is the number of
households of type t placed in pool p. Columns are never listed here: a family of rows gives the coefficient of every
possible column at once, so that columns can be priced without being written down.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from dezentral.compiled import Compiled
from dezentral.compiled.arrays import Bools, Ints, Numbers
from dezentral.solver.curves import Curve
from dezentral.solver.openings import Openings
from dezentral.solver.transport import Transport, add_cut, add_flows

UNBOUNDED = float("inf")
FINE = 1e-9  # the finest step of fractions
_MANY_TYPES = 2_000  # from which on households are better looked at by shape first, and together where alike


@dataclass(frozen=True)
class Family:
    """Coefficients of all columns in rows that each belong to some pools.

    Attributes
    ----------
    rows
        Row of each pool, −1 = none, shape (n_pools,).
    coefficients
        Broadcastable to (n_types, n_pools).
    """

    rows: Ints
    coefficients: Numbers


@dataclass(frozen=True)
class Objective:
    """What a level minimises: constant + Σ costs·x + Σ auxiliary costs.

    Attributes
    ----------
    constant
        Part that no placement changes.
    costs
        Per household placed, broadcastable to (n_types, n_pools).
    auxiliary
        Auxiliary variable → cost of one whole of it.
    """

    constant: float = 0.0
    costs: Numbers = field(default_factory=lambda: np.zeros((1, 1)))
    auxiliary: dict[int, float] = field(default_factory=dict)

    def __add__(self, other: Objective) -> Objective:
        auxiliary = dict(self.auxiliary)
        for variable, cost in other.auxiliary.items():
            auxiliary[variable] = auxiliary.get(variable, 0.0) + cost
        return Objective(self.constant + other.constant, self.costs + other.costs, auxiliary)

    def times(self, weight: float) -> Objective:
        """Return the objective with every cost multiplied."""
        auxiliary = {variable: weight * cost for variable, cost in self.auxiliary.items()}
        return Objective(weight * self.constant, weight * self.costs, auxiliary)


@dataclass
class Program:
    """Rows, auxiliary variables and objectives, while they are gathered.

    Attributes
    ----------
    compiled
        What the columns stand for.
    precision
        Step to which fractions (unevenness, ratios) are to be exact, times their weight where that is above 1.
    counts
        Households of each type, shape (n_types,); row t < n_types is Σ_p x[t,p] ≤ counts[t].
    allowed
        Columns that may be used, shape (n_types, n_pools).
    lower, upper
        Bounds of each row.
    families
        Coefficients of columns.
    cells
        Single coefficients of columns: (row, type, pool, coefficient).
    auxiliary_lower, auxiliary_upper, grain
        Bounds of the auxiliary variables, and the step between two neighbouring values (1 = whole numbers).
    auxiliary_cells
        (row, auxiliary variable, coefficient).
    unit_rows
        The row that bounds each pool's units, shape (n_pools,).
    group_rows
        Size of a group of units → the row that bounds how many such groups a pool makes, −1 = none.
    shared_units
        Pool → the variables that count its units shared by persons living alone.
    loads
        The variable of each district's load, once a goal asks for them.
    measures
        The variables that measure how even the loads are.
    curves
        Convex functions of loads, bound from below by lines that are added as they are needed.
    forgiven
        Row that limits unevenness → by how much HiGHS may exceed it: what a check forgives anyhow. Without that it
        mends its own solutions one by one.
    lazy
        Whether transports of many flows are written as cuts when they are needed, not as flows.
    transports
        Those that await their cuts.
    shortages
        Variable that measures what demands lack → these demands.
    openings
        Which sites are yet to be chosen; None = all are as they are.
    opened
        Position of each such site → the variable that says whether it opens (1) or stays closed (0).
    opening_rows
        "budget", "number" → the row that limits the openings so, where there is such a limit.
    """

    compiled: Compiled
    precision: float = FINE
    counts: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    allowed: Bools = field(default_factory=lambda: np.zeros((0, 0), dtype=np.bool_))
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    families: list[Family] = field(default_factory=list)
    cells: list[tuple[int, int, int, float]] = field(default_factory=list)
    auxiliary_lower: list[float] = field(default_factory=list)
    auxiliary_upper: list[float] = field(default_factory=list)
    grain: list[float] = field(default_factory=list)
    auxiliary_cells: list[tuple[int, int, float]] = field(default_factory=list)
    unit_rows: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    group_rows: dict[int, Ints] = field(default_factory=dict)
    shared_units: dict[int, list[int]] = field(default_factory=dict)
    loads: list[int] = field(default_factory=list)
    measures: set[int] = field(default_factory=set)
    curves: list[Curve] = field(default_factory=list)
    forgiven: dict[int, float] = field(default_factory=dict)
    lazy: bool = False
    transports: list[Transport] = field(default_factory=list)
    shortages: dict[int, Transport] = field(default_factory=dict)
    openings: Openings | None = None
    opened: dict[int, int] = field(default_factory=dict)
    opening_rows: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.allowed.size:
            self.counts = self.compiled.types.count
            self.allowed = self.compiled.units > 0

    @property
    def has_many_types(self) -> bool:
        """Whether nearly every household is one of its kind, and there are many."""
        return bool(np.count_nonzero(self.counts) >= _MANY_TYPES)

    def row(self, lower: float, upper: float) -> int:
        """Add a row and return its number."""
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.lower) - 1

    def family(self, rows: Ints, coefficients: Numbers) -> None:
        """Give columns their coefficients in rows by pool."""
        self.families.append(Family(np.asarray(rows, dtype=np.int64), coefficients))

    def variable(self, lower: float, upper: float, grain: float = 1.0) -> int:
        """Add an auxiliary variable and return its number."""
        self.auxiliary_lower.append(lower)
        self.auxiliary_upper.append(upper)
        self.grain.append(grain)
        return len(self.grain) - 1

    def add(self, row: int, variable: int, coefficient: float) -> None:
        """Give an auxiliary variable its coefficient in a row."""
        self.auxiliary_cells.append((row, variable, coefficient))

    def transport(self, transport: Transport, *, few: bool = False) -> None:
        """Add demands that supplies must meet; as flows from the start where these are few."""
        if transport.unmet is not None:
            self.shortages[transport.unmet] = transport
        if self.lazy and not few:
            self.transports.append(transport)
            add_cut(self, transport, np.arange(len(transport.demands)))
        else:
            add_flows(self, transport)

    def line(self, curve: Curve, at: int) -> bool:
        """Bound a curve by its line through (at, at + 1); False if that line is already there."""
        if not curve.may_take(at):
            return False
        slope, height = curve.line(at)
        row = self.row(height, UNBOUNDED)
        curve.lines[at] = row
        self.add(row, curve.value, 1.0)
        self.add(row, curve.load, -slope)
        return True

    def reach(self, objective: Objective) -> float:
        """Return what the absolute parts of an objective can add up to at most."""
        placed = np.where(self.allowed, np.abs(objective.costs), 0.0).sum(axis=1) @ self.counts
        most = np.maximum(np.abs(self.auxiliary_lower), np.abs(self.auxiliary_upper))
        return float(placed) + sum(abs(cost) * float(most[v]) for v, cost in objective.auxiliary.items())

    def bounded(self, objective: Objective, upper: float) -> int:
        """Demand that an objective stays at or below a value, give or take the grain; return the row."""
        fractions = [(self.grain[variable], cost) for variable, cost in objective.auxiliary.items()]
        coarse = sum(abs(cost) * grain for grain, cost in fractions if grain != 1)
        row = self.row(-UNBOUNDED, upper - objective.constant + coarse)
        if np.any(objective.costs):
            self.family(np.full(len(self.compiled.pools), row), objective.costs)
        for variable, cost in sorted(objective.auxiliary.items()):
            self.add(row, variable, cost)
        return row
