"""How far people live from what they need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dezentral.domain import Instance, Plan, require_match
from dezentral.geo.distance import kind_metres
from dezentral.metrics.loads import Counts, Shares

if TYPE_CHECKING:
    import pandas as pd

_COUNTS = ("members", "reached")
_METRES = ("metres_mean", "metres_median", "metres_max")


def proximity(instance: Instance, plan: Plan) -> pd.DataFrame:
    """Measure the way from the homes of a plan to the nearest service of each needed kind.

    Returns
    -------
    pandas.DataFrame
        One row per kind that any household needs, sorted: kind; members (of placed households who need it); reached
        (those of them whose site reaches a service of the kind, full or not); metres_mean, metres_median, metres_max
        over the reached members, each counting once; NaN where nobody is reached.

    Raises
    ------
    PlanError
        If the plan does not belong to the instance.

    Examples
    --------
    >>> import dezentral as dz
    >>> from dezentral.metrics import proximity
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", x=0.0, y=0.0, units=[dz.Unit(id="flat", beds=4)])],
    ...     households=[dz.Household(id="h", size=4, needs={"kita": 2})],
    ...     services=[dz.Service(id="k", kind="kita", x=300.0, y=400.0)],
    ... )
    >>> plan = dz.Plan(placements=[dz.Placement(household="h", site="s", unit="flat")])
    >>> proximity(city, plan).to_dict("records")[0]["metres_mean"]
    650.0
    """
    import pandas as pd  # noqa: PLC0415  keeps `import dezentral` light

    require_match(instance, plan)
    metres = kind_metres(instance)
    position = {site.id: i for i, site in enumerate(instance.sites)}
    households = {household.id: household for household in instance.households}
    homes = [(households[placement.household].needs, position[placement.site]) for placement in plan.placements]
    rows: list[tuple[str, int, int, float, float, float]] = []
    for kind in sorted({kind for household in instance.households for kind in household.needs}):
        here = [(needs[kind], site) for needs, site in homes if kind in needs]
        members, sites = np.array(here, dtype=np.int64).reshape(-1, 2).T
        way = metres[kind][sites]
        near = np.isfinite(way)
        rows.append((kind, int(members.sum()), int(members[near].sum()), *_figures(way[near], members[near])))
    frame = pd.DataFrame(rows, columns=pd.Index(["kind", *_COUNTS, *_METRES]))
    return frame.astype({**dict.fromkeys(_COUNTS, "int64"), **dict.fromkeys(_METRES, "float64")})


def _figures(metres: Shares, members: Counts) -> tuple[float, float, float]:
    """Return mean, median and maximum of the metres, each repeated for its members; NaN for nobody."""
    persons = int(members.sum())
    if not persons:
        return np.nan, np.nan, np.nan
    order = np.argsort(metres, kind="stable")
    upto = np.cumsum(members[order])
    # The middle one of an odd number of members, the mean of the middle two of an even one.
    middle = np.searchsorted(upto, [(persons - 1) // 2, persons // 2], side="right")
    return float(metres @ members / persons), float(metres[order][middle].mean()), float(metres.max())
