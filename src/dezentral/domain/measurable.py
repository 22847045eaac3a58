"""Faults of distances that somebody needs and nobody can measure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from dezentral.domain.refused import REFUSED, entries, labelled
from dezentral.errors import Fault


def unmeasurable(instance: Any) -> Iterator[Fault]:
    """List needs for kinds that no service offers, and coordinates that a need or an anchor lacks."""
    yield from _unoffered(instance)
    yield from _pointless(instance)


def _unoffered(instance: Any) -> Iterator[Fault]:
    offered = {service.kind for service in entries(instance.services)}
    if instance.services is REFUSED or REFUSED in offered:
        return
    for label, household in labelled(instance, "household"):
        for kind in entries(household.needs):
            if kind not in offered:
                yield Fault(label, "needs", kind, "a kind that some service offers")


def _pointless(instance: Any) -> Iterator[Fault]:
    households = entries(instance.households)
    needed = {kind for household in households for kind in entries(household.needs)}
    anchored = any(entries(household.anchors) for household in households)
    services = [(label, service) for label, service in labelled(instance, "service") if service.kind in needed]
    # A site without units takes nobody in: nothing is ever measured from it.
    sites = [(label, site) for label, site in labelled(instance, "site") if entries(site.units)]
    covered = _coverage(instance.distances)
    for label, site in sites:
        if _nowhere(site) and (anchored or not all(covered(site.id, service.id) for _, service in services)):
            yield Fault(label, "x, y", None, "coordinates: needs or anchors are measured from here")
    for label, service in services:
        if _nowhere(service) and not all(covered(site.id, service.id) for _, site in sites):
            yield Fault(label, "x, y", None, "coordinates: a household needs this kind")


def _nowhere(place: Any) -> bool:
    return place.x is None and place.y is None


def _coverage(distances: Any) -> Callable[[object, object], bool]:
    """Say which pairs the table answers: those with a row and a column, their empty cells included."""
    if distances is None:
        return lambda _site, _service: False
    if distances.rows is REFUSED or distances.columns is REFUSED:
        return lambda _site, _service: True
    rows, columns = frozenset(entries(distances.rows)), frozenset(entries(distances.columns))
    return lambda site, service: site in rows and service in columns
