"""A plan on the map: one point per site."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dezentral.domain import Instance, Plan, require_match

if TYPE_CHECKING:
    import geopandas as gpd

_TEXTS = ("site", "name", "kind", "operator", "district")
_COUNTS = ("housed", "households", "placed", "persons")


def plan_geoframe(instance: Instance, plan: Plan) -> gpd.GeoDataFrame:
    """Return one point per site with who is there by the plan; confidential sites are left out.

    Returns
    -------
    geopandas.GeoDataFrame
        In the CRS of the instance, in the order of its sites: columns ``site``, ``name``, ``kind``, ``operator``,
        ``district``, ``housed`` (persons there who are not listed), ``households`` and ``placed`` (households and
        persons placed there), ``persons`` (housed and placed), ``geometry`` (a point; None without coordinates).

    Raises
    ------
    PlanError
        If the plan does not belong to the instance.

    Examples
    --------
    >>> import dezentral as dz
    >>> flat = dz.Unit(id="flat", beds=4)
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[
    ...         dz.Site(id="s", district="a", units=[flat], x=513000.0, y=5402000.0, housed=2),
    ...         dz.Site(id="shelter", district="a", units=[flat], x=514000.0, y=5402000.0, confidential=True),
    ...     ],
    ...     households=[dz.Household(id="h", size=3)],
    ... )
    >>> plan = dz.Plan(placements=[dz.Placement(household="h", site="s", unit="flat")])
    >>> plan_geoframe(city, plan)[["site", "households", "persons"]].values.tolist()
    [['s', 1, 5]]
    """
    import geopandas as gpd  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415
    from shapely.geometry import Point  # noqa: PLC0415

    require_match(instance, plan)
    sizes = {household.id: household.size for household in instance.households}
    households = Counter(placement.site for placement in plan.placements)
    placed: Counter[str] = Counter()
    for placement in plan.placements:
        placed[placement.site] += sizes[placement.household]
    shown = [site for site in instance.sites if not site.confidential]
    rows = []
    for site in shown:
        there = placed[site.id]
        texts = (site.id, site.name, site.kind, site.operator, site.district)
        rows.append((*texts, site.housed, households[site.id], there, site.housed + there))
    frame = pd.DataFrame(rows, columns=pd.Index([*_TEXTS, *_COUNTS])).astype(dict.fromkeys(_COUNTS, "int64"))
    # An operator may be None, which a column of text would turn into NaN.
    frame["operator"] = pd.Series([site.operator for site in shown], index=frame.index, dtype="object")
    points = [None if site.x is None else Point(site.x, site.y) for site in shown]
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(points, crs=instance.crs), crs=instance.crs)
