"""alternatives: the best other places for one household."""

from __future__ import annotations

import numbers
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dezentral.assess.places import Outlook, Place, places_of
from dezentral.domain import Household, Instance, Plan
from dezentral.domain.policy import Policy
from dezentral.errors import Fault, PolicyError

if TYPE_CHECKING:
    import pandas as pd

_DECIMALS = 9  # changes that differ only behind these are one


def alternatives(
    instance: Instance,
    policy: Policy,
    plan: Plan,
    household: str | Household,
    k: int = 5,
    *,
    protected: bool = False,
) -> pd.DataFrame:
    """Return the best other places for one household, all others staying put.

    A place is a kind of unit at a site. Listed is where the household can go without breaking a rule anew.

    Parameters
    ----------
    instance, policy, plan
        The plan and what it is made from.
    household
        The id of a household, or a `Household` that the instance does not list: it is then judged as if it were
        listed and unplaced.
    k
        How many places at most.
    protected
        Whether to list protected addresses (`Site.confidential`) too: only where the reader may know them.

    Returns
    -------
    pandas.DataFrame
        Columns ``site``, ``unit``, ``units`` (that it takes there, 1 when sharing), ``district`` and ``change_1`` …
        ``change_n``: by how much each level of the policy changes (less than 0 is better), exactly `score` of the
        changed plan less `score` of the plan. Best first by these, then by ids. Empty where there is no other place.

    Raises
    ------
    InstanceError
        If the household is not known, or is new and does not fit the instance.
    PlanError
        If the plan does not belong to the instance.
    PolicyError
        If `k` is no whole number above 0.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000), dz.District(id="b", population=1000)],
    ...     sites=[
    ...         dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)]),
    ...         dz.Site(id="t", district="b", units=[dz.Unit(id="flat", beds=3, count=2)]),
    ...     ],
    ...     households=[dz.Household(id="h", size=3)],
    ... )
    >>> plan = dz.Plan(placements=[dz.Placement(household="h", site="s", unit="flat")])
    >>> policy = dz.Policy(levels=[dz.Level(dz.Placed()), dz.Level(dz.Fit())])
    >>> dz.alternatives(city, policy, plan, "h").to_dict("records")
    [{'site': 't', 'unit': 'flat', 'units': 1, 'district': 'b', 'change_1': 0.0, 'change_2': -1.0}]
    """
    most = _count(k)
    places = places_of(instance, policy, plan)
    outlook = (
        places.outlook_of_newcomer(household) if isinstance(household, Household) else places.outlook(household)
    )
    best = ranked(outlook, (place for place in outlook.others if protected or not place.site.confidential))
    return _frame(best[:most], len(policy.levels))


def ranked(outlook: Outlook, places: Iterable[Place]) -> list[tuple[Place, tuple[float, ...]]]:
    """Return the places where a household can go with the change of each level, best first, then by ids."""
    valued = [(place, outlook.changes(place)) for place in places if not place.obstacles]
    return sorted(valued, key=_rank)


def _rank(valued: tuple[Place, tuple[float, ...]]) -> tuple[tuple[float, ...], str, str]:
    place, changes = valued
    return tuple(round(change, _DECIMALS) for change in changes), place.site.id, place.unit.id


def _count(k: object) -> int:
    if isinstance(k, bool) or not isinstance(k, numbers.Integral) or k < 1:
        raise PolicyError.of([Fault("arguments", "k", k, "a whole number, 1 or more")])
    return int(k)


def _frame(rows: list[tuple[Place, tuple[float, ...]]], levels: int) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    names = [f"change_{number}" for number in range(1, levels + 1)]
    data = [(place.site.id, place.unit.id, place.units, place.site.district, *changes) for place, changes in rows]
    frame = pd.DataFrame(data, columns=["site", "unit", "units", "district", *names])
    texts = dict.fromkeys(("site", "unit", "district"), "str")
    return frame.astype({**texts, "units": "int64", **dict.fromkeys(names, "float64")})
