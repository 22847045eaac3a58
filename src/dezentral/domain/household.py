"""People who are housed together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from dezentral.domain.fields import (
    AsTuple,
    Coordinate,
    Date,
    Id,
    Ids,
    Names,
    Persons,
    SomePersons,
    SomePersonsByKey,
    Weight,
)
from dezentral.domain.frozen import FrozenDict
from dezentral.domain.record import Clash, Record


class Anchor(Record):
    """A point that matters to a household: work, training, relatives, a doctor.

    Attributes
    ----------
    x, y
        The point in the instance's CRS (metres).
    weight
        How much a metre to it counts.

    Examples
    --------
    >>> import dezentral as dz
    >>> dz.Anchor(x=513000.0, y=5402000.0).weight
    1.0
    """

    x: Coordinate
    y: Coordinate
    weight: Weight = 1.0


class Household(Record):
    """People who are placed together, or live together today.

    Attributes
    ----------
    id
        Unique among the households.
    size
        Persons.
    sex
        ``"f"``, ``"m"``, ``"x"`` or None; read only where persons living alone share a room.
    traits
        What opens sites that admit only some; read by no goal.
    requires
        Features that its unit must have.
    needs
        Service kind → members who need it (1 … size).
    languages
        Spoken; read only for peer support.
    supports
        Persons whom it can give peer support.
    seeks_support
        Whether its persons seek peer support.
    anchors
        Points that matter to it.
    wishes
        District ids, best first.
    current_site, current_unit
        Where it lives today.
    fixed_site
        Where it must be placed.
    excluded_sites, excluded_districts
        Where it must not be placed.
    priority
        How much a person of it counts in placing (integer ≥ 1).
    arrival
        When it came or comes.

    Raises
    ------
    InstanceError
        If a field is not as described, with every fault.

    Examples
    --------
    >>> import dezentral as dz
    >>> dz.Household(id="h1", size=4, needs={"school": 2}, requires={"step_free"}).needs["school"]
    2
    """

    id: Id
    size: SomePersons
    sex: Literal["f", "m", "x"] | None = None
    traits: Names = frozenset()
    requires: Names = frozenset()
    needs: SomePersonsByKey = Field(default_factory=FrozenDict)
    languages: Names = frozenset()
    supports: Persons = 0
    seeks_support: bool = False
    anchors: Annotated[tuple[Anchor, ...], AsTuple] = ()
    wishes: Ids = ()
    current_site: Id | None = None
    current_unit: Id | None = None
    fixed_site: Id | None = None
    excluded_sites: Names = frozenset()
    excluded_districts: Names = frozenset()
    priority: SomePersons = 1
    arrival: Date | None = None

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        return self.agrees_with_itself()

    @staticmethod
    def clashes(record: Any) -> Iterator[Clash]:
        """List needs beyond the size, support both given and sought, a unit without its site."""
        if isinstance(record.size, int) and isinstance(record.needs, Mapping):
            for kind, members in record.needs.items():
                if members > record.size:
                    yield Clash(f"needs.{kind}", members, f"1 to {record.size} members (its size)")
        if record.seeks_support is True and isinstance(record.supports, int) and record.supports:
            yield Clash("supports", record.supports, "0 where seeks_support is set: not both")
        if record.current_unit is not None and record.current_site is None:
            yield Clash("current_unit", record.current_unit, "only together with current_site")
