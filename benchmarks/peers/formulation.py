"""The textbook formulation as sparse arrays: variables, rows, one linear objective per level.

Households h, unit kinds k at sites, districts d; x_hk = 1 if h takes kind k, u_h = 1 if it stays unplaced:

    Σ_k x_hk + u_h = 1                                        every household once
    Σ_h units_hk x_hk + r_kf + r_km ≤ count_k                 units (rooms shared by sex: r)
    Σ_{h of sex g, alone} x_hk ≤ cap_k(1) r_kg
    Σ_{h, k in cap} size_h x_hk ≤ room                        caps on persons
    L_d = housed_d + Σ_{h, k in d} size_h x_hk                loads
    Σ_{h, k at s} members_h x_hk = Σ_j y_sj + short_s         seats, per kind of service
    Σ_s y_sj ≤ seats_j
    Σ_{h seeking in d, languages v} size_h x_hk ≤ Σ_w z_vw + short_v    peer support, in every district: v, w share one
    Σ_v z_vw ≤ Σ_{h giving in d, languages w} supports_h x_hk           or, of circles, support_dw
    e_d ≥ tangents of (L_d − T_d)² / max(T_d, 1)              chi2 (see `tangents`), or m ≥ L_d / max(T_d, 1)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.peers.columns import Columns, Floats, columns_of, cost_of
from benchmarks.peers.rows import Rows
from benchmarks.peers.seats import add_seats
from benchmarks.peers.support import add_peer_support
from dezentral.compiled import compile_instance
from dezentral.compiled.pools import DORMITORY, SAME_SEX
from dezentral.domain import Instance
from dezentral.domain.policy import Evenness, Fit, Goal, KeepHoused, PeerSupport, Placed, Policy, Seats, Utility


@dataclass(frozen=True)
class Formulation:
    """A linear program but for evenness, which each peer writes as it can.

    Attributes
    ----------
    columns
        The first variables are x, one for each column.
    unplaced, load, uneven
        Positions of the variables u, L and e (per district; for ``max_ratio`` one e).
    upper, whole
        Upper bound of each variable (the lower one is 0); whether it must be whole.
    rows
        The rows that hold in any case.
    objectives
        One per level of the policy, shape (n_variables,).
    """

    columns: Columns
    policy: Policy
    unplaced: int
    load: int
    uneven: int
    upper: Floats
    whole: np.ndarray[tuple[int], np.dtype[np.bool_]]
    rows: Rows
    objectives: tuple[Floats, ...]

    @property
    def measure(self) -> str | None:
        """The policy's measure of evenness, None without."""
        return next((goal.measure for _, goal in goals_of(self.policy) if isinstance(goal, Evenness)), None)

    @property
    def targets(self) -> Floats:
        """T_d, shape (n_districts,)."""
        return np.asarray(self.columns.compiled.places.target, dtype=np.float64)


def goals_of(policy: Policy) -> list[tuple[int, Goal]]:
    """Return the goals with the index of their level."""
    return [(i, goal) for i, level in enumerate(policy.levels) for goal in level.goals]


def formulate(instance: Instance, policy: Policy) -> Formulation:
    """Write an instance down household by household, as a textbook would."""
    _require_supported(instance, policy)
    columns = columns_of(compile_instance(instance, policy))
    compiled, goals = columns.compiled, goals_of(policy)
    n, households, districts = len(columns), len(instance.households), len(compiled.places.target)
    rows = Rows(n)
    unplaced = rows.add_variables(households, upper=1.0, whole=True)
    _place_once(rows, columns, unplaced)
    rooms = _count_units(rows, columns)
    _keep_caps(rows, columns)
    load = rows.add_variables(districts, upper=np.inf, whole=False)
    _measure_loads(rows, columns, load)
    uneven = rows.add_variables(districts, upper=np.inf, whole=False)
    seats_read = any(isinstance(goal, Seats) for _, goal in goals)
    short = add_seats(rows, columns) if seats_read else np.zeros(0, dtype=np.int64)
    peers_read = any(isinstance(goal, PeerSupport) for _, goal in goals)
    alone = add_peer_support(rows, columns) if peers_read else np.zeros(0, dtype=np.int64)
    objectives = [np.zeros(rows.width) for _ in policy.levels]
    for i, goal in goals:
        objectives[i][:n] += goal.weight * cost_of(columns, goal)
        if isinstance(goal, KeepHoused | Placed):
            objectives[i][unplaced : unplaced + households] += goal.weight * _missed(instance, goal)
        if isinstance(goal, Evenness):
            objectives[i][uneven : uneven + (districts if goal.measure == "chi2" else 1)] += goal.weight
        if isinstance(goal, Seats):
            objectives[i][short] += goal.weight
        if isinstance(goal, PeerSupport):
            objectives[i][alone] += goal.weight
        if isinstance(goal, Fit):
            for position, places in rooms:
                objectives[i][position] += goal.weight * places
    upper, whole = rows.variables()
    upper[:n], whole[:n] = 1.0, True
    return Formulation(columns, policy, unplaced, load, uneven, upper, whole, rows, tuple(objectives))


def _require_supported(instance: Instance, policy: Policy) -> None:
    """Refuse what no registered case needs and the textbook formulation leaves out."""
    rules = policy.rules
    beyond = [
        bool(instance.relations), rules.max_single_share is not None, rules.max_moves is not None,
        rules.service_capacity, any(isinstance(goal, Utility) for _, goal in goals_of(policy)),
        any(household.fixed_site is not None for household in instance.households),
        any(isinstance(g, Evenness) and g.measure == "persons_to_move" for _, g in goals_of(policy)),
    ]  # fmt: skip
    if any(beyond):
        msg = "the peers' formulation has no relations, fixed sites, single share, moves, seat rule or utility"
        raise ValueError(msg)


def _missed(instance: Instance, goal: Goal) -> Floats:
    if isinstance(goal, KeepHoused):
        return np.array([h.size if h.current_site is not None else 0 for h in instance.households], dtype=np.float64)
    return np.array([h.size * h.priority for h in instance.households], dtype=np.float64)


def _place_once(rows: Rows, columns: Columns, unplaced: int) -> None:
    households = len(columns.compiled.instance.households)
    first = rows.add_rows(households, 1.0, 1.0)
    rows.put(first + columns.household, np.arange(len(columns)), np.ones(len(columns)))
    rows.put(first + np.arange(households), unplaced + np.arange(households), np.ones(households))


def _count_units(rows: Rows, columns: Columns) -> list[tuple[int, int]]:
    """Bind units and shared rooms; return each room variable with its places."""
    pools = columns.compiled.pools
    there = np.where(pools.sharing == DORMITORY, pools.count * pools.cap1, pools.count).astype(np.float64)
    first = rows.add_rows(len(pools), -np.inf, there)
    own = ~columns.shared | (columns.sex == "x")
    rows.put(first + columns.pool[own], np.flatnonzero(own), columns.units[own].astype(np.float64))
    rooms: list[tuple[int, int]] = []
    for p in np.flatnonzero(pools.sharing == SAME_SEX).tolist():
        women = rows.add_variables(2, upper=float(pools.count[p]), whole=True)
        rooms += [(women, int(pools.cap1[p])), (women + 1, int(pools.cap1[p]))]
        rows.put(np.full(2, first + p), np.array([women, women + 1]), np.ones(2))
    _fill_rooms(rows, columns, rooms)
    return rooms


def _fill_rooms(rows: Rows, columns: Columns, rooms: list[tuple[int, int]]) -> None:
    pools = columns.compiled.pools
    shared = np.flatnonzero(pools.sharing == SAME_SEX)
    place = np.full(len(pools), -1)
    place[shared] = np.arange(len(shared))
    first = rows.add_rows(len(rooms), -np.inf, 0.0)
    for g, sex in enumerate(("f", "m")):
        alone = np.flatnonzero(columns.shared & (columns.sex == sex))
        rows.put(first + 2 * place[columns.pool[alone]] + g, alone, np.ones(len(alone)))
    for number, (position, places) in enumerate(rooms):
        rows.put(np.array([first + number]), np.array([position]), np.array([-float(places)]))


def _keep_caps(rows: Rows, columns: Columns) -> None:
    for cap in columns.compiled.places.caps:
        if cap.room is not None:
            inside = np.flatnonzero(cap.sites[columns.site])
            row = rows.add_rows(1, -np.inf, float(cap.room))
            rows.put(np.full(len(inside), row), inside, columns.size[inside].astype(np.float64))


def _measure_loads(rows: Rows, columns: Columns, load: int) -> None:
    places = columns.compiled.places
    districts = np.arange(len(places.target))
    first = rows.add_rows(len(districts), places.housed.astype(np.float64), places.housed.astype(np.float64))
    rows.put(first + districts, load + districts, np.ones(len(districts)))
    rows.put(first + places.site_district[columns.site], np.arange(len(columns)), -columns.size.astype(np.float64))
