"""How full the units of every site are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dezentral.domain import Household, Instance, Placement, Plan, Unit, require_match

if TYPE_CHECKING:
    import pandas as pd

_IDS = ("site", "district", "operator", "unit")
_COUNTS = ("count", "in_use", "persons", "spare_beds")
_Tenants = Sequence[tuple[Household, Placement]]


def occupancy(instance: Instance, plan: Plan) -> pd.DataFrame:
    """Count the units in use and the beds left, for every kind of unit at every site.

    No policy is at hand here, so a unit holds as many as it has beds, whatever its area. Who lives at a site without
    being listed (its `housed`) uses none of its units and is not counted.

    Returns
    -------
    pandas.DataFrame
        One row per kind of unit at each site, in the order of the instance: site, district, operator, unit; count
        (units that the plan may use); in_use (units: those of each household alone, of persons who share a room by
        sex, of a dormitory as many as its persons fill); persons; spare_beds (count × beds − persons: beds that
        nobody sleeps in, those in units that are in use included; negative = overfull).

    Raises
    ------
    PlanError
        If the plan does not belong to the instance.

    Examples
    --------
    >>> import dezentral as dz
    >>> from dezentral.metrics import occupancy
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4, count=2)])],
    ...     households=[dz.Household(id="h", size=3)],
    ... )
    >>> plan = dz.Plan(placements=[dz.Placement(household="h", site="s", unit="flat")])
    >>> occupancy(city, plan)[["in_use", "persons", "spare_beds"]].to_dict("records")
    [{'in_use': 1, 'persons': 3, 'spare_beds': 5}]
    """
    import pandas as pd  # noqa: PLC0415  keeps `import dezentral` light

    require_match(instance, plan)
    households = {household.id: household for household in instance.households}
    tenants: defaultdict[tuple[str, str], list[tuple[Household, Placement]]] = defaultdict(list)
    for placement in plan.placements:
        tenants[placement.site, placement.unit].append((households[placement.household], placement))
    rows = []
    for site in instance.sites:
        for unit in site.units:
            here = tenants[site.id, unit.id]
            persons = sum(household.size for household, _ in here)
            counts = (unit.count, _in_use(unit, here), persons, unit.count * unit.beds - persons)
            rows.append((site.id, site.district, site.operator, unit.id, *counts))
    frame = pd.DataFrame(rows, columns=pd.Index([*_IDS, *_COUNTS]))
    # An operator may be None, which a column of text would turn into NaN.
    frame["operator"] = pd.Series([row[2] for row in rows], index=frame.index, dtype="object")
    return frame.astype(dict.fromkeys(_COUNTS, "int64"))


def _in_use(unit: Unit, here: _Tenants) -> int:
    if unit.sharing == "household":
        return sum(placement.units for _, placement in here)
    if unit.sharing == "dormitory":
        return _rooms(sum(household.size for household, _ in here), unit)
    alone = [household.sex for household, _ in here if household.size == 1]
    together = sum(placement.units for household, placement in here if household.size > 1)
    by_sex = sum(_rooms(alone.count(sex), unit) for sex in ("f", "m"))
    return together + by_sex + alone.count("x") + alone.count(None)


def _rooms(persons: int, unit: Unit) -> int:
    return -(-persons // unit.beds)
