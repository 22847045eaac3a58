"""A Stadtbezirk: who lives there, what its fair share is."""

from __future__ import annotations

from pydantic import Field

from dezentral.domain.fields import (
    Geometry,
    Id,
    Inhabitants,
    Persons,
    PersonsByKey,
    Weight,
)
from dezentral.domain.frozen import FrozenDict
from dezentral.domain.record import Record


class District(Record):
    """A district over which people are spread.

    Attributes
    ----------
    id
        Unique among the districts.
    name
        As people call it.
    population
        Inhabitants.
    housed
        Refugees housed here who are in no table of the instance (persons).
    target_weight
        Weight of its target share; its population if None. Set for all districts or for none.
    max_persons
        Hard cap on its load (persons).
    support
        Language → persons whom volunteer or self-help circles here can support.
    geometry
        Shapely Polygon or MultiPolygon in the instance's CRS; GeoJSON in JSON.

    Raises
    ------
    InstanceError
        If a field is not as described, with every fault.

    Examples
    --------
    >>> import dezentral as dz
    >>> dz.District(id="08", name="Botnang", population=12_783).population
    12783
    """

    id: Id
    name: str = ""
    population: Inhabitants
    housed: Persons = 0
    target_weight: Weight | None = None
    max_persons: Persons | None = None
    support: PersonsByKey = Field(default_factory=FrozenDict)
    geometry: Geometry = None
