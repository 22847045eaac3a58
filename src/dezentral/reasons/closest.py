"""The kind of unit at each site that is closest to possible for a household."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from dezentral.assess.places import Outlook, Place


def closest_places(outlook: Outlook) -> Iterator[Place]:
    """Return one place per site that has units, by site id: what keeps the household from it is least."""
    for _, places in groupby(outlook.places, key=lambda place: place.site.id):
        yield closest_of(places)


def closest_of(places: Iterable[Place]) -> Place:
    """Return the place with the fewest obstacles, rather one into whose units the household fits."""
    return min(places, key=lambda place: (len(place.obstacles), place.units is None, place.unit.id))
