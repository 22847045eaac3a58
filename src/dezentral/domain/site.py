"""A place of accommodation with its units."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from dezentral.domain.fields import (
    Amount,
    AsTuple,
    Coordinate,
    Date,
    Id,
    Names,
    OptionalNames,
    Persons,
)
from dezentral.domain.record import Clash, Record, half_points
from dezentral.domain.unit import Unit


class Site(Record):
    """A place of accommodation in one district.

    Attributes
    ----------
    id
        Unique among the sites.
    district
        Id of its district.
    units
        Its kinds of flats and rooms.
    name, kind, operator
        As people call it; the kind of accommodation; who runs it.
    x, y
        Its point in the instance's CRS (metres).
    features
        What holds for all its units.
    admits
        Traits of which a household needs one to enter; None = everyone, empty = nobody.
    housed
        Persons living here who are not listed as households; they use none of `units`.
    max_persons
        Hard cap on the persons here, `housed` included.
    open_from, open_until
        Open from the first date up to the day before the second.
    cost
        Per person placed here: money, or a penalty.
    opening_cost
        Set = a candidate, closed unless chosen to open.
    confidential
        A protected address.

    Raises
    ------
    InstanceError
        If a field is not as described, with every fault.

    Examples
    --------
    >>> import dezentral as dz
    >>> site = dz.Site(id="s1", district="08", units=[dz.Unit(id="flat", beds=4)])
    >>> site.units[0].beds
    4
    """

    id: Id
    district: Id
    units: Annotated[tuple[Unit, ...], AsTuple]
    name: str = ""
    kind: str = ""
    operator: Id | None = None
    x: Coordinate | None = None
    y: Coordinate | None = None
    features: Names = frozenset()
    admits: OptionalNames = None
    housed: Persons = 0
    max_persons: Persons | None = None
    open_from: Date | None = None
    open_until: Date | None = None
    cost: Amount = 0.0
    opening_cost: Annotated[float, Field(ge=0, le=1e12)] | None = None
    confidential: bool = False

    @model_validator(mode="after")
    def _point_is_whole(self) -> Self:
        return self.agrees_with_itself()

    @staticmethod
    def clashes(record: Any) -> Iterator[Clash]:
        """List half a point."""
        return half_points(record)
