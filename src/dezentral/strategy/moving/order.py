"""move_order: the moves of a plan, in an order in which they can be made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dezentral.domain import Household, Instance, Placement, Plan, require_match
from dezentral.strategy.moving.components import knots
from dezentral.strategy.moving.rooms import Kind, Move, Rooms, Tenancy, lives_in, share_of, target_of, unit_kinds
from dezentral.strategy.moving.stopovers import Stopovers
from dezentral.strategy.moving.untie import Turn, untie

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = (
    "step", "household", "size", "from_site", "from_unit", "to_site", "to_unit", "units", "temporary", "cycle",
)  # fmt: skip


class _Order(NamedTuple):
    """Turns, the number of the cycle that each belongs to, and whether fewer temporary places are impossible."""

    turns: list[Turn]
    cycles: list[int | None]
    fewest: bool


def move_order(instance: Instance, plan: Plan) -> pd.DataFrame:
    """Order the moves of a plan so that nobody needs a place before it is free.

    A move is a household that leaves the unit kind in which it lives for another one, at another site or at its own.
    Who leaves for good (lives somewhere, is unplaced) comes first. Who comes from nowhere listed makes no move and
    has no row: their places are free after the last step. Where moves wait for each other in a circle and no place is
    free, the fewest possible households step aside to a temporary place.

    Parameters
    ----------
    instance
        The input.
    plan
        A plan of the instance.

    Returns
    -------
    pandas.DataFrame
        One row per step: ``step`` (from 1), ``household``, ``size`` (persons), ``from_site``, ``from_unit``
        (None = not known), ``to_site``, ``to_unit`` (None = leaves, or a temporary place outside the units), ``units``
        (taken there; 1 when sharing), ``temporary`` (whether the step leads to a temporary place, from which a later
        step of the same household leads on), ``cycle`` (number of the circle of moves that needs temporary places;
        missing elsewhere). ``frame.attrs["fewest"]`` says whether it is proven that no order needs fewer temporary
        places; else there may be one, in a large knot of unequal moves.

    Raises
    ------
    PlanError
        If the plan does not belong to the instance.

    Notes
    -----
    At every step, the units in use of every kind are at most its count, by the contract's unit use with beds alone;
    where the plan itself uses more, at most what the plan uses; where more are in use today, nobody enters before
    there is room. A household whose unit kind is not known is taken to occupy every kind of its site that it could
    live in: its true place then stays free for nobody else. Unit kinds and moves form a graph, whose strongly connected
    parts are independent. In one where all moves take equally many units, a free place wanders along an Eulerian
    circuit through all moves; no temporary place is needed if there is one, and one if not. Others are searched.

    Temporary places are units of open sites that are not confidential, free all the while, that admit the household,
    have what it requires, are not excluded for it and keep the caps of site and district.

    Examples
    --------
    >>> import dezentral as dz
    >>> flat = dz.Unit(id="flat", beds=4)
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id=key, district="a", units=[flat]) for key in ("s", "t", "u")],
    ...     households=[
    ...         dz.Household(id="g", size=2, current_site="s", current_unit="flat"),
    ...         dz.Household(id="h", size=3, current_site="t", current_unit="flat"),
    ...     ],
    ... )
    >>> plan = dz.Plan(
    ...     placements=[
    ...         dz.Placement(household="g", site="t", unit="flat"),
    ...         dz.Placement(household="h", site="u", unit="flat"),
    ...     ]
    ... )
    >>> move_order(city, plan)[["step", "household", "from_site", "to_site"]].values.tolist()
    [[1, 'h', 't', 'u'], [2, 'g', 's', 't']]

    A site closes: who lives there must go, nobody else moves without need, and the moves follow from the new plan.

    >>> import datetime as dt
    >>> closing = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[
    ...         dz.Site(id="s", district="a", units=[flat], open_until=dt.date(2026, 6, 1)),
    ...         dz.Site(id="t", district="a", units=[flat]),
    ...         dz.Site(id="u", district="a", units=[dz.Unit(id="flat", beds=2)]),
    ...     ],
    ...     households=[
    ...         dz.Household(id="g", size=4, current_site="s", current_unit="flat"),
    ...         dz.Household(id="h", size=2, current_site="t", current_unit="flat"),
    ...     ],
    ...     date=dt.date(2026, 6, 1),
    ... )
    >>> again = dz.solve(closing, dz.Policy.default())
    >>> [level.value for level in again.levels[:3]]  # nobody loses a home, all are placed, six persons move
    [0.0, 0.0, 6.0]
    >>> move_order(closing, again.plan)[["step", "household", "from_site", "to_site"]].values.tolist()
    [[1, 'h', 't', 'u'], [2, 'g', 's', 't']]
    """
    require_match(instance, plan)
    units = unit_kinds(instance)
    placed = {placement.household: placement for placement in plan.placements}
    households = sorted(instance.households, key=lambda household: household.id)
    moves = [
        Move(household, lives_in(household, units), target_of(household, placed[household.id], units))
        for household in households
        if household.id in placed and _moves(household, placed[household.id])
    ]
    leaving = [one for one in households if one.current_site is not None and one.id not in placed]
    moving = {move.household.id for move in moves}
    staying = [
        target_of(one, placed[one.id], units)
        for one in households
        if one.current_site is not None and one.id in placed and one.id not in moving
    ]
    rooms = _rooms(instance, moves, staying)
    order = _ordered(rooms, moves)
    stopovers = _stopovers(Stopovers(instance, plan, rooms, order.turns), order.turns)
    rows = [(one, (one.current_site, one.current_unit), (None, None), 0, False, None) for one in leaving]
    rows += _rows(order, stopovers, placed, units)
    return _frame(rows, fewest=order.fewest)


def _moves(household: Household, placement: Placement) -> bool:
    if household.current_site is None:
        return False
    return household.current_site != placement.site or household.current_unit not in {None, placement.unit}


def _rooms(instance: Instance, moves: list[Move], staying: list[Tenancy]) -> Rooms:
    """Return what is taken once those who leave for good are gone; what the plan overfills at the end is allowed."""
    rooms = Rooms(unit_kinds(instance))
    rooms.enter(staying)
    rooms.enter(move.target for move in moves)
    rooms.raise_limits()
    rooms.leave(move.target for move in moves)
    for move in moves:
        rooms.enter(move.sources)
    return rooms


def _ordered(rooms: Rooms, moves: list[Move]) -> _Order:
    now = rooms.copy()
    order = _Order([], [], fewest=True)
    number = 0
    for inside, entering in knots(moves):
        turns, fewest = untie(now, inside) if inside else ([], True)
        needs = any(turn.aside for turn in turns)
        number += needs
        order.turns.extend(turns)
        order.cycles.extend([number if needs else None] * len(turns))
        order.turns.extend(Turn(move, aside=False) for move in entering)
        order.cycles.extend([None] * len(entering))
        order = order._replace(fewest=order.fewest and fewest)
        for move in (*inside, *entering):
            now.leave(move.sources)
            now.enter([move.target])
    return order


def _stopovers(stopovers: Stopovers, turns: list[Turn]) -> dict[str, Kind | None]:
    """Return where each household that steps aside waits."""
    last = {turn.move.household.id: step for step, turn in enumerate(turns)}
    return {
        turn.move.household.id: stopovers.reserve(turn.move.household, step, last[turn.move.household.id])
        for step, turn in enumerate(turns)
        if turn.aside
    }


def _rows(
    order: _Order, stopovers: dict[str, Kind | None], placed: dict[str, Placement], units: dict[Kind, Any]
) -> list[tuple[Any, ...]]:
    rows = []
    aside: set[str] = set()
    for turn, cycle in zip(order.turns, order.cycles, strict=True):
        household = turn.move.household
        stop = stopovers.get(household.id)
        today = (household.current_site, household.current_unit)
        start = (stop or (None, None)) if household.id in aside else today
        if turn.aside:
            aside.add(household.id)
            taken = 0 if stop is None else _units(household, units[stop])
            rows.append((household, start, stop or (None, None), taken, True, cycle))
        else:
            target = placed[household.id]
            rows.append((household, start, (target.site, target.unit), target.units, False, cycle))
    return rows


def _units(household: Household, unit: Any) -> int:
    """Return the units that a placement would name: 1 when sharing."""
    shares = unit.sharing == "dormitory" or (unit.sharing == "same_sex" and household.size == 1)
    return 1 if shares else share_of(household, unit).own


def _frame(rows: list[tuple[Any, ...]], *, fewest: bool) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415  keeps `import dezentral` light

    cells = [
        (step, household.id, household.size, *start, *end, units, temporary, cycle)
        for step, (household, start, end, units, temporary, cycle) in enumerate(rows, start=1)
    ]
    dtypes = {"step": "int64", "size": "int64", "units": "int64", "temporary": "bool", "cycle": "Int64"}
    columns = {
        name: pd.Series([row[i] for row in cells], dtype=dtypes.get(name, "object"))
        for i, name in enumerate(_COLUMNS)
    }
    frame = pd.DataFrame(columns)
    frame.attrs["fewest"] = fewest
    return frame
