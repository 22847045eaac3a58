"""The rules: what no plan may break."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from dezentral.domain.fields import MetresByKey, Persons, PersonsByKey
from dezentral.domain.frozen import FrozenDict
from dezentral.domain.record import Record
from dezentral.errors import DezentralError, PolicyError


class Rules(Record):
    """Limits beyond the capacity of the units.

    Attributes
    ----------
    max_site_persons
        Persons at every site, `housed` included.
    min_area_per_person_m2
        Floor area that a person needs (m²), where a unit's area is known.
    max_units_per_household
        Connected units that one household may take.
    max_single_share
        Share in [0, 1] of a site's places that persons living alone may take.
    max_distance
        Service kind → metres within which a household in need must find one.
    service_capacity
        Whether every newly placed member in need must get a seat.
    operator_capacity
        Operator → persons at its sites, `housed` included.
    max_moves
        Households that may be placed at another site than their current one.
    min_stay_days
        Days that a new placement must be able to last.

    Raises
    ------
    PolicyError
        If a field is not as described, with every fault.

    Examples
    --------
    >>> import dezentral as dz
    >>> dz.Rules(max_site_persons=250).max_site_persons
    250
    """

    error: ClassVar[type[DezentralError]] = PolicyError

    max_site_persons: Persons | None = None
    min_area_per_person_m2: Annotated[float, Field(gt=0, le=1e6)] | None = None
    max_units_per_household: Annotated[int, Field(ge=1, le=10**6)] = 1
    max_single_share: Annotated[float, Field(ge=0, le=1)] | None = None
    max_distance: MetresByKey = Field(default_factory=FrozenDict)
    service_capacity: bool = False
    operator_capacity: PersonsByKey = Field(default_factory=FrozenDict)
    max_moves: Persons | None = None
    min_stay_days: Annotated[int, Field(ge=0, le=10**6)] = 0
