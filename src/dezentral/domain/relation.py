"""Households that belong together or must be kept apart."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dezentral.domain.fields import AsSorted, Id
from dezentral.domain.record import Record

RelationKind = Literal["same_site", "same_district", "different_site", "different_district"]


class Relation(Record):
    """A relation that binds its placed households pairwise.

    Attributes
    ----------
    kind
        ``"same_site"``, ``"same_district"``, ``"different_site"`` or ``"different_district"``.
    households
        At least two household ids.

    Raises
    ------
    InstanceError
        If a field is not as described, with every fault.

    Examples
    --------
    >>> import dezentral as dz
    >>> dz.Relation(kind="same_district", households=("h1", "h2")).households
    ('h1', 'h2')
    """

    kind: RelationKind
    households: Annotated[tuple[Id, ...], AsSorted, Field(min_length=2)]
