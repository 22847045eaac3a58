"""A kind of flat or room at a site."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dezentral.domain.fields import Id, Names, Persons, SomePersons
from dezentral.domain.record import Record

Sharing = Literal["household", "same_sex", "dormitory"]


class Unit(Record):
    """Equal flats or rooms of one site that a plan may use.

    Attributes
    ----------
    id
        Unique within its site.
    beds
        Beds of one unit.
    count
        Units of this kind that the plan may use, those lived in by listed households included.
    sharing
        ``"household"``: one household alone. ``"same_sex"``: households of two and more alone, persons living
        alone share by sex. ``"dormitory"``: anyone takes places.
    features
        What holds for these units, e.g. ``"step_free"``.
    area_m2
        Floor area of one unit in square metres.

    Raises
    ------
    InstanceError
        If a field is not as described, with every fault.

    Examples
    --------
    >>> import dezentral as dz
    >>> dz.Unit(id="flat", beds=4, count=4, area_m2=40.0).sharing
    'household'
    """

    id: Id
    beds: SomePersons
    count: Persons = 1
    sharing: Sharing = "household"
    features: Names = frozenset()
    area_m2: Annotated[float, Field(gt=0, le=1e9)] | None = None
