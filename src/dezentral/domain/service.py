"""A school, kita, clinic, course …: what people need near."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

from pydantic import model_validator

from dezentral.domain.fields import Coordinate, Id, Metres, Persons
from dezentral.domain.record import Clash, Record, half_points


class Service(Record):
    """A service that members of households need.

    Attributes
    ----------
    id
        Unique among the services.
    kind
        What it offers, e.g. ``"school"``.
    x, y
        Its point in the instance's CRS (metres).
    capacity
        Seats; None = unlimited.
    reach
        How far away it can still be used (metres); None = the whole city.
    name
        As people call it.

    Raises
    ------
    InstanceError
        If a field is not as described, with every fault.

    Examples
    --------
    >>> import dezentral as dz
    >>> dz.Service(id="k1", kind="kita", x=513000.0, y=5402000.0, capacity=4, reach=1500.0).capacity
    4
    """

    id: Id
    kind: Id
    x: Coordinate | None = None
    y: Coordinate | None = None
    capacity: Persons | None = None
    reach: Metres | None = None
    name: str = ""

    @model_validator(mode="after")
    def _point_is_whole(self) -> Self:
        return self.agrees_with_itself()

    @staticmethod
    def clashes(record: Any) -> Iterator[Clash]:
        """List half a point."""
        return half_points(record)
